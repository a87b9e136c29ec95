"""What `--json` prints, and the schemas that promise it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import click
import pytest
from jsonschema import Draft202012Validator, FormatChecker

from advisorlog.cli.answers import ANSWERS
from advisorlog.cli.command import Group
from advisorlog.cli.root import root
from advisorlog.cli.shapes import whole
from advisorlog.workflow import sample
from tests.cli.conftest import Cli

PROMISED = Path(__file__).parent / "promised_keys.txt"
"""Every key that was ever published: a line each, as `idea list: [].slug`. Before a release, lines are added
(`python -c "from tests.cli.test_schemas import *; print(*sorted(published()), sep='\\n')"`), and none is removed."""

READING = (
    ("brief", "--format", "json"),
    ("todo", "--format", "json"),
    ("report", "--since", "2026-09-01", "--format", "json"),
    ("meeting", "record", "--format", "json"),
    ("idea", "report", "expert-slack", "--format", "json"),
    ("check", "draft.md", "--json"),
    ("propose", "draft.md", "--json"),
    ("search", "baseline", "--json"),
    ("search", "slack", "--private", "--json"),
    ("tension", "list", "--json"),
    ("tension", "list", "--resolved", "--json"),
    ("tension", "compare", "711", "817", "--json"),
    ("guess", "list", "--all", "--json"),
    ("guess", "rate", "--json"),
    ("project", "list", "--json"),
    ("project", "show", "slackline", "--json"),
    ("person", "list", "--json"),
    ("person", "show", "me", "--json"),
    ("series", "list", "--json"),
    ("series", "show", "ruth-weekly", "--json"),
    ("meeting", "list", "--limit", "400", "--json"),
    ("entry", "list", "--json"),
    ("entry", "show", "711", "--json"),
    ("action", "list", "--all", "--json"),
    ("action", "show", "1", "--json"),
    ("idea", "list", "--json"),
    ("idea", "show", "expert-slack", "--json"),
    ("idea", "show", "a2a-idle", "--json"),
    ("idea", "bayes", "expert-slack", "--ratio", "3", "--json"),
    ("idea", "graveyard", "--json"),
    ("reading", "list", "--json"),
    ("best-times", "--json"),
    ("calibration", "--json"),
    ("meaning", "status", "--json"),
    ("history", "--json"),
    ("doctor", "--json"),
    ("paths", "--json"),
    ("templates", "list", "--json"),
    ("backup", "--list", "--json"),
    ("restore", "--list", "--json"),
)
WRITING = (
    ("add", "[] Run it @me ^fri #nosuch", "--json"),
    ("guess", "new", "817", "--json"),
    ("backup", "--json"),
    ("export", "vault", "vault", "--json"),
    ("import", "draft.md", "--json"),
    ("import", "draft.md", "--dry-run", "--json"),
    ("export", "vault", "vault", "--json"),
    ("vault", "sync", ".", "--dry-run", "--json"),
)


def strict(shape: Any) -> Any:
    """The schema with every object closed: what is printed and not promised is an omission of ours."""
    if isinstance(shape, list):
        return [strict(each) for each in cast("list[Any]", shape)]
    if not isinstance(shape, dict):
        return shape
    closed = {key: strict(each) for key, each in cast("dict[str, Any]", shape).items()}
    return (
        {**closed, "additionalProperties": False}
        if "properties" in closed and closed.get("type") == "object"
        else closed
    )


def name_of(arguments: tuple[str, ...]) -> str:
    return next(name for name in (" ".join(arguments[:2]), arguments[0]) if name in ANSWERS)


def check(name: str, printed: str) -> Any:
    found = json.loads(printed)
    schema = strict(whole(name, ANSWERS[name]))
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(found)
    return found


@pytest.fixture
def sampled(cli: Cli, log: Path, sample_log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The sample, in a log of this test's own."""
    log.write_bytes(sample_log.read_bytes())
    monkeypatch.setenv("ADVISORLOG_NOW", sample.NOW)
    monkeypatch.chdir(tmp_path)
    draft = "# Meeting\n\nAnn: you should fix that bug before Friday.\n\n- [ ] Run the DVFS baseline\n"
    (tmp_path / "draft.md").write_text(draft, encoding="utf-8")
    return cli


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_what_is_printed_is_what_is_promised(sampled: Cli, arguments: tuple[str, ...]) -> None:
    ran = sampled(*arguments)
    assert ran.code == (1 if arguments[0] == "check" else 0), ran.err
    check(name_of(arguments), ran.out)


