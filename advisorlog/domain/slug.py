"""Names for machines out of names for people: `Power-limit sweep` becomes `power-limit-sweep`.

Letters of every script stay; accents stay too, as they tell words apart.
"""

import re
import unicodedata

LONGEST = 60
"""Characters of a slug; it is cut between words where it can be."""

_HONORIFICS = frozenset({"prof", "professor", "dr", "mr", "mrs", "ms", "mx"})


def slugify(title: str) -> str:
    """A slug of letters, digits and single dashes, lower-case, composed (NFC).

    Raises ValueError where the title holds neither a letter nor a digit.
    """
    slug = _shortened("-".join(_words(title)))
    if not slug:
        raise ValueError(f"“{title.strip()}” has no letter or digit to make a short name of; give it another name")
    return slug


def idea_slug(title: str) -> str:
    """A slug that can be tagged: `#` needs a letter next, so leading numbers move to the end (`5 seeds`: `seeds-5`).

    Raises ValueError as `slugify`.
    """
    return _beginning_with_letter(slugify(title), "idea")


def handle_for(name: str) -> str:
    """A handle for a person: `Prof. Ann Advisor <ann@x.edu>` becomes `ann-advisor`.

    Raises ValueError as `slugify`.
    """
    words = _words(re.sub(r"<[^<>]*>", " ", name)) or _words(name)
    while len(words) > 1 and words[0] in _HONORIFICS:
        words = words[1:]
    return _beginning_with_letter(slugify("-".join(words) or name), "person")


def _words(text: str) -> list[str]:
    # An apostrophe joins (Ann's, O'Neil); everything else that is no letter, digit or accent separates.
    joined = re.sub(r"['’ʼ]", "", unicodedata.normalize("NFC", text))
    lowered = unicodedata.normalize("NFC", joined.lower())
    kept = "".join(character if _is_kept(character) else " " for character in lowered)
    return [word for word in kept.split() if any(character.isalnum() for character in word)]


def _is_kept(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def _shortened(slug: str) -> str:
    if len(slug) <= LONGEST:
        return slug
    cut = slug.rfind("-", LONGEST // 2, LONGEST + 1)
    return slug[: cut if cut > 0 else LONGEST].rstrip("-")


def _beginning_with_letter(slug: str, otherwise: str) -> str:
    words = slug.split("-")
    first = next((number for number, word in enumerate(words) if word[0].isalpha()), None)
    return f"{otherwise}-{slug}" if first is None else "-".join(words[first:] + words[:first])
