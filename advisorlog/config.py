"""Where things are and what the user has set. Read once at the start of a command, then handed down."""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from advisorlog.domain.moments import Moment, is_zone, moment_of
from advisorlog.errors import AdvisorlogError

NAME = "advisorlog"
SAMPLE_FOLDER = f"{NAME}-demo-"
"""How the folder's name begins in which a sample log lies."""


ASSIST_TASKS = ("condense", "propose", "tension", "guess", "keywords", "rewrite", "meaning")
"""What a language model can be asked to help with; each is off until the user switches it on."""


@dataclass(frozen=True, slots=True)
class Assist:
    """The endpoint of a language model and what it may be asked for. `seconds` bound one task, `tokens` one answer."""

    url: str = ""
    model: str = ""
    tasks: frozenset[str] = frozenset()
    paraphrase: bool = False
    seconds: int = 120
    tokens: int = 2000


ENDPOINT_MODEL = "endpoint:"
"""What `model` in `[meaning]` begins with where the endpoint of `[assist]` is to make the vectors."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """Search by meaning. `model`: empty for the one that ships in the extra, a folder with `model.onnx` and
    `tokenizer.json`, or `endpoint:NAME`. `rank`: whether it also ranks what may conflict and what comes back."""

    model: str = ""
    rank: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's settings; every one has a default, so that no file is needed.

    `brief_words` and `todo_words` are budgets in words as a reader counts them; `editor` is a command line, and so is
    `opener`, which opens attached files; empty, it is the system's own.
    """

    log: Path
    config_file: Path
    zone: str
    editor: str
    brief_words: int = 350
    todo_words: int = 150
    series: str = ""
    check_language: bool = True
    keys: dict[str, str] = field(default_factory=dict[str, str])
    theme: str = ""
    assist: Assist = Assist()
    opener: str = ""
    meaning: Meaning = Meaning()

    @property
    def templates(self) -> Path:
        """The folder where the user's own templates stand before ours."""
        return self.config_file.parent / "templates"


def load(db: str | None = None) -> Settings:
    """The settings in force: `--db`, then the environment, then the config file, then the defaults.

    Raises AdvisorlogError, with the file and what to do, where the config file can't be used.
    """
    config_file = config_path()
    values = _read(config_file)
    log = db or os.environ.get("ADVISORLOG_DB") or _text(values, "db", config_file) or str(_data_folder() / "log.db")
    return Settings(
        log=Path(log).expanduser(),
        config_file=config_file,
        zone=_zone(values, config_file),
        editor=_editor(values, config_file),
        brief_words=_words(values, "brief_words", 350, config_file),
        todo_words=_words(values, "todo_words", 150, config_file),
        series=_text(values, "series", config_file),
        check_language=_switch(values, "check_language", config_file),
        keys=_table(values, "keys", config_file),
        theme=_text(values, "theme", config_file),
        assist=_assist(values, config_file),
        opener=os.environ.get("ADVISORLOG_OPENER") or _text(values, "opener", config_file),
        meaning=_meaning(values, config_file),
    )


def config_path() -> Path:
    """`ADVISORLOG_CONFIG`, or `config.toml` in the XDG config folder (the platform's own where XDG has no say)."""
    if named := os.environ.get("ADVISORLOG_CONFIG"):
        return Path(named).expanduser()
    if xdg := os.environ.get("XDG_CONFIG_HOME"):
        return Path(xdg) / NAME / "config.toml"
    from platformdirs import user_config_path

    return user_config_path(NAME, appauthor=False) / "config.toml"


def now(zone: str) -> Moment:
    """The present moment, in the user's zone.

    `ADVISORLOG_NOW` (an ISO time with an offset) stands in for the clock, so that tests and scripts give the same
    answer every day.
    """
    if pinned := os.environ.get("ADVISORLOG_NOW"):
        try:
            instant = datetime.fromisoformat(pinned)
        except ValueError as error:
            raise AdvisorlogError(
                f"ADVISORLOG_NOW is no time: {pinned}", "Write it like 2026-11-24T09:00+00:00, or unset it"
            ) from error
        return moment_of(instant if instant.tzinfo else instant.replace(tzinfo=UTC), zone)
    return moment_of(datetime.now(UTC), zone)


def cache_folder() -> Path:
    """Where what can be made anew is kept; it may be emptied at any time."""
    if xdg := os.environ.get("XDG_CACHE_HOME"):
        return Path(xdg) / NAME
    from platformdirs import user_cache_path

    return user_cache_path(NAME, appauthor=False)


def _data_folder() -> Path:
    if xdg := os.environ.get("XDG_DATA_HOME"):
        return Path(xdg) / NAME
    from platformdirs import user_data_path

    return user_data_path(NAME, appauthor=False)


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    import tomllib  # 3 ms that most starts have no use for

    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except tomllib.TOMLDecodeError as error:
        raise AdvisorlogError(f"{path}: {error}", "Mend the line, or move the file away to use the defaults") from error
    except (OSError, UnicodeDecodeError) as error:
        raise AdvisorlogError(f"{path} can't be read: {error}", "Check its permissions and encoding (UTF-8)") from error


