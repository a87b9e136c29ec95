"""What a line of the log gives away besides its words: a private idea that it tags."""

import sqlite3
from dataclasses import dataclass

from advisorlog.domain.marks import find_marks
from advisorlog.store import names


@dataclass(frozen=True, slots=True)
class Discretion:
    """Knows the ideas of which no reader may even hear the name."""

    private_ideas: frozenset[str]

    def allows(self, *texts: str | None) -> bool:
        """Whether none of the texts tags a private idea."""
        if not self.private_ideas:
            return True
        return not any(self.private_ideas & _tags(text) for text in texts if text)


def discretion(connection: sqlite3.Connection) -> Discretion:
    rows = connection.execute("SELECT slug FROM idea WHERE visibility = 'private'")
    return Discretion(frozenset(names.key(row["slug"]) for row in rows))


def _tags(text: str) -> set[str]:
    return {names.key(mention.name) for mention in find_marks(text).mentions}
