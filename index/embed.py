"""Passages to vectors, each seen whole: none is cut at the end of the encoder's window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from index.encoder import Encoder, Vectors
from index.long_query import query_parts
from ingest.passages import PassageSettings, context
from ingest.records import Passage


def fitted(settings: PassageSettings, encoder: Encoder) -> PassageSettings:
    """A library's settings, narrowed where its present encoder sees less than its first one."""
    window = min(settings.window, encoder.window)
    return replace(settings, window=window, target=min(settings.target, window))


def passage_texts(
    title: str, passages: Iterable[Passage], encoder: Encoder, settings: PassageSettings
) -> Iterator[str]:
    """What the encoder is given of a document's passages: title and heading, then the text."""
    before: dict[str | None, str] = {}
    for passage in passages:
        if passage.heading not in before:
            before[passage.heading] = context(
                title, passage.heading, encoder.count_tokens, settings
            )
        yield before[passage.heading] + passage.text


def encode_whole(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """Vectors of texts of any length, float32 (n, dimension), rows of length 1.

    One that is longer than the encoder's window is encoded in parts that are about equally long;
    its vector is the mean of theirs, scaled to length 1.
    """
    counts = encoder.count_tokens(texts)
    parts = [
        query_parts(text, encoder) if count > encoder.window else (text,)
        for text, count in zip(texts, counts, strict=True)
    ]
    rows = encoder.encode_passages([part for of_text in parts for part in of_text])
    if len(rows) == len(texts):
        return rows
    vectors = np.zeros((len(texts), encoder.dimension), np.float32)
    first = 0
    for i, of_text in enumerate(parts):
        mean = rows[first : first + len(of_text)].mean(axis=0)
        vectors[i] = mean / max(float(np.linalg.norm(mean)), 1e-12)
        first += len(of_text)
    return vectors
