"""The field's own words, as enums. Every other room speaks in these."""

from enum import StrEnum


class EntryKind(StrEnum):
    """What one captured line is. `TODO` and `CONFIDENCE` lines also feed an action or an idea's history."""

    NOTE = "note"
    ADVICE = "advice"
    DECISION = "decision"
    QUESTION = "question"
    ANSWER = "answer"
    RESULT = "result"
    TAKEAWAY = "takeaway"
    CONCERN = "concern"
    WIN = "win"
    TODO = "todo"
    CONFIDENCE = "confidence"


class Visibility(StrEnum):
    """Who may read a record. `PRIVATE` never leaves the log, except on the student's own prep sheet."""

    OPEN = "open"
    PRIVATE = "private"


class Role(StrEnum):
    """What the other side of a series is to me."""

    ADVISOR = "advisor"
    MENTEE = "mentee"
    PEER = "peer"


class MeetingStatus(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class ActionState(StrEnum):
    """States of an action; each one is an event with its date and its because."""

    OPEN = "open"
    CARRIED = "carried"
    RENEGOTIATED = "renegotiated"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def is_closed(self) -> bool:
        return self in (ActionState.DONE, ActionState.DROPPED)


class IdeaStatus(StrEnum):
    SPARK = "spark"
    EXPLORING = "exploring"
    PROMISING = "promising"
    VALIDATED = "validated"
    PUBLISHED = "published"
    PARKED = "parked"
    KILLED = "killed"


class DocumentKind(StrEnum):
    BRIEF = "brief"
    PREP = "prep"
    TODO = "todo"
    MENTEE = "mentee"
    REPORT = "report"
    RECORD = "record"
    IDEA = "idea"


class AskKind(StrEnum):
    """What an ask wants of the reader."""

    DECIDE = "decide"
    UNBLOCK = "unblock"
    CHECK = "sanity-check"


class RecordKind(StrEnum):
    """Names of the records that a citation or a revision can point at; also the tables' names."""

    PERSON = "person"
    PROJECT = "project"
    SERIES = "series"
    MEETING = "meeting"
    ENTRY = "entry"
    ACTION = "action"
    IDEA = "idea"
    IDEA_EVENT = "idea_event"
    READING = "reading"
    DOCUMENT = "document"
