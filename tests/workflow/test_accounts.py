"""One record written out for others: what a meeting's record and an idea's report hold, and what they never do."""

import pytest

from advisorlog import config
from advisorlog.documents.rendering import FORMATS
from advisorlog.domain.kinds import Visibility
from advisorlog.errors import AdvisorlogError
from advisorlog.workflow import accounts, ideas, preparing
from tests.workflow.conftest import Vault

SECRET = "Zanzibar"
IDEA = """---
kind: idea
id: batch
title: Batch sizing
claim: It saves 20% on three GPUs
project: zeus
resolve-by: 2026-12-31
history:
  - on: 2026-10-06
    status: exploring
    confidence: 40
    because: one GPU, one seed
  - on: 2026-10-20
    confidence: 70
    because: three GPUs agree
  - on: 2026-10-27
    confidence: 20
    because: a bad week
    mood: true
---
"""
MENTEE = "---\nkind: series\nid: noor\ntitle: Noor\nwith: [Noor Haddad]\nrole: mentee\nproject: zeus\nzone: UTC\n---\n"


@pytest.fixture
def told(vault: Vault) -> Vault:
    vault.write("batch.md", IDEA)
    vault.write("noor.md", MENTEE)
    vault.meeting(
        "2026-11-10",
        "advice: Compare with DVFS first #batch",
        "decision: Submit in spring",
        "result: 14.2% less energy #batch",
        "question: Which GPU next?",
        "  - answer: the A40",
        "note: The room was cold",
        "[ ] Run the baseline @me ^2026-11-17",
        "  - done test: three seeds",
        f"concern: {SECRET} worries me #batch",
        f"private: result: {SECRET} #batch",
        f"private: [ ] {SECRET} @me",
        f"note: {SECRET} is as in #hidden",
        f"result: {SECRET} as in #hidden and #batch",
        f"private: confidence: 10 #batch because {SECRET}",
    )
    vault.write(
        "mentee.md",
        "---\nkind: meeting\nid: 2026-11-11-noor\nseries: noor\ndate: 2026-11-11T15:00+00:00\nstatus: held\n---\n"
        f"## Notes\n- advice: {SECRET} helps #batch\n",
    )
    vault.bring_in()
    now = config.now("UTC")
    hidden = ideas.IdeaFields(visibility=Visibility.PRIVATE)
    ideas.new(vault.settings.log, now, f"{SECRET} idea", "hidden", hidden, ideas.Beginning())
    return vault


def test_a_record_holds_the_meeting(told: Vault) -> None:
    text = accounts.record(told.settings, "2026-11-10-zeus-weekly", None, None).rendered("md")
    assert text.startswith("# Zeus weekly, Tue 10 Nov 2026\n")
    assert "With Ann Advisor" in text
    assert "## Agenda\n\n- planned things" in text
    assert "## Decided\n\n- Submit in spring" in text
    assert "- **Ann Advisor:** Compare with DVFS first" in text
    assert "- **I:** Run the baseline (was due 17 Nov)\n  - Done when: three seeds" in text
    assert "- Which GPU next?\n  - Answer: the A40" in text


def test_a_report_tells_an_ideas_way(told: Vault) -> None:
    text = accounts.idea(told.settings, "batch", None, None).rendered("md")
    assert "- It saves 20% on three GPUs (to be known by 31 Dec)" in text
    assert "- Exploring, 70% sure" in text
    assert "- **20 Oct, 70%:** three GPUs agree" in text
    assert "- **Result:** 14.2% less energy" in text
    assert "**Advice from Ann Advisor:** Compare with DVFS first" in text
    assert "bad week" not in text, "a mood is no reason"
    assert accounts.idea(told.settings, "batch", "2026-10-10", None).rendered("md").count("40%") == 2


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_private_is_in_them(told: Vault, form: str) -> None:
    record = accounts.record(told.settings, "2026-11-10-zeus-weekly", None, None)
    report = accounts.idea(told.settings, "batch", None, None)
    for prepared in (record, report):
        text = prepared.rendered(form)
        assert SECRET not in text
        assert "hidden" not in text
        assert "10%" not in text
        assert prepared.document.withheld >= 3


def test_a_private_idea_and_a_meeting_to_come_have_none(told: Vault) -> None:
    told.meeting("2026-12-01", status="planned")
    told.bring_in()
    with pytest.raises(AdvisorlogError, match="is private"):
        accounts.idea(told.settings, "hidden", None, None)
    with pytest.raises(AdvisorlogError, match="was planned"):
        accounts.record(told.settings, "2026-12-01-zeus-weekly", None, None)


def test_a_report_on_one_idea_supersedes_none_on_another(told: Vault) -> None:
    ideas.new(told.settings.log, config.now("UTC"), "Other", "other", ideas.IdeaFields(), ideas.Beginning())
    first = preparing.send(told.settings, accounts.idea(told.settings, "batch", None, None), "md")
    other = preparing.send(told.settings, accounts.idea(told.settings, "other", None, None), "md")
    again = preparing.send(told.settings, accounts.idea(told.settings, "batch", None, None), "md")
    assert (first.supersedes, other.supersedes, again.supersedes) == (None, None, first.id)
