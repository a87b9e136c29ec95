"""What an attached file is: its media type, by its first bytes and its name, and its size as people say it."""

HEAD = 64
"""Bytes of a file's beginning that tell its type."""
UNKNOWN = "application/octet-stream"

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
)
_BRANDS = {b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heif", b"avif": "image/avif"}
_OFFICE = "application/vnd.openxmlformats-officedocument"
_ENDINGS = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "heic": "image/heic",
    "heif": "image/heif",
    "avif": "image/avif",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "md": "text/markdown",
    "csv": "text/csv",
    "tex": "text/x-tex",
    "bib": "text/x-bibtex",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
    "ogg": "audio/ogg",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
}
"""By the ending of a name. All of these are looked at or listened to: no program runs them."""
_SHOWN = frozenset(f"image/{kind}" for kind in ("png", "jpeg", "gif", "tiff", "bmp", "webp"))


def media_type(head: bytes, name: str) -> str:
    """The media type: what the first `HEAD` bytes say, else what the name's ending says."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp" and head[8:12] in _BRANDS:
        return _BRANDS[head[8:12]]
    return _ENDINGS.get(_ending(name), UNKNOWN)


def is_picture(kind: str) -> bool:
    """Whether a terminal may be able to show it."""
    return kind in _SHOWN


def tells_where(kind: str) -> bool:
    """Whether a file may say where and when it was made, in a way that is not taken out: films, sounds, raw pictures.

    What is in pictures of the usual kinds (`is_picture`) can be taken out.
    """
    return kind.partition("/")[0] in ("image", "video", "audio") and not is_picture(kind)


def name_to_open(kind: str, name: str) -> str | None:
    """A name by whose ending the system finds a program that shows the file.

    None where there may be none that only shows it: a script or a shortcut would be run.
    """
    if _ENDINGS.get(_ending(name)) == kind:
        return name
    ending = next((ending for ending, each in _ENDINGS.items() if each == kind), None)
    return f"{name}.{ending}" if ending else None


def size_said(size: int) -> str:
    """`312 B`, `84 kB`, `2.4 MB`: in powers of ten, as file managers say it."""
    if size < 1000:
        return f"{size} B"
    if size < 999_500:
        return f"{size / 1000:.0f} kB"
    return f"{size / 1_000_000:.1f} MB" if size < 999_500_000 else f"{size / 1_000_000_000:.1f} GB"


def _ending(name: str) -> str:
    return name.rpartition(".")[2].casefold() if "." in name else ""
