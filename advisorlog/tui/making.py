"""What one makes by a few questions, from whichever screen: a project, a series of meetings, a person."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from advisorlog.domain.kinds import Role
from advisorlog.store.reading import people
from advisorlog.store.reading.rows import Person, Project, Series
from advisorlog.tui import asking
from advisorlog.tui.dialogs import Answers, Ask, Choice, Choose, Field
from advisorlog.tui.screen import RecordScreen

if TYPE_CHECKING:
    from advisorlog.workflow.beginning import Said


async def ask_role(screen: RecordScreen[Any], names: str, leaves: str = "leave it") -> Role | None:
    """What the other side of a series is to me."""
    choices = [
        Choice("advisor", "advisor", "they advise me"),
        Choice("mentee", "mentee", "I advise them"),
        Choice("peer", "peer", "we advise each other"),
    ]
    chosen = await screen.advisorlog.push_screen_wait(Choose("What are they to me?", choices, names, leaves))
    return Role(chosen) if chosen is not None else None


async def new_series(screen: RecordScreen[Any]) -> None:
    """Ask for a recurring meeting, and make it."""
    projects = await screen.desk.read(people.projects)
    from advisorlog.workflow import beginning

    def read(answer: Answers) -> beginning.Said:
        return _meant(answer).checked()

    question = Ask("A new series of meetings", _said_of_series(), does="next")
    said = await asking.ask(screen, question, read)
    if said is None:
        return
    role = await ask_role(screen, said.names)
    if role is None:
        question.keep()
        return
    project = await _which_project(screen, projects)
    desk, whole = screen.desk, replace(said, role=role, project=project)
    screen.change(lambda: beginning.series(desk.settings.log, desk.now(), whole), said="The series is in the log")


async def edit_series(screen: RecordScreen[Any], series: Series) -> None:
    """What a series is called, with whom it is, and when; the meetings that were held stay as they are."""
    from advisorlog.workflow import recurring
    from advisorlog.workflow import series as changing

    log, now = screen.desk.settings.log, screen.desk.now()
    every = recurring.as_said(series.rrule) if series.rrule else ""
    at = f"{series.starts.local:%H:%M}" if series.starts else ""
    names = ", ".join(person.name for person in series.people)
    fields = _said_of_series(series.title, names, every, at, str(series.minutes or ""))

    def store(answer: Answers) -> None:
        said = _meant(answer).fields()
        # What stays as it was is not said again: the rule must not begin anew.
        wanted = replace(
            said,
            title=answer["title"],
            role=None,
            people=said.people if answer["people"] != names else None,
            every=answer["every"] if answer["every"] != every else None,
            at=said.at if answer["at"] != at else None,
        )
        changing.edit(log, now, series.slug, wanted)

    await asking.change(screen, Ask(series.title, fields), store, "Changed")


def _said_of_series(title: str = "", people: str = "", every: str = "", at: str = "", minutes: str = "") -> list[Field]:
    return [
        Field("title", "What is it called?", "Ann weekly", title, needed=True),
        Field("people", "With whom? Names, with commas", "Ann Advisor", people, needed=True),
        Field("every", "How often? Nothing means: now and then", "tue", every, anew=True),
        Field("at", "At what time?", "14:00", at, anew=True),
        Field("minutes", "For how many minutes?", "60", minutes, anew=True),
    ]


def _meant(answer: Answers) -> "Said":
    from advisorlog.workflow.beginning import Said

    return Said(answer["title"], answer["people"], answer["every"], answer["at"], answer["minutes"])


async def _which_project(screen: RecordScreen[Any], projects: list[Project]) -> str | None:
    """The project that a series is about: its pitch and goal open the briefs. The only one goes without saying."""
    if len(projects) < 2:
        return projects[0].slug if projects else None
    choices = [*(Choice(each.slug, each.name) for each in projects), Choice("", "none of them")]
    return await screen.advisorlog.push_screen_wait(Choose("About which project?", choices)) or None


async def new_person(screen: RecordScreen[Any]) -> None:
    """Ask for a person, and make them."""
    fields = [Field("name", "Name", needed=True), Field("handle", "Handle, for @handle", "ann")]
    from advisorlog.workflow import people as changing

    log, now = screen.desk.settings.log, screen.desk.now()
    await asking.change(
        screen,
        Ask("A new person", fields, does="make it"),
        lambda answer: changing.new(log, now, answer["name"], answer["handle"] or None, changing.PersonFields()),
        lambda made: f"@{made.name} is in the log",
    )


async def edit_person(screen: RecordScreen[Any], person: Person) -> str:
    """What a person is called and how they are reached; the handle that they have then."""
    from advisorlog.workflow import people as changing

    log, now = screen.desk.settings.log, screen.desk.now()
    # I am @me, whatever I am called.
    handles = (
        [] if person.is_me else [Field("handle", "Handle, for @handle", "ann", person.handle, needed=True, anew=True)]
    )
    fields = [
        Field("name", "Name", value=person.name, needed=True),
        *handles,
        Field("email", "E-mail", "ann@example.edu", person.email or ""),
        Field("note", "What is worth knowing of them; only you see it", "reads mail in the morning", person.note or ""),
    ]
    handle = person.handle

    def store(answer: Answers) -> None:
        nonlocal handle
        wanted = changing.PersonFields(answer["name"], answer["email"], answer["note"])
        handle = changing.edit(log, now, person.handle, wanted, answer.get("handle"))

    await asking.change(screen, Ask(person.name, fields), store, "Changed")
    return handle


async def new_project(screen: RecordScreen[Any]) -> None:
    """Ask for a project, and make it."""
    from advisorlog.workflow import projects

    log, now = screen.desk.settings.log, screen.desk.now()

    def make(answer: Answers) -> str:
        wanted = projects.ProjectFields(pitch=answer["pitch"], goal=answer["goal"])
        return projects.new(log, now, answer["name"], None, wanted)

    await asking.change(screen, Ask("A new project", _said_of(None), does="make it"), make, "The project is in the log")


async def edit_project(screen: RecordScreen[Any]) -> None:
    """What a project is called, its pitch and goal, and a term for its glossary."""
    found = await screen.desk.read(people.projects)
    if not found:
        await new_project(screen)
        return
    chosen: str | None = found[0].slug
    if len(found) > 1:
        choices = [Choice(each.slug, each.name) for each in found]
        chosen = await screen.advisorlog.push_screen_wait(Choose("Which project?", choices))
    project = next((each for each in found if each.slug == chosen), None)
    if project is None:
        return
    fields = [
        *_said_of(project),
        Field("term", "A term that a brief has to spell out", "DVFS"),
        Field("meaning", "What it means", "dynamic voltage and frequency scaling"),
    ]
    known = ", ".join(term for term, _ in project.glossary)
    about = f"In its glossary: {known}." if known else ""
    from advisorlog.workflow import projects

    log, now = screen.desk.settings.log, screen.desk.now()

    def store(answer: Answers) -> None:
        terms = {answer["term"]: answer["meaning"]} if answer["term"] else {}
        wanted = projects.ProjectFields(answer["name"], answer["pitch"], answer["goal"], terms)
        projects.edit(log, now, project.slug, wanted)

    await asking.change(screen, Ask(project.name, fields, about), store, "Changed")


def _said_of(project: Project | None) -> list[Field]:
    return [
        Field("name", "What is it called?", "Zeus", project.name if project else "", needed=True),
        Field("pitch", "In two sentences, for somebody who remembers nothing", "GPUs waste energy. We ...",
              (project.pitch or "") if project else ""),
        Field("goal", "When has it reached its goal?", "15% less energy at the same speed",
              (project.goal or "") if project else ""),
    ]  # fmt: skip
