"""Words that point outside the text: at an earlier talk, at a thing never introduced, at nothing at all."""

import re
from collections.abc import Iterator
from re import Match

from advisorlog.domain.stateless.findings import Rule, Spot
from advisorlog.domain.stateless.layout import Block, Form, Layout
from advisorlog.domain.stateless.patterns import DATE, compiled, has
from advisorlog.domain.stateless.sentences import Sentence, sentences

_THEN = r"(?:\s+(?:last\s+time|before|earlier|previously|already))?"
_TALKED = (
    r"(?:discuss(?:ed)?|mention(?:ed)?|talk(?:ed)?\s+about|agreed(?:\s+(?:on|upon|to))?|said|told\s+you|explained"
    r"|suggested|asked(?:\s+for)?|requested|promised|noted|proposed|recommended|advised|decided|planned|showed\s+you)"
)
_EARLIER_TALK = (
    rf"\b(?:as|like)\s+(?:(?:we|I|you)(?:['’]ve|\s+have|\s+had)?\s+)?(?:(?:already|previousl"
    rf"y|just|both)\s+)*{_TALKED}{_THEN}\b"
    r"(?!\s+(?:above|below|in\s+(?:section|the|table|figure|\[)|by\s+(?!you|me|us)))"
    r"|\bas\s+(?:you\s+(?:may\s+|might\s+|probably\s+|already\s+)*(?:know|remember|recall|s"
    r"aw)|we\s+(?:know|saw)|before\b(?!\s+\w+ing)|last\s+time)"
    r"|\byou\s+(?:may\s+|might\s+|will\s+|surely\s+|probably\s+)*(?:remember|recall)\b"
    r"|\b(?:same|like|as)\s+(?:as\s+)?(?:before(?=\s*[,.;:!)]|\s*$)|last\s+time)"
    rf"|\b(?:what|(?:the|that|those|this)\s+(?:[\w-]+\s+){{1,3}}?(?:that\s+|which\s+)?)(?:we"
    rf"|you|I)(?:['’]ve|\s+have|\s+had)?"
    r"\s+(?:discussed|mentioned|talked\s+about|agreed\s+(?:on|upon)|spoke\s+about|went\s+ov"
    r"er|suggested|asked\s+(?:for|about)"
    r"|told\s+(?:me|you)|showed\s+(?:me|you)|sent\s+(?:me|you)|said|proposed|looked\s+at(?:\s+together)?)\b(?!\s*[:“])"
    r"|\bwe\s+(?:already\s+)?(?:talked|spoke|chatted)\s+about\s+(?:this|that|it)\b"
    r"|\b(?:see|as\s+in|from)\s+(?:my|our|your|the|that)\s+(?:(?:last|previous|earlier|othe"
    r"r)\s+)?(?:e-?mail|slack|thread|chat|message)\b"
    r"|(?:지난\s?번|저번)(?:에|\s)|(?:말씀\s?(?:드린|드렸던|하신|하셨던)|논의\s?(?:한|했던|된)|얘기\s?(?:한|했던))\s?(?:대로|것처럼|바와|내용)"
)
_YOUR_WORDS = (
    r"\byour\s+(?:(?:last|earlier|previous|other)\s+)?(?:suggestions?|advice|comments?|feed"
    r"back|recommendations?|remarks?|requests?"
    r"|concerns?|objections?|points?)\b(?!\s*(?:[:“(]|[-–]\s|to\b|that\b|of\b|about\b|on\b|"
    r"for\b|was\b|is\b|by\b|not\b))"
)
_UNDATED = (
    r"\b(?:since\s+|from\s+|at\s+|in\s+)?(?:the\s+)?last\s+time\b(?!\s*-?(?:steps?|slots?|p"
    r"oints?|stamps?|windows?|intervals?|bins?|frames?|series|the|a|an)\b)"
    r"|\b(?:our|the|in|at|since|from)\s+(?:(?:our|the)\s+)?(?:last|previous|earlier|prior)\s"
    r"+(?:[\w-]+\s+)?(?:meeting|call|discussion|conversation|brief|chat)s?\b"
    r"|\b(?:the\s+other\s+day|back\s+then|a\s+while\s+(?:ago|back)|some\s+time\s+ago|at\s+some\s+point\s+last)\b"
)
_THING = (
    r"(?P<thing>bug|issue|problem|error|crash|fix|workaround|hack|glitch|trick|mistake|inci"
    r"dent|artifact|artefact|outlier"
    r"|anomaly|regression|discrepancy|mismatch)s?"
)
_QUALIFIED = (
    r"(?P<thing>result|number|version|approach|method|setup|experiment|run|model|dataset|da"
    r"ta|plan|idea|script|code|plot"
    r"|figure|draft|configuration|config|setting|analysis|feedback|comment|implementation|design|test|measurement|table"
    r"|bug|issue|problem|error|option|solution|attempt|submission|review|pipeline|finding|t"
    r"heory|hypothesis|system)(?:s|es)?"
)
_OLD = r"(?:previous|earlier|old|other|last|former|prior|usual|aforementioned|above-mentioned)"
_UNKNOWN_THING = (
    rf"\b(?:the|our|my|that|this|those|these)\s+(?:(?:same|weird|strange|annoying|remaining|"
    rf"nasty|old|other|second|known|famous)\s+)?{_THING}\b"
)
_OLD_THING = rf"\b(?:the|our|my|your|those|these)\s+(?:\w+\s+)?{_OLD}\s+(?:\w+\s+)?{_QUALIFIED}\b"
_THAT_THING = r"\b(?:that|those)\s+" + _QUALIFIED + r"\b"
_SAYS_WHICH = (
    r"\s*(?:in|on|of|with|from|for|at|where|when|which|that|who|between|under|behind|we|I|y"
    r"ou|caused|due|because|to|about|whose)\b"
    r"|\s*[:(“\[`#]|\s+[-–—]\s|\s*#\w|\s+(?:is|was|are|were|remains)\s+(?:that|to|how|not\s"
    r"+that|whether|what|why|the|a|an|in|with)\b"
    r"|\s+(?:\d+|x{3,})|\s*[-–]?(?:rate|bar|margin|size|statement|free|term|message|report|"
    r"tracker|solving|model|function|analysis|budget|propagation|set|space|code)s?\b"
)
_CODED = (
    r"(?<![\w#.-])(?:run|exp|experiment|config|configuration|variant|setup|trial)\s+#?(?:\d"
    r"{1,5}|[A-H])(?![\w%°.]*\w|\s*[(:=]|\s+(?:uses?|has|had|is|was|with|seeds?|times?)\b)"
)

