"""The mentee pack: what is in it, and that nothing else ever is."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

from advisorlog import config
from advisorlog.domain.kinds import Visibility
from advisorlog.errors import AdvisorlogError, NotFound
from advisorlog.store.connection import reading, transaction
from advisorlog.workflow import attaching, enclosing, ideas, mentoring
from advisorlog.workflow.attaching import Attached, Manner
from tests.workflow.conftest import Vault

KINDS = ("note", "advice", "decision", "question", "answer", "result", "takeaway", "concern", "win", "todo")
SECRET = "Zanzibar"
FORMS = ("md", "text", "html", "json")
SERIES = """---
kind: series
id: {who}-mentoring
title: {who} mentoring
with: [{name}]
role: mentee
project: zeus
zone: UTC
---
"""
MEETING = """---
kind: meeting
id: {day}-{who}
series: {who}-mentoring
date: {day}T15:00+00:00
status: {status}
---
## Agenda
{agenda}
## Notes
{notes}
"""


@pytest.fixture
def mentoring_vault(vault: Vault) -> Vault:
    """Two mentees of whom nothing is to reach the other."""
    for who, name in (("noor", "Noor Haddad"), ("elif", "Elif Demir")):
        vault.write(f"{who}.md", SERIES.format(who=who, name=name))
    return vault


def meet(vault: Vault, who: str, day: str, *notes: str, status: str = "held", agenda: str = "- the meter") -> None:
    lines = "\n".join(f"- {note}" if not note.startswith(" ") else note for note in notes)
    vault.write(f"{day}-{who}.md", MEETING.format(who=who, day=day, status=status, agenda=agenda, notes=lines))


def packed(vault: Vault, form: str = "md", reuse: tuple[int, ...] = ()) -> str:
    return mentoring.pack(vault.settings, "Noor Haddad", 2000, None, reuse).prepared.rendered(form)


def numbers(vault: Vault, words: str) -> list[int]:
    with reading(vault.settings.log) as connection:
        rows = connection.execute("SELECT id FROM entries WHERE text LIKE ?", (f"%{words}%",))
        return [row["id"] for row in rows]


def test_it_holds_feedback_todos_questions_and_the_next_meeting(mentoring_vault: Vault) -> None:
    meet(
        mentoring_vault,
        "noor",
        "2026-11-18",
        "advice: Heat the card, then use last week's window",
        "takeaway: One card is one card",
        "question: Why is the deconvolution ill-posed?",
        "[ ] Measure the second card @noor ^2026-12-02",
        "  - done test: error below 6%",
        "[ ] Send Noor the tables @me ^2026-12-01",
    )
    meet(mentoring_vault, "noor", "2026-12-02", status="planned", agenda="- Card 2")
    mentoring_vault.bring_in()
    text = packed(mentoring_vault)
    assert "**My advice:** Heat the card" in text
    assert "**Keep in mind:** One card is one card" in text
    assert "**You:** Measure the second card" in text
    assert "Done when: error below 6%" in text
    assert "**I:** Send Noor the tables" in text
    assert "Can you answer this?" in text
    assert "deconvolution ill-posed" in text
    assert "Wed 2 Dec at 15:00 (UTC)" in text


def secrets_everywhere(vault: Vault) -> None:
    """The secret in every kind, said privately; in what is another mentee's; in what names her; in a private idea."""
    private = [f"private: {kind}: {SECRET} {kind}" for kind in KINDS]
    meet(
        vault,
        "noor",
        "2026-11-18",
        *private,
        "advice: Heat the card",
        f"advice: Elif's {SECRET} failed the same way",
        f"advice: Ask @elif about {SECRET}",
        f"takeaway: It is {SECRET} again #secret-idea",
        f"[ ] Tell Elif of {SECRET} @me",
        f"[ ] Something of {SECRET} @ann",
        "[ ] Measure it @noor ^2026-11-19",
        f"  - 2026-11-19 carried ^2026-12-02: Elif needed the {SECRET}",
    )
    meet(vault, "noor", "2026-12-02", status="planned", agenda=f"- Elif and {SECRET}\n- Card 2")
    meet(vault, "elif", "2026-11-19", *(f"{kind}: {SECRET} {kind}" for kind in KINDS))
    vault.meeting("2026-11-17", *(f"{kind}: {SECRET} {kind}" for kind in KINDS))
    for name, who, more in (("mine", "Noor Haddad", "about Elif"), ("hers", "Elif Demir", "")):
        vault.write(
            f"{name}.md",
            f"---\nkind: reading\nid: {SECRET}-{name}\ntitle: Paper {SECRET}\nkeywords: [{SECRET}]\nfor: [{who}]\n"
            f"date: 2026-11-01\n---\n## Motivation\n{SECRET} {more}\n## Thoughts\n{SECRET}\n",
        )
    vault.write(
        "good.md",
        "---\nkind: reading\nid: good\ntitle: Measuring power\nkeywords: [sampling]\nfor: [Noor Haddad]\n"
        f"date: 2026-11-01\n---\n## Motivation\nEverybody reads it.\n## Thoughts\n{SECRET}\n",
    )
    vault.bring_in()
    now = config.now(vault.settings.zone)
    fields = ideas.IdeaFields(visibility=Visibility.PRIVATE)
    ideas.new(vault.settings.log, now, f"{SECRET} idea", "secret-idea", fields, ideas.Beginning())


