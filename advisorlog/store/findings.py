"""What an examination of the log finds."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An ERROR has cost data or will; a WARNING may; a NOTE is worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    severity: Severity
    what: str
    what_to_do: str
