"""How people decide, advise, promise, report and ask when they speak: who, a modal verb, and something to do.

Speech is mostly explaining and joking, with the same words. So a cue counts only in a main clause, before a verb by
which something is done in the world (not "we'll see", "you could say"), behind no "if", and with some words after it.
"""

import re

from advisorlog.domain.kinds import EntryKind
from advisorlog.domain.proposing import speech
from advisorlog.domain.proposing.cue import TAG_QUESTION, Cue, Found, cue

_BY_THE_WAY = (
    r"(?:(?:just|also|really|actually|probably|definitely|then|now|maybe|all|still|always|first|certainly|"
    r"first of all|at least|not|never|only|again|even|somehow) )*+"
)
_SAID_OR_FELT = (
    r"(?:be|have|had|get|see|say|know|think|mean|imagine|assume|suppose|believe|guess|hope|want|wanna|like|understand|"
    r"remember|tell|mention|go|come|call|wait|stop|sit|end|wind|agree|admit|worry|care|talk|look|find|happen|need|"
    r"show|give|explain|let|lose|feel|realize|notice|hear|figure|decide|turn|depend|make sure|do (?:it|that|this|so)|"
    r"argue|interpret|infer|conclude|handle|deal|learn|expect|stand|live|start|begin|pretend|spoil|skip|bet|shut|read|"
    r"try (?:it|it out)|trail|discover|shift gears)\b"
)
_DONE_AFTER_ALL = (
    r"(?:be (?:using|working|doing|running|recording|responsible)|have (?:a|another) (?:re-?run|meeting|session|trial|"
    r"look|run)|get (?:back|in touch|rid|together|the|some)|go (?:through|with|check|ahead|back and)|look (?:at|into|"
    r"up|through|for)|find (?:out|a way)|figure (?:out|that)|make sure|talk (?:to|with|about)|decide|think (?:of|"
    r"about)|have (?:to talk|them|it|him|her|somebody|someone)|come (?:up with|back)|turn in|read (?:the|up|that|it|"
    r"this|a|through)|show (?:you|them|him|her|it)|give (?:you|them|him|her|us|it|a)|worry about|deal with|handle|"
    r"skip|try (?:to|some|this|that|out)|start (?:with|by|work|\w+ing))"
)
_DO = rf"(?:{_DONE_AFTER_ALL}\b|(?!{_SAID_OR_FELT})[a-z]{{2,}}\b)"
_MORE = r"(?: \S+){2}"
_WHO = (
    r"(?P<who>(?:you|he|she|[a-z]+) and i|(?:the )?(?:two|three|four|both) of (?:us|you)|you (?:two )?guys|(?!(?:it|"
    r"that|this|there|what|who|which|they|we|you|i|one|everything|nobody|he|she|how|when|then)\b)[a-z]{3,})"
)
_GOING_TO = r"(?:'ll| will|'s gonna|'s going to| is going to| is gonna| are gonna| are going to)"


