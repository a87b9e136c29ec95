"""Ideas by status, as a board and as a list; and one idea with its curve and everything that moved it."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import HorizontalScroll, Vertical
from textual.widgets import Static

from advisorlog.domain import bayes, lifecycle
from advisorlog.domain.inert import inert_line
from advisorlog.domain.kinds import IdeaStatus
from advisorlog.domain.moments import Moment
from advisorlog.store.reading import graveyard, ideas
from advisorlog.store.reading.rows import Idea
from advisorlog.tui import asking, confidence, showing
from advisorlog.tui.dialogs import Answers, Ask, Choice, Choose, Confirm, Field
from advisorlog.tui.returning import returning
from advisorlog.tui.screen import RecordScreen
from advisorlog.tui.widgets.key_bar import KeyBar
from advisorlog.tui.widgets.record_list import RecordList, Row
from advisorlog.tui.widgets.top_bar import TopBar
from advisorlog.workflow.meaning.ranking import near_resting

COLUMNS = (
    ("open", "Spark, exploring", (IdeaStatus.SPARK, IdeaStatus.EXPLORING, None)),
    ("promising", "Promising", (IdeaStatus.PROMISING,)),
    ("validated", "Validated", (IdeaStatus.VALIDATED, IdeaStatus.PUBLISHED)),
    ("resting", "Parked, killed", lifecycle.RESTING),
)


@dataclass(frozen=True, slots=True)
class Known:
    """Every idea, with its confidences so far, oldest first."""

    now: Moment
    ideas: tuple[Idea, ...]
    curves: dict[int, tuple[int, ...]]


CLAIM = "The claim: what could turn out true or false?"
A_CLAIM = "Caps lose at most 5% time at 20% less power"


class IdeaScreen(RecordScreen[Any]):
    """What can be done with an idea from the board and from its own page."""

    BINDINGS = [
        Binding("n", "new", "New", id="idea.new"),
        Binding("m", "move", "Move", id="idea.move"),
        Binding("c", "confidence", "Confidence", id="idea.confidence"),
        Binding("x", "kill", "Kill", id="idea.kill"),
        Binding("e", "edit", "Edit", id="idea.edit", show=False, tooltip="its title and its claim"),
        Binding("r", "revive", "Revive", id="idea.revive", tooltip="a parked or killed one, and why"),
        Binding("w", "weigh", "Weigh evidence", id="idea.weigh", show=False, tooltip="what you saw, by Bayes' rule"),
        Binding(
            "o",
            "outcome",
            "Outcome",
            id="idea.outcome",
            show=False,
            tooltip="whether its claim came true; scores what you had said",
        ),
        Binding(
            "y",
            "judgement",
            "How I judge",
            id="idea.judgement",
            show=False,
            tooltip="how sure you were, and how it came out",
        ),
    ]

    def chosen_idea(self) -> Idea | None:
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("kill", "revive"):
            idea = self.chosen_idea()
            return idea is not None and (idea.status in lifecycle.RESTING) == (action == "revive")
        return True

    @on(RecordList.Moved)
    def _other_keys(self) -> None:
        self.refresh_bindings()

    def action_new(self) -> None:
        self.later(self._new)

    async def _new(self) -> None:
        fields = [
            Field("title", "The idea in a few words", needed=True),
            Field("claim", CLAIM, A_CLAIM),
            Field("confidence", "How sure are you, in percent?", "50"),
        ]
        from advisorlog.workflow import ideas as changing

        log, now = self.desk.settings.log, self.desk.now()

        def like(said: str, connection: sqlite3.Connection) -> list[str]:
            alike = graveyard.returned(connection, said, now)
            near = near_resting(self.desk.settings, connection, said, now)
            by_model = [returning(near, "By a model of meaning, near")] if near and near not in alike else []
            return [*map(returning, alike), *by_model]

        def make(answer: Answers) -> tuple[str, list[str]]:
            beginning = changing.Beginning(confidence=confidence.percent_if_said(answer["confidence"]))
            wanted, said = changing.IdeaFields(claim=answer["claim"]), f"{answer['title']} {answer['claim']}"
            told = self.desk.ask(lambda connection: like(said, connection))
            return changing.new(log, now, answer["title"], None, wanted, beginning).name, told

        made = await asking.ask(self, Ask("A new idea", fields, does="make it"), make)
        if made is None:
            return
        for each in made[1]:
            self.notify(inert_line(each), severity="warning", timeout=12, markup=False)
        self.tell(f"New: #{made[0]}")
        self.reload()

    def action_edit(self) -> None:
        if (idea := self.chosen_idea()) is not None:
            self.later(lambda: self._edit(idea))

    async def _edit(self, idea: Idea) -> None:
        fields = [
            Field("title", "The idea in a few words", value=idea.title, needed=True),
            Field("claim", CLAIM, A_CLAIM, value=idea.claim or ""),
        ]
        from advisorlog.workflow import ideas as changing

        log, now = self.desk.settings.log, self.desk.now()
        await asking.change(
            self,
            Ask(idea.title, fields),
            lambda answer: changing.edit(log, now, idea.slug, changing.IdeaFields(answer["title"], answer["claim"])),
        )

    def action_move(self) -> None:
        if (idea := self.chosen_idea()) is not None:
            self.later(lambda: self._move(idea))

    async def _move(self, idea: Idea) -> None:
        allowed = lifecycle.allowed_moves(idea.status)
        choices = [Choice(status, f"{showing.STATUS_SIGN[status]} {status}") for status in allowed]
        about = f"It is {idea.status} now." if idea.status else ""
        status = await self.advisorlog.push_screen_wait(Choose(f"Move: {idea.title}", choices, about))
        if status is not None:
            await self._move_to(idea, IdeaStatus(status))

    def action_kill(self) -> None:
        if (idea := self.chosen_idea()) is not None:
            self.later(lambda: self._move_to(idea, IdeaStatus.KILLED))

    def action_revive(self) -> None:
        if (idea := self.chosen_idea()) is not None:
            if idea.status in lifecycle.RESTING:
                self.later(lambda: self._move_to(idea, IdeaStatus.EXPLORING))
            else:
                self.tell(f"It is alive: {self.key('idea.move')} moves it")

    async def _move_to(self, idea: Idea, status: IdeaStatus) -> None:
        fields = [Field("because", "Because?", "what was seen or decided", needed=True)]
        fields.append(Field("evidence", "Evidence: numbers of lines, or readings", "1203 kim2024"))
        fields.append(Field("confidence", "How sure are you now, in percent?", showing.percent(idea.confidence)))
        if status is IdeaStatus.KILLED:
            fields.append(Field("revive", "Revive if?", "somebody shows that DVFS is not enough"))
        if status is IdeaStatus.PARKED:
            fields.append(Field("revisit", "Revisit when?", "after the spring deadline"))
        from advisorlog.workflow import ideas as changing

        log, now = self.desk.settings.log, self.desk.now()

        def move(answer: Answers) -> changing.Moved:
            reason = changing.Reason(answer["because"], answer["evidence"].split())
            sure = confidence.percent_if_said(answer["confidence"])
            revive, revisit = answer.get("revive", ""), answer.get("revisit", "")
            return changing.move(log, now, idea.slug, status, reason, revive, revisit, sure)

        question = Ask(f"{str(status).capitalize()}: {idea.title}", fields, does=str(status))
        await asking.change(self, question, move, lambda moved: f"#{moved.slug}: {moved.before} → {moved.after}")

    def action_confidence(self) -> None:
        if (idea := self.chosen_idea()) is not None:
            self.later(lambda: self._confidence(idea))

    async def _confidence(self, idea: Idea) -> None:
        now = f"{idea.confidence}% now." if idea.confidence is not None else ""
        fields = [
            Field("percent", "How sure, in percent?", "70", needed=True),
            Field("because", "Because of what? Nothing means: a mood", "the baseline came out 4% lower"),
            Field("evidence", "Evidence: numbers of lines, or readings", "1203 kim2024"),
        ]
        await confidence.note(self, Ask(f"Confidence: {idea.title}", fields, now, "note it"), idea.slug)

    def action_weigh(self) -> None:
        if (idea := self.chosen_idea()) is not None:
            self.later(lambda: self._weigh(idea))

    async def _weigh(self, idea: Idea) -> None:
        """Bayes' rule: what was seen, how much likelier it is if the claim holds, and what that makes of it."""
        now = self.desk.now()
        events = await self.desk.read(lambda connection: ideas.events(connection, [idea.id], now))
        prior = lifecycle.confidence_at(events, now.day).from_evidence
        fields = [
            Field("prior", "How sure before it, in percent?", "50", value=showing.percent(prior), needed=True),
            Field("ratio", "How many times as likely is it if the claim is true?", "3, 1/4, 3:1", needed=True),
            Field("because", "What did you see?", "a second GPU agrees", needed=True),
            Field("evidence", "Evidence: numbers of lines, or readings", "1203 kim2024"),
        ]
        said: list[Answers] = []

        def weigh(answer: Answers) -> bayes.Update:
            said[:] = [answer]
            return bayes.update(confidence.percent(answer["prior"]), bayes.ratio_said(answer["ratio"]))

        step = await asking.ask(
            self, Ask(f"Weigh what you saw: {idea.title}", fields, idea.claim or "", "weigh it"), weigh
        )
        if step is None:
            return
        keep = Confirm(f"{step.prior}% → {step.percent}%", f"Keep {step.percent}%", step.meaning)
        if await self.advisorlog.push_screen_wait(keep) == Confirm.YES:
            confidence.keep(self, idea.slug, step.percent, said[0]["because"], said[0]["evidence"].split())

    def action_outcome(self) -> None:
        if (idea := self.chosen_idea()) is not None:
            self.later(lambda: self._outcome(idea))

    async def _outcome(self, idea: Idea) -> None:
        if not idea.claim:
            self.tell(f"It has no claim yet that could turn out true or false: {self.key('idea.edit')} writes one")
            return
        choices = [Choice("true", "It came true"), Choice("false", "It did not")]
        said = await self.advisorlog.push_screen_wait(Choose(f"How did it turn out? {idea.title}", choices, idea.claim))
        if said is None:
            return
        fields = [
            Field("because", "What was seen?", "holds on 3 of 3 GPUs", needed=True),
            Field("evidence", "Evidence: numbers of lines, or readings", "1203 kim2024"),
        ]
        from advisorlog.workflow import ideas as changing

        log, now = self.desk.settings.log, self.desk.now()

        def resolve(answer: Answers) -> changing.Resolved:
            reason = changing.Reason(answer["because"], answer["evidence"].split())
            return changing.resolve(log, now, idea.slug, said == "true", reason, None)

        def told(found: changing.Resolved) -> str:
            return f"#{found.slug} turned out {said}{f'. {found.sure}' if found.sure else ''}"

        await asking.change(self, Ask(f"It turned out {said}", fields, idea.claim, "keep it"), resolve, told)

    def action_judgement(self) -> None:
        from advisorlog.tui.screens.judgement import Judgement

        self.advisorlog.push_screen(Judgement())


