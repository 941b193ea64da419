"""The workbench in the web app: projects, marks, dates, pictures, relations, files, endpoints."""

from __future__ import annotations

import csv
import io
import json
import shutil
import urllib.request
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.date_gate import Dated
from assistant.pictures import timeline
from assistant.projects import Project, SearchAsked
from assistant.projects.state import Made, Mark, Note, Saved, State, Subject
from assistant.records import Citation
from assistant.relations.records import (
    CitationGraph,
    Citations,
    Cited,
    FamilyEvent,
    FamilyTimeline,
    Neighbour,
    Neighbours,
)
from assistant.web.holder import AssistantHolder
from assistant.web.neighbours import citations_part, family_part, neighbours_list
from assistant.web.panel import picked_panel
from assistant.web.pictures_tab import picture_html
from assistant.web.project_view import project_html
from assistant.web.refs import Session, chart_ref, resolve
from assistant.web.results import results
from assistant.web.side_panel import opened
from index.records import Filters, Hit, SearchResult
from index.schema import connect
from ingest.facts import DocumentFacts, Reference

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>"
FACTS = DocumentFacts(
    id="0f" * 8, kind="report", number=EVIL, title=EVIL, parties=(EVIL,), publication_date="2019"
)  # fmt: skip
CITATION = Citation("", FACTS.id, None, EVIL, "0f:0", "quoted", "body", None, None, None)
QUERY = "formation and rest of lithium cells"


@pytest.fixture
def searched(visit: Any) -> Any:
    """A page on which QUERY was searched in a new project, and the project's name."""
    page = visit()
    page.locator("#pa-who input, #pa-who textarea").fill("Kim")
    box = page.locator("#pa-new-project input, #pa-new-project textarea")
    name = f"=Search {id(page)}"
    box.fill(name)
    box.press("Enter")
    expect(page.locator("#pa-project input")).to_have_value(name)
    search(page, QUERY)
    return page, name


def expect(what: Any) -> Any:
    from playwright.sync_api import expect as waiting

    return waiting(what)


def search(page: Any, query: str) -> None:
    page.get_by_role("tab", name="Search").click()
    page.locator("#pa-query textarea").fill(query)
    page.keyboard.press("Enter")
    expect(page.locator(".pa-hits > li").first).to_be_visible()


def saved(page: Any, button: Any, folder: Path) -> Path:
    """The file that a button gives."""
    with page.expect_download() as waiting:
        button.click()
    path = folder / str(waiting.value.suggested_filename)
    waiting.value.save_as(path)
    return path


def exported(page: Any, name: str, folder: Path) -> None:
    """Export the project; its copy is whole and has every entry."""
    file = saved(page, page.get_by_role("button", name="Export as zip"), folder)
    assert file.name == f"project {name}.zip"
    zipfile.ZipFile(file).extractall(folder)
    copy = Project(folder / "project")
    assert copy.verify().ok
    assert [e.kind for e in copy.entries()] == [
        "created", "search", "mark", "mark", "search", "export", "export", "ask",
    ]  # fmt: skip


def classed_by_date(page: Any) -> None:
    """Type a subject date; every hit has its class, and says why."""
    hits = page.locator(".pa-hits > li")
    page.locator("#pa-subject input, #pa-subject textarea").fill("2019-06-01")
    page.keyboard.press("Enter")
    expect(page.locator("#pa-classed")).to_contain_text("Classed by 2019-06-01")
    badges = page.locator(".pa-hits .pa-dated")
    expect(badges).to_have_count(hits.count())
    named = page.locator(".pa-hit-head .pa-number", has_text="US20159900305A1")
    badge = hits.filter(has=named).locator(".pa-dated")
    expect(badge).to_contain_text("published before")
    badge.locator("summary").click()
    expect(badge.locator("p")).to_contain_text("before 2019-06-01")


