"""Calendars, as programs made them, in their shapes, and broken."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.vault.calendar import components
from advisorlog.vault.calendar.notes import CalendarNote, EventNote
from advisorlog.vault.reading import ReadFile, read_file
from tests.vault.test_other_tools import DETROIT, written

CALENDARS = Path(__file__).parent / "calendars"
EVENT = "BEGIN:VEVENT\nUID:{uid}\nDTSTART{start}\n{more}SUMMARY:Zeus\nEND:VEVENT\n"


def calendar(*events: str, around: str = "") -> str:
    return "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", around + "".join(events) + "END:VCALENDAR", ""))


def event(start: str, *more: str, uid: str = "a@x") -> str:
    return EVENT.format(uid=uid, start=start, more="".join(f"{line}\n" for line in more))


def events(file: ReadFile) -> tuple[EventNote, ...]:
    assert isinstance(file.note, CalendarNote), file.problems
    return file.note.events


def read(folder: Path, text: str | bytes, zone: str = DETROIT) -> ReadFile:
    return read_file(written(folder, "cal.ics", text), zone=zone)


@pytest.mark.parametrize(
    ("name", "first", "zone", "rule"),
    [
        ("khal.ics", "2026-09-01T18:00:00Z", "America/Detroit", "FREQ=WEEKLY"),
        ("calcurse.ics", "2026-12-01T19:00:00Z", "America/Detroit", "FREQ=WEEKLY"),
        ("emacs.ics", "2005-01-04T19:00:00Z", "America/Detroit", "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU"),
        ("libical.ics", "2026-09-01T18:00:00Z", "America/Detroit", "FREQ=WEEKLY;BYDAY=TU"),
        ("google.ics", "2026-09-08T18:00:00Z", "America/New_York", "FREQ=WEEKLY;UNTIL=20261125T045959Z;BYDAY=TU"),
        ("outlook.ics", "2026-09-08T18:00:00Z", "America/New_York", "FREQ=WEEKLY;UNTIL=20270601T180000Z;BYDAY=TU"),
        ("apple.ics", "2026-10-20T14:30:00Z", "Europe/Zurich", "FREQ=WEEKLY;INTERVAL=2;COUNT=8"),
    ],
)
def test_a_calendar_of_another_program_is_known_by_its_text_and_read(
    tmp_path: Path, name: str, first: str, zone: str, rule: str
) -> None:
    """Whatever its name; and without a single problem."""
    file = read_file(written(tmp_path, "export.txt", (CALENDARS / name).read_bytes()), zone=DETROIT)
    assert file.format is not None
    assert (file.format.name, file.problems) == ("ics", ())
    found = events(file)
    weekly = next(each for each in found if each.rule)
    assert (weekly.starts.stored, weekly.starts.zone, weekly.rule) == (first, zone, rule)


def test_folded_lines_escapes_and_names_in_quotes(tmp_path: Path) -> None:
    found = events(read_file(CALENDARS / "libical.ics", zone=DETROIT))
    assert found[0].text.split("\n") == [
        "Standing agenda:",
        "- numbers first; then asks, if any",
        "- one plot, with a long caption that has to be folded because it is longer than seventy-five octets",
    ]
    assert [each.name for each in found[0].people] == ["Mina Student", "Ann Advisor, Prof."]
    assert found[3].text == "location: Room 5, North"
    outlook = events(read_file(CALENDARS / "outlook.ics", zone=DETROIT))
    assert [each.name for each in outlook[0].people] == ["Mina Student", "Ann Advisor"]
    assert "Microsoft Teams meeting" in outlook[0].text
    google = events(read_file(CALENDARS / "google.ics", zone=DETROIT))
    assert google[1].text.startswith("<b>Numbers first</b><br>Agenda: https://docs.example/zeus?a=1,2")
    assert [each.address for each in google[1].people] == ["mina@uni.example", "ann@uni.example"], "a room is nobody"


def test_exceptions_are_kept_by_the_date_that_they_are_for() -> None:
    moved, cancelled = events(read_file(CALENDARS / "libical.ics", zone=DETROIT))[1:3]
    assert moved.slot is not None
    assert (moved.slot.stored, moved.starts.stored) == ("2026-12-08T19:00:00Z", "2026-12-09T14:30:00Z")
    assert cancelled.is_cancelled
    away = events(read_file(CALENDARS / "outlook.ics", zone=DETROIT))[0].away
    assert [each.stored for each in away] == ["2026-12-22T19:00:00Z", "2026-12-29T19:00:00Z"]


ODD_ZONE = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:20001029T030000
{rule}TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20000326T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""
AUTUMN = "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\n"


@pytest.mark.parametrize(
    ("tzid", "zone", "stored"),
    [
        ("America/New_York", "America/New_York", "2026-12-01T19:00:00Z"),
        ("Eastern Standard Time", "America/New_York", "2026-12-01T19:00:00Z"),
        ("Korea Standard Time", "Asia/Seoul", "2026-12-01T05:00:00Z"),
        ("/mozilla.org/20050126_1/Europe/Berlin", "Europe/Berlin", "2026-12-01T13:00:00Z"),
        ("/freeassociation.sourceforge.net/America/Indiana/Knox", "America/Indiana/Knox", "2026-12-01T20:00:00Z"),
        ("GMT-0500", "-05:00", "2026-12-01T19:00:00Z"),
        ('"(UTC+01:00) Amsterdam, Berlin"', "+01:00", "2026-12-01T13:00:00Z"),
        ("Mars/Base", DETROIT, "2026-12-01T19:00:00Z"),
    ],
)
def test_zones_by_their_many_names(tmp_path: Path, tzid: str, zone: str, stored: str) -> None:
    file = read(tmp_path, calendar(event(f";TZID={tzid}:20261201T140000")))
    (found,) = events(file)
    assert (found.starts.zone, found.starts.stored) == (zone, stored)
    assert [each.line for each in file.problems] == ([5] if tzid == "Mars/Base" else [])


def test_a_zone_of_its_own_make_is_known_by_its_rules(tmp_path: Path) -> None:
    around = ODD_ZONE.format(name="Customized Time Zone", rule=AUTUMN)
    (found,) = events(read(tmp_path, calendar(event(";TZID=Customized Time Zone:20260701T140000"), around=around)))
    assert found.starts.stored == "2026-07-01T12:00:00Z"
    assert found.starts.local.strftime("%H:%M") == "14:00"


def test_a_zone_made_to_keep_the_program_busy_is_not_looked_at(tmp_path: Path) -> None:
    around = ODD_ZONE.format(name="Evil", rule="RRULE:FREQ=SECONDLY\n")
    file = read(tmp_path, calendar(event(";TZID=Evil:20260701T140000"), around=around))
    assert events(file)[0].starts.zone == DETROIT
    assert "“Evil” is unknown" in str(file.problems[0])


def test_times_without_a_zone_and_in_utc(tmp_path: Path) -> None:
    floating, instant, weekly = events(
        read(
            tmp_path,
            calendar(
                event(":20261201T140000"),
                event(":20261201T140000Z", uid="b"),
                event(":20261201T140000Z", "RRULE:FREQ=WEEKLY", uid="c"),
            ),
        )
    )
    assert (floating.starts.stored, floating.starts.zone) == ("2026-12-01T19:00:00Z", DETROIT)
    assert (instant.starts.stored, instant.starts.zone) == ("2026-12-01T14:00:00Z", DETROIT)
    assert (weekly.starts.stored, weekly.starts.zone) == ("2026-12-01T14:00:00Z", "UTC")


def test_whole_days_and_dates_without_a_time(tmp_path: Path) -> None:
    day, weekly = events(
        read(
            tmp_path,
            calendar(
                event(";VALUE=DATE:20261224"),
                event(
                    ";TZID=Asia/Seoul:20261201T090000", "RRULE:FREQ=WEEKLY", "EXDATE;VALUE=DATE:20261208,20261215",
                    uid="b",
                ),
            ),
        )
    )  # fmt: skip
    assert day.is_all_day
    assert not weekly.is_all_day
    assert [each.stored for each in weekly.away] == ["2026-12-08T00:00:00Z", "2026-12-15T00:00:00Z"]


@pytest.mark.parametrize("end", ["DTEND:20261201T145000Z", "DURATION:PT50M", "DURATION:P0DT0H50M0S"])
def test_how_long_it_takes(tmp_path: Path, end: str) -> None:
    assert events(read(tmp_path, calendar(event(":20261201T140000Z", end))))[0].minutes == 50


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_line_ends_and_encodings(tmp_path: Path, end: str, encoding: str) -> None:
    text = calendar(event(":20261201T140000Z", "LOCATION:서울,", "  5"))
    (found,) = events(read(tmp_path, text.replace("\n", end).encode(encoding)))
    assert found.text == "location: 서울, 5"


def test_a_wrong_encoding_is_read_and_said(tmp_path: Path) -> None:
    file = read(tmp_path, calendar(event(":20261201T140000Z", "LOCATION:Zürich")).encode("cp1252"))
    assert events(file)[0].text == "location: Zürich"
    assert "cal.ics:6: warning: not UTF-8" in str(file.problems[0])


@pytest.mark.parametrize(
    ("text", "line", "says", "left"),
    [
        (calendar(event(":tomorrow"), event(":20261201T140000Z", uid="b")), 5, "“tomorrow” is no time", 1),
        (calendar("BEGIN:VEVENT\nUID:a\nEND:VEVENT\n"), 3, "an event without DTSTART", 0),
        (calendar(event(":20261201T140000Z"))[:70], 3, "VEVENT is cut off", 0),
        (calendar(event(":20261201T140000Z")).replace("END:VCALENDAR\n", ""), 1, "VCALENDAR is cut off", 1),
        (calendar("BEGIN:VEVENT\nUID:a\n", event(":20261201T140000Z")), 3, "VEVENT has no END", 1),
        (calendar(event(":20261201T140000Z"), "END:VTODO\n"), 8, "END:VTODO without its BEGIN", 1),
        (calendar(event(":20261201T140000Z", "DURATION:long")), 6, "no length of time", 0),
        (calendar(event(":20261201T140000Z", "ATTENDEE;CN=\"Ann:mailto:a@x")), 6, "ATTENDEE is no property", 0),
        (calendar(event(":00011201T140000Z")), 5, "is no time", 0),
        (calendar(event(":20261201T140000Z", "RRULE:")), 6, "an RRULE without a rule", 0),
        (calendar(event(":20261201T140000Z", "EXDATE:20261301T000000Z")), 6, "is no time", 0),
    ],
)  # fmt: skip
def test_what_is_broken_is_said_with_its_line_and_takes_nothing_else_along(
    tmp_path: Path, text: str, line: int, says: str, left: int
) -> None:
    file = read(tmp_path, text)
    assert len(events(file)) == left
    (problem,) = file.problems
    assert problem.line == line
    assert says in problem.message


def test_a_calendar_that_is_none(tmp_path: Path) -> None:
    assert "no calendar" in str(read_file(written(tmp_path, "a.txt", "hello"), wanted="ics").problems[-1])
    assert "this is not text" in str(read(tmp_path, b"BEGIN:VCALENDAR\n\0").problems[0])
    assert read(tmp_path, calendar()).note is not None


def test_an_event_without_a_name_is_known_by_its_words(tmp_path: Path) -> None:
    names = [each.uid for each in events(read_file(CALENDARS / "calcurse.ics"))]
    assert len(set(names)) == 2
    assert names == [
        each.uid for each in events(read_file(written(tmp_path, "b.ics", (CALENDARS / "calcurse.ics").read_bytes())))
    ]


@given(st.text(alphabet='BEGIN:ENDVCALRTO;=,\\"\n \tZ0123T', max_size=300))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    found, faults = components.read(text)
    assert all(each.name for each in found) or faults or not found


@given(
    st.lists(
        st.sampled_from(
            [
                "BEGIN:VEVENT",
                "END:VEVENT",
                "BEGIN:VALARM",
                "END:VALARM",
                "DTSTART:20261201T140000Z",
                "END:VCALENDAR",
                "BEGIN:VCALENDAR",
            ]
        ),
        max_size=30,
    )
)
def test_any_order_of_lines_is_read_without_a_crash(lines: list[str]) -> None:
    components.read("\n".join(["BEGIN:VCALENDAR", *lines]))
