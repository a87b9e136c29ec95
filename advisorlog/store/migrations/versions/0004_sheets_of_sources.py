"""What an export has to remember.

- `source.sheet`: the record as it was (a sheet as JSON) when its file and the log last said the same. It tells which
  side has changed since: the file, the log, or both.
"""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = ("ALTER TABLE source ADD COLUMN sheet TEXT",)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
