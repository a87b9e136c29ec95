"""What one makes by a few questions, from whichever screen: a project, a series of meetings, a person."""

from typing import Any

from advisorlog.store.reading import people
from advisorlog.store.reading.rows import Project
from advisorlog.tui.dialogs import Ask, Choice, Choose, Field
from advisorlog.tui.screen import RecordScreen


async def ask_role(screen: RecordScreen[Any]) -> str | None:
    """What the other side of a series is to me."""
    choices = [
        Choice("advisor", "advisor", "they advise me"),
        Choice("mentee", "mentee", "I advise them"),
        Choice("peer", "peer", "we advise each other"),
    ]
    return await screen.advisorlog.push_screen_wait(Choose("What are they to me?", choices))


async def new_series(screen: RecordScreen[Any]) -> None:
    """Ask for a recurring meeting, and make it."""
    projects = await screen.desk.read(people.projects)
    fields = [
        Field("title", "What is it called?", "Ann weekly", needed=True),
        Field("people", "With whom? Names, with commas", "Ann Advisor", needed=True),
        Field("every", "How often? Nothing means: now and then", "tue"),
        Field("at", "At what time?", "14:00"),
        Field("minutes", "For how many minutes?", "60"),
    ]
    answer = await screen.advisorlog.push_screen_wait(Ask("A new series of meetings", fields, does="next"))
    if answer is None:
        return
    role = await ask_role(screen)
    if role is None:
        return
    project = await _which_project(screen, projects)
    from advisorlog.workflow import beginning

    said = beginning.Said(
        answer["title"], answer["people"], role, answer["every"], answer["at"], answer["minutes"], project
    )
    desk = screen.desk
    screen.change(lambda: beginning.series(desk.settings.log, desk.now(), said), said="The series is in the log")


async def _which_project(screen: RecordScreen[Any], projects: list[Project]) -> str | None:
    """The project that a series is about: its pitch and goal open the briefs. The only one goes without saying."""
    if len(projects) < 2:
        return projects[0].slug if projects else None
    choices = [*(Choice(each.slug, each.name) for each in projects), Choice("", "none of them")]
    return await screen.advisorlog.push_screen_wait(Choose("About which project?", choices)) or None


async def new_person(screen: RecordScreen[Any]) -> None:
    """Ask for a person, and make them."""
    fields = [Field("name", "Name", needed=True), Field("handle", "Handle, for @handle", "ann")]
    answer = await screen.advisorlog.push_screen_wait(Ask("A new person", fields, does="make it"))
    if answer is None:
        return
    from advisorlog.workflow import people as changing

    desk, handle = screen.desk, answer["handle"] or None
    screen.change(
        lambda: changing.new(desk.settings.log, desk.now(), answer["name"], handle, changing.PersonFields()),
        said=f"{answer['name']} is in the log",
    )


async def new_project(screen: RecordScreen[Any]) -> None:
    """Ask for a project, and make it."""
    answer = await screen.advisorlog.push_screen_wait(Ask("A new project", _said_of(None), does="make it"))
    if answer is None:
        return
    from advisorlog.workflow import projects

    desk = screen.desk
    wanted = projects.ProjectFields(pitch=answer["pitch"], goal=answer["goal"])
    screen.change(
        lambda: projects.new(desk.settings.log, desk.now(), answer["name"], None, wanted),
        said="The project is in the log",
    )


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
    answer = await screen.advisorlog.push_screen_wait(Ask(project.name, fields, about, does="store it"))
    if answer is None:
        return
    from advisorlog.workflow import projects

    desk = screen.desk
    terms = {answer["term"]: answer["meaning"]} if answer["term"] else {}
    wanted = projects.ProjectFields(answer["name"], answer["pitch"], answer["goal"], terms)
    screen.change(lambda: projects.edit(desk.settings.log, desk.now(), project.slug, wanted), said="Changed")


def _said_of(project: Project | None) -> list[Field]:
    return [
        Field("name", "What is it called?", "Zeus", project.name if project else "", needed=True),
        Field("pitch", "In two sentences, for somebody who remembers nothing", "GPUs waste energy. We ...",
              (project.pitch or "") if project else ""),
        Field("goal", "When has it reached its goal?", "15% less energy at the same speed",
              (project.goal or "") if project else ""),
    ]  # fmt: skip
