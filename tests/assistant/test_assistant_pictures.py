"""Pictures: every document is counted and can be opened, and no text of theirs does harm."""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from assistant import Assistant
from assistant.arguments.common import library_options
from assistant.arguments.pictures import add_picture
from assistant.chart.records import Cell, Chart, Override, Place, Row
from assistant.claims.records import Limitation, ReadClaim
from assistant.commands.pictures import chosen_documents, drawn
from assistant.errors import BadInput
from assistant.pictures import (
    THEMES,
    Picture,
    cpc_distribution,
    document_map,
    heat_map,
    timeline,
)
from assistant.pictures.files import write_picture
from assistant.pictures.palette import colours
from assistant.pictures.place_labels import place_labels
from assistant.pictures.projection import project, regions
from assistant.pictures.records import Box
from assistant.pictures.region_words import region_words
from fakes import LetterEncoder
from index import ingest
from index.catalog import Catalog
from index.library import Library
from ingest.facts import DocumentFacts

EVIL = "<script>alert(1)</script>\x00\x07\u202e]]>&\"'\ud800 $\\alpha$"
KOREAN = "주식회사 글로벌"


def patent(
    name: str, day: str | None = "2019-03-01", *parties: str, cpc: str = ""
) -> DocumentFacts:
    return DocumentFacts(
        name, "patent", publication_date=day, parties=parties, cpc=tuple(cpc.split())
    )


def opened(picture: Picture) -> dict[str, tuple[str, ...]]:
    """The documents that each element of the SVG with `data-open` stands for, by its label."""
    root = etree.fromstring(picture.svg().encode())
    found = {}
    for element in root.iter("{*}g"):
        reference = element.get("data-open")
        kind, _, rest = reference.partition(":")
        found[element.get("aria-label")] = (
            (rest,) if kind == "document" else picture.picked(reference)
        )
    return found


def texts(picture: Picture) -> list[str]:
    return [e.text for e in etree.fromstring(picture.svg().encode()).iter("{*}text")]


# ---------- timeline ----------


def test_a_timeline_counts_each_document_once_and_shows_unknown_and_impossible_dates() -> None:
    picture = timeline(
        [
            patent("a", "2019-03-01", "Ruan AG", "Solmere Ltd"),
            patent("b", "2019-09-01", "SOLMERE LTD."),
            patent("c", "2021-01-01", "Solmere Ltd"),
            patent("d", None, "Solmere Ltd"),
            patent("e", "9999-12-31"),
            patent("f", "2019-13-40"),
            patent("f", "2019-13-40"),
        ]
    )
    assert picture.rows == (
        (2019, "Solmere Ltd", "Solmere Ltd", 2, "a; b"),
        (2021, "Solmere Ltd", "Solmere Ltd", 1, "c"),
        ("not usable: 2019-13-40", "no party stated", "no party stated", 1, "f"),
        ("not usable: 9999-12-31", "no party stated", "no party stated", 1, "e"),
        ("unknown", "Solmere Ltd", "Solmere Ltd", 1, "d"),
    )
    found = opened(picture)
    assert found["2019, Solmere Ltd: 2 documents"] == ("a", "b")
    assert found["date unknown, no party stated: 2 documents"] == ("e", "f")
    assert found["Solmere Ltd: 4 documents"] == ("a", "b", "c", "d")
    assert any("3 documents without a usable" in note for note in picture.notes)
    assert "2020" in texts(picture)  # a year without documents is a year all the same


def test_of_five_hundred_parties_the_largest_are_named_and_the_rest_are_others() -> None:
    many = [patent(f"m{n}", "2010-01-01", f"Party {n}") for n in range(500)]
    large = [patent(f"l{n}", "2011-01-01", "Large " * 60) for n in range(5)]
    found = opened(timeline([*many, *large]))
    assert len(found["other parties: 500 documents"]) == 500
    assert len([label for label in found if label.startswith("Large")]) == 1
    assert len([label for label in found if label.startswith("Party")]) == 0


def test_a_timeline_can_be_of_other_dates_and_of_two_centuries() -> None:
    old = [
        replace(patent(f"{y}", f"{y}-01-01", "A"), filing_date="2001-05-05") for y in (1836, 2020)
    ]
    assert [row[0] for row in timeline(old, "filing").rows] == [2001]
    assert any("5 in each bar" in text for text in texts(timeline(old)))
    with pytest.raises(ValueError, match="no date 'grant'"):
        timeline(old, "grant")


