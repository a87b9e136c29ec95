"""One line to type into."""

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input


class LineInput(Input):
    """An input that has its place, however long its text: Textual would lay out the whole screen at every letter."""

    virtual_size = Reactive(Size(0, 0))
