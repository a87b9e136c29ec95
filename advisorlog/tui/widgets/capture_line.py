"""The capture line: always ready, says what it understands while one types, completes `#ideas` and `@people`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from advisorlog.domain import dates, grammar, promise
from advisorlog.domain.grammar import Line
from advisorlog.domain.kinds import EntryKind, Visibility
from advisorlog.domain.marks import name_end
from advisorlog.store import names
from advisorlog.tui import showing
from advisorlog.tui.widgets.line_input import LineInput

SHOWN_COMPLETIONS = 5
SHORT_SIGILS = "!advice =decision ?question >answer +result *takeaway []todo %sure ~private"
SHORTEST_SIGILS = "!advice =decided ?ask >answer +result *take []todo %sure ~private"
SIGILS = "! advice   = decision   ? question   > answer   + result   * takeaway   [] todo   % confidence   ~ private"


@dataclass(frozen=True, slots=True)
class Names:
    """What can be completed: the ideas' slugs with their titles, the people's handles with their names."""

    ideas: tuple[tuple[str, str], ...] = ()
    people: tuple[tuple[str, str], ...] = ()

    def matching(self, mark: str, begun: str) -> list[str]:
        """Tags that begin with what was typed, then those that hold it somewhere (name or title too)."""
        pool = self.ideas if mark == "#" else self.people
        wanted = begun.casefold()
        first = [name for name, _ in pool if name.casefold().startswith(wanted)]
        rest = [name for name, title in pool if name not in first and wanted in f"{name} {title}".casefold()]
        return [f"{mark}{name}" for name in (*first, *rest)]

    def knows(self, mark: str, name: str) -> bool:
        """Whether a tag stands for a record, as the log will understand it when the line is stored."""
        if mark == "@":
            return names.key(name) == "me" or names.one_of(self.people, name) is not None
        return names.key(name) in {names.key(known) for known, _ in self.ideas}


class _Marks(Highlighter):
    """The marker and the tags stand out; told by weight, so that it works without colour."""

    def highlight(self, text: Text) -> None:
        line = grammar.parse(text.plain)
        text.stylize("bold", 0, len(line.lead))
        for mark in (*line.mentions, *line.dates):
            text.stylize("underline", len(line.lead) + mark.start, len(line.lead) + mark.end)


class _Box(LineInput):
    """An input that keeps the lines of what is pasted."""

    BINDINGS = [Binding("tab", "complete", "Complete", show=False)]

    class Pasted(Message):
        def __init__(self, lines: Sequence[str]) -> None:
            super().__init__()
            self.lines = tuple(lines)

    class Completing(Message):
        """Tab was pressed."""

    class Entered(Message):
        """Enter: what stood in the line."""

        def __init__(self, typed: str) -> None:
            super().__init__()
            self.typed = typed

    async def _on_key(self, event: events.Key) -> None:
        """Enter counts at its place among the keys.

        As a binding it would be looked up only after the key has gone all the way up the screen, and the letters of
        the next line would by then have joined those of this one.
        """
        if event.key != "enter":
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        if self.value.strip():
            self.post_message(self.Entered(self.value))  # first: to store it takes longer than to empty the line
        self.value = ""

    def _on_paste(self, event: events.Paste) -> None:
        lines = [line for line in event.text.splitlines() if line.strip()]
        if len(lines) < 2:
            super()._on_paste(event)
            return
        event.stop()
        event.prevent_default()
        self.post_message(self.Pasted(lines))

    def action_complete(self) -> None:
        self.post_message(self.Completing())


class CaptureLine(Vertical):
    """The line and, above it, how it is understood."""

    class Captured(Message):
        """Enter: the line as it was typed."""

        def __init__(self, typed: str) -> None:
            super().__init__()
            self.typed = typed

    class Pasted(Message):
        """Several lines at once."""

        def __init__(self, lines: Sequence[str]) -> None:
            super().__init__()
            self.lines = tuple(lines)

    class Changed(Message):
        def __init__(self, typed: str) -> None:
            super().__init__()
            self.typed = typed

    class LeftUpwards(Message):
        """The cursor wants up, out of the line."""

    BINDINGS = [Binding("up", "leave_upwards", "Lines", show=False)]

    def __init__(self, placeholder: str = "Type what is said. Enter stores it.") -> None:
        super().__init__()
        self.names = Names()
        self.today = date.min
        self.standing_words = Content("")
        self._edits = ""
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        yield Static(id="understood")
        yield _Box(
            placeholder=self._placeholder, highlighter=_Marks(), id="capture-box", compact=True, select_on_focus=False
        )

    def on_resize(self) -> None:
        self._say(self.typed)

    @property
    def box(self) -> Input:
        return self.query_one(_Box)

    @property
    def typed(self) -> str:
        return self.box.value

    @typed.setter
    def typed(self, text: str) -> None:
        self.box.value = text
        self.box.cursor_position = len(text)

    def take_focus(self) -> None:
        self.screen.set_focus(self.box)  # at once: what is typed next is meant for it

    def say(self, words: Content) -> None:
        """Stands in the place of the sigils while the line is empty."""
        self.standing_words = words
        self._say(self.typed)

    def edits(self, told: str) -> None:
        """A stored line is being edited: what to say of that; nothing once it no longer is."""
        self._edits = told
        self.set_class(bool(told), "-editing")
        self._say(self.typed)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._say(event.value)
        self.post_message(self.Changed(event.value))

    @on(_Box.Entered)
    def _entered(self, event: _Box.Entered) -> None:
        event.stop()
        self.post_message(self.Captured(event.typed))

    @on(_Box.Pasted)
    def _pasted(self, event: _Box.Pasted) -> None:
        event.stop()
        self.post_message(self.Pasted(event.lines))

    @on(_Box.Completing)
    def _complete(self, event: _Box.Completing) -> None:
        event.stop()
        found = self._completions()
        begun = self._begun()
        if not found or begun is None:
            self.screen.focus_next()
            return
        box = self.box
        end = box.cursor_position
        after = box.value[end:]
        box.value = f"{box.value[: begun[0]]}{found[0]}{after if after.startswith(' ') else ' ' + after}"
        box.cursor_position = begun[0] + len(found[0]) + 1

    def action_leave_upwards(self) -> None:
        self.post_message(self.LeftUpwards())

    def _begun(self) -> tuple[int, str, str] | None:
        """The tag under the cursor: where it starts, its mark, and what of it is typed."""
        text, end = self.box.value, self.box.cursor_position
        start = max(text.rfind("#", 0, end), text.rfind("@", 0, end))
        if start < 0 or (start and not text[start - 1].isspace() and text[start - 1] not in "([{"):
            return None
        begun = text[start + 1 : end]
        if begun and name_end(text, start + 1) < end:
            return None
        return start, text[start], begun

    def _completions(self) -> list[str]:
        begun = self._begun()
        return self.names.matching(begun[1], begun[2])[:SHOWN_COMPLETIONS] if begun else []

    def _say(self, typed: str) -> None:
        line = grammar.parse(typed)
        self.box.set_class(line.visibility is Visibility.PRIVATE, "-private")
        words = self._understood(line) if typed.strip() else self._idle()
        if self._edits:
            words = showing.joined(showing.words(f"{self._edits} · ", "$warning"), words)
        # One row, whatever it says: to lay out the screen at every letter would take longer than all else.
        self.query_one("#understood", Static).update(words, layout=False)

    def _idle(self) -> Content:
        fitting = (each for each in (SIGILS, SHORT_SIGILS) if len(each) + 4 < self.size.width)
        return self.standing_words or showing.words(next(fitting, SHORTEST_SIGILS), showing.QUIET)

    def _understood(self, line: Line) -> Content:
        begun, found = self._begun(), self._completions()
        if begun and found and found != [f"{begun[1]}{begun[2]}"]:
            shown = [showing.line(found[0], showing.STRONG), *(showing.line(each, showing.QUIET) for each in found[1:])]
            return showing.joined(Content("   ").join(shown), showing.words("   tab completes", showing.QUIET))
        parts = [showing.joined(showing.sign(line.kind), " ", showing.words(str(line.kind), showing.STRONG))]
        if line.visibility is Visibility.PRIVATE:
            parts.append(showing.words("private", showing.PRIVATE))
        if line.speaker:
            parts.append(showing.line(f"said by {line.speaker}"))
        if line.kind is EntryKind.TODO and (owner := promise.owed_by(line.text)) != "me":
            parts.append(showing.line(f"owed by @{owner}"))
        parts += [self._dated(mark.phrase) for mark in line.dates]
        parts += [self._confidence(line)] if line.confidence else []
        parts += [
            showing.line(f"{mention.mark}{mention.name} is new", "$warning")
            for mention in line.mentions
            if not self.names.knows(mention.mark, mention.name)
        ]
        parts += [showing.line(trouble.message, "$warning") for trouble in line.troubles]
        return Content(" · ").join(parts)

    def _dated(self, phrase: str) -> Content:
        day = dates.understand(phrase, self.today)
        if day is None:
            return showing.line(f"{dates.not_known(phrase)}", "$warning")
        return showing.words(dates.echo(day, self.today))

    def _confidence(self, line: Line) -> Content:
        assert line.confidence is not None
        because = line.confidence.because or ("mood" if line.confidence.mood else "")
        said = f"{line.confidence.percent}% for {line.confidence.idea}"
        return showing.line(said if because else f"{said}: because …?")


def kinds_to_choose() -> list[EntryKind]:
    """The kinds that a line can be turned into."""
    return [kind for kind in EntryKind if kind is not EntryKind.CONFIDENCE]
