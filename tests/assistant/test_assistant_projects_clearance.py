"""Projects of two clearances: who may see one, what may get into it, and what must leave it."""

from __future__ import annotations

import gzip
import json
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

import app
from assistant import Assistant
from assistant.accounts.records import IP_TEAM, READER, Identity
from assistant.chart import decided
from assistant.exports import About
from assistant.projects import (
    ChartAsked,
    Project,
    Projects,
    Recorded,
    SearchAsked,
    alerts,
    recording,
    replay,
)
from assistant.projects.access import clearance_of
from assistant.projects.errors import (
    BadClearance,
    BadName,
    NoProject,
    ProjectExists,
    SeveralProjects,
)
from assistant.projects.names import project_name, slug
from assistant.projects.zipped import write_project
from assistant.questions import Turn
from fakes import LetterEncoder
from index import ingest
from index.clearance import EVERYTHING, NOTHING, Clearance
from index.errors import UnknownDocument
from index.records import SearchOptions

PUBLIC, BOTH = Clearance.of("public"), Clearance.of("public", "secret")
SECRET = Clearance.of("secret")
OPEN = {
    "US20200000001A1": "A cathode coated with boron oxide. The coating is 5 to 20 nm thick.",
    "US20200000002A1": "A separator of polyethylene with a ceramic layer of 3 um.",
    "US20200000003A1": "An electrolyte with 2 wt% fluoroethylene carbonate for silicon anodes.",
}
HIDDEN = {
    "KR1020990000001A": "A cathode coated with zirquonium oxide, boron oxide free, 10 nm thick.",
    "KR1020990000002A": "A separator with a xylophant ceramic layer of 2 um.",
}
HIDDEN_WORDS = ("zirquonium", "xylophant", "KR1020990000001A", "KR1020990000002A", "secret")
CLAIM = (
    "1. A cell comprising: a cathode coated with boron oxide; and a separator with a ceramic layer."
)


def add(index: Path, texts: dict[str, str], label: str | None, name: str) -> None:
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
    add(folder / "library", OPEN, "public", "open")
    add(folder / "library", HIDDEN, "secret", "hidden")
    return folder / "library"


@pytest.fixture
def index(tmp_path: Path, made: Path) -> Path:
    shutil.copytree(made, tmp_path / "library")
    return tmp_path / "library"


def opened(index: Path, clearance: Clearance = EVERYTHING) -> Assistant:
    return Assistant.open(index, LetterEncoder(), clearance=clearance)


def held(folder: Path) -> str:
    """Every byte of every file below a folder, as text; what is packed, unpacked as well."""
    found = []
    for path in sorted(folder.rglob("*")):
        found.append(str(path.relative_to(folder)).encode())
        if path.is_file():
            data = path.read_bytes()
            found.append(data)
            if path.suffix == ".gz":
                found.append(gzip.decompress(data))
    return b"\n".join(found).decode("utf-8", "replace")


def words_in(text: str, words: tuple[str, ...] = HIDDEN_WORDS) -> list[str]:
    return [word for word in words if word.lower() in text.lower()]


def refusal(projects: Projects, name: str) -> str:
    with pytest.raises(NoProject) as raised:
        projects.open(name)
    return str(raised.value).replace(repr(project_name(name)), "NAME")


def test_a_project_does_not_exist_for_those_who_may_not_see_all_of_its_labels(index):
    theirs = Projects(index, "Lee", BOTH)
    project = theirs.create("Blades")
    project.note("asked by the zirquonium group")
    assert (project.clearance, theirs.names()) == (BOTH, ["Blades"])
    for clearance in (PUBLIC, SECRET, NOTHING, Clearance.of("unlabelled")):
        mine = Projects(index, "Kim", clearance)
        assert (mine.names(archived=True), mine.all()) == ([], [])
        unknown = refusal(mine, "never made")
        for name in (
            "Blades",
            " blades",
            project.folder.name,
            slug("Blades"),
            "Blades@public+secret",
            "Blades@secret+public",
            "Blades@everything",
            f"../projects/{project.folder.name}",
            f"./{project.folder.name}",
            f"{project.folder.name}/",
            str(project.folder),
        ):
            assert refusal(mine, name) == unknown, name
    for clearance in (BOTH, EVERYTHING, Clearance.of("public", "secret", "other")):
        assert Projects(index, "Ann", clearance).open("Blades").state().notes
    assert clearance_of(project.folder) == BOTH


