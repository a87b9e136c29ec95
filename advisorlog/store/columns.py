"""What the tables share: their names, and an enum kept as its word (a STRICT table takes plain types only)."""

import re
from enum import StrEnum
from typing import Any

# Before SQLAlchemy, everywhere: two threads that load that from two sides at once each find the other's half of it.
import sqlmodel
from sqlalchemy import Text
from sqlalchemy.orm import declared_attr
from sqlalchemy.types import TypeDecorator


class Record(sqlmodel.SQLModel):
    """A row of the log; its table bears the class's name (`IdeaEvent` -> `idea_event`)."""

    @declared_attr.directive
    @classmethod
    def __tablename__(cls) -> str:  # pyright: ignore[reportIncompatibleVariableOverride]  # SQLModel's own annotation is narrower
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


def words(kind: type[StrEnum]) -> Any:
    """A text column that holds the words of `kind` and gives back its members.

    The type is declared `Any` because SQLModel's own signature for `sa_type` is narrower than what it takes.
    """

    class Words(TypeDecorator[StrEnum]):
        impl = Text
        cache_ok = True

        def process_bind_param(self, value: StrEnum | str | None, dialect: object) -> str | None:
            return None if value is None else kind(value).value

        def process_result_value(self, value: str | None, dialect: object) -> StrEnum | None:
            return None if value is None else kind(value)

    return Words
