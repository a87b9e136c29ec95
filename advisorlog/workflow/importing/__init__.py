"""Importing Markdown: files in, records out; what came in before is brought up to date, never doubled."""

from advisorlog.workflow.importing.report import Report
from advisorlog.workflow.importing.running import import_paths

__all__ = ["Report", "import_paths"]
