"""How notes, minutes and summaries say what was decided, advised, found and is to be done.

The order is that of weight: the first cue that is found counts.
"""

import re
from collections.abc import Sequence

from advisorlog.domain.kinds import EntryKind
from advisorlog.domain.proposing.cue import TAG_QUESTION, Cue, Found, cue

_THEM = (
    r"(?:it was|it's been|(?:we|they|i|the (?:group|team|others|members|lab))(?:'ve| have| had)?(?: also| then| all|"
    r" finally| now)?)"
)
_SAID = (
    r"(?:says?|said|saying|mentions?|mentioned|noted|notes|thinks?|thought|believes?d?|felt|feels|commented(?: out)?|"
    r"stressed|emphasi[sz]e[sd]|pointed out|reminded|argues?|argued|wants?|wanted|asked)"
)
_BY_WHEN = (
    r"\b(?:by|until|till|before) (?:the |next |this |end of )*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|"
    r"tonight|week|month|meeting|deadline|\d{1,2}\b|\d{4}-\d\d)"
)
_IS_EXPECTED = (
    r"^(?:it|this|that|they|which)\b|\b(?:it|this|that|they|which|everything) should\b|\bshould (?:be )?(?:fine|okay|"
    r"ok|work|see|know)\b|\bi should\b|\?"
)

