"""Counting words as a reader does, and cutting a text where it hurts least."""

import re
import unicodedata

from advisorlog.domain.marks import verbatim_spans

CUT = " […]"
"""What stands where an excerpt was cut."""

LONGEST_WORD = 40
"""Characters that a word may take on average before an excerpt is cut by characters instead."""

LONGEST_CLUSTER = 64
"""Code points that are kept together as one written sign; more is an attack, not a sign."""

# Scripts that write words without spaces, where each character counts: kana and Han. Korean has spaces.
_EACH = (
    "\u3005-\u3007\u3021-\u3029\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[{_EACH}]|[^\W_][^\s{_EACH}]*+")  # behind the first bar no character is one of `_EACH`


def count_words(text: str) -> int:
    """Words of a text: runs between white space that hold a letter or a digit; each Han or kana character is one.

    Markdown's punctuation (`-`, `##`, `**`) counts nothing.
    """
    return sum(1 for _ in _WORD.finditer(text))


def excerpt(text: str, words: int) -> str:
    """The verbatim beginning of a text, at most `words` words, then ` […]`; the text itself where it fits.

    Cut behind a sentence where one ends in the second half, else behind a word, and never inside a written sign;
    not inside a formula or code either, where that leaves half of the words. A run without spaces is cut by
    characters (`LONGEST_WORD` a word).
    """
    end = _fitting(text, words)
    if end == len(text):
        return text
    end = _outside_verbatim(text, end)
    end = _sentence_end(text, end) or _sign_end(text, end)
    return text[:end].rstrip() + CUT if text[:end].strip() else CUT.strip()


def _fitting(text: str, words: int) -> int:
    """How many characters fit, whole words first."""
    longest = max(words, 0) * LONGEST_WORD
    end = 0
    for number, word in enumerate(_WORD.finditer(text)):
        if number >= words or word.end() > longest:
            # A single word that is far too long is cut inside; otherwise stop behind the last whole one.
            return longest if number < words and (end == 0 or longest - end > 2 * LONGEST_WORD) else end
        end = word.end()
    return min(len(text), longest)


def _outside_verbatim(text: str, end: int) -> int:
    for start, behind in verbatim_spans(text):
        if start >= end:
            break
        if end < behind and 2 * start >= end:
            return start
    return end


STOP = re.compile(r"(?:[.!?…]++[\"'”’)\]*_]*+(?=\s)|[。！？]++[」』”’）]*+|\n)")
_ABBREVIATIONS = """
e.g. i.e. cf. vs. fig. figs. eq. eqs. sec. no. nos. al. etc. dr. prof. mr. mrs. ms. st. approx. resp. ca.
jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. mon. tue. wed. thu. fri. sat. sun.
"""
_NO_STOP = frozenset(_ABBREVIATIONS.split())


def _sentence_end(text: str, end: int) -> int:
    """Where the last sentence within text[:end] ends, if that is in the second half; else 0."""
    found = 0
    for stop in STOP.finditer(text, end // 2, min(len(text), end + 1)):
        if stop.end() <= end and ends_sentence(text, stop):
            found = stop.end()
    return found


def ends_sentence(text: str, stop: re.Match[str]) -> bool:
    """Whether a match of `STOP` ends a sentence: an abbreviation's full stop, or one before a small letter, doesn't."""
    if stop[0] != ".":
        return True
    start = stop.start()
    while start > 0 and stop.start() - start < 8 and not text[start - 1].isspace():
        start -= 1
    word = text[start : stop.end()].lstrip("([{\"'“‘*_").lower()
    following = text[stop.end() : stop.end() + 2].strip()
    return len(word) > 2 and word not in _NO_STOP and not following.islower()


def _sign_end(text: str, end: int) -> int:
    """The last place up to `end` between two written signs (grapheme clusters, roughly); behind the first at least."""
    at = end
    while 0 < at < len(text) and _holds_together(text, at):
        at -= 1
        if end - at > LONGEST_CLUSTER:
            return end
    if at == 0:
        at = end
        while at < len(text) and at - end < LONGEST_CLUSTER and unicodedata.category(text[at])[0] == "M":
            at += 1
    return at


def _holds_together(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if unicodedata.category(after)[0] == "M" or after in "\u200c\u200d\uff9e\uff9f" or before == "\u200d":
        return True
    if "\u1160" <= after <= "\u11ff" or "\ud7b0" <= after <= "\ud7fb":
        return _is_hangul_start(before)
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True
    return _is_flag_letter(after) and _is_flag_letter(before) and _flag_letters_before(text, at) % 2 == 1


def _is_hangul_start(character: str) -> bool:
    return "\u1100" <= character <= "\u11ff" or "\ua960" <= character <= "\ua97c" or "\uac00" <= character <= "\ud7fb"


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flag_letters_before(text: str, at: int) -> int:
    start = at
    while start > 0 and _is_flag_letter(text[start - 1]):
        start -= 1
    return at - start
