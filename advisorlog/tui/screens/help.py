"""Help, made from the bindings themselves: what one can press here, and everywhere."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from advisorlog.tui import showing
from advisorlog.tui.keys import as_set, own_bindings
from advisorlog.tui.screen import SCREENS_CSS, app_of
from advisorlog.tui.widgets.capture_line import SIGILS

if TYPE_CHECKING:
    from advisorlog.tui.app import AdvisorlogApp

MOVING = """Arrows, page keys, j and k move; enter opens; tab goes to the next part of the screen; esc closes this help.
^o is ctrl and o together.
The words at the right are the keys' names: [keys] in the config file changes them, `"line.edit" = "f4"`; \
`advisorlog paths` says where it is.
What has no key here is done in the shell: import, export, backup, settings; `advisorlog --help` lists all."""
CAPTURE = f"""A line begins with what it is:
{SIGILS}
Inside it: #idea, @person, ^date (^fri, ^2w, ^2026-12-01). A date of several words stands in \
braces: ^{{next week}}. A backslash before a sign makes it plain text.
A question is an ask in the brief; it may say more:
? decide: OSDI or CHI? | options: OSDI / CHI | rec: CHI 70%
(or unblock, or sanity-check)"""


@dataclass(frozen=True, slots=True)
class Key:
    """A key, what it does in a word and in a line, and its name in the config file."""

    shown: str
    what: str
    about: str = ""
    name: str = ""


def _told(shown: str, binding: Binding) -> Key:
    return Key(shown, binding.description, binding.tooltip, binding.id or "")


class Help(ModalScreen[None]):
    """Every key that does something where one is. Keys can be changed under [keys] in the config file."""

    CSS_PATH = SCREENS_CSS
    BINDINGS = [Binding("escape,q,question_mark", "dismiss_help", "Close")]

    def __init__(self, about: Screen[Any]) -> None:
        super().__init__()
        self._about = about

    def compose(self) -> ComposeResult:
        yield Static(self._foot(), classes="dialog-keys")
        with VerticalScroll(classes="dialog", id="help"):
            yield Static(self._keys("Here", self._of_screen()))
            if others := self._of_lists():
                yield Static(self._keys("Here, with the cursor on a line or a list", others))
            yield Static(self._keys("Everywhere", self._of_app()))
            yield Static(showing.words(f"{MOVING}\n\n{CAPTURE}", showing.QUIET))

    def _foot(self) -> Content:
        """The foot of the screen behind is covered: its keys do nothing now."""
        return showing.joined(
            showing.words("esc ", showing.STRONG), showing.words("closes this help   ", showing.QUIET),
            showing.words("↑ ↓ ", showing.STRONG), showing.words("all of it", showing.QUIET),
        )  # fmt: skip

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#help"))

    def _of_screen(self) -> list[Key]:
        return [
            _told(app_of(self).get_key_display(binding), binding)
            for node, binding, enabled, _ in self._about.active_bindings.values()
            if node is not app_of(self) and binding.id and (enabled or binding.show)
        ]

    def _of_lists(self) -> list[Key]:
        """What else the screen can do, once the cursor is on what it is done to."""
        known = {key.name for key in self._of_screen()}
        return [
            _told(self._key_of(binding), binding)
            for binding in own_bindings(type(self._about))
            if binding.id not in known
        ]

    def _of_app(self) -> list[Key]:
        key = Binding(app_of(self).COMMAND_PALETTE_BINDING, "command_palette")
        palette = Key(app_of(self).get_key_display(key), "Palette: all by name")
        return [*(_told(self._key_of(binding), binding) for binding in own_bindings(type(app_of(self)))), palette]

    def _key_of(self, binding: Binding) -> str:
        """The key of a binding that is not active where the cursor is, as the config file may have changed it."""
        return app_of(self).get_key_display(as_set(binding, cast("AdvisorlogApp", app_of(self)).desk.settings.keys))

    def _keys(self, title: str, keys: list[Key]) -> Content:
        rows = [showing.words(title, "bold")]
        for key in dict.fromkeys(keys):
            rows.append(
                showing.joined(
                    showing.words(f"{key.shown:>10}  ", showing.STRONG),
                    showing.wide(showing.words(key.what), 34),
                    showing.words(key.name, showing.QUIET),
                )
            )
            if key.about:
                rows.append(showing.words(f"{'':>12}{key.about}", showing.QUIET))
        return showing.joined(Content("\n").join(rows), "\n")

    def action_dismiss_help(self) -> None:
        if self.is_current:
            self.dismiss()
