"""Notes are data: text from the log, made to stand in Markdown as it was typed."""

import re

_MATH = re.compile(r"(\$[^$\n]+\$|`[^`\n]+`)")
_ACTIVE = re.compile(r"([*`]|~~|%%|==|\[\[|(?<![^\W_])_|_(?![^\W_])|!\[|\](?=[(\[])|<(?=[A-Za-z/!?])|&(?=#?\w+;))")
_START = re.compile(r"^(\s*)([-+#>|=]|\d+[.)](?=\s|$))")


def escaped(text: str, *, begins_line: bool = False) -> str:
    """The text with a backslash before whatever Markdown (or Obsidian) would act on.

    Formulas between dollars and code between backticks stay as they are, but for the beginnings of HTML tags.
    """
    parts = _MATH.split(text)
    done = "".join(
        re.sub(r"<(?=[A-Za-z/!?])", r"\\<", part) if number % 2 else _ACTIVE.sub(r"\\\1", part.replace("\\", "\\\\"))
        for number, part in enumerate(parts)
    )
    return _START.sub(_escape_start, done) if begins_line else done


def _escape_start(match: re.Match[str]) -> str:
    sign = match[2]
    return f"{match[1]}{sign[:-1]}\\{sign[-1]}"
