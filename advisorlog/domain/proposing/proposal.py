"""One entry that is proposed, with the span of the notes that it came from."""

from dataclasses import dataclass

from advisorlog.domain import grammar
from advisorlog.domain.kinds import EntryKind, Visibility


@dataclass(frozen=True, slots=True)
class Proposal:
    """notes[start:end] as an entry of a kind.

    `text` is the span on one line, in its own words. `owner` is whose task a todo is (a name as it stands in the notes,
    or "me"), `due` a phrase for a day, as it stands there; `speaker` is who said it in a transcript. `why` says which
    words made the rules (or `assist`) think so.
    """

    kind: EntryKind
    text: str
    start: int
    end: int
    owner: str = ""
    due: str = ""
    speaker: str = ""
    why: str = ""
    visibility: Visibility = Visibility.OPEN
    is_marked: bool = False

    def line(self, handle_of_owner: str = "", handle_of_speaker: str = "") -> str:
        """The line of the capture grammar that stores it."""
        text = self.text
        if self.kind is EntryKind.TODO and not self.is_marked:
            if handle_of_owner:
                text += f" @{handle_of_owner}"
            if self.due:
                text += f" ^{{{self.due}}}" if " " in self.due else f" ^{self.due}"
        speaker = handle_of_speaker if self.kind is not EntryKind.TODO else ""
        return grammar.compose_sigil(self.kind, text, visibility=self.visibility, speaker=speaker or None)
