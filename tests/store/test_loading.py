"""SQLAlchemy is loaded behind the first paint, while the user's first key may need it too: from two threads at once."""

import ast
from pathlib import Path

import advisorlog

PACKAGE = Path(advisorlog.__file__).parent


def test_sqlmodel_comes_before_sqlalchemy_wherever_that_is_loaded() -> None:
    """Who asks for a part of SQLAlchemy while another thread is half through it gets half of it."""
    for path in PACKAGE.rglob("*.py"):
        if "migrations" in path.parts:
            continue  # Alembic runs these, behind store/schema.py
        loaded = [name for node in ast.walk(ast.parse(path.read_text("utf-8"))) for name in _loaded(node)]
        first = next((name for name in loaded if name in ("sqlmodel", "sqlalchemy", "alembic")), "sqlmodel")
        assert first == "sqlmodel", path


def _loaded(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name.partition(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [(node.module or "").partition(".")[0]]
    return []
