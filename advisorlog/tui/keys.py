"""The keys, as the bindings have them and as the user's config file may have changed them."""

from collections.abc import Mapping
from typing import Any

from textual.binding import Binding


def own_bindings(kind: type[Any]) -> list[Binding]:
    """What a screen of ours, or the app, adds to Textual's own: what can be done there, wherever the cursor is."""
    of_all: list[object] = []
    for each in kind.__mro__:
        of_all += each.__dict__.get("BINDINGS", ())
    return [each for each in of_all if isinstance(each, Binding) and each.id]


def as_set(binding: Binding, changed: Mapping[str, str]) -> Binding:
    """A binding with the one key to be named for it; `changed` are the keys by binding that the config file has."""
    own = changed.get(binding.id or "")
    if own is None and binding.key_display:
        return binding
    return binding.with_key((own or binding.key).split(",")[0], None)


def binding_of(name: str, kinds: tuple[type[Any], ...], changed: Mapping[str, str]) -> Binding:
    """The binding with this id, as it is set. Raises KeyError where none of `kinds` has it."""
    for binding in (binding for kind in kinds for binding in own_bindings(kind)):
        if binding.id == name:
            return as_set(binding, changed)
    raise KeyError(name)
