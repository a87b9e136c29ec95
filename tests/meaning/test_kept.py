"""The file of vectors beside the log."""

import sqlite3
import stat
from pathlib import Path

import pytest

from advisorlog.errors import AdvisorlogError
from advisorlog.meaning.kept import Kept, VectorFile, digest

ONE = Kept(("entry", 1), digest("one"), b"\x00\x3c")
TWO = Kept(("idea", 1), digest("two"), b"\x00\x40")


@pytest.fixture
def file(log: Path) -> VectorFile:
    made = VectorFile(log)
    made.begin("print", "a model")
    made.put([ONE, TWO])
    return made


def test_it_stands_beside_the_log_and_is_as_private(file: VectorFile, log: Path) -> None:
    assert file.file == log.with_name("log.db-vectors")
    assert stat.S_IMODE(file.file.stat().st_mode) == 0o600
    assert file.model() == ("print", "a model")
    assert (file.all(), file.all("idea")) == ([ONE, TWO], [TWO])
    assert file.digests() == {ONE.key: ONE.digest, TWO.key: TWO.digest}


def test_the_same_model_keeps_and_another_begins_anew(file: VectorFile) -> None:
    file.begin("print", "a model")
    assert len(file.all()) == 2
    file.begin("other", "another")
    assert (file.model(), file.all()) == (("other", "another"), [])


def test_a_record_has_one_vector_and_what_is_dropped_leaves_no_trace(file: VectorFile) -> None:
    newer = Kept(ONE.key, digest("one more"), b"a new vector")
    file.put([newer])
    assert file.all("entry") == [newer]
    file.drop([newer.key])
    assert file.all() == [TWO]
    assert b"a new vector" not in file.file.read_bytes()


def test_a_batch_is_kept_whole_or_not_at_all(file: VectorFile) -> None:
    broken = Kept(("entry", 3), b"x", None)  # pyright: ignore[reportArgumentType]
    with pytest.raises(AdvisorlogError):
        file.put([Kept(("entry", 2), b"x", b"x"), broken])
    assert file.all() == [ONE, TWO]


def test_what_is_not_ours_or_damaged_is_refused_untouched_and_cleared_on_demand(file: VectorFile) -> None:
    file.clear()
    with sqlite3.connect(file.file) as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    before = file.file.read_bytes()
    for refused in (file.model, file.all, lambda: file.begin("print", "a model")):
        with pytest.raises(AdvisorlogError, match="meaning clear"):
            refused()
    assert file.file.read_bytes() == before
    file.file.write_bytes(b"no database " * 100)
    with pytest.raises(AdvisorlogError, match="meaning clear"):
        file.model()
    assert file.clear()
    assert not file.clear()
    assert (file.model(), file.all(), file.digests()) == (("", ""), [], {})


def test_where_nothing_can_be_written_it_says_so(log: Path) -> None:
    missing = VectorFile(log.parent / "nowhere" / "log.db")
    with pytest.raises(AdvisorlogError, match="can't be written beside the log"):
        missing.begin("print", "a model")
