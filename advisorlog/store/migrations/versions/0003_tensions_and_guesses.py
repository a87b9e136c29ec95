"""What comparing advice and testing a guess have to remember.

- `tension.question_id`: the question that the user put to the next brief about a pair.
- Two indexes that find a line's tensions and guesses without reading them all.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    "ALTER TABLE tension ADD COLUMN question_id INTEGER REFERENCES entry ON DELETE SET NULL",
    "CREATE INDEX tension_of_second ON tension (second_id)",
    "CREATE INDEX guess_on_advice ON guess (advice_id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
