"""A brief or summary, arranged by the model: it chooses and orders lines; each stays a line of the log."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from advisorlog.assist.grounding import Grounded, Shown
from advisorlog.assist.material import Record, Sending
from advisorlog.assist.tasks import condensing
from advisorlog.documents.document import Document, Item, Section
from advisorlog.domain.kinds import RecordKind
from advisorlog.domain.moments import Moment
from advisorlog.store.connection import reading
from advisorlog.workflow.assisting.helper import Helper
from advisorlog.workflow.preparing import Arrange

CHOSEN_RANK = 3000
"""Above every rank that a document gives by itself, below what the user pinned."""
STEP = 10
KEPT_SECTIONS = frozenset({"promises", "asks", "todo", "next", "still-open", "expect"})
"""What is promised and what is asked is in the document whatever a model thinks of it."""


def lines(helper: Helper, document: Document, now: Moment) -> list[Grounded]:
    """The lines that the model chose, after the gate; none where it was of no help."""
    with reading(helper.settings.log) as connection:
        material = Sending(connection, now).material(_records(document))
    if not material.sentences:
        helper.say("Nothing in this document may be sent.")
        return []
    paraphrase = helper.settings.assist.paraphrase
    answer = helper.ask(condensing.question(material, str(document.kind), paraphrase), material.withheld)
    return condensing.read(answer.value, material, paraphrase) if answer else []


def of_document(helper: Helper, prepare: Callable[[Arrange], object], now: Moment) -> list[Grounded]:
    """As `lines`, of the document that `prepare` writes, whole as it is before it is cut to its budget."""
    offered: list[Grounded] = []

    def ask(document: Document) -> Document:
        offered.extend(lines(helper, document, now))
        return document

    prepare(ask)
    return offered


def arranged(document: Document, chosen: Sequence[Grounded]) -> Document:
    """The document with the chosen lines first, in their order, and what was offered and not chosen left out."""
    order: dict[Record, tuple[int, Grounded]] = {}
    for place, line in enumerate(chosen):
        if line.sentence is not None:
            order.setdefault(line.sentence.record, (place, line))
    if not order:
        return document
    return replace(document, sections=tuple(_section(section, order) for section in document.sections))


def _section(section: Section, order: dict[Record, tuple[int, Grounded]]) -> Section:
    kept: list[tuple[int, Item]] = []
    out = 0
    for place, item in enumerate(section.items):
        found = min(
            (order[each] for each in _records_of(item) if each in order), default=None, key=lambda each: each[0]
        )
        if found is not None:
            kept.append(
                (found[0], _worded(replace(item, rank=max(item.rank, CHOSEN_RANK - STEP * found[0])), found[1]))
            )
        elif section.key in KEPT_SECTIONS or not _records_of(item):
            kept.append((1000 + place, item))
        else:
            out += not item.is_extra
    ordered = [item for _, item in sorted(kept, key=lambda each: each[0])]
    return replace(section, items=tuple(ordered), more=section.more + out)


def _worded(item: Item, line: Grounded) -> Item:
    """A paraphrase that passed stands in the place of the quote, and says that it is none."""
    if line.shown is not Shown.PARAPHRASE:
        return item
    aside = f"{item.aside}, reworded by the model" if item.aside else "reworded by the model"
    return replace(item, text=line.text, is_quote=False, aside=aside)


def _records(document: Document) -> list[Record]:
    return [each for section in document.sections for item in section.items for each in _records_of(item)]


def _records_of(item: Item) -> list[Record]:
    sent = (RecordKind.ENTRY, RecordKind.ACTION, RecordKind.IDEA)
    return [Record(cite.record, cite.record_id) for cite in item.cites if cite.record in sent]
