"""The brief and the summary, from a folder of notes to the words that are sent."""

import re
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from advisorlog.domain.moments import Moment
from advisorlog.errors import AdvisorlogError
from advisorlog.store.connection import reading
from advisorlog.store.reading import documents
from advisorlog.workflow import capture, history, preparing, series
from advisorlog.workflow.capture import Place
from tests.workflow.conftest import Vault

SECRET = "Zanzibar"
FORMS = ("md", "text", "html", "json")


def brief(vault: Vault, as_of: str | None = None, words: int | None = None, form: str = "md") -> str:
    return preparing.brief(vault.settings, "zeus-weekly", as_of, words, False).rendered(form)


def todo(vault: Vault, form: str = "md") -> str:
    return preparing.todo(vault.settings, None, None, None).rendered(form)


def words_of(text: str) -> int:
    """Words as a reader counts them in the Markdown."""
    return len([word for word in re.sub(r"[*_#>\\-]+", " ", text).split() if re.search(r"\w", word)])


def test_the_brief_of_a_first_meeting_says_what_the_work_is(vault: Vault) -> None:
    vault.bring_in()
    text = brief(vault)
    assert "GPUs waste energy. We cap them." in text
    assert "Last time" not in text


def test_the_brief_is_for_the_day_that_the_rule_says_where_no_meeting_is_planned(vault: Vault, now: Moment) -> None:
    vault.bring_in()
    fields = series.SeriesFields(every="FREQ=WEEKLY;BYDAY=TH", at=time(15))
    series.edit(vault.settings.log, now, "zeus-weekly", fields)
    assert "# Brief: Zeus weekly, 26 Nov 2026\n" in brief(vault)
    assert "# Brief: Zeus weekly, 20 Nov 2026\n" in brief(vault, as_of="2026-11-20")


def test_a_brief_without_a_pitch_says_when_its_facts_were_so(vault: Vault) -> None:
    """“The last meeting” would be what our own check points at."""
    vault.write("zeus.md", "---\nkind: project\nid: zeus\nname: Zeus\n---\n")
    vault.meeting("2026-11-10", "advice: Compare with DVFS first")
    vault.bring_in()
    text = brief(vault)
    assert "Agenda on 10 Nov" in text
    assert "last meeting" not in text


def test_it_quotes_last_time_s_advice_and_says_what_became_of_promises(vault: Vault) -> None:
    vault.meeting(
        "2026-11-10",
        "advice: Compare with DVFS first",
        "[ ] Run the baseline @me ^2026-11-17",
        "- [x] Buy the meter @me ^2026-11-12",
        "  - 2026-11-11 done: it is on the desk",
    )
    vault.bring_in()
    text = brief(vault)
    assert "Last time, 10 Nov" in text
    assert "“Compare with DVFS first”" in text
    assert re.search(r"Slipped.*Run the baseline", text)
    assert re.search(r"Done.*Buy the meter.*it is on the desk", text)


def test_a_planned_agenda_is_never_told_as_if_it_had_happened(vault: Vault) -> None:
    vault.meeting("2026-11-20", status="cancelled")
    vault.meeting("2026-12-01", status="planned")
    vault.bring_in()
    text = brief(vault)
    assert "Last time" not in text
    assert text.count("planned things") <= text.partition("## Next")[2].count("planned things")


def test_two_years_of_silence(vault: Vault) -> None:
    vault.meeting("2024-11-12", "advice: Compare with DVFS first")
    vault.bring_in()
    assert "12 Nov 2024" in brief(vault)


def test_two_hundred_open_promises_fit_and_the_rest_is_counted(vault: Vault) -> None:
    vault.meeting("2026-11-10", *(f"[ ] Run experiment number {number} on the cluster @me" for number in range(200)))
    vault.bring_in()
    for budget in (120, 350):
        text = brief(vault, words=budget)
        assert words_of(text) <= budget
        shown = text.count("Run experiment number")
        (more,) = re.findall(r"(\d+) more open promises in the log", text) or pytest.fail(text)
        assert shown >= 1
        assert shown + int(more) == 200


