"""Writing out one record of the log for others: a meeting, an idea."""

from advisorlog import config
from advisorlog.config import Settings
from advisorlog.documents import idea as idea_report
from advisorlog.documents import record as meeting_record
from advisorlog.domain.kinds import MeetingStatus
from advisorlog.errors import AdvisorlogError
from advisorlog.store.connection import reading
from advisorlog.store.reading import meetings
from advisorlog.workflow.preparing import Prepared, fitted, last_meeting, moment_asked

RECORD_WORDS = 5000
"""All of it: what is longer is no meeting's notes."""
IDEA_WORDS = 900


def record(settings: Settings, meeting: str | None, as_of: str | None, words: int | None) -> Prepared:
    """The record of a meeting, the last one that was held where none is named.

    Raises NotFound where there is none, AdvisorlogError where it did not take place.
    """
    moment = moment_asked(as_of, config.now(settings.zone), settings.zone)
    with reading(settings.log) as connection:
        chosen = meetings.meeting(connection, meeting) if meeting else last_meeting(connection, moment)
        if chosen.status is not MeetingStatus.HELD:
            raise AdvisorlogError(
                f"{chosen.slug} was {chosen.status}, so there is nothing to record yet",
                f"`advisorlog meeting hold {chosen.slug}` says that it took place",
            )
        document = meeting_record.write(meeting_record.read(connection, chosen, moment), words or RECORD_WORDS)
    return fitted(settings, document, moment)


def idea(settings: Settings, name: str, as_of: str | None, words: int | None) -> Prepared:
    """The report on an idea. Raises NotFound, and AdvisorlogError where the idea is private."""
    moment = moment_asked(as_of, config.now(settings.zone), settings.zone)
    with reading(settings.log) as connection:
        document = idea_report.write(idea_report.read(connection, name, moment), words or IDEA_WORDS)
    return fitted(settings, document, moment)
