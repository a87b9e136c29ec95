"""Where one can go when it takes a question or a look at the log first: a meeting, its wrap-up, a brief."""

from datetime import timedelta
from typing import TYPE_CHECKING

from advisorlog.errors import AdvisorlogError, NotFound
from advisorlog.tui import showing

if TYPE_CHECKING:
    from advisorlog.tui.app import AdvisorlogApp

TODAYS = timedelta(hours=12)
"""A meeting planned so near can be begun."""


async def to_meeting(app: "AdvisorlogApp", slug: str) -> None:
    """Open a meeting; one that is due is begun, if that is wanted."""
    from advisorlog.domain.kinds import MeetingStatus
    from advisorlog.store.reading import meetings
    from advisorlog.tui.dialogs import Choice, Choose
    from advisorlog.tui.screens.meeting import MeetingScreen

    now = app.desk.now()
    meeting = await app.desk.read(lambda connection: meetings.meeting(connection, slug))
    if meeting.status is MeetingStatus.PLANNED and abs(meeting.starts.at - now.at) < TODAYS:
        about = f"Planned for {meeting.starts.local:%H:%M}, {showing.distance(meeting.starts.at, now.at)}."
        choices = [Choice("begin", "Begin it now"), Choice("look", "Only open it", "agenda, lines to bring along")]
        chosen = await app.push_screen_wait(Choose(meeting.name, choices, about))
        if chosen is None:
            return
        if chosen == "begin":
            from advisorlog.workflow import live

            await app.desk.do(lambda: live.begin(app.desk.settings.log, app.desk.now(), slug))
    app.push_screen(MeetingScreen(slug))


async def to_series(app: "AdvisorlogApp", series: str) -> None:
    """The next meeting of a series: gone on with, begun, planned, or its brief."""
    from advisorlog.store.reading import meetings, people
    from advisorlog.tui.dialogs import Choice, Choose
    from advisorlog.tui.screens.meeting import MeetingScreen
    from advisorlog.workflow import live

    now, log = app.desk.now(), app.desk.settings.log
    title = (await app.desk.read(lambda connection: people.series(connection, series))).title
    under_way = await app.desk.read(lambda connection: meetings.under_way(connection, now))
    goes_on = under_way is not None and under_way.series == series
    choices = [Choice("go-on", "Go on", "with the meeting under way")] if goes_on else []
    choices += [
        Choice("begin", "Begin", "a new meeting, now"),
        Choice("plan", "Plan", "the next one: its day, and an agenda"),
        Choice("brief", "Brief", "for the next one"),
    ]
    chosen = await app.push_screen_wait(Choose(title, choices))
    if chosen == "go-on" and under_way is not None:
        app.push_screen(MeetingScreen(under_way.slug))
    elif chosen == "begin":
        slug = await app.desk.do(lambda: live.begin_with(log, now, series))
        app.push_screen(MeetingScreen(slug))
    elif chosen == "plan":
        await plan(app, series, title)
    elif chosen == "brief":
        app.show_brief(f"series:{series}")


async def plan(app: "AdvisorlogApp", series: str, title: str) -> None:
    """Plan a meeting of a series, and open it, so that its agenda can be written."""
    from advisorlog.domain.kinds import MeetingStatus
    from advisorlog.tui.dialogs import Answers, Ask, Field
    from advisorlog.tui.screens.meeting import MeetingScreen
    from advisorlog.workflow import coming, meetings

    now = app.desk.now()
    following = await app.desk.read(lambda connection: coming.next_of(connection, series, now))
    when = f"{following.local:%Y-%m-%d %H:%M}" if following else ""
    question = Ask(title, [Field("when", "When?", "fri 14:00", when, True)], does="plan")
    planned: list[str] = []

    def make(answer: Answers) -> None:
        fields = meetings.MeetingFields(when=answer["when"], series=series)
        planned.append(meetings.new(app.desk.settings.log, now, fields, MeetingStatus.PLANNED).slug)

    question.attempt = make
    await app.push_screen_wait(question)
    if planned:
        app.push_screen(MeetingScreen(planned[0]))


async def to_wrap_up(app: "AdvisorlogApp", slug: str | None) -> None:
    """End a meeting and wrap it up: the one named, else the last one that was held."""
    from advisorlog.domain.kinds import MeetingStatus
    from advisorlog.store.reading import meetings
    from advisorlog.tui.screens.wrap_up import WrapUp
    from advisorlog.workflow import live

    now = app.desk.now()
    if slug is None:
        held = await app.desk.read(lambda connection: meetings.last_held(connection, None, now))
        if not held:
            raise NotFound("No meeting has been held yet", "Begin one on Today")
        slug = held[0].slug
    wanted = slug
    meeting = await app.desk.read(lambda connection: meetings.meeting(connection, wanted))
    if meeting.status is not MeetingStatus.HELD:
        from advisorlog.tui.screens.today import Today

        begin = app.key("today.meet", Today)
        raise AdvisorlogError(f"{meeting.name} has not been held", f"Begin it first: {begin} on Today")
    if meeting.ended is None and now.at - meeting.starts.at < TODAYS:
        await app.desk.do(lambda: live.end(app.desk.settings.log, now, wanted))
    app.push_screen(WrapUp(wanted))


async def to_brief(app: "AdvisorlogApp", key: str | None) -> None:
    """The next brief: of a series, of a meeting's series, or of the next meeting."""
    from advisorlog.store.reading import meetings
    from advisorlog.tui.screens.brief import BriefScreen

    record, _, name = (key or "").partition(":")
    if record == "meeting":
        meeting = await app.desk.read(lambda connection: meetings.meeting(connection, name))
        name = meeting.series or ""
    app.push_screen(BriefScreen(name or None))


async def to_sent_brief(app: "AdvisorlogApp", slug: str) -> None:
    """The brief as it was sent for a meeting; the next one as it would read, where none was sent."""
    from advisorlog.workflow.coming import sent_for

    sent = await app.desk.read(lambda connection: sent_for(connection, slug, app.desk.now()))
    if sent is not None:
        app.show_sent(sent.id)
    else:
        app.notify("No brief was sent for this meeting; this is how it would read", markup=False)
        await to_brief(app, f"meeting:{slug}")
