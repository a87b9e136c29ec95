"""Answers that were paid for once, beside the log: found by the hash of what went in.

An answer quotes what was sent, and what was sent may be made private later. So each answer is sealed with a key that
only the same question gives: who can't ask it again can't read the answer, and the file holds nothing to be read.
"""

import base64
import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from advisorlog.assist.asking import Answer, Cost, Question
from advisorlog.store.files import sync_folder

Form = TypeVar("Form", bound=BaseModel)
MOST = 200
"""Answers that are kept; the oldest go first."""


class Cache:
    """The file of answers beside a log. What can't be read or written is as if there were no cache."""

    def __init__(self, log: Path) -> None:
        self.file = log.with_name(f"{log.name}-assist-cache.json")

    def find(self, question: Question[Form], url: str, model: str) -> Answer[Form] | None:
        """The answer to the same question, if it was asked before."""
        secret = question.fingerprint(url, model)
        sealed = self._answers().get(_name(secret))
        if not isinstance(sealed, str):
            return None
        try:
            text = _sealed(base64.b64decode(sealed, validate=True), secret).decode("utf-8")
            return Answer(question.form.model_validate_json(text), Cost(is_cached=True), model)
        except (ValueError, ValidationError):
            return None

    def keep(self, question: Question[Form], url: str, model: str, answer: Answer[Form]) -> None:
        secret = question.fingerprint(url, model)
        kept = {name: each for name, each in self._answers().items() if name != _name(secret)}
        text = answer.value.model_dump_json().encode("utf-8")
        kept[_name(secret)] = base64.b64encode(_sealed(text, secret)).decode("ascii")
        self._write({**self._read(), "answers": dict(list(kept.items())[-MOST:])})

    def knows(self, host: str) -> bool:
        """Whether the user was told of this host before; from now on they were."""
        hosts: Any = self._read().get("hosts")
        known = [str(each) for each in hosts] if isinstance(hosts, list) else []  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        if host in known:
            return True
        self._write({**self._read(), "hosts": [*known, host]})
        return False

    def clear(self) -> int:
        """Forget all answers; how many there were."""
        count = len(self)
        self.file.unlink(missing_ok=True)
        return count

    def __len__(self) -> int:
        return len(self._answers())

    def _answers(self) -> dict[str, Any]:
        found: Any = self._read().get("answers")
        return found if isinstance(found, dict) else {}  # pyright: ignore[reportUnknownVariableType]

    def _read(self) -> dict[str, Any]:
        try:
            found: Any = json.loads(self.file.read_bytes())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}  # pyright: ignore[reportUnknownVariableType]

    def _write(self, kept: dict[str, Any]) -> None:
        part = ""
        try:
            descriptor, part = tempfile.mkstemp(prefix=f".{self.file.name}.", dir=self.file.parent)  # made with 0600
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                json.dump(kept, file)
                file.flush()
                os.fsync(file.fileno())
            Path(part).replace(self.file)
            sync_folder(self.file.parent)
        except OSError:
            if part:
                Path(part).unlink(missing_ok=True)


def _name(secret: str) -> str:
    """What an answer is found by; it does not give away what seals it."""
    return hashlib.sha256(f"name {secret}".encode()).hexdigest()


def _sealed(data: bytes, secret: str) -> bytes:
    """Seal, and open again: the same both ways."""
    stream = hashlib.shake_256(f"seal {secret}".encode()).digest(len(data))
    return bytes(one ^ other for one, other in zip(data, stream, strict=True))
