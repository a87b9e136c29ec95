"""How well entries are proposed from labelled notes: by the rules, and by the endpoint in your settings.

`python -m bench.proposals`. Without a model that may `propose`, the rules alone. The figures of a model are those of
this run, on these notes; `dropped` is the share of its lines that the gate did not let through.
"""

from advisorlog import config
from advisorlog.assist.asking import Cost
from advisorlog.assist.failing import AssistFailed
from advisorlog.assist.grounding import Grounded
from advisorlog.assist.material import Material, Record, Sentence
from advisorlog.domain.kinds import RecordKind
from advisorlog.domain.proposing import propose
from advisorlog.domain.proposing.turns import turns
from advisorlog.domain.spans import sentences
from tests.assist.labels import Score, labelled

PARTS = ("tuning", "held-out", "spoken", "written")


def main() -> None:
    settings = config.load()
    for part in PARTS:
        rules = Score()
        for notes in labelled(part):
            rules.add(notes, propose(notes.text))
        _print(part, "rules", rules)
    if "propose" not in settings.assist.tasks:
        print("No model is switched on for `propose`: `advisorlog assist setup --task propose`.")
        return
    for part in PARTS:
        _by_model(settings, part)


def _by_model(settings: config.Settings, part: str) -> None:
    from advisorlog.assist.client import Asking
    from advisorlog.assist.endpoint import of_settings
    from advisorlog.assist.tasks import extracting

    score, lines, dropped, failed, cost = Score(), 0, list[Grounded](), 0, Cost()
    for notes in labelled(part):
        material = _material(notes.text)
        try:
            answer = Asking(of_settings(settings.assist)).ask(extracting.question(material))
        except AssistFailed:
            failed += 1
            score.add(notes, [])
            continue
        found, out = extracting.read(answer.value, material)
        score.add(notes, found)
        lines += len(answer.value.entries)
        dropped += out
        cost = Cost(
            cost.sent + answer.cost.sent, cost.received + answer.cost.received, cost.seconds + answer.cost.seconds
        )
    _print(part, settings.assist.model or "model", score)
    share = len(dropped) / lines if lines else 0.0
    print(
        f"    dropped {share:.2f} of {lines} lines; {failed} of {len(labelled(part))} notes without an answer; {cost}"
    )


def _material(notes: str) -> Material:
    """As a task sends them; the labelled notes are nobody's log, so nothing is withheld."""
    found: list[Sentence] = []
    for turn in turns(notes):
        for span in sentences(notes[turn.start : turn.end]):
            start, end = turn.start + span.start, turn.start + span.end
            text = " ".join(notes[start:end].split())
            found.append(Sentence(len(found) + 1, Record(RecordKind.DOCUMENT, 0), start, end, text, by=turn.speaker))
    return Material(tuple(found[:120]))


def _print(part: str, what: str, score: Score) -> None:
    right, wrong, missed, kind = score.counts
    print(
        f"{part:<9} {what:<12} precision {score.precision:.2f}, recall {score.recall:.2f} "
        f"({right} right, {wrong} wrong, {missed} missed; kind right in {kind})"
    )


if __name__ == "__main__":
    main()