def test_marks_move_the_ranking_and_all_of_it_is_in_the_record(
    searched: Any, tmp_path: Path
) -> None:
    page, name = searched
    hits = page.locator(".pa-hits > li")
    first, last = hits.first, hits.last
    liked = last.locator(".pa-number").first.inner_text()
    disliked = first.locator(".pa-number").first.inner_text()
    last.get_by_role("button", name="Relevant", exact=True).click()
    expect(hits.last.locator("[aria-pressed=true]")).to_have_text("Relevant")
    no = hits.first.get_by_role("button", name="Not relevant")
    no.focus()
    page.keyboard.press("Enter")
    expect(hits.first.locator("[aria-pressed=true]")).to_have_text("Not relevant")
    assert page.evaluate("document.activeElement.textContent") == "Not relevant"
    page.get_by_role("button", name="Rank again by marks").click()
    expect(page.locator("#pa-meant")).to_contain_text("ranked by your marks (1 relevant, 1 not)")
    expect(hits.first.locator(".pa-number").first).not_to_have_text(disliked)

    classed_by_date(page)
    downloads = page.locator("#pa-downloads")
    file = saved(page, downloads.get_by_role("button", name="CSV", exact=True), tmp_path)
    rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))
    assert len(rows) == 1 + hits.count()
    ris = saved(page, downloads.get_by_role("button", name="RIS", exact=True), tmp_path)
    assert ris.suffix == ".ris"
    assert ris.read_text("utf-8").count("TY  - ") == hits.count()

    page.get_by_role("tab", name="Ask").click()
    page.locator("#pa-ask textarea").fill("What does leaving out the second rest cost?")
    page.keyboard.press("Enter")
    expect(page.locator("#pa-chat .pa-sources")).to_be_visible(timeout=30_000)
    page.get_by_role("tab", name="Project").click()
    view = page.locator("#pa-project-view")
    expect(view).to_contain_text("Marked documents (2)")
    expect(view).to_contain_text(liked)
    page.get_by_role("button", name="Search record").click()
    expect(page.locator("#pa-record tbody tr")).to_have_count(8)
    expect(page.locator("#pa-record")).to_contain_text("Kim")
    page.get_by_role("button", name="Verify").click()
    expect(page.locator("#pa-outcome")).to_contain_text("Every byte is as it was written")
    page.get_by_role("button", name="Replay").click()
    expect(page.locator("#pa-outcome")).to_contain_text("3 of 3 the same", timeout=30_000)

    exported(page, name, tmp_path)


def test_notes_saved_queries_and_a_broken_record(
    searched: Any, web_folder: Path, tmp_path: Path
) -> None:
    page, name = searched
    page.get_by_role("tab", name="Project").click()
    view = page.locator("#pa-project-view")
    page.locator("#pa-note textarea").fill(f"asked by the office {EVIL}")
    page.locator("#pa-note .submit-button").click()
    expect(view).to_contain_text(f"asked by the office {EVIL}")
    page.get_by_role("button", name="Save the last search").click()
    expect(view).to_contain_text("Saved queries (1)")
    page.get_by_role("button", name="Look for new documents").click()
    expect(page.locator("#pa-alerts")).to_contain_text("nothing new")

    file = tmp_path / "slurry.md"
    file.write_text("# Slurry\n\nThe slurry of the formation test is stirred in vacuum.\n")
    page.get_by_role("tab", name="Library").click()
    page.get_by_role("button", name="Add documents").click()
    page.locator("#pa-files input[type=file]").set_input_files(file)
    expect(page.locator("#pa-files")).to_contain_text("slurry")
    page.locator("#pa-send").click()
    expect(page.locator("#pa-report")).to_contain_text("Added", timeout=30_000)
    page.get_by_role("tab", name="Project").click()
    page.get_by_role("button", name="Look for new documents").click()
    expect(page.locator("#pa-alerts")).to_contain_text("1 new")
    page.get_by_role("button", name="Mark as seen").click()
    expect(page.locator("#pa-project-told")).to_contain_text("Taken as seen")

    records = (web_folder / "index" / "projects").glob("*/record.jsonl")
    record = next(path for path in records if name.encode() in path.read_bytes())
    record.write_bytes(record.read_bytes().replace(b"by the office", b"by the Office", 1))
    search(page, QUERY + " again")
    page.get_by_role("tab", name="Search").click()
    expect(page.locator("#pa-results")).to_contain_text("cannot be searched")
    page.get_by_role("tab", name="Project").click()
    expect(view).to_contain_text("The record is not as it was written")
    expect(view).to_contain_text("entry 3")
    page.get_by_role("button", name="Search record").click()
    page.get_by_role("button", name="Verify").click()
    expect(page.locator("#pa-outcome")).to_contain_text("The record is broken (entry 3)")


