"""Reaching an OpenAI-compatible endpoint: the one module that loads openai (a second), only when something is asked.

A request is tried once more where the endpoint was busy or failed at its start, all within `Endpoint.seconds`. Every
way to fail is an AssistFailed.
"""

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, TypeVar

from advisorlog.assist.endpoint import Endpoint
from advisorlog.assist.failing import AssistFailed, Trouble

T = TypeVar("T")
LONGEST_PAUSE = 5.0
"""Seconds to wait before a busy endpoint is asked again."""
CONNECTING = 5.0
_REFUSES_FORM = (400, 404, 415, 422, 500, 501)


class Busy(Exception):
    """Worth another try after so many seconds."""

    def __init__(self, failed: AssistFailed, seconds: float) -> None:
        super().__init__()
        self.failed = failed
        self.seconds = seconds


def patiently(
    request: Callable[[float], T],
    endpoint: Endpoint,
    began: float,
    cancelled: threading.Event,
    pause: Callable[[float], object] | None = None,
) -> T:
    """One request (it is given the seconds that are left since `began`), and once more where it raises Busy."""
    for is_last in (False, True):
        left = endpoint.seconds - (time.monotonic() - began)
        if cancelled.is_set():
            raise AssistFailed(Trouble.CANCELLED, endpoint.host)
        if left <= 0:
            raise AssistFailed(Trouble.TOO_SLOW, endpoint.host)
        try:
            return request(left)
        except Busy as busy:
            if is_last:
                raise busy.failed from None
            (pause or cancelled.wait)(min(busy.seconds, LONGEST_PAUSE, left))
    raise AssertionError


@contextmanager
def connected(endpoint: Endpoint, left: float, *, asked_for_form: bool = False) -> Generator[Any]:
    """An openai client; what goes wrong with it in here is an AssistFailed, or Busy.

    No redirects, no retries of its own, nothing from the environment that would go along.
    """
    import httpx2
    import openai

    host = endpoint.host
    timeout = httpx2.Timeout(min(left, endpoint.seconds), connect=min(CONNECTING, left))
    # A proxy is for the world outside: what is asked on this machine stays on it.
    http = httpx2.Client(follow_redirects=False, timeout=timeout, trust_env=not endpoint.is_local)
    client = openai.OpenAI(
        base_url=endpoint.url, api_key=endpoint.key or "local", http_client=http, max_retries=0, timeout=timeout
    )
    client.organization = client.project = None
    try:
        with client:
            yield client
    except openai.APIStatusError as error:
        raise _of_status(error, host, asked_for_form=asked_for_form) from None
    except (openai.APITimeoutError, httpx2.TimeoutException):
        raise AssistFailed(Trouble.TOO_SLOW, host) from None
    except openai.APIConnectionError:
        failed = AssistFailed(Trouble.UNREACHABLE, host)
        raise (Busy(failed, 0.5) if not endpoint.is_local else failed) from None
    except (openai.OpenAIError, httpx2.HTTPError, httpx2.StreamError):
        raise AssistFailed(Trouble.DIED, host) from None


def _of_status(error: Any, host: str, *, asked_for_form: bool) -> Exception:
    """What a status says; the endpoint's own words are left out, as they may repeat what was sent."""
    status = int(error.status_code)
    match status:
        case 429 | 503:
            return Busy(AssistFailed(Trouble.LIMITED if status == 429 else Trouble.BROKEN, host), _retry_after(error))
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
            return Busy(AssistFailed(Trouble.BROKEN, host, f"status {status}"), 0.5)
        case _:
            return AssistFailed(Trouble.REFUSED, host, f"status {status}")


def _code(error: Any) -> str:
    return f"{error.code or ''} {error.message or ''}".casefold()


def _retry_after(error: Any) -> float:
    try:
        return max(0.0, float(error.response.headers.get("retry-after", "1")))
    except ValueError:
        return 1.0
