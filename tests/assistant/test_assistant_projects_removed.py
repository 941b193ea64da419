"""Removed documents leave no words in projects, in records of this release and of earlier ones."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import app
from assistant import Assistant
from assistant.chart import decided
from assistant.projects import ChartAsked, Project, Projects, Recorded, SearchAsked, replay
from assistant.projects.asked import AskAsked, kept
from assistant.projects.chain import Head
from assistant.projects.entries import canonical, storable
from assistant.projects.files import attach
from assistant.projects.forget import forget_documents
from assistant.projects.made_with import made_with
from assistant.projects.places import NO_TEXTS, placed, texts_of, unplaced
from fakes import LetterEncoder
from index import ingest, remove
from index.clearance import EVERYTHING
from index.records import SearchOptions
from ingest.facts import plain

REPORT, PATENT, OTHER = "HCW-R-900", "US20200000001A1", "US20200000002A1"
TEXTS = {
    PATENT: ("Quindorfine coat", "A zirquonium cathode coat. The zirquonium coat is 12 nm thick."),
    OTHER: ("A separator", "A separator with a ceramic layer of 3 um."),
    REPORT: ("Vellamine trials", "The vellamine binder of the cathode coat lasted 512 cycles."),
}
WORDS = ("zirquonium", "quindorfine", "vellamine", "binder of the", "512 cycles")
CLAIM_HTML = """<html><body><h1>Quindorfine cell</h1><h2>Claims</h2>
<p>1. A cell comprising: a zirquonium cathode coat; and a separator.</p></body></html>"""


def wrote(folder: Path) -> list[str]:
    """Which of the words stand in any file below a folder, unpacked where it is packed."""
    found = set()
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            data += gzip.decompress(data) if path.suffix == ".gz" else b""
            text = (path.name + data.decode("utf-8", "replace")).lower()
            found |= {word for word in WORDS if word in text}
    return sorted(found)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    rows = [
        {"_id": id_, "title": title, "text": text, "metadata": {"number": id_} if id_ != REPORT
         else {}}
        for id_, (title, text) in TEXTS.items()
    ]  # fmt: skip
    path = folder / "one.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    ingest(folder / "library", [path], encoder=LetterEncoder())
    return folder / "library"


@pytest.fixture
def index(tmp_path: Path, made: Path) -> Path:
    shutil.copytree(made, tmp_path / "library")
    return tmp_path / "library"


def opened(index: Path) -> Assistant:
    return Assistant.open(index, LetterEncoder())


def claim_of_the_patent(assistant: Assistant) -> Any:
    """A claim that is taken from a document: its words are that document's."""
    from dataclasses import replace

    from assistant.claims import read_claim

    text = "The zirquonium coat is 12 nm thick."
    assert text in assistant.library.document(PATENT).text
    return replace(read_claim(text), document_id=PATENT)


def drop(index: Path, *ids: str) -> None:
    remove(index, list(ids), LetterEncoder())
    forget_documents(index, ids)


def test_texts_are_kept_as_places_and_found_again(index):
    with texts_of(index, EVERYTHING) as texts:
        source = texts.text(PATENT)
        for text in (
            "zirquonium cathode",
            source,
            "The zirquonium coat is 12 nm thick.",
            "it states 'Zirquonium', as the CATHODE of 3 um does",
            "cathode  coat \n ceramic layer",
            "",
        ):
            value = placed(text, texts, PATENT, OTHER, own_words=True)
            assert unplaced(json.loads(json.dumps(value)), texts) == text
            assert "irquonium" not in json.dumps(value)
        strict = placed("zirquonium vellamine", texts, PATENT)
        assert set(strict) == {"sha256"}  # A word of a document that is not named is not kept.
        assert unplaced(strict, texts) is None
        value = placed("zirquonium", texts, PATENT)
        assert unplaced({**value, "pieces": [[0, 0, 10, 0]]}, texts) is None  # Another text now.
        assert placed(value, texts) == value
        assert placed(None, texts) is None
    assert unplaced(value, NO_TEXTS) is None
    assert unplaced("as an earlier release kept it", NO_TEXTS) == "as an earlier release kept it"


def fill(project: Project, assistant: Assistant) -> int:
    """A project with everything that names documents; the entry of its chart."""
    recorded = Recorded(assistant, project)
    marked = SearchOptions(relevant=(PATENT, REPORT))
    recorded.search("cathode coat", 3, None, marked)
    recorded.search_like(OTHER)
    assert recorded.ask("How thick is the cathode coat?").status == "answered"
    recorded.ask("How heavy is the moon?")
    chart = recorded.chart(claim_of_the_patent(assistant), [REPORT, OTHER, PATENT])
    entry = project.entries()[-1].number
    for facts in assistant.documents():
        project.mark(facts, True)
    place = next(c.place for row in chart.rows for c in row.cells if c.place)
    document = place.passage_id.rpartition(":")[0]
    key = next(r.limitation.key for r in chart.rows for c in r.cells if c.place == place)
    project.override(entry, key, document, decided("partly", "looked at", "Kim"), place)
    project.save_query(assistant.library, SearchAsked("cathode AND coat"))
    project.note("about it", PATENT)
    return entry


