"""The model's help with single records: entries, pairs, reasons, keywords, rewrites. Proposals, all of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from advisorlog import config
from advisorlog.assist.grounding import Grounded
from advisorlog.assist.material import Record, Sending
from advisorlog.assist.tasks import extracting, judging, reasoning, rewriting, studying
from advisorlog.documents import comparison, mentee
from advisorlog.domain import proposing
from advisorlog.domain.kinds import RecordKind
from advisorlog.domain.stateless import Finding
from advisorlog.domain.tension import Candidate
from advisorlog.store.connection import reading
from advisorlog.store.reading import entries, people
from advisorlog.workflow import guesses
from advisorlog.workflow.assisting.helper import Helper
from advisorlog.workflow.meaning.ranking import near_lines
from advisorlog.workflow.proposing import BY_MODEL, Offer, by_rules, offers


@dataclass(frozen=True, slots=True)
class Offered:
    """Entries from notes: the model's, and those of the rules that it did not find; and what the gate dropped."""

    offers: tuple[Offer, ...]
    dropped: tuple[Grounded, ...]


def entries_from(helper: Helper, notes: str) -> Offered:
    """The model's proposals with the rules' marked lines; the rules' alone where it was of no help."""
    ruled = by_rules(helper.settings, notes)
    with reading(helper.settings.log) as connection:
        material = Sending(connection, config.now(helper.settings.zone)).notes(notes)
    answer = helper.ask(extracting.question(material), material.withheld) if material.sentences else None
    if answer is None:
        return Offered(tuple(ruled), ())
    found, dropped = extracting.read(answer.value, material)
    marked = [each for each in ruled if each.proposal.is_marked]
    model = [
        each
        for each in offers(helper.settings, notes, found, BY_MODEL)
        if not any(_overlap(each.proposal, other.proposal) for other in marked)
    ]
    return Offered(tuple(sorted([*marked, *model], key=lambda each: each.proposal.start)), tuple(dropped))


def _overlap(one: proposing.Proposal, other: proposing.Proposal) -> bool:
    return one.start < other.end and other.start < one.end


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair that may conflict, and what the model thinks: `likely`, `unsure`, `unlikely`, or nothing."""

    candidate: Candidate
    word: str


def tensions(helper: Helper, most: int = 20) -> list[Judged]:
    """The candidates of the rules in the model's order; in the rules' own where it was of no help."""
    now = config.now(helper.settings.zone)
    with reading(helper.settings.log) as connection:
        nearness = near_lines(helper.settings, helper.say)
        found = comparison.open_candidates(connection, now, None, False, nearness)[:most]
        numbers = [point.id for each in found for point in (each.first, each.second)]
        material = Sending(connection, now).material(Record(RecordKind.ENTRY, number) for number in numbers)
    pairs = [(each.first.id, each.second.id) for each in found]
    if not judging.sendable(material, pairs):
        return [Judged(each, "") for each in found]
    answer = helper.ask(judging.question(material, pairs), material.withheld)
    words = judging.read(answer.value, material, pairs) if answer else {}
    judged = [Judged(each, words.get(pair, "")) for each, pair in zip(found, pairs, strict=True)]
    return sorted(judged, key=lambda each: ("likely", "", "unsure", "unlikely").index(each.word))


def reasons(helper: Helper, advice_id: int) -> list[Grounded]:
    """Lines of the record that may be why something was advised, the likeliest first."""
    now = config.now(helper.settings.zone)
    with reading(helper.settings.log) as connection:
        advice = entries.entry(connection, advice_id)
        known = guesses.before(connection, advice)
        sending = Sending(connection, now)
        said = sending.material([Record(RecordKind.ENTRY, advice_id)])
        material = sending.material(Record(RecordKind.ENTRY, each.id) for each in known)
    if not said.sentences or not material.sentences:
        helper.say("Nothing about this advice may be sent.")
        return []
    answer = helper.ask(reasoning.question(said, material), material.withheld)
    return reasoning.read(answer.value, material) if answer else []


def keywords(helper: Helper, name: str) -> list[Grounded]:
    """Search keywords for a mentee, each with the line that it helps with."""
    now = config.now(helper.settings.zone)
    with reading(helper.settings.log) as connection:
        pack = mentee.read(connection, name, now, None)
        person = people.person(connection, name)
        told = [*pack.said, *pack.questions, *pack.theirs]
        records = [Record(RecordKind.ENTRY, each.id) for each in told]
        records += [Record(RecordKind.ACTION, each.id) for each in pack.promises]
        material = Sending(connection, now, person).material(records)
    if not material.sentences:
        helper.say("Nothing for this mentee may be sent.")
        return []
    answer = helper.ask(studying.question(material), material.withheld + len(pack.withheld))
    return studying.read(answer.value, material) if answer else []


def rewrites(helper: Helper, text: str, found: Sequence[Finding]) -> list[Grounded]:
    """Other words for the sentences that a cold reader can't follow."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    places = [rewriting.Place(starts[each.line - 1] + each.start, each.words, each.why) for each in found]
    with reading(helper.settings.log) as connection:
        material = Sending(connection, config.now(helper.settings.zone)).text(text)
    if not rewriting.located(material, places):
        return []
    answer = helper.ask(rewriting.question(material, places), material.withheld)
    return rewriting.read(answer.value, material, places) if answer else []