def test_the_same_name_is_free_under_another_clearance(index):
    hidden = Projects(index, "Lee", BOTH).create("Blades")
    mine = Projects(index, "Kim", PUBLIC)
    first = mine.create("Blades")  # As if there were none.
    assert mine.open("Blades").folder == first.folder != hidden.folder
    with pytest.raises(ProjectExists) as raised:
        mine.create("Blades")
    assert not words_in(str(raised.value))
    theirs = Projects(index, "Lee", BOTH)
    with pytest.raises(SeveralProjects, match=r"Blades@public, Blades@public\+secret"):
        theirs.open("Blades")
    assert theirs.open("Blades@public").folder == first.folder
    assert theirs.open("Blades@public+secret").folder == hidden.folder
    assert theirs.names() == ["Blades@public", "Blades@public+secret"]
    assert [theirs.open(name).clearance for name in theirs.names()] == [PUBLIC, BOTH]
    assert mine.names() == ["Blades"]
    at = mine.create("Blades@public")  # A name with the sign in it is a name before all else.
    assert mine.open("Blades@public").folder == at.folder
    assert mine.open("Blades").folder == first.folder
    with pytest.raises(BadName):
        mine.open(" ")


def test_nobody_makes_a_project_for_more_than_he_may_see(index):
    mine = Projects(index, "Kim", PUBLIC)
    for wanted in (BOTH, EVERYTHING, SECRET, NOTHING, Clearance.of("no such label")):
        with pytest.raises(BadClearance, match="your own labels: public"):
            mine.create("x", wanted)
    assert not (index / "projects").exists() or not any((index / "projects").iterdir())
    fewer = Projects(index, "Lee", BOTH).create("fewer", PUBLIC)
    assert mine.open("fewer").clearance == fewer.clearance == PUBLIC
    assert mine.open("fewer").entries()[0].body == {"name": "fewer", "clearance": ["public"]}


def test_a_record_without_a_clearance_is_for_those_who_see_everything(index):
    project = Projects(index, "Lee").create("old")
    project.folder.joinpath("record.jsonl").unlink()
    project.folder.joinpath("head.json").unlink()
    assert project.record.create({"name": "old"}, "Lee")
    assert Projects(index, "Ann").open("old").clearance == EVERYTHING
    assert Projects(index, "Lee", BOTH).names() == []
    broken = Projects(index, "Lee", PUBLIC).create("broken").folder / "record.jsonl"
    broken.write_bytes(broken.read_bytes().replace(b"public", b"secret"))
    for clearance in (PUBLIC, SECRET, BOTH):  # Whose it was is not known any more.
        assert Projects(index, "Lee", clearance).names() == []
    assert len(Projects(index, "Ann").names()) == 2


def test_what_is_recorded_is_what_the_projects_clearance_shows(index):
    narrow = Projects(index, "Kim", PUBLIC).create("Blades")
    assistants = [opened(index, PUBLIC), opened(index, BOTH), opened(index)]
    for assistant in assistants:
        recorded = recording(assistant, Projects(index, "Lee", EVERYTHING), "Blades")
        assert isinstance(recorded, Recorded)
        result = recorded.search("boron oxide coating")
        assert {hit.document.id for hit in result.hits} <= set(OPEN)
        recorded.search("cathode AND boron")
        recorded.search_like("US20200000001A1", 5)
        recorded.ask("How thick is the boron oxide coating?")
        recorded.chart(CLAIM, ["US20200000001A1"])
        recorded.chart(CLAIM, k=5)
        for hidden in HIDDEN:
            with pytest.raises(UnknownDocument):
                recorded.search_like(hidden)
            with pytest.raises(UnknownDocument):
                recorded.chart(CLAIM, [hidden])
        recorded.close()
        assert assistant.search("boron").hits  # What was given stays open.
    bodies = [dict(entry.body) for entry in narrow.entries()[1:]]
    third = len(bodies) // 3
    assert bodies[:third] == bodies[third : 2 * third] == bodies[2 * third :]
    assert not words_in(held(index / "projects"))


