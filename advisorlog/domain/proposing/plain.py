"""A sentence as the cues see it: in lower case, without its fillers and its false starts."""

import re

_FILLERS = re.compile(
    r"(?:(?:so|um+|uh+|ok|okay|yeah|yes|well|anyway|and|but|also|right|no|alright|oh|hmm+|mm-hmm|you know|i mean|"
    r"i think|i guess|as i said|then|now|actually|basically|additionally|moreover|similarly|however|on the other hand|"
    r"finally|first|firstly|secondly|in any case)[\s,.]+)+"
)
_INSIDE = re.compile(r"\b(?:u[hm]+|er+m?|you know|i mean|sort of|kind of),? ")
_STUTTER = re.compile(r"\b(\w{1,6}(?:'\w+)?),? (?=\1\b)")
_BEGUN = re.compile(
    r"\b(?!(?:a|i|we|he|to|so|no|do|in|on|an|be|me|go|is|it|if|us|as|at|of|or|up|by|my|am|the|she|her|can|all|for|not|"
    r"any|out|use|see|has|may|how|now|who|one|two|new|set|get|put)\b)([a-z]{1,3}),? (?=\1[a-z])"
)
"""The beginning of a word that is then said whole: "have t to get th the demos"."""
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)|`")


def plain(sentence: str) -> str:
    """The sentence on one line, in lower case, with plain apostrophes, from its first word of weight on."""
    said = " ".join(_EMPHASIS.sub("", sentence).casefold().replace("’", "'").split())
    for _ in range(3):
        shorter = _BEGUN.sub("", _STUTTER.sub("", _INSIDE.sub("", said)))
        shorter = _FILLERS.sub("", shorter, count=1) if _FILLERS.match(shorter) else shorter
        if shorter == said:
            break
        said = shorter
    return said
