"""A cross-encoder that reads a sentence beside its quote. Off unless a model is named."""

from __future__ import annotations

import math
import threading
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.errors import AssistantError
from index.quiet import quiet_models

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class NoSupportModel(AssistantError):
    """The support model cannot be loaded."""


class CrossEncoderSupport:
    """A sentence-transformers CrossEncoder, from a folder or by name from the local cache.

    A model of natural language inference gives the probability of its label "entailment", with
    the quote as premise; one with a single score gives that score, squashed to 0 ... 1. Raises
    NoSupportModel when it is first used and cannot be loaded, or has neither.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._lock = threading.Lock()

    def score(self, sentence: str, quote: str) -> float:
        """How surely the quote supports the sentence, 0 to 1."""
        import torch

        with self._lock:
            raw = self._model.predict(
                [(quote, sentence)],
                show_progress_bar=False,
                activation_fn=torch.nn.Identity(),
            )
        logits = np.asarray(raw, np.float64).reshape(-1)
        if len(logits) == 1:
            return 1 / (1 + math.exp(-float(np.clip(logits[0], -60, 60))))
        shares = np.exp(logits - logits.max())
        return float(shares[self._entailment] / shares.sum())

    @cached_property
    def _entailment(self) -> int:
        labels: dict[Any, Any] = getattr(self._model.config, "id2label", None) or {}
        for place, label in labels.items():
            if str(label).casefold() in ("entailment", "entails", "supported", "supports"):
                return int(place)
        raise NoSupportModel(
            f"{self.name} has {len(labels)} labels and none is called entailment: "
            f"{', '.join(map(str, labels.values()))}; name a model of natural language inference"
        )

    @cached_property
    def _model(self) -> CrossEncoder:
        quiet_models()
        from sentence_transformers import CrossEncoder

        try:
            model: CrossEncoder = CrossEncoder(self.name, local_files_only=True)
        except Exception as error:  # Damaged weights raise an error of their own, of no family.
            raise NoSupportModel(
                f"{self.name} is no cross-encoder in a folder or in the local cache: {error}"
            ) from error
        return model
