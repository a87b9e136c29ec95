"""Writing a document around a meeting: which series or meeting, as of when, within which budget."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from advisorlog import config
from advisorlog.config import Settings
from advisorlog.documents import brief as briefs
from advisorlog.documents import budget, standing
from advisorlog.documents.document import Document
from advisorlog.documents.rendering import Renderer
from advisorlog.domain.kinds import MeetingStatus, Role
from advisorlog.domain.moments import Moment, end_of_day, moment_of
from advisorlog.errors import AdvisorlogError, NotFound
from advisorlog.store.connection import reading
from advisorlog.store.reading import meetings, people
from advisorlog.store.reading.rows import Meeting, Series
from advisorlog.workflow import pinning, templates
from advisorlog.workflow.sending import Frozen, freeze

PREP_WORDS = 600
"""The prep sheet is for its writer: long enough to hold what is open, short enough to read in a minute or two."""

REPORT_WORDS = 900
"""Two pages: what a committee reads before the meeting, not in it."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that fits its budget, and the moment it speaks for."""

    document: Document
    as_of: Moment
    renderer: Renderer

    def rendered(self, form: str) -> str:
        """The document as `md`, `text`, `html` or `json`."""
        return self.renderer.render(self.document, form)


Arrange = Callable[[Document], Document]
"""Changes a document before it is cut to its budget."""


def as_it_is(document: Document) -> Document:
    """The document in its own order."""
    return document


def brief(
    settings: Settings,
    series: str | None,
    as_of: str | None,
    words: int | None,
    private: bool,
    arrange: Arrange = as_it_is,
) -> Prepared:
    """The brief for the next meeting of a series, or (private) the prep sheet that goes with it.

    Without a series: the one in the settings, else that of the next meeting. `as_of` is an ISO day (then the brief
    is the one for that day's meeting, if there is one) or an ISO time. Raises NotFound where there is no series.
    """
    now = config.now(settings.zone)
    with reading(settings.log) as connection:
        chosen = _series(connection, settings, series, moment_asked(as_of, now, settings.zone))
        moment = _before_meeting(connection, chosen, as_of, now, settings.zone)
        if private:
            from advisorlog.documents import prep

            stands = standing.read(connection, chosen, moment)
            document = prep.write(prep.read(connection, stands), words or PREP_WORDS)
        else:
            look_up = _by_rule if as_of is None else _by_no_rule
            document = brief_in(connection, chosen, moment, words or settings.brief_words, look_up)
    return fitted(settings, document if private else arrange(document), moment)


def _by_no_rule(connection: sqlite3.Connection, series: Series, after: Moment) -> Moment | None:
    """For a past day: the rule may have been another one then."""
    return None


def brief_in(
    connection: sqlite3.Connection,
    series: Series,
    moment: Moment,
    words: int,
    look_up: Callable[[sqlite3.Connection, Series, Moment], Moment | None] = _by_no_rule,
) -> Document:
    """The brief of a series as of a moment, with what the user pinned and dropped, before it is cut to its budget.

    `look_up` says when the series meets next by its rule; it is asked only where no meeting is planned.
    """
    stands = standing.read(connection, series, moment)
    by_rule = look_up(connection, series, moment) if stands.target is None else None
    document = briefs.write(stands, words, by_rule)
    return pinning.applied(document, pinning.pins(connection, document.meeting_id))


def _by_rule(connection: sqlite3.Connection, series: Series, after: Moment) -> Moment | None:
    if series.rrule is None:
        return None
    from advisorlog.workflow.series_dates import free_dates  # it loads dateutil, which takes some milliseconds

    return next(iter(free_dates(connection, series.id, series.rrule, series.starts, after, 1)), None)


def todo(
    settings: Settings, meeting: str | None, as_of: str | None, words: int | None, arrange: Arrange = as_it_is
) -> Prepared:
    """The summary of a meeting, the last one that was held where none is named.

    Raises NotFound where there is none.
    """
    from advisorlog.documents import summary

    now = config.now(settings.zone)
    moment = moment_asked(as_of, now, settings.zone)
    with reading(settings.log) as connection:
        chosen = meetings.meeting(connection, meeting) if meeting else last_meeting(connection, moment)
        if chosen.status is not MeetingStatus.HELD:
            raise AdvisorlogError(
                f"{chosen.slug} was {chosen.status}, so nothing came of it yet",
                f"`advisorlog meeting hold {chosen.slug}` says that it took place",
            )
        document = summary.write(summary.read(connection, chosen, moment), words or settings.todo_words)
    return fitted(settings, arrange(document), moment)