@pytest.mark.parametrize("arguments", WRITING, ids=" ".join)
def test_commands_that_write_answer_as_promised(sampled: Cli, arguments: tuple[str, ...]) -> None:
    ran = sampled(*arguments)
    assert ran.code == 0, ran.err
    check(name_of(arguments), ran.out)


def test_a_list_of_each_record_is_not_empty(sampled: Cli) -> None:
    """An empty list fits every schema, and would prove nothing."""
    for noun in ("project", "person", "series", "meeting", "action", "idea", "reading"):
        found = check(f"{noun} list", sampled(noun, "list", "--json").out)
        assert found, noun
        key = found[0].get("slug") or found[0].get("handle") or str(found[0]["id"])
        check(f"{noun} show", sampled(noun, "show", key, "--json").out)
    assert sampled("guess", "new", "817").code == 0
    for arguments in (("tension", "list"), ("guess", "list", "--all"), ("idea", "graveyard")):
        assert check(" ".join(arguments[:2]), sampled(*arguments, "--json").out), arguments


def test_a_restored_log_and_a_pack_for_a_mentee_answer_as_promised(sampled: Cli, tmp_path: Path) -> None:
    written = check("backup", sampled("backup", "--json").out)
    check("restore", sampled("restore", written["path"], "--yes", "--json").out)
    folder = tmp_path / "out"
    assert sampled("export", "mentee", "noor", "-f", "json", "-o", str(folder)).code == 0
    check("export mentee", next(folder.glob("*.json")).read_text(encoding="utf-8"))


def test_an_empty_log_answers_as_promised(cli: Cli) -> None:
    for name in ANSWERS:
        if name.endswith(" list") or name in ("best-times", "calibration", "history", "doctor", "idea graveyard"):
            check(name, cli(*name.split(), "--json").out)


def test_of_many_lines_one_that_can_not_be_stored_is_named_and_the_others_are_kept(cli: Cli) -> None:
    ran = cli("add", "--json", stdin=b"! one\n!\n= two ^nosuchday\n")
    assert ran.code == 1
    found = check("add", ran.out)
    assert [(each["kind"], each["text"]) for each in found["stored"]] == [
        ("advice", "one"),
        ("decision", "two ^nosuchday"),
    ]
    assert [each["typed"] for each in found["refused"]] == ["!"]
    assert found["stored"][1]["misread"] == ["nosuchday"]
    assert json.loads(cli("entry", "list", "--json").out)[0]["text"] in ("one", "two ^nosuchday")


def test_nothing_on_stdin_is_no_success(cli: Cli) -> None:
    ran = cli("add", "--json", stdin=b"")
    assert ran.code == 1
    assert check("add", ran.out) == {"stored": [], "refused": []}


def answering(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[str]:
    """The commands that can print JSON."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, Group):
            yield from answering(command, (*path, name))
            continue
        for option in command.params:
            kinds = option.type.choices if isinstance(option.type, click.Choice) else ()
            if "--json" in option.opts or ("--format" in option.opts and "json" in kinds):
                yield " ".join((*path, name))


def test_every_command_that_prints_json_has_a_schema() -> None:
    assert sorted(answering(root)) == sorted(ANSWERS)


@pytest.mark.parametrize("name", ANSWERS)
def test_a_schema_is_a_schema(cli: Cli, name: str) -> None:
    ran = cli("schema", *name.split())
    assert ran.code == 0
    Draft202012Validator.check_schema(json.loads(ran.out))


def test_what_has_no_schema_is_said(cli: Cli) -> None:
    assert cli("schema").out.split("\n")[:-1] == list(ANSWERS)
    ran = cli("schema", "idea", "rm")
    assert ran.code == 1
    assert "idea list" in ran.err


def keys(shape: Any, known: dict[str, Any], at: str = "", seen: tuple[str, ...] = ()) -> Iterator[str]:
    if "$ref" in shape:
        name = shape["$ref"].rsplit("/", 1)[1]
        if name not in seen:
            yield from keys(known[name], known, at, (*seen, name))
    for each in shape.get("anyOf", ()):
        yield from keys(each, known, at, seen)
    if shape.get("items"):
        yield from keys(shape["items"], known, f"{at}[]", seen)
    for name, each in shape.get("properties", {}).items():
        yield f"{at}.{name}"
        yield from keys(each, known, f"{at}.{name}", seen)


def published() -> set[str]:
    found: set[str] = set()
    for name, shape in ANSWERS.items():
        schema = whole(name, shape)
        found |= {f"{name}: {key.lstrip('.')}" for key in keys(schema, schema.get("$defs", {}))}
    return found


def test_no_key_that_was_promised_is_gone() -> None:
    promised = set(PROMISED.read_text(encoding="utf-8").splitlines())
    assert not promised - published()
    assert len(promised) > 900
