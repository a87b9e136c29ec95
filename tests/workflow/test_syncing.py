"""Both ways: what was changed on one side goes to the other, and nothing is lost where both were."""

from pathlib import Path

import pytest

from advisorlog.domain.moments import Moment
from advisorlog.store.connection import reading, transaction
from advisorlog.workflow import entries, exporting, history, syncing
from advisorlog.workflow.capture import Place, capture
from advisorlog.workflow.syncing import Gone, Synced
from tests.conftest import NOW
from tests.workflow.conftest import Vault
from tests.workflow.test_edits_in_place import entry
from tests.workflow.test_importing import rows, texts
from tests.workflow.test_round_trip import files, sheets

MEETING = "2026-11-10.md"


def sync(vault: Vault, *, dry_run: bool = False, gone: Gone = Gone.ASK) -> Synced:
    return syncing.sync(
        vault.settings, vault.folder, NOW, dry_run=dry_run, gone=gone, on_progress=lambda done, total: None
    )


@pytest.fixture
def synced(vault: Vault) -> Vault:
    vault.meeting("2026-11-10", "advice: Compare with DVFS first", "result: 3 of 3 agree")
    sync(vault)
    return vault


def rewrite(vault: Vault, old: str, new: str) -> None:
    path = vault.folder / MEETING
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def reword(vault: Vault, old: str, line: str) -> None:
    entries.edit(vault.settings.log, NOW, entry(vault.settings.log, old), line)


def test_the_first_sync_takes_the_files_in_and_writes_what_has_none(vault: Vault) -> None:
    vault.meeting("2026-11-10", "advice: Compare with DVFS first")
    done = sync(vault)
    assert sorted(done.taken_in) == [MEETING, "zeus-weekly.md", "zeus.md"]
    assert sorted(done.written) == ["people/ann-advisor.md", "people/me.md"]


def test_a_second_sync_does_nothing(synced: Vault) -> None:
    before, said = files(synced.folder), sheets(synced.settings.log)
    done = sync(synced)
    assert not done.did_something
    assert not done.needs_the_user
    assert done.in_step == 5
    assert files(synced.folder) == before
    assert sheets(synced.settings.log) == said


def test_an_edit_of_the_file_comes_in(synced: Vault) -> None:
    rewrite(synced, "3 of 3", "4 of 4")
    assert sync(synced).taken_in == [MEETING]
    assert texts(synced.settings.log) == ["Compare with DVFS first", "4 of 4 agree"]
    assert not sync(synced).did_something


def test_an_edit_of_the_log_goes_out(synced: Vault) -> None:
    reword(synced, "3 of 3", "+ 4 of 4 agree")
    assert sync(synced).written == [MEETING]
    assert "result: 4 of 4 agree" in (synced.folder / MEETING).read_text()
    assert not sync(synced).did_something


def test_edits_of_different_records_cross(synced: Vault, now: Moment) -> None:
    rewrite(synced, "3 of 3", "4 of 4")
    capture(synced.settings.log, ["an idea on the way home"], Place(now), now)
    done = sync(synced)
    assert (done.taken_in, done.written) == ([MEETING], ["inbox.md"])


def test_an_edit_of_both_is_a_conflict_and_both_versions_stay(synced: Vault) -> None:
    rewrite(synced, "3 of 3", "4 of 4")
    reword(synced, "Compare", "! Compare with something else")
    done = sync(synced)
    assert [(each.place, each.version) for each in done.conflicts] == [(MEETING, "2026-11-10.conflict-2026-11-24.md")]
    assert "4 of 4 agree" in (synced.folder / MEETING).read_text()
    assert "Compare with DVFS first" in (synced.folder / MEETING).read_text()
    assert "Compare with something else" in (synced.folder / "2026-11-10.conflict-2026-11-24.md").read_text()
    assert texts(synced.settings.log) == ["Compare with something else", "3 of 3 agree"]


def test_a_conflict_waits_until_it_is_settled(synced: Vault) -> None:
    rewrite(synced, "3 of 3", "4 of 4")
    reword(synced, "Compare", "! Compare with something else")
    sync(synced)
    before, said = files(synced.folder), sheets(synced.settings.log)
    waiting = sync(synced)
    assert waiting.waiting == [MEETING]
    assert not waiting.did_something
    assert (files(synced.folder), sheets(synced.settings.log)) == (before, said)
    (synced.folder / "2026-11-10.conflict-2026-11-24.md").unlink()
    rewrite(synced, "DVFS first", "something else")
    assert sync(synced).taken_in == [MEETING]
    assert texts(synced.settings.log) == ["Compare with something else", "4 of 4 agree"]
    assert not sync(synced).did_something


def test_the_same_edit_on_both_sides_is_no_conflict(synced: Vault) -> None:
    rewrite(synced, "3 of 3", "4 of 4")
    reword(synced, "3 of 3", "+ 4 of 4 agree")
    done = sync(synced)
    assert not done.conflicts
    assert done.in_step == 5
    assert not sync(synced).did_something


def test_a_deleted_file_deletes_nothing(synced: Vault) -> None:
    (synced.folder / MEETING).unlink()
    done = sync(synced)
    assert done.deleted_files == [MEETING]
    assert texts(synced.settings.log) == ["Compare with DVFS first", "3 of 3 agree"]
    assert not (synced.folder / MEETING).exists()


