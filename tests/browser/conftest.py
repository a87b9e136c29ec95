"""A browser for the whole run, and the pages of the sample log."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from advisorlog import config
from advisorlog.config import Settings
from advisorlog.workflow import sample
from tests.browser import chromium
from tests.browser.chromium import Browser


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    found = chromium.program()
    if found is None:
        pytest.skip("no Chromium here: these pages were not opened (Debian: apt-get install chromium)")
    with chromium.browser(found, tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture
def settings(sample_log: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The sample, as of its last evening. Read it only."""
    monkeypatch.setenv("ADVISORLOG_NOW", sample.NOW)
    return config.load(str(sample_log))
