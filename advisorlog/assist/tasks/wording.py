"""Sentences as every task sends them."""

from typing import Any

from advisorlog.assist.material import Material, Sentence


def sentence(each: Sentence) -> dict[str, Any]:
    """A sentence as JSON; what isn't known is left out."""
    known = {
        "kind": each.what,
        "day": each.day.isoformat() if each.day else "",
        "by": each.by,
        "planned": "yes: it has not happened" if each.is_planned else "",
    }
    return {"sentence": each.number, "text": each.text} | {name: value for name, value in known.items() if value}


def sentences(material: Material) -> list[dict[str, Any]]:
    return [sentence(each) for each in material.sentences]