def test_a_deleted_file_is_written_again_when_asked(synced: Vault) -> None:
    content = (synced.folder / MEETING).read_bytes()
    (synced.folder / MEETING).unlink()
    assert sync(synced, gone=Gone.RESTORE).written == [MEETING]
    assert (synced.folder / MEETING).read_bytes() == content


def test_a_deleted_file_takes_its_record_along_when_asked_and_undo_brings_it_back(synced: Vault, now: Moment) -> None:
    (synced.folder / MEETING).unlink()
    assert sync(synced, gone=Gone.REMOVE).deleted_files == [MEETING]
    assert not [sheet for sheet in sheets(synced.settings.log) if getattr(sheet, "slug", "").startswith("2026-11-10")]
    history.take_back(synced.settings.log, now, None)
    assert texts(synced.settings.log) == ["Compare with DVFS first", "3 of 3 agree"]


def test_a_removed_record_leaves_its_file(synced: Vault) -> None:
    with transaction(synced.settings.log, "meeting rm", NOW) as connection:
        connection.execute("DELETE FROM meeting")
    done = sync(synced)
    assert done.removed_records == [MEETING]
    assert (synced.folder / MEETING).exists()
    assert sync(synced, gone=Gone.REMOVE).removed_records == [MEETING]
    assert not (synced.folder / MEETING).exists()


def test_a_file_that_was_moved_is_followed(synced: Vault) -> None:
    (synced.folder / "2026").mkdir()
    (synced.folder / MEETING).rename(synced.folder / "2026" / MEETING)
    assert not sync(synced).did_something
    reword(synced, "3 of 3", "+ 4 of 4 agree")
    assert sync(synced).written == [f"2026/{MEETING}"]
    assert not (synced.folder / MEETING).exists()


def test_a_free_note_that_was_renamed_is_followed(vault: Vault) -> None:
    vault.write("talk.md", "# Talk\n\n- [ ] Run it\n")
    sync(vault)
    (vault.folder / "talk.md").rename(vault.folder / "A talk.md")
    done = sync(vault)
    assert not done.did_something
    assert not done.deleted_files
    (vault.folder / "A talk.md").write_text("# Talk\n\n- [ ] Run it\n- [ ] Plot it\n")
    assert sync(vault).taken_in == ["A talk.md"]
    assert rows(vault.settings.log, "action") == 2
    reword(vault, "Plot it", "[] Plot it twice")
    (vault.folder / "A talk.md").rename(vault.folder / "Talks.md")
    assert sync(vault).written == ["Talks.md"]
    assert not sync(vault).did_something
    assert sorted(path.name for path in vault.folder.glob("*alk*")) == ["Talks.md"]


def test_a_renamed_note_that_the_log_has_changed_too_is_a_conflict_once_it_is_edited(vault: Vault) -> None:
    vault.write("talk.md", "- [ ] Run it\n")
    sync(vault)
    path = (vault.folder / "talk.md").rename(vault.folder / "A talk.md")
    sync(vault)
    path.write_text("- [ ] Run it now\n")
    reword(vault, "Run it", "[] Run it later")
    assert [each.place for each in sync(vault).conflicts] == ["A talk.md"]
    assert path.read_text() == "- [ ] Run it now\n"


def test_a_free_note_with_the_name_of_its_record_in_capitals_is_its_file(vault: Vault) -> None:
    vault.write("Meetings.md", "- [ ] Run it\n")
    sync(vault)
    exporting.export(vault.settings, vault.folder, NOW, with_private=True, on_progress=lambda done, total: None)
    assert "meetings.md" not in files(vault.folder)
    assert not sync(vault).problems


def test_a_dry_run_changes_nothing(synced: Vault, now: Moment) -> None:
    rewrite(synced, "3 of 3", "4 of 4")
    capture(synced.settings.log, ["an idea on the way home"], Place(now), now)
    before, said = files(synced.folder), sheets(synced.settings.log)
    done = sync(synced, dry_run=True)
    assert (done.taken_in, done.written) == ([MEETING], ["inbox.md"])
    assert (files(synced.folder), sheets(synced.settings.log)) == (before, said)


def test_a_broken_file_is_left_as_it_is(synced: Vault) -> None:
    path = synced.folder / MEETING
    path.write_text("---\nkind: [\n---\n")
    done = sync(synced)
    assert any(MEETING in problem for problem in done.problems)
    assert path.read_text() == "---\nkind: [\n---\n"
    assert texts(synced.settings.log) == ["Compare with DVFS first", "3 of 3 agree"]


def test_the_inbox_goes_round(synced: Vault, now: Moment) -> None:
    capture(synced.settings.log, ["! one", "[] two @me ^fri", "~ private three"], Place(now), now)
    sync(synced)
    path = synced.folder / "inbox.md"
    path.write_text(path.read_text().replace("advice: one", "advice: one, in other words"))
    assert sync(synced).taken_in == ["inbox.md"]
    with reading(synced.settings.log) as connection:
        rows = connection.execute("SELECT text, visibility FROM entry WHERE meeting_id IS NULL ORDER BY position, id")
        said = [tuple(row) for row in rows]
    assert said == [("one, in other words", "open"), ("two @me ^fri", "open"), ("private three", "private")]


def test_an_interrupted_export_leaves_whole_files_and_the_next_finishes(
    synced: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        exporting.export(synced.settings, out, NOW, with_private=True, on_progress=stop)
    assert len(files(out)) == 2
    done = exporting.export(synced.settings, out, NOW, with_private=True, on_progress=lambda done, total: None)
    assert (len(done.written), done.unchanged) == (3, 2)