@pytest.mark.parametrize("budget", [60, 90, 150, 250, 350, 600])
def test_the_budget_holds_and_an_open_promise_is_the_last_to_go(vault: Vault, budget: int) -> None:
    notes = [f"advice: Piece of advice number {number} about the baseline of the paper" for number in range(30)]
    notes += [f"result: {number}.5% less energy on the A100 with five seeds" for number in range(30)]
    vault.meeting("2026-11-10", *notes, "[ ] Run the baseline @me ^2026-11-17")
    vault.bring_in()
    text = brief(vault, words=budget)
    assert words_of(text) <= budget
    assert "Run the baseline" in text


def test_as_of_a_day_it_reads_as_it_would_have_read_then(vault: Vault) -> None:
    vault.meeting("2026-11-03", "advice: Compare with DVFS first", "[ ] Run it @me ^2026-11-10")
    vault.meeting("2026-11-10", status="planned")
    vault.bring_in()
    then = brief(vault, as_of="2026-11-08")
    vault.meeting("2026-11-10", "decision: Drop DVFS", "result: 4% less energy")
    vault.meeting(
        "2026-11-03",
        "advice: Compare with DVFS first",
        "- [x] Run it @me ^2026-11-10",
        "  - 2026-11-12 done: 3 GPUs",
    )
    vault.bring_in()
    assert brief(vault, as_of="2026-11-08") == then


@pytest.mark.parametrize("form", FORMS)
def test_no_private_word_is_in_any_document(vault: Vault, form: str) -> None:
    kinds = ("note", "advice", "decision", "question", "answer", "result", "takeaway", "concern", "win")
    lines = [f"private: {kind}: {SECRET} {kind}" for kind in kinds]
    vault.write("s.md", f"---\nkind: idea\nid: s\ntitle: {SECRET} idea\nprivate: true\nproject: zeus\n---\n")
    vault.meeting("2026-11-10", *lines, f"[ ] private: {SECRET} task @me ^2026-11-12", "takeaway: open one")
    vault.bring_in()
    assert preparing.brief(vault.settings, "zeus-weekly", None, None, False).document.withheld >= 1
    assert SECRET not in brief(vault, form=form)
    assert SECRET not in todo(vault, form)
    assert SECRET in preparing.brief(vault.settings, "zeus-weekly", None, None, True).rendered("md")


@pytest.mark.parametrize("form", FORMS)
def test_nothing_in_a_note_is_acted_on(vault: Vault, form: str) -> None:
    hostile = "use \x1b[31mred \u202egnp {{ 7*6 }} {% raise %} <script>alert(1)</script> [x](javascript:alert(1)) now"
    vault.meeting("2026-11-10", f"advice: {hostile}", f"takeaway: {hostile}", "[ ] <b>bold</b> @me ^2026-11-12")
    vault.bring_in()
    for text in (brief(vault, form=form), todo(vault, form)):
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "{{ 7*6 }}" in text.replace("\\", "")
        if form == "html":
            assert "<script" not in text
            assert 'href="javascript' not in text
        if form == "md":
            assert not re.search(r"(?<!\\)<(script|b)>", text)
            assert not re.search(r"(?<!\\)\]\(javascript", text)


def test_the_summary_roots_each_promise_in_its_takeaway(vault: Vault) -> None:
    vault.meeting(
        "2026-11-10",
        "takeaway: The baseline is the weakest point",
        "- [ ] Run it @me ^2026-11-17",
        "  - done test: a table with 3 GPUs",
        "  - root: The baseline is the weakest point",
        "- [ ] Sign the letter @ann-advisor ^2026-11-17",
    )
    vault.bring_in()
    text = todo(vault)
    assert "“The baseline is the weakest point”" in text
    assert re.search(r"I:\*\* Run it \(by 17 Nov, from takeaway 1\)", text)
    assert "a table with 3 GPUs" in text
    assert re.search(r"(You|Ann Advisor):\*\* Sign the letter", text)
    assert text.rstrip().endswith("Reply if I misunderstood.")


