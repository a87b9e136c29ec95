"""The words by which people decide, advise, promise, report and ask; and those that only look so.

Patterns see a sentence without its fillers ("so, um, yeah"), in lower case. The order is that of weight: the first kind
that is found counts.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from advisorlog.domain.kinds import EntryKind
from advisorlog.domain.proposing import speech

_FILLERS = (
    r"(?:(?:so|um+|uh+|ok|okay|yeah|yes|well|anyway|and|but|also|right|no|alright|oh|hmm+|mm-hmm|you know|i mean|"
    r"i think|"
    r"i guess|as i said|then|now|actually|basically|additionally|moreover|similarly|however|on the other hand|"
    r"finally|first"
    r"|firstly|secondly|in any case)[\s,.]+)+"
)
_START = re.compile(_FILLERS)
_INSIDE = re.compile(r"\b(?:u[hm]+|er+m?|you know|i mean|sort of|kind of),? ")
_STUTTER = re.compile(r"\b(\w{1,6}(?:'\w+)?),? (?=\1\b)")

_THEM = (
    r"(?:it was|it's been|(?:we|they|the (?:group|team|others|members|lab))(?:'ve| have| had)?(?: also| then|"
    r" all| finally| now)?)"
)
_SOMEBODY = (
    r"(?:\b(?:he|she|they|grad \w|phd \w|postdoc|supervisor|advisor|adviser|prof(?:essor)?\.?(?: \w)?|[a-z]+)\b)"
)
_DOING = (
    r"(?!(?:be|see|say|admit|assume|think|guess|imagine|bet|know|have|like|love|tell you why|need|remember|"
    r"never|not)\b)[a-z]+"
)
_HEDGED = re.compile(
    r"\b(?:if|whether|when|unless|until) (?:i|we|you|they|it)\b[^,]*\b(?:decide|agree)|(?:have|has|had|need|"
    r"needs) to decide"
    r"|(?:not|never|n't)(?: yet| have)? (?:been )?(?:decided|agreed)|couldn't agree"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern that speaks for a kind, unless `but` stands in the same sentence."""

    kind: EntryKind
    words: re.Pattern[str]
    but: re.Pattern[str] | None = None


def _cue(kind: EntryKind, words: str, but: str = "") -> Cue:
    return Cue(kind, re.compile(words), re.compile(but) if but else None)


