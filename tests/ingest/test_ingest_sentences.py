from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import clause_spans, sentence_spans

PIECES = st.lists(
    st.sampled_from(
        [
            "The cell held",
            " 0.5 wt. %",
            ". ",
            "! ",
            "。",
            "？」",
            "e.g. ",
            "Fig. 3",
            "\n",
            "電池",
            "?\n",
            *("(a)", '"', " ", "...", "ß", "\u2028", "\u3000", "\U0001f50b"),
        ]
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It held. It failed.", ["It held.", "It failed."]),
        (
            "At 4.2 V it held (see Fig. 3). It failed.",
            ["At 4.2 V it held (see Fig. 3).", "It failed."],
        ),
        ("See U.S. Pat. No. 7,000,000. Next.", ["See U.S. Pat. No. 7,000,000.", "Next."]),
        ("Salts, e.g. LiPF6, i.e. one salt. Next.", ["Salts, e.g. LiPF6, i.e. one salt.", "Next."]),
        (
            "It took 3 wt. % of FEC by vol. in all. Next.",
            ["It took 3 wt. % of FEC by vol. in all.", "Next."],
        ),
        ("Why? Because it aged! Yes.", ["Why?", "Because it aged!", "Yes."]),
        ("電池です。次です。 End.", ["電池です。", "次です。", "End."]),
        ("「電池です。」次です。", ["「電池です。」", "次です。"]),
        (
            "전지는 양극을 포함한다. 음극은 흑연이다.",
            ["전지는 양극을 포함한다.", "음극은 흑연이다."],
        ),
        ("No full stop", ["No full stop"]),
        ("", []),
    ],
)
def test_sentences_of_the_field_end_where_a_reader_ends_them(text, expected):
    assert [text[start:end] for start, end in sentence_spans(text)] == expected


@given(PIECES.map("".join))
def test_sentences_hold_every_character_but_the_blanks_between_them(text):
    text = text.strip()
    spans = list(sentence_spans(text))
    left, position = "", 0
    for start, end in spans:
        assert position <= start < end
        assert text[start:end] == text[start:end].strip()
        left += text[position:start]
        position = end
    left += text[position:]
    assert not left.strip()


def test_a_cut_prefers_semicolons_to_commas_to_blanks():
    text = "aaa bbb; ccc, ddd eee"
    assert [text[a:b] for a, b in clause_spans(text, 16)] == ["aaa bbb;", "ccc, ddd eee"]
    commas = "aaa bbb, ccc ddd"
    assert [commas[a:b] for a, b in clause_spans(commas, 12)] == ["aaa bbb,", "ccc ddd"]
    blanks = "aaaa bbbb cccc"
    assert [blanks[a:b] for a, b in clause_spans(blanks, 10)] == ["aaaa bbbb", "cccc"]
    rows = "a | b, c\nd | e\nf | g; h"
    assert [rows[a:b] for a, b in clause_spans(rows, 20)] == ["a | b, c\nd | e", "f | g; h"]
    assert clause_spans("x" * 25, 10) == [(0, 10), (10, 20), (20, 25)]


@given(st.text("ab ;,:\n", max_size=80).map(str.strip), st.integers(1, 30))
def test_cut_clauses_are_short_enough_and_lose_blanks_only(text, size):
    spans = clause_spans(text, size)
    assert all(0 < end - start <= size for start, end in spans)
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())
