"""The capture grammar: one line, one entry.

A line is, in this order, each part optional: blanks, a list bullet, `~` or `private:`, a marker (a sigil, a word
or a box), `@handle:` for who said it, and the text. What stands before the text is the line's `lead`; `lead` and
`text` together are always exactly what was typed.

Markers
    A word counts in any case, with its colon directly behind it: `Advice: ...`.
    A sigil (`! = ? > + * %`) counts when a blank or the end of the line follows. For those who type fast, `! ? > +`
    and `[]` count directly before a letter or an `@name` too (`!compare`), `=` directly before a word and a blank (`=We
    drop it`, not `=SUM(A1)`), `*` too where no other `*` comes (not `*this* one`), and `%` directly before a number
    (`%70`). So `!=`, `==`, `?!`, `>=`, `>>>`, `+1`, `**bold**`, `*emph*`, `%d`, `[link](x)` are plain text.
    A box is `[]`, `[ ]` or `[x]`; `[ ]` and `[x]` need a blank behind them.
    A bullet (`-`, `*`, `+` and a blank) is one only before a word or a box: `- [ ]`, `- advice:`. Otherwise `*` and
    `+` are sigils and `-` is text.
Private
    `~` makes any line private, except where it means "about" or a path: directly before a digit, `$`, `=`, `/` or
    another `~`. When in doubt, private. `private:` counts before the marker and right behind it (`[ ] private: ...`).
Speaker
    `@handle: ` right behind the marker, or at the start of a line without one. Not in a todo: there
    `[ ] @ann: ...` names whose task it is.
Backslash
    Before anything that could be read as one of the above, or before a blank, it means "the text begins here" and
    belongs to the lead. Any other backslash is text: `\\alpha`, `\\[x = 1\\]`.
Confidence
    `% 70 #slug because ...` (also `70%`, also `#slug 70`; `mood` before because). A line that gives no whole percent
    from 0 to 100, or no idea, is kept as a note with the `%` in its text, and a trouble that says what to do.
"""

import re
from dataclasses import dataclass

from advisorlog.domain.kinds import EntryKind, Visibility
from advisorlog.domain.marks import DateMark, Marks, Mention, find_marks, name_end

__all__ = [
    "ConfidenceMark",
    "DateMark",
    "Line",
    "Mention",
    "Trouble",
    "compose_sigil",
    "compose_words",
    "parse",
    "print_line",
    "to_edit",
]


