"""The invented portfolio, pinned: what a reader of the files counts by hand."""

from __future__ import annotations

import re
from collections import Counter

import pypdf
import pytest
from lxml import etree

from ingest.passages import split_passages

# File: claims, paragraphs (all sections, without tables), pages.
COUNTS = {
    "EP9900168A1.xml": (9, 15, 0),
    "EP9900214A1.xml": (10, 13, 0),
    "EP9900341A1.xml": (9, 14, 0),
    "EP9900452B1.xml": (9, 14, 0),
    "EP9900519A1.xml": (9, 15, 0),
    "US20089900095A1.pdf": (9, 17, 4),
    "US20139900087A1.xml": (10, 14, 0),
    "US20159900305A1.pdf": (10, 21, 4),
    "US20169900051A1.xml": (10, 14, 0),
    "US20179900214A1.xml": (12, 15, 0),
    "US20189900262A1.xml": (10, 14, 0),
    "US20199900118A1.xml": (10, 13, 0),
    "US20209900471A1.pdf": (10, 17, 4),
    "US20219900433A1.xml": (11, 14, 0),
    "US20229900590A1.xml": (10, 15, 0),
    "US99100129B2.pdf": (10, 15, 4),
    "US99100186B2.xml": (11, 14, 0),
    "US99100214B2.xml": (9, 13, 0),
}
# File: number, date, authors, pages, headings.
REPORTS = {
    "HCW-R-006_slot_die_edge_defects.docx": ("2015-03-11", ("M. Lindqvist", "S. Vik"), 0, 9),
    "HCW-R-009_separator_shrinkage.pdf": ("2016-06-22", ("S. Haugland", "T. Morvik"), 2, 7),
    "HCW-R-014_coating_screening.md": ("2017-11-21", ("R. Ekeland", "F. Adeyemi"), 0, 7),
    "HCW-R-019_fec_content_45C.pdf": ("2018-08-28", ("H. Brekke", "A. Petrosyan"), 2, 7),
    "HCW-R-046_calendering_density.pdf": ("2021-10-20", ("T. Morvik", "R. Ahmadi"), 2, 7),
    "HCW-R-052_thermal_propagation_test.docx": ("2022-12-07", ("O. Fjeldstad", "P. Raman"), 0, 9),
    "HCW-R-055_next_generation_cell.md": ("2023-03-14", ("I. Sundby", "O. Fjeldstad"), 0, 7),
}


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def patent(sample, read):
    return lambda name: read(sample / "patents" / name)


def test_the_sample_has_the_files_that_are_pinned_here(sample):
    assert {path.name for path in (sample / "patents").iterdir()} == set(COUNTS)
    names = {path.name for path in (sample / "reports").rglob("HCW*")}
    assert len(names) == 16
    assert set(REPORTS) < names


@pytest.mark.parametrize("name", COUNTS)
def test_claims_paragraphs_and_pages_are_counted(patent, name):
    document = patent(name)
    paragraphs = sum(not p.table for section in document.sections for p in section.paragraphs)
    assert (len(document.claims), paragraphs, len(document.pages)) == COUNTS[name]
    assert [c.number for c in document.claims] == list(range(1, len(document.claims) + 1))
    assert document.facts.number == name.rsplit(".", 1)[0]
    assert document.facts.kind == "patent"


@pytest.mark.parametrize("name", [name for name in COUNTS if name.endswith("xml")])
def test_xml_holds_as_many_claims_and_paragraphs_as_it_has_elements(sample, patent, name):
    document = patent(name)
    raw = (sample / "patents" / name).read_text("utf-8")
    description = raw[raw.index("<description") : raw.index("</description>")]
    read = [s for s in document.sections if s.kind == "description"]
    numbers = re.findall(r'<p [^>]*num="(\d+)"', description)
    assert raw.count("<claim ") == len(document.claims)
    # A table keeps the number of the paragraph that it stands in, for each group of its rows.
    found = [p.number for s in read for p in s.paragraphs if p.number]
    assert list(dict.fromkeys(found)) == numbers
    # A paragraph that is nothing but a table is read as the table.
    description, tables = re.subn(r"<p [^>]*>\s*<tables.*?</p>", "", description, flags=re.DOTALL)
    assert description.count("<p ") == sum(not p.table for s in read for p in s.paragraphs)
    assert bool(tables) == any(p.table for s in read for p in s.paragraphs)