_LETS_NOT = (
    r"let's (?:see|say|go back|look|start|think|stop|move on|talk|call|not worry|suppose|take|stay|hear|wait|"
    r"do (?:this|that|it)|"
    r"pick whatever|be|put it|get it|leave it three)\b"
)
CUES = (
    _cue(EntryKind.DECISION, rf"\b{_THEM} (?:was )?(?:decided|agreed|concluded|settled|chose|opted|arranged|"
         rf"resolved)\b"),
    _cue(EntryKind.DECISION, r"\b(?:has|have) (?:already )?been (?:decided|agreed|settled|approved|scrapped|"
         r"dropped)\b"),
    _cue(EntryKind.DECISION, r"^decided\b|^agreed(?: to|:| that| on)|\bthe (?:decision|plan|agreement) is\b|"
         r"\bwe(?:'ll| will) go with\b"),
    _cue(EntryKind.DECISION, r"\b(?:is|are|was|were) (?:going )?to be (?:re-)?(?:\w+en|\w+ed)\b|"
         r"\bis going to be\b", r"\?|^(?:this|that|it)\b"),
    _cue(EntryKind.DECISION, r"\bwill (?:also |now |all )?be (?:given|added|replaced|phased|used|removed|dropped|"
         r"presented|left|moved|built|"
         r"re-?\w+ed|submitted|kept|cut|merged|represented|introduced|designed)\b", r"\?|\bonce we\b"),
    _cue(EntryKind.DECISION, r"\bwe(?:'re| are) (?:just |all |not |now )*(?:gonna|going to|dropping|keeping|"
         r"using|getting|hiring|moving to)\b|"
         r"\bwe (?:probably |definitely )?(?:won't|will not|will no longer)\b", r"\?"),
    _cue(EntryKind.TODO, rf"\bi(?:'ll| will|'m gonna|'m going to| am going to)(?: \w+ly| just| also)? {_DOING}",
         r"\bi(?:'ll| will)(?: just)? (?:be gone|let you|tell you why|stop|go first|try to remember)\b|\?.{4,}$"),
    _cue(EntryKind.TODO, r"^(?:[a-z]+|she|he)(?:'s| is) (?:gonna|going to) (?!he\b|she\b|they\b|it\b)\w+",
         r"^(?:it|that|this|there|what|who|where|how|everybody|nobody)\b|\?$|\b(?:gonna|going to) be\b"),
    _cue(EntryKind.TODO, r"\bi(?:'ll| will) have to \w+|\bi can (?:also |maybe |then )*(?:try|run|send|write|"
         r"check|make|prepare|do|look|ask|worry about|take care of|handle)\b|"
         r"^[a-z]+ can (?:worry about|take care of|handle)\b", r"\?$"),
    _cue(EntryKind.TODO, r"\bi (?:still )?(?:need|have|ought) to \w+|^(?:need|have) to \w+", r"\bi have to "
         r"(?:say|admit|tell)|^have to (?:say|admit)|\b(?:didn't|don't) (?:need|have) to|\bdo i have to\b"),
    _cue(EntryKind.TODO, r"\bwe(?:'ll| will) (?:set|make|send|run|write|check|meet|finish|prepare|try|need|"
         r"have to|do|get)\b|"
         r"\bwe (?:need|have) to \w+", r"\bwe'll (?:do that off|see)\b|\bneed to be\b"),
    _cue(EntryKind.TODO, r"\b(?:can|could|will|would) you (?:please |also |just |maybe )*"
         r"(?:send|write|run|check|make|prepare|read|look|add|share|plot|measure|fix|ask|try|update|draft|"
         r"email)\b|^please \w+"),
    _cue(EntryKind.TODO, r"\b(?:maybe )?(?:you and i|we|you two|the two of you)(?: guys)? (?:should|could|"
         r"can) (?:all )?(?:meet|sit down|agree)\b"),
    _cue(EntryKind.TODO, r"\b(?:assignment|task|action item|homework|to-?do) (?:for|is|:)|\bhow about if you\b|"
         r"\bwill have to\b|"
         r"\bthere are (?:\w+ ){0,2}changes to be (?:done|made)|\bto be done by\b"),
    _cue(EntryKind.TODO, r"\bwhat i'd like(?: to do)? is\b|\bi'd like to (?:also,? )?(?:though,? )?(?:have|see|"
         r"get)\b|\bshoot f?o?r? ?for\b"),
    _cue(EntryKind.TODO, r"\b(?:probably )?(?:better|best) if i\b|\bboth \w+ and i will\b|\bwill (?:send|write|"
         r"run|email|prepare|draft|look into|"
         r"check|measure|implement|fix|read|contact|follow up|report back|submit|review|organi[sz]e)\b",
         r"\bsystem|model|module\b"),
    _cue(EntryKind.TODO, r"\blet's (?:plan|meet|come up with|find out|write|make|schedule|set up|collect|finish|"
         r"try|run|check|add)\b", _LETS_NOT),
    _cue(EntryKind.ADVICE, r"\byou (?:should|might want to|may want to|could try|must|ought to|need to|'d better|"
         r"don't want to|shouldn't)\b",
         r"\b(?:what|that) you should\b|\byou should (?:be able|see|know|have seen)\b|\?$"),
    _cue(EntryKind.ADVICE, rf"\b(?:i|{_SOMEBODY})(?:'d| would| also| then)* (?:suggest|recommend|advis|propos|"
         rf"urg|insist|remind|warn)"
         r"(?:e|es|s|ed|ing)?\b", r"\?$|\bthe proposed\b"),
    _cue(EntryKind.ADVICE, r"\b(?:it|an idea [^.]*|which) was (?:also )?(?:suggested|recommended|advised|"
         r"proposed|requested)\b|\brequested that\b"),
    _cue(EntryKind.ADVICE, r"\b(?:thought|thinks|believes?d?|felt|said|says|"
         r"noted) (?:that )?(?:\w+ ){0,6}?(?:should|would be (?:helpful|better|best)|"
         r"best way|could use|needs? to|ought)\b"),
    _cue(EntryKind.ADVICE, r"^(?:thought|thinks) that\b.*\bwould be (?:helpful|better)|\bwould be (?:helpful|"
         r"better|good|great|nice) (?:if|to)\b"
         r"|\bmight be (?:\w+ )?if\b|\b(?:it's|it is|it'd be) (?:best|better) to\b"),
    _cue(EntryKind.ADVICE, r"^why (?:don't|not)(?: \w)? (?:you|we|try|just|use|maybe)\b|\byou (?:can|"
         r"could) (?:just|always|also) \w+|"
         r"\bit's a good (?:\w+ )?(?:thing|idea|point) to (?:put|add|have|say|try|write)\b"),
    _cue(EntryKind.ADVICE, r"^(?:make sure|be careful|consider|remember to|try to|avoid|focus on|"
         r"always|never|don't|do not|start with|begin with|use|compare|cite|ask|look at|look into|think about|"
         r"read|show|explain)\b(?! know| think| have)", r"\?$"),
    _cue(EntryKind.ADVICE, r"\b\w+ should (?:not |also |first |really )?(?!be able|have)\w+", r"\?|\bshould "
         r"(?:be )?(?:fine|okay|ok|work|see|know)\b|\bi should\b"),
    _cue(EntryKind.ADVICE, r"\bmy (?:suggestion|advice|recommendation|proposal) (?:\w+ )?(?:is|would be|was)\b"),
    _cue(EntryKind.ADVICE, r"\b(?:you|we) (?:might|may|could)(?: just| also| probably)* (?:wanna|want to)\b|"
         r"\bmaybe (?:you|we) (?:wanna|want to|should|could|ought)\b|"
         r"\b(?:one|another|first|next|other) thing (?:that )?(?:we|you) (?:should|could|need|have|might)\b",
         r"\b(?:if|whether) (?:you|we) (?:might|may|could)\b"),
    _cue(EntryKind.ADVICE, r"\byou could (?:look|try|use|ask|read|add|write|run|check|compare|start|send|"
         r"cite|measure)\b", r"\?$|\bif you could\b"),
    _cue(EntryKind.TODO, r"\b(?:everyone|everybody|each of (?:you|us)|all of (?:you|us)) "
         r"(?:needs?|has|have|should|must|will)\b(?: to)? (?!be\b|know)\w+", r"\?$|\bhas (?:a|an|the)\b"),
    _cue(EntryKind.DECISION, r"\blet's (?!see)\w+", _LETS_NOT),
    _cue(EntryKind.DECISION, r"\b(?:must|is|are) (?:be )?(?:capable|required|compulsory) (?:of|to)\b"),
    _cue(EntryKind.RESULT, r"\b(?:turns out|we (?:found|measured|observed|saw|got)|(?:results?|experiments?|"
         r"measurements?|numbers?) "
         r"(?:show|suggest|indicate|confirm)s?(?:ed)?|found that)\b", r"\?$|\bif it turns out\b|"
         r"\bturns? out (?:that )?i\b|\bi found that\b.*\byou\b"),
    _cue(EntryKind.RESULT, r"\b(?:has|have) (?:now |already |just |been )*(?:finished|completed|converged|"
         r"improved|succeeded|failed|been fixed)\b|"
         r"\b(?:is|are) (?:now |already |almost )*(?:finished|complete|done|fixed|running|working)\b|"
         r"^(?:also )?finished (?:are|is)\b|\bnow works? (?:on|with|for)\b", r"\?|\b(?:if|when|once|until|after)\b"),
    _cue(EntryKind.RESULT, r"\b\d[\d.,]*\s?(?:%|percent|x\b|×|times|ms|seconds|points|db\b|w\b|j\b|"
         r"gb\b)[^.?]*\b(?:faster|slower|better|worse|less|more|lower|"
         r"higher|fewer|than|from|of|on|over)\b|\b(?:improved|dropped|fell|rose|went (?:up|down)|reduced|"
         r"increased)\b[^.?]*\d", r"\?|\bshould\b|\bneed\b"),
    _cue(EntryKind.RESULT, r"\bthere are already \d+|\b(?:we|i) (?:already )?have \d+ (?:\w+ )?(?:lined up|done|"
         r"finished)\b"),
    _cue(EntryKind.TAKEAWAY, r"\b(?:the|my) (?:main|key|real|biggest|important|whole) (?:point|thing|lesson|"
         r"takeaway|message|problem|issue|insight) (?:here )?(?:is|was)\b|"
         r"\b(?:lesson|take-?away)\b|\bbottom line\b|\bin short\b|\bwhat (?:really )?matters is\b|"
         r"\bweakest point\b|\bi learn(?:ed|t) that\b"),
)  # fmt: skip

