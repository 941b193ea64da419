"""Families in time, citations in both directions, their graph and drawing, the search step."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from assistant.errors import BadInput
from assistant.relations import citation_graph, citations, draw, family_timeline, neighbours
from fakes import LetterEncoder
from index import Library, ingest
from index.errors import OtherRules, UnknownDocument
from index.schema import connect

SVG = "{http://www.w3.org/2000/svg}"
RECORD = """<?xml version="1.0" encoding="UTF-8"?>
<us-patent-grant lang="EN" dtd-version="v4.5 2014-04-03" country="US" date-publ="{date}">
<us-bibliographic-data-grant>
<publication-reference><document-id><country>US</country><doc-number>{number}</doc-number>
<kind>B2</kind><date>{date}</date></document-id></publication-reference>
<application-reference appl-type="utility"><document-id><country>US</country>
<doc-number>{application}</doc-number><date>{filed}</date></document-id></application-reference>
<invention-title id="t">{title}</invention-title>
<us-references-cited>{cited}</us-references-cited>
</us-bibliographic-data-grant>
<abstract><p>A cell {number}.</p></abstract>
</us-patent-grant>
"""
CITED = """<us-citation><patcit num="{n}"><document-id><country>{country}</country>
<doc-number>{number}</doc-number>{kind}<date>20100101</date></document-id></patcit>
<category>cited by {by}</category></us-citation>"""


def grant(number: int, cited: list[str], title: str = "Cell", filed: str = "20170301") -> str:
    """A grant of 2019. cited: numbers of US grants, or office:number for others."""
    entries = []
    for n, name in enumerate(cited):
        country, _, rest = name.rpartition(":")
        by = "examiner" if n % 2 else "applicant"
        kind = "" if country else "<kind>B1</kind>"
        entries.append(CITED.format(n=n, country=country or "US", number=rest, kind=kind, by=by))
    return RECORD.format(
        number=number, application=f"15{number % 1000000:06}", date="20190604",
        filed=filed, title=title, cited="".join(entries),
    )  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Grants 1 to 5: 2 and 3 cite 1; 4 cites 2 and 3; 5 is alone but cites what is not there."""
    folder = tmp_path_factory.mktemp("relations")
    files = {
        9900001: grant(
            9900001, [], "Cell &lt;script&gt;alert(1)&lt;/script&gt; &amp; \u201cco\u201d"
        ),
        9900002: grant(9900002, ["9900001", "9900001", "EP:1234567"]),
        9900003: grant(9900003, ["9900001", "8000000"]),
        9900004: grant(9900004, ["9900002", "9900003"], filed="20180105"),
        9900005: grant(9900005, ["8000000"]),
    }
    for number, text in files.items():
        (folder / f"{number}.xml").write_text(text, encoding="utf-8")
    ingest(folder / "lib", [folder], encoder=LetterEncoder())
    return Library.open(folder / "lib", LetterEncoder())


def ids(library: Library, *numbers: str) -> list[str]:
    return [library.document(number).facts.id for number in numbers]


def test_citations_are_found_in_both_directions_kind_codes_aside(library: Library) -> None:
    found = citations(library, "US 9,900,002")
    made = [(c.reference.number, [f.number for f in c.inside]) for c in found.made]
    # The file cites B1; the library has the B2 of the same number. The one outside is listed.
    assert made == [("US9900001B1", ["US9900001B2"]), ("EP1234567", [])]
    assert found.made[0].reference.cited_by == "applicant, examiner"
    assert [facts.number for facts in found.received] == ["US9900004B2"]
    cited = citations(library, "US9900001B2")
    assert cited.made == ()
    assert [facts.number for facts in cited.received] == ["US9900002B2", "US9900003B2"]
    assert json.loads(json.dumps(cited.to_dict()))["received"][0]["number"] == "US9900002B2"
    with pytest.raises(UnknownDocument):
        citations(library, "US1234567")


def test_the_graph_grows_by_steps_and_says_what_it_leaves_out(library: Library) -> None:
    (first,) = ids(library, "US9900001B2")
    names = {facts.id: facts.number for facts in library.documents()}

    def shown(depth: int, most: int = 60) -> tuple[list[tuple[str | None, int]], int, int]:
        graph = citation_graph(library, [first], depth, most)
        nodes = [(names[node.document.id], node.distance) for node in graph.nodes]
        return sorted(nodes, key=lambda n: (n[1], n[0] or "")), len(graph.links), graph.left_out

    near = [("US9900001B2", 0), ("US9900002B2", 1), ("US9900003B2", 1)]
    assert shown(0) == (near[:1], 0, 0)
    assert shown(1) == (near, 2, 0)
    assert shown(2) == ([*near, ("US9900004B2", 2)], 4, 0)
    assert shown(5) == shown(2)
    # 3, which cites the first as well, and 4, which cites the second, find no room.
    nodes, links, left_out = shown(2, most=2)
    assert (len(nodes), links, left_out) == (2, 1, 2)
    with pytest.raises(BadInput):
        citation_graph(library, [first], 6)


