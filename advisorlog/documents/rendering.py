"""From a document to text: Jinja templates in a sandbox, the user's own before ours."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from advisorlog.documents.document import Document
from advisorlog.documents.markdown import escaped
from advisorlog.domain.words import count_words
from advisorlog.errors import AdvisorlogError

FORMATS = ("md", "text", "html", "json")
_ENDINGS = {"md": "md", "text": "txt", "html": "html"}
WIDTH = 78
"""Columns of the text format: what a mail quotes without wrapping again."""


class Renderer:
    """Renders documents with the templates of some folders; the first folder that has one wins.

    With a folder `compiled`, templates are compiled there once and for all.
    """

    def __init__(self, folders: Sequence[Path], compiled: Path | None = None) -> None:
        from jinja2 import FileSystemLoader, StrictUndefined
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        from advisorlog.documents.compiled import CompiledTemplates

        self.folders = tuple(folders)
        self.environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader([str(folder) for folder in folders]),
            undefined=StrictUndefined,
            autoescape=_is_html,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            bytecode_cache=CompiledTemplates(compiled) if compiled else None,
        )
        self.environment.filters["md"] = escaped
        self.environment.filters["wrapped"] = wrapped

    def render(self, document: Document, form: str) -> str:
        """The document in one of `FORMATS`.

        Raises AdvisorlogError, with the template's file and line, where a template fails.
        """
        if form == "json":
            return json.dumps(_plain(document), ensure_ascii=False, indent=2) + "\n"
        if form == "html":
            self._learn_html()
        ending = _ENDINGS[form]
        return self._run([f"{document.kind}.{ending}.j2", f"document.{ending}.j2"], document)

    def _learn_html(self) -> None:
        """The filters of HTML templates, loaded where a page is wanted: they bring formulas and pictures."""
        from advisorlog.documents import html

        self.environment.filters["marked_up"] = html.marked_up
        self.environment.filters["drawn"] = html.drawn
        self.environment.filters["style_hash"] = html.style_hash

    def count(self, document: Document) -> int:
        """The words that a reader of the Markdown form counts."""
        return count_words(self.render(document, "md"))

    def _run(self, names: list[str], document: Document) -> str:
        from jinja2 import TemplateError, TemplateSyntaxError
        from jinja2.exceptions import SecurityError

        try:
            return self.environment.select_template(names).render(document=document)
        except TemplateSyntaxError as error:
            where = f"{error.filename}:{error.lineno}"
            raise AdvisorlogError(f"{where}: {error.message}", _MEND) from error
        except SecurityError as error:
            raise AdvisorlogError(
                f"{_where(error, self.folders)}: {error} (templates run in a sandbox)", _MEND
            ) from error
        except TemplateError as error:
            raise AdvisorlogError(f"{_where(error, self.folders)}: {error.message}", _MEND) from error
        except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
            raise AdvisorlogError(f"{_where(error, self.folders)}: {error}", _MEND) from error
        except OSError as error:
            raise AdvisorlogError(f"A template can't be read: {error}", _MEND) from error


def _is_html(name: str | None) -> bool:
    return name is not None and name.endswith(".html.j2")


_MEND = "Mend the template, or move it away to use ours: `advisorlog templates list`"


def _where(error: BaseException, folders: Sequence[Path]) -> str:
    """The innermost template line that an error passed through."""
    place = "a template"
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if any(name.startswith(str(folder)) for folder in folders):
            place = f"{name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def wrapped(text: str, first: str = "", later: str = "") -> str:
    """Text in lines of at most `WIDTH` columns; wide characters (Korean, Chinese, emoji) take two."""
    from unicodedata import east_asian_width

    def columns(word: str) -> int:
        return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in word)

    lines: list[str] = []
    line, used, begin = first, columns(first), True
    for word in text.split():
        size = columns(word)
        if not begin and used + 1 + size > WIDTH:
            lines.append(line)
            line, used, begin = later, columns(later), True
        line += word if begin else f" {word}"
        used += size if begin else size + 1
        begin = False
    return "\n".join([*lines, line])


def _plain(document: Document) -> dict[str, Any]:
    """The document's promise to scripts: kinds, sections, items, and the records each item cites."""
    return {
        "kind": document.kind,
        "title": document.title,
        "subtitle": document.subtitle,
        "as_of": document.as_of.isoformat(),
        "budget_words": document.budget,
        "withheld": document.withheld,
        "sections": [
            {
                "key": section.key,
                "title": section.title,
                "more": section.more,
                "items": [
                    {
                        "label": item.label,
                        "text": item.text,
                        "aside": item.aside,
                        "details": list(item.details),
                        "is_quote": item.is_quote,
                        "cites": [asdict(cite) for cite in item.cites],
                    }
                    for item in section.items
                ],
            }
            for section in document.sections
        ],
        "left_out": document.left_out,
        "closing": document.closing,
    }
