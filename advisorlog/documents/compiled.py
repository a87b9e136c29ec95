"""Templates that were compiled once stay compiled: to compile takes longer than all the writing of a document.

Jinja's own cache, in a folder that only the user can write to: what it holds is code, as Python's own `__pycache__`.
A template that was changed is another one, as is any template under another Jinja or other settings of ours.
"""

import os
from contextlib import suppress
from hashlib import sha1
from pathlib import Path

import jinja2.compiler
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from advisorlog.documents import rendering


class CompiledTemplates(FileSystemBytecodeCache):
    """Keeps compiled templates in a folder; where that can't be used, each is compiled anew, as without a cache."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), f"{_makers()}-%s.bin")
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        if not _is_ours_alone(self._folder):
            return
        try:
            super().load_bytecode(bucket)
        except Exception:  # a file that was cut short raises what pickle and marshal please
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            self._folder.mkdir(parents=True, mode=0o700, exist_ok=True)
            if _is_ours_alone(self._folder):
                self._forget_others()
                super().dump_bytecode(bucket)

    def _forget_others(self) -> None:
        """Take away what an older program left."""
        for path in self._folder.glob("*.bin"):
            if not path.name.startswith(f"{_makers()}-"):
                path.unlink(missing_ok=True)


def _is_ours_alone(folder: Path) -> bool:
    """Whether nobody else can have put code there."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    return not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & 0o022)


def _makers() -> str:
    """What stands for the two that make code of a template: Jinja's compiler, and the settings we give it."""
    facts = [Path(made_by).stat() for made_by in (jinja2.compiler.__file__, rendering.__file__)]
    told = "|".join(f"{each.st_ino} {each.st_size} {each.st_mtime_ns}" for each in facts)
    return sha1(told.encode(), usedforsecurity=False).hexdigest()[:12]
