"""Notes are data: text from the log, made to stand in HTML as it was typed, and pleasant to read.

Three things that people type are shown as what they mean: formulas between dollars, code between backticks, and the
addresses of web pages. All else is escaped. Only http and https become links; what an address really is stays in
sight, so that no words can hide it.
"""

import base64
import hashlib
import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from advisorlog.documents import curve
from advisorlog.documents.document import Curve
from advisorlog.documents.mathml import mathml
from advisorlog.domain.inert import LINE_BREAK, inert_line

if TYPE_CHECKING:
    from markupsafe import Markup

# A dollar opens a formula as in pandoc: none before or after a blank, and no digit or letter behind the last (but for
# “$k$th”), so that “costs $5 to $6” and “$HOME:$PATH” are none.
_MEANT = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|(?<![\\$])\$\$(?P<display>[^$]+)\$\$"
    r"|(?<![\\$A-Za-z0-9])\$(?=[^\s$])(?P<math>(?:[^$\\]|\\.)*?[^\s$\\]|(?:[^$\\]|\\.)*?\\.)\$(?=(?:th|st|nd|rd|s)?(?![A-Za-z0-9$]))"
    r"|(?P<url>https?://[^\s<>\"`“”␤⟨]+)",
    re.IGNORECASE,
)
IN_LINE = 24
"""Signs of a formula that fit on a telephone's line; a longer one has its own, and can be scrolled."""
_TAG = re.compile("<[^>]*>")
_TRAILING = ".,;:!?'’…*_~|"
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def marked_up(text: str) -> "Markup":
    """The text as HTML that can stand in any element."""
    from markupsafe import Markup

    shown = inert_line(text)
    parts: list[str] = []
    at = 0
    for found in _MEANT.finditer(shown):
        parts += (escape(shown[at : found.start()]), _meant(found))
        at = found.end()
    return Markup("".join((*parts, escape(shown[at:]))))


def _meant(found: re.Match[str]) -> str:
    if code := found["code"]:
        return f"<code>{escape(code)}</code>"
    if url := found["url"]:
        return _link(url)
    latex = (found["display"] or found["math"]).replace(LINE_BREAK, " ").strip()
    formula = mathml(latex, is_display=bool(found["display"]))
    if formula is None:
        return f'<code class="formula">{escape(found[0])}</code>'
    is_wide = len(_TAG.sub("", formula)) > IN_LINE
    return f'<span class="display">{formula}</span>' if found["display"] or is_wide else formula


def _link(typed: str) -> str:
    """An address with what follows it in the sentence left out of the link."""
    url = typed
    while url and (url[-1] in _TRAILING or url.count(url[-1]) > url.count(_BRACKETS.get(url[-1], url[-1]))):
        url = url[:-1]
    if not _is_safe(url):
        return escape(typed)
    return f'<a href="{escape(url)}" rel="noreferrer noopener nofollow">{escape(url)}</a>{escape(typed[len(url) :])}'


def _is_safe(url: str) -> bool:
    """Whether it leads where it seems to: an address with a user before the host (`https://bank@evil`) does not."""
    try:
        parts = urlsplit(url)
        return parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def drawn(picture: Curve) -> "Markup":
    """A confidence over time as an element of the page."""
    from markupsafe import Markup

    return Markup(curve.figure(picture.idea, picture.events, picture.today))


def style_hash(style: str) -> "Markup":
    """What a content policy says to let this style sheet in, and no other style: https://www.w3.org/TR/CSP3/."""
    from markupsafe import Markup

    digest = hashlib.sha256(str(style).encode()).digest()
    return Markup(f"'sha256-{base64.b64encode(digest).decode()}'")