def test_what_was_sent_stays_as_it_was_sent(vault: Vault, now: Moment) -> None:
    vault.meeting("2026-11-10", "advice: Compare with DVFS first")
    vault.bring_in()
    first = preparing.send(vault.settings, preparing.brief(vault.settings, "zeus-weekly", None, None, False), "md")
    before = brief(vault)
    capture.capture(vault.settings.log, ["+ 4% less energy"], Place(now, "2026-11-10-zeus-weekly"), now)
    second = preparing.send(vault.settings, preparing.brief(vault.settings, "zeus-weekly", None, None, False), "md")
    with reading(vault.settings.log) as connection:
        assert documents.sent(connection, first.id).body == before
        assert documents.sent(connection, second.id).supersedes_id == first.id
    with pytest.raises(AdvisorlogError):
        history.take_back(vault.settings.log, now, None)


def test_the_user_s_own_template_is_used_and_its_errors_are_named(vault: Vault, tmp_path: Path) -> None:
    vault.bring_in()
    own = replace(vault.settings, config_file=tmp_path / "config" / "config.toml")
    own.templates.mkdir(parents=True)
    template = own.templates / "brief.md.j2"
    template.write_text("My own: {{ document.title }}\n")
    assert preparing.brief(own, "zeus-weekly", None, None, False).rendered("md").startswith("My own: Brief")
    for broken in ("\n{% if %}\n", "\n{{ document.title.__class__.__mro__ }}\n"):
        template.write_text(broken)
        with pytest.raises(AdvisorlogError, match=r"brief\.md\.j2:2"):
            preparing.brief(own, "zeus-weekly", None, None, False).rendered("md")


def test_a_promise_that_was_agreed_anew_has_not_slipped_until_it_is_late_again(vault: Vault) -> None:
    carried = "  - 2026-11-18 carried ^2026-11-23: the cluster was down"
    agreed = "  - 2026-11-19 renegotiated ^2026-12-08: after the letter"
    vault.meeting("2026-11-10", "[ ] Run the baseline @me ^2026-11-17", carried)
    vault.bring_in()
    assert re.search(r"Slipped.*Run the baseline", brief(vault))
    vault.meeting("2026-11-10", "[ ] Run the baseline @me ^2026-11-17", carried, agreed)
    vault.bring_in()
    assert re.search(r"Open.*Run the baseline.*due 8 Dec; put off 2 times; after the letter", brief(vault))


def test_what_the_reader_was_told_to_expect_opens_what_was_delivered(vault: Vault) -> None:
    path = vault.meeting("2026-11-10", "[ ] Run the baseline @me ^2026-12-01", "decision: Submit in spring")
    path.write_text(path.read_text("utf-8").replace("status: held", "expect: A table with 3 GPUs"), "utf-8")
    vault.bring_in()
    promised = brief(vault).partition("## Promised and delivered\n\n")[2]
    assert promised.startswith("- **Expected:** “A table with 3 GPUs” (10 Nov)\n")
    assert "Run the baseline" in promised
    vault.meeting("2026-11-17", "decision: Wait for the reviews")
    vault.bring_in()
    assert "A table with 3 GPUs" not in brief(vault)


def test_the_idea_that_moved_furthest_comes_first(vault: Vault) -> None:
    idea = "---\nkind: idea\nid: {0}\ntitle: {0}\nproject: zeus\nhistory:\n"
    idea += "  - {{on: 2026-11-01, status: spark, confidence: 50}}\n"
    idea += "  - {{on: 2026-11-12, confidence: {1}, because: seen}}\n---\n"
    for name, percent in (("little", 55), ("much", 20), ("some", 65)):
        vault.write(f"{name}.md", idea.format(name, percent))
    vault.meeting("2026-11-10", "decision: Submit in spring")
    vault.bring_in()
    assert re.findall(r"\*\*Idea:\*\* (\w+)", brief(vault)) == ["much", "some", "little"]
