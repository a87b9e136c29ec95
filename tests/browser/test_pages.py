"""The documents as pages, opened in a real browser: they need nothing, run nothing, and fit the window."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from advisorlog.config import Settings
from advisorlog.documents.document import Cite, Curve, Document, Item, Section
from advisorlog.documents.rendering import Renderer
from advisorlog.domain.kinds import DocumentKind, IdeaStatus, RecordKind, Visibility
from advisorlog.domain.moments import moment
from advisorlog.store.reading.rows import Idea, IdeaEvent
from advisorlog.workflow import accounts, mentoring, preparing, templates
from tests.browser.chromium import Browser

pytestmark = pytest.mark.browser

PHONE, DESKTOP = 360, 1000
PAGES: dict[str, Callable[[Settings], preparing.Prepared]] = {
    "brief": lambda s: preparing.brief(s, None, None, 900, False),
    "prep": lambda s: preparing.brief(s, None, None, None, True),
    "todo": lambda s: preparing.todo(s, None, None, None),
    "report": lambda s: preparing.report(s, date(2026, 8, 1), None, 3000, None),
    "record": lambda s: accounts.record(s, None, None, None),
    "idea": lambda s: accounts.idea(s, "expert-slack", None, None),
    "mentee": lambda s: mentoring.pack(s, "noor").prepared,
}
EVIL = "https://evil.example/"
HOSTILE = " ".join(
    (
        '<script>window.ran = 1</script><img src=x onerror="window.ran=1"><svg onload="window.ran=1">',
        f"<style>*{{display:none}}</style><iframe src={EVIL}></iframe><link rel=stylesheet href=//evil.example/a.css>",
        f'<base href={EVIL}><meta http-equiv=refresh content="0;url={EVIL}"> "></q></li><script>window.ran=1</script>',
        "{{ 7*7 }} [x](javascript:window.ran=1) javascript:window.ran=1",
        "$\\text{</mtext><script>window.ran=1</script>}$ $\\href{javascript:window.ran=1}{x}$",
        f"$\\style{{background:url({EVIL})}}{{x}}$ `</code><script>window.ran=1</script>`",
        'https://good.example/"onmouseover="window.ran=1 \x1b[31m \u202e 전력',
    )
)
LONG = "https://good.example/" + "a" * 400 + " " + "W" * 400 + " $" + "x+" * 200 + "y$ `" + "c" * 300 + "`"


def written(text: str, folder: Path) -> Path:
    path = folder / "page.html"
    path.write_text(text, encoding="utf-8")
    return path


def hostile(kind: DocumentKind, text: str) -> Document:
    """A document with the same text in every place that a note's words can reach."""
    when = moment("2026-11-02T12:00:00Z", "UTC")
    idea = Idea(1, "slug", text, text, None, None, None, Visibility.OPEN, IdeaStatus.SPARK, 40)
    events = tuple(
        IdeaEvent(n, 1, text, when, IdeaStatus.SPARK, 40 + n, text, False, text, text, text, None, Visibility.OPEN)
        for n in range(3)
    )
    curve = Curve(idea, events, date(2026, 11, 24))
    cite = (Cite(RecordKind.ENTRY, 1),)
    items = tuple(Item(text, 1, text, text, (text, text), quoted, cite, curve=curve) for quoted in (True, False))
    sections = tuple(Section(key, text, items, more=2) for key in ("todo", "findings"))
    return Document(kind, text, text, date(2026, 11, 24), 999, sections, closing=text, left_out=text)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_needs_nothing_and_fits(browser: Browser, settings: Settings, tmp_path: Path, page: str) -> None:
    prepared = PAGES[page](settings)
    path = written(prepared.rendered("html"), tmp_path)
    for width in (PHONE, DESKTOP):
        seen = browser.open(path, width)
        assert seen.requests == [path.as_uri()]
        assert seen.console == []
        assert seen.scripts == 0
        assert seen.width <= width
        assert browser.evaluate("document.querySelector('h1').textContent") == prepared.document.title
    shown = browser.evaluate("document.body.innerText")
    for section in prepared.document.sections:
        assert section.title in shown


