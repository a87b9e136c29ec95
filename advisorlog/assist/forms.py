"""The forms of answers: every text, list and number bounded, and nothing besides them."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from advisorlog.assist.material import LONGEST, MOST

Number = Annotated[int, Field(ge=1, le=MOST)]
Quote = Annotated[str, Field(max_length=LONGEST + 40)]
Words = Annotated[str, Field(max_length=LONGEST)]
Short = Annotated[str, Field(max_length=40)]


class Strict(BaseModel):
    """A form that takes nothing besides its fields, and no value of another type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Line(Strict):
    """A sentence that was chosen, and optionally other words for it."""

    sentence: Number
    quote: Quote
    paraphrase: Words = ""


class Lines(Strict):
    lines: Annotated[list[Line], Field(max_length=40)]


class Entry(Strict):
    """An entry that a sentence of the notes makes. `owner` and `due` stand in that sentence."""

    sentence: Number
    quote: Quote
    kind: Literal["advice", "decision", "result", "takeaway", "question", "todo"]
    owner: Short = ""
    due: Short = ""


class Entries(Strict):
    entries: Annotated[list[Entry], Field(max_length=60)]


class Judgement(Strict):
    """Of one pair: do both still hold together?"""

    pair: Number
    conflict: Literal["likely", "unsure", "unlikely"]


class Judgements(Strict):
    pairs: Annotated[list[Judgement], Field(max_length=40)]


class Keyword(Strict):
    """Words for a search box, and the sentence that they help with."""

    sentence: Number
    quote: Quote
    keyword: Short


class Keywords(Strict):
    keywords: Annotated[list[Keyword], Field(max_length=16)]


class Rewrite(Strict):
    """Other words for one finding's sentence."""

    finding: Number
    rewrite: Words


class Rewrites(Strict):
    rewrites: Annotated[list[Rewrite], Field(max_length=40)]


def schema(
    form: type[BaseModel], *, most: int, highest: int, longest: int, without: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """The schema that is sent, as tight as the material makes it, all fields asked for and no reference inside it.

    `most` bounds the list, `highest` every number, `longest` every quote; the fields in `without` are not asked for.
    """
    whole = form.model_json_schema()
    (listed,) = whole["properties"]
    (name,) = whole["$defs"]
    item: dict[str, Any] = whole["$defs"][name]
    fields = {
        field: _bounded(field, dict(shape), highest, longest)
        for field, shape in item["properties"].items()
        if field not in without
    }
    row = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    rows = {"type": "array", "items": row, "maxItems": max(1, most)}
    return {"type": "object", "properties": {listed: rows}, "required": [listed], "additionalProperties": False}


def _bounded(field: str, shape: dict[str, Any], highest: int, longest: int) -> dict[str, Any]:
    for name in ("title", "default"):
        shape.pop(name, None)
    if shape.get("type") == "integer":
        shape["maximum"] = max(1, highest)
    if field in ("quote", "paraphrase", "rewrite"):
        shape["maxLength"] = max(1, min(longest, shape["maxLength"]))
    return shape
