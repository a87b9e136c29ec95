"""Measure the budgets of the design side by side with jrnl, and print them as a Markdown table.

usage: python -m bench [--quick] [--runs N] [--jrnl COMMAND]

jrnl is installed from the package registry into a folder of its own unless --jrnl names one that is there.
`--quick` measures the growth to 100,000 entries instead of 1,000,000.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import screens
from bench.made_logs import NOW, Size, make, texts

TEN_YEARS = Size(series=1, weeks=520)
SMALL = Size(series=1, weeks=8)
THOUSAND = Size(series=1, weeks=33)
MILLION = Size(series=64, weeks=520)
HUNDRED_THOUSAND = Size(series=7, weeks=476)
JRNL = "jrnl==4.6"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--jrnl")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="advisorlog-bench-") as folder:
        bench = Bench(Path(folder), chosen.runs)
        jrnl = chosen.jrnl or install_jrnl(Path(folder))
        print("| what | measured | bound | |\n|---|---|---|---|")
        bench.against_jrnl(jrnl)
        bench.growth(HUNDRED_THOUSAND if chosen.quick else MILLION)
        bench.search()
        bench.screens()


def install_jrnl(folder: Path) -> str:
    venv.create(folder / "jrnl", with_pip=True)
    python = str(folder / "jrnl" / "bin" / "python")
    done = subprocess.run([python, "-m", "pip", "install", "-q", JRNL], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"jrnl can't be installed: {done.stderr.strip().splitlines()[-1]}\nName one with --jrnl.")
    return str(folder / "jrnl" / "bin" / "jrnl")


class Bench:
    """The measurements; each prints its row of the table."""

    def __init__(self, folder: Path, runs: int) -> None:
        self.folder = folder
        self.runs = runs
        self.environment = {
            **os.environ,
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "ADVISORLOG_NOW": NOW.isoformat(),
            "ADVISORLOG_BACKUP": "off",
            "TZ": "UTC",
            # Byte code is kept, as it is by every installation; the first run, which is not counted, writes it.
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        }

    def against_jrnl(self, jrnl: str) -> None:
        log, journal = self._both("ten-years", TEN_YEARS)
        ours, theirs = self._pair(self._ours(log, "brief", "series-1"), self._jrnl(jrnl, journal, "-n", "10"))
        self._row("`brief`, 10 years (15,600 entries), to `jrnl -n 10`", ours, theirs, 0.25)
        log, journal = self._both("small", SMALL)
        ours, theirs = self._pair(self._ours(log, "brief", "series-1"), self._jrnl(jrnl, journal, "-n", "10"))
        self._row("`brief`, small log, to `jrnl -n 10`", ours, theirs, 1.0)
        line = "The baseline needs 5 seeds."
        ours, theirs = self._pair(self._ours(log, "add", line), self._jrnl(jrnl, journal, line))
        self._row("`add`, small log, to `jrnl LINE`", ours, theirs, 1.0)

    def growth(self, large: Size) -> None:
        for name, size in (("thousand", THOUSAND), ("large", large)):
            make(self.folder / f"{name}.db", size)
        small = self._ours(self.folder / "thousand.db", "brief", "series-1")
        ours, theirs = self._pair(self._ours(self.folder / "large.db", "brief", "series-1"), small)
        self._row(f"`brief`, {large.entries:,} entries, to 1,000", ours, theirs, 1.3)

    def search(self) -> None:
        from advisorlog.store.connection import reading
        from advisorlog.store.search import search

        path = self.folder / "search.db"
        make(path, HUNDRED_THOUSAND)
        queries = ("baseline", "energy variance", "전력", "router schedule", "측정 결과", "nothing-like-it")
        times: list[float] = []
        with reading(path) as connection:
            for _ in range(30):
                for query in queries:
                    start = time.perf_counter()
                    search(connection, query)
                    times.append(1000 * (time.perf_counter() - start))
        p95 = statistics.quantiles(times, n=20)[-1]
        self._line("search, 100,000 entries, p95", f"{p95:.1f} ms", "20 ms", p95 <= 20)
        ripgrep = shutil.which("rg")
        if ripgrep is None:
            self._line("search to `rg` over the same notes", "not measured: no rg here", "0.2", None)
            return
        notes = self.folder / "notes"
        notes.mkdir()
        for number, (_, text) in enumerate(texts(path)):
            with (notes / f"{number // 30}.md").open("a") as file:
                file.write(f"- {text}\n")
        theirs = [self._time([ripgrep, "-c", query, str(notes)], {}) * 1000 for query in queries for _ in range(3)]
        ratio = statistics.median(times) / statistics.median(theirs)
        self._line("search to `rg` over the same notes", f"{ratio:.2f}", "0.2", ratio <= 0.2)

    def screens(self) -> None:
        """The terminal UI, on 100,000 entries."""
        os.environ.update({"ADVISORLOG_NOW": NOW.isoformat(), "ADVISORLOG_BACKUP": "off", "TZ": "UTC"})
        path = self.folder / "search.db"
        painted, filled, bare = screens.first_paint(path, self.runs)
        self._row("TUI to first paint, to a bare Textual app", painted, bare, 1.3)
        self._line("TUI to the records of 100,000 entries shown", f"{filled:.3f} s: {filled / bare:.2f}", "", None)
        shown, commit = screens.in_meeting(path, 60)
        bound = 16 + commit
        what = "Enter to stored and painted, 100,000 entries, p95"
        self._line(what, f"{shown:.1f} ms", f"16 ms + a commit ({commit:.1f} ms)", shown <= bound)
        paged, searched = screens.in_log(path, 100)
        self._line("log: a page further, painted, 100,000 entries, p95", f"{paged:.1f} ms", "16 ms", paged <= 16)
        self._line("log: a letter more of a search, painted, p95", f"{searched:.1f} ms", "", None)

    def _both(self, name: str, size: Size) -> tuple[Path, Path]:
        log, journal = self.folder / f"{name}.db", self.folder / f"{name}.txt"
        make(log, size)
        with journal.open("w") as file:
            for at, text in texts(log):
                file.write(f"[{at[:10]} {at[11:16]}] {text}\n\n")
        return log, journal

    def _ours(self, log: Path, *words: str) -> Callable[[], float]:
        command = [sys.executable, "-m", "advisorlog", "--db", str(log), *words]
        return lambda: self._time(command, {})

    def _jrnl(self, jrnl: str, journal: Path, *words: str) -> Callable[[], float]:
        config = self.folder / f"{journal.stem}.yaml"
        config.write_text(
            f"journals:\n  default:\n    journal: {journal}\nversion: v4.6\neditor: ''\nencrypt: false\n"
            "template: false\ndefault_hour: 9\ndefault_minute: 0\ntimeformat: '%Y-%m-%d %H:%M'\ntagsymbols: '@'\n"
            "highlight: true\nlinewrap: 79\nindent_character: '|'\n"
        )
        return lambda: self._time([jrnl, "--config-file", str(config), *words], {})

    def _pair(self, ours: Callable[[], float], theirs: Callable[[], float]) -> tuple[float, float]:
        """Medians of interleaved runs, A B A B, after one of each that is not counted."""
        ours()
        theirs()
        pairs = [(ours(), theirs()) for _ in range(self.runs)]
        return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)

    def _time(self, command: Sequence[str], extra: dict[str, str]) -> float:
        """CPU seconds of a whole process (a busy machine stretches the wall clock, not these)."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            command, env={**self.environment, **extra}, capture_output=True, stdin=subprocess.DEVNULL, text=True
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode not in (0, 1) or "rror" in done.stderr:
            sys.exit(f"{' '.join(command)} failed: {done.stderr.strip()[-300:]}")
        return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)

    def _row(self, what: str, ours: float, theirs: float, bound: float) -> None:
        ratio = ours / theirs
        self._line(what, f"{ours:.3f} s to {theirs:.3f} s: {ratio:.2f}", f"{bound}", ratio <= bound)

    def _line(self, what: str, measured: str, bound: str, met: bool | None) -> None:
        verdict = "" if met is None else ("met" if met else "MISSED")
        print(f"| {what} | {measured} | {bound} | {verdict} |", flush=True)


main()
