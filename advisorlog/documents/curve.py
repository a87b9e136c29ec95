"""The curve of one idea's confidence as a picture: SVG 1.1, no script, no font, no link.

It stands alone (`svg`), or in a page (`figure`), where it is smaller, takes the page's colours and has no title.

Evidence is a filled dot on a line that holds until the next evidence; a mood is a hollow diamond that moves no line.
Bands behind it name the idea's status. Every text of the log is escaped, and a private change is left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from xml.sax.saxutils import escape

from advisorlog.domain import lifecycle
from advisorlog.domain.dates import MONTHS, day_month_year
from advisorlog.domain.inert import inert_line
from advisorlog.domain.kinds import IdeaStatus, Visibility
from advisorlog.domain.words import excerpt
from advisorlog.store.reading.rows import Idea, IdeaEvent

LONGEST_TITLE = 14
"""Words of a title that fit on its line."""
_FONT = """
text { font: 12px system-ui, "Noto Sans", "Apple SD Gothic Neo", "Noto Sans CJK KR", sans-serif; fill: #47515a }
.title { font-size: 17px; font-weight: 600; fill: #1d2329 } .page { fill: #ffffff }
"""
_STYLE = """
.status { font-size: 11px } .grid { stroke: #d9dee3 } .band { fill: #2a6f6b; fill-opacity: .05 }
.band.odd { fill-opacity: .11 } .band.rest { fill: #5b6670; fill-opacity: .16 }
.line { fill: none; stroke: #2a6f6b; stroke-width: 2 } .evidence { fill: #2a6f6b }
.mood { fill: #ffffff; stroke: #a5521b; stroke-width: 2 } .due { stroke: #8a949d; stroke-dasharray: 4 4 }
.best { fill: none; stroke: #2a6f6b; stroke-width: 1.5 }
"""
_DARK = """
@media (prefers-color-scheme: dark) { text { fill: #9aa5ae } .title { fill: #e4e8eb } .page { fill: #14191d }
.grid { stroke: #333c44 } .band { fill: #74c4bd } .line, .best { stroke: #74c4bd } .evidence { fill: #74c4bd }
.mood { fill: #14191d; stroke: #e0955f } }
"""


@dataclass(frozen=True, slots=True)
class _Frame:
    """The size of a picture, and the margins around its plot, in its own units."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    most_ticks: int


_ALONE = _Frame(760, 380, 52, 24, 88, 66, 8)
_IN_PAGE = _Frame(440, 250, 42, 14, 36, 58, 5)
"""Narrow, so that its words can still be read on a telephone."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a day and a percentage lie on the picture."""

    frame: _Frame
    first: date
    last: date

    @property
    def left(self) -> int:
        return self.frame.left

    @property
    def right(self) -> int:
        return self.frame.width - self.frame.right

    @property
    def bottom(self) -> int:
        return self.frame.height - self.frame.bottom

    def x(self, day: date) -> float:
        whole = (self.last - self.first).days
        return round(self.left + (self.right - self.left) * (day - self.first).days / whole, 1)

    def y(self, percent: float) -> float:
        return round(self.frame.top + (self.bottom - self.frame.top) * (100 - percent) / 100, 1)


def svg(idea: Idea, events: Sequence[IdeaEvent], today: date) -> str:
    """The picture, as one XML document; an idea without any confidence shows its bands alone."""
    shown = _shown(events, today)
    frame = _ALONE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {frame.height}" '
        f'width="{frame.width}" height="{frame.height}" role="img" aria-labelledby="title summary">',
        f'<title id="title">{_text(idea.title)}</title>',
        f'<desc id="summary">{_text(_summary(idea, shown))}</desc>',
        f"<style>{_FONT}{_STYLE}{_DARK}</style>",
        f'<rect class="page" width="{frame.width}" height="{frame.height}"/>',
        f'<text class="title" x="{frame.left}" y="28">{_text(excerpt(inert_line(idea.title), LONGEST_TITLE))}</text>',
        f'<text x="{frame.left}" y="48">{_text(_subtitle(idea))}</text>',
        *_plot(idea, shown, today, frame),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def figure(idea: Idea, events: Sequence[IdeaEvent], today: date) -> str:
    """The picture as an element of an HTML page, which brings its colours (document.html.j2)."""
    shown = _shown(events, today)
    frame = _IN_PAGE
    name = escape(_summary(idea, shown), {'"': "&quot;", "\n": " "})
    inside = "\n".join(_plot(idea, shown, today, frame))
    return (
        f'<svg class="curve" viewBox="0 0 {frame.width} {frame.height}" role="img" aria-label="{name}">{inside}</svg>'
    )


def _shown(events: Sequence[IdeaEvent], today: date) -> list[IdeaEvent]:
    return lifecycle.until((event for event in events if event.visibility is Visibility.OPEN), today)


def _plot(idea: Idea, shown: Sequence[IdeaEvent], today: date, frame: _Frame) -> Iterator[str]:
    scale = _scale(idea, shown, today, frame)
    yield from _bands(shown, scale, today)
    yield from _axes(scale)
    yield from _due(idea, scale)
    yield from _line(shown, scale, today)
    yield from _points(shown, scale)
    yield from _legend(shown, frame)


def _text(text: str) -> str:
    return escape(inert_line(text))


def _subtitle(idea: Idea) -> str:
    parts = [f"#{idea.slug}", str(idea.status or "")]
    if idea.confidence is not None:
        parts.append(f"{idea.confidence}%")
    if idea.outcome is not None:
        parts.append(f"turned out {str(idea.outcome).lower()}")
    return " · ".join(part for part in parts if part)


def _summary(idea: Idea, shown: Sequence[IdeaEvent]) -> str:
    """What a reader who can't see the picture is told."""
    said = [
        f"{day_month_year(event.day)}: {event.confidence}%{' (mood)' if event.mood else ''}"
        for event in shown
        if event.confidence is not None
    ]
    return f"Confidence in the idea {idea.slug}. {'; '.join(said) or 'None was ever said'}."


def _scale(idea: Idea, shown: Sequence[IdeaEvent], today: date, frame: _Frame) -> _Scale:
    first = min((event.day for event in shown), default=today)
    last = max([today if _is_open(shown) else max(event.day for event in shown), first + timedelta(days=28)])
    if idea.resolve_by and idea.resolve_by - last < timedelta(days=400):
        last = max(last, idea.resolve_by)
    return _Scale(frame, first, last + timedelta(days=max(2, (last - first).days // 40)))


def _is_open(shown: Sequence[IdeaEvent]) -> bool:
    """Whether the idea is still worked on, so that its line goes on to this day."""
    status = next((event.status for event in reversed(shown) if event.status), None)
    return not shown or status not in (*lifecycle.RESTING, IdeaStatus.PUBLISHED)


def _bands(shown: Sequence[IdeaEvent], scale: _Scale, today: date) -> Iterator[str]:
    moves: list[IdeaEvent] = []
    for event in shown:
        if event.status and (not moves or moves[-1].status is not event.status):
            moves.append(event)
    top, height = scale.y(100), scale.y(0) - scale.y(100)
    free = [0.0, 0.0]
    for number, event in enumerate(moves):
        end = moves[number + 1].day if number + 1 < len(moves) else _last_day(shown, scale, today)
        left, right = scale.x(event.day), scale.x(end)
        style = "band rest" if event.status in lifecycle.RESTING else "band odd" if number % 2 else "band"
        yield f'<rect class="{style}" x="{left}" y="{top}" width="{max(right - left, 0):.1f}" height="{height:.1f}">'
        yield f"<title>{_text(_told(event, scale.frame))}</title></rect>"
        # Names of short bands would lie on one another: they go to a second line, or are left to the tooltip.
        word = str(event.status)
        row = next((row for row in (0, 1) if left >= free[row]), None)
        if row is not None:
            yield f'<text class="status" x="{left + 2}" y="{top - 5 - 13 * row}">{word}</text>'
            free[row] = left + 7 * len(word)


def _last_day(shown: Sequence[IdeaEvent], scale: _Scale, today: date) -> date:
    return min(max(today, shown[-1].day), scale.last) if _is_open(shown) else scale.last


def _axes(scale: _Scale) -> Iterator[str]:
    for percent in (0, 25, 50, 75, 100):
        y = scale.y(percent)
        yield f'<line class="grid" x1="{scale.left}" y1="{y}" x2="{scale.right}" y2="{y}"/>'
        yield f'<text x="{scale.left - 8}" y="{y + 4}" text-anchor="end">{percent}%</text>'
    for day, label in _ticks(scale):
        yield f'<text x="{scale.x(day)}" y="{scale.bottom + 18}" text-anchor="middle">{label}</text>'


def _ticks(scale: _Scale) -> Iterator[tuple[date, str]]:
    """Firsts of months, as many as can be read."""
    months = (scale.last - scale.first).days / 30.44
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if months / step <= scale.frame.most_ticks)
    number = scale.first.year * 12 + scale.first.month
    for each in range(number, scale.last.year * 12 + scale.last.month):
        year, month = divmod(each, 12)
        if each % step == 0 and year <= 9999:
            yield date(year, month + 1, 1), f"{MONTHS[month]} {year}"


def _due(idea: Idea, scale: _Scale) -> Iterator[str]:
    if idea.resolve_by and scale.first <= idea.resolve_by <= scale.last:
        x = scale.x(idea.resolve_by)
        anchor = "end" if x > scale.frame.width / 2 else "start"
        yield f'<line class="due" x1="{x}" y1="{scale.y(100)}" x2="{x}" y2="{scale.y(0)}"/>'
        beside = x + (-4 if anchor == "end" else 4)
        yield f'<text x="{beside}" y="{scale.y(0) - 6}" text-anchor="{anchor}">to be known</text>'


def _line(shown: Sequence[IdeaEvent], scale: _Scale, today: date) -> Iterator[str]:
    grounded = [(event.day, event.confidence) for event in shown if event.confidence is not None and not event.mood]
    if not grounded:
        return
    path = f"M {scale.x(grounded[0][0])} {scale.y(grounded[0][1])}"
    for day, percent in grounded[1:]:
        path += f" H {scale.x(day)} V {scale.y(percent)}"
    end = _last_day(shown, scale, today) if _is_open(shown) else shown[-1].day
    yield f'<path class="line" d="{path} H {scale.x(max(end, grounded[-1][0]))}"/>'


def _points(shown: Sequence[IdeaEvent], scale: _Scale) -> Iterator[str]:
    best = lifecycle.high_water_mark(shown, scale.last)
    dots = [(scale.x(e.day), scale.y(e.confidence)) for e in shown if e.confidence is not None]
    labels = _Labels(scale, dots)
    for event in shown:
        if event.confidence is None:
            continue
        x, y = scale.x(event.day), scale.y(event.confidence)
        told = f"<title>{_text(_told(event, scale.frame))}</title>"
        if event.mood:
            diamond = f"{x},{y - 6} {x + 6},{y} {x},{y + 6} {x - 6},{y}"
            yield f'<polygon class="mood" points="{diamond}">{told}</polygon>'
            continue
        if event is best:
            yield f'<circle class="best" cx="{x}" cy="{y}" r="9"/>'
        yield f'<circle class="evidence" cx="{x}" cy="{y}" r="5">{told}</circle>'
        yield labels.place(f"{event.confidence}%", x, y, event is best)


class _Labels:
    """Percentages beside their dots; one that would lie on another, or on a dot, is left to its dot's tooltip."""

    def __init__(self, scale: _Scale, dots: Sequence[tuple[float, float]]) -> None:
        self.scale = scale
        self.dots = dots
        self.taken: list[tuple[float, float]] = []

    def place(self, text: str, x: float, y: float, must: bool) -> str:
        for left, base, anchor in ((x + 9, y - 7, "start"), (x - 9, y - 7, "end"), (x + 9, y + 16, "start")):
            start = left - 28 if anchor == "end" else left
            if (
                start < self.scale.left
                or start + 28 > self.scale.frame.width
                or any(_overlaps(start, base, each) for each in self.taken)
                or any(_covers(start, base, dot) for dot in self.dots)
            ):
                continue
            self.taken.append((start, base))
            return f'<text x="{left:.1f}" y="{base:.1f}" text-anchor="{anchor}">{text}</text>'
        return f'<text x="{x + 12:.1f}" y="{y - 12:.1f}">{text}</text>' if must else ""


def _overlaps(start: float, base: float, other: tuple[float, float]) -> bool:
    return abs(start - other[0]) < 30 and abs(base - other[1]) < 13


def _covers(start: float, base: float, dot: tuple[float, float]) -> bool:
    """Whether a label lies on a dot (of radius 5)."""
    return start - 5 < dot[0] < start + 33 and base - 14 < dot[1] < base + 5


def _told(event: IdeaEvent, frame: _Frame) -> str:
    """A change's tooltip. In a page the words beside the picture say why; a second copy would be one to guard."""
    moved = ", ".join(
        part
        for part in (
            str(event.status or ""),
            f"{event.confidence}%" if event.confidence is not None else "",
            "mood" if event.mood else "",
        )
        if part
    )
    because = f". {event.because}" if event.because and frame is _ALONE else ""
    return f"{day_month_year(event.day)}: {moved}{because}"


def _legend(shown: Sequence[IdeaEvent], frame: _Frame) -> Iterator[str]:
    left, y = frame.left, frame.height - 18
    yield f'<circle class="evidence" cx="{left + 6}" cy="{y - 4}" r="5"/>'
    yield f'<text x="{left + 18}" y="{y}">evidence</text>'
    yield f'<circle class="best" cx="{left + 96}" cy="{y - 4}" r="8"/>'
    yield f'<text x="{left + 110}" y="{y}">high-water mark</text>'
    if frame is _ALONE or any(event.mood for event in shown):
        x = left + 228
        yield f'<polygon class="mood" points="{x},{y - 10} {x + 6},{y - 4} {x},{y + 2} {x - 6},{y - 4}"/>'
        yield f'<text x="{x + 12}" y="{y}">mood</text>'
