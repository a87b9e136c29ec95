"""Transcripts: WebVTT, SubRip (.srt), and text with lines such as `Ann: ...`. What one says in a row is one note."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from advisorlog.domain.grammar import MARKER
from advisorlog.vault.formats.format import Format, Head, SourceFile
from advisorlog.vault.formats.keys import Keys
from advisorlog.vault.notes import Item, ListNote
from advisorlog.vault.times import find_day, midnight, read_when

_CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_CUE = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}(?:\s.*)?", re.ASCII)
_NAME = r"[^\W\d_][^:\[\]()<>#@/\n]{0,48}?"
_AT_START = re.compile(rf"\s*(?:\[{_CLOCK}\]|\({_CLOCK}\)|{_CLOCK}(?=\s))\s*(?:-\s+)?", re.ASCII)
_SAID = re.compile(rf"\s*(?:\*\*)?({_NAME})(?:\s*[(\[]{_CLOCK}[)\]])?(?:\*\*)?\s?:(?:\*\*)?(?:\s+(.*)|\Z)")
_VOICE = re.compile(r"<v(?:\.[\w.-]+)?\s+([^>]+)>(.*)")
_TAG = re.compile(r"</?(?:v|c|i|b|u|lang|ruby|rt|\d[\d:.]*)(?:[.\s][^>]*)?>")
_DATE = re.compile(r"\s*(?:date|when|날짜|일시)\s*:\s*(\S+(?:[ ]\d{1,2}:\d{2})?)", re.IGNORECASE)
_SKIPPED_BLOCKS = ("NOTE", "STYLE", "REGION")
_NAME_PARTICLES = frozenset({"van", "von", "de", "der", "den", "di", "da", "la", "le", "bin", "ibn", "al"})
_SOME = 3


@dataclass(slots=True)
class _Turn:
    """What one person says until another one does."""

    line: int
    speaker: str | None
    words: list[str] = field(default_factory=list[str])


def _claims(head: Head) -> bool:
    """By its own mark, or where most lines begin with a name, and a name comes back as only a speaker's does."""
    lines = head.lines
    if not lines:
        return False
    if lines[0].startswith("WEBVTT") or (head.suffix == ".srt" and any(_CUE.fullmatch(line) for line in lines[:3])):
        return True
    if head.suffix != ".txt":
        return False
    names = Counter(name for line in lines if (name := _speaker(line)[0]) is not None)
    return sum(names.values()) >= max(_SOME, 0.6 * len(lines)) and len(names) > 1 and max(names.values()) > 1


def read(file: SourceFile) -> ListNote | None:
    """A meeting, where the file's name or a line `Date: 2026-11-24 14:00` tells its day; notes where none does."""
    text = file.text_or_problem()
    if text is None:
        return None
    lines = text.split("\n")
    is_timed = lines[0].startswith("WEBVTT") or any(_CUE.fullmatch(line) for line in lines[:10])
    turns = list(_joined(_of_cues(lines) if is_timed else _of_lines(lines)))
    if not turns and text.strip():
        file.fail(1, "nothing is said here", "A transcript has lines such as `Ann: words`")
        return None
    when = next(
        (when for line in lines[:10] if (said := _DATE.match(line)) and (when := read_when(said[1], file.zone))), None
    )
    day = when.day if when else find_day(file.path.name)
    start = when.at if when and when.at else midnight(day, file.zone) if day else None
    if start is None:
        file.warn(None, "no day in its name or in a line `Date: ...`: notes, in no meeting", "Name it 2026-11-24.txt")
    keys = Keys()
    items = [
        Item(
            # Everybody says “yes” in every meeting.
            keys.of(file.scope, turn.speaker or "", said),
            turn.line,
            said if start or not turn.speaker else f"{turn.speaker}: {said}",
            at=start,
            speaker=turn.speaker,
        )
        for turn in turns
        if (said := "\n".join(turn.words).strip())
    ]
    people = tuple(dict.fromkeys(turn.speaker for turn in turns if turn.speaker)) if start else ()
    return file.listing(FORMAT.name, items, {}, title=file.path.stem, start=start, people=people)


def _of_cues(lines: list[str]) -> Iterator[_Turn]:
    """The words below each time; numbers, settings and comments of the format are no words."""
    in_cue = False
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            in_cue = False
        elif _CUE.fullmatch(line):
            in_cue = True
        elif in_cue and not line.startswith(_SKIPPED_BLOCKS):
            voice = _VOICE.search(line)
            speaker, words = (voice[1].strip(), voice[2]) if voice else _speaker(line)
            yield _Turn(number, speaker, [_TAG.sub("", words).strip()])


def _of_lines(lines: list[str]) -> Iterator[_Turn]:
    for number, line in enumerate(lines, start=1):
        if not line.strip() or (number <= 10 and _DATE.match(line)):
            continue
        speaker, words = _speaker(line)
        yield _Turn(number, speaker, [words.rstrip() if speaker else line.rstrip()])


def _speaker(line: str) -> tuple[str | None, str]:
    """Who speaks, and the words; a word of our own grammar (`advice:`) is no name, nor is half a sentence."""
    clock = _AT_START.match(line)
    rest = line[clock.end() :] if clock else line
    said = _SAID.fullmatch(rest)
    if said is None or MARKER.match(rest.lstrip()) or not _is_name(said[1].split()):
        return None, rest
    return said[1].strip(), said[2] or ""


def _is_name(words: list[str]) -> bool:
    """One word of any kind (a handle), or up to four as names are written: no small letter but in `van`, `de`, ..."""
    return len(words) == 1 or (
        len(words) <= 4 and all(not word[0].islower() or word in _NAME_PARTICLES for word in words)
    )


def _joined(turns: Iterator[_Turn]) -> Iterator[_Turn]:
    """Lines without a name go on with the one before; so does a person who is named again."""
    current: _Turn | None = None
    for turn in turns:
        if current is not None and turn.speaker in (None, current.speaker):
            current.words += turn.words
            continue
        if current is not None:
            yield current
        current = turn
    if current is not None:
        yield current


FORMAT = Format("transcript", "transcripts", frozenset({".vtt", ".srt"}), _claims, read)
