"""Claim charts on the sample portfolio: statuses, places, combinations, decisions of people."""

from __future__ import annotations

import json

import pytest

import app
from assistant import Assistant
from assistant.chart import Chart, Place, decided, override, place_of_quote
from assistant.chart.records import DISCLOSED, NOT_DISCLOSED, STATUSES
from assistant.claims import BadClaim
from assistant.errors import BadInput
from index import ingest
from index.errors import UnknownDocument

SUBJECT = "EP9900214A1"
OWN = "US20179900214A1"  # of the same family
CLAIM = """Cathode active material comprising
a core of a layered lithium metal oxide; and
0.2 to 0.8 wt% of boron oxide as a coating on the core;
characterised in that the core has been washed with water before the coating is applied."""


@pytest.fixture(scope="module")
def chart(assistant: Assistant) -> Chart:
    return assistant.chart(assistant.claim(SUBJECT), [OWN, "US20139900087A1", "HCW-R-014"])


def statuses(assistant: Assistant, claim: str, against: str = SUBJECT) -> dict[str, str]:
    made = assistant.chart(claim, [against])
    return {row.limitation.text: row.cells[0].status for row in made.rows}


def test_a_document_of_the_same_text_discloses_everything(chart):
    assert [row.cells[0].status for row in chart.rows] == [DISCLOSED] * len(chart.rows)
    assert chart.coverage()[chart.references[0].id] == 1.0


def test_every_quotation_stands_in_its_passage_with_the_right_place(assistant, chart):
    places = [
        place
        for row in chart.rows
        for cell in row.cells
        for place in (cell.place, *cell.others)
        if place
    ]
    assert len(places) > 10
    for place in places:
        document = assistant.library.document(place.passage_id.rpartition(":")[0])
        span = assistant.library.span(place.passage_id)
        assert span
        at = document.text.find(place.quote, *span)
        assert at >= 0
        if place.claim:
            claim = next(c for c in document.claims if c.number == place.claim)
            assert claim.start <= at < claim.end
        else:
            assert place.paragraph == document.paragraph_at(at)
        assert place.page == document.page_at(at)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("0.2 to 0.8 wt%", "12 to 18 wt%"),  # another number
        ("boron oxide", "tungsten oxide"),  # another material
        ("boron oxide", "zirconium phosphate"),
    ],
)
def test_the_same_words_with_another_figure_or_material_are_not_disclosed(assistant, old, new):
    before = statuses(assistant, CLAIM)
    after = statuses(assistant, CLAIM.replace(old, new))
    changed = next(text for text in after if new in text)
    assert before[changed.replace(new, old)] == DISCLOSED
    assert after[changed] == NOT_DISCLOSED


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Assistant:
    folder = tmp_path_factory.mktemp("denials")
    (folder / "report.md").write_text(
        "# Cells without silicon\n\nThe anode is free of silicon and has a copper foil. The powder "
        "contains no cobalt. The powder was not washed. The separator is 20 µm thick. The copper "
        "foil has a thickness of 8 µm. The drying temperature was 120 °C.\n",
        encoding="utf-8",
    )
    ingest(folder / "library", [folder / "report.md"])
    return Assistant.open(folder / "library")


@pytest.mark.parametrize(
    "feature",
    [
        "an anode comprising silicon",
        "wherein the powder contains cobalt",
        "wherein the powder was washed",
        "a separator having a thickness of 8 µm",  # the foil's
        "wherein the drying temperature is 60 to 80 °C",
    ],
)
def test_what_is_denied_or_said_of_something_else_is_not_disclosed(small, feature):
    [document] = small.documents()
    found = statuses(small, f"A battery cell comprising: a powder; {feature}.", document.id)
    assert list(found.values())[-1] == NOT_DISCLOSED


def test_what_the_same_text_says_is_disclosed(small):
    [document] = small.documents()
    claim = "A cell comprising: an anode; wherein the copper foil has a thickness of 8 µm."
    assert NOT_DISCLOSED not in list(statuses(small, claim, document.id).values())[1:]


def test_a_passage_of_another_document_is_refused(chart):
    place = chart.rows[0].cells[0].place
    with pytest.raises(BadInput, match="is not of"):
        override(chart, "1a", chart.references[1].id, decided("disclosed", "", "x"), place)


def test_a_formula_discloses_the_name_and_another_unit_the_figure(assistant):
    claim = "Powder comprising a coating; wherein the coating is 0.2 to 0.8 wt% of B2O3."
    found = statuses(assistant, claim)
    assert next(status for text, status in found.items() if "B2O3" in text) == DISCLOSED


def test_a_cell_says_why(chart):
    reasons = {cell.reason for row in chart.rows for cell in row.cells}
    assert any("nowhere names 'boron" in reason for reason in reasons)
    assert all(reasons)