def _text(values: dict[str, Any], key: str, path: Path) -> str:
    value = values.get(key, "")
    if not isinstance(value, str):
        raise AdvisorlogError(f"{path}: `{key}` must be text in quotes", f'For example {key} = "..."')
    return value


def _switch(values: dict[str, Any], key: str, path: Path) -> bool:
    value = values.get(key, True)
    if not isinstance(value, bool):
        raise AdvisorlogError(f"{path}: `{key}` must be true or false", "Without quotes")
    return value


def _words(values: dict[str, Any], key: str, default: int, path: Path) -> int:
    value = values.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or not 60 <= value <= 5000:
        raise AdvisorlogError(f"{path}: `{key}` must be a number of words from 60 to 5000", f"Default: {default}")
    return value


def _table(values: dict[str, Any], key: str, path: Path) -> dict[str, str]:
    table: object = values.get(key, {})
    if not isinstance(table, dict):
        raise AdvisorlogError(f"{path}: [{key}] must be a table", f'[{key}]\nname = "value"')
    return {str(name): str(value) for name, value in table.items()}  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _assist(values: dict[str, Any], path: Path) -> Assist:
    """The table `[assist]`. A key in it is refused: it belongs in the environment or the system's keyring."""
    table: Any = values.get("assist")
    if table is None:
        return Assist()
    if not isinstance(table, dict):
        raise AdvisorlogError(f"{path}: [assist] must be a table", "`advisorlog assist setup` writes it")
    table = {str(key): value for key, value in table.items()}  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if any("key" in name.casefold() for name in table):
        raise AdvisorlogError(
            f"{path}: a key doesn't belong in this file", "Take it out, and set ADVISORLOG_ASSIST_KEY instead"
        )
    tasks: Any = table.get("tasks", [])
    if not isinstance(tasks, list) or any(task not in ASSIST_TASKS for task in tasks):  # pyright: ignore[reportUnknownVariableType]
        raise AdvisorlogError(
            f"{path}: `tasks` in [assist] is a list of: {', '.join(ASSIST_TASKS)}", 'tasks = ["propose"]'
        )
    return Assist(
        _text(table, "url", path),
        _text(table, "model", path),
        frozenset(str(task) for task in tasks),  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
        "paraphrase" in table and _switch(table, "paraphrase", path),
        _whole(table, "seconds", (5, 3600), 120, path),
        _whole(table, "tokens", (100, 32000), 2000, path),
    )


def _meaning(values: dict[str, Any], path: Path) -> Meaning:
    """The table `[meaning]`."""
    table: Any = values.get("meaning")
    if table is None:
        return Meaning()
    if not isinstance(table, dict):
        raise AdvisorlogError(f"{path}: [meaning] must be a table", "[meaning]\nrank = true")
    table = {str(key): value for key, value in table.items()}  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    model = _text(table, "model", path)
    if model == ENDPOINT_MODEL:
        raise AdvisorlogError(f"{path}: `model` in [meaning] lacks its name", 'model = "endpoint:nomic-embed-text"')
    return Meaning(model, "rank" in table and _switch(table, "rank", path))


def _whole(values: dict[str, Any], key: str, bounds: tuple[int, int], default: int, path: Path) -> int:
    value = values.get(key, default)
    least, most = bounds
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise AdvisorlogError(f"{path}: `{key}` must be a number from {least} to {most}", f"Default: {default}")
    return value


def _zone(values: dict[str, Any], path: Path) -> str:
    named = _text(values, "zone", path)
    if named:
        if not is_zone(named):
            raise AdvisorlogError(f"{path}: there is no time zone “{named}”", 'For example zone = "Asia/Seoul"')
        return named
    return _system_zone()


def _system_zone() -> str:
    """The machine's zone by its IANA name. `TZ` and the usual link are read first: tzlocal takes 20 ms to load."""
    named = os.environ.get("TZ", "").lstrip(":")
    if named and is_zone(named):
        return named
    link = Path("/etc/localtime")
    if not named and link.is_symlink():
        _, found, name = str(link.readlink()).partition("zoneinfo/")
        if found and is_zone(name):
            return name
    from tzlocal import get_localzone_name

    try:
        return get_localzone_name()
    except Exception:  # tzlocal raises its own errors for contradicting system settings: UTC is right enough
        return "UTC"


def _editor(values: dict[str, Any], path: Path) -> str:
    return (
        os.environ.get("ADVISORLOG_EDITOR")
        or _text(values, "editor", path)
        or os.environ.get("VISUAL")
        or os.environ.get("EDITOR")
        or ("notepad" if os.name == "nt" else "vi")
    )