@pytest.mark.parametrize("kind", DocumentKind)
def test_nothing_in_a_note_acts(browser: Browser, tmp_path: Path, kind: DocumentKind) -> None:
    path = written(Renderer([templates.shipped()]).render(hostile(kind, HOSTILE), "html"), tmp_path)
    seen = browser.open(path, PHONE)
    assert seen.requests == [path.as_uri()]
    assert seen.console == [], "nothing was even refused: all of it is text"
    assert seen.scripts == 0
    assert seen.width <= PHONE
    assert browser.evaluate("document.querySelectorAll('img, iframe, link, base, form, object, embed').length") == 0
    assert browser.evaluate("document.querySelectorAll('style').length") == 1
    links = browser.evaluate("[...document.links].map(link => link.protocol + ' ' + link.rel)")
    assert set(links) == {"https: noreferrer noopener nofollow"}
    assert "window.ran = 1</script>" in browser.evaluate("document.body.innerText")


def test_the_policy_stops_what_a_template_of_ones_own_lets_in(browser: Browser, tmp_path: Path) -> None:
    text = Renderer([templates.shipped()]).render(hostile(DocumentKind.BRIEF, "text"), "html")
    bad = '<script>window.ran = 1</script><img src="https://evil.example/x.png"><p style="color: red" id="p">x</p>'
    path = written(text.replace("</main>", f"{bad}</main>"), tmp_path)
    seen = browser.open(path)
    assert browser.evaluate("window.ran") is None
    assert browser.evaluate("getComputedStyle(document.getElementById('p')).color") != "rgb(255, 0, 0)"
    # A request that is blocked is announced, and fails before it leaves; the console says why.
    assert sum("Content Security Policy" in said for said in seen.console) == 3


def test_long_words_and_formulas_do_not_widen_the_page(browser: Browser, tmp_path: Path) -> None:
    path = written(Renderer([templates.shipped()]).render(hostile(DocumentKind.TODO, LONG), "html"), tmp_path)
    assert browser.open(path, PHONE).width <= PHONE


def test_formulas_are_drawn_as_formulas(browser: Browser, tmp_path: Path) -> None:
    text = "the median is $\\frac{1}{2}$ of it"
    path = written(Renderer([templates.shipped()]).render(hostile(DocumentKind.TODO, text), "html"), tmp_path)
    browser.open(path)
    heights = "[...document.querySelectorAll('li math')].map(m => m.getBoundingClientRect().height)"
    line = browser.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert min(browser.evaluate(heights)) > line, "a fraction is higher than a letter"


def test_it_is_light_dark_or_printed(browser: Browser, tmp_path: Path, settings: Settings) -> None:
    path = written(PAGES["report"](settings).rendered("html"), tmp_path)
    paper = "getComputedStyle(document.body).backgroundColor"
    browser.open(path)
    assert browser.evaluate(paper) == "rgb(255, 255, 255)"
    browser.open(path, dark=True)
    assert browser.evaluate(paper) == "rgb(18, 23, 27)"
    browser.open(path, dark=True, print_=True)
    assert browser.evaluate(paper) == "rgb(255, 255, 255)", "a dark page would cost ink"
    assert browser.pdf().startswith(b"%PDF")


def test_a_curve_can_be_read_on_a_telephone(browser: Browser, tmp_path: Path, settings: Settings) -> None:
    path = written(PAGES["report"](settings).rendered("html"), tmp_path)
    browser.open(path, PHONE)
    assert browser.evaluate("document.querySelectorAll('svg.curve').length") >= 3
    scale = "Math.min(...[...document.querySelectorAll('svg.curve')].map(s => s.getScreenCTM().a))"
    assert browser.evaluate(scale) * 12 >= 8, "pixels of its letters"
    names = "[...document.querySelectorAll('svg.curve')].every(s => s.getAttribute('aria-label').includes('%'))"
    assert browser.evaluate(names)
