"""How Korean sentences end that decide, promise, advise or report."""

import re

from advisorlog.domain.kinds import EntryKind
from advisorlog.domain.proposing.cue import cue

HANGUL = re.compile(r"[\uac00-\ud7a3]")
CUES = (
    cue(EntryKind.DECISION, r"기로 (?:했|하였|결정)|결정(?:했|하였|됨)|합의"),
    cue(EntryKind.TODO, r"(?:할게요|하겠습니다|해야 (?:한다|합니다|함|해요)|할 예정)"),
    cue(EntryKind.ADVICE, r"(?:하세요|해 ?보세요|하십시오|좋겠(?:다|습니다|어요)|하라고 (?:하|말))"),
    cue(EntryKind.RESULT, r"(?:결과|측정)[^.]*\d|\d[\d.]*%"),
)
