"""One task's way to the model and back: the switch, the notice, the cache, the question, the cost, the excuse."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import BaseModel

from advisorlog.assist.asking import Answer, Question
from advisorlog.assist.cache import Cache
from advisorlog.assist.endpoint import Endpoint, of_settings
from advisorlog.assist.failing import AssistFailed, Trouble
from advisorlog.config import Settings
from advisorlog.errors import AdvisorlogError

Form = TypeVar("Form", bound=BaseModel)
NAMES = {
    "condense": "arrange briefs and summaries",
    "propose": "propose entries from notes",
    "tension": "judge what may conflict",
    "guess": "suggest reasons for advice",
    "keywords": "find study keywords for a mentee",
    "rewrite": "rewrite what the stateless check found",
    "meaning": "compare records by their meaning",
}
"""What each task is, behind “The model may ...”."""


def require(settings: Settings, task: str) -> Endpoint:
    """The endpoint, where the user has switched this task on. Raises AdvisorlogError, with what to do, where not."""
    if task not in settings.assist.tasks:
        raise AdvisorlogError(
            f"A model may not {NAMES[task]}: you have not switched it on",
            f'`advisorlog assist setup`, then add "{task}" to `tasks` in [assist] of {settings.config_file}',
        )
    return of_settings(settings.assist)


def silent(text: str) -> None:
    """Nobody listens."""


@dataclass(slots=True)
class Helper:
    """Asks for one task. `say` gets lines for the user, `seen` the number of characters that came.

    `cancelled` stops it. `look` is given each question before anything is sent (`--show-prompt` prints it there, and
    leaves).
    """

    settings: Settings
    task: str
    say: Callable[[str], None] = silent
    seen: Callable[[int], None] = lambda characters: None
    cancelled: threading.Event = field(default_factory=threading.Event)
    look: Callable[[Question[BaseModel]], None] | None = None

    def ask(self, question: Question[Form], withheld: int = 0) -> Answer[Form] | None:
        """The answer; None where the endpoint was of no help, and then the user was told so in one line."""
        if self.look is not None:
            self.look(question)  # pyright: ignore[reportArgumentType]
        endpoint = require(self.settings, self.task)
        cache = Cache(self.settings.log)
        if withheld:
            self.say(f"{withheld} record{'s' if withheld > 1 else ''} withheld from the model.")
        found = cache.find(question, endpoint.url, endpoint.model)
        if found is None:
            self._notice(cache, endpoint)
            try:
                found = self._asked(question, endpoint)
            except AssistFailed as failed:
                self.say(f"{failed} What follows is without it.")
                return None
            cache.keep(question, endpoint.url, endpoint.model, found)
        named = f"{found.model or endpoint.model or 'the model'} at {endpoint.host}"
        self.say(f"Asked {named}: {found.cost}.")
        return found

    def _asked(self, question: Question[Form], endpoint: Endpoint) -> Answer[Form]:
        from advisorlog.assist.client import Asking

        try:
            return Asking(endpoint, self.seen, self.cancelled).ask(question)
        except KeyboardInterrupt:
            raise AssistFailed(Trouble.CANCELLED, endpoint.host) from None

    def _notice(self, cache: Cache, endpoint: Endpoint) -> None:
        """Named once: where the notes go."""
        if not cache.knows(endpoint.host):
            where = "on this machine" if endpoint.is_local else "NOT on this machine"
            self.say(
                f"This is sent to {endpoint.host}, {where}; nothing private, no other mentee's. "
                "--show-prompt shows exactly what. (Said once for each address.)"
            )