def test_the_json_has_the_contract_s_keys(chart):
    value = chart.to_dict()
    assert value.keys() >= {"claim", "limitations", "coverage"}
    for limitation in value["limitations"]:
        assert limitation.keys() >= {"key", "text", "evidence"}
        for cell in limitation["evidence"]:
            assert cell.keys() >= {
                "document_id", "number", "status", "score", "quote", "section", "claim",
                "paragraph", "page",
            }  # fmt: skip
            assert cell["status"] in STATUSES
            assert (cell["quote"] is None) == (cell["status"] == NOT_DISCLOSED)
    assert json.loads(json.dumps(value)) == value


def test_the_same_chart_comes_out_again(assistant, chart):
    again = assistant.chart(assistant.claim(SUBJECT), [f.id for f in chart.references])
    assert again == chart


def test_without_references_the_most_similar_are_taken_and_none_of_the_own_family(assistant):
    made = assistant.chart(assistant.claim(SUBJECT), k=4)
    assert len(made.references) == 4
    family = set(assistant.library.family(SUBJECT))
    assert not family & {facts.id for facts in made.references}


def test_references_are_classed_by_the_subject_s_date(assistant, chart):
    assert chart.subject_date == "2016-03-18"
    assert [one.document_id for one in chart.dated] == [facts.id for facts in chart.references]
    typed = assistant.chart(CLAIM, ["US20139900087A1"], subject_date="2005-01-01")
    assert typed.dated[0].category == "later"
    assert assistant.chart(CLAIM, ["US20139900087A1"]).dated == ()


def test_a_person_s_decision_is_kept_and_marked(chart):
    row, name = chart.rows[1], chart.references[1].id
    made = override(
        chart, row.limitation.key, name, decided("disclosed", "see figure 2", "Ekeland")
    )
    cell = made.rows[1].cells[1]
    assert (cell.status, cell.human.user, cell.human.note) == (
        "disclosed",
        "Ekeland",
        "see figure 2",
    )
    assert cell.human.machine == row.cells[1].status
    assert cell.place == row.cells[1].others[0]
    assert made.coverage()[name] > chart.coverage()[name]
    back = override(made, row.limitation.key, name, decided("not disclosed", "", "Adeyemi"))
    assert back.rows[1].cells[1].place is None
    assert back.rows[1].cells[1].human.machine == row.cells[1].status


def test_a_passage_that_a_person_chooses_must_hold_the_words(assistant, chart):
    place = chart.rows[0].cells[0].place
    assert isinstance(place, Place)
    chosen = place_of_quote(assistant.library, place.passage_id, place.quote)
    assert (chosen.claim, chosen.paragraph, chosen.page) == (
        place.claim, place.paragraph, place.page,
    )  # fmt: skip
    with pytest.raises(BadInput, match="does not stand in passage"):
        place_of_quote(assistant.library, place.passage_id, "words that nobody wrote")


def test_what_cannot_be_charted_is_said(assistant, chart):
    with pytest.raises(UnknownDocument):
        assistant.chart(CLAIM, ["US11111111B1"])
    with pytest.raises(BadClaim):
        assistant.chart("  ", [SUBJECT])
    with pytest.raises(BadInput, match="no limitation '9z'"):
        override(chart, "9z", chart.references[0].id, decided(None, "a note", "x"))
    with pytest.raises(BadInput, match="2019"):
        assistant.chart(CLAIM, [SUBJECT], subject_date="1.13.19")


def test_a_claim_in_korean_and_one_of_3000_words_are_charted(assistant):
    korean = "양극 활물질을 포함하는 양극; 음극; 및 분리막을 포함하는 리튬 이차 전지."
    assert len(assistant.chart(korean, [SUBJECT]).rows) >= 1
    long = "A method comprising: " + "; ".join(
        f"washing portion {n} of the powder with water at a ratio of {n}" for n in range(1, 300)
    )
    assert len(assistant.chart(long, [SUBJECT]).rows) > 250


def test_the_command_writes_json_and_files(capsys, sample_library, tmp_path):
    out = tmp_path / "chart.docx"
    arguments = ["chart", "--claim-of", f"{SUBJECT}:1", "--against", OWN, "--out", out]
    status = app.main([*map(str, arguments), "--index", str(sample_library), "--json"])
    value = json.loads(capsys.readouterr().out)
    assert status == 0
    assert value["references"][0]["number"] == OWN
    assert out.stat().st_size > 5000
    claim = tmp_path / "claim.txt"
    claim.write_text(CLAIM, encoding="utf-8")
    arguments = ["chart", "--claim", claim, "--against", OWN, "--out", tmp_path / "chart.odd"]
    assert app.main([*map(str, arguments), "--index", str(sample_library)]) == 1
    assert "chart.odd" in capsys.readouterr().err
