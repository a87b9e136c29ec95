"""What is wrong with a file, at which line, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """`ERROR`: something in the file could not be taken in. `WARNING`: taken in, but look at it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to tell about a file. `line` counts from 1; None where the whole file (or folder) is meant."""

    path: Path
    line: int | None
    message: str
    what_to_do: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line is not None else f"{self.path}"
        advice = f". {self.what_to_do}" if self.what_to_do else ""
        return f"{where}: {self.severity}: {self.message}{advice}"
