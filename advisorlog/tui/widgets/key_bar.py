"""The line at the foot: the keys that do something here. It never scrolls: what has no room is in the help."""

from collections.abc import Iterable
from dataclasses import replace

from textual import events
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding
from textual.keys import REPLACED_KEYS, key_to_character
from textual.widget import Widget
from textual.widgets import Footer, Input
from textual.widgets._footer import FooterKey

from advisorlog.tui import showing

PALETTE = "palette"
MORE = "Help…"
"""What help is called where keys had no room."""
BESIDE_THE_WORDS = 3
"""Columns that a key takes besides its name and its words."""


class KeyBar(Footer):
    """The keys of the screen first, then those of the whole program, as many as fit; help and the palette always.

    While one types, a letter is a letter: the keys that are letters are left out, and help is on its function key.
    """

    def on_resize(self, event: events.Resize) -> None:
        self.refresh(recompose=True)

    def compose(self) -> ComposeResult:
        if not self._bindings_ready:
            return
        help_key, palette = self._bound("app.help"), self._bound("app.command_palette")
        always = [each for each in (help_key, palette) if each is not None]
        room = self.screen.size.width - sum(self._columns(each) for each in always) - 1
        has_more = False
        for binding in self._keys():
            room -= self._columns(binding)
            if room < 0:
                has_more = True
                break
            yield self._key(binding)
        if help_key is not None:
            yield self._key(replace(help_key, description=MORE) if has_more else help_key)
        if palette is not None:
            yield self._key(palette, "-command-palette")

    def _keys(self) -> Iterable[Binding]:
        """One a thing that can be done, without help and the palette."""
        seen: set[str] = set()
        for _, binding, is_enabled, _ in sorted(self.screen.active_bindings.values(), key=self._how_special):
            if not binding.show or not is_enabled or binding.action in seen or self._is_help(binding):
                continue
            if self._is_typing and _is_a_letter(binding.key):
                continue
            seen.add(binding.action)
            yield binding

    def _how_special(self, active: ActiveBinding) -> int:
        """What this very screen is for comes first; then what it shares with its kind; last, what is everywhere."""
        if active.node is not self.screen:
            return 0 if isinstance(active.node, Widget) else 2
        own = (each.action for each in type(self.screen).BINDINGS if isinstance(each, Binding))
        return 0 if active.binding.action in own else 1

    def _bound(self, action: str) -> Binding | None:
        """The key for something of the whole program that works where the cursor is."""
        name = action.removeprefix("app.")
        found = [
            binding for _, binding, _, _ in self.screen.active_bindings.values() if binding.action in (action, name)
        ]
        if self._is_typing:
            found = [binding for binding in found if not _is_a_letter(binding.key)]
        return found[0] if found else None

    @staticmethod
    def _is_help(binding: Binding) -> bool:
        return binding.action in ("help", "app.help", "command_palette", "app.command_palette")

    @property
    def _is_typing(self) -> bool:
        return isinstance(self.screen.focused, Input)

    def _key(self, binding: Binding, classes: str = "") -> FooterKey:
        shown, tip = self._named(binding), binding.tooltip or ""
        key = FooterKey(binding.key, shown, binding.description, binding.action, tooltip=tip, classes=classes)
        key.compact = False
        return key

    def _columns(self, binding: Binding) -> int:
        return showing.words(f"{self._named(binding)}{binding.description}").cell_length + BESIDE_THE_WORDS

    def _named(self, binding: Binding) -> str:
        from advisorlog.tui.screen import app_of

        return app_of(self).get_key_display(binding)


def _is_a_letter(key: str) -> bool:
    """Whether a key puts a character into a line."""
    character = key_to_character(REPLACED_KEYS.get(key, key))
    return character is not None and character.isprintable()
