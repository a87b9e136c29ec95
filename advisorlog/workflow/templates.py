"""The documents' templates: ours, and the user's own in their place."""

import os
from dataclasses import dataclass
from pathlib import Path

from advisorlog.config import Settings
from advisorlog.errors import AdvisorlogError, NotFound

PACKAGE = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Template:
    """A template: ours at `ours`, and the user's own at `own` where there is one, which is then in force."""

    name: str
    ours: Path | None
    own: Path | None

    @property
    def in_force(self) -> Path:
        found = self.own or self.ours
        assert found is not None
        return found


def shipped() -> Path:
    """Our templates: inside the package once installed, at the top of a source tree."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"


def listed(settings: Settings) -> list[Template]:
    """All templates by name."""
    ours = {path.name: path for path in shipped().glob("*.j2")}
    own = {path.name: path for path in settings.templates.glob("*.j2")}
    return [Template(name, ours.get(name), own.get(name)) for name in sorted({**ours, **own})]


def named(settings: Settings, name: str) -> Template:
    """The template of a name, with or without its endings (`brief`, `brief.md.j2`)."""
    known = listed(settings)
    for template in known:
        if name in (template.name, template.name.removesuffix(".j2"), template.name.split(".")[0]):
            return template
    names = ", ".join(template.name for template in known) or "there are none here"
    raise NotFound(f"There is no template “{name}”", f"Known: {names}")


def copied(settings: Settings, name: str) -> Path:
    """Copy one of ours into the user's folder, where it is in force from now on; returns the copy.

    Raises AdvisorlogError where the user has one of that name already, or the folder can't be written.
    """
    template = named(settings, name)
    target = settings.templates / template.name
    if template.own is not None:
        raise AdvisorlogError(f"You have your own {template.name} already", f"It is {target}")
    assert template.ours is not None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644), "wb") as file:
            file.write(template.ours.read_bytes())
    except OSError as error:
        raise AdvisorlogError(f"{target} can't be written: {error.strerror}", "Check the folder") from error
    return target
