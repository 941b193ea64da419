"""Rows of value tables: what a sentence says of which thing, and nothing else."""

from __future__ import annotations

from typing import Any, cast

import pytest

from assistant import Assistant
from assistant.answers.asked import read_question
from assistant.answers.table import rows
from assistant.answers.weigh import Candidate
from assistant.questions import understand
from assistant.records import Citation, Row, Statement
from assistant.web.refs import Session, Turn, resolve, row_ref
from index import ingest
from index.library import Library
from ingest.facts import DocumentFacts

REPORT = DocumentFacts(id="1", kind="report", number="R-7", title="Cells")
CLAIMS = DocumentFacts(id="2", kind="patent", number="US99100001B2", title="A cell")

# A question, then sentences with their rows: what | value | unit | condition.
CASES = """
? What are the thicknesses of the coating layers?
The base film has a thickness of 9 to 14 µm.
= base film | 9 to 14 | µm |
The shutdown layer is 2 to 4 µm thick and is made of particles with a diameter of 0.6 to 2 µm.
= shutdown layer | 2 to 4 | µm |
An aluminum mesh, which is woven, has a thickness of 30 µm.
? What are the thicknesses of the separators?
The wall facing the separator is 300 µm thick.
= wall facing the separator | 300 | µm |
The base film has a thickness of 12 µm and a width of 30 mm.
= base film | 12 | µm |
The lower limit of the thickness can be 60 µm or more.
? What are the specific capacities of silicon and graphite?
The graphite cell delivers 360 mAh/g and silicon 3500 mAh/g, namely 3,400 mAh/g at first.
= graphite cell | 360 | mAh/g |
= silicon | 3500 | mAh/g |
= | 3,400 | mAh/g |
Unlike silicon, the other material has 360 mAh/g.
The new carbon reached 350 mAh/g, several times that of graphite.
= new carbon | 350 | mAh/g |
The sheets reach 1251.7 and 1235.9 mAh/g, respectively, three times that of graphite.
Silicon and graphite reach 3400 and 350 mAh/g, respectively.
= Silicon, graphite | 3400 and 350 | mAh/g |
The silicon sheet holds 1200 mAh g- 1 at first.
? Compare the conductivities of LLZO and LATP.
Compared with LLZO the conductivity was 3 mS/cm.
The ionic conductivity of LATP was 0.7 mS/cm at 25 °C, and LLZO was pressed at 300 MPa.
= LATP | 0.7 | mS/cm | 25 °C
LLZO was replaced by LATP and the conductivity was 0.7 mS/cm.
? Compare the retention of boron oxide and alumina coatings.
With 0.5 wt% boron oxide the retention was 93% after 300 cycles at 45 °C.
= | 93 | % | 0.5 wt% boron oxide; 300 cycles; 45 °C
The retention of the boron oxide coating was 93% and that of the alumina coating 88%.
= boron oxide coating | 93 | % |
= alumina coating | 88 | % |
The alumina powder with 5,600 ppm LiOH had a porosity of 40 to 48% and was dried for 150 to 260 s.
Alumina improved the retention by 5% and gave an efficiency of 99%.
The retention of alumina was 4% higher.
The retention of alumina fell from 93% at 25 °C to 80% at 60 °C.
The alumina coating kept 90% of the initial capacity after 100 cycles and 80% after 300 cycles.
= alumina coating | 90 | % | of the initial capacity; 100 cycles
= | 80 | % | 300 cycles
Alumina | 93% | 300 cycles
? List the boron oxide contents.
Coatings with 0.25, 0.50 and 1.0 wt% of boron oxide were made.
= boron oxide | 0.25, 0.50 and 1.0 | wt% |
The boron oxide coating kept 93% of the capacity.
The slurry with 1.0 wt% boron oxide thickened after 30 hours.
= boron oxide | 1.0 | wt% |
? What pressures are applied to the cells?
The pressure drop was 11 kPa, the pressure on the stack of cells 0.08 MPa.
= pressure on the stack of cells | 0.08 | MPa |
? Compare the reversible capacities and tap densities of the cathodes.
The press density of the cathode was 3.4 g/cm3 and the tap density 2.5 g/cm3.
= | 2.5 | g/cm3 |
The cathode has a first capacity of 220 mAh/g and a reversible capacity of 200 mAh/g at 0.1C.
= cathode | 200 | mAh/g | 0.1C
Cathode D1 capacity 3.17 10−9 mAh/g 201 mAh/g at first.
The cathode had a tap density of 2.5 g/cm3, a BET surface of 0.6 m2/g and a reversible capacity of \
200 mAh/g.
= cathode | 2.5 | g/cm3 |
= | 200 | mAh/g |
? Compare the retentions of NMC and LFP.
After 500 cycles, retentions for NMC, LFP and LMO were 80, 95 and 60%.
= | 80, 95 and 60 | % | 500 cycles
The LFP cell cycled against a NMC electrode reached a retention of 88%.
The present inventors have traced this to a retention of 80% for LFP.
= LFP | 80 | % |
? What sintering temperatures are used for LLZO?
The LLZO pellets were sintered at 1100 °C for 12 h and stored at 25 °C.
= LLZO pellets | 1100 | °C | 12 h
? Compare the diffusion barriers of MoS2 and graphene.
The diffusion barriers are comparable to those of graphene (0.33 eV) and MoS2 (0.28 eV).
= graphene | 0.33 | eV |
= MoS2 | 0.28 | eV |
? What are the viscosities of the slurries?
The slurry has a viscosity of 2 to 8 Pa s and a loss factor of at least 1.4 at 1 Hz.
= slurry | 2 to 8 | Pa s |
"""


