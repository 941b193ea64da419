"""A claim becomes limitations that can be judged alone, and none of its words are lost."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.claims import (
    BadClaim,
    ReadClaim,
    claim_of,
    limitation_lines,
    read_claim,
    with_limitations,
)
from ingest.facts import DocumentFacts
from ingest.isolate import ReaderProcess
from ingest.records import Claim, Document

CELL = (
    "A lithium ion cell comprising: a positive electrode comprising a nickel oxide; a negative"
    " electrode; a separator between the two; and an electrolyte, wherein the separator has a"
    " thickness of 5 to 9 µm and a porosity of 35 to 50 %, and wherein it comprises a coating, the"
    " coating comprising alumina particles having a diameter of 0.2 to 0.8 µm."
)
GLUE = set("and or und oder further a b c d e f g h i ii iii iv v vi".split())


def texts(claim: ReadClaim, *roles: str) -> list[str]:
    return [each.text for each in claim.limitations if not roles or each.role in roles]


def document(*claims: tuple[str, tuple[int, ...]]) -> Document:
    spans, text = [], ""
    for number, (words, above) in enumerate(claims, start=1):
        spans.append(Claim(number, len(text), len(text) + len(words), above))
        text += words + "\n\n"
    return Document(DocumentFacts("0f", "patent", "US1A"), text, claims=tuple(spans))


def assert_covers(text: str, claim: ReadClaim) -> None:
    """All limitations verbatim, in order, and what lies between them is list glue."""
    place, left = 0, ""
    for each in claim.limitations:
        found = text.find(each.text, place)
        assert found >= 0, each
        left += text[place:found] + " "
        place = found + len(each.text)
    left += text[place:]
    assert set(re.findall(r"[^\W\d]+", left.lower())) <= GLUE, left


def test_elements_clauses_features_and_figures_become_limitations() -> None:
    claim = read_claim(CELL)
    assert [(each.key, each.role, each.parent, each.text) for each in claim.limitations] == [
        ("1a", "preamble", None, "A lithium ion cell comprising:"),
        ("1b", "element", None, "a positive electrode comprising a nickel oxide"),
        ("1c", "element", None, "a negative electrode"),
        ("1d", "element", None, "a separator between the two"),
        ("1e", "element", None, "an electrolyte"),
        ("1f", "wherein", "1d", "wherein the separator has a thickness of 5 to 9 µm"),
        ("1g", "feature", "1f", "a porosity of 35 to 50 %"),
        ("1h", "wherein", "1g", "wherein it comprises a coating"),
        ("1i", "feature", "1h", "the coating comprising alumina particles"),
        ("1j", "feature", "1i", "having a diameter of 0.2 to 0.8 µm"),
    ]
    subjects = {each.key: each.subject for each in claim.limitations if each.subject}
    assert subjects == {"1g": "the separator", "1h": "the separator", "1j": "alumina particles"}
    assert_covers(CELL, claim)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "A cell comprising an anode, a cathode, a separator and an electrolyte.",
            ["an anode", "a cathode", "a separator", "an electrolyte"],
        ),
        (
            "A method of making a foil including a coat, the method comprising mixing a salt and an"
            " oxide, drying the mixture, and heating it at 700 to 800 °C.",
            ["mixing a salt and an oxide", "drying the mixture", "heating it at 700 to 800 °C"],
        ),
        (
            "A slurry comprising 90 to 98 wt% of graphite, 1 to 5 wt% of a binder and 1 wt% soot.",
            ["90 to 98 wt% of graphite", "1 to 5 wt% of a binder", "1 wt% soot"],
        ),
        (
            "A method comprising: (a) mixing A and B, (b) drying, and (c) the steps (a) and (b).",
            ["mixing A and B", "drying", "the steps (a) and (b)"],
        ),
        (
            "A coat comprising a metal selected from: nickel; cobalt; and iron; and a binder.",
            ["a metal selected from: nickel; cobalt; and iron", "a binder"],
        ),
        ("A cell comprising a foil, a mesh, or a felt.", ["a foil, a mesh, or a felt"]),
        ("A cell comprising: a foil; a mesh; or a felt.", ["a foil; a mesh; or a felt"]),
        (
            "A cell comprising at least one of: a foil; a mesh; and a felt; and a seal.",
            ["at least one of: a foil; a mesh; and a felt", "a seal"],
        ),
        ("A cell comprising a layer between a foil and a mesh.", None),
        (
            "An oxide comprising LiNixMyO2, wherein 0.6≤x≤0.9, 0≤y≤0.4, and M is Mn or Al.",
            ["LiNixMyO2, wherein 0.6≤x≤0.9, 0≤y≤0.4, and M is Mn or Al"],
        ),
        (
            "A unit comprising: a chip configured to: read a value; and send it; and a coil.",
            ["a chip configured to:", "read a value", "send it", "a coil"],
        ),
        (
            "Zelle, umfassend eine Anode und eine Kathode, dadurch gekennzeichnet, dass die Anode"
            " 5 µm dick ist und Silizium umfasst.",
            [
                "eine Anode",
                "eine Kathode",
                "dadurch gekennzeichnet, dass die Anode 5 µm dick ist",
                "Silizium umfasst",
            ],
        ),
        (
            "양극; 음극; 및 분리막을 포함하고, 상기 분리막은 두께가 5 µm인 이차 전지.",
            ["양극", "음극", "분리막을 포함하고", "상기 분리막은 두께가 5 µm인"],
        ),
        (
            "正極と、負極と、電解質とを備え、前記正極がニッケルを含む二次電池。",
            ["正極と", "負極と", "電解質とを備え", "前記正極がニッケルを含む"],
        ),
        (
            "一种电池，其特征在于，包括：正极；负极；其中，所述正极含有镍。",
            ["正极", "负极", "其中，所述正极含有镍"],
        ),
    ],
)
def test_what_an_attorney_would_chart_is_one_limitation(
    text: str, wanted: list[str] | None
) -> None:
    found = texts(read_claim(text), "element", "wherein", "feature")
    assert found == (wanted or [text.split("comprising ")[1].rstrip(".")])


def test_a_dependent_claim_is_charted_with_what_it_inherits() -> None:
    source = document(
        ("A cell comprising a foil and a seal.", ()),
        ("The cell of claim 1, wherein the foil is thin.", (1,)),
        ("The cell of claim 1 or 2, further comprising a vent.", (1, 2)),
        ("A car comprising the cell of claim 3 and a motor.", (3,)),
    )
    claim = claim_of(source, 4)
    assert (claim.chain, claim.document_id) == ((1, 3, 4), "0f")
    assert claim.notices == ("claim 3 refers to claims 1 and 2; claim 1 is taken",)
    assert [(each.key, each.text) for each in claim.limitations] == [
        ("1a", "A cell comprising"),
        ("1b", "a foil"),
        ("1c", "a seal"),
        ("3a", "a vent"),
        ("4a", "A car comprising"),
        ("4b", "the cell of claim 3"),
        ("4c", "a motor"),
    ]
    assert all(each.text in claim.text for each in claim.limitations)
    assert claim_of(source, 2).limitations[-1].parent == "1b"
    assert claim_of(source).number == 1
    pasted = read_claim("1. A cell comprising a foil. 2. The cell of claim 1, having a seal.")
    assert (pasted.chain, texts(pasted)[-1]) == ((1, 2), "having a seal")


def test_what_two_claims_give_together_is_all_inherited() -> None:
    claim = read_claim(
        "1. An anode comprising tin.\n2. A cathode comprising iron.\n"
        "3. A cell comprising the anode of claim 1 and the cathode of claim 2."
    )
    assert (claim.chain, claim.notices) == ((1, 2, 3), ())
    assert texts(claim)[-2:] == ["the anode of claim 1", "the cathode of claim 2"]


@pytest.mark.parametrize(
    ("text", "notice", "limitations"),
    [
        ("The method of claim 99", "refers to claim 99, which is not there", 1),
        ("The cell of claim 1, wherein it is dry.", "refers to claim 1, which is not there", 2),
        (
            "2. The cell of claim 3, with tin.\n3. The cell of claim 2, with iron.",
            "claims 2 and 3 refer to each other in a circle",
            3,
        ),
        ("We make cells. They last long. A coating helps.", "not read like a claim", 3),
        ("A\x00 cell\x07 comprising a\u202e foil.", "cannot be seen were taken out", 2),
        ("nothing special", "it is one limitation", 1),
    ],
)
def test_an_odd_claim_is_read_with_a_notice(text: str, notice: str, limitations: int) -> None:
    claim = read_claim(text)
    assert any(notice in each for each in claim.notices), claim.notices
    assert len(claim.limitations) == limitations
    assert not re.search("[\x00-\x09\u202e]", claim.text)


def test_what_cannot_be_a_claim_is_a_stated_error() -> None:
    source = document(("A cell comprising tin.", ()), ("(canceled)", ()))
    cases: list[tuple[Callable[[], ReadClaim], str]] = [
        (lambda: read_claim(" \x00\n"), "empty"),
        (lambda: read_claim("a cell " * 20_000), "characters"),
        (lambda: read_claim("1. A cell comprising tin.", 7), "no claim 7"),
        (lambda: claim_of(source, 3), "US1A has no claim 3"),
        (lambda: claim_of(source, 2), "claim 2 of US1A is deleted"),
        (lambda: claim_of(document()), "US1A has no claims"),
        (lambda: with_limitations(read_claim(CELL), "\n \n"), "no limitation is left"),
        (lambda: with_limitations(read_claim(CELL), "1a: x\n1a: y"), "are called 1a"),
    ]
    for call, said in cases:
        with pytest.raises(BadClaim, match=said):
            call()


def test_limitations_are_edited_as_lines() -> None:
    claim = read_claim(CELL)
    lines = limitation_lines(claim)
    assert with_limitations(claim, lines) == claim
    rows = lines.splitlines()
    edited = with_limitations(claim, [*rows[:5], "1g: a porosity above 40 %", "a vent"])
    assert texts(edited)[5:] == ["a porosity above 40 %", "a vent"]
    feature, added = edited.limitations[5:]
    assert (feature.subject, feature.parent) == ("the separator", None)
    assert (added.key, added.role) == ("1k", "element")
    assert "1g, 1k: not the claim's own words" in edited.notices[-2]
    assert "left out by the user: 1f, 1h" in edited.notices[-1]


@pytest.mark.parametrize(
    "text",
    [
        "A cell comprising: "
        + "; ".join(f"a part {n} having a size of {n} mm and a hole" for n in range(300)),
        "A cell comprising " + "the foil and a layer comprising tin of 5 nm, " * 330,
        "A, " * 3000,
        "((" * 3000 + "A cell comprising a foil",
        "wherein " * 3000,
    ],
)
def test_a_claim_of_three_thousand_words_is_read_at_once(text: str) -> None:
    read_claim("A cell. It is one.")  # loads what finds sentences
    start = time.perf_counter()
    claim = read_claim(text)
    assert time.perf_counter() - start < 1
    assert_covers(text, claim)


def test_real_claims_lose_no_words_and_rarely_stay_whole(shared: Path) -> None:
    paths = sorted((shared / "patents_xml").glob("*.xml"))[::6]
    if not paths:
        # The real patents are kept beside the project and must not be copied into it.
        pytest.skip(f"no patents in {shared}")
    whole = count = 0
    with ReaderProcess() as reader:
        found = [each.document for path in paths for each in reader.read(str(path))]
    for source in filter(None, found):
        for claim in source.claims:
            words = source.text[claim.start : claim.end]
            if claim.depends_on or len(words) < 60:
                continue
            read = claim_of(source, claim.number)
            if len(read.chain) > 1:
                continue
            assert_covers(words, read)
            count += 1
            whole += len(read.limitations) == 1
    assert count > 50
    assert whole / count < 0.05


@pytest.mark.parametrize("run", [" ", "\n", " \n", "a-", "1-", ", ", "\t"])
def test_endless_runs_in_a_claim_are_read_at_once(run):
    begun = time.process_time()
    read_claim("1. A method of making a cathode, comprising " + run * 4000 + "a foil.")
    read_claim("x" + run * 4000 + "y")
    assert time.process_time() - begun < 5  # it was minutes