_DECISIONS = (
    cue(EntryKind.DECISION,
        rf"\b{_THEM} (?:was )?(?:decided|agreed|concluded|settled|chose|opted|arranged|resolved)\b|"
        r"\b(?:has|have) (?:already )?been (?:decided|agreed|settled|approved|scrapped|dropped)\b|^(?:decided|"
        r"settled on|agreed(?: to|:| that| on)|going with|sticking with)\b|\bthe (?:decision|agreement|"
        r"consensus) (?:is|was)\b|\b(?:my|our|the) (?:\w+ )?(?:plan|proposal) is\b|^proposal is\b|"
        r"\bsounds reasonable\b|\bwe(?:'ll| will) (?:go|stick|stay) with\b|\bwe(?:'re| are) endorsing\b"),
    cue(EntryKind.DECISION,
        r"\bwe(?:'ll| will) (?:now |also |just |then |first |probably |likely |definitely )*(?:drop|keep|use|submit|"
        r"start|stop|skip|cut|move|switch|focus|remove|add|include|leave|ignore|report|target|aim|publish|postpone|"
        r"wait|go|not|no longer|want)\b|\bwe (?:won't|will not|will no longer)\b|\bwe(?:'re| are) (?:just |all |not |"
        r"now )*(?:going to|dropping|keeping|using|hiring|moving to)\b",
        r"\?|\bif\b"),
    cue(EntryKind.DECISION,
        r"\b(?:is|are|was|were) (?:going )?to be (?:re-)?(?:\w+en|\w+ed)\b|\bis going to be\b|\b(?:will|is to|"
        r"are to) (?:\w+ly |also |now |all |then )*be (?:(?!open\b)(?:\w+ed|\w+en)|put|sent|built|made|run|held|set|"
        r"left|cut)\b|\b(?:will|is to|are to) (?:also |now )?take place\b",
        r"\?|\bif\b|\bonce we\b|^(?:this|that|it)\b"),
)  # fmt: skip
_TODOS = (
    cue(EntryKind.TODO,
        r"\b(?:i|we|i'll|we'll)(?: still| also| then| will| really| just)* (?:need|have|ought|want|plan|intend|hope|"
        r"aim|would like|'d like|might need|may need|probably need) to(?: also| then| still| first)* (?!be able|say|"
        r"admit|tell|know|think)\w+|\bi (?:shall|should|must)(?: also| now| probably)* (?!be able|have\b)\w+|^(?:told|"
        r"asked|invited|advised) to \w+|^(?:(?:if|to|for) [^,]*, ?)?(?:also |still )*(?:need|needs|have|want|plan|"
        r"hope) (?:to (?!be\b)\w+|(?:a|an|some|more|the|better|another) \w+)",
        rf"\b{_SAID} (?:that )?(?:i|we) (?:should|must)\b|"
        r"\b(?:didn't|don't|do not|doesn't) (?:need|have|want) to|\bdo (?:i|we) (?:need|have)\b|\bwho (?:want|need)|"
        r"^(?:if|since|as)\b[^,]*$|\?$"),
    cue(EntryKind.TODO,
        r"\bi(?:'ll| will|'m going to| am going to)(?: \w+ly| just| also| try to)* (?!be\b|see\b|say\b|have\b)[a-z]+|"
        r"\b(?:i|we) can (?:also |then |now )*(?:try|run|send|write|check|make|prepare|do|look|ask)\b", r"\?|^if\b"),
    cue(EntryKind.TODO,
        r"\b(?:can|could|will|would) you (?:please |also |just |maybe )*(?:send|write|run|check|make|prepare|read|"
        r"look|add|share|plot|measure|fix|try|update|draft|email)\b|^please \w+"),
    cue(EntryKind.TODO,
        r"\b(?:assignment|tasks?|action item|homework|to-?do) (?:for \w+|:)|\bhow about if you\b|"
        r"\bthere are (?:\w+ ){0,2}changes to be (?:done|made)|\bto be done by\b"),
    cue(EntryKind.TODO,
        r"\b(?:has|have|needs?|remains?) to be (?:\w+ed|\w+en|put|sent|built|made|run|set)\b|"
        r"\bit is (?:now |also )?necessary to \w+", r"\?|\bif\b"),
    cue(EntryKind.TODO, rf"^(?:i|we|me|[^\W\d_]+) (?:to )?[a-z]+ .*{_BY_WHEN}", r"\?|\b(?:if|was|were|had|did|should|"
        r"would|\w+ed)\b"),
    cue(EntryKind.TODO,
        r"^(?:for )?(?:the )?next (?:meeting|time|week)\b.*\b(?:bring|show|prepare|send|have|present|"
        r"discuss)\b", r"\?"),
    cue(EntryKind.TODO,
        r"^(?!the\b|this\b|that\b|it\b|there\b|which\b)[a-z]+ (?:and [a-z]+ )?(?:will|to) (?:then |also )?(?:send|"
        r"write|run|email|prepare|draft|look into|look at|check|measure|implement|fix|read|contact|follow up|"
        r"report back|submit|review|organi[sz]e|ask|talk|make|get|try|update|create|add|give|share|set up|start|"
        r"continue|finish|work|test|find|provide|help)\b|\bwill (?:send|email|prepare|draft|look into|contact|"
        r"follow up|report back)\b",
        r"\b(?:system|model|module|parser|code|program|method)\b|\?"),
    cue(EntryKind.TODO, r"\blet's (?!see|say|look)\w+|\blets (?:try|use|meet|do|start)\b"),
    cue(EntryKind.TODO,
        r"^(?!it\b|this\b|that\b|there\b|which\b|they\b|we\b|i\b|you\b|he\b|she\b|everything\b|these\b|"
        r"those\b)(?:[a-z]+(?:/[a-z]+)?)(?:(?: and|,|, and) [a-z]+)* will (?:also |then |now )?(?!be\b|have\b|not\b|"
        r"probably\b|only\b|depend|still\b|need\b|require|remain|allow|make\b|become)[a-z]+ \w+|"
        r"^actions?(?: items?)?: "
        r"?\w+", r"\?"),
    cue(EntryKind.TODO,
        r"\b(?:everyone|everybody|each of (?:you|us)|all of (?:you|us)) (?:needs to|has to|have to|should|must|will) "
        r"(?!be\b|know)\w+", r"\?$"),
    cue(EntryKind.TODO,
        r"\b(?:asked|wants?|wanted|told|expects?) (?:me|us) to \w+|\b(?:said|says) (?:that )?(?:he|she|they|"
        r"i) (?:would|will) (?!be\b|have\b)\w+"),
)  # fmt: skip
_ADVICE = (
    cue(EntryKind.ADVICE,
        r"\byou (?:should|might want to|may want to|could try|must|ought to|need to|'d better|don't want to|"
        r"shouldn't)\b",
        r"\b(?:what|that) you should\b|\byou should (?:be able|see|know|have seen)\b|\?$"),
    cue(EntryKind.ADVICE,
        r"\b\w+(?:'d| would| also| then)* (?:suggest|recommend|advis|urg|insist|warn|favou?r|prefer)(?:e|es|s|ed|red|"
        r"ing)?\b|^(?:suggest|recommend|advis|propos)(?:ed|es|s)\b|\b(?:he|she|they|i|we|[a-z]+) (?:also |"
        r"then )?propose[sd]?\b|\b(?:it|an idea [^.]*|which) was (?:also )?(?:suggested|recommended|advised|proposed|"
        r"requested)\b|\brequested that\b|\bsuggestions? (?:of|was|were)\b|\bfeedback (?:\([^)]*\) )?(?:is|was|"
        r"were)\b|\bmy (?:suggestion|advice|recommendation|proposal) (?:\w+ )?(?:is|would be|was)\b",
        r"\?$|\b(?:the|llm|our|my) proposed\b|\basked for suggestions\b|\bsuggest(?:s|ed)? (?:that )?(?:it|this|there|"
        r"they) (?:may|might|could|is|was|were)\b"),
    cue(EntryKind.ADVICE,
        rf"\b{_SAID} (?:that )?(?:\w+ ){{0,7}}?(?:should|would be (?:helpful|better|best)|best way|could use|needs? to|"
        r"ought|might be (?:better|good|worth|useful|interesting)|could be|may want|might want)\b"),
    cue(EntryKind.ADVICE,
        r"\b(?:would|might|could|may|will) (?:also |probably |perhaps |even |definitely |really )?be (?:a |an |more |"
        r"very |really )?(?:helpful|better|best|good|great|nice|worth|useful|interesting|cool|beneficial|option|"
        r"advantage|easier|cleaner|necessary|important)\b|\bis (?:very |also |most )?important to\b|^good idea to\b|"
        r"\b(?:probably|perhaps|maybe) better to\b|^better to\b|\bcan be (?:very )?(?:helpful|useful)\b|\b(?:it's|"
        r"it is|it'd be|is) (?:also |probably |always )?(?:best|better|worth) (?:to\b|\w+ing\b)|"
        r"\b(?:would|could|might) help\b|\bis (?:also )?(?:fine|ok|okay)\b.*\b(?:as long|for now|with|if)\b", r"\?$"),
    cue(EntryKind.ADVICE,
        r"^why (?:don't|not)(?: \w)? (?:you|we|try|just|use|maybe)\b|\byou (?:can|could) (?:just|always|also) \w+|"
        r"\bit's a good (?:\w+ )?(?:thing|idea|point) to\b"),
    cue(EntryKind.ADVICE,
        r"\b\w+ should (?:not |also |first |really |always |only |probably )*(?!be able|have\b)\w+|"
        r"\bmust (?:not )?be \w+|^should (?:not |also |probably )?(?:be|have|use|try|do|add|look|make|focus|include|"
        r"consider|check|ask|test)\b",
        _IS_EXPECTED),
    cue(EntryKind.ADVICE,
        r"\bwe (?:can|could|may|might)(?: also| just| even| probably| then| possibly)* (?!be\b|see\b|say\b|"
        r"have seen\b|know\b|not\b)\w+|^(?:can|could|may|might) (?:also |just |then )?(?!be seen|not\b|have\b)\w+|"
        r"^be (?:more|less|careful|sure|explicit|clear|honest|consistent)\b|"
        r"^(?:alternatively|maybe|perhaps|possibly)\b(?! due\b| because\b).*\b\w+", r"\?|^if\b"),
    cue(EntryKind.ADVICE,
        r"\b(?:you|we) (?:might|may|could)(?: just| also| probably)* (?:wanna|want to)\b|\b(?:one|another|first|next|"
        r"other) thing (?:that )?(?:we|you) (?:should|could|need|have|might)\b"),
    cue(EntryKind.ADVICE,
        r"^(?:make sure|be careful|beware|remember to|try to|try not to|avoid|focus on|always|never|don't|do not|"
        r"start with|begin with|use|compare|cite|ask|look at|look into|think about|show|explain|keep in mind|consider|"
        r"justify|emphasi[sz]e|instead of)\b(?! know| think| have)", r"\?$"),
    cue(EntryKind.ADVICE, r"\b(?:must|is|are) (?:be )?(?:required|compulsory) (?:of|to)\b"),
)  # fmt: skip
_FINDINGS = (
    cue(EntryKind.RESULT,
        r"\b(?:turns out|(?:we|i) (?:also |just |finally |basically |have |had )*(?:found|measured|observed|saw|got|"
        r"ran|finish(?:ed|es)|managed)|(?:results?|experiments?|measurements?|numbers?) (?:show|suggest|indicate|"
        r"confirm)s?"
        r"(?:ed)?|found (?:out )?that)\b", r"\?$"),
    cue(EntryKind.RESULT,
        r"\b(?:has|have|'ve|had)(?: now| already| just| also| since| been| almost| been re-?)* (?:finished|completed|"
        r"converged|improved|succeeded|failed|fixed|started|begun|translated|hired|transcribed|recorded|implemented|"
        r"built|written|tested|added|modified|changed|measured|reproduced|done|made|updated|submitted|taken part)\b|"
        r"\b(?:is|are|was|were) (?:now |already |almost |finally |all )*(?:finished|complete|completed|done|fixed|"
        r"running|working|implemented|merged|solved|resolved|ready)\b|^(?:also )?finished (?:are|is)\b|\bnow works?\b|"
        r"\b(?:is|was) (?:very |quite )?(?:successful|a success)\b|[ (](?:done|finished|completed|complete|"
        r"works)[)!.]*$",
        r"\?|^(?:if|when|once|until|after)\b|\b(?:if|once|until) (?:it|this|that|they|we|i|the)\b|\b(?:developer|user|"
        r"person|team|everyone) (?:is|are|was|has|have)\b"),
    cue(EntryKind.RESULT,
        r"\b(?:work(?:s|ed|ing)|perform(?:s|ed|ing)|did|does) (?:\w+ )?(?:well|badly|better|worse|great|fine|poorly|"
        r"nothing)\b|\b(?:didn't|did not|doesn't|does not|don't|didin't)(?: \w+)? (?:work|help|improve|converge|scale|"
        r"fit|change|make a difference)\b|\bseem(?:s|ed)? to (?:be |do |work |have )|\bmatch(?:es|ed)? (?:the|with|"
        r"our)\b|\bbetter than\b|\bworse than\b|\bno (?:issues|difference|effect)\b|\b(?:best|worst|good|bad|great|"
        r"poor|low|high|better|worse|promising|disappointing) (?:\w+ )?(?:results?|accuracy|performance|scores?)\b|"
        r"\blooks? (?:better|worse|good|wrong|right|fine|promising|consistent)\b|\bmanaged to\b|^had (?:many|some|"
        r"a lot of|no|trouble|problems|issues|difficult)\w*\b|\bnot (?:yet )?(?:complete|finished|done|ready|"
        r"working)\b|\btook (?:longer|too long)\b|\bstill valid\b|\bspeed-? ?up\b|\b(?:cannot|can't|"
        r"can not) (?:be )?\w+ (?:because|as|since|due)\b",
        r"\?|\b(?:should|could|would|if|might)\b"),
    cue(EntryKind.RESULT,
        r"\b\d[\d.,]*\s?(?:%|percent|x\b|×|times|ms|seconds|points|db\b|w\b|j\b|gb\b)[^.?]*\b(?:faster|slower|better|"
        r"worse|less|more|lower|higher|fewer|than|from|of|on|over)\b|\b(?:improved|dropped|fell|rose|went (?:up|down)|"
        r"reduced|increased)\b[^.?]*\d", r"\?|\bshould\b|\bneed\b"),
    cue(EntryKind.RESULT, r"\bthere are already \d+|\b(?:we|i) (?:already )?have \d+ (?:\w+ )?(?:lined up|done|"
                          r"finished)\b"),
    cue(EntryKind.TAKEAWAY,
        r"\b(?:the|my|one|another|our|main) (?:main |key |real |biggest |most important |whole |underlying )?(?:point|"
        r"lesson|takeaway|message|problem|issue|insight|limitation|bottleneck|challenge)s? (?:here )?(?:is|was|are|"
        r"were)\b|\b(?:lesson|take-?away)\b|\bbottom line\b|\bin short\b|\bwhat (?:really )?matters is\b|"
        r"\bweakest point\b|\b(?:learn(?:ed|t)|reali[sz]ed|noticed|discovered|figured out) (?!out\b)\w+|\b(?:is|are|"
        r"was|were) (?:too|lacking|missing|insufficient|not enough|biased|imbalanced|highly)\b|"
        r"^(?:issue|problem|limitation|lesson|note|insight)s?(?: is|:| with)\b", r"\?"),
)  # fmt: skip
CUES = (*_DECISIONS, *_TODOS, *_ADVICE, *_FINDINGS)