_NO_TALK = "Nobody but you remembers that talk: say what was said, and when"
_NO_THING = "Nothing above says which"


def references(layout: Layout) -> Iterator[Spot]:
    """References that nothing in the text resolves, the first of each thing only."""
    for block in layout.blocks:
        if block.form not in (Form.PROSE, Form.ITEM):
            continue
        for sentence in sentences(layout, block):
            yield from _apart(_in_sentence(layout, sentence))


def _apart(spots: Iterator[Spot]) -> Iterator[Spot]:
    """Of spots that overlap, the first; one place needs one reason."""
    end = -1
    for spot in sorted(spots, key=lambda spot: (spot.start, -spot.end)):
        if spot.start >= end:
            yield spot
            end = spot.end


def _in_sentence(layout: Layout, sentence: Sentence) -> Iterator[Spot]:
    text, start, end = layout.own, sentence.start, sentence.end
    if not has(DATE, layout.hidden, start, end):
        for found in compiled(_EARLIER_TALK).finditer(text, start, end):
            yield _spot(found, "Points at a talk that the reader doesn't remember", f"{_NO_TALK}, or just leave it out")
        for found in compiled(_YOUR_WORDS).finditer(text, start, end):
            if not _quotes_next(text, found.end(), end):
                yield _spot(found, "The reader doesn't remember having said it", "Quote it, with its date")
        for found in compiled(_UNDATED).finditer(text, start, end):
            yield _spot(found, "No date says when that was", "Write the date")
        for found in compiled(_OLD_THING).finditer(text, start, end):
            if _is_unknown(layout, found, end):
                yield _spot(found, _NO_THING, f"Say which {found['thing'].lower()}: what, when, with what outcome")
    for pattern in (_UNKNOWN_THING, _THAT_THING):
        for found in compiled(pattern).finditer(text, start, end):
            if _is_unknown(layout, found, end) and not _is_conjunction(text, found, sentence):
                yield _spot(found, _NO_THING, f"Say which {found['thing'].lower()} it is, in a few words")
    for found in compiled(_CODED).finditer(text, start, end):
        if not has(rf"\b{re.escape(found[0])}\b", text, 0, found.start()):
            yield _spot(found, "A label from your own notes", "Say what is different about it, in a few words")


