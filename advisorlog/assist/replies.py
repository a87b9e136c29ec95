"""Reading what an endpoint sends back: a stream, or all at once where it can't stream; and the JSON in it."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from advisorlog.assist.failing import AssistFailed, Trouble

LONGEST = 400_000
"""Characters of an answer; whatever is longer has gone astray."""


@dataclass(slots=True)
class Reply:
    """The text of an answer, what it took in tokens, and which model the endpoint says it was."""

    text: str = ""
    sent: int = 0
    received: int = 0
    model: str = ""
    reason: str = ""
    declined: bool = False


def read_reply(
    response: Any, host: str, progress: Callable[[int], None], cancelled: threading.Event, until: float
) -> Reply:
    """The answer in a response. `until` is the monotonic time at which it is given up. Raises AssistFailed."""
    kind = str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()
    reply = Reply()
    if kind == "text/event-stream":
        for chunk in _events(response, host):
            if cancelled.is_set():
                raise AssistFailed(Trouble.CANCELLED, host)
            if time.monotonic() > until:
                raise AssistFailed(Trouble.TOO_SLOW, host)
            _add(reply, chunk, "delta", host)
            progress(len(reply.text))
            if len(reply.text) > LONGEST:
                raise AssistFailed(Trouble.CUT, host)
        if not reply.reason:
            raise AssistFailed(Trouble.DIED if reply.text else Trouble.EMPTY, host)
    elif kind == "application/json":
        _add(reply, _object(response.read(), host), "message", host)
    else:
        raise AssistFailed(Trouble.NO_API, host, f"it sends {kind or 'something without a type'}")
    return _checked(reply, host)


def _checked(reply: Reply, host: str) -> Reply:
    if reply.declined or reply.reason == "content_filter":
        raise AssistFailed(Trouble.DECLINED, host)
    if reply.reason == "length":
        raise AssistFailed(Trouble.CUT, host)
    if not reply.text.strip():
        raise AssistFailed(Trouble.EMPTY, host)
    return reply


def _events(response: Any, host: str) -> Iterator[dict[str, Any]]:
    """The chunks of a stream, up to `[DONE]`. Read by hand: each may be anything at all."""
    for line in response.iter_lines():
        if not line.startswith("data:"):
            continue
        data = line[5:].strip()
        if data == "[DONE]":
            return
        chunk = _object(data, host)
        if chunk.get("error"):
            raise AssistFailed(Trouble.BROKEN, host)
        yield chunk


def _object(data: str | bytes, host: str) -> dict[str, Any]:
    try:
        found: Any = json.loads(data)
    except ValueError:
        raise AssistFailed(Trouble.NO_JSON, host) from None
    if not isinstance(found, dict):
        raise AssistFailed(Trouble.NO_API, host)
    return found  # pyright: ignore[reportUnknownVariableType]


def _add(reply: Reply, chunk: dict[str, Any], part: str, host: str) -> None:
    """Take in a chunk, whatever of it is as it should be."""
    usage = chunk.get("usage")
    if isinstance(usage, dict):
        reply.sent = _count(usage.get("prompt_tokens"))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
        reply.received = _count(usage.get("completion_tokens"))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    if isinstance(chunk.get("model"), str):
        reply.model = chunk["model"]
    choices = chunk.get("choices")
    if part == "message" and not isinstance(choices, list):
        raise AssistFailed(Trouble.NO_API, host)
    if not isinstance(choices, list) or not choices:
        return
    choice: Any = choices[0]  # pyright: ignore[reportUnknownVariableType]
    if not isinstance(choice, dict):
        raise AssistFailed(Trouble.NO_API, host)
    said: Any = choice.get(part)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    if isinstance(said, dict):
        content: Any = said.get("content")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        reply.text += content if isinstance(content, str) else ""
        reply.declined = reply.declined or bool(said.get("refusal"))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    reason: Any = choice.get("finish_reason")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    if isinstance(reason, str):
        reply.reason = reason


def _count(value: object) -> int:
    return value if isinstance(value, int) and 0 <= value < 10**9 else 0


_FENCED = re.compile(r"```(?:json)?\s*(\{.*\})\s*```", re.DOTALL)
_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)


def json_in(text: str) -> str:
    """The JSON object in a text that may have words or a fence around it. Raises ValueError where there is none."""
    said = _THOUGHT.sub("", text).strip()
    fenced = _FENCED.search(said)
    start = said.find("{")
    for candidate in (said, fenced[1] if fenced else "", said[start : said.rfind("}") + 1] if start >= 0 else ""):
        if candidate:
            try:
                found: Any = json.loads(candidate)
            except (ValueError, RecursionError):
                continue
            if isinstance(found, dict):
                return candidate
    raise ValueError("no JSON object")
