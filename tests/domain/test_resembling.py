"""Which texts are alike. The pairs were written after the rule was fixed; the ideas are those of the sample log."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.domain.resembling import closest, resemblance

DEAD = {
    "per-layer-clocks": (
        "Change the clocks layer by layer",
        "A locked-clock change takes less than 5 ms, short enough for the memory-bound layers of ResNet-50.",
    ),
    "batch-and-cap": (
        "Tune batch size and cap together",
        "At equal final accuracy, batch size and cap together save at least 10 points more than the cap alone.",
    ),
    "router-lookahead": (
        "Let the router announce the load of the next layer",
        "The logits of one layer explain at least 60% of the variance of the next layer's expert load.",
    ),
    "a2a-idle": (
        "Lower the clocks while GPUs communicate",
        "One low clock during the gradient exchange saves at least 2% of the energy at under 1% of step time.",
    ),
    "carbon-hours": ("Train when the grid is clean",),
}

ALIKE = [
    ("per-layer-clocks", "Could we change the clock for each layer of the network?"),
    ("per-layer-clocks", "Try switching clocks between layers, memory-bound ones don't need the speed"),
    ("batch-and-cap", "Why don't you tune the batch size too? Savings would double."),
    ("router-lookahead", "Let the router tell you the load of the next layer"),
    ("router-lookahead", "The gate's logits should predict the expert load one layer ahead"),
    ("carbon-hours", "Shift training to hours when the grid is clean"),
    ("a2a-idle", "Lower the GPU clocks during communication"),
    ("a2a-idle", "Drop the clock during the gradient exchange, nobody computes then"),
]

OTHER = [
    "Write the introduction before the related work",
    "Compare with DVFS before claiming a win",
    "Run five seeds on the A100 and report the spread",
    "Put the cap of every workload into one table",
    "Ask Sam for the clocks permission on the new nodes",
    "Train Noor on the meter before the demo",
    "Plan the batch of experiments for the spring deadline",
    "And run Slackline on top of the cap. If they add, that's your figure 1.",
]


@pytest.mark.parametrize(("slug", "text"), ALIKE)
def test_old_ideas_in_new_clothes_are_known_again(slug: str, text: str) -> None:
    assert closest(text, DEAD)[0][0] == slug


@pytest.mark.parametrize("text", OTHER)
def test_other_advice_is_left_alone(text: str) -> None:
    assert closest(text, DEAD) == []


def test_korean_particles_do_not_matter_and_chinese_has_no_blanks() -> None:
    dead = {"clocks": ("층마다 클럭을 바꾸기",)}
    assert closest("클럭을 층마다 바꾸면 어떨까?", dead)[0][0] == "clocks"
    assert closest("논문 서론을 먼저 쓰자", dead) == []
    assert closest("每层改变时钟频率", {"clocks": ("逐层改变时钟",)})


@given(st.text(max_size=200), st.text(max_size=200))
def test_it_is_symmetric_and_bounded(first: str, second: str) -> None:
    assert resemblance(first, second) == resemblance(second, first)
    assert 0 <= resemblance(first, second).share <= 1
    assert resemblance(first, first).share in (0, 1)
