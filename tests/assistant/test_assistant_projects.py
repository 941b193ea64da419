"""Projects over a small library: what they hold, what a replay says, what alerts show."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import app
from assistant import Assistant
from assistant.chart import decided
from assistant.errors import BadInput
from assistant.projects import Project, Projects, Recorded, SearchAsked, alerts, replay
from assistant.projects.alerts import mark_seen
from assistant.projects.errors import (
    BadEntry,
    BadName,
    BrokenRecord,
    NoProject,
    ProjectExists,
)
from assistant.projects.names import user_name
from assistant.projects.state import Subject
from fakes import LetterEncoder
from index import ingest, remove
from index.records import Filters, SearchOptions

DOCUMENTS = {
    "US20200000001A1": "A cathode coated with boron oxide. The coating is 5 to 20 nm thick.",
    "US20200000002A1": "A separator of polyethylene with a ceramic layer of 3 um.",
    "US20200000003A1": "An electrolyte with 2 wt% fluoroethylene carbonate for silicon anodes.",
    "US20200000004A1": "An anode of graphite and silicon with a binder of polyacrylic acid.",
}
BORON = "A cathode powder coated with boron oxide, 10 nm thick."
CLAIM = (
    "1. A cell comprising: a cathode coated with boron oxide; and a separator with a ceramic layer."
)


def add(index: Path, texts: dict[str, str], name: str = "one", label: str | None = None) -> None:
    """Ingest records, one file for each call."""
    path = index.parent / f"{name}.jsonl"
    rows = [
        {"_id": number, "title": f"Title of {number}", "text": text, "metadata": {"number": number}}
        for number, text in texts.items()
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    ingest(index, [path], label=label, encoder=LetterEncoder())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    add(folder / "library", DOCUMENTS)
    return folder


@pytest.fixture
def index(tmp_path: Path, made: Path) -> Path:
    """A library of the four documents, to be written to."""
    shutil.copytree(made / "library", tmp_path / "library")
    return tmp_path / "library"


@pytest.fixture
def searcher(index: Path) -> Assistant:
    return Assistant.open(index, LetterEncoder())


@pytest.fixture
def project(index: Path) -> Project:
    return Projects(index, "Kim").create("Blade coating")


def statuses(project: Project, searcher: Assistant) -> list[str]:
    return [one.status for one in replay(project, searcher)]


@pytest.mark.parametrize(
    "name",
    [
        "../../etc",
        "=1+1",
        "-rf",
        "@a",
        "+",
        "CON",
        "a/b\\c",
        "실리콘 음극",
        "x" * 200,
        "..",
        "é" * 150,
    ],
)
def test_any_text_names_a_project_and_none_leaves_its_folder(tmp_path, name):
    index = tmp_path
    project = Projects(index).create(name)
    assert project.folder.parent == index / "projects"
    assert project.folder.resolve().parent == (index / "projects").resolve()
    assert len(project.folder.name) < 60
    assert Projects(index).names() == [name]
    assert Projects(index).open(name).state().name == name


def test_names_that_look_alike_are_two_projects_and_the_same_name_is_one(tmp_path):
    projects = Projects(tmp_path)
    folders = {projects.create(name).folder for name in ("A b", "a b", "a-b", "á b", "a/b")}
    assert len(folders) == 5
    for again in ("A b", "  A \n b ", "A\x00 \x1bb", "a\u0301 b"):
        with pytest.raises(ProjectExists, match="already"):
            projects.create(again)
    for bad in ("", " \n ", "\x00\u202e", "x" * 201):
        with pytest.raises(BadName):
            projects.create(bad)
    with pytest.raises(NoProject, match="project list"):
        projects.open("none")
    assert user_name("Kim\x1b[2J\n Lee") == "Kim [2J Lee"
    assert user_name("\x00") == "unknown"


def test_the_state_is_what_was_done_last(index, project, searcher):
    facts = {facts.number: facts for facts in searcher.documents()}
    project.set_subject(Subject("A cathode", "US20200000001A1", 1, "2019-03-01"))
    project.mark(facts["US20200000001A1"], True)
    project.mark(facts["US20200000002A1"], True)
    project.by("Lee").mark(facts["US20200000002A1"], False)
    project.mark(facts["US20200000003A1"], True)
    project.mark(facts["US20200000003A1"], None)
    project.note("=cmd()", facts["US20200000001A1"].id)
    state = Projects(index).open("Blade coating").state()
    assert state.relevant() == ("US20200000001A1",)
    assert state.not_relevant() == ("US20200000002A1",)
    assert [(mark.user, mark.name) for mark in state.marks] == [
        ("Kim", "US20200000001A1"), ("Lee", "US20200000002A1"),
    ]  # fmt: skip
    assert state.subject == Subject("A cathode", "US20200000001A1", 1, "2019-03-01")
    assert state.notes[0].text == "=cmd()"
    assert (state.entries, state.user, state.broken) == (8, "Kim", None)
    project.archive()
    assert Projects(index).names() == []
    assert Projects(index).names(archived=True) == ["Blade coating"]
    project.archive(False)
    assert Projects(index).names() == ["Blade coating"]
    with pytest.raises(BadEntry, match="empty"):
        project.note("  ")


def test_a_search_is_recorded_as_asked_understood_and_found(project, searcher):
    recorded = Recorded(searcher, project)
    filters = Filters(kind="patent")
    result = recorded.search('boron NEAR/3 "oxide"', 3, filters, SearchOptions(passages=1))
    entry = project.entries()[-1]
    body = entry.body
    assert (entry.kind, entry.user) == ("search", "Kim")
    assert body["asked"]["query"] == 'boron NEAR/3 "oxide"'
    assert body["asked"]["filters"]["kind"] == ["patent"]
    assert body["understood"]["understood"] == result.understood
    assert body["made_with"]["index"] == searcher.library.fingerprint()
    assert body["made_with"]["encoder"] == "letters (letters-40)"
    assert [(hit["rank"], hit["score"], hit["id"]) for hit in body["hits"]] == [
        (hit.rank, hit.score, hit.document.id) for hit in result.hits
    ]
    assert body["hits"][0]["passages"] == [[p.id, p.score] for p in result.hits[0].passages]
    recorded.search_like("US20200000001A1", 2)
    like = project.entries()[-1].body
    assert (like["asked"]["query"], like["asked"]["like"]) == (None, "US20200000001A1")
    assert "5 to 20 nm" not in (project.folder / "record.jsonl").read_text(encoding="utf-8")
    assert len(list((project.folder / "attached").iterdir())) == 1  # The same library twice.


def test_an_unchanged_library_replays_identically_and_added_documents_are_named(
    index, project, searcher
):
    recorded = Recorded(searcher, project)
    recorded.search("boron oxide coating", 2)
    recorded.search("cathode AND boron")
    recorded.search_like("US20200000004A1", 2)
    recorded.ask("How thick is the boron oxide coating?")
    recorded.chart(CLAIM, ["US20200000001A1", "US20200000002A1"])
    recorded.chart(CLAIM, k=2)
    again = Assistant.open(index, LetterEncoder())
    for one in replay(project, again):
        assert (one.status, one.identical, one.changes, one.reasons) == ("same", True, (), ())
    add(index, {"US20210000009A1": BORON, "KR1020210000010A": "A pouch."}, "two")
    replayed = list(replay(project, again))
    for one in replayed:
        assert {d.name for d in one.documents.added} == {"US20210000009A1", "KR1020210000010A"}
        assert any("2 documents added since" in reason for reason in one.reasons)
    assert replayed[0].status == "changed"
    assert "in the ranking now: US20210000009A1" in replayed[0].changes
    assert replayed[0].entered == ("US20210000009A1",)
    assert replayed[1].text == "cathode AND boron"
    assert replayed[1].entered == ("US20210000009A1",)


def test_a_replay_says_what_was_removed_changed_and_relabelled(tmp_path):
    index = tmp_path / "library"
    add(index, DOCUMENTS)
    project, searcher = Projects(index).create("x"), Assistant.open(index, LetterEncoder())
    Recorded(searcher, project).search("boron OR separator OR electrolyte OR anode")
    changed = {**DOCUMENTS, "US20200000002A1": "A separator of cellulose."}
    del changed["US20200000003A1"]
    add(index, changed)
    (one,) = replay(project, searcher)
    assert one.status == "changed"
    assert [d.name for d in one.documents.removed] == ["US20200000003A1"]
    assert [d.name for d in one.documents.changed] == ["US20200000002A1"]
    assert one.left == ("US20200000003A1",)
    add(index, changed, label="secret")
    (one,) = replay(project, searcher)
    assert "label of US20200000001A1: none -> secret" in one.reasons


def test_a_replay_names_another_encoder_and_what_cannot_be_asked_any_more(index, project, searcher):
    Recorded(searcher, project).search("boron")
    body = project.entries()[-1].body
    other = {**body["made_with"], "encoder": "other (1234)"}
    asked = {**body["asked"], "options": {**body["asked"]["options"], "later": 1}}
    project.record.append("search", {**body, "made_with": other}, "Kim")
    project.record.append("search", {**body, "asked": asked}, "Kim")
    same, model, unknown = replay(project, searcher)
    assert (same.status, model.status) == ("same", "same")
    assert model.reasons == ("encoder: other (1234) -> letters (letters-40)",)
    assert unknown.status == "not replayed"
    assert "knows no later" in unknown.reasons[0]
    remove(index, ["US20200000001A1"], LetterEncoder())
    Recorded(searcher, project).search_like("US20200000002A1", 1)
    remove(index, ["US20200000002A1"], LetterEncoder())
    *_, gone = replay(project, searcher)
    assert gone.status == "not replayed"
    assert "UnknownDocument" in gone.reasons[0]
    assert "1 document removed since: US20200000002A1" in gone.reasons


def test_scores_that_differ_by_rounding_are_told_from_other_scores(project, searcher):
    Recorded(searcher, project).search("boron")
    body = project.entries()[-1].body
    for shift in (1e-7, 1e-3):
        hits = [{**hit, "score": hit["score"] + shift} for hit in body["hits"]]
        project.record.append("search", {**body, "hits": hits}, "Kim")
    exact, rounded, other = replay(project, searcher)
    assert (exact.status, exact.identical) == ("same", True)
    assert (rounded.status, rounded.identical) == ("same", False)
    assert (other.status, other.identical) == ("changed", False)
    assert "by 0.001 at most" in other.changes[0]


def test_overrides_are_kept_apart_from_the_machines_chart(project, searcher):
    made = Recorded(searcher, project).chart(CLAIM, ["US20200000001A1"])
    entry, key = project.entries()[-1].number, made.rows[-1].limitation.key
    assert project.chart(entry) == made
    place = replace(next(row for row in made.rows if row.cells[0].place).cells[0].place)
    project.override(entry, key, "US20200000001A1", decided("partly", "a filler", "Kim"), place)
    cell = project.chart(entry).rows[-1].cells[0]
    assert (cell.status, cell.human.note, cell.human.user) == ("partly", "a filler", "Kim")
    assert cell.human.machine == made.rows[-1].cells[0].status
    assert statuses(project, searcher) == ["same"]
    with pytest.raises(BadInput, match="no limitation"):
        project.override(entry, "9z", "US20200000001A1", decided("partly", "", "Kim"))
    with pytest.raises(BadEntry, match="is no chart"):
        project.override(1, key, "US20200000001A1", None)
    project.override(entry, key, "US20200000001A1", None)
    assert project.chart(entry) == made


def test_alerts_show_what_came_in_since_and_matches_once(index, project, searcher):
    conditions = project.save_query(searcher.library, SearchAsked("boron AND cathode"))
    words = project.save_query(searcher.library, SearchAsked("boron oxide on cathodes"))
    assert [one.alerts for one in alerts(project, searcher)] == [(), ()]
    more = {f"US2021{n:07}A1": f"A separator of polymer number {n}." for n in range(40)}
    add(index, {**more, "US20220000001A1": BORON}, "two")
    first, second = alerts(project, searcher)
    assert [a.document.number for a in first.alerts] == ["US20220000001A1"]
    assert first.matched == "by its conditions"
    assert "US20220000001A1" in [a.document.number for a in second.alerts]
    assert len(second.alerts) <= 20
    add(index, {"US20220000002A1": BORON.replace("10", "12")}, "three")
    mark_seen(project, (first, second))  # What came after they were shown is not taken as seen.
    first, second = alerts(Project(project.folder), searcher)
    assert [a.document.number for a in first.alerts] == ["US20220000002A1"]
    assert "US20220000001A1" not in [a.document.number for a in second.alerts]
    project.drop_query(words.number)
    assert [one.saved.entry for one in alerts(project, searcher)] == [conditions.number]
    with pytest.raises(BadEntry, match="no saved query"):
        project.drop_query(1)


def test_filters_of_a_saved_query_hold_for_its_alerts(index, project, searcher):
    asked = SearchAsked("boron AND cathode", filters=Filters(label="open"))
    project.save_query(searcher.library, asked)
    add(index, {"US20220000001A1": BORON}, "two", label="secret")
    assert alerts(project, searcher)[0].alerts == ()
    add(index, {"US20220000002A1": BORON.replace("10", "12")}, "three", label="open")
    assert [a.document.number for a in alerts(project, searcher)[0].alerts] == ["US20220000002A1"]


def test_a_lost_or_edited_attachment_is_found(project, searcher):
    Recorded(searcher, project).search("boron")
    (path,) = (project.folder / "attached").iterdir()
    data = path.read_bytes()
    path.write_bytes(data[:20] + bytes([data[20] ^ 1]) + data[21:])
    finding = project.verify().finding
    assert (finding.entry, finding.what) == (2, "attached")
    (one,) = replay(project, searcher)
    assert one.documents is None
    assert "not as it was written" in one.reasons[0]
    path.unlink()
    assert "is missing" in project.verify().finding.message
    path.write_bytes(data)
    assert project.verify().ok


def test_a_copy_of_a_project_is_verified_as_it_is(project, searcher, tmp_path):
    Recorded(searcher, project).chart(CLAIM, ["US20200000001A1"])
    head = project.verify().head
    for name, data in project.parts().items():
        path = tmp_path / "copy" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    copy = Project(tmp_path / "copy", index=project.index)
    assert copy.verify(head).ok
    assert copy.chart(2) == project.chart(2)
    assert statuses(copy, searcher) == ["same"]
    alone = Project(tmp_path / "copy")  # Words are the library's: without one there are none.
    assert alone.verify(head).ok
    assert "no library here" in alone.chart(2).references[0].title


def test_marks_that_move_a_ranking_are_recorded_with_it(project, searcher):
    options = SearchOptions(relevant=("US20200000003A1",), not_relevant=("US20200000001A1",))
    Recorded(searcher, project).search("silicon anode", 3, None, options)
    body = project.entries()[-1].body
    assert body["asked"]["options"]["relevant"] == ["US20200000003A1"]
    assert body["understood"]["feedback"]["relevant"] == ["US20200000003A1"]
    assert statuses(project, searcher) == ["same"]


def test_a_broken_record_is_not_replayed(project, searcher):
    Recorded(searcher, project).search("boron")
    path = project.folder / "record.jsonl"
    path.write_bytes(path.read_bytes().replace(b"boron", b"Boron"))
    with pytest.raises(BrokenRecord):
        list(replay(project, searcher))
    with pytest.raises(BrokenRecord):
        Recorded(searcher, project).search("boron")


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = app.main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_the_commands_keep_verify_and_repair_a_project(capsys, index, searcher):
    def call(*arguments: object) -> tuple[int, str, str]:
        return run(capsys, "--index", index, *arguments)

    name = "=A1 Blade"
    status, out, _ = call("project", "create", name, "--user", "Kim", "--json")
    created = json.loads(out)
    assert (status, created["name"]) == (0, name)
    assert call("project", "create", name)[0] == 1
    assert call("project", "mark", name, "us 2020/0000001", "--relevant", "--user", "Lee")[0] == 0
    assert call("project", "mark", name, "US1", "--clear")[0] == 1
    assert call("project", "note", name, "look again", "--about", "US20200000002A1")[0] == 0
    assert call("project", "subject", name, "A cathode", "--date", "2019-13-01")[0] == 1
    state = json.loads(call("project", "show", name, "--json")[1])
    assert [(mark["name"], mark["user"]) for mark in state["marks"]] == [("US20200000001A1", "Lee")]
    assert state["notes"][0]["document_id"] == "US20200000002A1"
    assert "look again" in call("project", "show", name)[1]
    status, out, _ = call("record", "verify", name, "--json")
    assert (status, json.loads(out)["ok"], json.loads(out)["entries"]) == (0, True, 3)
    assert len(json.loads(call("record", "show", name, "--json")[1])["entries"]) == 3
    path = Path(created["folder"]) / "record.jsonl"
    path.write_bytes(path.read_bytes().replace(b"look again", b"look agaim"))
    status, out, _ = call("record", "verify", name)
    assert status == 1
    assert out.startswith("BROKEN at entry 3")
    status, _, err = call("project", "note", name, "more")
    assert status == 1
    assert "BrokenRecord" in err
    status, out, err = call("project", "show", name)
    assert (status, "BrokenRecord" in err, "US20200000001A1" in out) == (0, True, True)
    assert call("record", "repair", name)[0] == 0
    assert call("record", "verify", name)[0] == 0
    assert call("project", "create", "Other")[0] == 0
    every = json.loads(call("record", "verify", "--json")[1])
    assert (every["ok"], [one["project"] for one in every["projects"]]) == (True, [name, "Other"])
    assert call("project", "archive", name)[0] == 0
    assert call("project", "archive", "Other")[0] == 0
    assert json.loads(call("project", "list", "--json")[1])["projects"] == []
    assert len(json.loads(call("project", "list", "--all", "--json")[1])["projects"]) == 2
    assert call("project", "show", "other")[0] == 1
    assert run(capsys, "--index", index.parent / "none", "project", "create", "x")[0] == 1
    assert not (index.parent / "none").exists()