def test_ids_that_only_one_member_may_see_do_not_get_in(index):
    project = Projects(index, "Lee", BOTH).create("Blades", PUBLIC)
    assistant = opened(index, BOTH)
    recorded = Recorded(assistant, project)
    hidden, other = tuple(HIDDEN)
    marked = SearchOptions(
        relevant=(hidden, "US20200000001A1"), not_relevant=(other,), exclude=(other,)
    )
    recorded.search("cathode", 3, None, marked)
    recorded.ask("and the boron coating?", conversation=[Turn("coatings?", (hidden,))])
    for document in assistant.documents():
        if document.id in HIDDEN:
            with pytest.raises(BadClearance, match="not among those of this project"):
                project.mark(document, True)
    result = assistant.search("cathode")
    with pytest.raises(BadClearance, match="its own labels"):
        project.record_search(assistant.library, result, SearchAsked("cathode"))
    with pytest.raises(BadClearance, match="its own labels"):
        project.save_query(assistant.library, SearchAsked("cathode"))
    chart = assistant.chart(CLAIM, [hidden])
    with pytest.raises(BadClearance, match="its own labels"):
        project.record_chart(assistant.library, chart, ChartAsked(chart.subject, (hidden,)))
    assert not words_in(held(index / "projects"))
    with pytest.raises(BadClearance):  # Nor does somebody with less get a searcher for it.
        Recorded(opened(index, PUBLIC), Projects(index, "Lee", BOTH).create("wide"))


def test_replays_and_alerts_are_the_same_for_every_member(index, tmp_path):
    project = Projects(index, "Kim", PUBLIC).create("Blades")
    recorded = Recorded(opened(index, PUBLIC), project)
    recorded.search("boron oxide coating")
    recorded.ask("How thick is the boron oxide coating?")
    recorded.chart(CLAIM, k=3)
    project.save_query(recorded.library, SearchAsked("boron AND cathode"))
    members = {"Kim": PUBLIC, "Lee": BOTH, "Ann": EVERYTHING}

    def seen(user: str) -> tuple[object, object]:
        project = Projects(index, user, members[user]).open("Blades")
        assistant = opened(index, members[user])
        again = [one.to_dict() for one in replay(project, assistant)]
        return again, [one.to_dict() for one in alerts(project, assistant)]

    before = seen("Kim")
    assert all(one["status"] == "same" and one["identical"] for one in before[0])
    assert before == seen("Lee") == seen("Ann")
    # More of what they may not see changes nothing; more of what they may see, for all alike.
    add(index, {"KR1020990000003A": "A zirquonium boron cathode."}, "secret", "more")
    assert before == seen("Kim") == seen("Lee") == seen("Ann")
    add(index, {"US20200000009A1": "A boron cathode of another kind."}, "public", "new")
    after = seen("Kim")
    assert after == seen("Lee") == seen("Ann") != before
    assert [d["document"]["id"] for d in after[1][0]["documents"]] == ["US20200000009A1"]
    assert not words_in(json.dumps(after))
    path = tmp_path / "Blades.zip"
    own = Projects(index, "Lee", BOTH).open("Blades")
    with_facts = opened(index, PUBLIC).library.facts_of
    write_project(own, path, About("2026-03-01"), with_facts)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "zip")
    for inner in (tmp_path / "zip").rglob("*.[xd][ol][sc]x"):
        with zipfile.ZipFile(inner) as archive:
            archive.extractall(tmp_path / "zip" / f"{inner.name}.files")
    assert "boron oxide" in held(tmp_path / "zip")
    assert not words_in(held(tmp_path / "zip"))
    assert Project(tmp_path / "zip" / "project").verify().ok


def test_a_document_that_gets_another_label_is_shown_no_more(index, made):
    project = Projects(index, "Kim", PUBLIC).create("Blades")
    assistant = opened(index, PUBLIC)
    Recorded(assistant, project).chart(CLAIM, ["US20200000001A1", "US20200000002A1"])
    shown = project.chart(2)
    assert "boron oxide" in json.dumps(shown.to_dict()["limitations"])
    key = shown.rows[-1].limitation.key
    place = next(row.cells[0].place for row in shown.rows if row.cells[0].place)
    project.override(2, key, "US20200000001A1", decided("disclosed", "mine", "Kim"), place)
    assert place.quote in json.dumps(project.chart(2).to_dict())
    ingest(index, [made.parent / "open.jsonl"], label="secret", encoder=LetterEncoder())
    cells = [row.cells[0] for row in project.chart(2).rows]
    quotes = [cell.place.quote for cell in cells if cell.place]
    assert quotes
    assert all(quote == "[quote removed from the library: id US20200000001A1]" for quote in quotes)
    assert cells[-1].human.note == "mine"
    assert "5 to 20 nm" not in json.dumps(project.chart(2).to_dict())
    assert [one.status for one in replay(project, assistant)] == ["not replayed"]


