"""A log that another process changes is noticed."""

import threading
from pathlib import Path

from advisorlog.domain.moments import Moment
from advisorlog.store import drafts
from advisorlog.store.connection import transaction
from advisorlog.store.watching import Watch


def write(log: Path, now: Moment, text: str) -> None:
    with transaction(log, "draft", now) as connection:
        drafts.keep(connection, "capture:1", text, now)


def ask_often(watch: Watch) -> None:
    for _ in range(20):
        watch.has_changed()


def test_a_change_is_noticed_once(log: Path, now: Moment) -> None:
    watch = Watch(log)
    assert not watch.has_changed()
    write(log, now, "one")
    assert watch.has_changed()
    assert not watch.has_changed()
    watch.close()


def test_a_log_that_is_not_there_yet_has_not_changed(tmp_path: Path, log: Path, now: Moment) -> None:
    watch = Watch(tmp_path / "none.db")
    assert not watch.has_changed()
    assert not watch.has_changed()
    watch.close()


def test_closing_while_another_thread_asks_crashes_nothing(log: Path) -> None:
    for _ in range(50):
        watch = Watch(log)
        asking = threading.Thread(target=ask_often, args=(watch,))
        asking.start()
        watch.close()
        asking.join()
        watch.close()
