"""Templates stay compiled, and nobody notices but by the time it takes."""

from datetime import date
from pathlib import Path

import pytest

from advisorlog.documents.compiled import CompiledTemplates
from advisorlog.documents.document import Document
from advisorlog.documents.rendering import Renderer
from advisorlog.domain.kinds import DocumentKind
from advisorlog.errors import AdvisorlogError

BRIEF = Document(DocumentKind.BRIEF, "A title", "", date(2026, 11, 24), 350, ())


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "brief.md.j2").write_text("one {{ document.title }}\n")
    return folder


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "templates"


def rendered(own: Path, kept: Path) -> str:
    return Renderer([own], kept).render(BRIEF, "md")


def test_a_template_is_compiled_once(own: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered(own, kept) == "one A title\n"
    assert len(list(kept.iterdir())) == 1

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr("jinja2.environment.Environment.compile", refuse)
    assert rendered(own, kept) == "one A title\n"


def test_a_template_that_was_changed_is_in_force_at_once(own: Path, kept: Path) -> None:
    rendered(own, kept)
    (own / "brief.md.j2").write_text("two {{ document.title }}\n")
    assert rendered(own, kept) == "two A title\n"


@pytest.mark.parametrize("broken", ["{{ document.nothing }}", "{{ document.__class__.__mro__ }}", "{{ 1 / 0 }}"])
def test_an_error_names_its_file_and_line_the_second_time_too(own: Path, kept: Path, broken: str) -> None:
    (own / "brief.md.j2").write_text(f"fine\n\n{broken}\n")
    for _ in range(2):
        with pytest.raises(AdvisorlogError, match=r"own/brief\.md\.j2:3"):
            rendered(own, kept)


def test_the_sandbox_holds_for_what_is_kept(own: Path, kept: Path) -> None:
    (own / "brief.md.j2").write_text("{{ ''.__class__.__base__.__subclasses__() }}\n")
    for _ in range(2):
        with pytest.raises(AdvisorlogError, match="sandbox"):
            rendered(own, kept)


def test_what_is_kept_and_damaged_is_made_anew(own: Path, kept: Path) -> None:
    rendered(own, kept)
    (file,) = kept.iterdir()
    for damaged in (b"", file.read_bytes()[:40], b"\x00" * 200):
        file.write_bytes(damaged)
        assert rendered(own, kept) == "one A title\n"


def test_a_folder_that_others_can_write_to_is_not_used(own: Path, kept: Path) -> None:
    rendered(own, kept)
    (file,) = kept.iterdir()
    file.unlink()
    kept.chmod(0o777)
    assert rendered(own, kept) == "one A title\n"
    assert list(kept.iterdir()) == []


def test_where_nothing_can_be_kept_it_goes_without(own: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert rendered(own, tmp_path / "file" / "templates") == "one A title\n"


def test_what_an_older_program_left_is_taken_away(own: Path, kept: Path) -> None:
    kept.mkdir(parents=True, mode=0o700)
    (kept / "0123456789ab-0.bin").write_bytes(b"old")
    rendered(own, kept)
    assert [path.name.startswith("0123456789ab") for path in kept.iterdir()] == [False]
    assert CompiledTemplates(kept).directory == str(kept)
