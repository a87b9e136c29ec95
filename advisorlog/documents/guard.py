"""What may leave for one mentee: nothing private, nobody else's business, and an account of what stayed.

In doubt a line stays: it is withheld where it names another mentee (in full, by any part of the name, by handle or
address), or what only other mentees have to do with (their series, meetings, projects and ideas), or a private idea.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from advisorlog.domain.kinds import Role, Visibility
from advisorlog.domain.marks import find_marks
from advisorlog.domain.moments import Moment
from advisorlog.store import names
from advisorlog.store.reading import ideas, meetings, people
from advisorlog.store.reading.rows import Idea, Person, Series

PRIVATE, OF_MENTEE, OF_THEIRS = "it tags a private idea", "it names another mentee", "it names another mentee's work"
_CJK = re.compile(r"[\u3400-\u9fff\uac00-\ud7a3]{3,4}")


@dataclass(frozen=True, slots=True)
class Withheld:
    """A record that stayed out, and why. It holds no word of the record: the list can't leak what the pack didn't."""

    what: str
    why: str


@dataclass(slots=True)
class Guard:
    """Decides what may leave, and keeps account of what may not. `tags` and `phrases` say why each forbids a line."""

    tags: dict[tuple[str, str], str]
    phrases: tuple[tuple[re.Pattern[str], str], ...]
    withheld: list[Withheld] = field(default_factory=list[Withheld])

    def lets(self, what: str, visibility: Visibility, *texts: str | None) -> bool:
        """Whether a record with these texts may leave."""
        why = "private" if visibility is Visibility.PRIVATE else self._why("\n".join(text for text in texts if text))
        if why:
            self.withheld.append(Withheld(what, why))
        return not why

    def _why(self, text: str) -> str:
        for mention in find_marks(text).mentions:
            if why := self.tags.get((mention.mark, names.key(mention.name))):
                return why
        shown = " ".join(text.split())
        return next((why for pattern, why in self.phrases if pattern.search(shown)), "")


def guard_of(connection: sqlite3.Connection, every: Sequence[Series], mentee: Person | None, as_of: Moment) -> Guard:
    """What may leave for this mentee; without one, what may leave where no mentee may be known."""
    reader = mentee.id if mentee else None
    theirs = [s for s in every if s.role is Role.MENTEE and all(person.id != reader for person in s.people)]
    others = {
        person.id: person
        for series in every
        if series.role is Role.MENTEE
        for person in series.people
        if not person.is_me and person.id != reader
    }.values()
    own = {series.project_id for series in every if series not in theirs}
    projects = people.projects_by_id(connection, {s.project_id for s in theirs if s.project_id} - own)
    known = ideas.ideas(connection, as_of)
    hidden = [idea for idea in known if idea.visibility is Visibility.PRIVATE]
    foreign = [idea for idea in known if idea.project_id in {project.id for project in projects}]
    work = [*((each.title, each.slug) for each in theirs), *((each.name, each.slug) for each in projects)]
    work += [
        (title if len(title.split()) > 1 else "", slug)
        for title, slug in meetings.titles_of_series(connection, [series.id for series in theirs])
    ]
    ours = {each.title.casefold() for each in every if each not in theirs}
    phrases = {
        **{phrase: OF_THEIRS for title, slug in work for phrase in (title, slug) if phrase.casefold() not in ours},
        **dict.fromkeys(_titles(foreign), OF_THEIRS),
        **dict.fromkeys(_parts(others, mentee), OF_MENTEE),
        **dict.fromkeys(_titles(hidden), PRIVATE),
    }
    return Guard(
        {
            **{("@", names.key(person.handle)): OF_MENTEE for person in others},
            **{("#", names.key(idea.slug)): OF_THEIRS for idea in foreign},
            **{("#", names.key(idea.slug)): PRIVATE for idea in hidden},
        },
        tuple((_said(p for p in phrases if phrases[p] == why), why) for why in sorted(set(phrases.values()))),
    )


def _said(phrases: Iterable[str]) -> re.Pattern[str]:
    """At the beginning of a word: Korean particles, and an English s, follow a name without a blank."""
    listed = "|".join(re.escape(" ".join(phrase.split())) for phrase in phrases if phrase.strip())
    return re.compile(rf"(?<!\w)(?:{listed})" if listed else r"(?!)", re.IGNORECASE)


def _parts(others: Iterable[Person], mentee: Person | None) -> Iterator[str]:
    """What people are called by: the whole name, its parts, the given name in a Korean or Chinese one, the address."""
    own = {word.casefold() for word in (mentee.name.split() if mentee else ())}
    for person in others:
        yield person.name
        if person.email:
            yield person.email
        for word in person.name.split():
            if word.casefold() not in own and len(word.strip(".")) > 1:
                yield word
            if _CJK.fullmatch(word):
                yield word[1:]


def _titles(found: Iterable[Idea]) -> Iterator[str]:
    """Titles and names of ideas; a title of one word is a word that anybody may say."""
    for idea in found:
        yield f"#{idea.slug}"
        if len(idea.title.split()) > 1:
            yield idea.title