def test_a_file_and_a_number_are_searched_for_and_citations_followed(
    visit: Any, tmp_path: Path
) -> None:
    page = visit()
    page.get_by_role("tab", name="Search").click()
    page.locator("#pa-like input, #pa-like textarea").fill("EP 9900214 A1")
    page.keyboard.press("Enter")
    hits = page.locator(".pa-hits > li")
    expect(hits.first).to_be_visible()
    expect(page.locator("#pa-results")).not_to_contain_text("US20179900214A1")
    file = tmp_path / "disclosure.md"
    file.write_text("# Rest\n\nThe second rest of the formation is left out. NOT syntax AND (\n")
    with page.expect_file_chooser() as waiting:
        page.get_by_role("button", name="Search for a file").click()
    waiting.value.set_files(file)
    expect(page.locator("#pa-query textarea")).to_have_value(
        "Rest\n\nThe second rest of the formation is left out. NOT syntax AND ("
    )
    expect(hits.first).to_contain_text("HCW-R-024")
    mark = hits.filter(has_text="EP9900214A1").get_by_role("button", name="Relevant", exact=True)
    mark.click()
    page.get_by_role("button", name="Follow citations").click()
    expect(page.locator("#pa-near")).to_contain_text("US20139900087A1")
    page.locator(".pa-hits .pa-hit-title", has_text="BORON").first.click()
    side = page.locator("#pa-side")
    expect(side).to_contain_text("Family: 2 documents here")
    expect(side).to_contain_text("Cites (1)")
    page.reload()
    page.get_by_role("tab", name="Search").click()
    assert page.locator(".pa-hits").count() == 0


def test_pictures_follow_the_theme_open_by_key_and_are_given_as_files(
    visit: Any, tmp_path: Path
) -> None:
    page = visit(scheme="dark")
    page.get_by_role("tab", name="Pictures").click()
    shown = page.locator(".pa-figure svg:visible")
    expect(shown).to_have_count(1)
    assert page.locator(".pa-in-dark svg:visible").count() == 1
    page.get_by_role("button", name="Switch light and dark").click()
    expect(page.locator(".pa-in-light svg")).to_be_visible()
    bar = shown.locator("[data-open]").first
    bar.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#pa-side .pa-panel")).to_be_visible()
    for kind, title in (("Classes", "by CPC"), ("Map", "Map of the documents")):
        page.locator("#pa-picture-of label", has_text=kind).click()
        expect(shown).to_contain_text(title)
    files = page.locator("#pa-picture-files")
    png = saved(page, files.get_by_role("button", name="PNG", exact=True), tmp_path)
    assert png.read_bytes().startswith(b"\x89PNG")
    svg = saved(page, files.get_by_role("button", name="SVG", exact=True), tmp_path)
    assert b"<svg" in svg.read_bytes()
    page.locator("#pa-picture-of label", has_text="Last search").click()
    expect(page.locator("#pa-picture")).to_contain_text("Nothing found yet")