_BY_WHEN = (
    r"\b(?:by|until|till|before) (?:the |next |this |end of )*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|"
    r"tonight|week|month|meeting|deadline|\d{1,2}\b|\d{4}-\d\d)"
)
WRITTEN = (
    _cue(EntryKind.DECISION, r"\bwe(?:'ll| will) (?:now |also |just |then |first )*(?:drop|keep|use|submit|start|stop|"
         r"skip|cut|move|switch|focus|remove|add|include|leave|ignore|report|target|aim|publish|postpone|wait|go)\b",
         r"\?|\bif\b"),
    _cue(EntryKind.TODO, rf"^(?:i|we|me|[^\W\d_]+) (?:to )?[a-z]+ .*{_BY_WHEN}", r"\?|\b(?:if|was|were|had|did|"
         r"should|would|\w+ed)\b"),
    _cue(EntryKind.TODO, r"^(?:for )?next (?:meeting|time|week)\b.*\b(?:bring|show|prepare|send|have|present|"
         r"discuss)\b", r"\?"),
    _cue(EntryKind.DECISION, r"\b(?:will|is to|are to) (?:\w+ly |also |now |all |then )*be (?:\w+ed|\w+en|put|sent|"
         r"built|made|run|held|set)\b|\b(?:will|is to|are to) (?:also |now )?take place\b", r"\?|\bif\b|\bonce we\b"),
    _cue(EntryKind.TODO, r"\b(?:has|have|needs?|remains?) to be (?:\w+ed|\w+en|put|sent|built|made|run|set)\b|"
         r"\bit is (?:now |also )?necessary to \w+", r"\?|\bif\b"),
    _cue(EntryKind.RESULT, r"\b(?:has|have) (?:now |already |just |also )*(?:started|begun|taken part|"
         r"been (?:re-)?(?:translated|hired|transcribed|recorded|started|implemented|built|written|tested|added|"
         r"modified|changed|measured|reproduced))\b|\bwas (?:very |quite )?(?:successful|a success|a failure)\b",
         r"\?|\b(?:if|when|once|until|after)\b"),
)  # fmt: skip
"""What notes say in the passive; in speech such a sentence mostly explains how something works."""

