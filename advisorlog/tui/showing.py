"""How records look on the screen. The one place where a text out of the log becomes something shown here.

Every such text is made inert (`domain.inert`) and wrapped as plain content: no markup, no control character and no
link in a note ever acts on the terminal.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from advisorlog.domain.inert import inert, inert_line
from advisorlog.domain.kinds import EntryKind, IdeaStatus
from advisorlog.domain.moments import Moment
from advisorlog.errors import AdvisorlogError

if TYPE_CHECKING:
    from advisorlog.store.reading.rows import Action

SIGN = {
    EntryKind.NOTE: "·",
    EntryKind.ADVICE: "!",
    EntryKind.DECISION: "=",
    EntryKind.QUESTION: "?",
    EntryKind.ANSWER: ">",
    EntryKind.RESULT: "+",
    EntryKind.TAKEAWAY: "*",
    EntryKind.CONCERN: "△",
    EntryKind.WIN: "☆",
    EntryKind.TODO: "□",
    EntryKind.CONFIDENCE: "%",
}
"""One column a kind: the sigil that is typed for it, where it has one. `~` and `^` are typed for something else."""

QUIET = "$quiet"
STRONG = "bold $accent"
LATE = "$error"
PRIVATE = "italic $private"

_STYLE = {
    EntryKind.ADVICE: "bold $accent",
    EntryKind.DECISION: "bold",
    EntryKind.TAKEAWAY: "bold $accent",
    EntryKind.TODO: "bold $warning",
    EntryKind.QUESTION: "bold",
}

STATUS_SIGN = {
    IdeaStatus.SPARK: "·",
    IdeaStatus.EXPLORING: "◔",
    IdeaStatus.PROMISING: "◑",
    IdeaStatus.VALIDATED: "◕",
    IdeaStatus.PUBLISHED: "●",
    IdeaStatus.PARKED: "‖",
    IdeaStatus.KILLED: "✕",
}


def line(text: str, style: str = "") -> Content:
    """A text out of the log on one line."""
    return Content.styled(inert_line(text), style)


def trouble(error: AdvisorlogError) -> str:
    """What failed and what to do, inert."""
    parts = [error.message.rstrip("."), error.what_to_do.rstrip(".")]
    return f"{'. '.join(inert_line(part) for part in parts if part)}."


def told(text: str, said: date, style: str = "") -> Content:
    """A text out of the log on one line, without the tags at its end that only file it."""
    from advisorlog.domain.display import readable

    return line(readable(text, {}, {}, said), style)


def task(action: "Action") -> str:
    """What a promise is about; whose it is and when it is due are shown beside it."""
    return _task(action.text, action.opened.day)


@lru_cache(2000)
def _task(text: str, said: date) -> str:
    """The same few promises are shown again at every tick."""
    from advisorlog.domain.display import promised

    return promised(text, {}, {}, said)


def lines(text: str, style: str = "") -> Content:
    """A text out of the log, with its lines."""
    return Content.styled(inert(text), style)


def words(text: str, style: str = "") -> Content:
    """Words of our own."""
    return Content.styled(text, style)


def joined(*parts: Content | str) -> Content:
    return Content("").join([part if isinstance(part, Content) else Content(part) for part in parts])


def sign(kind: EntryKind, *, private: bool = False) -> Content:
    """The kind in one column."""
    return Content.styled(SIGN[kind], PRIVATE if private else _STYLE.get(kind, QUIET))


def wide(text: Content, columns: int) -> Content:
    """A text cut or filled to a number of columns, Korean and emoji counted right."""
    if text.cell_length > columns:
        return text.truncate(columns, ellipsis=True)
    return text.pad_right(columns - text.cell_length)


def short_day(found: date, today: date) -> str:
    """`Tue 24 Nov`; with the year where it is another one."""
    from advisorlog.domain.dates import MONTHS, WEEKDAYS

    shown = f"{WEEKDAYS[found.weekday()]} {found.day} {MONTHS[found.month - 1]}"
    return shown if found.year == today.year else f"{shown} {found.year}"


def clock(found: Moment) -> str:
    return f"{found.local:%H:%M}"


def due(found: date | None, today: date) -> Content:
    """A due date as a distance: `3 d late`, `today`, `Fri 27 Nov`."""
    if found is None:
        return Content.styled("no date", QUIET)
    days = (found - today).days
    if days < 0:
        return Content.styled(f"{_span(-days)} late", LATE)
    if days == 0:
        return Content.styled("today", STRONG)
    if days == 1:
        return Content.styled("tomorrow", STRONG)
    return Content.styled(short_day(found, today), QUIET)


def _span(days: int) -> str:
    if days < 14:
        return f"{days} d"
    if days < 70:
        return f"{days // 7} wk"
    return f"{days // 30} mo" if days < 730 else f"{days // 365} yr"


def distance(then: datetime, now: datetime) -> str:
    """Time until or since: `in 40 min`, `in 3 h`, `in 5 days`, `12 min ago`."""
    apart = then - now
    ahead = apart >= timedelta(0)
    minutes = int(abs(apart).total_seconds() // 60)
    if minutes < 1:
        return "now"
    if minutes < 60:
        shown = f"{minutes} min"
    elif minutes < 24 * 60:
        shown = f"{minutes // 60} h" + (f" {minutes % 60:02} min" if minutes < 600 and minutes % 60 else "")
    else:
        days = minutes // (24 * 60)
        shown = f"{days} day{'s' if days > 1 else ''}"
    return f"in {shown}" if ahead else f"{shown} ago"


def counted(number: int, one: str) -> str:
    """`1 line`, `3 lines`."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def percent(confidence: int | None) -> str:
    return "" if confidence is None else f"{confidence}%"