# ---------- CPC ----------


def test_a_symbol_counts_a_document_once_and_documents_without_one_are_said() -> None:
    documents = [
        patent("a", cpc="H01M4/525 H01M4/36 H01M10/0525"),
        patent("b", cpc="H01M4/36 C01G53/00 nonsense"),
        patent("c"),
    ]
    picture = cpc_distribution(documents, "group")
    assert [row[:2] for row in picture.rows] == [
        ("H01M4", 2), ("C01G53", 1), ("H01M10", 1), ("no symbol", 1),
    ]  # fmt: skip
    found = opened(picture)
    assert found["H01M4: 2 documents"] == ("a", "b")
    assert found["1 document carries no symbol of this level."] == ("c",)
    assert [row[0] for row in cpc_distribution(documents, "section").rows][:2] == ["H", "C"]
    with pytest.raises(ValueError, match="no level"):
        cpc_distribution(documents, "family")


# ---------- heat map ----------


def chart(references: int = 2) -> Chart:
    facts = tuple(
        DocumentFacts(f"d{n}", "patent", number=f"US{n}A1", title="=1+1") for n in range(references)
    )
    place = Place("a separator", "d0:3", "claims", 4, None, None, 0.9)
    human = Override("not disclosed", "another layer", "disclosed", "mina", "2026-01-02T00:00:00Z")
    decided = (
        Cell("d0", "US0A1", "disclosed", 0.9, place, "same words"),
        Cell("d1", "US1A1", "not disclosed", 0.1, None, "no words", human=human),
        *(Cell(f"d{n}", None, "partly", 0.5, place, "near") for n in range(2, references)),
    )
    row = Row(Limitation("1a", f"{EVIL} a separator", 1), decided[:references])
    return Chart(ReadClaim("a separator", 1, (1,), (row.limitation,)), facts, (row,))


def test_a_heat_map_says_each_status_in_words_and_marks_what_people_decided() -> None:
    picture = heat_map(chart())
    said = texts(picture)
    assert {"disclosed", "not disclosed *", "100", "0"} <= set(said)
    (row,) = [row for row in picture.rows if row[2] == "US1A1"]
    assert row[3:6] == ("not disclosed", "human: mina", "disclosed")
    found = opened(picture)
    assert found["1a, US0A1: disclosed. same words"] == ("d0",)
    root = etree.fromstring(picture.svg().encode())
    assert root.xpath("//@data-passage") == ["d0:3"]


def test_a_heat_map_of_many_references_has_signs_and_one_of_none_says_so() -> None:
    picture = heat_map(chart(40))
    said = texts(picture)
    assert {"D", "–*", "P"} <= set(said)
    assert "partly" not in said[said.index("1a") :]
    assert picture.width > heat_map(chart()).width
    assert "The chart has no reference." in texts(heat_map(chart(0)))


# ---------- what is written ----------


def test_text_of_documents_is_harmless_in_svg_and_nothing_is_loaded() -> None:
    evil = DocumentFacts('"><a', "patent", number=EVIL, title=EVIL, parties=(EVIL,), cpc=(EVIL,))
    for picture in (timeline([evil]), cpc_distribution([evil]), heat_map(chart())):
        svg = picture.svg("dark")
        root = etree.fromstring(svg.encode())  # well-formed: no control character is left
        names = {etree.QName(element).localname for element in root.iter()}
        assert names <= {"svg", "title", "style", "g", "rect", "line", "circle", "text"}
        assert not [name for e in root.iter() for name in e.attrib if name.startswith("on")]
        assert "href" not in svg
        assert "url(" not in svg
        assert svg.count("http") == 1  # the name space
    shown = "<script>alert(1)</script> ]]>&\"' $\\alpha$"
    assert opened(timeline([evil]))[f"date unknown, {shown}: 1 document"] == ('"><a',)


def test_files_are_the_same_each_time_and_what_has_no_font_is_said(tmp_path: Path) -> None:
    picture = timeline([patent("a", "2019-01-01", KOREAN), patent("b", "2020-01-01", "Ruan")])
    assert KOREAN in picture.svg()
    for theme in THEMES:
        assert picture.svg(theme) == picture.svg(theme)
        assert picture.png(theme, 1) == picture.png(theme, 1)
    assert picture.png("light", 1) != picture.png("dark", 1)
    image = Image.open(io.BytesIO(picture.png("light", 2)))
    assert image.width == 2 * picture.width
    assert image.height >= 2 * picture.height
    with pytest.raises(ValueError, match="no theme"):
        picture.svg("blue")
    with pytest.raises(BadInput, match=r"\.png, \.svg"):
        write_picture(picture, tmp_path / "a.gif")


