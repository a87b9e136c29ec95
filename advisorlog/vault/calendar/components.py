"""The components of a calendar's text with their line numbers; one that is broken takes no other with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_DEEPEST = 6
"""Components within components: a calendar, an event and its alarm are three."""

_NAME = re.compile(r"[A-Za-z0-9-]+(?=[;:])", re.ASCII)
_SIDE_BY_SIDE = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE"})
"""None of these stands within another: where one seems to, the outer one was never ended."""


@dataclass(frozen=True, slots=True)
class Line:
    """One property, unfolded; `number` is the line that it begins in."""

    number: int
    name: str
    text: str


@dataclass(slots=True)
class Component:
    """What stands between BEGIN and END. `end` is the number of its last line."""

    name: str
    number: int
    lines: list[Line] = field(default_factory=list[Line])
    parts: list["Component"] = field(default_factory=list["Component"])
    end: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the order of BEGIN and END."""

    number: int
    message: str


def read(text: str) -> tuple[list[Component], list[Fault]]:
    """The outermost components of a text with `\\n` at the ends of lines. Takes linear time."""
    reader = _Reader()
    for line in _unfolded(text):
        reader.take(line)
    reader.finish()
    return reader.found, reader.faults


def _unfolded(text: str) -> Iterator[Line]:
    """Lines with those that go on below them: a line that begins with a blank goes on the one before."""
    number, pieces = 0, [""]
    for count, raw in enumerate(text.split("\n"), start=1):
        if raw.startswith((" ", "\t")) and number:
            pieces.append(raw[1:])
            continue
        if number:
            yield _line(number, "".join(pieces))
        number, pieces = count, [raw]
    yield _line(number, "".join(pieces))


def _line(number: int, text: str) -> Line:
    name = _NAME.match(text)
    return Line(number, name[0].upper() if name else "", text)


class _Reader:
    def __init__(self) -> None:
        self.found: list[Component] = []
        self.faults: list[Fault] = []
        self._open: list[Component] = []

    def take(self, line: Line) -> None:
        match line.name:
            case "BEGIN":
                self._begin(line.text[6:].strip().upper(), line.number)
            case "END":
                self._end(line.text[4:].strip().upper(), line.number)
            case _ if self._open:
                self._open[-1].lines.append(line)
            case _ if line.text.strip():
                self._fault(line.number, "text outside of a calendar: left out")
            case _:
                return

    def finish(self) -> None:
        if self._open:
            inner = self._open[min(1, len(self._open) - 1)]
            self._fault(inner.number, f"{inner.name} is cut off: its END is missing")
            del self._open[1:]
            self._close()

    def _begin(self, name: str, number: int) -> None:
        within = [each for each in self._open if each.name in _SIDE_BY_SIDE]
        if name in _SIDE_BY_SIDE and within:
            self._fault(within[0].number, f"{within[0].name} has no END before the next one begins: left out")
            del self._open[self._open.index(within[0]) :]
        if len(self._open) >= _DEEPEST:
            self._fault(number, "components within components, too deep: left out")
            del self._open[1:]
        self._open.append(Component(name, number))

    def _end(self, name: str, number: int) -> None:
        if not any(each.name == name for each in self._open):
            self._fault(number, f"END:{name} without its BEGIN")
            return
        while self._open[-1].name != name:
            self._fault(self._open[-1].number, f"{self._open[-1].name} has no END: left out")
            self._open.pop()
        self._open[-1].end = number
        self._close()

    def _close(self) -> None:
        closed = self._open.pop()
        (self._open[-1].parts if self._open else self.found).append(closed)

    def _fault(self, number: int, message: str) -> None:
        self.faults.append(Fault(number, message))
