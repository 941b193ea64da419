"""Exports: opened again with the libraries that read such files, and checked for what they say."""

from __future__ import annotations

import csv
import io
import resource
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
import rispy
from bibtexparser import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from docx import Document as read_docx
from openpyxl import load_workbook

from assistant.chart.records import STATUSES, Cell, Chart, Combination, Override, Place, Row
from assistant.claims.records import Limitation, ReadClaim
from assistant.date_gate.records import Dated
from assistant.errors import BadInput
from assistant.exports import (
    About,
    NotWritten,
    render_chart,
    render_hits,
    safe_name,
    write_chart,
    write_hits,
    write_zip,
)
from assistant.exports.fonts import load_fonts
from fakes import LetterEncoder
from index import Filters, Hit, Library, SearchResult, ingest
from index.records import ScoredPassage
from ingest import DocumentFacts
from ingest.facts import Priority

FILES = (
    "patents/US20169900051A1.xml",
    "patents/US20159900305A1.pdf",
    "patents/EP9900168A1.xml",
    "reports/HCW-R-012_drying_binder_migration.md",
    "reports/HCW-R-014_coating_screening.md",
)
SUBJECT = "US20169900051A1"
MADE = "2026-03-01T09:30:00+00:00"
HOSTILE = '=HYPERLINK("http://x","y") & <b>{µ α ≤ 음극 負極 电极 🔋\x00\x1b} 100 % _#$~^\\'
PERSON = Override("partly", "-2 °C is named, the range is not", "not disclosed", "j.doe", MADE)


@pytest.fixture(scope="module")
def library(tmp_path_factory, sample) -> Library:
    folder = tmp_path_factory.mktemp("exports") / "library"
    ingest(folder, [sample / name for name in FILES], encoder=LetterEncoder())
    return Library.open(folder, LetterEncoder())


@pytest.fixture(scope="module")
def hits(library) -> SearchResult:
    return library.search("drying a wet anode coating in zones", k=5, filters=Filters(cpc=["H01M"]))


@pytest.fixture(scope="module")
def chart(library) -> Chart:
    return made_chart(library, 3)


@pytest.fixture(scope="module")
def about(library) -> About:
    return About(MADE, "Cell patents", subject=library.document(SUBJECT).facts)


def made_chart(library: Library, count: int) -> Chart:
    """The first claim against some documents; statuses take turns, quotations are theirs."""
    document = library.document(SUBJECT)
    claim = document.claims[0]
    text = document.text[claim.start : claim.end]
    parts = [part for part in text.split("\n") if part.strip()]
    if len(parts) < 3:
        parts = [f"{part}" for part in text.replace(":", ";").split(";")]
    limits = [
        Limitation(f"1{chr(97 + place)}", part.strip(), 1) for place, part in enumerate(parts)
    ]
    facts = tuple(f for f in library.documents() if f.number != SUBJECT)[:count]
    rows = tuple(
        Row(
            limit, tuple(_cell(library, limit, one, place + turn) for turn, one in enumerate(facts))
        )
        for place, limit in enumerate(limits)
    )
    first = rows[0].cells[0]
    human = replace(
        first, status="partly", place=_place(library, limits[0], facts[0]), human=PERSON
    )
    rows = (replace(rows[0], cells=(human, *rows[0].cells[1:])), *rows[1:])
    keys = tuple(limit.key for limit in limits)
    pairs = tuple(
        Combination((one.id, facts[0].id), 0.5, keys[1:2], keys[2:4]) for one in facts[1:]
    )
    dated = tuple(
        Dated(one.id, category, rules, f"published {one.publication_date}")
        for one, (category, rules) in zip(
            facts, [("before", ("Art. 54(2) EPC",)), ("earlier right", ("Art. 54(3) EPC",))] * 9,
            strict=False,
        )
    )  # fmt: skip
    read = ReadClaim(
        text, 1, (1,), tuple(limits), ("claim 1 has no second zone",), document.facts.id
    )
    return Chart(
        read, facts, rows, pairs, library.fingerprint(), 5, "2015-05-08", dated, ("a notice",)
    )


def _place(library: Library, limit: Limitation, facts: DocumentFacts) -> Place:
    found = library.search(limit.text.replace('"', " "), k=10, filters=Filters())
    hit = next(hit for hit in found.hits if hit.document.id == facts.id)
    best = hit.passages[0]
    quote = best.text[:240].rsplit(" ", 1)[0]
    return Place(quote, best.id, best.section, best.claim, best.paragraph, best.first_page, 0.8125)


