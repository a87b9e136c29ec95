"""How people jot down: they leave out who. "Run the sweep again" is to be done, "Ran the sweep" was.

Only the first words of a line or a sentence are looked at, and only in notes: in speech an imperative is mostly for the
moment ("look at this"), and a sentence without its subject lost it by accident.
"""

import re

from advisorlog.domain.kinds import EntryKind
from advisorlog.domain.proposing.cue import Found

_TO_DO = """
add address adjust align analyse analyze annotate apply arrange ask assess avoid begin benchmark book borrow brainstorm
bring build calculate calibrate change check choose clarify clean collect combine compare complete compute conduct
confirm connect consider contact continue convert copy correct create cut debug decide define deliver demonstrate deploy
derive describe determine develop document double-check download draft draw drop e-mail edit email emphasise emphasize
enable ensure establish estimate evaluate examine expand experiment explain explore export extend extract figure fill
finalise finalize find finish fix focus follow format gain gather generate get give go handle have highlight identify
implement import improve include incorporate increase inspect install integrate introduce investigate invite join
justify keep label learn leave let limit link list look maintain make measure meet mention merge migrate minimise
minimize modify monitor move normalise normalize obtain optimise optimize organise organize pick plan play plot polish
port practice practise prepare present print prioritise prioritize produce proofread propose prototype prove provide
publish pull push put quantify query rank re-read re-run read rebuild recalculate recompute reconsider record recruit
redo redraw reduce refactor refer refine register release remove rename reorder reorganise reorganize repeat rephrase
replace reply reproduce request reread rerun resample research resolve respond restart restructure resubmit rethink
retrain revert review revise revisit rewrite run save schedule search see select send separate set share show simplify
simulate sketch skip solve sort specify split standardise standardize start state stick stop store submit summarise
summarize survey switch sync take talk tell test think tidy toggle trace track train transfer translate try tune turn
understand unify update upgrade upload use validate vary verify visualise visualize wait watch wire work wrap write
"""
_DONE = """
added addressed adjusted analysed analyzed annotated applied asked booked built calculated calibrated changed checked
cleaned collected combined compared completed computed conducted confirmed contacted converted corrected created cut
debugged defined deployed designed determined developed downloaded drafted drew emailed estimated evaluated examined
experimented explored extended extracted figured filled finalised finalized finished fixed generated got identified
implemented improved installed integrated investigated joined labelled labeled made measured merged migrated modified
moved optimised optimized organised organized plotted ported prepared printed produced prototyped ran rebuilt recruited
redid reduced refactored registered removed renamed repeated replaced reproduced rewrote scheduled selected sent
simplified simulated solved sorted split started submitted summarised summarized switched tested trained transferred
translated tried tuned updated uploaded used validated verified visualised visualized wrote
"""
_ALSO_NOUNS = """
address benchmark change check contact copy cut debug design document draft drop edit email estimate experiment export
fix focus format import increase label link list look measure merge move plan play plot practice present print prototype
query rank record release request research review run schedule search sketch sort split start state stop store survey
switch sync talk test trace track train transfer try turn update upgrade use wait watch wire work wrap
"""
_VERBS, _PAST = frozenset(_TO_DO.split()), frozenset(_DONE.split())
_LIKE_NOUNS = frozenset(_ALSO_NOUNS.split())
"""Which of the verbs also name things: "test accuracy is 91%", "plan for the week"."""
_BEFORE = re.compile(
    r"(?:(?:i|we|please|then|also|and|next|first|finally|maybe|just|now|now,|then,|again|actually|possibly|perhaps|"
    r"definitely|either|will|make sure to|try to|yes|no|ok|so|have|has|i've|we've|been|already|both|still|instead|"
    r"next time|for now|if possible|when possible)[ ,:]+)*"
)
_CLAUSE = re.compile(r"(?:when|if|for|in|instead of|after|before|once|as|at|to|with|based on|given|from) [^,]{3,60}, ")
"""What may stand before the verb: "for the lower temperature, run it once"."""
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
_IS_A_THING = re.compile(
    r"^\S+(?: \S+){0,3}? (?:is|are|was|were|has|had|seems?|looks?|gave|gives|shows?|failed|fails|works?|takes|took)\b|"
    r"^\S+(?: of\b|:|\.$| for the\b| results?\b| set\b| sets\b| data\b| accuracy\b| time\b| times\b| notes?\b)"
)
_WAS_A_THING = re.compile(
    r"\S+ (?:\S+ ){0,3}?(?:would|will|is|are|was|were|should|can|could|has|have)\b|\S+ (?:by|to be|as a)\b"
)
LEAST_WORDS = 3


def jotted(said: str) -> Found | None:
    """What a line that begins with a verb is, and that verb: a task, or what was done. None where it begins otherwise.

    `said` is in lower case, without a bullet.
    """
    clause = _CLAUSE.match(said)
    for start in (0, *([clause.end()] if clause else [])):
        if (found := _begins(said[start:])) is not None:
            return found
    return None


def _begins(said: str) -> Found | None:
    before = _BEFORE.match(said)
    start = before.end() if before else 0
    verb = _WORD.match(said, start)
    if verb is None or said[verb.end() : verb.end() + 1] == ":" or len(said.split()) < LEAST_WORDS:
        return None
    is_claimed = re.search(r"\b(?:i|we|i've|we've|have)\b", said[:start]) is not None
    rest = said[start:]
    if verb[0] in _PAST:
        return None if not is_claimed and _WAS_A_THING.match(rest) else Found(EntryKind.RESULT, verb[0])
    if verb[0] not in _VERBS or is_claimed or (verb[0] in _LIKE_NOUNS and _IS_A_THING.match(rest)):
        return None
    return Found(EntryKind.TODO, verb[0])