@pytest.mark.parametrize("name", [name for name in COUNTS if name.endswith("xml")])
def test_no_letter_of_an_xml_description_is_lost(sample, patent, name):
    document = patent(name)
    root = etree.parse(str(sample / "patents" / name)).getroot()
    description = root.find("description")
    cells = [squeezed("".join(entry.itertext())) for entry in description.iter("entry")]
    assert all(cell in squeezed(document.text) for cell in cells)
    etree.strip_elements(description, "tables", with_tail=False)
    printed = squeezed("".join(description.itertext())).replace("^", "")
    parts = [s for s in document.sections if s.kind == "description"]
    read = "".join(
        squeezed(s.heading or "")
        + "".join(squeezed(document.text[p.start : p.end]) for p in s.paragraphs if not p.table)
        for s in parts
    )
    assert printed == read.replace("^", "")


@pytest.mark.parametrize("name", [name for name in COUNTS if name.endswith("pdf")])
def test_a_pdf_holds_as_many_claims_as_its_pages_print(sample, patent, name):
    pages = [page.extract_text() for page in pypdf.PdfReader(sample / "patents" / name).pages]
    _, _, printed = "\n".join(pages).partition("What is claimed is:")
    document = patent(name)
    numbers = [int(number) for number in re.findall(r"(?m)^ *(\d+)\. [A-Z]", printed)]
    assert [claim.number for claim in document.claims] == numbers
    for claim in document.claims:
        opening = " ".join(document.text[claim.start : claim.end].split()[:4])
        page = document.page_at(claim.start)
        assert f"{claim.number}. {opening}" in " ".join(pages[page - 1].split())


@pytest.mark.parametrize(
    ("name", "depends_on"),
    [
        ("EP9900214A1.xml", [(), (1,), (1, 2), (1,), (), (5,), (5,), (5, 6), (1,), (9,)]),
        (
            "US20179900214A1.xml",
            [(), (1,), (1, 2), (1,), (1,), (1,), (), (7,), (7,), (7,), (1,), (11,)],
        ),
        ("US99100214B2.xml", [(), (1,), (1,), (1, 2), (1,), (), (6,), (6,), (6,)]),
        # Claim 6: "... of claim 1 and 80 to 92 wt% of graphite".
        ("US99100186B2.xml", [(), (1,), (1,), (1, 2), (1,), (1,), (6,), (6,), (), (9,), (6,)]),
        # From here on in print; claim 3 opens a page.
        ("US20209900471A1.pdf", [(), (1,), (1,), (1, 2), (1,), (1,), (1,), (1,), (1,), (1,)]),
        ("US20089900095A1.pdf", [(), (1,), (1,), (1, 2), (1,), (1,), (), (7,), (7,)]),
    ],
)
def test_claims_depend_on_the_claims_they_name(patent, name, depends_on):
    assert [claim.depends_on for claim in patent(name).claims] == depends_on


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        (
            "EP9900214A1.xml",
            "Cathode active material comprising\n- a core of a layered lithium metal oxide",
            "Lithium-ion cell with a cathode according to claim 9 and an anode",
        ),
        (
            "US99100214B2.xml",
            "A method of producing a cathode active material, the method comprising, in this",
            "A lithium-ion cell comprising a cathode, an anode, a separator and an electrolyte, ",
        ),
        (
            "US20209900471A1.pdf",
            "A battery pack, comprising:\na cooling plate forming a floor of a housing, the co",
            "A vehicle comprising the battery pack of claim 1.",
        ),
    ],
)
def test_the_first_and_the_last_claim_start_like_this(patent, claims, name, first, last):
    texts = claims(patent(name))
    assert texts[0].startswith(first)
    assert texts[-1].startswith(last)


def test_the_three_members_share_a_family_and_nobody_else_is_in_it(sample, read):
    families = {path.name: read(path).facts.family for path in (sample / "patents").iterdir()}
    assert {name for name, family in families.items() if family == "NO20169987"} == {
        "EP9900214A1.xml",
        "US20179900214A1.xml",
        "US99100214B2.xml",
    }
    assert None not in families.values()
    assert len(set(families.values())) == 16


def test_facts_of_a_grant_in_xml(patent):
    document = patent("US99100214B2.xml")
    facts = document.facts
    assert facts.title == (
        "Boron oxide coated nickel-rich cathode active material and method of producing the same"
    )
    assert facts.parties == ("Halvorne Cell Works AS",)
    assert (facts.priority_date, facts.filing_date, facts.publication_date) == (
        "2016-03-18",
        "2017-03-10",
        "2019-06-04",
    )
    assert facts.cpc == (
        *("H01M4/525", "H01M4/366", "H01M10/0525", "C01G53/50"),
        *("H01M4/36", "C01G53/00"),
    )
    assert (facts.language, facts.country, facts.label) == ("en", "US", None)
    assert document.cited == ("US20139900087A1", "US20169900051A1")


