"""The gate: a line of a model is shown only as far as the sentence that it names bears it out. Code decides, no prompt.

The quote has to be the whole sentence, after blanks, quotation marks and hyphens are made alike; it is what is shown. A
paraphrase (opt-in) must pass every check of `paraphrase` besides; else the line falls back to its quote. Without a
quote that stands it is dropped, and shown as dropped with why. What passes is traceable; that it is true, nobody says.
"""

from dataclasses import dataclass
from enum import StrEnum

from advisorlog.assist.material import Material, Sentence
from advisorlog.assist.paraphrase import objection
from advisorlog.domain.spans import normalised


class Shown(StrEnum):
    """What became of a line."""

    QUOTE = "quote"
    PARAPHRASE = "paraphrase"
    FELL_BACK = "fell back to its quote"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Grounded:
    """A line after the gate: what is shown of it, the sentence it rests on, and why it is not shown as it was."""

    shown: Shown
    text: str
    sentence: Sentence | None = None
    why: str = ""


def ground(material: Material, number: int, quote: str, worded: str = "") -> Grounded:
    """Let a line through, or not. `worded` is its paraphrase; empty where none was asked for."""
    sentence = _quoted(material, number, quote)
    if sentence is None:
        why = (
            f"it names sentence {number}, and there is none"
            if material.numbered(number) is None
            else f"its quote is not sentence {number}, nor any other that was sent"
        )
        return Grounded(Shown.DROPPED, worded or quote, None, why)
    if not worded.strip() or normalised(worded) == normalised(sentence.text):
        return Grounded(Shown.QUOTE, sentence.text, sentence)
    why = objection(sentence.text, worded, is_planned=sentence.is_planned)
    if why:
        return Grounded(Shown.FELL_BACK, sentence.text, sentence, why)
    return Grounded(Shown.PARAPHRASE, " ".join(worded.split()), sentence)


def share_dropped(lines: list[Grounded]) -> float:
    """How many of the lines the gate dropped, 0 to 1."""
    return sum(line.shown is Shown.DROPPED for line in lines) / len(lines) if lines else 0.0


def _quoted(material: Material, number: int, quote: str) -> Sentence | None:
    """The sentence that the quote is: the one it names, else the only one that it matches."""
    said = normalised(quote)
    named = material.numbered(number)
    if not said or named is None:
        return None
    if normalised(named.text) == said:
        return named
    others = [each for each in material.sentences if normalised(each.text) == said]
    return others[0] if len(others) == 1 else None
