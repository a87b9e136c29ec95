"""One file as it was read, before it is known what it is."""

from dataclasses import dataclass
from pathlib import Path

from advisorlog.vault.blocks import SourceLine


@dataclass(frozen=True, slots=True)
class Page:
    """One file as read: where it lies, its bytes, its place below the folder that was read, and its body."""

    path: Path
    source: bytes
    place: str
    lines: tuple[SourceLine, ...]
    body: str = ""
    """The text below the front matter, line ends as they are."""

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines).strip("\n")
