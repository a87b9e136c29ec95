"""Claims that a reader can't weigh: how much, compared with what, known from where?"""

from collections.abc import Iterator
from re import Match

from advisorlog.domain.stateless.findings import Rule, Spot
from advisorlog.domain.stateless.layout import Layout
from advisorlog.domain.stateless.patterns import DATE, compiled, has
from advisorlog.domain.stateless.sentences import Sentence, sentences

_MEASURE = (
    r"(?:energy|power|latency|throughput|accuracy|performance|time|speed|memory|loss|error|"
    r"errors|quality|recall|precision|overhead|cost|costs"
    r"|runtime|score|scores|convergence|generali[sz]ation|robustness|efficiency|variance|no"
    r"ise|stability|coverage|yield|usage|consumption|bandwidth|results)"
)
_BETTER = (
    r"(?:better|worse|faster|slower|cheaper|smaller|larger|higher|lower|more\s+(?:accurate|"
    r"efficient|robust|stable|reliable|scalable|precise)"
    r"|less\s+(?:accurate|efficient|robust|stable|noisy|expensive|energy|memory|power|time))"
)
_VERY = (
    r"(?:much|far|a\s+lot|way|significantly|substantially|considerably|dramatically|greatly"
    r"|drastically|vastly|noticeably|clearly|slightly|a\s+bit|somewhat)"
)
_NO_AMOUNT = (
    r"\b(?:significantly|substantially|considerably|dramatically|greatly|drastically|vastly|hugely|noticeably)\s+\w+"
    rf"|\b{_VERY}\s+{_BETTER}\b"
    rf"|\b(?:is|are|was|were|runs?|ran|trains?|trained|works?|worked|performs?|performed|con"
    rf"verges?|converged|scales?|scaled|does|did|gets?|got|gave|gives?)"
    rf"\s+(?:\w+\s+)?{_BETTER}\s*(?:than\b|[.,;!]|$)"
    r"|\b(?:big|large|huge|massive|significant|substantial|considerable|dramatic|major|noti"
    r"ceable|impressive|nice|clear|great)\s+"
    r"(?:improvements?|gains?|speed-?ups?|reductions?|drops?|increases?|decreases?|savings?"
    r"|overheads?|differences?|effects?|wins?|boosts?|benefits?|impact)\b"
    r"|\b(?:outperform(?:s|ed)?|beats?\s+(?:the|all|every|our|both|state|other|existing))\b"
    r"|(?<!\bwith\s)(?<!\bthe\s)(?<!\bof\s)(?<!\bat\s)(?<!\ba\s)\b(?:improves|improved|redu"
    r"ces|reduced|lowers|lowered|increases|increased|saves|saved|degrades"
    rf"|degraded|hurts|cuts|boosts|boosted|speeds\s+up|sped\s+up)\s+(?:the\s+|its\s+|our\s+|"
    rf"overall\s+|both\s+)?(?:[\w-]+\s+)?{_MEASURE}\b"
    r"|\b(?:works?|worked|performs?|performed|scales?|generali[sz]es?|generali[sz]ed|does|d"
    r"id)\s+(?:really\s+|very\s+|quite\s+|pretty\s+|so\s+)?(?:well|great|nicely|badly|poorl"
    r"y|fine)\b"
    r"|\b(?:results|numbers|curves?|plots?|accuracy|performance)\s+(?:are|is|look|looks|loo"
    r"ked|were|was|seem|seems)\s+(?:really\s+|very\s+|quite\s+|pretty\s+|so\s+)?"
    r"(?:good|great|promising|bad|poor|encouraging|excellent|nice|strong|impressive|amazing|terrible|fine)\b"
    r"|\b(?:negligible|minimal|almost\s+no|nearly\s+no|hardly\s+any|little)\s+(?:overhead|c"
    r"ost|loss|effect|impact|slowdown|difference|degradation)\b"
)
_NO_EVIDENCE = (
    r"\b(?:obviously|undoubtedly|certainly|unquestionably|needless\s+to\s+say|without\s+(?:"
    r"a\s+)?doubt|no\s+doubt|clearly)\b(?!\s+(?:marked|labelled|labeled|visible|stated|see|"
    r"seen|explained|defined))"
    r"|\bit\s+is\s+(?:well[-\s]?known|widely\s+(?:known|accepted)|obvious|common\s+knowledg"
    r"e)\b|\b(?:everyone|everybody)\s+(?:knows|agrees|uses|does)\b"
    r"|\b(?:nobody|no\s+one|no-one)\s+(?:else\s+)?(?:has|have|does|did|ever|uses|can|cares)"
    r"\b|\bproves?\s+that\b|\bproved\s+that\b"
    r"|\b(?:the\s+first|first\s+ever)\s+(?:\w+\s+)?(?:to|that|work|system|study|method)\b|\b"
    r"state[-\s]of[-\s]the[-\s]art\s+(?:results?|performance|accuracy)\b"
    r"|\bguarantees?\s+(?:that|better|optimal)\b|\b(?:always|never)\s+(?:works?|fails?|cras"
    r"h(?:es)?|converges?|happens|wins|loses|hurts|helps|improves)\b"
)
_RELATIVE = (
    r"\b(?:improv\w+|reduc\w+|decreas\w+|increas\w+|faster|slower|less|fewer|more|better|wo"
    r"rse|lower\w*|higher|cheaper|saves?|saved|saving|savings|speed-?ups?|gain(?:s|ed)?"
    r"|drop(?:s|ped)?|cuts?|boost\w*|outperform\w*)\b"
)
_SHARE = r"(?<![\w.])\d+(?:[.,]\d+)?\s?(?:%|percent|percentage|points?|pp\b|x(?![\w])|×|-?fold\b)"
_COMPARED = (
    r"\b(?:than|over|compared|comparison|versus|vs|relative|against|from|baselines?|instead"
    r"|respect|on\s+top|below|above|beyond|of\s+the|w/o|without|original|uncapped"
    r"|default|control|before|unmodified|vanilla|up\s+from|down\s+from|after|when|if|year|ago|every)\b|→|->"
)
_NOT_CLAIMED = (
    r"\?|\b(?:should|would|could|may|might|will|won['’]t|shall|if|whether|hope|hopes|hoping"
    r"|plan|plans|planning|aim|aims|goal|goals|target|want|wants|hypothes\w+"
    r"|expect\w*|try|trying|unclear|don['’]t\s+know|not\s+know|unless|ought|needs?\s+to|let"
    r"['’]s|perhaps|maybe|possibly|guess|test\w*\s+whether|suspect|at\s+least|at\s+most"
    r"|wonder\w*|believe|imagine|assum\w+|unknown|must|until|suppose|predict(?:s|ed)?|reviv"
    r"e|todo|idea|claim|not\s+sure|checks?|see\s+(?:how|that))\b"
)
_LABELLED_PLAN = (
    r"\W*(?:goal|aim|plan|next|todo|hypothesis|idea|options?|to\s+do|to\s+be\s+settled|to\s"
    r"+discuss|ask|title|claim|revive|terms?|definitions?|rec\w*)\b[^.:]{0,40}:"
)
_PLAN_SECTION = r"^\W*(?:asks?|questions?|next|to-?dos?|plan|agenda|hypothes|terms|glossary|related|motivation|goals?)"
_SOURCED = (
    r"\[\d|\bet\s+al\b|\(\w[^()]{0,40}\d{4}\)|\b(?:table|figure|fig\.?|section|sec\.?|appen"
    r"dix|eq\.?|theorem|lemma|see|shown\s+in|because|since|measured|according)\b|xxx"
    r"|\bp\s?[<=>]"
)
_NUMBER_WORDS = (
    r"\b(?:half|halves|halved|twice|double[sd]?|triple[sd]?|quadruple[sd]?|third|quarter|tw"
    r"o|three|four|five|six|seven|eight|nine|ten|order\s+of\s+magnitude|orders\s+of\s+magni"
    r"tude"
    r"|one\s+(?:of|out|in)|none\s+of|dozen|hundred|thousand|zero|all\s+(?:of|but)|no\s+(?:s"
    r"lower|faster|worse|better|difference))\b"
)
_NO_NUMBERS = (
    r"\b(?:section|sec|table|figure|fig|chapter|appendix|step|week|version|v|phase|part|rev"
    r"iewer|page|experiment|run|line|item|question|rq|task|eq)\.?\s?#?\d+(?:\.\d+)*"
    r"|\b[A-Za-z]+-?\d+\w*|\b(?:19|20)\d\d\b|\[\d+(?:,\s?\d+)*\]"
)


