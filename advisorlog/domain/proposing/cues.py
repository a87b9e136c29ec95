"""What a sentence seems to be: by the words of speech in a transcript, by those of notes and summaries elsewhere."""

from advisorlog.domain.proposing import korean, speech, spoken, written
from advisorlog.domain.proposing.cue import Found
from advisorlog.domain.proposing.jotted import jotted
from advisorlog.domain.proposing.plain import plain

LEAST_WORDS = 4
"""A spoken sentence of fewer words says too little to stand alone as an entry; a transcript is full of them."""
LEAST_WRITTEN, LEAST_ASKED = 3, 2
"""Words of a line of notes, and of a question in them."""


def kind_of(sentence: str, *, is_spoken: bool) -> Found | None:
    """The kind that a sentence seems to be; None where nothing speaks for any.

    Of what is spoken in a transcript, only questions about what to do count: most others are answered in the next line.
    """
    if is_spoken:
        return _of_speech(sentence)
    said = plain(sentence)
    if korean.HANGUL.search(said) and (found := written.by(korean.CUES, said)) is not None:
        return found
    if said.endswith(":") or len(said.split()) < (LEAST_ASKED if said.endswith("?") else LEAST_WRITTEN):
        return None
    return written.by(written.CUES, said) or written.question(said) or jotted(said)


def _of_speech(sentence: str) -> Found | None:
    if speech.breaks_off(sentence):
        return None
    said = plain(speech.own_words(sentence))
    if korean.HANGUL.search(said):
        return written.by(korean.CUES, said)
    return spoken.heard(said, sentence) if len(said.split()) >= LEAST_WORDS else None
