"""What a question asks of its reader: `decide: Which deadline? | options: spring / fall | rec: spring 70%`."""

import re
from dataclasses import dataclass

from advisorlog.domain.kinds import AskKind


@dataclass(frozen=True, slots=True)
class Ask:
    """A question as understood. `sure` is how sure the recommendation is, in percent; None where it isn't said."""

    kind: AskKind | None
    question: str
    options: tuple[str, ...] = ()
    recommendation: str | None = None
    sure: int | None = None


_KINDS = {
    "decide": AskKind.DECIDE,
    "unblock": AskKind.UNBLOCK,
    "sanity-check": AskKind.CHECK,
    "sanity check": AskKind.CHECK,
    "check": AskKind.CHECK,
}
_KIND = re.compile(rf"\s*+((?ai:{'|'.join(_KINDS)}))\s*+:(?!:)")
_PART = re.compile(r"\|\s*+((?ai:options|rec|recommendation))\s*+:")
_BETWEEN = re.compile(r"(?:(?<=\s)|\A)/(?=\s|\Z)")


def parse(text: str) -> Ask:
    """Understand a question's text. Never raises; a text without any of the marks is a plain question.

    Only `| options:` and `| rec:` begin a part, so that `P(a | b)` stays whole. Options stand between ` / `, or
    between slashes without blanks where there is none with blanks. The first recommendation counts.
    """
    kind = _KIND.match(text)
    said = text[kind.end() :] if kind else text
    parts = list(_PART.finditer(said))
    question = said[: parts[0].start() if parts else len(said)].strip()
    options: tuple[str, ...] = ()
    recommended: tuple[str | None, int | None] = (None, None)
    for number, part in enumerate(parts):
        value = said[part.end() : parts[number + 1].start() if number + 1 < len(parts) else len(said)].strip()
        if part[1].lower() == "options":
            options += _options(value)
        elif recommended == (None, None):
            recommended = _recommended(value)
    return Ask(_KINDS[kind[1].lower()] if kind else None, question, options, *recommended)


def print_ask(ask: Ask) -> str:
    """The text that `parse` understands as this ask."""
    pieces = [f"{ask.kind}:"] if ask.kind else []
    if ask.question:
        pieces.append(ask.question)
    if ask.options:
        pieces.append("| options: " + _printed(ask.options))
    if ask.recommendation is not None or ask.sure is not None:
        pieces.append("| rec:")
        if ask.recommendation:
            pieces.append(ask.recommendation)
        if ask.sure is not None:
            pieces.append(f"{ask.sure}%")
    return " ".join(pieces)


def _options(value: str) -> tuple[str, ...]:
    parts = _BETWEEN.split(value) if _BETWEEN.search(value) else value.split("/")
    return tuple(option for part in parts if (option := part.strip()))


def _printed(options: tuple[str, ...]) -> str:
    printed = " / ".join(options)
    # A slash at the end says that the blank-surrounded slash is what separates, even for a single option.
    return f"{printed} /" if len(options) == 1 and "/" in printed else printed


def _recommended(value: str) -> tuple[str | None, int | None]:
    """The recommendation and its percent: `spring 70%`, `spring (70%)`, `spring, 70% sure`."""
    rest = value.removesuffix(")").rstrip()
    rest = (rest[:-4] if rest[-4:].lower() == "sure" else rest).rstrip()
    if rest.endswith("%"):
        rest = rest[:-1].rstrip()
        said = rest.rstrip("0123456789")
        digits = rest[len(said) :].lstrip("0") or rest[len(said) :][-1:]
        if 0 < len(digits) <= 3 and int(digits) <= 100 and (not said or said[-1].isspace() or said[-1] in ",;("):
            return said.rstrip(" \t\r\n,;(") or None, int(digits)
    return value or None, None
