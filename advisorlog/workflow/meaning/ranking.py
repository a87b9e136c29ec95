"""The order of two lists, by meaning where the user wants that (`rank = true` in `[meaning]`): what may conflict, and
what comes back to an idea at rest.

Its limits were measured with the model that ships in the extra, so it goes with that one alone. Where it can't be used,
that is said, and the rules of words decide as ever. Advice as it is captured, and the prep sheet, keep to words: these
must be quick, and in a log on one field most advice is near some dead idea without bringing it back.
"""

import sqlite3
from collections.abc import Sequence

from advisorlog.config import Settings
from advisorlog.domain import resembling, tension
from advisorlog.domain.kinds import RecordKind
from advisorlog.domain.moments import Moment
from advisorlog.domain.tension import Near, Nearness, Point, not_asked
from advisorlog.errors import AdvisorlogError
from advisorlog.meaning.kept import VectorFile, digest
from advisorlog.store import search
from advisorlog.store.reading import graveyard
from advisorlog.store.reading.graveyard import Resting
from advisorlog.workflow.meaning.making import Say, catch_up, ready, silent


def near_lines(settings: Settings, say: Say = silent) -> Nearness:
    """What tells which lines are near in meaning; nothing does where the user didn't ask for it."""
    if not settings.meaning.rank:
        return not_asked
    from advisorlog.meaning import model_files

    try:
        model = model_files.shipped()
        file = ready(settings, model)
        catch_up(settings, model, say)
    except AdvisorlogError as error:
        say(f"Ranked by words alone: {error}.")
        return not_asked
    return lambda lines: _near(file, lines)


def _near(file: VectorFile, lines: Sequence[Point]) -> Near:
    from advisorlog.meaning.nearest import pairs, unpacked

    wanted = {line.id: digest(line.text) for line in lines}
    kept = [each for each in file.all(RecordKind.ENTRY) if wanted.get(each.key[1]) == each.digest]
    if not kept:
        return tension.NONE_NEAR
    found = pairs(unpacked(kept), tension.NEAR)
    return {frozenset((kept[one].key[1], kept[other].key[1])): near for one, other, near in found}


def near_resting(
    settings: Settings, connection: sqlite3.Connection, text: str, until: Moment, say: Say = silent
) -> Resting | None:
    """The idea at rest that is nearest a text in meaning, if it is near enough to be told."""
    known = {each.idea.id: each for each in graveyard.resting(connection, until)} if settings.meaning.rank else {}
    if not known:
        return None
    from advisorlog.meaning import model_files

    try:
        model = model_files.shipped()
        file = ready(settings, model)
        catch_up(settings, model, say)
        if not model.reads(text):
            return None
        question = model.embed([text])[0]
    except AdvisorlogError as error:
        say(f"Compared by words alone: {error}.")
        return None
    from advisorlog.meaning.nearest import by_nearness, unpacked

    texts = {number: digest(words) for _, record, number, words in search.texts(connection) if record == "idea"}
    kept = [each for each in file.all(RecordKind.IDEA) if each.key[1] in known and texts[each.key[1]] == each.digest]
    if not kept:
        return None
    place, near = by_nearness(question, unpacked(kept))[0]
    return known[kept[place].key[1]] if near >= resembling.NEAR else None
