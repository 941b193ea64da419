"""Whatever is typed or sent, only the stated errors come, in a bounded time, and nothing leaks."""

from __future__ import annotations

import contextlib
import json
import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.claims import BadClaim, limitation_lines, read_claim, with_limitations
from index import Filters, Library
from index.analysis import query_counts, terms, tokens
from index.chemistry import expansions, load_abbreviations, material_terms
from index.errors import BadFilter, BadQuery, LibraryError
from index.quantities import find_conditions, find_quantities, parse_where
from index.query_syntax import parse_query
from ingest.numbers import number_key, parse_number, read_number
from ingest.text import clean
from query_corpus import TEXTS, mistake, query_library

FIXED = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
# Syntax of the query language, of SQL, of regular expressions, of tantivy and of full-text search.
SPECIAL = (
    '( ) " “ ” AND OR NOT NEAR/3 NEAR/99999999 title: cpc: published: label: party: x: 2015..2019 *'
    " cath* ' '' '); DROP TABLE documents;-- \" OR 1=1 -- % _ \\ [ ] { } ^2 ~2 + - && || !x /re.*/"
    " (a+)+$ .* *:* _exists_: [a TO z] {a TO *} IN [x] ? match x'00' \ud800 \u0000 \u202e ª ﬁ İ 硼"
    " 0.5 <= >= 1e999 nan inf µm wt% 99999999999999999999 2019-13-45 Li(Ni0.8)1.5O2 NCM811"
).split(" ")
typed = st.one_of(
    st.text(st.characters(exclude_categories=[]), max_size=80),
    st.lists(st.sampled_from(SPECIAL), max_size=14).map(" ".join),
    st.lists(st.sampled_from(SPECIAL), max_size=8).map("".join),
)
RUNS = (" ", "1 ", "1-", "(", '"', "a OR ", "硼", "title:", "((a", "<= 1 um ", "Li")


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> Library:
    return query_library(tmp_path_factory.mktemp("fuzz"))


@FIXED
@given(typed)
def test_a_query_is_read_or_its_mistake_is_named_and_what_was_read_reads_the_same(text):
    try:
        read = parse_query(clean(text))
    except BadQuery:
        mistake_at = mistake(clean(text))
        assert mistake_at is not None
        assert mistake_at.position is None or 0 <= mistake_at.position <= len(clean(text))
        return
    if read is not None:
        again = parse_query(str(read.condition))
        assert again is not None
        assert str(again.condition) == str(read.condition)


@FIXED
@given(typed, st.integers(-3, 10**12))
def test_a_search_for_anything_gives_hits_or_a_stated_error_and_harms_nothing(library, text, k):
    try:
        hits = library.search(text, k).hits
    except LibraryError:
        hits = ()
    assert {hit.document.id for hit in hits} <= set(TEXTS)
    assert len(library.documents()) == len(TEXTS)


anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), typed),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
names = st.sampled_from(sorted(vars(Filters())))


@FIXED
@given(st.dictionaries(names, st.one_of(anything, st.lists(typed, max_size=3)), max_size=4))
def test_filters_of_any_value_work_or_are_bad_filters(library, given_filters):
    try:
        filters = Filters(**given_filters)
        json.dumps(filters.to_dict())
        found = library.search("boron", 10, filters).hits
    except (BadFilter, TypeError):
        return
    assert {hit.document.id for hit in found} <= set(TEXTS)


@pytest.mark.parametrize("name", ["party", "label", "cpc", "country", "kind", "section"])
@pytest.mark.parametrize(
    "value", ["' OR '1'='1", "%", "_%", '" OR ""="', "x') OR 1=1 --", "US' --"]
)
def test_no_filter_is_read_as_sql(library, name, value):
    try:
        result = library.search("boron", 10, Filters(**{name: [value]}))
    except BadFilter:
        return
    assert result.hits == ()
    assert result.searched == 0


@pytest.mark.parametrize("text", ["at 1 0,123,456 C", "of 0,123,456 mg", "0,1,2 V", "1,2,3,456 V"])
def test_commas_that_group_nothing_make_no_quantity_and_no_error(text):
    """A document with the first of these once stopped the whole run."""
    assert all(quantity.low < 1000 for quantity in find_quantities(text))
    with contextlib.suppress(BadFilter):
        parse_where(text)


@FIXED
@given(typed)
def test_quantities_materials_and_words_are_found_in_any_text(text):
    text = clean(text)
    for quantity in find_quantities(text):
        assert 0 <= quantity.start < quantity.end <= len(text)
    for start, end, _ in material_terms(text):
        assert 0 <= start < end <= len(text)
    find_conditions(text)
    expansions(text, load_abbreviations())
    query_counts(text)
    assert len(tokens(text)) == len(terms(text))
    with contextlib.suppress(BadFilter):
        parse_where(text)


of_claims = st.sampled_from(
    "1. A cell|comprising:|claim 1,|; and|wherein|\n2.|a)|:|claims 1 to 99999999"
    "|根据权利要求1|請求項1に記載の|제1항에 있어서".split("|")
)


@FIXED
@given(st.lists(st.one_of(typed, of_claims), max_size=8).map(" ".join))
def test_any_text_is_a_claim_or_a_stated_error_and_its_limitations_can_be_edited(text):
    text = clean(text)
    try:
        claim = read_claim(text)
    except BadClaim:
        return
    assert claim.limitations
    again = with_limitations(claim, limitation_lines(claim))
    assert [each.key for each in again.limitations] == [each.key for each in claim.limitations]


@FIXED
@given(typed)
def test_a_date_is_a_day_or_a_bad_filter(text):
    with contextlib.suppress(BadFilter):
        assert Filters(before=text).before == date.fromisoformat(text).isoformat()


@pytest.mark.parametrize("run", RUNS)
def test_endless_texts_take_a_bounded_time(library, run):
    text = clean((run * 50_000)[:50_000])
    begun = time.process_time()
    with contextlib.suppress(LibraryError):
        library.search(text, 3)
    with contextlib.suppress(BadFilter):
        Filters(where=[text])
    assert time.process_time() - begun < 10


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                "US EP WO JP KR PCT 10-2019-0012345 2019 / - . , A1 B2 \u7279\u958b ( ) \ud800"
                " \u00b2 1234567 10,123,456 RE45678 DE10 No. \uff11\uff12 \u0663 \u200b".split()
            ),
            max_size=8,
        ).map("".join),
    )
)
def test_numbers_are_read_without_an_error_and_only_once(text):
    read = read_number(text)
    assert read.input == text
    assert (read.reason is None) or (not read.valid) or read.ambiguous
    parse_number(text)
    number_key(text)
    if read.canonical and not read.ambiguous:
        assert read_number(read.canonical).canonical == read.canonical


@pytest.mark.parametrize("run", [" ", "1", "1 ", "US", "(", "-", "\ud800", "\u7279", "A1", "1,"])
def test_endless_numbers_are_none(run):
    begun = time.process_time()
    assert not read_number("US 10" + run * 100_000).valid
    assert time.process_time() - begun < 2
