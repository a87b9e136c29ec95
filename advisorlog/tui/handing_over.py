"""Giving a document out of hand: shown, copied, written to a file, or kept as sent."""

from pathlib import Path
from typing import Any

from advisorlog.tui import asking, showing
from advisorlog.tui.dialogs import Answers, Ask, Choice, Choose, Field
from advisorlog.tui.screen import RecordScreen
from advisorlog.workflow.preparing import Prepared


async def hand_over(screen: RecordScreen[Any], prepared: Prepared, file_name: str) -> None:
    """Ask how, and do it. Sending keeps the document, frozen; no mail leaves the program."""
    words = prepared.renderer.count(prepared.document)
    about = f"{prepared.document.title}\n{words} of {prepared.document.budget} words."
    if prepared.document.withheld:
        about += f" {showing.counted(prepared.document.withheld, 'private line')} left out."
    if enclosed := len(prepared.document.enclosed):
        about += f" {showing.counted(enclosed, 'attached file')} with it, if you write a file."
    choices = [
        Choice("copy-send", "Copy and keep", "on the clipboard, and frozen as sent"),
        Choice("send", "Keep as sent", "frozen, with its hash; no mail leaves the program"),
        Choice("copy", "Copy", "on the clipboard only"),
        Choice("file", "Write a file", "Markdown, text or HTML by its ending"),
    ]
    chosen = await screen.advisorlog.push_screen_wait(Choose("Send", choices, about))
    if chosen is None:
        return
    if chosen == "file":
        await _write(screen, prepared, file_name)
        return
    if "copy" in chosen:
        text = await screen.desk.do(lambda: prepared.rendered("md"))
        await _copy(screen, text)
    if "send" in chosen:
        await _send(screen, prepared)


async def _copy(screen: RecordScreen[Any], text: str) -> None:
    """The system's clipboard where there is one, else the terminal's."""
    import pyperclip

    try:
        await screen.desk.do(lambda: pyperclip.copy(text))
    except pyperclip.PyperclipException:
        screen.advisorlog.copy_to_clipboard(text)
    screen.tell("It is on the clipboard")


async def _send(screen: RecordScreen[Any], prepared: Prepared) -> None:
    from advisorlog.workflow import preparing

    sent = await screen.desk.do(lambda: preparing.send(screen.desk.settings, prepared, "md"))
    to = f" to {sent.to}" if sent.to else ""
    screen.tell(f"Kept as sent{to}: document {sent.id}, sha256 {sent.sha256[:12]}")
    screen.reload()


async def _write(screen: RecordScreen[Any], prepared: Prepared, file_name: str) -> None:
    from advisorlog.workflow import enclosing, writing_out

    fields = [Field("path", "Where to?", value=str(Path.home() / file_name), needed=True)]

    def write(answer: Answers) -> Path:
        path = Path(answer["path"]).expanduser()
        enclosing.write(screen.desk.settings.log, prepared, path, writing_out.form_of(path))
        return path

    question = Ask("Write a file", fields, does="write")
    if (path := await asking.ask(screen, question, write)) is not None:
        files = len(prepared.document.enclosed)
        screen.tell(f"Written to {path}" + (f", and {showing.counted(files, 'file')} beside it" if files else ""))