_DECISIONS = (
    cue(EntryKind.DECISION, r"\bwe(?:'ve| have)?(?: \w+ly| also)? (?:decided|agreed|settled)\b"),
    cue(EntryKind.DECISION, r"\b(?:decided|agreed) (?:to|not to|that we)\b", r"^(?:he|they|it)\b"),
    cue(EntryKind.DECISION,
         rf"\bwe(?:'ll| will|(?:'re| are) {_BY_THE_WAY}(?:gonna|going to)) {_BY_THE_WAY}(?!have to\b){_DO}{_MORE}|"
         r"\bwe(?:'re| are) (?:just |all |now )*(?:dropping|keeping|using|hiring|moving to|sticking)\b"),
    cue(EntryKind.DECISION,
         rf"\bwe(?: probably| definitely)? (?:won't|will not|will no longer) {_BY_THE_WAY}(?!be\b|know\b|see\b|"
         rf"ask\b)\w+|\bwe(?:'re not| are not| aren't) (?:gonna|going to) {_BY_THE_WAY}\w+|"
         r"\bnot what we're gonna do\b", is_anywhere=True),
    cue(EntryKind.DECISION,
         rf"\blet's {_BY_THE_WAY}(?!see|say|go|look|think about (?:this|that)|suppose|assume|take|hear|wait|"
         r"do (?:this|that|it|the|a|first)|talk|call|be|stop|start|back|get|move|pretend|imagine|forget|deal|slide|"
         r"put it (?:this|that)|have it|pick whatever|not|i\b|yeah|so\b|first\b)\w+ \w+|\blet's (?:meet|go with|"
         r"stay with|stick (?:to|with)|leave|try|use|keep|get rid)\b"),
)  # fmt: skip
_TODOS = (
    cue(EntryKind.TODO,
         r"\b(?:has|have|had) (?:\w+ly )?(?:agreed|volunteered|offered|promised) to\b|"
         rf"\b(?:she|he)(?:'s| is) (?:willing|happy) to {_DO}"),
    cue(EntryKind.TODO,
         rf"\bi(?:'ll| will|(?:'m| am) {_BY_THE_WAY}(?:gonna|going to)) {_BY_THE_WAY}{_DO}{_MORE}|\bi(?:'ll|"
         rf" will)?(?: still)? (?:need to|have to|gotta|got to|should|ought to) {_BY_THE_WAY}{_DO}{_MORE}",
         r"\btell you why\b|\btalk about it (?:when|later)\b"),
    cue(EntryKind.TODO,
         rf"\bi (?:think )?can {_BY_THE_WAY}(?:try|run|send|write|check|make|prepare|schedule|help|handle|take care|"
         rf"talk to|bring|work on|look into|set up|put|worry about)\b{_MORE}", r"\bif i\b|\bimagine\b"),
    cue(EntryKind.TODO,
         r"\b(?:what|thing) (?:that )?(?:i|we)(?:'d like| would like| want| plan| wanna| need| have)(?: to)?(?: do)? is"
         rf"\b|\bi plan to\b|\bi'd like to {_DO}{_MORE}", is_anywhere=True),
    cue(EntryKind.TODO,
         r"\b(?:we|you and i|[a-z]+ and i)(?: will|'ll|'re gonna|'re going to| are going to)?(?: \w+ly| also)? "
         rf"(?:need to|have to|gotta|got to|ought to) {_BY_THE_WAY}{_DO}(?: \S+)+"),
    cue(EntryKind.TODO,
         r"\b(?:you and i|we|you two|the two of you)(?: guys)? (?:should|could|can) (?:all )?(?:meet|sit down)\b"),
    cue(EntryKind.TODO,
         r"\b(?:someone|somebody|everyone|everybody|each of us|one of us) (?:has to|needs to|should|must|will) "
         rf"{_BY_THE_WAY}\w+"),
    cue(EntryKind.TODO, rf"\b{_WHO}(?:{_GOING_TO}| has to| needs to| should) {_BY_THE_WAY}{_DO}{_MORE}"),
    cue(EntryKind.TODO, rf"^(?:he|she)(?:{_GOING_TO}| has to| needs to) {_BY_THE_WAY}{_DO}{_MORE}"),
    cue(EntryKind.TODO,
         r"\b(?:task|job|homework|assignment|action item) (?:for \w+|is to|will be to)\b|\b(?:it's|will be|is) (?:my|"
         r"your|our) job to\b"),
    cue(EntryKind.TODO,
         r"\bhow about (?:if )?(?:you|we|the two of you)\b|\b(?:can|could|would|will) you (?:please |also |just |"
         r"maybe )*(?:send|write|run|check|prepare|add|plot|measure|fix|update|draft|email|change|put|ask|"
         r"make)\b(?! on| back)|^please \w+|^send (?:me|us|it|that)\b|\bif you (?:could|would|can|'d) (?:please |"
         r"just )?(?:send|change|write|check|put|add|make|look)\b"),
)  # fmt: skip
_ADVICE = (
    cue(EntryKind.ADVICE,
         r"\b\w+ (?:would |did |also |actually |then )*(?:suggest|suggested|recommend|recommended|propose|proposed|"
         r"advise|advised|insisted) (?:that|to|we|you|he|she|i|it|for|\w+ing)\b|\b(?:my|the|his|her|"
         r"your) (?:suggestion|proposal|recommendation|advice) (?:\w+ )?(?:is|was|would be)\b",
         r"\bwhich suggests\b|\blet me suggest|\b(?:suggest|propose) (?:that )?we (?:move|start|begin|stop|go|"
         r"continue)"),
    cue(EntryKind.ADVICE,
         r"\b(?:we|you|you guys)(?: probably| really| definitely| also| maybe)? (?:should|oughta|ought to|shouldn't|"
         rf"(?:might|may) {_BY_THE_WAY}(?:want to|wanna)) {_BY_THE_WAY}{_DO}{_MORE}",
         r"\bshould (?:know|be able|see)\b"),
    cue(EntryKind.ADVICE,
         r"\b(?:one|another|first|next|other) thing (?:that )?we should do\b|"
         r"\byou could (?:look at|try|ask|read|check|talk to|send)\b", r"\b(?:if|says?|someone|somebody|user)\b",
         is_anywhere=True),
    cue(EntryKind.ADVICE,
         rf"\bmaybe (?:we|you)(?: should| could| can| wanna| want to| might)+ {_BY_THE_WAY}{_DO}{_MORE}|"
         r"\bmaybe (?:make|add|use|try|put|write)\b"),
    cue(EntryKind.ADVICE,
         rf"\b(?:we|you) (?:can|could) {_BY_THE_WAY}{_DO}\b.*\b(?:as well|too|also)\b|\bwe (?:can|"
         rf"could) also {_DO}{_MORE}|\bwe could {_BY_THE_WAY}{_DO}{_MORE}"),
    cue(EntryKind.ADVICE,
         r"\bwhy (?:don't|not) (?:you|we|just)\b(?! (?:mention|tell|say|show|explain|start|bring us))"),
    cue(EntryKind.ADVICE,
         r"\b(?:it's|it is|it'd be|it would be|would be|might be|may be|is|that's) (?:\w+ly |also |just |a |"
         r"maybe )*(?:(?:good|great|better|best|nice|useful|helpful|important|smart|safer) (?:idea |thing |"
         r"point )?(?:to|if)|worth \w+|worth it to|worth the)\b|\b(?:wouldn't|won't) hurt to\b|\b(?:good|"
         r"great) idea (?:\w+ )?to\b|"
         r"\bmakes (?:more )?sense to (?!you|me)", r"\bit doesn't|\bnice if it\b"),
    cue(EntryKind.ADVICE,
         r"\b(?:should|shouldn't) (?:really |probably |also |just |never |always |not |maybe )+be\b|"
         r"\bthere should (?:\w+ )?be\b|\b(?:need|needs) to be \w+|\bmust be \w+ed\b",
         r"^(?:i|he|she|it|that|this|they|shouldn't)\b|\bshould be (?:able|fine|ok|okay|free)\b"),
    cue(EntryKind.ADVICE,
         r"^(?:don't|do not|never|make sure|make up|try to|ask (?:him|her|them)|keep|avoid|be careful)\b(?! (?:know|"
         r"think|have|you|worry|get))"),
)  # fmt: skip
_FINDINGS = (
    cue(EntryKind.TAKEAWAY,
         r"\b(?:the|my) (?:main|key|real|biggest|hardest|important|hard|crucial) (?:point|thing|lesson|takeaway|"
         r"message|problem|issue|insight|part)s? (?:here |with \w+ \w+ |with \w+ \w+ \w+ |for \w+ \w+ )*(?:is|was)\b|"
         r"\bbottom line is\b"),
    cue(EntryKind.RESULT,
         r"\b(?:turns out (?:that )?(?!there|to)|(?:we|they) (?:actually |also )?(?:found|measured|observed|saw)\b|"
         r"(?:results?|experiments?|measurements?) (?:show|suggest|indicate|confirm)s?|found that)\b",
         r"\bif it turns out\b|\bjust turns out\b|\bthings? you can\b"),
    cue(EntryKind.RESULT,
         r"\b(?:has|have|'ve) (?:now |already |just |been )*(?:finished|completed|converged|improved|succeeded|failed|"
         r"fixed|implemented|downloaded|installed|collected|recorded|transcribed|started|written)\b|\b(?:is|are|was|"
         r"were) (?:now |already |almost |half |all |just |pretty much )*(?:finished|complete|done|fixed|written|"
         r"implemented|recorded)\b|\bgot a lot done\b|\bworked (?:fine|well|great)\b|\bstarted (?:working|to|doing|"
         r"looking|writing)\b",
         r"\b(?:if|when|once|until|after|as soon as|even though)\b|\bhas to\b|\bto be\b|\bhave you\b"),
)  # fmt: skip
CUES = (*_DECISIONS, *_TODOS, *_ADVICE, *_FINDINGS)