def _cell(library: Library, limit: Limitation, facts: DocumentFacts, turn: int) -> Cell:
    status = STATUSES[turn % 3]
    place = _place(library, limit, facts)
    if status == "not disclosed":
        return Cell(facts.id, facts.number, status, 0.1, None, "no such range", (place,))
    return Cell(facts.id, facts.number, status, 0.8, place, "the same words", (place,))


def everything_in(archive: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        return "\n".join(source.read(name).decode("utf-8", "replace") for name in source.namelist())


def words_of_docx(content: bytes) -> list[str]:
    document = read_docx(io.BytesIO(content))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return [*(p.text for p in document.paragraphs), *cells]


def words_of_pdf(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def with_texts(chart: Chart, *texts: str) -> Chart:
    """The chart with these as limitations, quotations, notes and reasons, in turn."""
    rows = []
    for place, row in enumerate(chart.rows):
        text = texts[place % len(texts)]
        cells = tuple(
            replace(cell, place=cell.place and replace(cell.place, quote=text), reason=text)
            for cell in row.cells
        )
        rows.append(Row(replace(row.limitation, text=text), cells))
    return replace(chart, rows=tuple(rows))


def hostile_hits(chart: Chart, *titles: str) -> SearchResult:
    facts = [
        replace(chart.references[0], title=title, inventors=(title, "Roe, R."), parties=(title,),
                priorities=(Priority("US", "1", None),), source="/home/j.doe/private/a.pdf")
        for title in titles
    ]  # fmt: skip
    passage = ScoredPassage(
        "0f:1", "0f", "description", None, (), titles[0], None, "0012", 3, 4, 0, 9, score=0.5
    )
    found = tuple(Hit(n, 1 / n, one, (passage,)) for n, one in enumerate(facts, start=1))
    return SearchResult(titles[0], Filters(before="2019-01-01"), "f" * 16, 2, 5, found)


def test_a_docx_chart_has_what_a_filed_one_has(chart, about):
    content = render_chart(chart, ".docx", about)
    document = read_docx(io.BytesIO(content))
    words = words_of_docx(content)
    first = chart.rows[0].cells[0]
    assert first.place is not None
    section = document.sections[0]
    assert section.page_width > section.page_height
    header = dict(zip(words_of_docx(content), words_of_docx(content)[1:], strict=False))
    assert header["Subject date"] == "2015-05-08"
    assert header["Searched collection"] == (
        f"Cell patents: 5 documents, fingerprint {chart.fingerprint}"
    )
    assert header["Subject"].startswith(f"{SUBJECT}, “Multi-Zone Drying")
    assert header["Made"] == "2026-03-01 09:30 UTC"
    assert header["Confidentiality"] == "quotes documents labelled internal"
    table = next(t for t in document.tables if t.cell(0, 0).text == "Limitation of claim 1")
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert [cell.text[:3] for cell in table.rows[0].cells[1:]] == ["D1:", "D2:", "D3:"]
    for row, limited in zip(table.rows[1:], chart.rows, strict=True):
        texts = [cell.text for cell in row.cells]
        assert texts[0].startswith(f"[{limited.limitation.key}]\n")
        for text, cell in zip(texts[1:], limited.cells, strict=True):
            if cell.place is None:
                assert text.startswith("Not disclosed.")
                assert "“" not in text
            else:
                assert f"“{' '.join(cell.place.quote.split())}”" in text
    marked = table.cell(1, 1).text
    assert "Decided by a person (j.doe, 2026-03-01 09:30 UTC); the machine had: not" in marked
    assert "Note by j.doe: -2 °C is named" in marked
    everything = "\n".join(words)
    assert "draws no legal conclusion" in everything
    assert "claim 1 has no second zone" in everything
    assert "(Art. 54(3) EPC)" in everything
    assert "3 of 6 (50 %)" in everything
    assert "PAGE" in everything_in(content)


def test_citations_are_pinpoint(chart, about):
    rows = list(csv.DictReader(io.StringIO(render_chart(chart, ".csv", about).decode("utf-8-sig"))))
    assert len(rows) == len(chart.rows) * len(chart.references)
    cells = [cell for row in chart.rows for cell in row.cells]
    for row, cell in zip(rows, cells, strict=True):
        place = cell.place
        if place is None:
            assert row["Status"] == "Not disclosed"
            assert row["Quotation"] == row["Citation"] == ""
            continue
        assert row["Quotation"] == place.quote
        assert float(row["Score"]) == cell.score
        kind = f"claim {place.claim}" if place.claim else f"paragraph [{place.paragraph}]"
        if place.claim or place.paragraph:
            page = f", page {place.page}" if place.page else ""
            assert row["Citation"] == f"{row['Document']}, {kind}{page}"
    assert {row["Decided by"] for row in rows} == {"machine", "person"}
    assert any(", page " in row["Citation"] for row in rows)
    assert any("paragraph [" in row["Citation"] for row in rows)


def test_many_references_have_a_table_each(library, about):
    chart = made_chart(library, 4)
    document = read_docx(io.BytesIO(render_chart(chart, ".docx", about)))
    tables = [t for t in document.tables if t.cell(0, 0).text.startswith("Limitation of")]
    assert [len(t.columns) for t in tables] == [2, 2, 2, 2]
    assert words_of_pdf(render_chart(chart, ".pdf", about)).count("Limitation of claim 1") >= 4


def test_a_chart_without_references_or_date_says_so(chart, about):
    empty = replace(
        chart, references=(), rows=tuple(replace(row, cells=()) for row in chart.rows),
        combinations=(), dated=(), subject_date=None,
    )  # fmt: skip
    for suffix in (".xlsx", ".csv"):
        assert render_chart(empty, suffix, about)
    for words in (
        " ".join(words_of_docx(render_chart(empty, ".docx", About("2026-03-01")))),
        words_of_pdf(render_chart(empty, ".pdf", About("2026-03-01"))),
    ):
        assert "No reference was charted." in words
        assert "none given; the references were not held against a date" in words
        assert "claim as typed" in words


def test_a_workbook_is_text_and_numbers_and_never_a_formula(chart, about):
    content = render_chart(
        with_texts(chart, HOSTILE, "-5 °C\tis", "@cmd", "_x0041_"), ".xlsx", about
    )
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Chart", "Quotes", "Combinations", "References", "About"]
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type in ("s", "n"), cell
            if isinstance(cell.value, str) and cell.value[0] in "=+-@":
                assert cell.quotePrefix, cell
    quotes = book["Quotes"]
    assert quotes.freeze_panes == "B2"
    assert quotes["B2"].value == HOSTILE.replace("\x00", "\ufffd").replace("\x1b", "\ufffd")
    assert quotes["B5"].value == "-5 °C\tis"
    assert quotes["B11"].value == "_x0041_"
    assert isinstance(quotes["J2"].value, float)
    assert quotes["H2"].value == "Partly disclosed"
    assert quotes["H2"].fill.bgColor.rgb != quotes["B2"].fill.bgColor.rgb
    assert book["Chart"].column_dimensions["B"].width > 40
    assert book["Chart"]["C2"].alignment.wrap_text


def test_a_cell_longer_than_a_sheet_allows_says_that_it_is_cut(chart, about):
    content = render_chart(with_texts(chart, "word " * 8000), ".xlsx", about)
    text = load_workbook(io.BytesIO(content))["Quotes"]["B2"].value
    assert len(text) <= 32_767
    assert text.endswith("[cut here: 7293 more characters]")


def test_csv_cells_are_neutral_and_numbers_stay_numbers(chart):
    content = render_hits(hostile_hits(chart, HOSTILE, "\t=1", "＝1", "-5"), ".csv", About(MADE))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    titles = [row["Title"] for row in rows]
    assert titles[0].startswith("'=HYPERLINK")
    assert "\x1b" not in content.decode()
    assert titles[1:] == ["'\t=1", "'＝1", "-5"]
    assert [float(row["Score"]) for row in rows] == [1, 1 / 2, 1 / 3, 1 / 4]
    assert rows[0]["File"] == "a.pdf"


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_scripts_and_control_characters_stay_visible(chart, about, suffix):
    korean, japanese = "양극 활물질은 니켈을 포함하는 산화물", "負極活物質は黒鉛とケイ素を含み"
    content = render_chart(with_texts(chart, HOSTILE, korean, japanese), suffix, about)
    words = words_of_pdf(content) if suffix == ".pdf" else " ".join(words_of_docx(content))
    whole = words.replace(" ", "")
    assert korean.replace(" ", "") in whole
    assert japanese in whole
    assert "µα≤음극負極" in whole
    assert "\ufffd\ufffd" in whole
    if suffix == ".pdf":
        assert "[U+1F50B]" in whole
        assert "printedastheirUnicodenumbers:[U+1F50B]" in whole
    else:
        assert "🔋" in whole


def test_pdf_fonts_are_embedded_and_pages_are_numbered(chart, about):
    reader = pypdf.PdfReader(io.BytesIO(render_chart(chart, ".pdf", about)))
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            assert "/FontFile2" in font.get_object()["/FontDescriptor"], font
    last = len(reader.pages)
    assert f"Page {last} of {last}" in reader.pages[-1].extract_text()
    assert reader.pages[0].mediabox.width > reader.pages[0].mediabox.height


def test_chinese_without_a_font_is_borrowed_and_said():
    fonts = load_fonts()
    fonts.covers = {fonts.first: fonts.covers[fonts.first]}
    assert fonts.markup("a 锂 & <") == 'a <font name="STSong-Light">锂</font> &amp; &lt;'
    assert "1 Chinese characters are not embedded" in fonts.notices()[0]
    assert fonts.markup("한") == "[U+D55C]"


def test_a_limitation_longer_than_a_page_is_printed_whole(chart, about):
    long = " ".join(f"word{number}" for number in range(3000))
    two = replace(chart, rows=chart.rows[1:3], combinations=())
    content = render_chart(with_texts(two, long, "short"), ".pdf", about)
    words = words_of_pdf(content)
    assert all(f"word{number} " in words for number in range(2999))


def test_hits_say_what_was_searched_and_quote_their_passages(hits, about):
    first = hits.hits[0]
    quote = " ".join(first.passages[0].text.split())
    for words in (
        words_of_pdf(render_hits(hits, ".pdf", about)),
        " ".join(words_of_docx(render_hits(hits, ".docx", about))),
    ):
        assert hits.fingerprint in words
        assert "cpc H01M" in words
        assert quote in words
    book = load_workbook(io.BytesIO(render_hits(hits, ".xlsx", about)))
    assert book["Hits"]["C2"].value == first.document.number
    assert book["Passages"].max_row == 1 + sum(len(hit.passages) for hit in hits.hits)
    none = replace(hits, hits=())
    assert "Nothing was found." in words_of_pdf(render_hits(none, ".pdf", about))
    for suffix in (".xlsx", ".csv", ".docx", ".ris", ".bib"):
        render_hits(none, suffix, about)


def test_ris_opens_again_and_no_text_makes_a_record_of_its_own(hits, chart, about):
    entries = rispy.loads(render_hits(hits, ".ris", about).decode())
    assert len(entries) == len(hits.hits)
    for entry, hit in zip(entries, hits.hits, strict=True):
        assert entry["type_of_reference"] == ("PAT" if hit.document.kind == "patent" else "RPRT")
        assert entry["title"] == hit.document.title
        assert entry["issn"] == hit.document.number
        assert entry["date"] == hit.document.publication_date.replace("-", "/")
        assert len([n for n in entry["notes"] if "“" in n]) == len(hit.passages)
    forged = hostile_hits(chart, "a\nER  - \n\nTY  - JOUR\nTI  - forged", HOSTILE)
    entries = rispy.loads(render_hits(forged, ".ris", about).decode())
    assert [entry["id"] for entry in entries] == ["EP9900168A1", "EP9900168A1-2"]


def test_bibtex_opens_again_with_unique_keys_and_the_same_titles(hits, chart, about):
    decoding = LatexDecodingMiddleware(keep_braced_groups=False)
    for result in (hits, hostile_hits(chart, "Li{Ni}O2 {x}", "50 % & _x_ #1 $ \\ ~ µm Ö 음극")):
        parsed = parse_string(
            render_hits(result, ".bib", about).decode(), append_middleware=[decoding]
        )
        assert not parsed.failed_blocks
        assert len(parsed.entries) == len({entry.key.lower() for entry in parsed.entries})
        for entry, hit in zip(parsed.entries, result.hits, strict=True):
            assert entry.entry_type == ("patent" if hit.document.kind == "patent" else "techreport")
            assert "".join(entry["title"].split()) == "".join(hit.document.title.split())
            assert entry["number"] == hit.document.number
            assert entry["year"] == hit.document.publication_date[:4]


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".pdf"])
def test_files_name_no_user_and_no_path_and_are_the_same_again(chart, about, suffix):
    result = hostile_hits(chart, "Title")
    for content in (render_hits(result, suffix, about), render_chart(chart, suffix, about)):
        words = content.decode("latin-1") if suffix == ".pdf" else everything_in(content)
        assert "/home/" not in words
        assert "private" not in words
        assert "python-docx" not in words
    again = render_chart(chart, suffix, about)
    assert again == content
    assert render_chart(chart, suffix, replace(about, made="2026-03-02")) != content
    if suffix == ".docx":
        core = read_docx(io.BytesIO(content)).core_properties
        assert (core.author, core.last_modified_by) == ("", "")
        assert core.created.isoformat() == MADE