def report(settings: Settings, since: date, as_of: str | None, words: int | None, project: str | None) -> Prepared:
    """The term report: how all ideas (of one project, where given) moved after the beginning of a day.

    Raises AdvisorlogError where the term would end before it begins.
    """
    from advisorlog.documents import report as reports
    from advisorlog.store import names

    now = config.now(settings.zone)
    moment = moment_asked(as_of, now, settings.zone)
    start = Moment(end_of_day(since, settings.zone).at - timedelta(days=1), settings.zone)
    if start.at >= moment.at:
        raise AdvisorlogError(f"{since} is not over yet", "A report's --since lies before its end")
    with reading(settings.log) as connection:
        wanted = [names.resolve(connection, "project", project)] if project else None
        document = reports.write(reports.read(connection, start, moment, wanted), words or REPORT_WORDS)
    return fitted(settings, document, moment)


def send(settings: Settings, prepared: Prepared, form: str) -> Frozen:
    """Freeze the document as it was sent; a newer one for the same meeting supersedes the older."""
    now = config.now(settings.zone)
    return freeze(settings.log, prepared.document, prepared.rendered(form), form, prepared.as_of, now)


def fitted(settings: Settings, document: Document, moment: Moment) -> Prepared:
    """A document cut to its budget, with what renders it."""
    renderer = Renderer([settings.templates, templates.shipped()], config.cache_folder() / "templates")
    fitted = budget.fit(document, renderer.count)
    return Prepared(replace(fitted, hints=document.hints), moment, renderer)


def _series(connection: sqlite3.Connection, settings: Settings, name: str | None, as_of: Moment) -> Series:
    if name or settings.series:
        return people.series(connection, name or settings.series)
    found = people.all_series(connection)
    if not found:
        raise NotFound(
            "There is no series of meetings yet", '`advisorlog series new "Ann weekly" --with Ann` makes one'
        )
    if len(found) == 1:
        return found[0]
    coming = {series.id: meetings.next_after(connection, series.id, as_of) for series in found}
    planned = [(meeting.starts.stored, series) for series in found if (meeting := coming[series.id])]
    # A brief is written upwards: an advisor's meeting comes before a mentee's on the same day.
    pool = [each for each in planned if each[1].role is Role.ADVISOR] or planned
    if pool:
        return min(pool, key=lambda each: each[0])[1]
    last = next(iter(meetings.last_held(connection, None, as_of)), None)
    if last and last.series_id:
        return people.series_by_id(connection, last.series_id)
    names = ", ".join(series.slug for series in found[:6])
    raise NotFound("Which series is the brief for?", f"Name one of: {names}")


def last_meeting(connection: sqlite3.Connection, moment: Moment) -> Meeting:
    """The last meeting held by then. Raises NotFound."""
    found = meetings.last_held(connection, None, moment)
    if not found:
        raise NotFound("No meeting has been held yet", "`advisorlog meeting hold NAME` says that one took place")
    return found[0]


def moment_asked(as_of: str | None, now: Moment, zone: str) -> Moment:
    """The end of a day that is over or coming; the given time; or now."""
    if as_of is None:
        return now
    if "T" in as_of:
        instant = datetime.fromisoformat(as_of)
        return moment_of(instant if instant.tzinfo else instant.replace(tzinfo=now.local.tzinfo), zone)
    return end_of_day(date.fromisoformat(as_of), zone)


def _before_meeting(
    connection: sqlite3.Connection, series: Series, as_of: str | None, now: Moment, zone: str
) -> Moment:
    """As of a day with a meeting of the series, the brief is the one for that meeting: up to its start."""
    moment = moment_asked(as_of, now, zone)
    if as_of is None or "T" in as_of:
        return moment
    start = Moment(moment.at - timedelta(days=1), zone)
    for meeting in meetings.between(connection, start, moment, (MeetingStatus.PLANNED, MeetingStatus.HELD)):
        if meeting.series_id == series.id:
            return Moment(meeting.starts.at - timedelta(seconds=1), zone)
    return moment
