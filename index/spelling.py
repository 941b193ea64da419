"""British and American spellings of the field's words as one, for documents and queries alike."""

from __future__ import annotations

import re

# Parts of words, the American form behind; what they turn into need not be a word, only the same.
_PARTS = (
    ("sulph", "sulf"),
    ("aluminium", "aluminum"),
    ("caesium", "cesium"),
    ("fibre", "fiber"),
    ("centre", "center"),
    ("centring", "centering"),
    ("vapour", "vapor"),
    ("colour", "color"),
    ("behaviour", "behavior"),
    ("mould", "mold"),
    ("grey", "gray"),
    ("ageing", "aging"),
)
_TRIGGERS = re.compile("|".join(part for part, _ in _PARTS))
_FORM = dict(_PARTS)
_INFLECTED = r"(?:e[drs]?|ers|ing|ations?)$"
# Verbs are in -ise or -ize, but not behind a vowel (raise, noise) and not these: their families
# are written with s everywhere (precision, revision).
_ALWAYS_ISE = re.compile(
    "(?:w|pr|prec|conc|exc|inc|exerc|circumc|adv|dev|rev|superv|improv|telev|prom|prem|dem|surm"
    "|desp|pract|expert|treat|advert|chast|franch|parad|merchand|sunr)is" + _INFLECTED
)
_ENDINGS = (
    (re.compile(rf"(?<=[a-z]{{2}}[b-df-hj-np-tv-z])is(?={_INFLECTED})"), "iz"),
    (re.compile(rf"(?<=[a-z][aeo]ly)s(?={_INFLECTED})"), "z"),  # analyse, hydrolyse
    (re.compile(r"(?<=met|lit)re(?=s?$)"), "er"),
    (re.compile(r"(?<=met|lit)red$"), "ered"),
    (re.compile(r"(?<=fiber|enter)d$"), "ed"),  # centred has lost one e above
    (re.compile(r"(?<=program)me(?=s?$)"), ""),
)


def one_spelling(word: str) -> str:
    """A lower-case word in one spelling.

    >>> [one_spelling(w) for w in ("sulphide", "passivation", "crystallised", "crystallized")]
    ['sulfide', 'passivation', 'crystallized', 'crystallized']
    >>> [one_spelling(w) for w in ("precise", "revised", "noise", "centred", "programmed")]
    ['precise', 'revised', 'noise', 'centered', 'programmed']
    """
    word = _TRIGGERS.sub(lambda found: _FORM[found.group()], word)
    if _ALWAYS_ISE.search(word):
        return word
    for ending, form in _ENDINGS:
        word = ending.sub(form, word)
    return word
