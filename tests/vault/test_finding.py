"""Which files are read."""

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from advisorlog.vault.problems import Problem
from advisorlog.vault.reading import find_files, read_paths

needs_links = pytest.mark.skipif(os.name == "nt", reason="needs links without privileges")


def write(folder: Path, *places: str) -> None:
    for place in places:
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(place, encoding="utf-8")


def found(paths: Iterable[Path], folder: Path) -> tuple[list[str], list[str]]:
    """Files and problems, each by its place below the folder."""
    files: list[str] = []
    problems: list[str] = []
    for one in find_files(paths):
        if isinstance(one, Problem):
            problems.append(one.path.relative_to(folder).as_posix())
        else:
            files.append(one.relative_to(folder).as_posix())
    return files, problems


def test_notes_are_found_in_order_and_hidden_ones_are_not(tmp_path: Path):
    write(tmp_path, "b.md", "a.MD", "a/z.markdown", "a/b/c.txt", "c.org", "c.rst", "x.md.bak")
    write(tmp_path, ".obsidian/x.md", ".git/x.md", ".trash/x.md", ".hidden.md", "a/.x/y.md")
    files, problems = found([tmp_path], tmp_path)
    assert files == ["a.MD", "b.md", "c.org", "a/z.markdown", "a/b/c.txt"]
    assert problems == []


def test_what_is_named_is_taken_once(tmp_path: Path):
    write(tmp_path, "a.org", ".x/b.md", "c.md")
    paths = [
        tmp_path / "c.md",
        tmp_path / "a.org",
        tmp_path / ".x",
        tmp_path,
        tmp_path / ".x" / ".." / "c.md",
    ]
    assert found(paths, tmp_path) == (["c.md", "a.org", ".x/b.md"], [])


def test_what_is_not_there_is_reported(tmp_path: Path):
    write(tmp_path, "a.md")
    assert found([tmp_path / "absent", tmp_path / "a.md"], tmp_path) == (["a.md"], ["absent"])


def test_a_folder_like_a_note_is_reported_and_searched(tmp_path: Path):
    write(tmp_path, "x.md/a.md")
    assert found([tmp_path], tmp_path) == (["x.md/a.md"], ["x.md"])


@needs_links
def test_links(tmp_path: Path):
    root = tmp_path / "vault"
    write(tmp_path, "outside.md", "far/away.md")
    write(root, "real.md", ".store/hidden.md", "sub/deep.md")
    for name, target in {
        "again.md": root / "real.md",
        "kept.md": root / ".store" / "hidden.md",
        "out.md": tmp_path / "outside.md",
        "far": tmp_path / "far",
        "loop": root,
        "inner": root / "sub",
        "dead.md": root / "nothing",
        "turn.md": root / "turn.md",
        "picture.png": tmp_path / "outside.md",
    }.items():
        (root / name).symlink_to(target)
    files, problems = found([root], root)
    assert files == ["real.md", "sub/deep.md", "kept.md"]
    assert problems == ["dead.md", "far", "out.md", "turn.md"]


@needs_links
def test_a_folder_named_through_a_link_is_its_own_root(tmp_path: Path):
    write(tmp_path / "vault", "a.md")
    (tmp_path / "link").symlink_to(tmp_path / "vault")
    (tmp_path / "vault" / "b.md").symlink_to(tmp_path / "vault" / "a.md")
    assert found([tmp_path / "link"], tmp_path) == (["link/a.md"], [])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_closed_folder_stops_nothing(tmp_path: Path):
    write(tmp_path, "a/x.md", "b/y.md")
    (tmp_path / "a").chmod(0)
    try:
        assert found([tmp_path], tmp_path) == (["b/y.md"], ["a"])
    finally:
        (tmp_path / "a").chmod(0o700)


@pytest.mark.skipif(os.name == "nt", reason="paths are shorter there")
def test_deep_folders(tmp_path: Path):
    path = tmp_path
    for _ in range(900):
        path = path / "d"
    path.mkdir(parents=True)
    (path / "x.md").write_text("x", encoding="utf-8")
    (file,) = read_paths([tmp_path])
    assert file.note is not None
