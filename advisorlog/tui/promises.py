"""What one does with a promise, from whichever screen shows it: kept, put off, given up."""

from datetime import date
from typing import Any

from advisorlog.domain import dates, promise
from advisorlog.store.reading import actions as reading
from advisorlog.store.reading.rows import Action
from advisorlog.tui import asking, showing
from advisorlog.tui.dialogs import Answers, Ask, Choice, Choose, Field
from advisorlog.tui.screen import RecordScreen
from advisorlog.workflow.times import day_to_come


def done(screen: RecordScreen[Any], number: int) -> None:
    """Kept; what shows it is asked for, and may stay empty."""

    async def run() -> None:
        action = await screen.desk.read(lambda connection: reading.action(connection, number, screen.desk.now()))
        about = f"Done means: {action.done_test}" if action.done_test else ""
        fields = [Field("because", "What shows it?", "3 GPUs, 5 seeds; table in the draft")]
        from advisorlog.workflow import actions

        desk = screen.desk
        await asking.change(
            screen,
            Ask(f"Done: {showing.task(action)}", fields, about, "done"),
            lambda answer: actions.done(desk.settings.log, desk.now(), [number], answer["because"]),
            f"Done. {screen.key('undo')} takes it back",
        )

    screen.later(run)


def carry(screen: RecordScreen[Any], number: int) -> None:
    """Put off; what was carried three times must be settled instead."""

    async def run() -> None:
        action = await screen.desk.read(lambda connection: reading.action(connection, number, screen.desk.now()))
        if promise.must_settle(event.state for event in action.events):
            await _choose(screen, action)
            return
        times = f"Put off {action.times_carried} times already." if action.times_carried else ""
        fields = [
            Field("due", "Until when?", "fri, 2w, 2026-12-01", needed=True),
            Field("because", "Why?", "the cluster was down", needed=action.times_carried >= promise.NEEDS_REASON),
        ]
        from advisorlog.workflow import actions

        now = screen.desk.now()

        def put_off(answer: Answers) -> date:
            due = day_to_come(answer["due"], now.day)
            actions.carry(screen.desk.settings.log, now, [number], due, answer["because"])
            return due

        question = Ask(f"Carry: {showing.task(action)}", fields, times, "carry")
        await asking.change(screen, question, put_off, lambda due: f"Carried to {dates.echo(due, now.day)}")

    screen.later(run)


def renegotiate(screen: RecordScreen[Any], number: int) -> None:
    """Another day, agreed with the other side; that needs its reason."""

    async def run() -> None:
        action = await screen.desk.read(lambda connection: reading.action(connection, number, screen.desk.now()))
        fields = [
            Field("due", "Until when?", "fri, 2w, 2026-12-01", needed=True),
            Field("because", "Why?", "Ann prefers the full sweep first", needed=True),
        ]
        from advisorlog.workflow import actions

        now = screen.desk.now()

        def agree(answer: Answers) -> date:
            due = day_to_come(answer["due"], now.day)
            actions.renegotiate(screen.desk.settings.log, now, number, due, answer["because"])
            return due

        question = Ask(f"Agree anew: {showing.task(action)}", fields, does="agree")
        await asking.change(screen, question, agree, lambda due: f"Agreed anew for {dates.echo(due, now.day)}")

    screen.later(run)


def drop(screen: RecordScreen[Any], number: int) -> None:
    """Given up, with the reason."""

    async def run() -> None:
        action = await screen.desk.read(lambda connection: reading.action(connection, number, screen.desk.now()))
        fields = [Field("because", "Why is it given up?", "the reviewer no longer asks for it", needed=True)]
        from advisorlog.workflow import actions

        desk = screen.desk
        await asking.change(
            screen,
            Ask(f"Drop: {showing.task(action)}", fields, does="drop"),
            lambda answer: actions.drop(desk.settings.log, desk.now(), [number], answer["because"]),
            f"Dropped. {screen.key('undo')} takes it back",
        )

    screen.later(run)


def choose(screen: RecordScreen[Any], number: int) -> None:
    """Say what became of a promise."""

    async def run() -> None:
        action = await screen.desk.read(lambda connection: reading.action(connection, number, screen.desk.now()))
        await _choose(screen, action)

    screen.later(run)


async def _choose(screen: RecordScreen[Any], action: Action) -> None:
    facts = [f"Owner: {action.owner_name or 'nobody'}", f"Due: {showing.due(action.due, screen.desk.now().day).plain}"]
    facts += [f"Done means: {action.done_test}"] if action.done_test else []
    facts += [f"Because: {action.root}"] if action.root else []
    facts += [f"{event.when.day} {event.state}: {event.because}".rstrip(": ") for event in action.events]
    choices = [Choice("done", "Done", "kept")]
    if promise.must_settle(event.state for event in action.events):
        facts.append(f"Carried {promise.MUST_SETTLE} times: settle it.")
    else:
        choices.append(Choice("carry", "Carry", "put off to another day"))
    choices.append(Choice("agree", "Agree anew", "another day, with them"))
    choices.append(Choice("drop", "Drop", "given up, with the reason"))
    chosen = await screen.advisorlog.push_screen_wait(Choose(showing.task(action), choices, "\n".join(facts)))
    if chosen:
        {"done": done, "carry": carry, "agree": renegotiate, "drop": drop}[chosen](screen, action.id)
