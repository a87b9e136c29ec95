"""Writing a document to a file: whole or not at all."""

import os
from pathlib import Path

from advisorlog.errors import AdvisorlogError

FORM_BY_ENDING = {".md": "md", ".txt": "text", ".html": "html", ".htm": "html", ".json": "json"}


def form_of(path: Path | None) -> str:
    """The format that a file's ending asks for; Markdown where it says nothing."""
    return FORM_BY_ENDING.get(path.suffix.lower() if path else "", "md")


def write(path: Path, text: str) -> None:
    """A reader never finds half a document, and a full disk leaves the old one. Raises AdvisorlogError."""
    import tempfile  # costs as much to load as a third of a brief, which mostly goes to stdout

    part = ""
    try:
        descriptor, part = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent or ".")
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text if text.endswith("\n") else f"{text}\n")
            file.flush()
            os.fsync(file.fileno())
        Path(part).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        Path(part).replace(path)
    except OSError as error:
        if part:
            Path(part).unlink(missing_ok=True)
        raise AdvisorlogError(f"{path} can't be written: {error.strerror}", "Choose another place") from error


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
