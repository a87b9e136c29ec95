"""*Promised and delivered*: what was to be expected, what was closed since, and what is open, by whom it is owed."""

from advisorlog.documents.document import Cite, Item, Section
from advisorlog.documents.ranks import DONE, EXPECTED, PROMISES, STEP
from advisorlog.documents.standing import Standing
from advisorlog.documents.wording import Wording
from advisorlog.domain.kinds import ActionState, RecordKind
from advisorlog.domain.promise import carried_since_agreed
from advisorlog.store.reading.rows import Action

SHOWN_PROMISES = 6
"""Open promises that are listed one by one; two hundred of them would tell a reader nothing."""


def section(standing: Standing, wording: Wording) -> Section:
    done = [_closed(action, wording, place) for place, action in enumerate(standing.closed_actions)]
    ordered = sorted(standing.open_actions, key=lambda action: (_urgency(action, wording), action.opened.at))
    listed, rest = ordered[:SHOWN_PROMISES], ordered[SHOWN_PROMISES:]
    items = [
        *_expected(standing, wording),
        *done,
        *(_open(action, wording, place) for place, action in enumerate(listed)),
    ]
    if rest:
        late = sum(bool(action.due and action.due < wording.today) for action in rest)
        aside = f"{late} of them overdue" if late else ""
        items.append(Item(f"{len(rest)} more open promises in the log", PROMISES - 5, label="Open", aside=aside))
    return Section("promises", "Promised and delivered", tuple(items))


def _expected(standing: Standing, wording: Wording) -> list[Item]:
    """What the last summary said that the reader may expect, word for word, above what became of it."""
    last = standing.last
    if last is None or not last.expect:
        return []
    cite = (Cite(RecordKind.MEETING, last.id),)
    text, day = wording.plain(last.expect), wording.day(last.starts.day)
    return [Item(text, EXPECTED, label="Expected", aside=day, is_quote=True, cites=cite)]


def _urgency(action: Action, wording: Wording) -> tuple[int, str]:
    """Overdue first, then by day, then those without one."""
    if action.due is None:
        return 2, ""
    return (0 if action.due < wording.today else 1), action.due.isoformat()


def _from(action: Action, wording: Wording) -> str:
    return f"From {_reader_within(wording.owner(action))}"


def _reader_within(owner: str) -> str:
    """An owner within a sentence."""
    return {"You": "you", "Nobody yet": "nobody yet"}.get(owner, owner)


def _open(action: Action, wording: Wording, place: int) -> Item:
    late = action.due is not None and action.due < wording.today
    label = _from(action, wording)
    if action.is_mine:
        label = "Slipped" if late or carried_since_agreed(event.state for event in action.events) else "Open"
    return Item(
        wording.task(action),
        PROMISES - place,
        label=label,
        aside=wording.promise(action),
        cites=(Cite(RecordKind.ACTION, action.id),),
        key=f"action:{action.id}",
    )


def _closed(action: Action, wording: Wording, place: int) -> Item:
    closing = action.closed
    done = closing is not None and closing.state is ActionState.DONE
    label = "Done" if done else "Dropped"
    if not action.is_mine:
        label = f"{label} by {_reader_within(wording.owner(action))}"
    because = wording.plain(closing.because) if closing and closing.because else ""
    aside = wording.day(closing.when.day) if closing else ""
    return Item(
        wording.task(action),
        DONE - STEP * place,
        label=label,
        aside=": ".join(part for part in (aside, because) if part),
        cites=(Cite(RecordKind.ACTION, action.id),),
        key=f"action:{action.id}",
    )