def test_the_table_opens_as_csv_and_xlsx_without_formulas(tmp_path: Path) -> None:
    picture = timeline([patent("=1+1", "2019-01-01", "@SUM(A1)"), patent("b", "2019-01-01")])
    written = write_picture(picture, tmp_path / "t.csv").read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(written)))
    assert rows[0] == list(picture.columns)
    assert rows[1] == ["2019", "'@SUM(A1)", "'@SUM(A1)", "1", "'=1+1"]
    book = openpyxl.load_workbook(write_picture(picture, tmp_path / "t.xlsx"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "=1+1" in [cell.value for cell in cells if cell.data_type == "s"]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_a_pick_of_another_picture_picks_nothing() -> None:
    one = cpc_distribution([patent("a", cpc="H01M4/36"), patent("b", cpc="H01M4/36")])
    other = cpc_distribution([patent("a", cpc="H01M4/36"), patent("c", cpc="H01M4/36")])
    picks = [r for n in range(len(one.drawn)) if (r := one.reference(n)) and "pick" in r]
    assert picks
    for reference in (
        *picks,
        "pick:",
        f"pick:{other.id}:9999",
        f"pick:{other.id}:-1",
        "document:a",
    ):
        assert other.picked(reference) == ()


@pytest.mark.parametrize("theme", THEMES)
def test_words_stand_out_from_their_ground_and_statuses_differ_in_lightness(theme: str) -> None:
    known = {name: luminance(colour) for name, colour in colours(theme).items()}
    pairs = [("ink", "surface"), ("muted", "surface")]
    pairs += [(f"on {s}", s) for s in ("disclosed", "partly", "not disclosed")]
    for words, ground in pairs:
        assert contrast(known[words], known[ground]) >= 4.5, (words, ground)  # WCAG 2.2, 1.4.3
    steps = [known[status] for status in ("disclosed", "partly", "not disclosed")]
    assert steps in (sorted(steps), sorted(steps, reverse=True))
    assert contrast(steps[0], steps[1]) >= 2.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sight", ["all cones", "no long ones", "no middle ones"])
def test_the_parts_of_a_timeline_differ_for_colour_blind_readers(theme: str, sight: str) -> None:
    seen = np.array(SIGHTS[sight])
    known = colours(theme)
    names = [*(f"c{n}" for n in range(7)), "others", "unknown"]
    shown = {name: lab(seen @ linear(known[name])) for name in names}
    for place, name in enumerate(names):
        for other in names[:place]:
            # 2.3 is the least difference that is noticed (CIE 1976).
            assert np.linalg.norm(shown[name] - shown[other]) > 12, (name, other)


# Machado, Oliveira and Fernandes, 2009: complete protanopia and deuteranopia, on linear RGB.
SIGHTS = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no long ones": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no middle ones": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* under D65."""
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    x, y, z = np.cbrt(np.array(to_xyz) @ np.clip(rgb, 0, 1) / (0.9505, 1.0, 1.089))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    return float(linear(colour) @ (0.2126, 0.7152, 0.0722))


def contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


# ---------- map ----------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty notes on separators and forty on binders, in letters that are far apart."""
    source = tmp_path_factory.mktemp("notes")
    for n in range(40):
        one = f"# Separator note {n}\n\nzzz zzz separator sheet {'z' * (n % 7)} zz"
        other = f"# Binder note {n}\n\nbbb bbb binder slurry {'b' * (n % 7)} bb"
        (source / f"s{n}.md").write_text(one)
        (source / f"b{n}.md").write_text(other)
    made = tmp_path_factory.mktemp("map") / "library"
    ingest(made, [source], encoder=LetterEncoder())
    return made


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    opened = Library.open(folder, LetterEncoder())
    yield opened
    opened.close()


def test_a_map_draws_every_document_in_a_labelled_region_and_is_the_same_again(
    library: Library,
) -> None:
    picture = document_map(library)
    assert picture == document_map(library)
    assert {row[-1] for row in picture.rows} == {facts.id for facts in library.documents()}
    words: dict[bool, set[str]] = {True: set(), False: set()}
    for row in picture.rows:
        words[str(row[3]).startswith("Binder")] |= set(str(row[1]).split(", "))
    assert words[True]
    assert words[False]
    assert not words[True] & words[False]
    for word in words[True]:
        assert word in f"binder note bbb bbb binder slurry {'b' * 9}"
    marks = [mark.documents for mark in picture.drawn if len(mark.documents) == 1]
    assert len(marks) == 80


def test_a_map_samples_says_so_and_names_nothing_that_is_not_there(library: Library) -> None:
    ids = [facts.id for facts in library.documents()]
    sampled = document_map(library, limit=20)
    assert len(sampled.rows) == 20
    assert "A sample: 20 of 80 documents." in sampled.notes
    assert {r[-1] for r in document_map(library, ids[::-1], 20).rows} == {
        row[-1] for row in sampled.rows
    }
    one = document_map(library, [ids[0], "gone"])
    assert len(one.rows) == 1
    assert any("1 document without text" in note for note in one.notes)
    assert "There are no documents." in texts(document_map(library, []))
    assert "No document has text to be placed by." in texts(document_map(library, ["gone"]))
    with pytest.raises(ValueError, match="limit"):
        document_map(library, limit=0)


def test_a_documents_vector_is_the_mean_of_its_passages(tmp_path: Path) -> None:
    (tmp_path / "n.md").write_text("# aa\n\naaaa\n\n# bb\n\nbbbb\n")
    made = tmp_path / "library"
    ingest(made, [tmp_path / "n.md"], encoder=LetterEncoder())
    opened = Library.open(made, LetterEncoder())
    (facts,) = opened.documents()
    names, vectors = opened.document_vectors(["gone", facts.id, facts.id])
    opened.close()
    catalog = Catalog(made)
    passages = catalog.vectors(catalog.passage_keys().tolist(), catalog.encoders.current())
    catalog.close()
    assert len(passages) == 2
    mean = passages.mean(axis=0)
    assert names == (facts.id,)
    assert vectors.shape == (1, 26)
    assert vectors[0] == pytest.approx(mean / np.linalg.norm(mean), abs=1e-6)


@pytest.mark.parametrize("count", [1, 2, 3, 5, 70])
def test_few_or_equal_vectors_have_places_too(count: int) -> None:
    vectors = np.random.default_rng(1).normal(size=(count, 8)).astype(np.float32)
    for these in (vectors, np.ones_like(vectors)):
        where = project(these)
        assert where.points.shape == (count, 2)
        assert np.isfinite(where.points).all()
        assert regions(where.points).shape == (count,)


def test_words_of_a_region_are_those_that_the_others_lack() -> None:
    told = ["SOLID ELECTROLYTE . a sulfide glass"] * 5 + ["battery tray . cooling of LiFePO4"] * 5
    words = region_words(told, [0] * 5 + [1] * 5)
    assert "solid electrolyte" in words[0]
    assert "battery tray" in words[1]
    assert "LiFePO4" in words[1]
    assert region_words(["", "a of the"], [0, 0]) == {0: ()}


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(0, 300)), min_size=1, max_size=9))
def test_labels_never_cover_each_other(wanted: list[tuple[float, float]]) -> None:
    frame = Box(0, 0, 500, 300, None)
    placed = place_labels(wanted, [(110.0, 50.0)] * len(wanted), np.array(wanted), frame)
    boxes = [box for box in placed if box]
    assert boxes
    for place, one in enumerate(boxes):
        assert one.x >= 0
        assert one.x + one.width <= 500
        for other in boxes[:place]:
            apart = abs(one.x - other.x) >= one.width or abs(one.y - other.y) >= one.height
            assert apart


# ---------- command ----------


def typed(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    library_options(parser, first=True)
    add_picture(parser.add_subparsers())
    return parser.parse_args(["picture", *words])


def test_the_command_draws_all_documents_or_the_hits_and_says_what_a_date_kept_out(
    library: Library,
) -> None:
    assistant = Assistant(library)
    documents, note = chosen_documents(assistant, typed("timeline"))
    assert (len(documents), note) == (80, "")
    documents, note = chosen_documents(assistant, typed("timeline", "--after", "2020-01-01"))
    assert documents == []
    assert note.endswith("80.")
    found, _ = chosen_documents(assistant, typed("map", "--query", "separator", "-k", "7"))
    assert len(found) == 7
    picture = drawn(assistant, found, typed("map", "--query", "separator"))
    assert {row[-1] for row in picture.rows} == {facts.id for facts in found}
    with pytest.raises(SystemExit):
        typed("map", "--limit", "0")
