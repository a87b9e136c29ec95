"""What bytes become."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.vault.decoding import Decoded, NotText, decode


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"plain", Decoded("plain", "utf-8")),
        ("회의록 – 안건".encode(), Decoded("회의록 – 안건", "utf-8")),
        (b"\xef\xbb\xbf---\n", Decoded("---\n", "utf-8")),
        ("é\n".encode("utf-16"), Decoded("é\n", "utf-16")),
        (b"one\ntwo caf\xe9", Decoded("one\ntwo café", "Windows-1252", 2)),
        (b"one\r\ntwo\r\n\x93x\x94", Decoded("one\r\ntwo\r\n“x”", "Windows-1252", 3)),
        (b"one\rtwo\rcaf\xe9", Decoded("one\rtwo\rcafé", "Windows-1252", 3)),
        (b"\xef\xbb\xbfcaf\xe9", Decoded("café", "Windows-1252", 1)),
        (b"\x81", Decoded("\x81", "Latin-1", 1)),
        (b"", Decoded("", "utf-8")),
    ],
)
def test_decode(raw: bytes, expected: Decoded):
    assert decode(raw) == expected


@pytest.mark.parametrize(
    ("raw", "line"),
    [(b"a\nb\0c", 2), ("a\nb".encode("utf-16-le"), 1), (b"\xff\xfea\0\n\0\0\xd8x\0", 2), (b"\xff\xfea", 1)],
)
def test_what_is_no_text_is_refused_with_its_line(raw: bytes, line: int):
    with pytest.raises(NotText) as refused:
        decode(raw)
    assert refused.value.line == line


@given(st.binary())
def test_every_byte_string_is_text_or_refused(raw: bytes):
    line = None
    try:
        decode(raw)
    except NotText as refused:
        line = refused.line
    assert line is None or 1 <= line <= raw.count(b"\n") + raw.count(b"\r") + 1


@given(st.text(st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"])))
def test_utf_8_comes_back_as_it_was(text: str):
    assert decode(text.encode()) == Decoded(text, "utf-8")
