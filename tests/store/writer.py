"""A process of its own that stores lines and says each one's number once it is committed.

Arguments: the log, how many lines (0: without end), and optionally `full` (the file system lets no file grow) or
a user id to become first.
"""

import os
import resource
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from advisorlog.domain import grammar
from advisorlog.domain.moments import Moment, moment
from advisorlog.errors import AdvisorlogError
from advisorlog.store import connection, lines
from advisorlog.store.reading import entries

NOW = Moment(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))


def main(log: Path, count: int, limit: str = "") -> int:
    if limit == "full":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        largest = max(file.stat().st_size for file in log.parent.iterdir())
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    elif limit:
        moment(NOW.stored, NOW.zone)  # loads what the other user may not be allowed to read from our Python
        os.setgroups([])
        os.setuid(int(limit))
    try:
        if count < 0:
            with connection.reading(log) as reader:
                say(len(entries.inbox(reader, None, NOW)))
            return 0
        _store(log, count)
    except AdvisorlogError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _store(log: Path, count: int) -> None:
    number = 0
    while not count or number < count:
        number += 1
        line = grammar.parse(f"[] Task {number} of {os.getpid()} {'x' * 200} ^2w #idea @me")
        with connection.transaction(log, "add", NOW) as writing:
            stored = lines.store_line(writing, line, lines.Said(NOW, "cli"))
        say(stored.entry_id)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]))