def test_an_unknown_suffix_names_those_that_are_known(chart, hits, about, tmp_path):
    with pytest.raises(BadInput, match=r"'.odt' is no format .* .xlsx, .docx, .csv, .pdf$"):
        write_chart(chart, tmp_path / "a.odt", about)
    with pytest.raises(BadInput, match=r"no suffix.*.ris, .bib$"):
        write_hits(hits, tmp_path / "a", about)
    with pytest.raises(BadInput, match="cannot be a file"):
        write_hits(hits, tmp_path / "a\0.csv", about)
    with pytest.raises(BadInput, match="no time of an export"):
        About("yesterday")
    assert not list(tmp_path.iterdir())


def test_an_export_replaces_the_file_that_was_there(chart, about, tmp_path):
    path = tmp_path / "=cmd ü.CSV"
    path.write_text("old")
    path.chmod(0o640)
    write_chart(chart, path, about)
    assert path.read_bytes() == render_chart(chart, ".csv", about)
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["a.zip", "old.zip"])
def test_a_disk_that_fills_leaves_the_old_file_and_no_other(tmp_path, name):
    old = tmp_path / "old.zip"
    old.write_bytes(b"old")
    program = (
        "import os, sys; from assistant.exports import NotWritten, write_zip\n"
        "try: write_zip(sys.argv[1], {'a': os.urandom(100_000)})\n"
        "except NotWritten as error: print(error)"
    )

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))

    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / name)], preexec_fn=small,
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert "could not be written (File too large)" in done.stdout
    assert list(tmp_path.iterdir()) == [old]
    assert old.read_bytes() == b"old"