def test_a_record_holds_no_words_of_documents_and_says_when_they_went(index, capsys):
    assistant = opened(index)
    project = Projects(index, "Kim").create("Coats")
    entry = fill(project, assistant)
    assert wrote(index / "projects") == []
    before = project.chart(entry)
    assert "zirquonium" in json.dumps(before.to_dict())
    assert all(one.identical for one in replay(project, assistant))
    app.main(["--index", str(index), "record", "show", "Coats", "--json"])
    quotes = [q for each in json.loads(capsys.readouterr().out)["quotes"].values() for q in each]
    assert any("zirquonium" in q["quote"] for q in quotes)
    head = project.verify().head
    drop(index, PATENT, REPORT)
    assert wrote(index / "projects") == []
    assert project.verify(head).ok  # Nothing was written anew.
    forgotten = project.entries()[-1]
    assert (forgotten.kind, forgotten.body) == ("forgotten", {"document_ids": [REPORT, PATENT]})
    after = json.dumps(project.chart(entry).to_dict())
    assert f"removed from the library on {forgotten.time[:10]}: id {PATENT}" in after
    assert not any(word in after.lower() for word in WORDS)
    assert "looked at" in after
    statuses = [[c.status for c in row.cells] for row in project.chart(entry).rows]
    assert statuses == [[c.status for c in row.cells] for row in before.rows]
    app.main(["--index", str(index), "record", "show", "Coats", "--json"])
    out = capsys.readouterr().out
    assert not any(word in out.lower() for word in WORDS)
    assert "removed from the library on" in out
    *_, chart = replay(project, assistant)
    assert (chart.kind, chart.status) == ("chart", "not replayed")
    assert PATENT in chart.reasons[0]
    forget_documents(index, ["US1"])  # Of nobody's concern: nothing is added.
    assert project.entries()[-1] == forgotten


def earlier_release(index: Path, assistant: Assistant) -> Project:
    """A project as the release before wrote it: with quotes, titles, claims and whole charts."""
    project = Projects(index, "Kim").create("Old")
    for name in ("record.jsonl", "head.json"):
        (project.folder / name).unlink()
    project.record.create({"name": "Old"}, "Kim")
    project = Projects(index, "Kim").open("Old")
    library = assistant.library
    snapshot = attach(project.folder, canonical(storable(plain(library.snapshot()))))

    def put(kind: str, body: Mapping[str, Any], **more: str) -> None:
        around = {"made_with": made_with(library, library.fingerprint(), None)}
        attached = {"attached": {"collection": snapshot, **more}}
        project.record.append(kind, {**body, **around, **attached}, "Kim")

    def ranked(hits: Any) -> list[dict[str, Any]]:
        return [
            {
                "rank": hit.rank, "score": hit.score, "id": hit.document.id,
                "name": hit.document.number or hit.document.title, "label": hit.document.label,
                "passages": [[p.id, p.score] for p in hit.passages],
                "members": [m.id for m in hit.members],
            }
            for hit in hits
        ]  # fmt: skip

    asked = SearchAsked("cathode coat", options=SearchOptions(relevant=(PATENT, REPORT)))
    result = assistant.search("cathode coat", 10, asked.filters, asked.options)
    names = ("understood", "matching", "expansions", "conditions", "undated", "searched")
    found = {name: result.to_dict().get(name) for name in (*names, "feedback")}
    put("search", {"asked": kept(asked), "understood": found, "hits": ranked(result.hits)})
    answer = assistant.ask("How thick is the cathode coat?")
    said = answer.to_dict()
    given = ("status", "refusal", "reason", "text", "statements", "table", "dropped", "confidence")
    put(
        "ask",
        {
            "asked": kept(AskAsked("How thick is the cathode coat?")),
            "understood": {n: said[n] for n in ("completed", "kind", "chips", "filters")},
            "answer": {name: said[name] for name in given},
            "hits": ranked(answer.hits),
        },
    )
    chart = assistant.chart(claim_of_the_patent(assistant), [REPORT, OTHER])
    statuses = {r.limitation.key: {c.document_id: c.status for c in r.cells} for r in chart.rows}
    body = {
        "asked": kept(ChartAsked(chart.subject, (REPORT, OTHER))),
        "references": [[f.id, f.number or f.title] for f in chart.references],
        "statuses": statuses,
    }
    put("chart", body, chart=attach(project.folder, canonical(storable(plain(chart)))))
    place, key = None, chart.rows[0].limitation.key
    for cell in chart.rows[0].cells:
        place = place or cell.place or (cell.others[0] if cell.others else None)
    cell = {"chart": 4, "limitation": key, "document_id": place.passage_id.rpartition(":")[0]}
    change = {"override": kept(decided("partly", "mine", "Kim")), "place": kept(place)}
    project.record.append("override", {**cell, **change}, "Kim")
    for id_, (title, _) in TEXTS.items():
        name = title if id_ == REPORT else id_
        mark = {"document_id": id_, "name": name, "label": None, "relevant": True}
        project.record.append("mark", mark, "Kim")
    project.note("kept as typed")
    return project


