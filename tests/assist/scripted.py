"""A small server on loopback that answers as the test says: the ways in which real endpoints misbehave."""

import json
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Act = Callable[["Handler", dict[str, Any]], None]


@dataclass
class Scripted:
    """The server: `acts` answer one request each, the last one all that follow; `requests` are what came in."""

    acts: list[Act]
    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    headers: list[dict[str, str]] = field(default_factory=list[dict[str, str]])

    def next(self) -> Act:
        return self.acts.pop(0) if len(self.acts) > 1 else self.acts[0]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    scripted: Scripted

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.scripted.requests.append(body)
        self.scripted.headers.append({name.lower(): value for name, value in self.headers.items()})
        self.scripted.next()(self, body)

    def do_GET(self) -> None:
        self.scripted.headers.append({name.lower(): value for name, value in self.headers.items()})
        self.reply(200, json.dumps({"object": "list", "data": [{"id": "little", "object": "model"}]}))

    def reply(self, status: int, body: str, kind: str = "application/json", **more: str) -> None:
        data = body.encode()
        self.send_response(status)
        for name, value in {
            "content-type": kind,
            "content-length": str(len(data)),
            "connection": "close",
            **more,
        }.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(*acts: Act) -> Generator[Scripted]:
    scripted = Scripted(list(acts))
    handler = type("Scripting", (Handler,), {"scripted": scripted})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    scripted.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield scripted
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def chunk(content: str | None = None, reason: str | None = None, **more: Any) -> str:
    delta: dict[str, Any] = {"content": content} if content is not None else {}
    choice = {"index": 0, "delta": delta | more, "finish_reason": reason}
    whole = {"id": "x", "object": "chat.completion.chunk", "model": "little", "choices": [choice]}
    return f"data: {json.dumps(whole)}\n\n"


USAGE = 'data: {"choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}}\n\n'
DONE = "data: [DONE]\n\n"


def streams(*pieces: str, reason: str = "stop", **more: Any) -> Act:
    """Stream the pieces, as a well-behaved endpoint does."""
    body = "".join(map(chunk, pieces)) + chunk(reason=reason, **more) + USAGE + DONE
    return lambda handler, _: handler.reply(200, body, "text/event-stream")


def answers(value: object) -> Act:
    text = json.dumps(value)
    return streams(text[: len(text) // 2], text[len(text) // 2 :])


def says(status: int, body: str = "{}", kind: str = "application/json", **headers: str) -> Act:
    return lambda handler, _: handler.reply(status, body, kind, **headers)


def without_schemas(*, json_mode: bool, then: Act) -> Act:
    """An endpoint that refuses `response_format`, in part or at all."""

    def act(handler: Handler, body: dict[str, Any]) -> None:
        asked = body.get("response_format", {}).get("type")
        if asked == "json_schema" or (asked == "json_object" and not json_mode):
            handler.reply(400, json.dumps({"error": {"message": "response_format is not supported"}}))
        else:
            then(handler, body)

    return act


def dies(*pieces: str) -> Act:
    """Say some of it, promise more, and hang up."""

    def act(handler: Handler, _: dict[str, Any]) -> None:
        body = "".join(map(chunk, pieces)).encode()
        handler.send_response(200)
        handler.send_header("content-type", "text/event-stream")
        handler.send_header("content-length", str(len(body) + 500))
        handler.end_headers()
        handler.wfile.write(body)
        handler.wfile.flush()
        handler.close_connection = True

    return act
