"""What random queries find is what brute force finds; whatever is typed, no other error comes."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index import Filters, Library
from index.analysis import terms, tokens
from index.query_syntax import parse_query
from ingest.text import clean
from query_corpus import SHARED_NAME, TEXTS, found, mistake, query_library

WORDS = (
    "boron coating coatings coated battery oxide oxides nickel-rich 0.8 the of cathode 양극재 硼"
)
PREFIXES = "coat cathod batter polymeriz nickel-ric 0.8 lini oxides bor zz".split()


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> Library:
    return query_library(tmp_path_factory.mktemp("query"))


@dataclass(frozen=True)
class Asked:
    """A query and the documents that hold it by brute force. atom: needs no parentheses."""

    text: str
    ids: frozenset[str]
    atom: bool = True


ALL = frozenset(TEXTS)


def _fields(name: str) -> list[str]:
    return list(TEXTS[name])


def _positions(how: str, typed: str, text: str) -> list[tuple[int, int]]:
    """First and last place of a word, phrase or prefix in a text's tokens."""
    have, wanted = tokens(text), tokens(typed)
    if how != "phrase":
        have, wanted = terms(text), terms(typed)
    if how == "prefix":
        verbatim, last = tokens(text), tokens(typed)[-1]
        have = [f"{t}|{v.startswith(last)}" for t, v in zip(have, verbatim, strict=True)]
        ends = [
            i for i, h in enumerate(have)
            if h.endswith("|True")
            and [x.split("|")[0] for x in have[max(0, i - len(wanted) + 1) : i]] == wanted[:-1]
        ]  # fmt: skip
        return [(i - len(wanted) + 1, i) for i in ends]
    if wanted == ["硼"]:
        return [(i, i) for i, term in enumerate(have) if "硼" in term]
    size = len(wanted)
    return [(i, i + size - 1) for i in range(len(have)) if have[i : i + size] == wanted]


def _holding(how: str, typed: str) -> frozenset[str]:
    return frozenset(n for n in TEXTS if any(_positions(how, typed, f) for f in _fields(n)))


def _near(one: tuple[str, str], other: tuple[str, str], distance: int) -> frozenset[str]:
    def close(text: str) -> bool:
        return any(
            1 <= max(c - b, a - d) <= distance
            for a, b in _positions(*one, text)
            for c, d in _positions(*other, text)
        )

    return frozenset(n for n in TEXTS if any(map(close, _fields(n))))


def _typed(term: tuple[str, str]) -> str:
    return {"word": "{}", "phrase": '"{}"', "prefix": "{}*"}[term[0]].format(term[1])


terms_typed = st.one_of(
    st.tuples(st.just("word"), st.sampled_from(WORDS.split())),
    st.tuples(st.just("prefix"), st.sampled_from(PREFIXES)),
    st.tuples(
        st.just("phrase"), st.lists(st.sampled_from(WORDS.split()[:-1]), min_size=1, max_size=3)
        .map(" ".join),
    ),
)  # fmt: skip
leaves = st.one_of(
    terms_typed.map(lambda t: Asked(_typed(t), _holding(*t))),
    st.tuples(terms_typed, st.integers(1, 5), terms_typed).map(
        lambda t: Asked(f"{_typed(t[0])} NEAR/{t[1]} {_typed(t[2])}", _near(t[0], t[2], t[1]))
    ),
    st.just(Asked("party:shared", frozenset(SHARED_NAME))),
)


def _operand(asked: Asked) -> str:
    return asked.text if asked.atom else f"({asked.text})"


def _combine(children: st.SearchStrategy[Asked]) -> st.SearchStrategy[Asked]:
    def join(drawn: tuple[str, Asked, Asked]) -> Asked:
        operator, a, b = drawn
        ids = a.ids & b.ids if operator in (" AND ", " ") else a.ids | b.ids
        text = f"{_operand(a)}{operator}{_operand(b)}"
        return Asked(text, ids, atom=False)

    # Side by side without an operator means AND inside parentheses beside an operator.
    return st.one_of(
        st.tuples(st.sampled_from([" AND ", " OR ", " "]), children, children).map(join),
        children.map(lambda a: Asked(f"NOT {_operand(a)}", ALL - a.ids, atom=False)),
        st.tuples(children, children).map(
            lambda p: Asked(f"{_operand(p[0])} NOT {_operand(p[1])}", p[0].ids - p[1].ids, False)
        ),
    )


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.recursive(leaves, _combine, max_leaves=8), st.booleans())
def test_random_queries_find_what_brute_force_finds(library, asked, filtered):
    query = f"(boron OR NOT boron) AND ({asked.text})"
    wanted = asked.ids & set(SHARED_NAME) if filtered else asked.ids
    assert found(library, query, Filters(party=["shared"]) if filtered else None) == wanted
    read = str(parse_query(query).condition)
    assert str(parse_query(read).condition) == read


PIECES = st.sampled_from(
    '( ) " “ ” AND OR NOT NEAR NEAR/3 NEAR/0 NEAR/x title: title:( cpc: published: number: label:'
    " kind:patent language:ko 2015..2019 <2018 .. * cathod* *x x*y boron 양극재 硼 硼* 🔋 a:b"
    " ' \\ [ ] { } ^ ~2 + - && || /re.*/ % ; -- \u0000 \ud7ff ² ﬁ İ ß".split(" ")
)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), min_size=1, max_size=12).map(" ".join))
@example("ª AND boron")
@example('title:"" x')
def test_anything_typed_gives_a_result_or_a_stated_error(library, query):
    query = clean(query)
    error = mistake(query)
    if error is not None:
        assert 0 <= error.position <= len(query)
    elif query.strip():
        assert len(library.search(query, 5).hits) <= 5
