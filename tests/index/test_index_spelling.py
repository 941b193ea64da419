"""Which spellings share a term, and which words keep the one that they have in both countries."""

from __future__ import annotations

import pytest
import Stemmer

from index.analysis import terms
from index.spelling import one_spelling

# Forms of one word, British and American: one term.
SAME = """
optimise optimize optimised optimized optimises optimizing optimisation optimization
deionised deionized
polarise polarize polarising polarizing
vaporise vapourise vaporize vaporizers
analyse analyze analysed analyzed analyser analyzers
hydrolyse hydrolyze hydrolysed hydrolyzing
electrolyser electrolyzer electrolysers
centre center centres centers centred centered centring centering
metre meter metres metred metered
millilitre milliliter millilitres
fibre fiber fibres fibers fibred
nanofibre nanofiber
programme program programmes programmed programming
labelled labeled labelling label
modelling modeling modelled model
ageing aging aged
sulphide sulfide sulphides
mould mold moulds
behaviour behavior
"""
# Families with an s in both countries: the terms that the stemmer alone gives.
KEPT = """
precise precisely precision imprecise concise concisely
revise revised revises revising revision advise advised adviser devise devised supervise
unsupervised supervision improvise improvisation
promise promising compromised premise demise surmise
comprise comprised comprises comprising surprise surprising enterprise
exercise excise incised expertise franchise disguise practise advertised
raise raised noise noises denoised poise counterpoise praise cruise bruise arise rise rises
otherwise likewise stepwise clockwise
analysis catalysis hydrolysis electrolysis electrolyte catalyst
trimetrexate symmetric visited passivation
"""


@pytest.mark.parametrize("family", SAME.strip().splitlines())
def test_both_spellings_of_a_word_are_one_term(family: str) -> None:
    assert len(set(terms(family))) == 1, terms(family)


def test_words_with_s_in_both_countries_keep_the_stems_of_their_family() -> None:
    stem = Stemmer.Stemmer("english").stemWord
    changed = [word for word in KEPT.split() if terms(word) != [stem(word)]]
    assert changed == []


def test_one_spelling_leaves_its_own_outcome_as_it_is() -> None:
    words = [one_spelling(word) for word in SAME.split() + KEPT.split()]
    assert [one_spelling(word) for word in words] == words
