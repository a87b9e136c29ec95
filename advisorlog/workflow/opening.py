"""Opening an attached file with the system's program, never through a shell.

The program is given a copy under a readable name, not the stored file: what it saves there changes nothing kept.
"""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import time

from advisorlog.config import Settings, cache_folder
from advisorlog.domain.file_names import attachment_name
from advisorlog.domain.media import name_to_open
from advisorlog.errors import AdvisorlogError
from advisorlog.store import attachments as files
from advisorlog.store.reading.rows import Attachment

PATIENCE = 0.5
"""Seconds in which a program that can't open a file usually says so."""
KEPT = 7 * 86400
"""Seconds for which a copy that was opened stays: programs may come back to it."""


def open_file(settings: Settings, found: Attachment) -> Path:
    """Open a file; returns the copy that was opened.

    Raises AdvisorlogError where the file is missing, no program can be started for it, or one might run it.
    """
    stored = files.source_of(files.folder(settings.log), found.sha256)
    wanted = name_to_open(found.media_type, found.name)
    if wanted is None:
        raise AdvisorlogError(
            f"It is not opened: of this kind ({found.media_type}) a file might be run instead of shown",
            f"It is stored as {stored}",
        )
    command = _command(settings.opener, stored)
    copy = _copy(stored, attachment_name(found.sha256, wanted))
    _start(command, copy)
    return copy


def _command(opener: str, stored: Path) -> Sequence[str]:
    """The words of the program that opens files; none where the system itself does."""
    if opener:
        try:
            words = shlex.split(opener, posix=os.name != "nt")
        except ValueError as error:
            raise AdvisorlogError(f"The opener “{opener}” is no command: {error}", _SET) from error
        if words:
            return words
    if sys.platform == "win32":
        return ()
    if sys.platform == "darwin":
        return ("open",)
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise AdvisorlogError("There is no desktop here to open it on", f"It is stored as {stored}. {_SET}")
    if shutil.which("xdg-open") is None:
        raise AdvisorlogError("There is no program here that opens files (xdg-open)", f"It is at {stored}. {_SET}")
    return ("xdg-open",)


_SET = "ADVISORLOG_OPENER, or `opener` in the config file, names a program"


def _copy(stored: Path, name: str) -> Path:
    """A copy that can only be read, in a folder that only its owner can enter."""
    folder = cache_folder() / "opened"
    target = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
        for older in folder.iterdir():
            if older != target and older.stat().st_mtime < time() - KEPT:
                older.unlink()
        with suppress(FileNotFoundError):
            target.unlink()
        shutil.copyfile(stored, target)
        target.chmod(0o400)
    except OSError as error:
        raise AdvisorlogError(f"A copy can't be written to {folder}: {error.strerror}", "Free some space") from error
    return target


def _start(command: Sequence[str], path: Path) -> None:
    if not command:
        os.startfile(path)  # type: ignore[attr-defined]  # pyright: ignore
        return
    try:
        process = subprocess.Popen(
            [*command, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise AdvisorlogError(f"{command[0]} can't be started: {error.strerror}", f"It is at {path}. {_SET}") from error
    try:
        code = process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        return  # it shows the file
    if code != 0:
        raise AdvisorlogError(f"{command[0]} could not open it (it ended with {code})", f"It is at {path}. {_SET}")
