"""Other words, by the model, for what a cold reader can't follow: each takes the place of its sentence, and says so."""

from collections.abc import Sequence
from dataclasses import replace

from advisorlog.assist.grounding import Grounded, Shown
from advisorlog.documents.document import Document, Item
from advisorlog.workflow import checking
from advisorlog.workflow.assisting import helping
from advisorlog.workflow.assisting.helper import Helper

BY_MODEL = "reworded by the model"
APART = "\n\n"
"""Between two items, so that no sentence runs from one into the next."""


def lines(helper: Helper, document: Document, *, language: bool) -> list[Grounded]:
    """Other words for sentences of the document's items; what says more than the text does comes back as dropped."""
    text = APART.join(item.text for section in document.sections for item in section.items)
    found = checking.check(helper.settings, text, language=language)
    if not found:
        helper.say("A cold reader can follow this.")
        return []
    return [
        replace(each, shown=Shown.DROPPED) if each.shown is Shown.FELL_BACK else each
        for each in helping.rewrites(helper, text, found)
    ]


def reworded(document: Document, taken: Sequence[Grounded]) -> Document:
    """The document with the sentences that were taken in the place of the old ones; such an item is no quote any more.

    A sentence that the document does not hold any more is left alone.
    """
    return replace(
        document,
        sections=tuple(
            replace(section, items=tuple(_reworded(item, taken) for item in section.items))
            for section in document.sections
        ),
    )


def text_with(text: str, taken: Sequence[Grounded]) -> str:
    """A text with the sentences that were taken in the place of the old ones; all else as it was."""
    places = {each.sentence.start: each for each in taken if each.sentence is not None}
    for start, each in sorted(places.items(), reverse=True):
        assert each.sentence is not None
        text = text[:start] + each.text + text[each.sentence.end :]
    return text


def _reworded(item: Item, taken: Sequence[Grounded]) -> Item:
    for each in taken:
        if each.sentence is not None and each.sentence.text in item.text:
            aside = item.aside if BY_MODEL in item.aside else ", ".join(filter(None, (item.aside, BY_MODEL)))
            text = item.text.replace(each.sentence.text, each.text, 1)
            item = replace(item, text=text, aside=aside, is_quote=False)
    return item
