"""A picture in half cells: two pixels a character, which every terminal with colours can show."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

Pixel: TypeAlias = tuple[int, int, int]
MOST_PIXELS = 200_000_000
"""A picture that unpacks to more is not shown: a file of a few kilobytes can be made to fill the memory."""


def scaled(path: Path, room: Size) -> list[list[Pixel]]:
    """A picture's rows of pixels, as large as fits into a room of cells (each is two pixels high); an even number.

    Raises OSError or ValueError where it can't be read as a picture.
    """
    from PIL import Image, ImageOps

    with Image.open(path) as image:
        if image.width * image.height > MOST_PIXELS:
            raise ValueError(f"{image.width} x {image.height} pixels")
        image.draft("RGB", (room.width * 2, room.height * 4))  # a photograph is unpacked no larger than needed
        upright = ImageOps.exif_transpose(image).convert("RGBA")
        upright.thumbnail((room.width, room.height * 2))
        paper = Image.new("RGBA", (upright.width, upright.height + upright.height % 2), "white")
        paper.alpha_composite(upright)
        flat = paper.convert("RGB").tobytes()
    row = paper.width * 3
    return [
        [(flat[at], flat[at + 1], flat[at + 2]) for at in range(start, start + row, 3)]
        for start in range(0, len(flat), row)
    ]


class Picture(Widget):
    """Shows rows of pixels, in the middle; nothing until it has some."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._strips: Sequence[Strip] = ()

    def show(self, rows: Sequence[Sequence[Pixel]]) -> None:
        """Paint these pixels, an even number of rows."""
        self._strips = [
            Strip([_cell(upper, lower) for upper, lower in zip(rows[place], rows[place + 1], strict=True)])
            for place in range(0, len(rows), 2)
        ]
        self.refresh()

    def render_line(self, y: int) -> Strip:
        blank = Strip.blank(self.size.width, self.rich_style)
        if y >= len(self._strips):
            return blank
        strip = self._strips[y]
        left = max(0, self.size.width - strip.cell_length) // 2
        return Strip.join([blank.crop(0, left), strip]).adjust_cell_length(self.size.width, self.rich_style)


def _cell(upper: Pixel, lower: Pixel) -> Segment:
    return Segment("▀", Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower)))