def claims(layout: Layout) -> Iterator[Spot]:
    """Claims without their number, baseline or evidence; at most one finding a sentence.

    What is hoped, planned, asked or only supposed isn't claimed.
    """
    for block in layout.prose():
        if has(_PLAN_SECTION, block.section):
            continue
        for sentence in sentences(layout, block):
            if spot := _claim(layout, sentence):
                yield spot


def _claim(layout: Layout, sentence: Sentence) -> Spot | None:
    text, start, end = layout.own, sentence.start, sentence.end
    block = sentence.block
    if has(_NOT_CLAIMED, text, start, end) or compiled(_LABELLED_PLAN).match(text, block.start, end):
        return None
    said = layout.hidden[start:end]
    if not _has_number(said):
        if found := compiled(_NO_AMOUNT).search(text, start, end):
            return _spot(
                found, "No number says how much", "Give the number, with its spread, and what it is compared with"
            )
        found = compiled(_NO_EVIDENCE).search(text, start, end)
        if found and not has(_SOURCED, said):
            return _spot(found, "Nothing here shows it", "Give the evidence or the source, or say how sure you are")
        return None
    share = compiled(_SHARE).search(text, start, end)
    if share and has(_RELATIVE, text, start, end) and not has(_COMPARED, layout.hidden, block.start, block.end):
        return _spot(share, "No baseline says compared with what", "Name what it is compared with")
    return None


def _has_number(text: str) -> bool:
    counted = compiled(_NO_NUMBERS).sub(" ", compiled(DATE).sub(" ", text))
    return has(r"\d", counted) or has(_NUMBER_WORDS, counted)


def _spot(found: Match[str], why: str, suggestion: str) -> Spot:
    return Spot(found.start(), found.end(), Rule.CLAIM, why, suggestion)