@lru_cache(2000)
def _longest_word(text: str) -> int:
    """In columns. The same rows are measured again at every tick."""
    return max((cell_len(word) for word in text.split()), default=0)


class Hanging(Visual):
    """A sign or a date in a column of its own, and a text that wraps beside it, never below it."""

    def __init__(self, lead: Content, body: Content, columns: int | None = None, trail: Content | None = None) -> None:
        self.columns = lead.cell_length + 1 if columns is None else columns
        self.lead = wide(lead, self.columns)
        self.body = body
        self.trail = trail or Content("")

    @property
    def plain(self) -> str:
        return f"{self.lead.plain}{self.body.plain} {self.trail.plain}".rstrip()

    def __eq__(self, other: object) -> bool:
        """Whether both look the same: a list that reads the same is not painted anew."""
        return isinstance(other, Hanging) and self._look == other._look

    def __hash__(self) -> int:
        return hash(self.plain)

    @property
    def _look(self) -> tuple[object, ...]:
        parts = (self.lead, self.body, self.trail)
        return (self.columns, *((part.plain, tuple(part.spans)) for part in parts))

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        room, is_beneath = self._room(width), self._is_trail_beneath(width)
        body = self.body.render_strips(room, None, style, options)
        lead = self.lead.render_strips(self.columns, 1, style, options)[0]
        blank = Content(" " * self.columns).render_strips(self.columns, 1, style, options)[0]
        trail = self._trail_strip(style, options)
        shown: list[Strip] = []
        for number, strip in enumerate(body):
            parts = [lead if number == 0 else blank, strip.adjust_cell_length(room, style.rich_style)]
            if trail is not None and number == 0 and not is_beneath:
                parts.append(trail)
            shown.append(Strip.join(parts).adjust_cell_length(width, style.rich_style))
        if trail is not None and is_beneath:
            room = Content(" " * max(0, width - trail.cell_length))
            shown.append(Strip.join([room.render_strips(room.cell_length, 1, style, options)[0], trail]))
        return shown if height is None else shown[:height]

    def _trail_strip(self, style: Style, options: RenderOptions) -> Strip | None:
        if not self.trail:
            return None
        trail = joined(" ", self.trail)
        return trail.render_strips(trail.cell_length, 1, style, options)[0]

    def _room(self, width: int) -> int:
        return self._beside(width) if self.trail and not self._is_trail_beneath(width) else max(8, width - self.columns)

    def _beside(self, width: int) -> int:
        """What is left for the text beside the trail."""
        return max(8, width - self.columns - self.trail.cell_length - 1)

    def _is_trail_beneath(self, width: int) -> bool:
        """Whether the trail has a row of its own: beside it a word would have to be broken."""
        if not self.trail:
            return False
        return self._beside(width) < _longest_word(self.body.plain) <= width - self.columns

    def get_optimal_width(self, rules: object, container_width: int) -> int:
        return container_width

    def get_height(self, rules: object, width: int) -> int:
        beneath = 1 if self._is_trail_beneath(width) else 0
        return beneath + self.body.get_height(rules, self._room(width))  # pyright: ignore[reportArgumentType]
