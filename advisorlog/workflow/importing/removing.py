"""Taking out records by the names of their files."""

from collections.abc import Sequence
from pathlib import Path

from advisorlog.domain.moments import Moment
from advisorlog.store import names
from advisorlog.store.connection import transaction

_TABLES = {
    "person": "handle",
    "project": "slug",
    "series": "slug",
    "meeting": "slug",
    "idea": "slug",
    "reading": "slug",
}


def remove_records(log: Path, now: Moment, sources: Sequence[str]) -> None:
    """Take out the records and what hangs on them; their files' older bytes are forgotten too.

    The owner of the log, the inbox, sent documents and judgements have no record that could be taken out.
    """
    with transaction(log, "vault sync --gone remove", now) as connection:
        for name in sources:
            table, _, slug = name.partition(":")
            if table not in _TABLES:
                continue
            mine = " AND NOT is_me" if table == "person" else ""
            connection.execute(f"DELETE FROM {table} WHERE {_TABLES[table]} = ?{mine}", (names.key(slug),))
            connection.execute("DELETE FROM source WHERE name = ?", (name,))