def test_the_page_shows_projects_and_words_of_those_who_may_see_them(index):
    from assistant.web import chart_session, project_bar, project_page
    from assistant.web.holder import AssistantHolder
    from assistant.web.identity import NotAllowed, acting_as

    class Holder(AssistantHolder):
        def projects(self, user: str | None = None) -> Projects:
            super().projects(user)
            return Projects(self.index, self.identity().name, self.identity().clearance)

    kim, lee = (
        Identity(name, IP_TEAM, clearance, "password")
        for name, clearance in (("Kim", PUBLIC), ("Lee", BOTH))
    )
    holder = Holder(index, LetterEncoder(), logins=True)
    try:
        with acting_as(lee):
            hidden = project_bar._create(holder, "Blades", "somebody else")[0]["value"]
            wide = holder.projects().open(hidden)
            narrow = holder.projects().create("Open blades", PUBLIC)
            assert wide.entries()[0].user == "Lee"
            assert [v for _, v in project_bar.choices(holder)] == ["", "Blades", "Open blades"]
            # A chart that was made with more labels is made anew when the project keeps it.
            chart = holder.ready().chart(CLAIM, k=5)
            assert {facts.id for facts in chart.references} & set(HIDDEN)
            charting = chart_session.Charting().charted(chart, ChartAsked(chart.subject))
            library = holder.assistant.library
            kept = chart_session.keep(charting, library, holder.projects(), "Open blades")
            assert {facts.id for facts in kept.chart.references} <= set(OPEN)
        with acting_as(kim):
            assert [v for _, v in project_bar.choices(holder)] == ["", "Open blades"]
            page = type("Page", (), dict.fromkeys(project_page.ProjectPage.__annotations__))()
            for name in ("work", "view", "told", "new", "seen", "outcome", "record", "save"):
                setattr(page, name, name)
            page.subject = ("text", "number", "claim", "date")
            for name in ("Blades", wide.folder.name, "Blades@public+secret"):
                shown = project_page.drawn(holder, page, name, "Lee")
                assert shown["told"].replace(name, "NAME") == (
                    project_page.drawn(holder, page, "never made", "Lee")["told"]
                ).replace("never made", "NAME")
            shown = json.dumps(project_page.drawn(holder, page, "Open blades", "Lee"))
            assert "Open blades" in shown
            assert not words_in(shown)
            project_page.add_note(holder, replace_note(page), "Open blades", "Lee", "mine")
            assert narrow.state().notes[0].user == "Kim"
        with acting_as(replace(kim, role=READER)):
            assert [v for _, v in project_bar.choices(holder)] == [""]
            with pytest.raises(NotAllowed):
                holder.projects()
        assert not words_in(held(narrow.folder))
    finally:
        holder.close()


def replace_note(page: object) -> object:
    page.note = "note"  # type: ignore[attr-defined]  # the part of the page that add_note sets
    return page


def test_the_command_line_keeps_to_the_clearance(index, capsys):
    def call(clearance: str, *arguments: str) -> tuple[int, str]:
        status = app.main(["--index", str(index), "--cleared-for", clearance, *arguments])
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    both = "public,secret"
    assert call(both, "project", "create", "Blades")[0] == 0
    status, out = call(both, "project", "create", "Open", "--clearance", "public", "--json")
    assert (status, json.loads(out)["clearance"]) == (0, ["public"])
    assert call("public", "project", "create", "x", "--clearance", "secret")[0] == 1
    assert call(both, "project", "mark", "Open", "KR1020990000001A", "--relevant")[0] == 1
    assert call(both, "project", "note", "Open", "mine", "--about", "KR1020990000001A")[0] == 1
    assert call(both, "project", "mark", "Blades", "KR1020990000001A", "--relevant")[0] == 0
    listed = json.loads(call("public", "project", "list", "--json")[1])["projects"]
    assert [one["name"] for one in listed] == ["Open"]
    for command in (("project", "show"), ("record", "show"), ("record", "verify")):
        known, made = (call("public", *command, name) for name in ("Blades", "Sheets"))
        assert known[0] == made[0] == 1
        assert known[1].replace("Blades", "") == made[1].replace("Sheets", "")
    out = call("public", "record", "verify", "--json")[1]
    assert [one["project"] for one in json.loads(out)["projects"]] == ["Open"]