_QUESTION_WORDS = re.compile(
    r"^(?:what|which|how|why|who|when|where|is|are|do|does|did|can|could|should|would|will|have|has)\b"
)
_ABOUT_US = re.compile(
    r"\b(?:should|shall|could|will|would) (?:we|i)\b(?! just| mean| know| have to say)|"
    r"\bdo we (?:need|want|have|use)\b|"
    r"\b(?:when|how|what|which|where|why)(?: [a-z]+)? (?:are|do|did|would|will|should|can) we\b|"
    r"\bare you (?:gonna|going to)\b|\bhow many .* (?:could|can|should) we\b|\b(?:can|could) you\b"
)
_OPEN_QUESTION = re.compile(
    r"\b(?:the|open|big) question is\b|\b(?:not|un)(?: yet| at all)? ?clear (?:whether|how|what|which|why)\b|"
    r"\bopen question\b|"
    r"\bi wonder (?:whether|if|how)\b|\bwe don't know (?:whether|how|why|which|if)\b"
)
_TAG = re.compile(r"(?:,|\b(?:or|and|is that)) ?(?:right|ok|okay|yeah|no|huh|or what|make sense)\s?\?$")
LEAST_WORDS = 4
"""A sentence of fewer words says too little to stand alone as an entry; a transcript is full of them."""


