"""British and American spellings of the field's words as one, for documents and queries alike."""

from __future__ import annotations

import re

# Parts of words, the American form behind; what they turn into need not be a word, only the same.
_PARTS = (
    ("sulph", "sulf"),
    ("aluminium", "aluminum"),
    ("caesium", "cesium"),
    ("fibre", "fiber"),
    ("metre", "meter"),
    ("litre", "liter"),
    ("centre", "center"),
    ("vapour", "vapor"),
    ("colour", "color"),
    ("behaviour", "behavior"),
    ("mould", "mold"),
    ("grey", "gray"),
    ("ageing", "aging"),
    ("programme", "program"),
    ("labell", "label"),
    ("modell", "model"),
    ("analys", "analyz"),
    ("catalys", "catalyz"),
    ("electrolys", "electrolyz"),
)
_TRIGGERS = re.compile("|".join(part for part, _ in _PARTS))
_FORM = dict(_PARTS)
_ENDING = re.compile(r"(?<=[a-z]{3})is(?=(?:e[drs]?|ers|ing|ations?)$)")


def one_spelling(word: str) -> str:
    """A lower-case word in one spelling.

    >>> [one_spelling(w) for w in ("sulphide", "passivation", "crystallised", "crystallized")]
    ['sulfide', 'passivation', 'crystallized', 'crystallized']
    """
    return _ENDING.sub("iz", _TRIGGERS.sub(lambda found: _FORM[found.group()], word))