_HEDGED = re.compile(
    r"\b(?:if|whether|when|unless|until) (?:i|we|you|they|it)\b[^,]*\b(?:decide|agree)|(?:have|has|had|need|"
    r"needs) to decide|(?:not|never|n't)(?: yet| have)? (?:been )?(?:decided|agreed)|couldn't agree"
)
_OPEN_QUESTION = re.compile(
    r"\b(?:the|open|big|main) question is\b|\b(?:not|un)(?: yet| at all)? ?(?:clear|sure) (?:whether|how|what|which|"
    r"why|if)\b|\bopen question\b|\bi wonder (?:whether|if|how)\b|\b(?:we|i) don't know (?:whether|how|why|which|"
    r"if)\b|\b(?:is|was|were|am|i'm|we're|are) (?:also |still )?wondering\b"
)


def by(cues: Sequence[Cue], said: str) -> Found | None:
    """What the first of some cues finds that has nothing against it."""
    hedged = _HEDGED.search(said) is not None
    for each in cues:
        found = each.words.search(said)
        if not found or (each.but and each.but.search(said)) or (hedged and each.kind is EntryKind.DECISION):
            continue
        return Found(each.kind, " ".join(found[0].split()[:5]))
    return None


def question(said: str) -> Found | None:
    """An open question, asked or told of; who asks only for a nod asks nothing."""
    if opened := _OPEN_QUESTION.search(said):
        return Found(EntryKind.QUESTION, opened[0])
    if said.rstrip(' )"”').endswith("?") and not TAG_QUESTION.search(said):
        return Found(EntryKind.QUESTION, "?")
    return None
