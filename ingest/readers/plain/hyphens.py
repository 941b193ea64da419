"""Words that a line's end has divided, made whole again.

Whether the hyphen is part of the word is decided by the words of the document itself: "nickel-"
and "rich" stay a compound where the text says "nickel-rich" elsewhere, or both words alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_HYPHENS = "-\u2010\u00ad"
_WORD = re.compile(rf"[^\W\d_]+(?:[{_HYPHENS}][^\W\d_]+)*")
# Lines of running text by their last character, or, where lines were lost, by the blank after it.
_DIVIDED = re.compile(
    rf"(?<![^\W\d_])(?P<first>[^\W\d_]+(?:-[^\W\d_]+)*)(?P<hyphen>[{_HYPHENS}])"
    r"(?P<blank>[ \t]*\n[ \t]*| )"
    r"(?P<second>[^\W_]+)(?P<rest>[^\s\w]*)(?P<after>[ \t]*)"
)
# "pre- and post-treatment": the hyphen stands for the word to come.
_SUSPENDED = {"and", "or", "to", "und", "oder", "bis", "sowie", "et", "ou", "versus", "nor", "as"}

# Second words of compounds that the rest of the text may never have alone: "nickel-rich".
_TAILS = frozenset("based coated containing doped free like rich type".split())


def vocabulary(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands in the texts undivided, in lower case."""
    words: Counter[str] = Counter()
    for text in texts:
        for match in _WORD.finditer(text.lower()):
            divided = text[match.end() : match.end() + 1] in _HYPHENS and match.end() < len(text)
            begun = text[max(0, match.start() - 3) : match.start()].rstrip(" \n")[-1:]
            if not divided and not (begun and begun in _HYPHENS):
                words[match[0]] += 1
    return words


def without_divisions(text: str, words: Counter[str]) -> str:
    r"""Text with the words that line ends divide made whole; the line then ends after the word.

    words: of the whole document, from `vocabulary`.

    >>> words = vocabulary(["a nickel-rich cathode under consideration"])
    >>> without_divisions("nickel-\nrich oxides, considera-\ntion of X-\nrays, pre- and", words)
    'nickel-rich\noxides, consideration\nof X-rays,\npre- and'
    """
    return _DIVIDED.sub(lambda match: _whole(match, words), text)


def _whole(match: re.Match[str], words: Counter[str]) -> str:
    first, second = match["first"], match["second"]
    blank = match["blank"]
    if second.lower() in _SUSPENDED or (blank == " " and not second[0].islower()):
        return match[0]
    hyphen = "-" if _is_compound(first, second, words) else ""
    # The line ends after the whole word, unless it is the last one of the next line too.
    after = "\n" if "\n" in blank and match["after"] else match["after"]
    return f"{first}{hyphen}{second}{match['rest']}{after}"


def _is_compound(first: str, second: str, words: Counter[str]) -> bool:
    if not second[0].islower() or "-" in first or first.isupper():
        return True
    joined, compound = words[(first + second).lower()], words[f"{first}-{second}".lower()]
    if joined or compound:
        return compound > joined
    alone = words[first.lower()], words[second.lower()]
    if alone[0] > 0 and second.lower() in _TAILS:
        return True
    return min(alone) > 0 and min(len(first), len(second)) > 2