def everything_written(vault: Vault, folder: Path) -> Iterator[str]:
    for form in FORMS:
        pack = mentoring.pack(vault.settings, "Noor Haddad", 5000)
        for path in mentoring.write(vault.settings.log, pack, folder / form, form):
            yield path.name
            yield path.read_text(encoding="utf-8")


def test_no_secret_leaves_in_any_format_or_file_name(mentoring_vault: Vault, tmp_path: Path) -> None:
    secrets_everywhere(mentoring_vault)
    assert len(numbers(mentoring_vault, SECRET)) > 3 * len(KINDS)
    written = list(everything_written(mentoring_vault, tmp_path / "out"))
    assert any("Heat the card" in text for text in written)
    assert any("Card 2" in text for text in written)
    assert any("Measuring power" in text for text in written)
    assert not [text for text in written if SECRET.casefold() in text.casefold()]
    assert not [text for text in written if "elif" in text.casefold()]


def test_the_list_for_the_mentor_says_what_stayed_out_and_why(mentoring_vault: Vault) -> None:
    secrets_everywhere(mentoring_vault)
    told = mentoring.pack(mentoring_vault.settings, "Noor Haddad").manifest
    for why in ("private", "it names another mentee", "it tags a private idea", "they are yours"):
        assert f": {why}" in told


def test_a_private_reading_stays_out(mentoring_vault: Vault) -> None:
    text = "---\nkind: reading\nid: own\ntitle: Own paper\nfor: [Noor Haddad]\ndate: 2026-11-01\n---\n"
    mentoring_vault.write("own.md", text)
    mentoring_vault.bring_in()
    assert "Own paper" in packed(mentoring_vault)
    with transaction(mentoring_vault.settings.log, "test", config.now("UTC")) as connection:
        connection.execute("UPDATE reading SET visibility = 'private'")
    assert "Own paper" not in packed(mentoring_vault)


def test_advice_that_i_got_is_passed_on_with_its_source(mentoring_vault: Vault) -> None:
    mentoring_vault.meeting("2026-11-17", "advice: Compare with DVFS first", "private: advice: Leave the group")
    meet(mentoring_vault, "elif", "2026-11-19", "advice: Read more")
    mentoring_vault.bring_in()
    (number,) = numbers(mentoring_vault, "Compare with DVFS")
    assert "Advice that Ann Advisor gave me:** “Compare with DVFS first”" in packed(mentoring_vault, reuse=(number,))
    for words in ("Leave the group", "Read more"):
        with pytest.raises(AdvisorlogError):
            packed(mentoring_vault, reuse=tuple(numbers(mentoring_vault, words)))


def test_who_is_no_mentee_gets_none(mentoring_vault: Vault) -> None:
    mentoring_vault.bring_in()
    with pytest.raises(NotFound, match="in no series with the role of a mentee"):
        mentoring.pack(mentoring_vault.settings, "Ann Advisor")


def attach(vault: Vault, name: str, content: bytes, target: str | None, manner: Manner | None = None) -> int:
    """A file of this content, attached as the user would: open, unless the manner says otherwise."""
    path = vault.folder.parent / name
    path.write_bytes(content)
    manner = manner or Manner(target, None, Visibility.OPEN)
    (done,) = attaching.attach(vault.settings.log, config.now("UTC"), [attaching.given(path)], manner)
    assert isinstance(done, Attached), done
    return done.attachment.id


def photograph(remark: str, orientation: int = 1) -> bytes:
    """A JPEG of a board, wider than high, with what a camera and a person wrote into it."""
    picture = Image.new("RGB", (40, 20), "white")
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = remark
    exif[ExifTags.Base.Orientation] = orientation
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = remark
    made = BytesIO()
    picture.save(made, "JPEG", exif=exif, comment=remark.encode())
    return made.getvalue()


@pytest.fixture
def met(mentoring_vault: Vault) -> Vault:
    meet(mentoring_vault, "noor", "2026-11-18", "advice: Heat the card", "note: the board of that day")
    meet(mentoring_vault, "elif", "2026-11-19", "advice: Cool it")
    mentoring_vault.bring_in()
    return mentoring_vault


def files_of(vault: Vault, folder: Path) -> dict[str, bytes]:
    sent, _ = mentoring.write(vault.settings.log, mentoring.pack(vault.settings, "Noor Haddad"), folder, "md")
    beside = enclosing.folder_of(sent)
    return {path.name: path.read_bytes() for path in beside.iterdir()} if beside.exists() else {}