def _cases() -> list[tuple[str, str, list[tuple[str, ...]]]]:
    found: list[tuple[str, str, list[tuple[str, ...]]]] = []
    question = ""
    for line in CASES.strip().splitlines():
        if line.startswith("? "):
            question = line[2:]
        elif line.startswith("= "):
            found[-1][2].append(tuple(cell.strip() for cell in line[2:].split("|")))
        else:
            found.append((question, line, []))
    return found


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("tables")
    text = "\n\n".join(sentence for _, sentence, _ in _cases())
    (folder / "R-7.md").write_text(f"# Values R-7\n\n## Results\n\n{text}\n")
    ingest(folder / "lib", [folder / "R-7.md"])
    return Library.open(folder / "lib")


def made(text: str, key: str, facts: DocumentFacts = REPORT) -> tuple[Candidate, Statement]:
    """A sentence and its statement; nothing else of a candidate is looked at by a table."""
    nothing = cast(Any, None)
    candidate = Candidate(
        text, 0, (False, False), nothing, facts, 1, nothing, (), 1.0, 1.0, nothing
    )
    claim = 4 if facts is CLAIMS else None
    section = "claims" if claim else "body"
    citation = Citation(key, facts.id, facts.number, "", "1:0", text, section, claim, None, None)
    return candidate, Statement(text, (citation,))


def table(library: Library, question: str, *stating: tuple[Candidate, Statement]) -> list[Row]:
    understood = understand(question)
    return list(rows(understood, read_question(library, understood), stating))


@pytest.mark.parametrize(("question", "sentence", "expected"), _cases())
def test_rows_say_what_the_sentence_says(
    library: Library, question: str, sentence: str, expected: list[tuple[str, ...]]
) -> None:
    found = table(library, question, made(sentence, "1"))
    cells = [(row.material, row.value, row.unit, row.condition) for row in found]
    assert cells == expected
    for row in found:
        assert row.citations
        for citation in row.citations:
            assert row.value in citation.quote
            assert row.unit in citation.quote
            assert all(part in citation.quote for part in row.condition.split("; "))


def test_the_same_sentence_of_two_documents_gives_a_row_to_each(library: Library) -> None:
    sentence = "The base film has a thickness of 9 µm."
    one, other = made(sentence, "1"), made(sentence, "2", CLAIMS)
    found = table(library, "What are the thicknesses of the films?", one, other)
    assert [(row.source, row.keys) for row in found] == [
        ("R-7", ("1",)),
        ("US99100001B2, claim 4", ("2",)),
    ]
    assert [row.citations for row in found] == [one[1].citations, other[1].citations]


def test_a_citation_without_the_value_is_not_one_of_the_row(library: Library) -> None:
    candidate, statement = made("The base film has a thickness of 9 µm.", "1")
    agreeing = made("The base film is 9000 nm thick.", "2")[1].citations
    both = Statement(statement.text, statement.citations + agreeing)
    [row] = table(library, "What are the thicknesses of the films?", (candidate, both))
    assert row.keys == ("1",)


def test_every_row_of_a_compared_pair_is_cited_with_its_value(assistant: Assistant) -> None:
    answer = assistant.ask("Compare US99100214B2 and EP9900168A1")
    assert answer.table
    turn = Turn(0, answer.question, 1, answer=answer, finished=True)
    session = Session().begun(turn)
    for number, row in enumerate(answer.table):
        assert not row.value.endswith(row.unit)
        for place, citation in enumerate(row.citations):
            assert row.value in " ".join(citation.quote.split())
            assert resolve(row_ref(0, number, place), session) == citation
        assert row.keys == tuple(dict.fromkeys(c.key for c in row.citations))
        assert {"citations"} <= row.to_dict().keys()
    assert resolve(row_ref(0, len(answer.table), 0), session) is None
    assert resolve(row_ref(1, 0, 0), session) is None
