"""What an import did, for the person who ran it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from advisorlog.vault.problems import Problem

_PLURALS = {"person": "people", "series": "series", "entry": "lines", "todo": "TODOs"}
_SINGULARS = {"entry": "line", "todo": "TODO"}
_SERIES_SHOWN = 30
_TEMPLATES_SHOWN = 5


@dataclass
class Report:
    """Counts by record kind, and everything that is wrong, with file and line.

    `found` counts the notes (or what should be one), `read_as` the files of other tools by their format, `kept` the
    entries by the fields of theirs that have no place in a record and stand in the entry's text, `no_longer_listed`
    what a tool's file has no more (the log does). Of calendars, `series_found` describes each new series, `left_out`
    counts the events that are no meetings, by why, and `ignored` what is no event (todo, alarm).
    `templates` are the files left out because an editor is still to fill them in.
    `problems` are what could not be taken in (exit code 1); `warnings` came in but want a look.
    """

    dry_run: bool
    found: int = 0
    new: Counter[str] = field(default_factory=Counter[str])
    changed: Counter[str] = field(default_factory=Counter[str])
    removed: int = 0
    unchanged: int = 0
    no_longer_listed: int = 0
    read_as: Counter[str] = field(default_factory=Counter[str])
    kept: Counter[str] = field(default_factory=Counter[str])
    unknown_tags: Counter[str] = field(default_factory=Counter[str])
    series_found: list[str] = field(default_factory=list[str])
    left_out: Counter[str] = field(default_factory=Counter[str])
    ignored: Counter[str] = field(default_factory=Counter[str])
    templates: list[str] = field(default_factory=list[str])
    problems: list[Problem] = field(default_factory=list[Problem])
    warnings: list[Problem] = field(default_factory=list[Problem])

    def lines(self) -> list[str]:
        """The report as lines of text: problems first, what came in last."""
        return list(self._lines())

    def _lines(self) -> Iterator[str]:
        yield from (str(problem) for problem in (*self.warnings, *self.problems))
        if self.unknown_tags:
            named = ", ".join(tag for tag, _ in self.unknown_tags.most_common(8))
            more = f" and {len(self.unknown_tags) - 8} more" if len(self.unknown_tags) > 8 else ""
            yield f"Tags that name nothing yet: {named}{more}. They take effect when such an idea or person is made."
        if self.templates:
            named = ", ".join(self.templates[:_TEMPLATES_SHOWN])
            more = f" and {left} more" if (left := len(self.templates) - _TEMPLATES_SHOWN) > 0 else ""
            what = "template" if len(self.templates) == 1 else "templates"
            yield f"{len(self.templates)} {what} left out, with blanks still to be filled in: {named}{more}."
        if not self.found:
            yield "No notes found: neither Markdown or text files, nor files of a tool that I know (see --help)."
            return
        if self.read_as:
            files = ", ".join(f"{title} ({number:,})" for title, number in self.read_as.items())
            yield f"Files of other tools: {files}."
        if self.kept:
            named = ", ".join(f"{name} ({number:,})" for name, number in self.kept.most_common(12))
            more = f" and {len(self.kept) - 12} more" if len(self.kept) > 12 else ""
            yield f"{_fields(len(self.kept))} kept as text: {named}{more}."
        if self.no_longer_listed:
            yield f"{self.no_longer_listed:,} no longer in their file: kept in the log."
        yield from self._of_calendars()
        verb = "Would bring in" if self.dry_run else "Brought in"
        yield f"{verb} {_counted(self.new) or 'nothing new'}."
        if self.changed or self.removed:
            gone = f", {self.removed} lines that are gone from their file removed" if self.removed else ""
            yield f"{'Would update' if self.dry_run else 'Updated'} {_counted(self.changed) or 'nothing'}{gone}."
        if self.unchanged:
            yield f"{self.unchanged} {'file' if self.unchanged == 1 else 'files'} already in, unchanged."
        if self.problems:
            yield f"{len(self.problems)} {'problem' if len(self.problems) == 1 else 'problems'}: see above."

    def _of_calendars(self) -> Iterator[str]:
        yield from (f"Series: {each}." for each in self.series_found[:_SERIES_SHOWN])
        if len(self.series_found) > _SERIES_SHOWN:
            yield f"... and {len(self.series_found) - _SERIES_SHOWN:,} more series: advisorlog series list"
        if self.series_found:
            yield "Their role is peer: `advisorlog series edit NAME --role advisor` says who advises you."
        if self.left_out:
            whys = ", ".join(f"{number:,} {why}" for why, number in self.left_out.most_common())
            yield f"Events left out: {whys}."
        if self.ignored:
            named = ", ".join(f"{number:,} {name}{'' if number == 1 else 's'}" for name, number in self.ignored.items())
            yield f"Not looked at, as they are no events: {named}."


def _fields(number: int) -> str:
    return f"{number} {'field' if number == 1 else 'fields'}"


def _counted(counts: Counter[str]) -> str:
    return ", ".join(
        f"{number:,} {_PLURALS.get(kind, f'{kind}s') if number != 1 else _SINGULARS.get(kind, kind)}"
        for kind, number in counts.items()
        if number
    )
