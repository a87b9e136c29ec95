"""Asking an OpenAI-compatible endpoint: the one module that loads openai (a second), and only when something is asked.

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
from advisorlog.assist.endpoint import Endpoint
from advisorlog.assist.failing import AssistFailed, Trouble
from advisorlog.assist.replies import Reply, json_in, read_reply

Form = TypeVar("Form", bound=BaseModel)
Progress = Callable[[int], None]
"""Called with the number of characters that have come so far."""
LONGEST_PAUSE = 5.0
"""Seconds to wait before a busy endpoint is asked again."""
CONNECTING = 5.0
_REFUSES_FORM = (400, 404, 415, 422, 500, 501)


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
        """One request, and once more where the endpoint was busy or failed at its start."""
        for is_last in (False, True):
            left = self.endpoint.seconds - (time.monotonic() - began)
            if self.cancelled.is_set():
                raise AssistFailed(Trouble.CANCELLED, self.endpoint.host)
            if left <= 0:
                raise AssistFailed(Trouble.TOO_SLOW, self.endpoint.host)
            try:
                return self._request(question, form, left)
            except _Busy as busy:
                if is_last:
                    raise busy.failed from None
                (self.pause or self.cancelled.wait)(min(busy.seconds, LONGEST_PAUSE, left))
        raise AssertionError

    def _request(self, question: Question[Any], form: dict[str, Any] | None, left: float) -> Reply:
        import httpx2
        import openai

        host = self.endpoint.host
        try:
            with _client(self.endpoint, left) as client:
                parts = _limits(self.endpoint) | ({"response_format": form} if form else {})
                with client.chat.completions.with_streaming_response.create(
                    model=self.endpoint.model or "default",
                    messages=question.messages(with_schema=form is None or "json_schema" not in form),  # pyright: ignore[reportArgumentType]
                    stream=True,
                    stream_options={"include_usage": True},
                    **parts,
                ) as response:
                    return read_reply(response, host, self.progress, self.cancelled, time.monotonic() + left)
        except openai.APIStatusError as error:
            raise _of_status(error, host, asked_for_form=form is not None) from None
        except (openai.APITimeoutError, httpx2.TimeoutException):
            raise AssistFailed(Trouble.TOO_SLOW, host) from None
        except openai.APIConnectionError:
            failed = AssistFailed(Trouble.UNREACHABLE, host)
            raise (_Busy(failed, 0.5) if not self.endpoint.is_local else failed) from None
        except (openai.OpenAIError, httpx2.HTTPError, httpx2.StreamError):
            raise AssistFailed(Trouble.DIED, host) from None


class _Busy(Exception):
    """Worth another try after so many seconds."""

    def __init__(self, failed: AssistFailed, seconds: float) -> None:
        super().__init__()
        self.failed = failed
        self.seconds = seconds


def _client(endpoint: Endpoint, left: float) -> Any:
    """The client: no redirects, no retries of its own, nothing from the environment that would go along."""
    import httpx2
    import openai

    timeout = httpx2.Timeout(min(left, endpoint.seconds), connect=min(CONNECTING, left))
    # A proxy is for the world outside: what is asked on this machine stays on it.
    http = httpx2.Client(follow_redirects=False, timeout=timeout, trust_env=not endpoint.is_local)
    client = openai.OpenAI(
        base_url=endpoint.url, api_key=endpoint.key or "local", http_client=http, max_retries=0, timeout=timeout
    )
    client.organization = client.project = None
    return client


def _limits(endpoint: Endpoint) -> dict[str, Any]:
    """The bound on the answer. OpenAI's own newer models know it by another name, and choose their temperature."""
    if endpoint.host == "api.openai.com":
        return {"max_completion_tokens": endpoint.tokens}
    return {"max_tokens": endpoint.tokens, "temperature": 0}


def _schema(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema, "strict": True}}


def _of_status(error: Any, host: str, *, asked_for_form: bool) -> Exception:
    """What a status says; the endpoint's own words are left out, as they may repeat what was sent."""
    status = int(error.status_code)
    match status:
        case 429 | 503:
            return _Busy(AssistFailed(Trouble.LIMITED if status == 429 else Trouble.BROKEN, host), _retry_after(error))
        case 401 | 403:
            return AssistFailed(Trouble.KEY, host)
        case _ if 300 <= status < 400:
            return AssistFailed(Trouble.REDIRECTED, host)
        case 404 if "model" in _code(error):
            return AssistFailed(Trouble.NO_MODEL, host)
        case _ if asked_for_form and status in _REFUSES_FORM:
            return AssistFailed(Trouble.REFUSED, host, f"status {status}")
        case 404:
            return AssistFailed(Trouble.NO_API, host)
        case _ if status >= 500:
            return _Busy(AssistFailed(Trouble.BROKEN, host, f"status {status}"), 0.5)
        case _:
            return AssistFailed(Trouble.REFUSED, host, f"status {status}")


def _code(error: Any) -> str:
    return f"{error.code or ''} {error.message or ''}".casefold()


def _retry_after(error: Any) -> float:
    try:
        return max(0.0, float(error.response.headers.get("retry-after", "1")))
    except ValueError:
        return 1.0