def test_a_record_of_an_earlier_release_is_replayed_and_loses_its_words(index):
    assistant = opened(index)
    project = earlier_release(index, assistant)
    assert set(wrote(index / "projects")) >= {"zirquonium", "vellamine"}
    assert project.verify().ok
    for one in replay(project, assistant):
        assert (one.status, one.identical, one.changes) == ("same", True, ())
    old, before = project.verify().head, project.chart(4)
    remove(index, [REPORT], LetterEncoder())
    assert forget_documents(index, [REPORT]) == (project.folder.name,)
    assert not {"vellamine", "512 cycles", "binder of the"} & set(wrote(index / "projects"))
    assert wrote(index / "projects") == []  # Words of the others are looked up from now on.
    again = Projects(index, "Lee").open("Old")
    verified = again.verify()
    assert verified.ok
    assert f"its head before was {old}" in verified.notices[0]
    assert again.verify(old).finding.what == "written anew"
    assert [(e.number, e.kind, e.user) for e in again.entries()[:5]] == [
        (1, "created", "Kim"), (2, "search", "Kim"), (3, "ask", "Kim"), (4, "chart", "Kim"),
        (5, "override", "Kim"),
    ]  # fmt: skip
    state = again.state()
    assert (state.notes[0].text, [m.document_id for m in state.marks]) == (
        "kept as typed", list(TEXTS),
    )  # fmt: skip
    chart = again.chart(4)
    assert chart.subject.text == before.subject.text  # The patent is still there.
    assert "removed from the library" in json.dumps(chart.to_dict())
    done = list(replay(again, assistant))
    assert [one.status for one in done] == ["changed", "changed", "not replayed"]
    assert all(f"1 document removed since: {REPORT}" in one.reasons for one in done)
    assert forget_documents(index, [REPORT]) == ()  # And once is enough.


def test_a_rewriting_stopped_at_any_step_is_whole_and_is_done_again(index, tmp_path):
    project = earlier_release(index, opened(index))
    broken = project.folder / "record.jsonl"
    data = broken.read_bytes()
    broken.write_bytes(data.replace(b"kept as typed", b"kept as taped"))
    project.repair()  # A closed part, which holds words as well.
    remove(index, [PATENT, REPORT], LetterEncoder())
    shutil.copytree(project.folder, tmp_path / "before")
    forget_documents(index, [PATENT, REPORT])
    done = Project(project.folder)
    assert wrote(index / "projects") == []
    assert done.verify().ok
    kinds = [entry.kind for entry in done.entries()]
    assert "rewritten" in kinds
    rewritten = next(e for e in done.entries() if "head" in e.body and e.kind == "rewritten")
    shutil.copytree(project.folder, tmp_path / "after")
    begun = Head(rewritten.number - 1, rewritten.body["head"], rewritten.hash).to_bytes()
    lines = (tmp_path / "after" / "record.jsonl").read_bytes().splitlines(keepends=True)
    for step in ("head", "record", "parts"):
        shutil.rmtree(project.folder)
        shutil.copytree(tmp_path / "before", project.folder)
        (project.folder / "head.json").write_bytes(begun)
        if step != "head":
            record = b"".join(lines[: rewritten.number])
            (project.folder / "record.jsonl").write_bytes(record)
        if step == "parts":
            whole = Head(rewritten.number, rewritten.hash).to_bytes()
            (project.folder / "head.json").write_bytes(whole)
        for path in (tmp_path / "after" / "attached").iterdir():
            shutil.copy(path, project.folder / "attached")
        assert len(Project(project.folder).state().marks) == len(TEXTS), step
        forget_documents(index, [PATENT, REPORT])
        assert wrote(index / "projects") == [], step
        assert Project(project.folder).verify().ok, step