class Ideas(IdeaScreen):
    """The board: columns by status, or one list."""

    BINDINGS = [
        Binding("v", "view", "Board/list", id="ideas.view"),
        Binding("left", "column(-1)", "Left", show=False),
        Binding("right", "column(1)", "Right", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.found: Known | None = None

    def compose(self) -> ComposeResult:
        yield TopBar("ideas")
        with HorizontalScroll(id="board", can_focus=False):
            for place, (key, title, _) in enumerate(COLUMNS):
                # New ideas come into the first column, so there it says how.
                empty = "–" if place else f"None. {self.key('idea.new')} makes one."
                with Vertical(classes="column"):
                    yield Static(title, classes="heading -first")
                    yield RecordList(empty, id=f"column-{key}", classes="cards")
        yield RecordList(f"No idea yet. {self.key('idea.new')} makes one.", id="idea-list")
        yield KeyBar()

    def read(self, connection: sqlite3.Connection) -> Known:
        now = self.desk.now()
        known = ideas.ideas(connection, now)
        curves: dict[int, tuple[int, ...]] = {}
        for event in ideas.events(connection, [idea.id for idea in known], now):
            if event.confidence is not None and not event.mood:
                curves[event.idea_id] = (*curves.get(event.idea_id, ()), event.confidence)
        return Known(now, tuple(known), curves)

    def show(self, found: Known) -> None:
        self.found = found
        for key, _, statuses in COLUMNS:
            here = [idea for idea in found.ideas if idea.status in statuses]
            here.sort(key=lambda idea: -(idea.confidence or 0))
            self.query_one(f"#column-{key}", RecordList).fill([_card(idea) for idea in here])
        every = sorted(found.ideas, key=_order)
        self.query_one("#idea-list", RecordList).fill([_row(idea, found.curves.get(idea.id, ())) for idea in every])
        if self.focused is None:
            self._first_list().focus()

    def _first_list(self) -> RecordList:
        if self.has_class("-list"):
            return self.query_one("#idea-list", RecordList)
        columns = list(self.query(".cards").results(RecordList))
        return next((column for column in columns if column.keys), columns[0])

    def chosen_idea(self) -> Idea | None:
        focused = self.focused
        if not isinstance(focused, RecordList) or self.found is None:
            return None
        return next((idea for idea in self.found.ideas if idea.slug == focused.chosen), None)

    @on(RecordList.Opened)
    def _open(self, event: RecordList.Opened) -> None:
        self.advisorlog.show_idea(event.key)

    def action_view(self) -> None:
        self.toggle_class("-list")
        self._first_list().focus()

    def action_column(self, by: int) -> None:
        """To the next column that has a card, also from one that has lost its last."""
        columns = list(self.query(".cards").results(RecordList))
        here = next((number for number, column in enumerate(columns) if column.has_focus), None)
        if here is None:
            return
        ahead = columns[here + 1 :] if by > 0 else columns[:here][::-1]
        if (there := next((column for column in ahead if column.keys), None)) is not None:
            there.focus()


def _order(idea: Idea) -> tuple[int, int]:
    order = (*reversed(lifecycle.LIVING), *lifecycle.RESTING)
    return (order.index(idea.status) if idea.status else len(order), -(idea.confidence or 0))


def _card(idea: Idea) -> Row:
    style = showing.PRIVATE if idea.visibility == "private" else ""
    sign = showing.words(showing.STATUS_SIGN[idea.status] if idea.status else "·", "$accent")
    text = showing.joined(showing.line(idea.title, style), " ", showing.words(idea.sure, showing.STRONG))
    return Row(idea.slug, showing.Hanging(sign, text, 2))


def _row(idea: Idea, curve: tuple[int, ...]) -> Row:
    style = showing.PRIVATE if idea.visibility == "private" else ""
    sign = showing.words(showing.STATUS_SIGN[idea.status] if idea.status else "·", "$accent")
    lead = showing.joined(sign, " ", showing.words(str(idea.status or "new"), showing.QUIET))
    bars = showing.words(spark(curve[-12:]), showing.QUIET)
    trail = showing.joined(bars, showing.words(f" {idea.sure:>4}", showing.STRONG))
    return Row(idea.slug, showing.Hanging(lead, showing.line(idea.title, style), 14, trail))


def spark(curve: tuple[int, ...]) -> str:
    """Confidences (percent) as a line of bars."""
    return "".join("▁▂▃▄▅▆▇█"[min(7, percent * 8 // 100)] for percent in curve)
