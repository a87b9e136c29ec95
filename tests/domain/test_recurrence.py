"""How often a series meets, in words; a rule that there are no words for stays as it is."""

import pytest

from advisorlog.domain.recurrence import in_words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", "every Tuesday"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "every Monday, Wednesday and Friday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;WKST=SU", "every 2 weeks on Friday"),
        ("FREQ=WEEKLY", "every week"),
        ("FREQ=DAILY;INTERVAL=3", "every 3 days"),
        ("FREQ=MONTHLY;BYDAY=1MO", "every month on the first Monday"),
        ("FREQ=MONTHLY;BYDAY=-1TH;COUNT=8", "every month on the last Thursday, 8 times"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "every month on day 15"),
        ("FREQ=WEEKLY;UNTIL=20270601T180000Z;BYDAY=TU", "every Tuesday, until 2027-06-01"),
        ("freq=yearly", "every year"),
    ],
)
def test_usual_rules_are_said(rule: str, words: str) -> None:
    assert in_words(rule) == words


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1",
        "FREQ=MONTHLY;BYDAY=MO",
        "FREQ=WEEKLY;BYDAY=1TU",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
        "FREQ=HOURLY",
        "FREQ=WEEKLY;UNTIL=soon",
        "",
    ],
)
def test_what_there_are_no_words_for_stays_a_rule(rule: str) -> None:
    assert in_words(rule) == rule
