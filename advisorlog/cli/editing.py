"""Editing a record in the user's editor: a small form with front matter in a private temporary file.

Only what was changed is written back. A form that can't be read, or that the log refuses, stays where it is, so that
no typed word is lost.
"""

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from advisorlog.cli.state import State
from advisorlog.errors import AdvisorlogError

Form = Mapping[str, Any]
"""The fields by name; texts, numbers, lists of texts, or a mapping of texts. `body` is what stands below `---`."""

BODY = "body"


def edited(state: State, name: str, form: Form, save: Callable[[dict[str, Any]], object]) -> bool:
    """Have the user edit a form, and save the fields that were changed; whether there were any.

    `save` may refuse with an AdvisorlogError: the form is kept then, and the error says where.
    """
    path = _temporary(name, _printed(name, form))
    try:
        before = path.read_bytes()
        _open_editor(state.settings.editor, path)
        if path.read_bytes() == before:
            _discard(path)
            return False
        changes = _changes(path, form)
        if changes:
            save(changes)
        _discard(path)
        return bool(changes)
    except AdvisorlogError as error:
        if not path.exists():
            raise
        raise AdvisorlogError(
            error.message, f"{_sentence(error.what_to_do)}Nothing was saved; what you wrote is in {path}"
        ) from error


def _sentence(text: str) -> str:
    return f"{text.rstrip('.')}. " if text else ""


def _temporary(name: str, text: str) -> Path:
    """A file that only the user can read, kept out of shared folders as far as the system allows."""
    descriptor, path = tempfile.mkstemp(prefix=f"advisorlog-{name[:40].replace(os.sep, '-')}-", suffix=".md")
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return Path(path)


def _discard(path: Path) -> None:
    path.unlink(missing_ok=True)
    for backup in (path.with_name(path.name + "~"), path.with_name(f".{path.name}.swp")):
        backup.unlink(missing_ok=True)


def _printed(name: str, form: Form) -> str:
    import yaml

    fields = {key: value for key, value in form.items() if key != BODY}
    text = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=100, default_flow_style=False)
    hint = f"# {name}: change what you like, save, and leave the editor; unchanged, nothing happens."
    return f"---\n{hint}\n{text}---\n" + (f"{form[BODY].rstrip()}\n" if form.get(BODY) else "")


def _open_editor(editor: str, path: Path) -> None:
    try:
        command = shlex.split(editor, posix=os.name != "nt")
        code = subprocess.run([*command, str(path)], check=False).returncode
    except (OSError, ValueError, IndexError) as error:
        raise AdvisorlogError(
            f"The editor “{editor}” can't be started: {error}",
            "Set ADVISORLOG_EDITOR, VISUAL or EDITOR, or give the fields as options (see --help)",
        ) from error
    if code != 0:
        raise AdvisorlogError(f"The editor “{editor}” ended with {code}", "Try again, or give the fields as options")


def _changes(path: Path, form: Form) -> dict[str, Any]:
    fields, body = _read(path)
    if unknown := fields.keys() - form.keys():
        raise AdvisorlogError(f"There is no field {', '.join(sorted(map(str, unknown)))}", f"Known: {', '.join(form)}")
    found = {key: _as(key, fields.get(key), form[key]) for key in form if key != BODY}
    if BODY in form:
        found[BODY] = body
    return {key: value for key, value in found.items() if value != _settled(form[key])}


def _settled(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _read(path: Path) -> tuple[dict[str, Any], str]:
    import yaml

    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise AdvisorlogError(f"The form can't be read: {error}", "Save it as UTF-8") from error
    head, fence, body = text.removeprefix("---\n").partition("\n---\n")
    if not text.startswith("---\n") or not (fence or text.rstrip().endswith("\n---")):
        raise AdvisorlogError("The form has lost its --- lines", "They stand before and behind the fields")
    try:
        fields: object = yaml.load(
            head.removesuffix("\n---"), yaml.BaseLoader
        )  # every value a text: no dates, no `yes`
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 2}: " if mark else ""
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise AdvisorlogError(f"{line}{problem}", "Texts with a colon or a # need quotes") from error
    if fields is None:
        fields = {}
    if not isinstance(fields, dict):
        raise AdvisorlogError("The form must hold `field: value` lines", "As it did when it was opened")
    return fields, body.strip()  # pyright: ignore[reportUnknownVariableType]


def _as(key: str, value: Any, before: Any) -> Any:
    """A field in the type that it had; an emptied one is an empty text, list or mapping."""
    if isinstance(before, list | tuple):
        values = cast("list[Any]", value) if isinstance(value, list) else [value]
        return [str(each).strip() for each in values if each not in (None, "")]
    if isinstance(before, dict):
        if not isinstance(value, dict | None) and value != "":
            raise AdvisorlogError(f"`{key}` must be a list of `name: text` lines", "Two blanks before each")
        return {str(name): str(text or "").strip() for name, text in (value or {}).items()}  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType, reportUnknownMemberType]
    if isinstance(value, list | dict):
        raise AdvisorlogError(f"`{key}` must be one text", "Put it in quotes if it begins with [ or {")
    return "" if value is None else str(value).strip()