@dataclass(frozen=True, slots=True)
class Found:
    """The kind that a sentence seems to be, and the words that say so."""

    kind: EntryKind
    words: str


@lru_cache(maxsize=1)
def _korean() -> tuple[Cue, ...]:
    return (
        _cue(EntryKind.DECISION, r"기로 (?:했|하였|결정)|결정(?:했|하였|됨)|합의"),
        _cue(EntryKind.TODO, r"(?:할게요|하겠습니다|해야 (?:한다|합니다|함|해요)|할 예정)"),
        _cue(EntryKind.ADVICE, r"(?:하세요|해 ?보세요|하십시오|좋겠(?:다|습니다|어요)|하라고 (?:하|말))"),
        _cue(EntryKind.RESULT, r"(?:결과|측정)[^.]*\d|\d[\d.]*%"),
    )


def plain(sentence: str) -> str:
    """A sentence as the patterns see it."""
    said = " ".join(sentence.casefold().replace("’", "'").split())
    for _ in range(3):
        shorter = _STUTTER.sub("", _INSIDE.sub("", said))
        shorter = _START.sub("", shorter, count=1) if _START.match(shorter) else shorter
        if shorter == said:
            break
        said = shorter
    return said


def kind_of(sentence: str, *, is_spoken: bool) -> Found | None:
    """The kind that a sentence seems to be; None where nothing speaks for any.

    Of what is spoken in a transcript, only questions about what to do count: most others are answered in the next line.
    """
    if is_spoken and speech.breaks_off(sentence):
        return None
    said = plain(speech.own_words(sentence) if is_spoken else sentence)
    if len(said.split()) < LEAST_WORDS and not _HAS_HANGUL.search(said):
        return None
    hedged = _HEDGED.search(said) is not None
    for cue in (*CUES, *(() if is_spoken else WRITTEN), *(_korean() if _HAS_HANGUL.search(said) else ())):
        found = cue.words.search(said)
        if not found or (cue.but and cue.but.search(said)) or (hedged and cue.kind is EntryKind.DECISION):
            continue
        if is_spoken and _is_supposed(said, found, cue.kind):
            continue
        return Found(cue.kind, found[0].strip())
    return _question(said, _ABOUT_US if is_spoken else _QUESTION_WORDS)


def _is_supposed(said: str, found: re.Match[str], kind: EntryKind) -> bool:
    """Whether a spoken sentence only supposes: a promise behind an if, or what a thing, not a person, should do."""
    if kind is EntryKind.TODO and _IF.search(said, 0, found.start()):
        return True
    return " should " in found[0] and _THING_SHOULD.fullmatch(found[0].strip()) is not None


_IF = re.compile(r"\b(?:if|when|once|unless|whenever|until) (?!you (?:have time|can|could|want)\b)")
_THING_SHOULD = re.compile(
    r"(?!(?:we|you|they|he|she|people|somebody|someone|everybody|everyone|everything|nobody|one|guys|grad)\b)"
    r"\w+ should .*"
)


_HAS_HANGUL = re.compile(r"[\uac00-\ud7a3]")


def _question(said: str, asking: re.Pattern[str]) -> Found | None:
    if opened := _OPEN_QUESTION.search(said):
        return Found(EntryKind.QUESTION, opened[0])
    if said.endswith("?") and not _TAG.search(said) and (asked := asking.search(said)):
        return Found(EntryKind.QUESTION, asked[0])
    return None
