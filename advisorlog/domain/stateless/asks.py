"""What is wanted from the reader: of what kind, and what the writer would do."""

from collections.abc import Iterator, Sequence

from advisorlog.domain import ask as grammar
from advisorlog.domain.kinds import AskKind
from advisorlog.domain.stateless.findings import Rule, Spot
from advisorlog.domain.stateless.layout import Block, Form, Layout
from advisorlog.domain.stateless.patterns import has
from advisorlog.domain.stateless.sentences import Sentence, sentences

_ASKS = (
    r"^\W*(?:my\s+|open\s+)?(?:asks?|questions?(?:\s+(?:for|to)\s+\w+)?|decisions?\s+needed"
    r"|for\s+you|help\s+needed|i\s+need)\b"
)
_TO_THE_READER = (
    r"\b(?:you|your)\b|\b(?:should|shall|can|could|do|may|must|would)\s+(?:I|we)\b|\bis\s+i"
    r"t\s+(?:ok|okay|fine|alright|acceptable)\b"
    r"|^\W*(?:ok|okay)\s+(?:to|if)\b"
)
_REQUEST = (
    r"(?:^|[,;:]\s|\band\s|\bso\s)\W*please\s+(?!note|see|find|refer|ignore|forgive|excuse|"
    r"bear|keep\s+in\s+mind|reply)\w+"
    r"|\bI(?:['’]d|\s+would)?\s+(?:(?:really|just|also|still|only)\s+)?(?:need|want|like|lo"
    r"ve|appreciate|welcome)\s+(?:to\s+(?:have|get|hear|know|ask)\s+)?"
    r"your\s+\w+"
    r"|\b(?:I|we)\s+(?:need|want)\s+you\s+to\s+\w+|\bcan\s+you\s+\w+|\bcould\s+you\s+\w+|\b"
    r"would\s+you\s+(?:mind|be\s+able)\b"
    r"|\blet\s+me\s+know\s+(?:if|what|whether|which|when|how|your)\b(?!\s+(?:you\s+have|there\s+(?:are|is)|anything))"
    r"|\b(?:tell|advise)\s+me\s+(?:if|what|whether|which|how)\b|\byour\s+(?:opinion|thought"
    r"s?|input|view)\s+(?:on|about)\b"
)
_REPORTED = (
    r"\b(?:you|he|she|they|reviewers?|\w+\s+[12])\s+(?:asked|wanted|wondered)\b|\b(?:reader"
    r"|reviewer|one|user)s?\s+(?:may|might|will|could)\s+ask\b"
)
_KIND = (
    r"\b(?:decid(?:e|es)|decisions?|unblock|unblocks|blocked|blocks\s+(?:me|us)|blocker|blo"
    r"cking|sanity[-\s]check|for\s+information|fyi)\b"
)
_UNBLOCK = r"\b(?:unblock|unblocks|blocked|blocks\s+(?:me|us)|blocker|blocking|for\s+information|fyi)\b"
_RECOMMENDED = (
    r"\brec(?:ommendation)?s?\s*:|\b(?:I|we)(?:['’]d|\s+would)?\s+(?:\w+ly\s+)?(?:recommend"
    r"|suggest|propose|lean|prefer|favou?r|vote)\b"
    r"|\b(?:I|we)(?:['’]d|\s+would)\s+(?:rather|go|pick|choose|take|keep|drop|say|use|submi"
    r"t|wait|do|start|skip|stay|run|cut|put|leave|stop|ask|send|move|try|still)\b"
    r"|\bmy\s+(?:\w+\s+)?(?:recommendation|preference|proposal|suggestion|guess|choice|favo"
    r"u?rite|pick|vote|answer|plan|default)\b"
    r"|\bI(?:['’]m|\s+am)\s+(?:\d+\s?%|leaning|inclined|for|in\s+favou?r)|\bI\s+think\s+(?:"
    r"we|I|that|the|it|yes|no|so|\w+ing)\b"
    r"|\bI\s+(?:believe|guess|expect)\b|\bunless\s+you\s+object\b|\bif\s+you\s+agree\b"
)


def asks(layout: Layout) -> Iterator[Spot]:
    """Asks that lack their kind or a recommendation; one finding a passage.

    What unblocks needs no recommendation: what is wanted is the recommendation. Whether something is recommended is
    looked for up to the next ask or heading, so that an item may say it in its sub-items.
    """
    blocks = layout.blocks
    for number, block in enumerate(blocks):
        if block.form not in (Form.PROSE, Form.ITEM):
            continue
        asked = _asked(layout, block)
        if asked is None:
            continue
        behind = _around(blocks, number)
        said = " ".join(layout.own[each.start : each.end] for each in (block, *behind))
        if missing := _missing(said, layout.own[block.start : block.end], block.section):
            why, suggestion = missing
            yield Spot(asked.start, asked.end, Rule.ASK, why, suggestion)


def _asked(layout: Layout, block: Block) -> Sentence | None:
    """The first sentence of a block that wants something from its reader."""
    in_asks = has(_ASKS, block.section) and block.indent == 0
    for sentence in sentences(layout, block):
        text = layout.own[sentence.start : sentence.end]
        is_question = text.rstrip(" )*_”\"'").endswith(("?", "？")) or has(r"\?\s*\|", text)
        if has(_REPORTED, text):
            continue
        if is_question and (in_asks or has(_TO_THE_READER, text) or has(rf"^\W*{_KIND}\W*:", text)):
            return sentence
        if has(_REQUEST, text):
            return sentence
    return None


def _around(blocks: Sequence[Block], number: int) -> Iterator[Block]:
    """The blocks behind an ask that may still belong to it: what hangs under an item, what follows a paragraph."""
    asked = blocks[number]
    for block in blocks[number + 1 : number + 9]:
        if block.form is Form.HEADING:
            return
        if asked.form is Form.ITEM and (block.form is not Form.ITEM or block.indent <= asked.indent):
            return
        yield block


def _missing(said: str, asked: str, section: str) -> tuple[str, str] | None:
    ask = grammar.parse(asked.strip().removeprefix("?"))
    has_kind = ask.kind is not None or has(_KIND, said) or has(_KIND, section)
    is_unblocking = ask.kind is AskKind.UNBLOCK or (has(_UNBLOCK, said) and ask.kind is None)
    has_recommendation = ask.recommendation is not None or has(_RECOMMENDED, said)
    name_it = "Begin it with decide, unblock or sanity-check"
    if not has_kind and not has_recommendation:
        return (
            "Says neither what kind of answer is wanted nor what you would do",
            f"{name_it}, and add what you recommend",
        )
    if not has_kind:
        return "Doesn't say what kind of answer is wanted", name_it
    if not has_recommendation and not is_unblocking:
        return "Doesn't say what you would do", "Add what you recommend and how sure you are"
    return None
