"""The sample log: made from the Markdown files that ship with the program, in a place of its own."""

import os
import tempfile
from dataclasses import replace
from pathlib import Path

from advisorlog.config import Settings
from advisorlog.errors import AdvisorlogError

FILES = Path(__file__).parent.parent / "sample"
NOW = "2026-11-23T22:00:00-05:00"
"""When the sample is read: the evening of its last day, whenever `demo` is run."""


def log(settings: Settings) -> Path:
    """A fresh log of the sample, in a folder for temporary files; nothing of the user's is touched.

    Raises AdvisorlogError where no such folder can be made.
    """
    from advisorlog.workflow.importing import import_paths

    try:
        folder = Path(tempfile.mkdtemp(prefix="advisorlog-demo-"))
    except OSError as error:
        raise AdvisorlogError(
            f"The sample can't be made: {error.strerror}", "Set TMPDIR to a folder of yours"
        ) from error
    path = folder / "log.db"
    os.environ["ADVISORLOG_NOW"] = NOW
    os.environ["ADVISORLOG_BACKUP"] = "off"
    import_paths(replace(settings, log=path), [FILES], False, lambda done, total: None)
    return path
