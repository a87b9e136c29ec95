"""Measure the vault at 10,000 files: writing it, reading it back, and keeping both in step.

usage: python -m bench.vault [--files N]

CPU seconds and the largest memory of a whole process (`advisorlog ...`), each run once on files that are all read
before. There is no other program to compare with: the rows are for comparing one version with the next.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from advisorlog.domain.moments import moment_of
from advisorlog.store.connection import transaction
from bench.made_logs import NOW, Size, make

SERIES = 20
LINES = 10


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.vault", description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="advisorlog-bench-") as folder:
        print("| what | CPU seconds | MB at most |\n|---|---|---|")
        measure(Path(folder), chosen.files)


def measure(folder: Path, files: int) -> None:
    log, vault = folder / "log.db", folder / "vault"
    make(log, Size(SERIES, files // SERIES, LINES))
    with transaction(log, "bench", moment_of(NOW, "UTC")) as connection:
        # Slugs as the program makes them.
        connection.execute("UPDATE meeting SET slug = lower(replace(slug, ':', '-'))")
    run(folder, f"export vault: {files:,} new files", log, "export", "vault", str(vault))
    run(folder, "export vault again: nothing to write", log, "export", "vault", str(vault))
    run(folder, "vault sync: everything in step", log, "vault", "sync", str(vault))
    one = next(iter(sorted((vault / "meetings").iterdir())))
    one.write_text(one.read_text("utf-8") + "- note: one more line\n", "utf-8")
    run(folder, "vault sync: one file edited", log, "vault", "sync", str(vault))
    run(folder, "import into an empty log", folder / "other.db", "import", str(vault))
    run(folder, "import again: nothing changed", folder / "other.db", "import", str(vault))


def run(folder: Path, what: str, log: Path, *words: str) -> None:
    """One command in a process of its own, and its row of the table."""
    seconds, megabytes = used([sys.executable, "-m", "advisorlog", "--db", str(log), *words], folder)
    print(f"| {what} | {seconds:.1f} | {megabytes:.0f} |", flush=True)


def used(command: Sequence[str], home: Path) -> tuple[float, float]:
    """CPU seconds and peak megabytes of a process; ends the bench where it fails."""
    environment = {
        **os.environ,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "ADVISORLOG_NOW": NOW.isoformat(),
        "ADVISORLOG_BACKUP": "off",
        "TZ": "UTC",
    }
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(command, env=environment, stdout=told, stderr=told, stdin=subprocess.DEVNULL)
        _, status, spent = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            told.seek(0)
            sys.exit(f"{' '.join(command)} failed: {told.read().decode(errors='replace')[-400:]}")
    return spent.ru_utime + spent.ru_stime, spent.ru_maxrss / 1024


if __name__ == "__main__":
    main()
