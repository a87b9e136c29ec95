"""The line at the top: where one is, where else one can go, and what time it is."""

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from advisorlog.tui import showing
from advisorlog.tui.screen import app_of

PLACES = (("today", "Today"), ("ideas", "Ideas"), ("log", "Log"), ("people", "People"), ("advice", "Advice"))


class TopBar(Widget):
    """`1 Today  2 Ideas ...` at the left, a word of the screen's own and the time at the right."""

    place: reactive[str] = reactive("")
    right: reactive[Content] = reactive(Content(""))

    def __init__(self, place: str) -> None:
        super().__init__()
        self.set_reactive(TopBar.place, place)

    def render(self) -> Content:
        parts: list[Content] = []
        for number, (key, name) in enumerate(PLACES, 1):
            here = key == self.place
            parts.append(showing.words(f" {number} ", showing.QUIET))
            parts.append(showing.words(name, showing.STRONG if here else showing.QUIET))
            parts.append(showing.words(" "))
        left = showing.joined(*parts)
        room = self.size.width - left.cell_length - 1
        right = self.right.truncate(room, ellipsis=True) if self.right.cell_length > room else self.right
        return showing.joined(left, " " * max(0, room - right.cell_length), right)

    def on_click(self, event: events.Click) -> None:
        at = 0
        for number, (key, name) in enumerate(PLACES, 1):
            at += len(f" {number} {name} ")
            if event.x < at:
                app_of(self).switch_mode(key)
                return
