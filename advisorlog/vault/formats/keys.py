"""How an item is known again when its file comes again, where the tool gives it no id of its own."""

import hashlib
import unicodedata
from collections import Counter


class Keys:
    """Keys of one file's items: a short hash of what stays the same, counted where it comes twice."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def of(self, *parts: str) -> str:
        """The key of an item that these parts tell apart; composed and decomposed letters count as the same."""
        plain = unicodedata.normalize("NFC", "\0".join(parts))
        digest = hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        self._seen[digest] += 1
        return digest if self._seen[digest] == 1 else f"{digest}-{self._seen[digest]}"
