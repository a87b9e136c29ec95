"""Setting a model up: looking for one on this machine, trying it with a question of ours, writing the settings."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from advisorlog.assist.asking import Question
from advisorlog.assist.cache import Cache
from advisorlog.assist.endpoint import KEY_VARIABLE, Endpoint, of_settings
from advisorlog.assist.failing import AssistFailed
from advisorlog.assist.forms import Lines, schema
from advisorlog.config import ASSIST_TASKS, Assist, Settings
from advisorlog.errors import AdvisorlogError
from advisorlog.workflow import writing_out
from advisorlog.workflow.assisting.helper import NAMES

USUAL = (
    ("llama.cpp", "http://127.0.0.1:8080/v1"),
    ("Ollama", "http://127.0.0.1:11434/v1"),
    ("LM Studio", "http://127.0.0.1:1234/v1"),
    ("vLLM", "http://127.0.0.1:8000/v1"),
)
"""Where the usual programs listen when nobody tells them otherwise."""
LOOKING = 1.0
"""Seconds that a program on this machine has to answer."""
_PROBE = "Compare with DVFS before you claim a win."


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of trying an endpoint, in words."""

    endpoint: Endpoint
    answer: str
    form: str
    works: bool


def check_tasks(names: Iterable[str]) -> None:
    """Raises AdvisorlogError where a name is no task's."""
    for name in names:
        if name not in ASSIST_TASKS:
            raise AdvisorlogError(f"There is no task “{name}”", f"Name one of: {', '.join(ASSIST_TASKS)}")


def find(url: str | None, model: str | None, usual: Sequence[tuple[str, str]] = USUAL) -> Endpoint | None:
    """The endpoint named, else the first that answers on this machine. Raises AdvisorlogError for a bad address."""
    for _, address in [("", url)] if url else usual:
        endpoint = of_settings(Assist(address, model or "", seconds=60, tokens=300))
        listed = models(endpoint)
        if listed is not None or url:
            return replace(endpoint, model=model or next(iter(listed or ()), ""))
    return None


def models(endpoint: Endpoint) -> list[str] | None:
    """What an endpoint lists; None where nothing of the kind answers."""
    import httpx2

    headers = {"authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    try:
        with httpx2.Client(follow_redirects=False, timeout=LOOKING, trust_env=not endpoint.is_local) as client:
            found: Any = client.get(f"{endpoint.url.rstrip('/')}/models", headers=headers).raise_for_status().json()
        return [str(each["id"])[:200] for each in found["data"]]
    except (httpx2.HTTPError, httpx2.InvalidURL, json.JSONDecodeError, UnicodeDecodeError, LookupError, TypeError):
        return None


def attempt(endpoint: Endpoint) -> Tried:
    """Ask a question of ours, with nothing of the log in it."""
    from advisorlog.assist.client import Asking

    data = {"sentences": [{"sentence": 1, "text": _PROBE}]}
    form = schema(Lines, most=1, highest=1, longest=len(_PROBE), without=frozenset({"paraphrase"}))
    task = "Give the number (`sentence`) and the text (`quote`) of the one sentence."
    try:
        answer = Asking(endpoint).ask(Question(task, data, Lines, form))
    except AssistFailed as failed:
        return Tried(endpoint, str(failed), "no", False)
    copied = any(line.quote.strip() == _PROBE for line in answer.value.lines)
    return Tried(
        endpoint,
        f"yes, {answer.cost}",
        "yes, and it copies a sentence" if copied else "yes, but it does not copy: most of its lines would be dropped",
        True,
    )


def write(settings: Settings, endpoint: Endpoint, on: Iterable[str], off: Iterable[str]) -> frozenset[str]:
    """Write the endpoint and the tasks to the settings file, where all else stays, comments too. What is on now."""
    tasks = (settings.assist.tasks | set(on)) - set(off)
    changed(settings.config_file, {"url": endpoint.url, "model": endpoint.model, "tasks": sorted(tasks)})
    return frozenset(tasks)


def switch(settings: Settings, task: str) -> frozenset[str]:
    """Switch one task on, or off where it is on. The tasks that are on."""
    check_tasks([task])
    tasks = settings.assist.tasks ^ {task}
    changed(settings.config_file, {"tasks": sorted(tasks)})
    return frozenset(tasks)


def changed(file: Path, values: dict[str, Any]) -> None:
    """Set keys of `[assist]` in a settings file, whole or not at all. Raises AdvisorlogError."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(file.read_text(encoding="utf-8")) if file.exists() else tomlkit.document()
        if "assist" not in document:
            document["assist"] = tomlkit.table()
        table: Any = document["assist"]
        for key, value in values.items():
            table[key] = value
        text = tomlkit.dumps(document)
        file.parent.mkdir(parents=True, exist_ok=True)
    except (OSError, UnicodeDecodeError, TOMLKitError, TypeError) as error:
        raise AdvisorlogError(f"{file} can't be changed: {error}", "Mend it, or move it away") from error
    writing_out.write(file, text)


def facts(settings: Settings) -> list[tuple[str, str]]:
    """What there is to know, name and value."""
    cache = len(Cache(settings.log))
    kept = ("cache", f"{cache} answers beside the log; `advisorlog assist clear` forgets them")
    if not settings.assist.url:
        return [("endpoint", "none: `advisorlog assist setup` finds one on this machine"), kept]
    endpoint = of_settings(settings.assist)
    listed = models(endpoint)
    where = "this machine" if endpoint.is_local else "NOT this machine"
    model = endpoint.model or "the endpoint's own choice"
    if listed and endpoint.model and endpoint.model not in listed:
        model += f" (not among those that it lists: {', '.join(listed[:5])})"
    return [
        ("endpoint", f"{endpoint.url} ({where})"),
        ("answers", "no" if listed is None else "yes"),
        ("model", model),
        ("key", "found" if endpoint.key else f"none ({KEY_VARIABLE} or the keyring)"),
        *((f"may {NAMES[task]}", "yes" if task in settings.assist.tasks else "no") for task in ASSIST_TASKS),
        ("paraphrases", "on, each checked by its words" if settings.assist.paraphrase else "off: quotes only"),
        kept,
    ]