def test_open_files_of_the_mentees_meetings_go_with_the_pack(met: Vault, tmp_path: Path) -> None:
    attach(met, "board.pdf", b"%PDF-1.4 the board", "2026-11-18-noor")
    (line,) = numbers(met, "the board of that day")
    attach(met, "data.csv", b"watts,seconds\n1,2\n", str(line))
    assert files_of(met, tmp_path / "out") == {"board.pdf": b"%PDF-1.4 the board", "data.csv": b"watts,seconds\n1,2\n"}
    text = (tmp_path / "out").glob("noor*.md")
    (pack,) = [path.read_text(encoding="utf-8") for path in text]
    assert "Files that go with this" in pack
    assert "data.csv" in pack
    assert "the board of that day" in pack


def test_what_a_camera_wrote_into_a_picture_stays_at_home(met: Vault, tmp_path: Path) -> None:
    attach(met, "board.jpg", photograph(SECRET, orientation=6), "2026-11-18-noor")
    assert SECRET.encode() in photograph(SECRET)
    (content,) = files_of(met, tmp_path / "out").values()
    assert SECRET.encode() not in content
    with Image.open(BytesIO(content)) as image:
        assert image.size == (20, 40), "upright, as the camera said that it was held"
        assert not image.getexif()
        assert "comment" not in image.info


@pytest.mark.parametrize("form", ["PNG", "GIF", "TIFF", "WEBP", "BMP"])
def test_other_pictures_go_without_what_is_written_in_them_too(met: Vault, form: str, tmp_path: Path) -> None:
    made, remark = BytesIO(), PngInfo()
    remark.add_text("Comment", SECRET)
    kept = {"PNG": {"pnginfo": remark}, "GIF": {"comment": SECRET.encode()}, "TIFF": {"description": SECRET}}
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = SECRET
    more = kept.get(form, {"exif": exif} if form == "WEBP" else {})
    Image.new("RGB", (9, 7), "red").save(made, form, **more)
    assert (SECRET.encode() in made.getvalue()) is (form != "BMP")
    attach(met, f"board.{form.lower()}", made.getvalue(), "2026-11-18-noor")
    (content,) = files_of(met, tmp_path / "out").values()
    assert SECRET.encode() not in content
    with Image.open(BytesIO(content)) as image:
        assert (image.format, image.size) == (form, (9, 7))


def test_a_moving_picture_still_moves(met: Vault, tmp_path: Path) -> None:
    made = BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    frames[0].save(made, "GIF", save_all=True, append_images=frames[1:], duration=80, comment=SECRET.encode())
    attach(met, "run.gif", made.getvalue(), "2026-11-18-noor")
    (content,) = files_of(met, tmp_path / "out").values()
    assert SECRET.encode() not in content
    with Image.open(BytesIO(content)) as image:
        assert getattr(image, "n_frames", 1) == 3
        assert image.info["duration"] == 80


def test_files_that_are_private_or_of_others_stay(met: Vault, tmp_path: Path) -> None:
    attach(met, "mine.pdf", b"%PDF-1", "2026-11-18-noor", Manner("2026-11-18-noor"))
    attach(met, "hers.pdf", b"%PDF-2", "2026-11-19-elif")
    attach(met, "Elif's card.pdf", b"%PDF-3", "2026-11-18-noor")
    attach(met, "told.pdf", b"%PDF-4", None, Manner("2026-11-18-noor", "as Elif did it", Visibility.OPEN))
    film = attach(met, "walk.mp4", b"\0\0\0\x18ftypisom", "2026-11-18-noor")
    packed = mentoring.pack(met.settings, "Noor Haddad")
    assert files_of(met, tmp_path / "out") == {}
    whys = sorted(each.why for each in packed.withheld if each.what.startswith("attached file"))
    assert whys[:2] == ["it may say where and when it was made; a JPEG or PNG can go", "it names another mentee"]
    assert len(whys) == 4
    assert f"attached file {film}: it may say where" in packed.manifest


def test_two_files_of_one_name_are_told_apart(met: Vault, tmp_path: Path) -> None:
    attach(met, "board.txt", b"one", "2026-11-18-noor")
    (tmp_path / "again").mkdir()
    attach(met, "Board.txt", b"two", "2026-11-18-noor")
    assert files_of(met, tmp_path / "out") == {"board.txt": b"one", "Board-2.txt": b"two"}


def test_a_picture_that_is_none_is_said_and_no_pack_is_written(met: Vault, tmp_path: Path) -> None:
    number = attach(met, "board.png", b"\x89PNG\r\n\x1a\n" + b"no picture", "2026-11-18-noor")
    with pytest.raises(AdvisorlogError, match=f"Attached file {number} can't be read as the picture"):
        files_of(met, tmp_path / "out")
    assert not [path for path in (tmp_path / "out").iterdir() if path.name.startswith("noor")]
