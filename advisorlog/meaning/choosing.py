"""Which model of meaning the settings name."""

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from advisorlog.config import ENDPOINT_MODEL, Settings
from advisorlog.errors import AdvisorlogError
from advisorlog.meaning.missing import NotInstalled

if TYPE_CHECKING:
    from advisorlog.meaning.embedder import Embedder


def embedder(settings: Settings) -> "Embedder":
    """The endpoint (`endpoint:NAME`), a folder of the user's own, or the model of the extra.

    Raises AdvisorlogError, with what to do, where it can't be used; nothing has been sent then.
    """
    chosen = settings.meaning.model
    if chosen.startswith(ENDPOINT_MODEL):
        return _by_endpoint(settings, chosen.removeprefix(ENDPOINT_MODEL))
    from advisorlog.meaning import model_files

    return model_files.of_folder(Path(chosen).expanduser()) if chosen else model_files.shipped()


def _by_endpoint(settings: Settings, model: str) -> "Embedder":
    from advisorlog.assist.endpoint import of_settings
    from advisorlog.meaning.by_endpoint import ByEndpoint

    if find_spec("numpy") is None:
        raise NotInstalled
    if "meaning" not in settings.assist.tasks:
        raise AdvisorlogError(
            "The endpoint may not be sent texts to compare by meaning: you have not switched it on",
            f'Add "meaning" to `tasks` in [assist] of {settings.config_file}',
        )
    return ByEndpoint(replace(of_settings(settings.assist), model=model))
