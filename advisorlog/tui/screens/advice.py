"""Advice: all of it, the pairs that may conflict beside their contexts, and the guesses why something was advised."""

import sqlite3
from collections import Counter
from dataclasses import dataclass
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from advisorlog.documents import comparison
from advisorlog.documents.comparison import Comparison, Context
from advisorlog.domain import guess as rules
from advisorlog.domain.guess import Answered, Rate, Verdict
from advisorlog.domain.kinds import EntryKind
from advisorlog.domain.moments import Moment
from advisorlog.domain.tension import Candidate, Cause
from advisorlog.store.reading import browsing, entries, guesses
from advisorlog.store.reading.browsing import Sieve
from advisorlog.store.reading.guesses import Guess
from advisorlog.store.reading.rows import Entry
from advisorlog.tui import asking, said_lines, showing
from advisorlog.tui.dialogs import Ask, Choice, Choose, Field
from advisorlog.tui.screen import RecordScreen
from advisorlog.tui.widgets.key_bar import KeyBar
from advisorlog.tui.widgets.record_list import RecordList, Row
from advisorlog.tui.widgets.top_bar import TopBar
from advisorlog.workflow.meaning.ranking import near_lines

SHOWN = 40
"""Pairs that are listed, the likeliest."""
SHOWN_ADVICE = 500
"""Pieces of advice that are listed, the newest; the log has them all."""
CAUSES = {
    Cause.CONTEXT: "the two were told different things",
    Cause.EVIDENCE: "something was found in between",
    Cause.REFINEMENT: "the later makes the earlier more precise",
    Cause.REVERSAL: "they changed their mind",
    Cause.NONE: "both can be followed",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What may conflict, the likeliest first; all guesses; and what was advised, the newest first."""

    now: Moment
    pairs: tuple[tuple[Candidate, Entry, Entry], ...]
    guesses: tuple[Guess, ...]
    advice: tuple[Entry, ...]


class Advice(RecordScreen[Found]):
    """Pairs that may conflict, guesses, and all advice; `m` lets the model say how likely each pair is, which only
    orders them."""

    BINDINGS = [
        Binding("w", "guess", "Guess why", id="advice.guess", tooltip=said_lines.GUESS),
        Binding("m", "judge", "Ask the model", show=False, id="advice.model", tooltip="how likely each pair conflicts"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._judged: dict[tuple[int, int], str] = {}
        """What the model thinks of each pair, in the order in which it would have them looked at."""

    def compose(self) -> ComposeResult:
        yield TopBar("advice")
        with Vertical(id="advice"):
            yield Static("May conflict: open a pair to see what each was based on", classes="heading -first")
            yield RecordList("No two pieces of advice seem to conflict that you have not settled.", id="pairs")
            yield Static(id="guesses-heading", classes="heading")
            yield RecordList(
                f"None yet. {self.key('advice.guess')} on a piece of advice below makes one.", id="guesses"
            )
            yield Static(id="advice-heading", classes="heading")
            yield RecordList("None yet. `! text` in a meeting is advice.", id="advised")
        yield KeyBar()

    def read(self, connection: sqlite3.Connection) -> Found:
        now = self.desk.now()
        nearness = near_lines(self.desk.settings)
        candidates = comparison.open_candidates(connection, now, with_private=True, nearness=nearness)[:SHOWN]
        lines = entries.by_ids(connection, [point.id for each in candidates for point in (each.first, each.second)])
        pairs = ((each, lines[each.first.id], lines[each.second.id]) for each in candidates)
        advice = browsing.page(connection, Sieve(kind=EntryKind.ADVICE), 0, SHOWN_ADVICE)
        return Found(now, tuple(pairs), tuple(guesses.guesses(connection, now)), tuple(advice))

    def show(self, found: Found) -> None:
        today = found.now.day
        places = {pair: place for place, pair in enumerate(self._judged)}
        pairs = sorted(found.pairs, key=lambda each: places.get(_numbers(each[0]), len(places)))
        self.query_one("#pairs", RecordList).fill([_pair(*each, today, self._word(each[0])) for each in pairs])
        self.query_one("#guesses", RecordList).fill([_guess(each) for each in found.guesses])
        self.query_one("#guesses-heading", Static).update(_rate(found.guesses))
        self.query_one("#advised", RecordList).fill([_advised(each, today) for each in found.advice])
        newest = f"All advice: the newest {SHOWN_ADVICE}, the rest is in the log"
        heading = newest if len(found.advice) == SHOWN_ADVICE else f"All advice: {len(found.advice)}"
        self.query_one("#advice-heading", Static).update(showing.words(heading, showing.QUIET))
        if self.focused is None:
            self.query_one("#pairs" if pairs else "#advised", RecordList).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "guess" or self._advice() is not None

    def _advice(self) -> int | None:
        """The piece of advice that the cursor is on."""
        advised = self.query_one("#advised", RecordList)
        return int(advised.chosen) if advised.has_focus and advised.chosen else None

    def action_guess(self) -> None:
        if (number := self._advice()) is not None:
            said_lines.guess_why(self, number)

    def _word(self, candidate: Candidate) -> str:
        return self._judged.get(_numbers(candidate), "")

    def action_judge(self) -> None:
        self.later(self._judge)

    async def _judge(self) -> None:
        from advisorlog.workflow.assisting import Helper, helping, require

        require(self.desk.settings, "tension")
        self.tell("The model is asked; you can go on meanwhile")
        said: list[str] = []
        helper = Helper(self.desk.settings, "tension", said.append)
        found = await self.desk.do(lambda: helping.tensions(helper))
        self._judged = {_numbers(each.candidate): each.word for each in found}
        for line in said:
            self.tell(line)
        self.reload()

    @on(RecordList.Opened, "#advised")
    def _open_advice(self, event: RecordList.Opened) -> None:
        self.advisorlog.show_entry(int(event.key))

    @on(RecordList.Opened, "#pairs")
    def _open_pair(self, event: RecordList.Opened) -> None:
        one, _, other = event.key.partition("-")
        self.advisorlog.push_screen(PairPage(int(one), int(other)))

    @on(RecordList.Opened, "#guesses")
    def _open_guess(self, event: RecordList.Opened) -> None:
        self.later(lambda: self._answer(int(event.key)))

    async def _answer(self, number: int) -> None:
        found = await self.desk.read(lambda connection: guesses.guess(connection, number, self.desk.now()))
        if found.verdict is not None:
            self.tell(f"{found.verdict}. {found.real_reason or ''}")
            return
        choices = [Choice(verdict, str(verdict)) for verdict in Verdict]
        verdict = await self.advisorlog.push_screen_wait(Choose("How did it come out?", choices, found.question))
        if verdict is None:
            return
        needed = verdict != Verdict.RIGHT
        fields = [Field("because", "The real reason, as it was said", needed=needed)]
        from advisorlog.workflow import guesses as changing

        log, now, told = self.desk.settings.log, self.desk.now(), Verdict(verdict)
        await asking.change(
            self,
            Ask("Why was it?", fields, found.question),
            lambda answer: changing.answer(log, now, number, told, answer["because"]),
            f"Noted. {self.key('undo')} takes it back",
        )


def _numbers(candidate: Candidate) -> tuple[int, int]:
    return candidate.first.id, candidate.second.id


def _pair(candidate: Candidate, first: Entry, second: Entry, today: date, judged: str) -> Row:
    why = "; ".join([*(str(each) for each in candidate.why), *([f"the model: {judged}"] if judged else [])])
    lines = [
        showing.joined(
            showing.words(f"{showing.short_day(entry.said.day, today)}  ", showing.QUIET),
            showing.line(f"{_who(entry)}: ", showing.QUIET),
            showing.line(entry.text, showing.PRIVATE if entry.is_private else ""),
        )
        for entry in (first, second)
    ]
    body = Content("\n").join([*lines, showing.line(why, showing.QUIET)])
    return Row(f"{first.id}-{second.id}", showing.Hanging(showing.words("↯", showing.STRONG), body, 2))


def _who(entry: Entry) -> str:
    return "me" if entry.said_by_me else entry.speaker_name or "somebody"


def _advised(entry: Entry, today: date) -> Row:
    who = showing.line(f"{_who(entry)}: ", showing.QUIET)
    text = showing.told(entry.text, entry.said.day, showing.PRIVATE if entry.is_private else "")
    day = showing.words(showing.short_day(entry.said.day, today)[4:], showing.QUIET)
    return Row(str(entry.id), showing.Hanging(showing.words("!", showing.STRONG), showing.joined(who, text), 2, day))


def _guess(found: Guess) -> Row:
    style = showing.PRIVATE if found.visibility == "private" else ""
    came_out = str(found.verdict) if found.verdict else "to test"
    trail = showing.words(came_out, showing.QUIET if found.verdict else showing.STRONG)
    return Row(
        str(found.id),
        showing.Hanging(showing.words("?", showing.STRONG), showing.line(found.question, style), 2, trail),
    )


def _rate(found: tuple[Guess, ...]) -> Content:
    tested = [
        Answered(each.adviser_name or "somebody", each.resolved.day, each.verdict)
        for each in found
        if each.verdict and each.resolved
    ]
    rates = rules.rates(tested)
    told = [_way(adviser, [each for each in rates if each.adviser == adviser]) for adviser in _in_order(rates)]
    heading = "Guesses you got right, by half-year: " if told else "Guesses why something was advised"
    return showing.line(heading + "  ·  ".join(told), showing.QUIET)


def _in_order(rates: list[Rate]) -> list[str]:
    """The advisers, the one whom one asked most first."""
    tested: Counter[str] = Counter()
    for each in rates:
        tested[each.adviser] += each.tested
    return [adviser for adviser, _ in tested.most_common()]


def _way(adviser: str, rates: list[Rate]) -> str:
    """How often one was right about somebody, half-year by half-year."""
    shares = " → ".join(f"{each.share:.0%}" for each in rates)
    return f"{adviser} {shares} of {sum(each.tested for each in rates)}"


class PairPage(RecordScreen[Comparison]):
    """Two lines verbatim, what each hearer had been told, the difference, and what changed in between."""

    BINDINGS = [
        Binding("escape", "dismiss_screen", "Back", id="pair.leave"),
        Binding("n", "ask_next_time", "Ask in the next brief", id="pair.ask"),
        Binding("s", "settle", "Settle", id="pair.settle", tooltip="why both were said"),
    ]

    def __init__(self, one: int, other: int) -> None:
        super().__init__()
        self._one = one
        self._other = other

    def compose(self) -> ComposeResult:
        yield TopBar("advice")
        with VerticalScroll(id="pair"):
            yield Static(id="pair-text")
        yield KeyBar()

    def read(self, connection: sqlite3.Connection) -> Comparison:
        nearness = near_lines(self.desk.settings)
        return comparison.read(connection, self._one, self._other, self.desk.now(), nearness)

    def show(self, found: Comparison) -> None:
        today = self.desk.now().day
        parts = [showing.line(found.headline, showing.QUIET)]
        parts += _side("First", found.first, found.first_context, today)
        parts += _side("Then", found.second, found.second_context, today)
        for title, facts in (("Only the first knew", found.only_first), ("Only the second knew", found.only_second)):
            parts.append(showing.words(f"\n{title}", "bold"))
            parts += [
                showing.joined("  ", showing.line(fact.text), showing.line(f"  {fact.told_in}", showing.QUIET))
                for fact in facts
            ] or [showing.words("  nothing that the log knows of", showing.QUIET)]
        parts += _between(found, today)
        parts += _end(found)
        self.query_one("#pair-text", Static).update(Content("\n").join(parts))
        if self.focused is None:
            self.query_one("#pair").focus()

    def action_ask_next_time(self) -> None:
        from advisorlog.workflow import tensions

        desk = self.desk
        self.change(
            lambda: tensions.ask(desk.settings.log, desk.now(), self._one, self._other, ""),
            said=f"It is among the asks of the next brief. {self.key('undo')} takes it out",
        )

    def action_settle(self) -> None:
        self.later(self._settle)

    async def _settle(self) -> None:
        choices = [Choice(cause, str(cause), about) for cause, about in CAUSES.items()]
        cause = await self.advisorlog.push_screen_wait(Choose("Why were both said?", choices))
        if cause is None:
            return
        fields = [Field("because", "What did you find?", "she saw the mean, he saw the points", needed=True)]
        from advisorlog.workflow import tensions

        log, now, found = self.desk.settings.log, self.desk.now(), Cause(cause)
        await asking.change(
            self,
            Ask("Settle", fields),
            lambda answer: tensions.resolve(log, now, self._one, self._other, found, answer["because"]),
            "Settled; the pair does not come back",
        )

    def action_dismiss_screen(self) -> None:
        self.leave()


def _side(title: str, entry: Entry, context: Context, today: date) -> list[Content]:
    who = entry.speaker_name or "somebody"
    where = f", {entry.series_title or entry.meeting}" if entry.meeting else ""
    head = f"\n{title}: {entry.kind}, {showing.short_day(entry.said.day, today)}, {who}{where}"
    text = showing.lines(entry.text, showing.PRIVATE if entry.is_private else showing.STRONG)
    sent = [f"  had read: {each.title}, {each.sent.day}" for each in context.documents] or [
        f"  had read nothing of yours{' since the meeting before' if entry.meeting else ''}"
    ]
    sure = [
        f"  then: {idea.title}: {idea.status or 'new'}" + ("" if idea.confidence is None else f", {idea.confidence}%")
        for idea in context.ideas
    ]
    return [
        showing.line(head.strip("\n"), "bold"),
        text,
        *(showing.line(each, showing.QUIET) for each in (*sent, *sure)),
        Content(""),
    ]


def _between(found: Comparison, today: date) -> list[Content]:
    parts = [showing.words("\nWhat changed in between", "bold")]
    for event in found.between.ideas:
        mood = " (mood)" if event.mood else ""
        moved = " ".join(filter(None, (event.status and str(event.status), showing.percent(event.confidence))))
        parts.append(
            showing.line(f"  {showing.short_day(event.when.day, today)}  #{event.idea} {moved} {event.because}{mood}")
        )
    said = sorted((*found.between.results, *found.between.decisions), key=lambda each: each.said.at)
    parts += [showing.line(f"  {showing.short_day(each.said.day, today)}  {each.kind}: {each.text}") for each in said]
    if found.between.more:
        parts.append(showing.words(f"  {found.between.more} more in the log", showing.QUIET))
    return parts if len(parts) > 1 else [*parts, showing.words("  nothing that the log knows of", showing.QUIET)]


def _end(found: Comparison) -> list[Content]:
    settled = found.tension
    if settled and settled.cause:
        return [showing.words(f"\nSettled as {settled.cause}", "bold"), showing.line(f"  {settled.because}")]
    if settled and settled.question_id:
        return [showing.words("\nIt is asked in the next brief", "bold")]
    if found.question:
        return [
            showing.words("\nA question for the next brief (n puts it there)", "bold"),
            showing.line(found.question),
        ]
    return [showing.line(f"No question is drafted: {found.unasked}", showing.QUIET)]
