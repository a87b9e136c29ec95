"""Files of what is no meeting, idea or person: documents as they were sent, and the user's judgements."""

import hashlib

from advisorlog.vault.exactly import Told
from advisorlog.vault.fields import Fields
from advisorlog.vault.notes import DocumentNote, JudgementsNote
from advisorlog.vault.page import Page
from advisorlog.vault.times import moment_in

TENSION_KEYS = ("first", "second", "found", "cause", "because", "resolved", "question")
GUESS_KEYS = ("advice", "question", "asked", "verdict", "real-reason", "resolved")
PIN_KEYS = ("meeting", "record", "choice")
ATTACHMENT_KEYS = ("file", "sha256", "name", "media-type", "size", "of", "visibility", "at")


def document(page: Page, fields: Fields) -> DocumentNote | None:
    """A sent document; one whose words are not those that were sent is reported, and taken in as nothing."""
    fields.own_zone("zone")
    body = fields.text("body") or page.body.removesuffix("\n")
    digest = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()
    sent, as_of = moment_in(fields.when("sent"), fields.zone), moment_in(fields.when("as-of"), fields.zone)
    claimed = fields.text("sha256")
    if digest != claimed:
        fields.report(
            fields.line_of("sha256"),
            "this document is not as it was sent: its words and its sha256 differ",
            "Bring back the file as it was exported; what was sent stays as it was",
        )
    elif sent is None or as_of is None:
        fields.report(fields.line, "this document does not say when it was sent", "Bring back the file as exported")
    else:
        return DocumentNote(
            page.path,
            page.source,
            fields.text("id") or page.path.stem,
            fields.text("document") or "brief",
            fields.text("title") or "",
            fields.text("format") or "md",
            body,
            digest,
            as_of,
            sent,
            fields.name("series"),
            fields.name("meeting"),
            fields.name("supersedes"),
            fields.names("to"),
            tuple((cite.text("record") or "", cite.text("section") or "") for cite in fields.tables("cites")),
        )
    return None


def judgements(page: Page, fields: Fields) -> JudgementsNote:
    """Tensions, guesses, pins and attachments, each with the keys that it may have."""
    return JudgementsNote(
        page.path,
        page.source,
        fields.text("id") or page.path.stem,
        tuple(_told(each, TENSION_KEYS) for each in fields.tables("tensions")),
        tuple(
            {**_told(each, GUESS_KEYS), "reasons": "\n".join(each.texts("reasons"))}
            for each in fields.tables("guesses")
        ),
        tuple(_told(each, PIN_KEYS) for each in fields.tables("pins")),
        tuple(_told(each, ATTACHMENT_KEYS) for each in fields.tables("attachments")),
    )


def _told(fields: Fields, keys: tuple[str, ...]) -> Told:
    return {key: fields.text(key) for key in keys}
