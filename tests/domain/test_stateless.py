"""The stateless check: its rules by example, and how well they do on labelled sentences.

`labelled/stateless-tuning.jsonl` is what the rules were tuned on. `stateless-held-out.jsonl` was written after they
were frozen. Who changes a rule measures both again and says so; a rule that only the held-out part would ask for waits.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.domain import stateless
from advisorlog.domain.stateless import Finding, Rule

LABELLED = Path(__file__).parent / "labelled"


def _found(text: str, *glossary: str) -> list[tuple[str, str]]:
    return [(str(each.rule), each.words) for each in stateless.check(text, glossary)]


def _scored(part: str) -> Iterator[tuple[str, Rule]]:
    """`right`, `wrong` or `missed`, for each finding and each that there should have been."""
    for line in (LABELLED / f"stateless-{part}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        expected = [(Rule(rule), words) for rule, all_words in row["expect"].items() for words in all_words]
        for found in stateless.check(row["text"], row.get("glossary", ())):
            meant = next((each for each in expected if each[0] is found.rule and _overlap(each[1], found)), None)
            if meant is not None:
                expected.remove(meant)
            yield "wrong" if meant is None else "right", found.rule
        yield from (("missed", rule) for rule, _ in expected)


def _overlap(words: str, found: Finding) -> bool:
    wanted, got = words.casefold(), found.words.casefold()
    return wanted in got or got in wanted


FIGURES = {
    "tuning": {
        Rule.REFERENCE: (17, 3, 4),
        Rule.PRONOUN: (7, 0, 2),
        Rule.TERM: (5, 0, 0),
        Rule.ASK: (7, 0, 0),
        Rule.CLAIM: (8, 0, 1),
        Rule.LENGTH: (2, 0, 0),
    },
    "held-out": {
        Rule.REFERENCE: (8, 5, 13),
        Rule.PRONOUN: (8, 2, 1),
        Rule.TERM: (9, 0, 0),
        Rule.ASK: (6, 0, 2),
        Rule.CLAIM: (7, 0, 4),
        Rule.LENGTH: (1, 0, 0),
    },
}
"""Right, wrong, missed."""


@pytest.mark.parametrize("part", FIGURES)
def test_precision_and_recall_by_kind(part: str) -> None:
    counted = Counter(_scored(part))
    kinds = ("right", "wrong", "missed")
    assert {rule: tuple(counted[kind, rule] for kind in kinds) for rule in Rule} == FIGURES[part]


def test_the_labelled_sentences_are_many_and_a_third_is_held_out() -> None:
    texts = {part: (LABELLED / f"stateless-{part}.jsonl").read_text("utf-8").splitlines() for part in FIGURES}
    assert sum(map(len, texts.values())) >= 150
    assert len(texts["held-out"]) * 3 >= sum(map(len, texts.values()))
    assert not set(texts["tuning"]) & set(texts["held-out"])


def test_a_finding_says_where_it_is_why_and_what_to_do() -> None:
    text = "Eight seeds, 16 GPUs.\n\nWe ran it again,\nas discussed, and it held.\n"
    (found,) = [each for each in stateless.check(text) if each.rule is Rule.REFERENCE]
    assert text.splitlines()[found.line - 1][found.start : found.end] == found.words == "as discussed"
    assert (found.line, found.start) == (4, 0)
    assert "doesn't remember" in found.why
    assert "say what was said, and when" in found.suggestion


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("As discussed, the sweep covers three models.", "reference", "As discussed"),
        ("Last time you wanted a second dataset.", "reference", "Last time"),
        ("The bug is fixed.", "reference", "The bug"),
        ("지난번에 말씀하신 대로 했습니다.", "reference", "지난번에"),
        ("It doesn't converge any more.", "pronoun", "It"),
        ("# Results\n\nThey disagree by 4 W.", "pronoun", "They"),
        ("The run used NCCL on eight workers.", "term", "NCCL"),
        ("The result for #knee-cap is in.", "term", "#knee-cap"),
        ("Can you look at the draft?", "ask", "Can you look at the draft?"),
        ("decide: Which deadline do we aim for?", "ask", "decide: Which deadline do we aim for?"),
        ("The new kernel is much faster.", "claim", "is much faster."),
        ("Energy drops by 14%.", "claim", "14%"),
        ("Obviously the scheduler is at fault.", "claim", "Obviously"),
    ],
)
def test_what_a_cold_reader_stumbles_over(text: str, rule: str, words: str) -> None:
    assert (rule, words) in _found(text)


@pytest.mark.parametrize(
    "text",
    [
        "As agreed on 14 November, I dropped the second baseline.",
        "The bug in the loader (found on 14 November) is fixed.",
        "A meter was off by 4 W. It is replaced.",
        "Mixture of experts (MoE) layers leave gaps of 40 ms; the MoE gaps are where we save.",
        "Unblock: can you ask the admins for root on the cluster?",
        "Decide: spring or fall? I'd go for spring, 70% sure.",
        "The kernel takes 3.1 ms, the old kernel 4.4 ms.",
        "I hope that the kernel is much faster.",
        "> The results look good, but what about the bug?",
        "```\nthe bug: NCCL is much faster\n```",
        "She wrote: “As discussed, the bug is much better now.”",
    ],
)
def test_what_stands_alone_or_is_somebody_elses_is_left_alone(text: str) -> None:
    assert _found(text) == []


def test_terms_of_the_glossary_are_known() -> None:
    assert _found("NCCL hangs on 2 of 8 workers.", "NCCL") == []


def test_without_the_rules_of_language_no_claim_and_no_length_is_judged() -> None:
    long = "The method is much faster and " + "it reads the traces of the scheduler and " * 8 + "stops."
    assert {each.rule for each in stateless.check(long)} == {Rule.CLAIM, Rule.LENGTH}
    assert stateless.check(long, rules=stateless.ALL - stateless.LANGUAGE) == []


PIECES = st.sampled_from(
    ["the bug", "As discussed", "It ", "NCCL", "14%", "much faster", "```", "> ", "# ", "- ", "\n", "\r\n", "“", "(",
     "|",
     "$", "<!--", "\x1b[31m", "\u202e", "지난번에 ", "---\n", " . ", "? ", "[](", "#idea "]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=12), max_size=30).map("".join))
def test_any_text_can_be_checked_and_every_span_lies_in_its_line(text: str) -> None:
    lines = text.split("\n")
    found = stateless.check(text)
    assert found == stateless.check(text)
    for each in found:
        assert 0 <= each.start <= each.end <= len(lines[each.line - 1])
        assert each.words.startswith(" ".join(lines[each.line - 1][each.start : each.end].split()))
