"""Cut a model's reply into sentences while it is still coming."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.generate.keys import leading_keys
from ingest.sentences import sentence_spans

LONGEST = 4000  # characters without an end of a sentence
_BULLET = re.compile(r"^\s*(?:[-*•]\s+|#{1,6}\s+|>\s+|\d{1,2}[.)]\s+(?=[A-Z가-힣]))")
_EMPHASIS = re.compile(r"\*\*|__(?=\w)|(?<=\w)__|(?<!\w)[*_](?=\w)|(?<=[\w.])[*_](?!\w)")
# So much of the next sentence must have come before the one before it is taken as ended.
_ENOUGH = 8


class SentenceBuffer:
    """Takes pieces of text, gives whole sentences with the keys behind them."""

    def __init__(self) -> None:
        self._text = ""

    @property
    def overfull(self) -> bool:
        """Whether more has come than any sentence has."""
        return len(self._text) > LONGEST

    def add(self, piece: str) -> Iterator[str]:
        """The sentences that ended with this piece."""
        self._text += piece
        while "\n" in self._text:
            line, self._text = self._text.split("\n", 1)
            yield from _sentences(line)
        found = list(_spans(self._text))
        if len(found) > 1 and len(self._text) - found[-1][0] >= _ENOUGH:
            start = found[-1][0]
            ended, self._text = self._text[:start], self._text[start:]
            yield from _sentences(ended)

    def end(self) -> Iterator[str]:
        """What is left."""
        rest, self._text = self._text, ""
        yield from _sentences(rest)


def _sentences(line: str) -> Iterator[str]:
    """The sentences of a line without bullets and emphasis.

    >>> list(_sentences("- It is **thick**. [1] It holds. [2]"))
    ['It is thick. [1]', 'It holds. [2]']
    """
    line = _EMPHASIS.sub("", _BULLET.sub("", line))
    for start, end in _spans(line):
        if sentence := line[start:end].strip():
            yield sentence


def _spans(text: str) -> list[tuple[int, int]]:
    """Spans of sentences; keys behind the full stop belong to the sentence before."""
    spans: list[tuple[int, int]] = []
    for start, end in sentence_spans(text):
        keys = leading_keys(text[start:end]) if spans else 0
        if keys:
            spans[-1] = (spans[-1][0], start + keys)
            start += keys
            start += len(text[start:end]) - len(text[start:end].lstrip())
        if start < end:
            spans.append((start, end))
    return spans