def test_a_missing_folder_and_a_folder_in_the_way_are_stated(tmp_path):
    with pytest.raises(NotWritten, match="make its folder first"):
        write_zip(tmp_path / "none" / "a.zip", {})
    (tmp_path / "b.zip").mkdir()
    with pytest.raises(NotWritten, match="a folder is in the way"):
        write_zip(tmp_path / "b.zip", {})
    with pytest.raises(NotWritten, match="name too long"):
        write_zip(tmp_path / f"{'x' * 300}.zip", {})
    assert [path.name for path in tmp_path.iterdir()] == ["b.zip"]


def test_a_zip_holds_safe_names_and_every_part(tmp_path):
    parts = {
        "chart/a.csv": b"1", "../../etc/passwd": b"2", "/abs.txt": b"3", "C:\\x\\y.txt": b"4",
        "chart/A.csv": b"5", "=1+1.csv": b"6", "con.txt": b"7", "a\x00\u202eb.txt": b"8",
        "..": b"9",
        f"{'음' * 200}.csv": b"10",
    }  # fmt: skip
    write_zip(tmp_path / "p.zip", parts)
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        names = archive.namelist()
        assert [archive.read(name) for name in names] == list(parts.values())
    assert names[:9] == [
        "chart/a.csv", "etc/passwd", "abs.txt", "C_/x/y.txt", "chart/A (2).csv", "1+1.csv",
        "_con.txt", "a_b.txt", "export",
    ]  # fmt: skip
    assert names[9].endswith("음.csv")
    assert len(names[9].encode()) <= 150
    first = (tmp_path / "p.zip").read_bytes()
    assert write_zip(tmp_path / "p.zip", parts).read_bytes() == first


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", "export"),
        ("...", "export"),
        ("@SUM(A1)", "SUM(A1)"),
        ("a/b\n", "a_b_"),
        ("NUL", "_NUL"),
    ],
)
def test_names_are_made_safe(text, name):
    assert safe_name(text) == name


def test_importing_exports_loads_no_writer():
    program = (
        "import sys, assistant.exports\n"
        "heavy = {'docx', 'reportlab', 'xlsxwriter', 'rispy', 'bibtexparser', 'matplotlib'}\n"
        "assert not heavy & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[2])


def test_a_lone_brace_does_not_swallow_the_next_bibtex_entry(chart):
    content = render_hits(hostile_hits(chart, "a { b", "} c"), ".bib", About(MADE)).decode()
    parsed = parse_string(content)
    assert [entry.key for entry in parsed.entries] == ["EP9900168A1", "EP9900168A1-2"]
    assert parsed.entries[0]["title"] == r"a \textbraceleft{} b"
    assert content.count("{") == content.count("}")
