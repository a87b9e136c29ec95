"""The picture of a confidence: well-formed whatever is in it, and telling evidence from mood."""

import xml.etree.ElementTree as ElementTree
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from advisorlog.documents.curve import figure, svg
from advisorlog.domain.kinds import IdeaStatus, Visibility
from advisorlog.domain.moments import Moment
from advisorlog.store.reading.rows import Idea, IdeaEvent

TODAY = date(2026, 11, 24)
SVG = "{http://www.w3.org/2000/svg}"


def idea(title: str = "Batch sizing", resolve_by: date | None = None) -> Idea:
    return Idea(1, "batch", title, "It saves", resolve_by, None, None, Visibility.OPEN, IdeaStatus.EXPLORING, 70)


def event(
    day: date,
    confidence: int | None,
    because: str = "",
    *,
    mood: bool = False,
    status: IdeaStatus | None = None,
    visibility: Visibility = Visibility.OPEN,
) -> IdeaEvent:
    when = Moment(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    return IdeaEvent(
        day.toordinal(), 1, "batch", when, status, confidence, because, mood, None, None, None, None, visibility
    )


def drawn(text: str, kind: str, style: str) -> int:
    return sum(each.get("class") == style for each in ElementTree.fromstring(text).iter(f"{SVG}{kind}"))


WAY = (
    event(date(2026, 3, 1), None, status=IdeaStatus.SPARK),
    event(date(2026, 4, 1), 40, "one GPU", status=IdeaStatus.EXPLORING),
    event(date(2026, 6, 1), 70, "three GPUs"),
    event(date(2026, 8, 1), 30, "a bad week", mood=True),
)


def test_evidence_and_mood_have_signs_of_their_own() -> None:
    text = svg(idea(), WAY, TODAY)
    assert drawn(text, "circle", "evidence") == 2 + 1, "two dots and the legend's"
    assert drawn(text, "polygon", "mood") == 1 + 1
    assert drawn(text, "circle", "best") == 1 + 1
    assert drawn(text, "rect", "band") + drawn(text, "rect", "band odd") == 2
    path = next(ElementTree.fromstring(text).iter(f"{SVG}path")).get("d") or ""
    assert path.count("V") == 1, "a mood moves no line"


def test_a_private_change_is_left_out() -> None:
    secret = event(date(2026, 9, 1), 11, "nobody may read this", visibility=Visibility.PRIVATE)
    text = svg(idea(), (*WAY, secret), TODAY)
    assert "nobody" not in text
    assert "11%" not in text


def test_it_stands_alone() -> None:
    text = svg(idea('<script>alert("x")</script> & ]]>'), (event(date(2026, 4, 1), 40, "<b>&\x00\x1b"),), TODAY)
    root = ElementTree.fromstring(text)
    assert not list(root.iter(f"{SVG}script"))
    assert "href" not in text
    assert "url(" not in text
    assert "alert" in (root.findtext(f"{SVG}title") or "")


def test_a_reader_who_can_not_see_it_is_told() -> None:
    summary = ElementTree.fromstring(svg(idea(), WAY, TODAY)).findtext(f"{SVG}desc") or ""
    assert "1 Jun 2026: 70%; 1 Aug 2026: 30% (mood)" in summary


def test_no_percentage_lies_on_a_dot() -> None:
    crowd = tuple(event(date(2026, 4, 1 + 3 * n), 40 + (n * 37) % 50) for n in range(9))
    for text in (svg(idea(), crowd, TODAY), figure(idea(), crowd, TODAY).replace("<svg", f'<svg xmlns="{SVG[1:-1]}"')):
        root = ElementTree.fromstring(text)
        dots = [(float(d.get("cx", "")), float(d.get("cy", ""))) for d in root.iter(f"{SVG}circle")]
        best = max(each.confidence or 0 for each in crowd)
        for label in root.iter(f"{SVG}text"):
            said, x, y = label.text or "", float(label.get("x", "")), float(label.get("y", ""))
            if not said.removesuffix("%").isdecimal() or said == f"{best}%":
                continue
            left = x - 28 if label.get("text-anchor") == "end" else x
            assert not [dot for dot in dots if left < dot[0] < left + 28 and y - 10 < dot[1] < y]


def test_in_a_page_it_has_no_words_of_the_log_beside_its_name() -> None:
    text = figure(idea(), (event(date(2026, 4, 1), 40, "because of it"),), TODAY)
    assert "because of it" not in text
    assert "<style" not in text
    assert 'aria-label="Confidence in the idea batch. 1 Apr 2026: 40%."' in text


DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


def _any_event(day: date, confidence: int | None, status: IdeaStatus | None, mood: bool, because: str) -> IdeaEvent:
    return event(day, confidence, because, mood=mood, status=status)


EVENTS = st.lists(
    st.builds(
        _any_event,
        DAYS,
        st.none() | st.integers(0, 100),
        st.none() | st.sampled_from(IdeaStatus),
        st.booleans(),
        st.text(max_size=40),
    ),
    max_size=12,
)


@given(EVENTS, st.text(max_size=60), st.none() | DAYS)
def test_every_history_gives_a_whole_picture(events: list[IdeaEvent], title: str, resolve_by: date | None) -> None:
    root = ElementTree.fromstring(svg(idea(title, resolve_by), events, TODAY))
    for dot in root.iter(f"{SVG}circle"):
        assert 0 <= float(dot.get("cx", "")) <= 760
        assert 0 <= float(dot.get("cy", "")) <= 380
