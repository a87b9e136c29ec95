"""The curve of an idea's confidence: steps over time, evidence and mood told apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from textual_plotext import PlotextPlot

from advisorlog.tui.screen import app_of

LONG = 150
"""Days from which on the axis names months instead of days."""


@dataclass(frozen=True, slots=True)
class Point:
    """A confidence (percent) from a moment on; `mood` marks a feeling."""

    when: datetime
    percent: int
    mood: bool


class Curve(PlotextPlot):
    """Percent over days. A confidence holds until the next one is said: so it is drawn as steps."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._points: tuple[Point, ...] = ()
        self._now: datetime | None = None

    def on_mount(self) -> None:
        app_of(self).theme_changed_signal.subscribe(self, lambda _: self._redraw())

    def on_resize(self) -> None:
        self._redraw()

    def draw(self, points: Sequence[Point], now: datetime) -> None:
        """Show these points, in order of time, up to now."""
        self._points, self._now = tuple(points), now
        self._redraw()

    def _redraw(self) -> None:
        plot = self.plt
        plot.clear_data()
        plot.clear_figure()
        if not self._points or self._now is None:
            self.refresh()
            return
        first = self._points[0].when
        days = [(point.when - first) / timedelta(days=1) for point in self._points]
        end = max((self._now - first) / timedelta(days=1), days[-1], 1.0)
        xs, ys = _steps(days, [point.percent for point in self._points], end)
        colours = app_of(self).theme_variables
        plot.plot(xs, ys, marker="braille", color=_rgb(colours["accent"]))
        moods = [(day, point.percent) for day, point in zip(days, self._points, strict=True) if point.mood]
        if moods:
            plot.scatter([x for x, _ in moods], [y for _, y in moods], marker="o", color=_rgb(colours["private"]))
        plot.ylim(0, 100)
        plot.yticks([0, 50, 100], ["0%", "50%", "100%"])
        parts = max(1, min(3, int(end)))  # no day twice
        marks = [end * part / parts for part in range(parts + 1)]
        form = "%Y-%m" if end > LONG else "%m-%d"
        plot.xticks(marks, [f"{first + timedelta(days=mark):{form}}" for mark in marks])
        plot.xaxes(True, False)
        plot.yaxes(True, False)
        plot.canvas_color(_rgb(colours["background"]))
        plot.axes_color(_rgb(colours["background"]))
        plot.ticks_color(_rgb(colours["quiet"]))
        self.refresh()


def _steps(days: Sequence[float], percents: Sequence[int], end: float) -> tuple[list[float], list[int]]:
    xs: list[float] = []
    ys: list[int] = []
    for number, (day, percent) in enumerate(zip(days, percents, strict=True)):
        if number:
            xs.append(day)
            ys.append(percents[number - 1])
        xs.append(day)
        ys.append(percent)
    return [*xs, end], [*ys, percents[-1]]


def _rgb(colour: str) -> tuple[int, int, int]:
    from textual.color import Color

    return Color.parse(colour).rgb