_SUBORDINATE = re.compile(
    r"\b(?:what|which|that|who|whom|how|where|when|why|if|whether|since|while|as|than|before|once|unless|until|"
    r"whenever|wherever|whatever|everything|all|things?|stuff|way|place|something|anything|ones?|lot of|information|"
    r"case|like|so that|those|these)\b[ ,]*(?:i think|i guess)?[ ,]*$"
)
_SAID_THAT = re.compile(r"\b(?:think|thought|seems to me|suggest|propose|say|sure|guess|feel|means) that $")
_SUPPOSED = re.compile(
    r"\b(?:if|once|unless|whenever|suppose|assume|assuming|imagine|let's say|could say|you'd say|says?|"
    r"said) (?!you (?:have time|can|could|want)\b)"
)
_ASKED_FOR = re.compile(r"\bhow about\b|\b(?:can|could|would|will) you |\bif you |why (?:don't|not)|^please")
_SMALL_WORDS = """
the that this and you for with but what are was were have has had will would could should can not out all just it's
they them then there some
"""
_SMALL = frozenset(_SMALL_WORDS.split())
LEAST_CONTENT = 2
"""Words of some weight from the cue on; with fewer it is a sentence that lost its end."""
MOST_WORDS = 50
"""A longer sentence wanders; nobody writes it down as one entry."""

