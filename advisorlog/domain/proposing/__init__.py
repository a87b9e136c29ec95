"""Entries that free notes or a transcript seem to hold, by rules; the user decides about each.

A marked line (`! ...`, `Decision: ...`, `- [ ] ...`) is what it says. Of everything else the rules only suggest: they
look for the verbs by which people decide, advise, promise and report. How well that works on labelled notes:
tests/assist/test_rules_measured.py.
"""

from advisorlog.domain.proposing.proposal import Proposal
from advisorlog.domain.proposing.reading import propose

__all__ = ["Proposal", "propose"]
