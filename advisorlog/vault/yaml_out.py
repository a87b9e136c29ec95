"""Values as YAML: plain where every YAML program reads the same text, else in double quotes."""

import re
from collections.abc import Iterable

_PLAIN = re.compile(r"[^\W\d_](?:[\w .,()/%+*=<>'@;!?~^$&-]*[\w.)%])?(?<! )")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_ESCAPED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\"\\\ud800-\udfff]")
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def scalar(text: str) -> str:
    """A text as a YAML value that reads back exactly."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return _SHORT.get(character) or f"\\u{ord(character):04x}"


def inline(texts: Iterable[str]) -> str:
    """A list on one line."""
    return f"[{', '.join(_in_list(text) for text in texts)}]"


def _in_list(text: str) -> str:
    plain = scalar(text)
    return f'"{plain}"' if "," in plain and not plain.startswith('"') else plain