_QUESTION = re.compile(
    r"\b(?:should|shall) (?:we|i)\b(?! just| mean| know| have to say| say| go| worry| start| pull| flip| rename)|"
    r"^(?:how|what|which|where|when) (?:\w+ )?(?:would|should|can|could|do) we (?!say|see|call|know|have|mean|think|"
    r"get|like|feel)\w+|\bdo we (?:need|want|wanna) (?:to )?(?!switch)\w+|\bwould there be any\b|\bhow (?:are|"
    r"do) we (?:gonna |going to )?(?:get|make|decide|do|handle)\b|\bare you (?:gonna|going to) (?:have|write|send|"
    r"make|run|try|do)\b|\bwhen (?:are|do|should|can) we (?:\w+ )?meet\b"
)
_OPEN_QUESTION = re.compile(
    r"\b(?:the|open|big|my|one|whole) (?:question|issue|problem) (?:then |really )?is,? (?:how|whether|which|can|"
    r"where|who|if|what (?:could|should|do))\b|\bnot clear (?:yet )?(?:whether|how|what|which|why)\b|"
    r"\bopen question\b|\bi wonder (?:whether|if|how)\b|\bwe don't know (?:whether|how|why|which|if) (?!many|much)"
)


def heard(said: str, sentence: str) -> Found | None:
    """The kind of a sentence of a transcript; `said` is how the patterns see it, `sentence` how it was written."""
    if len(said.split()) > MOST_WORDS:
        return None
    is_asked = said.endswith("?")
    for each in CUES:
        found = each.words.search(said)
        if found is None or (each.but and each.but.search(said)):
            continue
        if is_asked and not _ASKED_FOR.search(found[0]):
            continue
        if _is_meant(each, found, said) and _is_somebody(found, sentence):
            return Found(each.kind, _first_words(found[0]))
    if opened := _OPEN_QUESTION.search(said):
        return Found(EntryKind.QUESTION, opened[0])
    if is_asked and not TAG_QUESTION.search(said) and (asked := _QUESTION.search(said)):
        return Found(EntryKind.QUESTION, asked[0])
    return None


def _is_meant(by: Cue, found: re.Match[str], said: str) -> bool:
    """Whether the words stand in a main clause, are not supposed, played or cut off."""
    before, behind = said[: found.start()], said[found.start() :]
    if not by.is_anywhere and _SUBORDINATE.search(_SAID_THAT.sub("", before)):
        return False
    if by.kind in (EntryKind.TODO, EntryKind.DECISION) and _SUPPOSED.search(before):
        return False
    if speech.PLAYED in behind[: len(found[0]) + 4]:
        return False
    weighty = [word for word in re.findall(r"[^\W\d_]{3,}", behind) if word not in _SMALL]
    return len(weighty) >= LEAST_CONTENT


def _is_somebody(found: re.Match[str], sentence: str) -> bool:
    """Whether the one who shall do it is a person: several, or a name that is written as one."""
    who = found.groupdict().get("who") or ""
    if not who or " " in who:
        return True
    return re.search(rf"\b{re.escape(who.capitalize())}\b", sentence) is not None


def _first_words(found: str) -> str:
    return " ".join(found.split()[:4]).strip(" ,;:")