def _quotes_next(text: str, at: int, end: int) -> bool:
    return text[at:end].lstrip()[:1] in ("“", '"', "«")


def _is_unknown(layout: Layout, found: Match[str], end: int) -> bool:
    """No earlier mention in the text, and no words behind it that say which one is meant."""
    if layout.first_uses.get(found["thing"].lower().rstrip("s"), found.start()) < found.start():
        return False
    return compiled(_SAYS_WHICH).match(layout.hidden, found.end("thing"), end) is None or (
        compiled(r"s?\s*(?:in|on|of)\s+(?:it|this|that)\b").match(layout.own, found.end("thing"), end) is not None
    )


def _is_conjunction(text: str, found: Match[str], sentence: Sentence) -> bool:
    """`shows that bug reports matter`: a clause begins, nothing is pointed at."""
    if not found[0].lower().startswith("that"):
        return False
    before = text[max(sentence.start, found.start() - 24) : found.start()].strip().lower().rpartition(" ")[2]
    pointing = ("", "in", "on", "of", "with", "about", "for", "from", "by", "fix", "fixed", "after", "before", "and")
    more = (
        "see",
        "use",
        "used",
        "run",
        "ran",
        "rerun",
        "repeat",
        "try",
        "tried",
        "solve",
        "solved",
        "but",
        "to",
        "hit",
    )
    return before not in pointing + more


def _spot(found: Match[str], why: str, suggestion: str) -> Spot:
    return Spot(found.start(), found.end(), Rule.REFERENCE, why, suggestion)


_PRONOUN = (
    r"(?:(?:and|but|so|also|still|however|then|now|yet|again|unfortunately|luckily|sadly|apparently),?\s+)?"
    r"(?P<pronoun>it|this|that|they|these|those|he|she|its|their|his|her|both\s+of\s+(?:the"
    r"m|these)|neither\s+of\s+(?:them|these)"
    r"|(?:because\s+of|due\s+to|despite|after|in\s+spite\s+of|besides|without|apart\s+from)"
    r"\s+(?:this|that|it|them|these)(?=\s*,))(?![\w-])"
)
_AWAITS_ITS_MEANING = (
    r"it(?:['’]s|\s+(?:is|was|would\s+be|will\s+be|may\s+be|might\s+be|has\s+been|seems|app"
    r"ears|looks|remains|became))\s+(?:\w+\s+){0,4}?(?:that|to|whether|how|why|if|who|which"
    r"|when|\w+ing|likely)\b"
    r"|it\s+(?:seems|appears|turns?(?:ed)?\s+out|looks\s+like|takes?|took|follows|helps|mak"
    r"es?\s+sense|depends\s+on\s+whether)\b(?!\s*[.!?])"
    r"|it(?:['’]s|\s+is|\s+was)\s+(?:my|our|your|the\s+(?:first|second|last|third)|unclear|clear|possible|time|been|\d)"
)
_ITSELF = (
    r"this\s+(?:is\s+(?:to|our|my|about|a|an|the|what|where|why|how)\b"
    r"|(?:brief|document|note|page|summary|report|memo|letter|list|text|draft|e?mail|messag"
    r"e|update|file|section|paragraph|table|figure"
    r"|week|month|year|term|semester|summer|spring|autumn|fall|winter|morning|afternoon|tim"
    r"e|quarter|project|paper|thesis|work|meeting|study|log)\b)"
    r"|(?:that|this)\s+(?:said|is,|means)\b(?=\s*,)|that\s+is\s*,|these\s+days\b"
    r"|(?:that|those)\s+(?:who|of|which|that|with|in)\b|this\s+(?:is|was)\s+(?:the|a|an)\b"
)
_BLANK_NOUNS = (
    r"(?:approach|method|idea|result|finding|problem|issue|bug|effect|behaviou?r|difference"
    r"|change|number|value|assumption"
    r"|experiment|observation|improvement|trend|step|part|thing|case|solution|technique|model|system)s?\b"
)
_VERB_NEXT = (
    r"(?:this|that|these|those)(?:['’](?:s|ll|d|re|ve)|\s+(?:also\s+|now\s+|still\s+|probab"
    r"ly\s+|only\s+|then\s+|again\s+|clearly\s+|already\s+|really\s+|just\s+)?"
    r"(?:is|are|was|were|has|have|had|does|do|did|can|can['’]t|could|will|would|should|may|"
    r"might|must|seems?|means?|meant|makes?|made"
    r"|works?|worked|needs?|needed|shows?|showed|gives?|gave|takes?|took|leads?|led|happens"
    r"?|happened|fails?|failed|causes?|caused"
    r"|explains?|explained|helps?|helped|saves?|saved|reduces?|improves?|looks?|looked|requ"
    r"ires?|suggests?|allows?|turned|turns|comes?|came"
    r"|gets?|got|goes|went|breaks?|broke|costs?|fixes|fixed|solves?|solved|confirms?|confir"
    r"med|contradicts?|isn['’]t|wasn['’]t|doesn['’]t|didn['’]t|won['’]t|aren['’]t|ran|runs|"
    r"hurts?|changes|changed|affects?|affected)\b)"
)


