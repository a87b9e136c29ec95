"""Attached files on their way out to a vault, where each lies under a name of its own, and back in from one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from advisorlog.domain.file_names import attachment_name
from advisorlog.errors import AdvisorlogError
from advisorlog.store import attachments as files
from advisorlog.store import names
from advisorlog.store.reading.sheets import AttachmentSheet
from advisorlog.vault.exactly import Told, link_in, name_in
from advisorlog.vault.surroundings import ATTACHMENTS
from advisorlog.vault.times import read_when
from advisorlog.workflow import writing_out
from advisorlog.workflow.attaching import opened
from advisorlog.workflow.changing import Change
from advisorlog.workflow.importing.references import References
from advisorlog.workflow.importing.rows import upsert


@dataclass
class Copied:
    """What became of the files, by their places below the vault."""

    written: list[str] = field(default_factory=list[str])
    unchanged: int = 0
    refused: list[str] = field(default_factory=list[str])
    """Other files that lie where ours belong."""
    missing: list[str] = field(default_factory=list[str])


def copy_out(log: Path, attached: Iterable[AttachmentSheet], folder: Path) -> Copied:
    """Copy the attached files into a vault. Raises AdvisorlogError where it can't be written."""
    copied = Copied()
    for each in {(each.sha256, each.name): each for each in attached}.values():
        place = f"{ATTACHMENTS}/{attachment_name(each.sha256, each.name)}"
        try:
            source = files.source_of(files.folder(log), each.sha256)
        except AdvisorlogError:
            copied.missing.append(place)
            continue
        target = folder / place
        if not target.exists():
            _make(target.parent)
            writing_out.copy(source, target)
            target.chmod(0o600)
            copied.written.append(place)
        elif _has(target, each.sha256):
            copied.unchanged += 1
        else:
            copied.refused.append(place)
    return copied


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise AdvisorlogError(f"{folder} can't be made: {error.strerror}", "Choose another folder") from error


def _has(path: Path, sha256: str) -> bool:
    try:
        with opened(path) as (file, _):
            return files.hash_of(file) == sha256
    except (AdvisorlogError, OSError):
        return False


Take = Callable[[Path, Path, str], bool]
"""Has a content (by its hash) in the log's folder, from a file of the vault; whether it is there then."""


def take(root: Path, path: Path, sha256: str) -> bool:
    """Store the file, if it is what the vault's list says."""
    if files.place(root, sha256).is_file():
        return True
    if not _has(path, sha256):
        return False
    with opened(path) as (file, size):
        return files.keep(root, file, size).sha256 == sha256


def only_look(root: Path, path: Path, sha256: str) -> bool:
    """As `take`, of a trial: nothing is stored."""
    return files.place(root, sha256).is_file() or _has(path, sha256)


def bring_in(change: Change, listed: Iterable[Told], vault: Path, references: References, take: Take) -> list[str]:
    """Attach what a vault's list of attachments says; returns what could not be, in words."""
    root = files.folder(files.log_of(change.connection))
    return [lost for told in listed if (lost := _bring_in(change, told, vault, references, take, root))]


def _bring_in(change: Change, told: Told, vault: Path, references: References, take: Take, root: Path) -> str:
    name, sha256 = told.get("name") or "", told.get("sha256") or ""
    what = f"the attached file “{name or sha256[:12]}”"
    owner = _owner(change, told.get("of") or "", references)
    if owner is None:
        return f"{what}: no such meeting or line as {told.get('of')}"
    if not name or not files.is_hash(sha256):
        return f"{what}: the list has no name or no sha256 of it"
    link = link_in(told.get("file") or "")
    # Only its name counts: whatever a list says, no file from outside the vault's own folder comes in.
    if not take(root, vault / ATTACHMENTS / Path(link[0] if link else "").name, sha256):
        return f"{what}: the file is missing beside the list, or another one"
    when = read_when(told.get("at") or "", change.now.zone)
    at = when.at if when and when.at else change.now
    size = files.place(root, sha256).stat().st_size if files.place(root, sha256).is_file() else 0
    upsert(
        change.connection,
        "attachment",
        {"sha256": sha256, **owner},
        name=name,
        media_type=told.get("media-type") or "application/octet-stream",
        size=size,
        visibility="open" if told.get("visibility") == "open" else "private",
        at=at.stored,
        zone=at.zone,
    )
    return ""


def _owner(change: Change, of: str, references: References) -> dict[str, int] | None:
    """The column and number of the line or the meeting that a file belongs to."""
    if (entry := references.entry(of)) is not None:
        return {"entry_id": entry}
    row = change.connection.execute("SELECT id FROM meeting WHERE slug = ?", (names.key(name_in(of)),)).fetchone()
    return {"meeting_id": row["id"]} if row is not None else None
