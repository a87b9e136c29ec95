"""Acronyms and short names that are neither in the glossary nor spelt out in the text."""

from collections.abc import Iterable, Iterator

from advisorlog.domain.stateless.acronyms import KNOWN, SHOUTED
from advisorlog.domain.stateless.findings import Rule, Spot
from advisorlog.domain.stateless.layout import Form, Layout
from advisorlog.domain.stateless.patterns import CASED, compiled

_ACRONYM = (
    r"(?<![A-Za-z0-9_#@./\\&’'-])[A-Z][A-Za-z0-9]{1,9}(?![A-Za-z0-9_@&]|\.[A-Za-z]|/\w)|(?<"
    r"![A-Za-z0-9_#@.\\’'-])[A-Z]{2,6}(?=/[A-Z])|(?<=[A-Za-z]/)[A-Z]{2,6}(?![A-Za-z0-9_./])"
)
_AFTER_HYPHEN = r"(?<=[a-z]-)[A-Z]{2,6}s?(?![A-Za-z0-9_])"
_SLUG = r"(?<![\w&/#])#[a-z][\w-]{2,40}"
MOST_LETTERS = 6


def terms(layout: Layout, glossary: Iterable[str]) -> Iterator[Spot]:
    """Terms that a cold reader can't look up, at their first use; quoted ones too, for they can be spelt out nearby."""
    known = {word for term in glossary for word in (term.casefold(), *_words(term))}
    told: set[str] = set()
    for block in layout.blocks:
        if block.form is Form.HEADING and block.start < 40:
            continue
        for found in compiled(rf"{_ACRONYM}|{_AFTER_HYPHEN}|{_SLUG}", CASED).finditer(
            layout.hidden, block.start, block.end
        ):
            name = found[0]
            term = name.lstrip("#") if name.startswith("#") else _singular(name)
            if term.casefold() in known or term in told:
                continue
            told.add(term)
            if name.startswith("#"):
                why = "A short name out of your log, which the reader doesn't have"
                yield Spot(found.start(), found.end(), Rule.TERM, why, "Write the idea out in words")
            elif (
                _is_acronym(term)
                and not _is_shouted(layout.hidden, found.start(), found.end())
                and not _is_explained(layout, term)
            ):
                why = f"{term} is neither in the glossary nor spelt out"
                suggestion = f"Spell it out once, as in “... ({term})”, or add it to the project's glossary"
                yield Spot(found.start(), found.end(), Rule.TERM, why, suggestion)


def _words(term: str) -> Iterator[str]:
    return (found[0].casefold() for found in compiled(r"[A-Za-z0-9]+").finditer(term))


def _singular(name: str) -> str:
    return name[:-1] if name.endswith("s") and name[:-1].isupper() and len(name) > 2 else name


def _is_acronym(term: str) -> bool:
    """Capitals for the better part; no model number such as A100, no Roman numeral, no everyday one."""
    letters = [character for character in term if character.isalpha()]
    capitals = sum(map(str.isupper, letters))
    digits = len(term) - len(letters)
    if capitals < 2 or 2 * capitals <= len(letters) - (len(letters) == 3) or len(letters) > MOST_LETTERS or digits > 1:
        return False
    if term.rstrip("0123456789") in KNOWN or term in KNOWN or term in SHOUTED:
        return False
    return compiled(r"(?:X{0,3}(?:IX|IV|V?I{0,3}))", CASED).fullmatch(term) is None


def _is_shouted(text: str, start: int, end: int) -> bool:
    """A word among capitals: `THIS IS URGENT`."""
    before = compiled(r"\b([A-Z]{2,})[\s,!]+$", CASED).search(text[max(0, start - 30) : start])
    after = compiled(r"[\s,!]+([A-Z]{2,})\b", CASED).match(text, end)
    neighbours = [found[1] for found in (before, after) if found]
    return any(each in SHOUTED or len(each) > MOST_LETTERS for each in neighbours)


def _is_explained(layout: Layout, term: str) -> bool:
    """Whether the text spells the term out: in brackets beside it, behind a colon or `=`, or in a sentence."""
    text = layout.text
    name = compiled(r"(?<![A-Za-z0-9_])" + term + r"(?:s?)(?![A-Za-z0-9_])", CASED)
    for number, found in enumerate(name.finditer(text)):
        if number > 20:
            return False
        before, after = text[max(0, found.start() - 120) : found.start()], text[found.end() : found.end() + 160]
        if compiled(r"[(（\[][\s“\"*]*$").search(before) and compiled(r"[\s”\"*]*(?:[)）\]]|[,;:]\s)").match(after):
            lead = compiled(r"[\s*]*[(（\[][\s“\"*]*$").sub("", before)
            if _spells(term, lead, from_end=True) or compiled(r"[가-힣一-鿿]{2,}[\s*]*$").search(lead):
                return True
        opened = compiled(r"[\s*]*[(（\[]([^()（）\[\]]{4,140})[)）\]]").match(after)
        if opened and _explains(opened[1]):
            return True
        told = compiled(r"[*\s]*(?:[:=]|[-–—]\s|,)[*\s]*([^;.\n]{4,120})").match(after)
        if told and _spells(term, told[1], from_end=False):
            return True
        if compiled(
            r"[*\s]*(?:,\s*)?(?:stands\s+for|is\s+short\s+for|short\s+for|means|abbreviates|i\.e\.,"
            r"?|that\s+is,|is\s+the\s+abbreviation)\s+\w"
        ).match(after):
            return True
        if compiled(
            r"(?:terms|glossary|definitions|abbreviations|acronyms)\b",
        ).search(_label(layout, found.start())) and compiled(r"[*\s]*(?:[:=]|[-–—]\s)\s*\S").match(after):
            return True
    return False


def _label(layout: Layout, at: int) -> str:
    """The heading and the first words of the block that a place is in."""
    for block in layout.blocks:
        if block.start <= at < block.end:
            return f"{block.section} {layout.hidden[block.start : block.start + 24].strip()}"
    return ""


def _explains(inside: str) -> bool:
    """Words in brackets that explain rather than point or measure."""
    if compiled(r"\W*(?:see|section|table|figure|fig|cf|p\s*[<=>]|n\s*=|v?\d|\d|e\.g|due|by\s)").match(inside):
        return False
    return len(inside.split()) >= 2 or compiled(r"[가-힣一-鿿]{2,}").search(inside) is not None


def _spells(term: str, words: str, from_end: bool) -> bool:
    """Whether the term's letters are found in order in the words, each new word's beginning first of all."""
    letters = [character.lower() for character in term if character.isalpha()]
    found = [each[0].lower() for each in compiled(r"[^\W\d_]+").finditer(words)]
    chosen = found[-(2 * len(letters) + 1) :] if from_end else found[: 2 * len(letters) + 1]
    starts = range(len(chosen)) if from_end else range(min(2, len(chosen)))
    return any(_fits(letters, chosen[start:]) for start in starts)


def _fits(letters: list[str], words: list[str]) -> bool:
    """The first letter begins the first word; most of the others begin words too, the rest stand inside them."""
    if not words or not words[0].startswith(letters[0]):
        return False
    initials = iter(word[0] for word in words)
    if all(letter in initials for letter in letters):
        return True
    return len(words) <= len(letters) + 1 and len(words) * 2 >= len(letters) and _in_order(letters, "".join(words))


def _in_order(letters: list[str], text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
