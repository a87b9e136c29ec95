"""*Asks* and *Next*: at most three questions, each with its kind, and what is planned or soon to be settled."""

from advisorlog.documents.document import Cite, Item, Section
from advisorlog.documents.ranks import ASKS, NEXT, STEP
from advisorlog.documents.standing import Standing
from advisorlog.documents.wording import Wording
from advisorlog.domain import ask as asking
from advisorlog.domain.kinds import AskKind, RecordKind
from advisorlog.store.reading.rows import Entry

MOST_ASKS = 3


def section(standing: Standing, wording: Wording) -> Section:
    """At most three questions: those with a kind first, then the newest."""
    asks = [(entry, asking.parse(entry.text)) for entry in standing.questions]
    asks.sort(key=lambda each: each[1].kind is None)
    items = tuple(_ask(entry, ask, wording, place) for place, (entry, ask) in enumerate(asks[:MOST_ASKS]))
    return Section("asks", "Asks", items, more=max(0, len(asks) - MOST_ASKS), more_of="more open questions in the log")


_ASKS = {AskKind.DECIDE: "Decide", AskKind.UNBLOCK: "Unblock", AskKind.CHECK: "Sanity-check"}


def _ask(entry: Entry, ask: asking.Ask, wording: Wording, place: int) -> Item:
    details: list[str] = []
    if ask.options:
        details.append("Options: " + " / ".join(wording.plain(option) for option in ask.options))
    if ask.recommendation:
        sure = f", {ask.sure}% sure" if ask.sure is not None else ""
        details.append(f"I recommend: {wording.plain(ask.recommendation)}{sure}")
    return Item(
        wording.quote(ask.question, entry.said.day),
        ASKS - STEP * place,
        label=_ASKS[ask.kind] if ask.kind else "Question",
        details=tuple(details),
        cites=(Cite(RecordKind.ENTRY, entry.id),),
        key=f"entry:{entry.id}",
    )


def next_steps(standing: Standing, wording: Wording) -> Section:
    """What is planned for the meeting, and the claims that come due soon."""
    items: list[Item] = []
    # The agenda of a meeting that was held since may say what happened; only what was planned is told as planned.
    if standing.target:
        cite = (Cite(RecordKind.MEETING, standing.target.id),)
        items += [
            Item(wording.plain(topic), NEXT - STEP * place, label="To discuss", cites=cite)
            for place, topic in enumerate(standing.target.agenda)
        ]
    soon = [i for i in standing.alive if i.resolve_by and i.outcome is None and i.claim]
    for idea in sorted(soon, key=lambda each: str(each.resolve_by))[:2]:
        if idea.resolve_by and 0 <= (idea.resolve_by - wording.today).days <= 60:
            items.append(
                Item(
                    wording.plain(idea.claim or idea.title),
                    NEXT - 100 - STEP * len(items),
                    label="To be settled",
                    aside=f"by {wording.day(idea.resolve_by)}",
                    cites=(Cite(RecordKind.IDEA, idea.id),),
                )
            )
    return Section("next", "Next", tuple(items))
