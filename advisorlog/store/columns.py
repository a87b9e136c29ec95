"""Column types that a STRICT table takes: an enum is kept as its word."""

from enum import StrEnum
from typing import Any

from sqlalchemy import Text
from sqlalchemy.types import TypeDecorator


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
