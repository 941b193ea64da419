"""Queries longer than the encoder's window: cut into parts, and what the parts find merged."""

from __future__ import annotations

import numpy as np

from index.encoder import Encoder, Vectors
from index.fuse import Scores
from ingest.facts import DocumentFacts
from ingest.passages import PassageSettings, split_passages
from ingest.records import Document, Paragraph, Section

# Parts whose cosines make a passage's; of 1, 3, 5, 10 and all the best or no worse
# (benchmarks/ranking.md).
_BEST_PARTS = 3
# Tokens by which parts of equal length may differ, so that the last one is no mere remainder.
_SLACK = 24


def query_parts(text: str, encoder: Encoder) -> tuple[str, ...]:
    """The query in parts that the encoder sees whole, cut where sentences end.

    Nothing is left out but blanks. The parts are about equally long.
    """
    tokens = encoder.count_tokens([text])[0]
    if tokens <= encoder.window:
        return (text,)
    needed = -(-tokens // encoder.window)
    target = min(encoder.window, tokens // needed + _SLACK)
    section = Section("body", None, (), (Paragraph(0, len(text)),))
    facts = DocumentFacts(id="query", kind="report")
    settings = PassageSettings(window=encoder.window, target=target)
    passages = split_passages(Document(facts, text, (section,)), encoder.count_tokens, settings)
    return tuple(passage.text for passage in passages)


def encode_parts(text: str, encoder: Encoder) -> Vectors:
    """One row for each part of the query, (parts, dimension)."""
    return encoder.encode_queries(query_parts(text, encoder))


def merge_parts(cosines: Vectors) -> Scores:
    """Cosines of passages with every part, (n, parts), to one for each passage, (n,).

    It is the mean over the three parts that are nearest to the passage: a description says many
    things that no passage of another document says too.

    >>> merge_parts(np.float32([[0.75, 0.0, 0.5, 0.25]])).tolist()
    [0.5]
    """
    best = np.sort(cosines, axis=1)[:, -_BEST_PARTS:]
    merged: Scores = best.mean(axis=1)
    return merged
