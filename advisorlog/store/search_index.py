"""The search index: which words of which records it holds, and the triggers that keep it.

Two contentless FTS5 tables: they find row numbers, the records hold the words.

- `search_words`: words, stemmed, without regard to accents; beginnings of two and three letters for a word that
  is still being typed.
- `search_runs`: runs of three characters, for scripts that write words together (Korean particles, Chinese,
  Japanese, Thai). Two blanks behind each text make every two characters the start of some run, so that a word of
  one or two characters is found through the list of runs that begin with it.

A row's number is `seconds since 1970 * 2^29 + 4 * id + record`: the order of the numbers is the order of time, so
the newest matches, and those of a stretch of time, are read off the end of the list, however many there are.
"""

import sqlite3
from dataclasses import dataclass

SECOND = 1 << 29
"""What one second adds to a row's number."""

RUN_LETTERS = "ᄀ-ᇿ⺀-〿぀-ㆿ㐀-鿿ꥠ-꥿가-퟿豈-﫿ｦ-ￜ\U00020000-\U0003ffff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""The letters of scripts that write words together, as ranges for GLOB and for a regular expression alike."""


WORD_TOKENS = "porter unicode61 remove_diacritics 2"
"""How `search_words` reads a text: words of letters and digits, stemmed, without accents."""


@dataclass(frozen=True, slots=True)
class Searched:
    """A table in the index: its place among them (two bits of the number), its words, and the column with its time.

    A table without a time of its own stands at time 0 (an idea's time is that of its last event).
    """

    table: str
    place: int
    columns: tuple[str, ...]
    moment: str | None

    def number(self, row: str) -> str:
        time = f"coalesce(CAST(strftime('%s', {row}.{self.moment}) AS INTEGER), 0)" if self.moment else "0"
        return f"{time} * {SECOND} + 4 * {row}.id + {self.place}"

    def text(self, row: str) -> str:
        return " || ' ' || ".join(f"coalesce({row}.{column}, '')" for column in self.columns)

    def changed(self) -> str:
        watched = (*self.columns, *([self.moment] if self.moment else []))
        return " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in watched)


_READING = ("title", "authors", "keywords", "motivation", "solution", "results", "detail", "thoughts")
SEARCHED = (
    Searched("entry", 0, ("text",), "at"),
    Searched("idea", 1, ("title", "slug", "claim"), None),
    Searched("reading", 2, _READING, "at"),
    Searched("meeting", 3, ("title", "agenda"), "starts_at"),
)


def statements() -> list[str]:
    """What makes the index, fills it and keeps it."""
    return [
        f"CREATE VIRTUAL TABLE search_words USING fts5(text, content='', prefix='2 3', tokenize='{WORD_TOKENS}')",
        "CREATE VIRTUAL TABLE search_runs USING fts5(text, content='', tokenize='trigram')",
        "CREATE VIRTUAL TABLE search_runs_found USING fts5vocab(search_runs, 'instance')",
        _view(),
        *_FILL,
        *(trigger for searched in SEARCHED for trigger in _triggers(searched)),
    ]


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the index anew from the records, inside the caller's transaction."""
    for index in ("search_words", "search_runs"):
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    for statement in _FILL:
        connection.execute(statement)


def _view() -> str:
    """Every text that can be found, under its number."""
    parts = (
        f"SELECT {each.number('r')} AS number, '{each.table}' AS record, r.id, {each.text('r')} AS text "
        f"FROM {each.table} r"
        for each in SEARCHED
    )
    return f"CREATE VIEW searchable AS {' UNION ALL '.join(parts)}"


def _holds_runs(text: str) -> str:
    return f"{text} GLOB '*[{RUN_LETTERS}]*'"


_FILL = (
    "INSERT INTO search_words (rowid, text) SELECT number, text FROM searchable ORDER BY number",
    "INSERT INTO search_runs (rowid, text) SELECT number, text || '  ' FROM searchable "
    f"WHERE {_holds_runs('text')} ORDER BY number",
)


def _triggers(searched: Searched) -> list[str]:
    old, new = (_in(searched, "OLD", "'delete', "), _in(searched, "NEW", ""))
    name, table = f"search_{searched.table}", searched.table
    return [
        f"CREATE TRIGGER {name}_inserted AFTER INSERT ON {table} BEGIN {new} END",
        f"CREATE TRIGGER {name}_deleted AFTER DELETE ON {table} BEGIN {old} END",
        f"CREATE TRIGGER {name}_updated AFTER UPDATE ON {table} WHEN {searched.changed()} BEGIN {old} {new} END",
    ]


def _in(searched: Searched, row: str, command: str) -> str:
    """The two statements that add a row to the index; with the command 'delete', those that take it out."""
    number, text = searched.number(row), searched.text(row)
    words, runs = ("search_words, ", "search_runs, ") if command else ("", "")
    return (
        f"INSERT INTO search_words ({words}rowid, text) VALUES ({command}{number}, {text}); "
        f"INSERT INTO search_runs ({runs}rowid, text) SELECT {command}{number}, {text} || '  ' "
        f"WHERE {_holds_runs(f'({text})')};"
    )