def pronouns(layout: Layout) -> Iterator[Spot]:
    """Pronouns at the beginning of a passage that nothing in the text comes before."""
    heard: list[Block] = []
    for block in layout.blocks:
        if block.form is Form.HEADING:
            heard = [block] if _is_topic(block.section) else []
            continue
        first = next(sentences(layout, block), None)
        stands_alone = not any(_leads_to(before, block) for before in heard)
        heard.append(block)
        if first is None or block.form in (Form.QUOTE, Form.TABLE) or not stands_alone:
            continue
        if spot := _lost_pronoun(layout, first):
            yield spot


def _leads_to(before: Block, block: Block) -> bool:
    """Whether a reader of `block` has `before` in mind: a paragraph or heading above it, or the item it hangs under."""
    return block.form is not Form.ITEM or before.form is not Form.ITEM or before.indent < block.indent


def _is_topic(heading: str) -> bool:
    return not has(_BARE_HEADING, heading)


_BARE_HEADING = (
    r"^\W*(?:brief|where\s+this\s+stands|last\s+time|promised|findings?|results?|ruled\s+ou"
    r"t|you\s+may\s+not|asks?|questions?|next"
    r"|to-?dos?|notes?|agenda|summary|update|status|progress|plan|background|context|takeaw"
    r"ays?|decisions?|decided|actions?|discussion"
    r"|weekly|meeting|open|done|introduction|overview|goals?|week|since|\d|$)"
)


def _lost_pronoun(layout: Layout, sentence: Sentence) -> Spot | None:
    begin = _behind_label(layout.own, sentence)
    found = compiled(_PRONOUN).match(layout.own, begin, sentence.end)
    if found is None:
        return None
    rest = layout.own[found.start("pronoun") : sentence.end]
    if compiled(_AWAITS_ITS_MEANING).match(rest) or compiled(_ITSELF).match(rest):
        return None
    word = found["pronoun"].lower()
    if word in ("this", "that", "these", "those") and not compiled(_VERB_NEXT).match(rest):
        noun = compiled(rf"{word}\s+(?:new\s+|same\s+|kind\s+of\s+)?{_BLANK_NOUNS}").match(rest)
        if noun is None or layout.first_uses.get(noun[0].split()[-1].lower().rstrip("s"), begin) < begin:
            return None
    start = found.start("pronoun")
    why = "Nothing before it in the text says what it stands for"
    return Spot(start, found.end("pronoun"), Rule.PRONOUN, why, "Begin with the name of the thing")


def _behind_label(text: str, sentence: Sentence) -> int:
    """Where the sentence begins behind a label such as `Done:`."""
    label = compiled(r"\W*(?:[\w-]+\s+){0,3}[\w-]+\s*:\s+|[^\w“\"]*").match(text, sentence.start, sentence.end)
    return label.end() if label else sentence.start
