"""A captured line as a list item: its words as the grammar writes them, and below it what the words do not say."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from advisorlog.domain import dates, grammar, promise
from advisorlog.domain.kinds import ActionState, EntryKind, Visibility
from advisorlog.domain.marks import find_marks
from advisorlog.domain.moments import Moment, moment
from advisorlog.store import names
from advisorlog.store.reading.sheets import (
    ActionSheet,
    ActionStepSheet,
    EntrySheet,
    InboxSheet,
    Link,
    MeetingSheet,
    StepSheet,
)
from advisorlog.store.reading.whole import link_to
from advisorlog.vault.blocks import split_lines
from advisorlog.vault.body import read_body
from advisorlog.vault.exactly import comment, linked, shown, split_anchor
from advisorlog.vault.obsidian_tasks import read_marks
from advisorlog.vault.surroundings import Surroundings
from advisorlog.vault.times import stamp

_SIMPLE = re.compile(
    r"[^\s\x00-\x1f\x7f-\x9f\ufeff](?:[^\n\r\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]*[^\s\x00-\x1f\ufeff])?"
)
_PLAIN_FIRST = re.compile(r"[^\W_]|\*\*[^\s*]|\[\[|[\"“(]")
_NOTE_PATH = Path("line.md")


def is_simple(text: str) -> bool:
    """Whether a text stands on one line and has no blank at its ends that a reader would drop."""
    return _SIMPLE.fullmatch(text) is not None


class LinesOut:
    """The lines of one meeting (or of the inbox)."""

    def __init__(self, sheet: MeetingSheet | InboxSheet, around: Surroundings) -> None:
        self._sheet = sheet
        self._around = around
        self._own = link_to(sheet)
        self._start = moment(sheet.starts_at, sheet.zone) if isinstance(sheet, MeetingSheet) else None
        self._by_link = {f"{self._own}#^{entry.anchor}": entry for entry in sheet.entries}
        self._before = {later.anchor: entry for entry, later in zip(sheet.entries, sheet.entries[1:], strict=False)}
        self._answered: dict[Link, str] = {}
        for entry in sheet.entries:
            if entry.answers:
                self._answered.setdefault(entry.answers, entry.anchor)

    @property
    def zone(self) -> str:
        return self._start.zone if self._start else "UTC"

    def all(self) -> list[str]:
        return [line for entry in self._sheet.entries for line in self.item(entry)]

    def item(self, entry: EntrySheet, margin: str = "") -> list[str]:
        """The lines of one item, its bullet at the margin."""
        told = self._told(entry)
        words = self._words(entry)
        if not self._reads_back(words, entry):
            told["text"] = entry.text
            words = _item(self._compose(entry, shown(entry.text)))
        if not entry.tags and len(words) == 1 and find_marks(entry.text).mentions:
            told["tags"] = "none"
        if f"{self._own}#^{entry.anchor}" in self._around.anchored or split_anchor(words[0])[1]:
            if len(words) == 1:
                words[0] += f" ^{entry.anchor}"
            else:
                told["anchor"] = entry.anchor
        elif len(words) == 1 and words[0].rstrip() != words[0]:
            words[0] = words[0].rstrip()
        if told:
            words.append(f"  {comment(told)}")
        if entry.action and "steps" not in told:
            words += self._details(entry, entry.action, told)
        return [f"{margin}{line}" if line else "" for line in words]

    def _compose(self, entry: EntrySheet, text: str) -> str:
        kind, visibility = EntryKind(entry.kind), Visibility(entry.visibility)
        if kind is EntryKind.NOTE and visibility is Visibility.OPEN and not entry.said_by and _PLAIN_FIRST.match(text):
            return grammar.compose_sigil(kind, text)
        checked = bool(entry.action and entry.action.steps and entry.action.steps[-1].state == ActionState.DONE)
        return grammar.compose_words(kind, text, visibility=visibility, speaker=entry.said_by, checked=checked)

    def _words(self, entry: EntrySheet) -> list[str]:
        return _item(self._compose(entry, entry.text))

    def _reads_back(self, words: list[str], entry: EntrySheet) -> bool:
        if is_simple(entry.text):
            return not entry.text.endswith("-->") or " <!-- log:" not in entry.text
        if any(character in entry.text for character in "\r\0\ufeff"):
            return False
        body = read_body(_NOTE_PATH, split_lines("\n".join([*words, "- end"])), "UTC")
        if len(body.entries) != 2 or body.problems:
            return False
        read = body.entries[0]
        tags = [(mention.mark, names.key(mention.name)) for mention in read.line.mentions]
        return (
            (read.line.text, read.line.kind, read.line.visibility) == (entry.text, entry.kind, entry.visibility)
            and not (read.events or read.answers or read.done_test or read.root or read.told)
            and tags == [(mark, name) for mark, name, _ in entry.tags]
        )

    def _told(self, entry: EntrySheet) -> dict[str, str | None]:
        """What an import would not take from the words and the meeting."""
        told: dict[str, str | None] = {}
        if entry.text.lstrip().startswith("<!--") and entry.visibility == Visibility.OPEN:
            told["visibility"] = Visibility.OPEN
        said = moment(entry.at, entry.zone) if entry.at and entry.zone else None
        if said is not None and said != self._start:
            told["at"] = stamp(said, self.zone)
        if entry.speaker != self._default_speaker(entry):
            told["speaker"] = entry.speaker
        if entry.project != self._default_project(entry):
            told["project"] = entry.project
        self._tell_question(entry, told)
        if entry.action:
            self._tell_action(entry, entry.action, said, told)
        if entry.kind == EntryKind.CONFIDENCE and entry.step != self._default_step(entry):
            told["step"] = json.dumps(asdict(entry.step), ensure_ascii=False) if entry.step else None
        return told

    def _default_speaker(self, entry: EntrySheet) -> str | None:
        if entry.said_by:
            return entry.said_by
        if entry.kind != EntryKind.ADVICE:
            return self._around.me
        return self._sheet.adviser if isinstance(self._sheet, MeetingSheet) else None

    def _default_project(self, entry: EntrySheet) -> str | None:
        if self._start is not None:
            return None
        ideas = (target for mark, _, target in entry.tags if mark == "#" and target)
        return self._around.projects_of_ideas.get(next(ideas, ""))

    def _tell_question(self, entry: EntrySheet, told: dict[str, str | None]) -> None:
        before = self._before.get(entry.anchor)
        default = None
        if before and entry.kind == EntryKind.ANSWER and before.kind == EntryKind.QUESTION and self._start:
            question = f"{self._own}#^{before.anchor}"
            if self._answered.get(question) == entry.anchor:
                default = question
        if entry.answers != default or (entry.kind == EntryKind.ANSWER and default is None):
            told["answers"] = entry.answers

    def _tell_action(
        self, entry: EntrySheet, action: ActionSheet, said: Moment | None, told: dict[str, str | None]
    ) -> None:
        named = promise.owner(entry.text) if entry.tags else None
        people = {name: target for mark, name, target in entry.tags if mark == "@"}
        owner = people.get(names.key(named.name)) if named else self._around.me
        if action.owner != owner:
            told["owner"] = action.owner
        if not self._says_due(entry, action.due, said.day if said else None):
            told["due"] = action.due
        if action.done_test and not is_simple(action.done_test):
            told["done_test"] = action.done_test
        if not self._steps_are_plain(entry, action):
            told["steps"] = json.dumps([asdict(step) for step in action.steps], ensure_ascii=False)
            told["done_test"] = action.done_test
            told["root"] = action.root

    def _says_due(self, entry: EntrySheet, due: str | None, day: date | None) -> bool:
        """Whether the words give just this due day, with a mark of ours or else with one of Obsidian's."""
        marks = find_marks(entry.text).dates if entry.tags or not find_marks(entry.text).mentions else ()
        if not marks:
            written = read_marks(entry.text).due
            return due == (written.isoformat() if written else None)
        if day is None:
            return False
        found = (dates.understand_spoken(mark.phrase, day) for mark in marks)
        return due == next((each.isoformat() for each in found if each), None)

    def _steps_are_plain(self, entry: EntrySheet, action: ActionSheet) -> bool:
        """Whether the first step is the promise itself, and each later one reads back from its line."""
        meeting = self._sheet.slug if isinstance(self._sheet, MeetingSheet) else None
        first = ActionStepSheet("open", entry.at or "", entry.zone or "", None, "", meeting)
        if not action.steps or action.steps[0] != first:
            return False
        later = action.steps[1:]
        keys = [(step.state, step.at) for step in action.steps]
        return len(set(keys)) == len(keys) and all(not step.because or is_simple(step.because) for step in later)

    def _default_step(self, entry: EntrySheet) -> StepSheet | None:
        line = grammar.parse(grammar.compose_words(EntryKind.CONFIDENCE, entry.text))
        known = next((target for mark, _, target in entry.tags if mark == "#"), None)
        if line.confidence is None or known is None or entry.at is None or entry.zone is None:
            return None
        mark = line.confidence
        return StepSheet(
            entry.at, entry.zone, None, mark.percent, mark.because, mark.mood, None, None, self._around.me, ()
        )

    def _details(self, entry: EntrySheet, action: ActionSheet, told: dict[str, str | None]) -> list[str]:
        lines: list[str] = []
        if action.done_test and "done_test" not in told:
            lines.append(f"  - done test: {action.done_test}")
        if action.root:
            lines.append(f"  - root: {self._root(action.root)}")
        for step in action.steps[1:]:
            if not step.at:
                continue  # The box says it.
            due = f" ^{step.due}" if step.due else ""
            where = f" in {self._around.link(f'meetings/{step.meeting}')}" if step.meeting else ""
            said = stamp(moment(step.at, step.zone), self.zone)
            state = "reopened" if step.state == ActionState.OPEN else step.state
            lines.append(f"  - {said} {state}{due}{where}:{f' {step.because}' if step.because else ''}")
        return lines

    def _root(self, root: Link) -> str:
        """The takeaway's words where they name it alone in this meeting, else a link to it."""
        target = self._by_link.get(root)
        if target is not None and is_simple(target.text) and not target.text.startswith("[["):
            wanted = _bare(target.text)
            alike = [entry for entry in self._sheet.entries if _bare(entry.text).startswith(wanted)]
            if alike == [target]:
                return target.text
        return linked(root, target.text[:60] if target else None)


def _item(text: str) -> list[str]:
    first, *rest = text.split("\n")
    return [f"- {first}", *(f"  {line}" if line else "" for line in rest)]


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()


def items(sheet: MeetingSheet | InboxSheet, around: Surroundings) -> Sequence[str]:
    """All lines of a meeting or of the inbox, in order."""
    return LinesOut(sheet, around).all()
