"""Writing a document, or a copy of a file, where it was asked for: whole or not at all."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from advisorlog.errors import AdvisorlogError

FORM_BY_ENDING = {".md": "md", ".txt": "text", ".html": "html", ".htm": "html", ".json": "json"}


def form_of(path: Path | None) -> str:
    """The format that a file's ending asks for; Markdown where it says nothing."""
    return FORM_BY_ENDING.get(path.suffix.lower() if path else "", "md")


def write(path: Path, text: str) -> None:
    """A reader never finds half a document, and a full disk leaves the old one. Raises AdvisorlogError."""
    write_bytes(path, (text if text.endswith("\n") else f"{text}\n").encode())


def write_bytes(path: Path, content: bytes) -> None:
    """As `write`, of what is no text."""
    _put(path, lambda file: _all(file, content))


def copy(source: Path, path: Path) -> None:
    """As `write`, of what is in another file, which may be larger than the memory."""
    import shutil

    with source.open("rb") as content:
        _put(path, lambda file: shutil.copyfileobj(content, file))


def _all(file: BinaryIO, content: bytes) -> None:
    file.write(content)


def _put(path: Path, fill: Callable[[BinaryIO], None]) -> None:
    import tempfile  # costs as much to load as a third of a brief, which mostly goes to stdout

    part = ""
    try:
        descriptor, part = tempfile.mkstemp(prefix=f".{path.name[:80]}.", suffix=".part", dir=path.parent or ".")
        with os.fdopen(descriptor, "wb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        Path(part).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        Path(part).replace(path)
    except OSError as error:
        raise AdvisorlogError(f"{path} can't be written: {error.strerror}", "Choose another place") from error
    finally:
        if part:
            Path(part).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