@dataclass(frozen=True, slots=True)
class ConfidenceMark:
    """What a confidence line says: percent (0 to 100), the idea's slug as typed, and why.

    `because` is empty where the line gives none; `mood` marks a feeling, which is no evidence.
    """

    percent: int
    idea: str
    because: str
    mood: bool


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something about a line that the writer may want to know: one sentence with what to do. Nothing is lost."""

    message: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line as understood. Offsets of `mentions` and `dates` count characters of `text`.

    `speaker` is a handle as typed; None means the default speaker of the kind. `checked` is a todo's `[x]`.
    `confidence` is set exactly when the kind is CONFIDENCE.
    """

    kind: EntryKind
    visibility: Visibility
    lead: str
    text: str
    speaker: str | None = None
    checked: bool = False
    mentions: tuple[Mention, ...] = ()
    dates: tuple[DateMark, ...] = ()
    confidence: ConfidenceMark | None = None
    troubles: tuple[Trouble, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is no text besides blanks."""
        return not self.text or self.text.isspace()

    @property
    def is_marked(self) -> bool:
        """Whether it says itself what it is: another kind than a note, or private."""
        return self.kind is not EntryKind.NOTE or self.visibility is not Visibility.OPEN


SIGILS = {
    "!": EntryKind.ADVICE,
    "=": EntryKind.DECISION,
    "?": EntryKind.QUESTION,
    ">": EntryKind.ANSWER,
    "+": EntryKind.RESULT,
    "*": EntryKind.TAKEAWAY,
    "%": EntryKind.CONFIDENCE,
}
_SIGIL_OF = {kind: sigil for sigil, kind in SIGILS.items()}

# (?a: keeps letters that merely fold to ASCII, such as the long s, from being read as a word.
_WORDS = "|".join(EntryKind)
_WORD = rf"(?P<word>(?ai:{_WORDS})):(?!:|//)"
_PRIVATE_WORD = r"(?ai:private):(?!:|//)"
_BOX = r"\[(?P<tick>[ xX]?)\](?=\s|\Z)|\[\](?=@?[^\W\d_])"
_SIGIL = (
    r"(?P<sigil>[!=?>+*%](?=\s|\Z)|[!?>+](?=@?[^\W\d_])|=(?=[^\W\d_]++\s)|\*(?=[^\W\d_]++\s[^*]*+\Z)|"
    r"%(?=[0-9]{1,3}%?(?:\s|\Z)))"
)
_UNNAMED = re.compile(r"\?P<\w+>")

MARKER = re.compile(f"{_WORD}|{_BOX}|{_SIGIL}")
BULLET = re.compile(rf"[-*+][^\S\r\n]+(?={_UNNAMED.sub('?:', _WORD)}|{_PRIVATE_WORD}|{_UNNAMED.sub('?:', _BOX)})")
PRIVATE = re.compile(rf"{_PRIVATE_WORD}|~(?:(?={_UNNAMED.sub('?:', MARKER.pattern)})|(?![\d~/$=]|[-.]\d))")
PRIVATE_BEHIND = re.compile(_PRIVATE_WORD)
_BLANKS = re.compile(r"\s*+")
_BACKSLASHES = re.compile(r"\\*+")


@dataclass(frozen=True, slots=True)
class _Head:
    """What the lead of a line says. The text begins at `end`; `marker` is where the marker begins."""

    kind: EntryKind
    visibility: Visibility
    speaker: str | None
    checked: bool
    marker: int
    end: int


def parse(line: str) -> Line:
    """Understand one typed line, or one list item of several lines. Never raises; takes linear time."""
    head = _read_head(line)
    if head.kind is EntryKind.CONFIDENCE:
        return _confidence_line(line, head)
    return _line(line, head)


def print_line(line: Line) -> str:
    """Exactly what was typed."""
    return line.lead + line.text


def compose_sigil(
    kind: EntryKind,
    text: str,
    *,
    visibility: Visibility = Visibility.OPEN,
    speaker: str | None = None,
    checked: bool = False,
) -> str:
    """A line as one types it, `~ ! Compare with DVFS`; `concern` and `win` have words only.

    `parse` reads back the same kind, visibility, text, and speaker (a todo has none: it is left out), whatever the
    text begins with. Only a confidence text that says no percent and idea comes back as a note.
    Raises ValueError where `speaker` is no handle.
    """
    if kind is EntryKind.NOTE:
        marker = ""
    elif kind is EntryKind.TODO:
        marker = "[x] " if checked else "[] "
    else:
        marker = f"{_SIGIL_OF[kind]} " if kind in _SIGIL_OF else f"{kind}: "
    private = "~ " if visibility is Visibility.PRIVATE else ""
    return _with_text(f"{private}{marker}", kind, text, visibility, speaker)


def to_edit(kind: EntryKind, visibility: Visibility, lead: str, text: str) -> str:
    """A stored line as it is put up to be edited: as it was typed, if that reads as what it is.

    A quote or a formula of a file may not: typed, `> so he said` is an answer.
    """
    read = parse(lead + text)
    if (read.kind, read.visibility, read.text) == (kind, visibility, text):
        return lead + text
    if read.text != text:
        return compose_sigil(kind, text, visibility=visibility)
    return compose_sigil(kind, text, visibility=visibility, speaker=read.speaker, checked=read.checked)


def compose_words(
    kind: EntryKind,
    text: str,
    *,
    visibility: Visibility = Visibility.OPEN,
    speaker: str | None = None,
    checked: bool = False,
) -> str:
    """A line as Markdown files have it behind their bullet: `advice: ...`, `private: note: ...`, `[ ] ...`.

    A private todo is `[ ] private: ...`, so that other programs still show its box. Otherwise as `compose_sigil`.
    """
    private = "private: " if visibility is Visibility.PRIVATE else ""
    if kind is EntryKind.TODO:
        return _with_text(f"[{'x' if checked else ' '}] {private}", kind, text, visibility, speaker)
    return _with_text(f"{private}{kind}: ", kind, text, visibility, speaker)


def _read_head(line: str) -> _Head:
    at = _after_bullet(line, _BLANKS.match(line, 0))
    visibility = Visibility.OPEN
    if private := PRIVATE.match(line, at):
        visibility = Visibility.PRIVATE
        at = _after_bullet(line, _BLANKS.match(line, private.end()))
    marker_at = at
    kind, checked = EntryKind.NOTE, False
    if marker := MARKER.match(line, at):
        kind, checked = _kind_of(marker)
        at = _skip_blanks(line, marker.end())
        if private := PRIVATE_BEHIND.match(line, at):
            visibility = Visibility.PRIVATE
            at = _skip_blanks(line, private.end())
    speaker = None
    if kind is not EntryKind.TODO and (end := _speaker_end(line, at)):
        speaker = line[at + 1 : end - 1]
        at = _skip_blanks(line, end)
    return _Head(kind, visibility, speaker, checked, marker_at, at + _is_escaped(line, at))


def _skip_blanks(line: str, at: int) -> int:
    blanks = _BLANKS.match(line, at)
    return blanks.end() if blanks else at


def _after_bullet(line: str, blanks: re.Match[str] | None) -> int:
    at = blanks.end() if blanks else 0
    bullet = BULLET.match(line, at)
    return bullet.end() if bullet else at


def _kind_of(marker: re.Match[str]) -> tuple[EntryKind, bool]:
    if word := marker["word"]:
        return EntryKind(word.lower()), False
    if sigil := marker["sigil"]:
        return SIGILS[sigil], False
    return EntryKind.TODO, (marker["tick"] or "") in ("x", "X")


def _speaker_end(line: str, at: int) -> int:
    """Behind the colon of `@handle: `; 0 where no speaker stands at `at`."""
    if not line.startswith("@", at):
        return 0
    end = name_end(line, at + 1)
    is_speaker = end > at + 1 and line.startswith(":", end) and (end + 1 == len(line) or line[end + 1].isspace())
    return end + 1 if is_speaker else 0


def _is_escaped(line: str, at: int) -> bool:
    """Whether a backslash at `at` says that the text begins behind it.

    Several in a row escape one another: the first is the escape, the others are text.
    """
    if not line.startswith("\\", at):
        return False
    run = _BACKSLASHES.match(line, at)
    behind = run.end() if run else at
    if behind == len(line):
        return False
    return (
        line[behind].isspace()
        or line[behind] in "~" + "".join(SIGILS)
        or any(pattern.match(line, behind) for pattern in (MARKER, BULLET, PRIVATE_BEHIND))
        or _speaker_end(line, behind) > 0
    )


def _line(line: str, head: _Head) -> Line:
    text = line[head.end :]
    marks = find_marks(text)
    return Line(
        head.kind,
        head.visibility,
        line[: head.end],
        text,
        head.speaker,
        head.checked,
        marks.mentions,
        marks.dates,
        troubles=_troubles(text, head.kind, marks),
    )


def _troubles(text: str, kind: EntryKind, marks: Marks) -> tuple[Trouble, ...]:
    if not text or text.isspace():
        what = "The line is empty" if kind is EntryKind.NOTE else f"The {kind} has no text"
        return (Trouble(f"{what}: write what was said."),)
    if marks.open_braces:
        return (Trouble("A date that begins with ^{ needs a } in the same line, as in ^{end of next week}."),)
    return ()


_PERCENT = re.compile(r"([0-9]++(?:[.,][0-9]++)?+)(?:[^\S\r\n]*+%)?+(?=[\s,;:]|\Z)")
_CONNECTED = re.compile(r"[\s,;:]*+(?:[-–—]++\s++)?+(?P<mood>(?ai:mood)\b[\s,;:]*+)?+(?:(?ai:because)\b[\s,;:]*+)?+")


def _confidence_line(line: str, head: _Head) -> Line:
    text = line[head.end :]
    marks = find_marks(text)
    understood = _confidence(text, marks)
    if isinstance(understood, Trouble):
        as_note = _Head(EntryKind.NOTE, head.visibility, None, False, head.marker, head.marker)
        kept = _line(line, as_note)
        return Line(
            kept.kind,
            kept.visibility,
            kept.lead,
            kept.text,
            mentions=kept.mentions,
            dates=kept.dates,
            troubles=(understood,),
        )
    return Line(
        head.kind,
        head.visibility,
        line[: head.end],
        text,
        head.speaker,
        mentions=marks.mentions,
        dates=marks.dates,
        confidence=understood,
    )


def _confidence(text: str, marks: Marks) -> ConfidenceMark | Trouble:
    idea = next((mention for mention in marks.mentions if mention.mark == "#"), None)
    leads = idea is not None and text[: idea.start].strip() == ""
    percent = _PERCENT.match(text, _skip_blanks(text, idea.end if idea is not None and leads else 0))
    if percent is None:
        return _kept_as_note("A confidence needs its percent first")
    digits = percent[1].lstrip("0") or "0"
    if not digits.isdecimal() or len(digits) > 3 or int(digits) > 100:
        return _kept_as_note("A confidence is a whole percent from 0 to 100")
    if idea is None:
        return _kept_as_note("A confidence needs the idea that it is about")
    at = percent.end()
    if text[at : idea.start].strip() == "":
        at = max(at, idea.end)
    connected = _CONNECTED.match(text, at)
    if connected is None:
        return ConfidenceMark(int(digits), idea.name, text[at:].strip(), False)
    because = text[connected.end() :].strip()
    return ConfidenceMark(int(digits), idea.name, because, connected["mood"] is not None)


def _kept_as_note(reason: str) -> Trouble:
    return Trouble(f"{reason}, as in “% 70 #idea because ...”: the line is kept as a note.")


def _with_text(lead: str, kind: EntryKind, text: str, visibility: Visibility, speaker: str | None) -> str:
    if speaker is not None and kind is not EntryKind.TODO:
        if not speaker or name_end(speaker, 0) != len(speaker):
            raise ValueError(f"“{speaker}” is no handle: letters first, then letters, digits, - _ or . inside")
        lead += f"@{speaker}: "
    else:
        speaker = None
    plain = lead + text
    head = _read_head(plain)
    if (head.kind, head.visibility, head.speaker, head.end) == (kind, visibility, speaker, len(lead)):
        return plain
    return f"{lead}\\{text}"