def test_the_drawing_opens_documents_and_holds_their_text_as_text(library: Library) -> None:
    names = ids(library, "US9900001B2", "US9900005B2")
    graph = citation_graph(library, names, 2)
    root = Xml.fromstring(draw(graph))
    openers = [element.get("data-open") for element in root.iter(f"{SVG}a")]
    assert openers == [f"document:{node.document.id}" for node in graph.nodes]
    assert len(openers) == 5
    assert not list(root.iter(f"{SVG}script"))
    assert any("<script>" in (title.text or "") for title in root.iter(f"{SVG}title"))
    arrows = [path for path in root.iter(f"{SVG}path") if path.get("marker-end")]
    assert len(arrows) == len(graph.links) == 4


def test_neighbours_of_relevant_documents_leave_these_and_their_families_apart(
    library: Library,
) -> None:
    two, three = ids(library, "US9900002B2", "US9900003B2")
    found = neighbours(library, [two, three, "US9900002B2"])
    assert found.relevant == (two, three)
    listed = [(n.document.number, n.cites, n.cited_by) for n in found.found]
    both = tuple(sorted((two, three)))
    assert listed == [("US9900001B2", (), both), ("US9900004B2", both, ())]
    outside = [(o.number, o.cited_by) for o in found.outside]
    assert outside == [("EP1234567", (two,)), ("US8000000B1", (three,))]


def test_a_family_in_time(tmp_path: Path, sample: Path) -> None:
    members = ("US99100214B2", "US20179900214A1", "EP9900214A1")
    files = [sample / "patents" / f"{name}.xml" for name in members]
    ingest(tmp_path / "lib", files, encoder=LetterEncoder())
    timeline = family_timeline(Library.open(tmp_path / "lib", LetterEncoder()), "US99100214B2")
    assert timeline.members[0].number == "US99100214B2"
    told = [(e.date, e.event, e.what, len(e.document_ids)) for e in timeline.events]
    assert told == [
        ("2016-03-18", "priority", "NO20169987", 3),
        ("2017-03-09", "filing", "EP17999214", 1),
        ("2017-03-10", "filing", "US99412077", 2),
        ("2017-09-20", "publication", "EP9900214A1", 1),
        ("2017-09-21", "publication", "US20179900214A1", 1),
        ("2019-06-04", "publication", "US99100214B2", 1),
    ]


def test_unknown_dates_of_a_family_are_listed_last(tmp_path: Path) -> None:
    row = {"_id": "x1", "title": "Cell", "text": "A cell.", "metadata": {"number": "US9900009B2"}}
    (tmp_path / "x.jsonl").write_text(json.dumps(row), encoding="utf-8")
    ingest(tmp_path / "lib", [tmp_path / "x.jsonl"], encoder=LetterEncoder())
    library = Library.open(tmp_path / "lib", LetterEncoder())
    events = family_timeline(library, "x1").events
    assert [event.date for event in events] == [None] * len(events)
    assert events[-1].event == "publication"


def test_a_library_of_an_older_release_is_completed_by_its_next_ingest(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    for number, cited in ((9900001, []), (9900002, ["9900001"])):
        text = grant(number, cited)
        (tmp_path / "files" / f"{number}.xml").write_text(text, encoding="utf-8")
    folder = tmp_path / "lib"
    ingest(folder, [tmp_path / "files"], encoder=LetterEncoder())
    with closing(connect(folder, write=True)) as database:
        database.execute("DROP TABLE citations")
        database.execute("DELETE FROM state WHERE name = 'citations'")
    library = Library.open(folder, LetterEncoder())
    with pytest.raises(OtherRules, match="prior-art ingest"):
        citations(library, "US9900001B2")
    report = ingest(folder, [tmp_path / "files"], encoder=LetterEncoder())
    assert (report.added, report.updated, report.unchanged) == (0, 0, 2)
    assert [f.number for f in citations(library, "US9900001B2").received] == ["US9900002B2"]
    # A document that goes takes its citations along.
    (tmp_path / "files" / "9900002.xml").unlink()
    ingest(folder, [tmp_path / "files"], encoder=LetterEncoder())
    assert citations(library, "US9900001B2").received == ()
