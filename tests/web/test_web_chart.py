"""The chart tab: views, what a person decides of a cell, and one way through it in a browser."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.chart import Cell, Chart, Combination, Place, Row, decided, override
from assistant.claims import Limitation, ReadClaim, limitation_lines, read_claim
from assistant.date_gate import Dated
from assistant.errors import BadInput
from assistant.projects import ChartAsked, Projects
from assistant.web import chart_edit, chart_form
from assistant.web.chart_session import Charting, cell_of, decide, keep, quoted, reopened
from assistant.web.chart_view import HEAT, REFERENCE, VIEWS, chart_view
from assistant.web.refs import Session, resolve
from fakes import LetterEncoder
from index import ingest
from ingest.facts import DocumentFacts

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)> \"'"
PATENT, REPORT = "EP9900214A1", "HCW-R-041"
CLAIM = "A cell comprising an anode and a separator having a thickness of 5 to 9 µm."


def place(quote: str) -> Place:
    return Place(quote, "0f:3", "description", None, "0012", 4, 0.9)


def evil_chart() -> Chart:
    """Two limitations against two references, every text hostile; one cell decided by a person."""
    ids = ("0f" * 8, "1e" * 8)
    facts = tuple(DocumentFacts(i, "patent", EVIL, EVIL, label=EVIL, parties=(EVIL,)) for i in ids)
    rows = tuple(
        Row(
            Limitation(key, EVIL, 1),
            (
                Cell(ids[0], EVIL, "disclosed", 0.9, place(f"{key} {EVIL}"), EVIL),
                Cell(ids[1], EVIL, "not disclosed", 0.1, None, EVIL, (place(f"near {key}"),)),
            ),
        )
        for key in ("1a", "1b")
    )
    chart = Chart(
        ReadClaim(EVIL, 1, (1,), tuple(row.limitation for row in rows), (EVIL,)),
        facts,
        rows,
        documents=2,
        subject_date="2019-01-01",
        dated=tuple(Dated(i, "before", (EVIL,), EVIL) for i in ids),
        notices=(EVIL,),
    )
    chart = override(chart, "1b", ids[1], decided("partly", EVIL, EVIL))
    return replace(chart, combinations=(Combination(ids, 0.5, ("1b",), ("1a",)),))


@pytest.mark.parametrize("view", VIEWS)
def test_views_escape_everything_and_their_quotations_open(view: str) -> None:
    chart = evil_chart()
    subject = chart.references[0]
    html = chart_view(Charting(made=chart, chart=chart), view, chart.references[1].id, subject)
    assert "<script" not in html
    assert "<img" not in html
    session = Session(charted=quoted(chart)[1])
    refs = re.findall(r'data-open="(chart:\d+)"', html)
    opened = [getattr(resolve(ref, session), "quote", None) for ref in refs]
    shown = [c.place.quote for row in chart.rows for c in row.cells if c.place is not None]
    if view == "matrix":
        assert opened == shown
    elif view == HEAT:  # once in light, once in dark
        assert opened == shown * 2
    elif view == REFERENCE:
        assert opened == ["near 1a", "near 1b"]
    else:
        assert "Not disclosed in any of them" in html
        assert opened == []
    if view in ("matrix", REFERENCE):
        assert "Partly disclosed" in html
        assert "Decided by a person" in html
        assert "the machine had: not disclosed" in html
        assert "published before" in html


@pytest.fixture(scope="module")
def library_assistant(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Assistant:
    """A library of three documents that needs no model."""
    folder = tmp_path_factory.mktemp("charts") / "library"
    files = ("patents/EP9900214A1.xml", "patents/US20179900214A1.xml")
    report = "reports/HCW-R-041_fec_content_revisited.md"
    ingest(folder, [sample / name for name in (*files, report)], encoder=LetterEncoder())
    return Assistant.open(folder, LetterEncoder())


def test_the_form_takes_edits_and_names_what_is_wrong(library_assistant: Assistant) -> None:
    read = read_claim(CLAIM)
    charting = Charting(read=read, typed=CLAIM)
    lines = limitation_lines(read)
    edited = lines.replace("1b: an anode", "1b: a silicon anode\na tab")
    subject = chart_form.subject(charting, CLAIM, None, edited)
    assert [one.text for one in subject.limitations][1:3] == ["a silicon anode", "a tab"]
    assert chart_form.subject(charting, "A foil comprising tin.", None, lines).text.endswith("tin.")
    with pytest.raises(BadInput, match="press Read claim"):
        chart_form.subject(charting, "A foil comprising tin.", None, edited)
    chart_form.check_references(library_assistant, (PATENT, REPORT))
    with pytest.raises(BadInput, match=r"XX1.*YY2"):
        chart_form.check_references(library_assistant, ("XX1", REPORT, "YY2"))
    for wrong in (None, 0, 2.5, 101):
        with pytest.raises(BadInput):
            chart_form.count_of(wrong)
    for name, number in ((f"{PATENT}:2", None), (PATENT, 2)):
        claim = chart_form.claim_named(library_assistant, name, number)
        assert claim.number == 2
    with pytest.raises(BadInput, match="no number of a claim"):
        chart_form.claim_number("²")


def test_an_uploaded_patent_is_the_one_in_the_library_and_others_keep_all_claims(
    library_assistant: Assistant, sample: Path, tmp_path: Path
) -> None:
    texts = {}
    for name in (PATENT, "EP9900168A1"):
        file = tmp_path / f"{name}.xml"
        file.write_bytes((sample / "patents" / file.name).read_bytes())
        claim, texts[name] = chart_form.claim_of_file(library_assistant, file)
        known = library_assistant.library.document(name).facts.id if name == PATENT else None
        assert claim.document_id == known
        assert not file.exists()
    assert texts[PATENT] == library_assistant.claim(PATENT).text
    other = read_claim(texts["EP9900168A1"], 2)
    assert (other.number, other.chain) == (2, (1, 2))


def test_decisions_stay_with_the_session_and_with_a_project(
    library_assistant: Assistant, tmp_path: Path
) -> None:
    claim = library_assistant.claim(PATENT)
    chart = library_assistant.chart(claim, [REPORT])
    charting = Charting().charted(chart, ChartAsked(claim, (REPORT,)))
    cell = chart.rows[1].cells[0]
    charting = replace(charting, cell=(chart.rows[1].limitation.key, cell.document_id))
    index = shutil.copytree(library_assistant.library.folder, tmp_path / "library")
    projects = Projects(index, "Kim")
    projects.create("Boron")
    with pytest.raises(BadInput, match="nothing was changed"):
        chart_edit.save_cell(charting, projects, cell.status, " ", chart_edit.chosen(charting))
    with pytest.raises(BadInput, match="do not stand in one passage"):
        chart_edit.pasted_place(charting, library_assistant, "never said here")

    document, spans = library_assistant.library.document_and_spans(REPORT)
    _, start, end = spans[-1]
    words = " ".join(document.text[start:end].split()[3:9])
    own = chart_edit.pasted_place(charting, library_assistant, words)
    assert own is not None
    charting = chart_edit.save_cell(charting, projects, "partly", "see there", own)
    now = cell_of(charting.chart, charting.cell)
    assert now is not None
    assert now.human is not None
    assert (now.status, now.place, now.human.user, now.human.machine) == (
        "partly", own, "Kim", cell.status,
    )  # fmt: skip
    assert chart_edit.places(charting)[chart_edit.chosen(charting) or 0] == own

    kept = keep(charting, library_assistant.library, projects, "Boron")
    assert kept.entry is not None
    again = reopened(Charting(), projects, "Boron", kept.entry)
    assert cell_of(again.chart, charting.cell) == now
    again = decide(replace(again, cell=charting.cell), Projects(index, "Lee"), None)
    assert cell_of(again.chart, charting.cell) == cell
    assert [e.user for e in projects.open("Boron").entries()][-1] == "Lee"


# ---------- in a browser ----------


def expect(what: Any) -> Any:
    from playwright.sync_api import expect as waiting

    return waiting(what)


def test_a_claim_is_read_edited_charted_decided_and_saved(visit: Any, tmp_path: Path) -> None:
    page = visit()
    page.get_by_role("tab", name="Chart").click()
    new = page.locator("#pa-new-project input, #pa-new-project textarea")
    new.fill(f"Charts {id(page)}")
    new.press("Enter")
    page.locator("#pa-who input, #pa-who textarea").fill("Kim")
    page.locator("#pa-claim-name input, #pa-claim-name textarea").fill(f"{PATENT}:1")
    page.keyboard.press("Enter")
    expect(page.locator("#pa-claim-told")).to_contain_text(f"Claim 1 of {PATENT}")
    lines = page.locator("#pa-lines textarea")
    lines.fill(lines.input_value() + "\nwherein the <b>cell</b> can fly")
    references = page.locator("#pa-references textarea")
    references.fill("nothing-1, US20179900214A1\nHCW-R-041")
    page.get_by_role("button", name="Make the chart").click()
    expect(page.locator("#pa-chart-told")).to_contain_text("nothing-1")
    expect(references).to_have_value("nothing-1, US20179900214A1\nHCW-R-041")
    references.fill("US20179900214A1\nHCW-R-041")
    page.get_by_role("button", name="Make the chart").click()
    matrix = page.locator(".pa-matrix")
    expect(matrix.get_by_role("columnheader")).to_have_count(3, timeout=30_000)
    expect(matrix).to_contain_text("wherein the <b>cell</b> can fly")

    quotation = matrix.locator(".pa-quoted").first
    quotation.click()
    expect(page.locator("#pa-side mark")).to_be_visible()
    page.keyboard.press("Escape")
    edit = matrix.get_by_role("button", name=re.compile(r"Edit 1\w+ in HCW-R-041")).last
    edit.focus()
    page.keyboard.press("Enter")
    editor = page.locator("#pa-cell")
    expect(editor.get_by_label("Not disclosed")).to_be_focused()
    page.locator("#pa-cell-note input, #pa-cell-note textarea").fill("=seen by me")
    editor.get_by_role("button", name="Save").click()
    expect(matrix.locator(".pa-human")).to_contain_text("Kim")
    expect(edit).to_be_focused()

    page.locator("#pa-view").get_by_label("Heat map").check()
    cell = page.locator(".pa-on-light g[data-passage]").first
    cell.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#pa-side mark")).to_be_visible()
    page.keyboard.press("Escape")
    with page.expect_download() as waiting:
        page.locator("#pa-save-csv").click()
    waiting.value.save_as(tmp_path / "chart.csv")
    assert "'=seen by me" in (tmp_path / "chart.csv").read_text("utf-8-sig")
    expect(page.locator("#pa-chart-bar-told")).to_contain_text("The project's record notes it")

    page.reload()
    expect(page.locator(".pa-welcome")).to_be_visible(timeout=20_000)
    page.get_by_role("tab", name="Chart").click()
    page.locator("#pa-project input").click()
    page.get_by_role("option", name=f"Charts {id(page)}").click()
    page.locator("#pa-charts input").click()
    page.get_by_role("option", name=re.compile("Kim")).first.click()
    expect(matrix.locator(".pa-human")).to_contain_text("=seen by me")
    matrix.locator("td:has(.pa-human) .pa-edit").click()
    editor.get_by_role("button", name="Take the program's again").click()
    expect(matrix.locator(".pa-human")).to_have_count(0)


def test_a_chart_in_a_narrow_window_scrolls_by_itself(visit: Any) -> None:
    page = visit(width=360, scheme="dark")
    page.get_by_role("tab", name="Chart").click()
    page.locator("#pa-claim textarea").fill(CLAIM)
    page.get_by_role("button", name="Make the chart").click()
    matrix = page.locator(".pa-matrix")
    expect(matrix).to_be_visible(timeout=30_000)
    assert matrix.evaluate("area => area.scrollWidth > area.clientWidth")
    matrix.evaluate("area => area.scrollTo(200, 0)")
    heads = matrix.locator("thead th")
    first = heads.first.evaluate(
        "e => { const r = e.getBoundingClientRect();"
        " return document.elementFromPoint(r.x + 9, r.y + 9).closest('th') === e }"
    )
    assert first
    assert page.evaluate("document.documentElement.scrollWidth") == 360
