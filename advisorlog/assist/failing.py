"""Why an endpoint was of no help: one line for the user. The document comes out without it."""

from enum import StrEnum


class Trouble(StrEnum):
    """What went wrong, as the end of the sentence “The model at HOST was of no help: ...”."""

    UNREACHABLE = "nothing answers there"
    TOO_SLOW = "it took too long"
    CANCELLED = "you cancelled it"
    REDIRECTED = "it redirects to another address, and nothing is sent there"
    NO_API = "what answers there is no OpenAI-compatible endpoint"
    NO_MODEL = "it has no such model"
    KEY = "it refuses the key (ADVISORLOG_ASSIST_KEY, or the system's keyring)"
    LIMITED = "it limits how often it may be asked; try again later"
    BROKEN = "it failed on its side"
    REFUSED = "it refuses the request"
    DIED = "the answer broke off"
    CUT = "the answer was cut at its length (`tokens` in [assist])"
    EMPTY = "the answer was empty"
    DECLINED = "the model declined to answer"
    NO_JSON = "the answer was no JSON"
    NO_VECTORS = "the answer holds no vectors (is its model one for embeddings?)"
    WRONG_FORM = "the answer did not have the form that was asked for"


class AssistFailed(Exception):
    """The endpoint was of no help. It holds nothing of what was sent, and no key."""

    def __init__(self, trouble: Trouble, host: str, detail: str = "") -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.host = host
        self.detail = detail

    def __str__(self) -> str:
        detail = f" ({self.detail})" if self.detail else ""
        return f"The model at {self.host} was of no help: {self.trouble}{detail}."
