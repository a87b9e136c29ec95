"""A sentence model in two files, ONNX and tokenizer, run on this machine by onnxruntime. No network, no torch.

onnxruntime and tokenizers come with the extra `meaning`; this is the one module that loads them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from advisorlog.errors import AdvisorlogError
from advisorlog.meaning.missing import NotInstalled

if TYPE_CHECKING:
    from advisorlog.meaning.embedder import Vectors

LONGEST = 256
"""Tokens of a text that are read: what such models were trained on. Of a longer text the beginning counts."""


@dataclass(frozen=True, slots=True)
class SentenceModel:
    """An Embedder of files that were read and checked. `knows` is whether it knows the language of a text."""

    name: str
    fingerprint: str
    run: "Callable[[Sequence[str]], Vectors]"
    knows: Callable[[str], bool]
    host: str = ""

    def reads(self, text: str) -> bool:
        return self.knows(text)

    def embed(self, texts: Sequence[str]) -> "Vectors":
        return self.run(texts)


def runner(model: bytes, tokenizer: bytes, named: str) -> "Callable[[Sequence[str]], Vectors]":
    """What turns texts into vectors; quickest where those of one call are of about the same length.

    Raises NotInstalled, and AdvisorlogError where the files are no such model; `named` is what it is called then.
    """
    try:
        import numpy as np
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError as error:
        raise NotInstalled from error
    from advisorlog.meaning.pooling import pooled

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4  # It writes to stderr by itself, past us.
    # Its threads would wait for work in a busy loop, which takes twice the time where others use the machine too.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        words = Tokenizer.from_str(tokenizer.decode("utf-8"))
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # Both raise exceptions of their own kinds, and bare ones.
        raise AdvisorlogError(f"{named} is no sentence model", "It needs model.onnx and tokenizer.json") from error
    words.enable_padding()
    words.enable_truncation(LONGEST)
    inputs = {each.name for each in session.get_inputs()}

    def run(texts: Sequence[str]) -> "Vectors":
        read = words.encode_batch(list(texts))
        mask = np.array([each.attention_mask for each in read], dtype=np.int64)
        arrays = {
            "input_ids": np.array([each.ids for each in read], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        try:
            tokens: Any = session.run(None, {name: arrays[name] for name in inputs})[0]
            return pooled(tokens, mask)
        except Exception as error:
            raise AdvisorlogError(f"{named} can't be run", "It must give a vector for each token") from error

    return run
