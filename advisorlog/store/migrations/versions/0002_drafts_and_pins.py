"""What wrapping up, the brief screen and calibration have to remember.

- `draft`: the line being typed and a wrap-up left half way come back after a crash. Not part of the history.
- `pin`: items that the user keeps in, or drops from, a meeting's brief.
- `meeting.expect`: what to expect next time, for the TODO summary.
- `idea.resolved_at`: when a claim's outcome was seen; without it nothing can be told as of an earlier day, and
  calibration can't tell a forecast from hindsight.
- `entry_in_project`: lets a search within a project find its entries without reading them all.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    "ALTER TABLE meeting ADD COLUMN expect TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE idea ADD COLUMN resolved_at TEXT",
    """CREATE TABLE draft (
  id INTEGER PRIMARY KEY AUTOINCREMENT, place TEXT NOT NULL UNIQUE, text TEXT NOT NULL, at TEXT NOT NULL
) STRICT""",
    """CREATE TABLE pin (
  id INTEGER PRIMARY KEY AUTOINCREMENT, meeting_id INTEGER NOT NULL REFERENCES meeting ON DELETE CASCADE,
  record TEXT NOT NULL, record_id INTEGER NOT NULL, choice TEXT NOT NULL CHECK (choice IN ('keep', 'drop')),
  UNIQUE (meeting_id, record, record_id)
) STRICT""",
    "CREATE INDEX entry_in_project ON entry (project_id) WHERE project_id IS NOT NULL",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
