"""Bytes to text: what a note was saved as, found out without guessing more than needed."""

import codecs
from dataclasses import dataclass

_BINARY = "this is not text"
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without its byte order mark, and the line of the first byte that is not UTF-8, if one is not."""

    text: str
    encoding: str
    bad_line: int | None = None


class NotText(Exception):
    """The bytes are no text in any encoding that is tried; `line` holds the first NUL or broken pair."""

    def __init__(self, line: int) -> None:
        super().__init__(_BINARY)
        self.line = line


def decode(raw: bytes) -> Decoded:
    """UTF-8, UTF-16 where it has its mark, else Windows-1252, else Latin-1.

    Raises NotText for a NUL outside UTF-16 and for broken UTF-16.
    """
    if raw.startswith(_WIDE_MARKS):
        return _decode_wide(raw)
    if (nul := raw.find(b"\0")) >= 0:
        raise NotText(_line_at(raw, nul))
    try:
        return Decoded(raw.decode("utf-8-sig"), "utf-8")
    except UnicodeDecodeError as failure:
        # `start` counts after the mark, which holds no line end.
        return _decode_single_byte(raw, _line_at(raw, failure.start))


def _decode_wide(raw: bytes) -> Decoded:
    try:
        text = raw.decode("utf-16")
    except UnicodeDecodeError as failure:
        raise NotText(raw[: failure.start].count(b"\n") + 1) from failure
    if (nul := text.find("\0")) >= 0:
        raise NotText(text[:nul].count("\n") + 1)
    return Decoded(text, "utf-16")


def _decode_single_byte(raw: bytes, bad_line: int) -> Decoded:
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        return Decoded(raw.decode("cp1252"), "Windows-1252", bad_line)
    except UnicodeDecodeError:
        return Decoded(raw.decode("latin-1"), "Latin-1", bad_line)


def _line_at(raw: bytes, position: int) -> int:
    before = raw[:position]
    return before.count(b"\n") + before.replace(b"\r\n", b"").count(b"\r") + 1