def test_the_workbench_escapes_what_people_and_documents_wrote() -> None:
    asked = SearchAsked(EVIL)
    state = State(
        EVIL,
        "2026-01-01T00:00:00",
        EVIL,
        subject=Subject(EVIL, EVIL, 1, EVIL),
        made=(Made(2, "2026", EVIL, "search", EVIL, EVIL),),
        marks=(Mark(3, "2026", EVIL, FACTS.id, EVIL, True), Mark(4, "", "", "gone", EVIL, False)),
        notes=(Note(5, "2026", EVIL, EVIL, FACTS.id),),
        saved=(Saved(6, "2026", EVIL, asked, "c"),),
        broken=EVIL,
    )
    event = FamilyEvent(None, "priority", EVIL, (FACTS.id,))
    cited = (Cited(Reference(EVIL, EVIL), ()), Cited(Reference(None, EVIL), (FACTS,)))
    hit = Hit(1, 1.0, FACTS, (), (replace(FACTS, id="aa"),))
    dated = {name: Dated(name, "unknown", (EVIL,), EVIL) for name in (FACTS.id, "aa")}
    parts = (
        project_html(state, {FACTS.id: FACTS}),
        family_part(FamilyTimeline(EVIL, (FACTS,), (event,))),
        citations_part(Citations(FACTS, cited, (FACTS,)), CitationGraph((), (), 0)),
        neighbours_list(Neighbours(("a",), (Neighbour(FACTS, ("a",), ()),), ()), {}),
        picked_panel([FACTS]),
        picture_html(timeline([FACTS, replace(FACTS, id="aa")])),
        results(SearchResult(EVIL, Filters(), "f", 0, 1, (hit,)), {FACTS.id: True}, dated),
    )
    for html in parts:
        assert "alert(1)" in html
        assert "<script" not in html
        assert "<img" not in html


def test_references_of_charts_and_pictures_open_only_what_was_shown() -> None:
    picture = timeline([FACTS, replace(FACTS, id="aa")])
    refs = [ref for at in range(len(picture.drawn)) if (ref := picture.reference(at))]
    pick = next(ref for ref in refs if ref.startswith("pick:"))
    session = Session(charted=(CITATION,), pictures=(picture,))
    picked = resolve(pick, session)
    assert isinstance(picked, tuple)
    assert set(picked) == {FACTS.id, "aa"}
    assert resolve(chart_ref(0), session) == CITATION
    for ref in ("chart:1", "chart:-1", "chart:x", "chart:0:0", "pick:00000000:1", f"{pick}99"):
        assert resolve(ref, session) is None
    assert resolve(pick, Session()) is None


def test_an_index_without_citations_says_so_in_the_panel(
    sample_library: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(sample_library, tmp_path / "library")
    with closing(connect(folder, write=True)) as database:
        database.execute("DELETE FROM state WHERE name = 'citations'")
    holder = AssistantHolder(folder)
    (html,) = opened(holder, Session(), "document:EP9900214A1")
    holder.close()
    assert "Citations are not shown" in html
    assert "Family: 3 documents here" in html


def called(address: str, name: str, *data: object) -> Any:
    """What an endpoint returns."""
    url = f"{address}/gradio_api/call/{name}"
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, json.dumps({"data": data}).encode(), headers)
    with urllib.request.urlopen(request, timeout=60) as response:
        event = json.load(response)["event_id"]
    with urllib.request.urlopen(f"{url}/{event}", timeout=60) as response:
        found = response.read().decode()
    return json.loads(found.partition("data: ")[2])[0]


def test_endpoints_of_the_workbench(address: str) -> None:
    before = called(address, "search", QUERY, 10, None)
    ids = [hit["document"]["id"] for hit in before["hits"]]
    after = called(address, "search_marked", QUERY, [ids[-1]], [ids[0]], 10, None)
    assert after["feedback"]["relevant"] == [ids[-1]]
    assert [hit["document"]["id"] for hit in after["hits"]] != ids

    chart = called(
        address, "chart", None, "EP9900214A1:1", ["US20159900305A1"], 5, None, "2016-06-01"
    )
    assert [ref["number"] for ref in chart["references"]] == ["US20159900305A1"]
    cells = [cell for row in chart["limitations"] for cell in row["evidence"]]
    assert len(cells) == len(chart["limitations"]) > 1
    assert all((cell["quote"] is None) == (cell["status"] == "not disclosed") for cell in cells)
    assert [one["category"] for one in chart["dated"]] == ["grace period"]
    typed = called(address, "chart", "A cell comprising a separator.", None, None, 2, None, None)
    assert len(typed["references"]) == 2

    dates = called(address, "dates", "EP9900214A1", None)
    assert dates["subject"]["date"] == "2016-03-18"
    assert sum(dates["counts"].values()) == len(dates["documents"])
    assert called(address, "citations", ["EP9900214A1"])["made"][0]["number"] == "US20139900087A1"
    around = called(address, "citations", ["EP9900214A1", "HCW-R-024"])
    assert len(around["relevant"]) == 2
