"""Keys that a model writes behind its sentences: found, taken out, resolved by code."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

_NUMBER = r"(?:(?:source|passage|ref|doc(?:ument)?)s?\.?\s*)?\d{1,4}"
_KEYS = re.compile(
    rf"\s*[\[【]\s*{_NUMBER}(?:\s*(?:,|;|and|&|-|–|to)\s*\[?{_NUMBER})*\s*(?:†[^\]】]{{0,40}})?[\]】]",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)\s*(?:-|–|to)\s*\D{0,8}(\d+)|(\d+)")
_LONGEST_RANGE = 20


@dataclass(frozen=True)
class Cited:
    """A sentence without its keys. unknown: keys that no source has, in order."""

    text: str
    keys: tuple[str, ...]
    unknown: tuple[str, ...]


def cited(sentence: str, known: Collection[str]) -> Cited:
    """A sentence and the keys it cites, ranges written out.

    >>> cited("It is 5 µm thick [1, 3-4].", {"1", "2", "3", "4"})
    Cited(text='It is 5 µm thick.', keys=('1', '3', '4'), unknown=())
    >>> cited("It melts【2】.[99]", {"1", "2"}).unknown
    ('99',)
    """
    found: list[str] = []
    for match in _KEYS.finditer(sentence):
        inside = match.group().split("†")[0]
        for first, last, alone in _RANGE.findall(inside):
            if alone:
                found.append(str(int(alone)))
            elif 0 <= int(last) - int(first) <= _LONGEST_RANGE:
                found += [str(n) for n in range(int(first), int(last) + 1)]
            else:
                found.append(f"{first}-{last}")
    text = re.sub(r"\s+([.,;:!?])", r"\1", _KEYS.sub("", sentence)).strip()
    text = re.sub(r"([.!?])[.]+$", r"\1", text)
    ordered = tuple(dict.fromkeys(found))
    return Cited(
        text,
        tuple(key for key in ordered if key in known),
        tuple(key for key in ordered if key not in known),
    )


def only_keys(text: str) -> bool:
    """Whether a text is nothing but keys and marks.

    >>> only_keys(" [1] [2]."), only_keys("[1] It")
    (True, False)
    """
    return bool(_KEYS.search(text)) and not re.search(r"\w", _KEYS.sub("", text))


def leading_keys(text: str) -> int:
    """How many characters of keys, and a full stop behind them, a text begins with."""
    match = re.match(rf"(?:{_KEYS.pattern})+\s*[.]?", text, re.IGNORECASE)
    return match.end() if match else 0
