"""Asking the model at an OpenAI-compatible endpoint.

One question is at most one request in each of three ways to get a form (JSON schema, JSON mode, the schema in words),
each tried again once where the endpoint was busy; all within `Endpoint.seconds`. Every way to fail is an AssistFailed.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from advisorlog.assist.asking import Answer, Cost, Question
from advisorlog.assist.connecting import connected, patiently
from advisorlog.assist.endpoint import Endpoint
from advisorlog.assist.failing import AssistFailed, Trouble
from advisorlog.assist.replies import Reply, json_in, read_reply

Form = TypeVar("Form", bound=BaseModel)
Progress = Callable[[int], None]
"""Called with the number of characters that have come so far."""


def unseen(characters: int) -> None:
    """Nobody watches."""


@dataclass(slots=True)
class Asking:
    """One run: the endpoint, who watches, and how it is cancelled. `pause` waits, at most so many seconds."""

    endpoint: Endpoint
    progress: Progress = unseen
    cancelled: threading.Event = field(default_factory=threading.Event)
    pause: Callable[[float], object] | None = None

    def ask(self, question: Question[Form]) -> Answer[Form]:
        """The answer in its form. Raises AssistFailed."""
        began = time.monotonic()
        failed = AssistFailed(Trouble.EMPTY, self.endpoint.host)
        sent = received = 0
        for form in (_schema(question.schema), {"type": "json_object"}, None):
            try:
                reply = self._one(question, form, began)
            except AssistFailed as error:
                if error.trouble is not Trouble.REFUSED or form is None:
                    raise
                failed = error
                continue
            sent, received = sent + reply.sent, received + reply.received
            try:
                value = question.form.model_validate_json(json_in(reply.text))
            except ValidationError:
                failed = AssistFailed(Trouble.WRONG_FORM, self.endpoint.host)
            except ValueError:
                failed = AssistFailed(Trouble.NO_JSON, self.endpoint.host)
            else:
                return Answer(value, Cost(sent, received, time.monotonic() - began), reply.model)
        raise failed

    def _one(self, question: Question[Any], form: dict[str, Any] | None, began: float) -> Reply:
        def request(left: float) -> Reply:
            return self._request(question, form, left)

        return patiently(request, self.endpoint, began, self.cancelled, self.pause)

    def _request(self, question: Question[Any], form: dict[str, Any] | None, left: float) -> Reply:
        with connected(self.endpoint, left, asked_for_form=form is not None) as client:
            parts = _limits(self.endpoint) | ({"response_format": form} if form else {})
            with client.chat.completions.with_streaming_response.create(
                model=self.endpoint.model or "default",
                messages=question.messages(with_schema=form is None or "json_schema" not in form),
                stream=True,
                stream_options={"include_usage": True},
                **parts,
            ) as response:
                return read_reply(response, self.endpoint.host, self.progress, self.cancelled, time.monotonic() + left)


def _limits(endpoint: Endpoint) -> dict[str, Any]:
    """The bound on the answer. OpenAI's own newer models know it by another name, and choose their temperature."""
    if endpoint.host == "api.openai.com":
        return {"max_completion_tokens": endpoint.tokens}
    return {"max_tokens": endpoint.tokens, "temperature": 0}


def _schema(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema, "strict": True}}
