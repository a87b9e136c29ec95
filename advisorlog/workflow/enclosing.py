"""Writing a document to a file, with the attached files that go with it in a folder beside it.

What a camera writes into a picture (the place, the time, the device, remarks) stays at home: a picture is written
anew from its pixels. Any other file goes as it is.
"""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from advisorlog.documents.document import Enclosure
from advisorlog.domain.media import is_picture
from advisorlog.errors import AdvisorlogError
from advisorlog.store import attachments as files
from advisorlog.workflow import writing_out
from advisorlog.workflow.preparing import Prepared

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 200_000_000
"""A picture that unpacks to more is not written anew: a file of a few kilobytes can be made to fill the memory."""
QUALITY = 92
"""Of a JPEG, in percent: handwriting on a whiteboard stays sharp."""
_KEPT = ("icc_profile", "transparency", "duration", "loop")
"""Of what a picture says besides its pixels, this is how they are to be shown."""


def folder_of(path: Path) -> Path:
    """Where the files that go with a document lie: beside it, under its name."""
    return path.with_name(f"{path.stem}-files")


def write(log: Path, prepared: Prepared, path: Path, form: str) -> Path | None:
    """Write a document, its files first; the folder of these, if it has any.

    Raises AdvisorlogError where something can't be written or a file is missing; then there is no new document.
    """
    text = prepared.rendered(form)
    enclosed = prepared.document.enclosed
    folder = folder_of(path) if enclosed else None
    for each in enclosed:
        _write(log, each, folder_of(path))
    writing_out.write(path, text)
    return folder


def _write(log: Path, enclosure: Enclosure, folder: Path) -> None:
    source = files.source_of(files.folder(log), enclosure.sha256)
    picture = _bare(source, enclosure) if is_picture(enclosure.media_type) else None
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AdvisorlogError(f"{folder} can't be made: {error.strerror}", "Choose another place") from error
    if picture is not None:
        writing_out.write_bytes(folder / enclosure.name, picture)
    else:
        writing_out.copy(source, folder / enclosure.name)


def _bare(source: Path, enclosure: Enclosure) -> bytes:
    """A picture with its pixels only, upright. Raises AdvisorlogError where it is none that can be read."""
    from PIL import Image

    try:
        with Image.open(source) as image:
            if image.width * image.height > MOST_PIXELS:
                raise ValueError(f"it has {image.width} x {image.height} pixels")
            return _written_anew(image)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise AdvisorlogError(
            f"Attached file {enclosure.number} can't be read as the picture that it seems to be",
            f"`advisorlog attachment edit {enclosure.number} --private` leaves it out",
        ) from error


def _written_anew(image: "Image.Image") -> bytes:
    from PIL import ImageOps, ImageSequence

    made = BytesIO()
    form = image.format or "PNG"
    if form == "MPO":  # a JPEG with a small copy of itself behind it
        _only_pixels(ImageOps.exif_transpose(image)).save(made, "JPEG", quality=QUALITY)
    elif getattr(image, "n_frames", 1) > 1:
        first, *others = [_only_pixels(frame) for frame in ImageSequence.Iterator(image)]
        first.save(made, form, save_all=True, append_images=others)
    else:
        _only_pixels(ImageOps.exif_transpose(image)).save(made, form, quality=QUALITY)
    return made.getvalue()


def _only_pixels(image: "Image.Image") -> "Image.Image":
    plain = image.copy()
    plain.info = {key: value for key, value in image.info.items() if key in _KEPT}
    return plain
