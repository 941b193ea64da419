"""Fuzz targets of what people type and programs send: numbers, queries, claims, filters, turns."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from fuzz_mutators import Mutator, in_json, in_lines
from fuzz_watch import Target

from assistant.claims import (
    BadClaim,
    limitation_lines,
    parse_claim_of,
    read_claim,
    with_limitations,
)
from assistant.errors import AssistantError
from assistant.questions import Known, Turn, understand
from assistant.web.given import count_given, filters_given, texts_given, turns_given
from index.analysis import query_counts, terms, tokens
from index.chemistry import expansions, load_abbreviations, material_terms
from index.errors import BadQuery, LibraryError
from index.quantities import find_conditions, find_quantities, parse_where
from index.query_syntax import parse_query
from ingest.numbers import application_key, number_key, parse_number, read_number
from ingest.text import clean

STATED = (LibraryError, AssistantError, BadClaim)


def _text(data: bytes) -> str:
    """Text with lone surrogates in it, as a terminal may give."""
    return data.decode("utf-8", "surrogateescape")


def _numbers(data: bytes) -> object:
    text = _text(data)
    read = read_number(text)
    if read.canonical and not read.ambiguous:
        assert read_number(read.canonical).canonical == read.canonical, "not idempotent"
    return (
        read,
        parse_number(text),
        number_key(text),
        [application_key(c, text) for c in ("US", "KR", "")],
    )


def _query(data: bytes) -> object:
    read = parse_query(clean(_text(data)))
    if read is not None:
        again = parse_query(str(read.condition))
        assert again is not None, "what was understood is not read again"
        assert str(again.condition) == str(read.condition), "no round trip"
    return str(read)


def _quantities(data: bytes) -> object:
    text = clean(_text(data))
    found = find_quantities(text)
    for one in found:
        assert 0 <= one.start < one.end <= len(text), "outside the text"
    return found, find_conditions(text)


def _where(data: bytes) -> object:
    return parse_where(clean(_text(data)))


def _chemistry(data: bytes) -> object:
    text = clean(_text(data))
    known = load_abbreviations()
    return material_terms(text), expansions(text, known)


def _words(data: bytes) -> object:
    text = clean(_text(data))
    assert len(tokens(text)) == len(terms(text)), "as many terms as tokens"
    return terms(text), query_counts(text)


def _claims(data: bytes) -> object:
    text = clean(_text(data))
    read = read_claim(text)
    edited = with_limitations(read, limitation_lines(read))
    assert [e.key for e in edited.limitations] == [e.key for e in read.limitations], "keys move"
    return read


def _claim_of(data: bytes) -> object:
    return parse_claim_of(_text(data))


def _question(data: bytes) -> object:
    known = Known(("Acme", "Solmere Cell Works"), ("US", "EP"), ("internal",))
    first, _, second = clean(_text(data))[:4000].partition("\n")
    turns = [Turn(first, ("a",), True)] if second else []
    return understand(second or first, previous=turns, known=known)


def _given(data: bytes) -> object:
    value = json.loads(data)
    checks: tuple[Callable[[Any], Any], ...] = (
        filters_given, turns_given, count_given, lambda v: texts_given(v, "off", BadQuery),
    )  # fmt: skip
    if not isinstance(value, dict):
        value = {"filters": value, "turns": value, "k": value, "off": value}
    found = []
    for name, check in zip(("filters", "turns", "k", "off"), checks, strict=True):
        try:
            found.append(repr(check(value.get(name))))
        except STATED as error:
            found.append(f"{type(error).__name__}: {error}")
    return found


_CLAIM = (
    b"1. A method of making a cathode, comprising: a) coating a powder with boron oxide; and\n"
    b"b) heating it at 300 to 400 \xc2\xb0C, wherein the powder is LiNi0.8Co0.1Mn0.1O2.\n"
    b"2. The method of claim 1, wherein the coating is 5 nm thick."
)
_GIVEN = {
    "filters": {"before": "2019-01-01", "cpc": ["H01M"], "where": ["thickness <= 20 um"]},
    "turns": [{"question": "What?", "document_ids": ["a"], "answered": True}],
    "k": 10,
    "off": ["party:Acme"],
}

# Name: the target, its mutator, its seeds.
TEXTS: dict[str, tuple[Target, Mutator, tuple[bytes, ...]]] = {
    "numbers": (
        _numbers,
        in_lines,
        (b"US 10,123,456 B2", b"WO02/12345", "特開2019-12345".encode(), b"10-2019-0012345",
         b"EP 1 234 567 A1", b"PCT/KR2019/001234", b"DE 10 2019 001 234 A1", b"CN101234567A"),
    ),
    "query": (
        _query,
        in_lines,
        (b'"boron coating" AND cathod* NOT party:Acme', b"(a OR b) NEAR/3 c published:2015..2019",
         b'title:(x OR "y z") AND NOT claims:w cpc:H01M4/36',
         b"number:US10123456B2 label:internal"),
    ),
    "quantities": (
        _quantities,
        in_lines,
        ("D50 of 3-8 µm at 25 °C, 0.8 < x < 0.9, pH 7, 5 to 10 wt% or less".encode(),
         b"between 1e-3 and 5 x 10^4 mAh/g (about 68 F), 1, 2 and 3 V, not more than 1/2 in"),
    ),
    "where": (_where, in_lines, (b"thickness <= 20 um", b"FEC between 0.5 and 5 wt%", b"D50 < 8")),
    "chemistry": (
        _chemistry,
        in_lines,
        ("NCM-811 LiNi₀.₈Co₀.₁Mn₀.₁O₂ LiFePO4 Li1+xNi0.8O2-δ FEC (fluoro carbonate)".encode(),
         b"Ni:Co:Mn = 8:1:1, Li(Ni0.5Mn1.5)O4, (NH4)2SO4, B2O3-coated"),
    ),
    "words": (_words, in_lines, ("Coatings of 0.5 wt% on 양극재 硼 ﬁ İ ß".encode(),)),
    "claims": (
        _claims,
        in_lines,
        (_CLAIM, "【請求項1】正極と、負極とを備え、前記正極は硼素を含む電池。".encode(),
         "청구항 1. 양극 활물질을 포함하는 전지로서, 상기 양극은 붕소를 포함하는 전지.".encode()),
    ),
    "claim-of": (_claim_of, in_lines, (b"EP1234567A1:1", b"US 10,123,456 B2 : 12")),
    "question": (
        _question,
        in_lines,
        (b"What does FEC do at 45 C in Acme's reports since 2019?\nand at 60 C?",
         b"Compare EP9900214A1 with US20139900087A1 before 2019-03-01"),
    ),
    "given": (_given, in_json, (json.dumps(_GIVEN).encode(), b"[]", b'"x"')),
}  # fmt: skip
