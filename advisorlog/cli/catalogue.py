"""Every command by name: where it is, and its help in one line. `--help` reads this and loads no command."""

from typing import NamedTuple


class Listed(NamedTuple):
    """A command of the root: the module and attribute that hold it."""

    module: str
    attribute: str
    help: str


def _in(module: str, help: str, attribute: str = "command") -> Listed:
    return Listed(f"advisorlog.cli.{module}", attribute, help)


SECTIONS: dict[str, dict[str, Listed]] = {
    "Around a meeting": {
        "brief": _in("preparing", "The context an advisor needs before the next meeting.", "brief"),
        "add": _in("add", "Capture a line: advice, a decision, a TODO ..."),
        "attach": _in("attach", "Attach files: a photograph of the whiteboard, a PDF ..."),
        "todo": _in("preparing", "The TODO summary to send after a meeting.", "todo"),
        "report": _in("preparing", "How all ideas moved since a day.", "report"),
        "propose": _in("propose", "Entries out of free notes or a transcript, for you to accept."),
        "check": _in("check", "What a reader who remembers nothing can't follow in a text."),
        "search": _in("search", "Find what was said, by words or by meaning."),
        "tension": _in("tension", "Advice and decisions that may conflict, and their contexts."),
        "guess": _in("guess", "Why was it advised? Ask with a guess, and keep how it came out."),
    },
    "Records": {
        "project": _in("project", "What the work is: its pitch, goal and glossary."),
        "person": _in("person", "Who is in the log."),
        "series": _in("series", "Recurring meetings: with whom, how often."),
        "meeting": _in("meeting", "Meetings, planned and held."),
        "entry": _in("entry", "Captured lines: the inbox, corrections."),
        "action": _in("action", "Promises: done, carried, dropped, and why."),
        "idea": _in("idea", "Ideas, their status and confidence, and what moved them."),
        "reading": _in("reading", "Notes on papers."),
        "attachment": _in("attachment", "Attached files: see, open, edit them."),
        "best-times": _in("best_times", "What went well, and how sure you were; for you alone.", "best_times"),
        "calibration": _in("calibration", "How well your confidence foretold what came true.", "calibration"),
    },
    "The log": {
        "demo": _in("demo", "A realistic sample log: prints its brief."),
        "import": _in("importing", "Bring in notes from Markdown files."),
        "assist": _in("assist", "A language model as an optional help: setup, status, its tasks."),
        "meaning": _in("meaning", "Search by meaning: set it up, see how it stands."),
        "export": _in("exporting", "Write the pack for a mentee, or the whole log as Markdown."),
        "vault": _in("vault", "A folder of Markdown files that goes along with the log."),
        "undo": _in("history", "Take back the last change.", "undo"),
        "redo": _in("history", "Bring back what undo took.", "redo"),
        "history": _in("history", "What changed, and when.", "history"),
        "backup": _in("backup", "Write a checked copy of the log.", "backup"),
        "restore": _in("backup", "Bring back a backup.", "restore"),
        "doctor": _in("doctor", "Check that the log is sound."),
        "paths": _in("paths", "Where the log, the settings and the templates are."),
        "templates": _in("templates", "The documents' templates, and your own in their place."),
        "schema": _in("schema", "What --json prints, as JSON Schema.", "schema"),
        "manual": _in("manual", "Print the man page.", "manual"),
        "completion": _in("completion", "Set up completion in your shell."),
    },
}

COMMANDS: dict[str, Listed] = {name: listed for section in SECTIONS.values() for name, listed in section.items()}