def test_facts_of_an_application_in_print(patent):
    facts = patent("US20209900471A1.pdf").facts
    assert facts.title == "COOLING PLATE FOR CELL-TO-PACK BATTERY WITH FLOW-BALANCED CHANNELS"
    assert facts.parties == ("Halvorne Cell Works AS",)
    assert (facts.priority_date, facts.filing_date, facts.publication_date, facts.family) == (
        "2018-11-23",
        "2019-11-20",
        "2020-05-28",
        "NO20189951",
    )
    assert facts.cpc == ("H01M10/6556", "H01M10/613", "H01M10/625", "B60L58/26", "B60L50/64")


def test_headings_and_paragraph_numbers_of_an_application(patent):
    document = patent("US20179900214A1.xml")
    assert [(s.kind, s.heading) for s in document.sections] == [
        ("abstract", None),
        ("description", "TECHNICAL FIELD"),
        ("description", "BACKGROUND"),
        ("description", "SUMMARY"),
        ("description", "DETAILED DESCRIPTION"),
        ("description", "EXAMPLES"),
    ]
    numbers = [p.number for s in document.sections[1:] for p in s.paragraphs]
    assert list(dict.fromkeys(numbers)) == [f"{n:04}" for n in range(1, 16)]


def test_rows_of_a_table_stay_on_one_line_below_its_title(patent):
    document = patent("US20179900214A1.xml")
    row = "| Example 2 | before coating | 0.50 | 2,410 | 206.1 | 95.6 |"
    (table,) = [
        document.text[p.start : p.end]
        for s in document.sections
        for p in s.paragraphs
        if p.table and row in document.text[p.start : p.end]
    ]
    assert table.startswith("TABLE 1\n| ")


@pytest.mark.parametrize("name", REPORTS)
def test_reports_have_their_facts(sample, read, name):
    (path,) = (sample / "reports").rglob(name)
    document = read(path)
    date, authors, pages, sections = REPORTS[name]
    facts = document.facts
    assert (facts.kind, facts.number, facts.publication_date, facts.parties) == (
        "report",
        name[:9],
        date,
        authors,
    )
    assert facts.label == ("confidential" if "055" in name else "internal")
    assert (len(document.pages), len(document.sections)) == (pages, sections)


def test_a_title_in_two_lines_is_whole(sample, read):
    document = read(sample / "reports" / "HCW-R-019_fec_content_45C.pdf")
    assert document.facts.title == (
        "Influence of FEC content on the cycle life of silicon-graphite cells at 45 °C"
    )
    assert [section.heading for section in document.sections] == [
        None,
        "1 Summary",
        "2 Background",
        "3 Experimental",
        "4 Results",
        "5 Discussion",
        "6 Recommendation",
    ]


def test_headings_of_a_word_document_make_a_path(sample, read):
    document = read(sample / "reports" / "HCW-R-006_slot_die_edge_defects.docx")
    assert document.facts.title == "Edge defects of slot-die coated anodes on line 1"
    assert [section.heading_path for section in document.sections] == [
        ("Edge defects of slot-die coated anodes on line 1",),
        ("Summary",),
        ("Background",),
        ("Method",),
        ("Results",),
        ("Results", "Comparison with the patent"),
        ("Results", "Wavy edges"),
        ("Discussion",),
        ("Recommendation",),
    ]


def test_passages_of_pdfs_are_on_the_pages_that_they_name(sample, read, minilm):
    checked = crossing = 0
    for path in sorted(sample.rglob("*.pdf")):
        pages = [squeezed(page.extract_text()) for page in pypdf.PdfReader(path).pages]
        document = read(path)
        for p in split_passages(document, minilm):
            first, last = pages[p.first_page - 1], pages[p.last_page - 1]
            checked += 1
            if "| --- |" in p.text:
                continue  # Rows of a table stand there between bars.
            words = p.text.split()
            assert squeezed("".join(words[:5])) in first or p.last_page > p.first_page
            assert words[0] in first
            assert words[-1] in last
            if p.first_page == p.last_page and "\n\n" not in p.text:
                assert squeezed(p.text) in first
            crossing += p.last_page > p.first_page
    assert checked == 122
    assert crossing == 6


def test_no_word_of_a_pdf_is_lost_but_its_page_numbers(sample, read):
    for path in sorted((sample / "reports").glob("*.pdf")):
        pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]
        document = read(path)
        for number, (page, printed) in enumerate(zip(document.pages, pages, strict=True), start=1):
            expected = squeezed(printed).removesuffix(str(number))
            # The header of a table stands above every group of its rows.
            lines = dict.fromkeys(document.text[page.start : page.end].split("\n"))
            text = "\n".join(lines).replace("| --- ", "").replace("|", "")
            # In reading order, which for the words in a drawing is not that of the file.
            assert Counter(squeezed(text)) == Counter(expected)
