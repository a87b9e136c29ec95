"""A real Chromium, headless, spoken to over its debugging pipe: no driver, no port, no network.

https://chromedevtools.github.io/devtools-protocol/: each message is JSON and ends with a NUL.
"""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--force-color-profile=srgb",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--remote-debugging-pipe",
)
PIPES = """
import fcntl, os, sys
to_read, from_write = (fcntl.fcntl(int(number), fcntl.F_DUPFD, 10) for number in sys.argv[1:3])
os.dup2(to_read, 3)
os.dup2(from_write, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Chromium reads its commands from descriptor 3 and answers on 4."""
AT_MOST = 600.0
"""Seconds after which a browser that hangs is killed: its reader then sees the end of the pipe, and the test fails."""


def program() -> str | None:
    """The browser of this machine, or None."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


@dataclass(frozen=True)
class Seen:
    """What came of opening a page: its requests, what it said on the console, and how wide it is."""

    requests: list[str]
    console: list[str]
    width: int
    scripts: int


class Browser:
    """One page of one browser."""

    def __init__(self, sent: IO[bytes], received: IO[bytes]) -> None:
        self.sent = sent
        self.received = received
        self.number = 0
        self.events: list[dict[str, Any]] = []
        self.session: str | None = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log", "Security"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command and its answer; the events that came before it are kept."""
        self.number += 1
        message: dict[str, Any] = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        self.sent.write(json.dumps(message).encode() + b"\0")
        self.sent.flush()
        while (answer := self._next()).get("id") != self.number:
            self.events.append(answer)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def _next(self) -> dict[str, Any]:
        raw = bytearray()
        while (letter := self.received.read(1)) != b"\0":
            if not letter:
                raise RuntimeError("the browser went away")
            raw += letter
        return json.loads(raw)

    def _wait_for(self, method: str) -> None:
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self._next())

    def open(self, page: Path, width: int = 1000, *, dark: bool = False, print_: bool = False) -> Seen:
        """Open a file in a window so wide (CSS pixels)."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=width < 500
        )
        feature = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", media="print" if print_ else "", features=[feature])
        self.events.clear()
        self.call("Page.navigate", url=page.as_uri())
        self._wait_for("Page.loadEventFired")
        wide = self.evaluate("document.documentElement.scrollWidth")
        scripts = self.evaluate("window.ran ? 1 : document.scripts.length")
        return Seen(list(self._requests()), list(self._said()), wide, scripts)

    def _requests(self) -> Iterator[str]:
        for event in self.events:
            if event.get("method") == "Network.requestWillBeSent":
                yield event["params"]["request"]["url"]

    def _said(self) -> Iterator[str]:
        for event in self.events:
            if event.get("method") in ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
                yield json.dumps(event["params"])

    def evaluate(self, expression: str) -> Any:
        """What an expression gives in the page, whatever its content policy."""
        return self.call("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def picture(self) -> bytes:
        """The whole page as PNG."""
        import base64

        return base64.b64decode(self.call("Page.captureScreenshot", captureBeyondViewport=True)["data"])

    def pdf(self) -> bytes:
        """The page as it is printed."""
        import base64

        return base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True)["data"])


@contextmanager
def browser(executable: str, folder: Path) -> Generator[Browser]:
    """A browser with a profile of its own in the folder, ended afterwards."""
    to_read, to_write = os.pipe()
    from_read, from_write = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", PIPES, str(to_read), str(from_write), executable, *FLAGS, f"--user-data-dir={folder}"],
        pass_fds=(to_read, from_write),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(to_read)
    os.close(from_write)
    watch = threading.Timer(AT_MOST, process.kill)
    watch.daemon = True
    watch.start()
    try:
        with os.fdopen(to_write, "wb") as sent, os.fdopen(from_read, "rb", buffering=65536) as received:
            page = Browser(sent, received)
            yield page
            page.session = None
            page.call("Browser.close")
    finally:
        watch.cancel()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
