"""HTML, presentations, files that pandoc converts, and old Microsoft files."""

from __future__ import annotations

import io
import subprocess
import zipfile

import pptx
import pypandoc
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from ingest.errors import Encrypted, Malformed, NoText, UnsupportedFormat
from ingest.facts import Reference

PAGE = """<!DOCTYPE html><html><head><title>Site – Wetting</title>
<meta name="author" content="S. Vik"><meta name="citation_publication_date" content="2019/05/14">
<style>p {color: red}</style></head><body>
<nav><a href="/">Home</a></nav><script>track()</script>
<h1>Wetting of cells</h1><p>It <b>held</b><br>at 10<sup>3</sup>&nbsp;Pa of Li<sub>2</sub>O.</p>
<p style="display: none">Hidden.</p><div hidden>Gone.</div>
<h2>Results</h2>Loose text <ul><li>one</li><li>two <ol><li>inner</li></ol></li></ul>
<p>Table 1. Cells</p>
<table><tr><th rowspan="2">Cell</th><th colspan="2">Ah</th></tr><tr><th>new</th><th>old</th></tr>
<tr><td rowspan="2">A</td><td>5</td><td>4</td></tr><tr><td>3</td><td>2</td></tr></table>
<table><tr><td><p>Left.</p></td></tr></table>
<pre>a  b
c</pre></body></html>"""


def test_a_page_is_what_it_shows(read_bytes, paragraphs):
    document = read_bytes("a.html", PAGE)
    assert paragraphs(document) == [
        "It held\nat 10^3 Pa of Li2O.",
        "Loose text",
        "- one",
        "- two",
        "- inner",
        "Table 1. Cells\n| Cell | Ah new | Ah old |\n| --- | --- | --- |\n"
        "| A | 5 | 4 |\n| A | 3 | 2 |",
        "Left.",
        "a b\nc",
    ]
    assert document.sections[-1].heading_path == ("Wetting of cells", "Results")
    facts = document.facts
    assert (facts.title, facts.parties, facts.publication_date) == (
        "Wetting of cells",
        ("S. Vik",),
        "2019-05-14",
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page", "<!DOCTYPE html><p>전지".encode()),
        ("a.htm", '<meta charset="euc-kr"><p>전지'.encode("cp949")),
        (
            "a.html",
            b'<html><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><p>'
            + "전지".encode(),
        ),
        ("a.html", "<html><p>전지".encode("utf-16")),
        (
            "page.xml",
            '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
            '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>전지</p></body></html>'.encode(),
        ),
        ("a.html", '<meta charset="utf-8"><p>전지'.encode("cp949")),  # a wrong declaration
        ("a.html", '<html><meta charset="nonsense"><p>전지'.encode()),
    ],
)  # fmt: skip
def test_pages_are_read_in_their_encoding(read_bytes, name, content):
    assert read_bytes(name, content).text == "전지"


def test_a_page_that_shows_nothing_has_no_text(read_bytes):
    with pytest.raises(NoText):
        read_bytes("a.html", "<html><script>document.write('It held.')</script></html>")


def test_deeply_nested_pages_are_read_to_the_end(read_bytes):
    assert read_bytes("a.html", "<html>" + "<div><b>" * 900 + "It held.").text == "It held."


def test_captions_formulas_and_layout_tables(read_bytes, paragraphs):
    page = (
        "<html><table><tr><td><table><caption>Cells</caption><tr><td>a</td><td>1</td></tr>"
        "</table></td>"
        "<td>Right.</td></tr></table>"
        '<p>So <math alttext="x^2"><msup><mi>x</mi><mn>2</mn></msup></math>.</p>'
    )
    assert paragraphs(read_bytes("a.html", page)) == ["Cells\n| a | 1 |", "Right.", "So x^2."]


GOOGLE = """<!DOCTYPE html><html><body><article>
<h1 itemprop="pageTitle">US9999999B2 - Cell - Google Patents</h1><span itemprop="title">Cell </span>
<dd itemprop="publicationNumber">US9999999B2</dd><dd itemprop="countryCode">US</dd>
<dd itemprop="inventor">Siri Vik</dd><dd itemprop="assigneeOriginal">Volt AS</dd>
<dd itemprop="applicationNumber">US14/000,001</dd>
<time itemprop="priorityDate" datetime="2012-03-01">2012-03-01</time>
<time itemprop="filingDate" datetime="2013-03-01">2013-03-01</time>
<time itemprop="publicationDate" datetime="2018-06-19">2018-06-19</time>
<ul><li itemprop="classifications"><span itemprop="Code">H</span></li>
<li itemprop="classifications"><span itemprop="Code">H01M4/525</span></li></ul>
<section itemprop="abstract"><h2>Abstract</h2><div itemprop="content"><abstract lang="EN">
<div class="abstract">A cell with a coating.</div></abstract></div></section>
<section itemprop="description"><h2>Description</h2><div itemprop="content">
<ul class="description" lang="EN"><heading>FIELD</heading><li>
<div class="description-paragraph" num="0001"><para-num num="[0001]">[0001]</para-num>
Cells last.</div>
</li></ul></div></section>
<section itemprop="claims"><h2>Claims (2)</h2><div itemprop="content"><ol class="claims">
<li class="claim"><div class="claim" num="00001"><div class="claim-text">1. A cell.</div></div>
</li>
<li class="claim-dependent"><div class="claim" num="00002"><div class="claim-text">2. The cell of
<claim-ref idref="CLM-00001">claim 1</claim-ref>, coated.</div></div></li></ol></div></section>
<table><tr itemprop="backwardReferencesOrig"><td>
<span itemprop="publicationNumber">US8000001B2</span>
<span itemprop="examinerCited">*</span></td><td itemprop="title">Old cell</td></tr>
<tr itemprop="detailedNonPatentLiterature"><td><span itemprop="title">Vik, 2001.</span></td></tr>
</table></article></body></html>"""


def test_a_saved_page_of_google_patents_is_a_patent(read_bytes, paragraphs, claims):
    document = read_bytes("US9999999B2.html", GOOGLE)
    facts = document.facts
    assert (facts.kind, facts.number, facts.title, facts.country) == (
        "patent",
        "US9999999B2",
        "Cell",
        "US",
    )
    assert (facts.priority_date, facts.filing_date, facts.publication_date) == (
        "2012-03-01",
        "2013-03-01",
        "2018-06-19",
    )
    assert (facts.inventors, facts.assignees, facts.cpc) == (
        ("Siri Vik",),
        ("Volt AS",),
        ("H01M4/525",),
    )
    assert paragraphs(document) == ["A cell with a coating.", "Cells last."]
    assert [s.kind for s in document.sections] == ["abstract", "description"]
    assert document.paragraph_at(document.text.index("Cells last")) == "0001"
    assert claims(document) == ["A cell.", "The cell of claim 1, coated."]
    assert document.claims[1].depends_on == (1,)
    assert document.references == (
        Reference("US8000001B2", "US8000001B2", "patent", "examiner"),
        Reference(None, "Vik, 2001.", "literature"),
    )


def deck() -> pptx.presentation.Presentation:
    show = pptx.Presentation()
    first = show.slides.add_slide(show.slide_layouts[5])
    first.shapes.title.text = "Wetting of cells"
    for left, top, text in ((5, 3, "Right."), (1, 3, "Left."), (1, 2, "Above.")):
        box = first.shapes.add_textbox(Inches(left), Inches(top), Inches(2), Inches(1))
        box.text_frame.text = text
    first.notes_slide.notes_text_frame.text = "Say it slowly."
    second = show.slides.add_slide(show.slide_layouts[6])
    cells = second.shapes.add_table(2, 2, 0, 0, Inches(4), Inches(1)).table
    for at, text in enumerate(("Cell", "Ah", "A1", "5.1")):
        cells.cell(at // 2, at % 2).text = text
    data = CategoryChartData()
    data.categories = ["1 C", "2 C"]
    data.add_series("Capacity", (5.0, 4.5))
    chart = second.shapes.add_chart(
        XL_CHART_TYPE.LINE, 0, Inches(2), Inches(4), Inches(2), data
    ).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "Rates"
    group = second.shapes.add_group_shape()
    group.shapes.add_textbox(0, Inches(6), Inches(1), Inches(1)).text_frame.text = "In a group."
    return show


def saved(show) -> bytes:
    buffer = io.BytesIO()
    show.save(buffer)
    return buffer.getvalue()


def test_slides_are_pages_read_from_the_top(read_bytes, paragraphs):
    document = read_bytes("a.pptx", saved(deck()))
    assert document.text.startswith("Wetting of cells\n\nAbove.\n\nLeft.\n\nRight.")
    assert paragraphs(document)[3:] == [
        "Notes: Say it slowly.",
        "| Cell | Ah |\n| --- | --- |\n| A1 | 5.1 |",
        "Rates\n|  | Capacity |\n| --- | --- |\n| 1 C | 5 |\n| 2 C | 4.5 |",
        "In a group.",
    ]
    assert document.facts.title == "Wetting of cells"
    assert document.facts.parties == ()
    assert document.page_at(document.text.index("slowly")) == 1
    assert document.page_at(document.text.index("In a group")) == 2


def test_a_show_with_macros_is_a_presentation(read_bytes):
    data = saved(deck())
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(
                b"vnd.openxmlformats-officedocument.presentationml.presentation.main",
                b"vnd.ms-powerpoint.slideshow.macroEnabled.main",
            )
            new.writestr(name, content)
    assert "Above." in read_bytes("a.ppsm", copy.getvalue()).text


def test_presentations_without_text_or_whole_parts_say_so(read_bytes):
    show = pptx.Presentation()
    show.slides.add_slide(show.slide_layouts[6])
    with pytest.raises(NoText):
        read_bytes("a.pptx", saved(show))
    data = saved(deck())
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<broken" if name.endswith("slide1.xml") else old.read(name))
    with pytest.raises(Malformed, match="broken PPTX"):
        read_bytes("a.pptx", copy.getvalue())


SOURCE = """---
title: Wetting of cells
author: [S. Vik]
---

# Results

It held at 10^3^ Pa of Li~2~O.[^1] So $x^2$.

| Cell | Ah  |
|------|-----|
| A1   | 5.1 |

: Cells

[^1]: At 45 C.
"""


def converted(to: str) -> bytes:
    command = [pypandoc.get_pandoc_path(), "-s", "-f", "markdown", "-t", to, "-o", "-"]
    return subprocess.run(command, input=SOURCE.encode(), capture_output=True, check=True).stdout


@pytest.mark.parametrize("to", ["rtf", "odt", "epub", "latex"])
def test_what_pandoc_converts_keeps_its_structure(read_bytes, to):
    document = read_bytes({"latex": "a.tex"}.get(to, f"a.{to}"), converted(to))
    assert document.facts.title == "Wetting of cells"
    assert "| Cell | Ah |\n| --- | --- |\n| A1 | 5.1 |" in document.text
    if to != "rtf":  # pandoc writes a note that it does not read
        assert "At 45 C." in document.text
    held = next(
        s
        for s in document.sections
        if "It held at 10" in document.text[s.paragraphs[0].start :][:15]
    )
    assert held.heading == "Results"
    if to != "latex":
        assert "10^3 Pa of Li2O. So" in document.text
    if to == "epub":
        assert document.facts.parties == ("S. Vik",)


def opened(data: bytes, **parts: bytes) -> bytes:
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def test_a_book_with_drm_is_encrypted_but_scrambled_fonts_are_no_lock(read_bytes):
    for algorithm, locked in (("http://www.w3.org/2001/04/xmlenc#aes128-cbc", True),
                              ("http://www.idpf.org/2008/embedding", False)):  # fmt: skip
        content = f'<encryption><EncryptionMethod Algorithm="{algorithm}"/></encryption>'.encode()
        book = opened(converted("epub"), **{"META-INF__encryption.xml": content})
        if locked:
            with pytest.raises(Encrypted):
                read_bytes("a.epub", book)
        else:
            assert "It held" in read_bytes("a.epub", book).text


def test_conversion_reads_no_other_file(read_bytes, tmp_path):
    (tmp_path / "secret.tex").write_text("SECRET WORDS")
    tex = r"\documentclass{article}\begin{document}It held. \input{%s}\end{document}"
    assert "SECRET" not in read_bytes("a.tex", tex % (tmp_path / "secret.tex")).text


@pytest.mark.parametrize(("kind", "better"), [("spreadsheet", "XLSX"), ("presentation", "PPTX")])
def test_opendocument_tables_and_slides_are_listed_with_what_to_do(read_bytes, kind, better):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", "<a/>")
    with pytest.raises(UnsupportedFormat, match=better):
        read_bytes("a.ods", buffer.getvalue())


def test_broken_files_are_malformed_and_not_archives(read_bytes):
    book = converted("epub")
    with pytest.raises(Malformed):
        read_bytes("a.epub", book[: len(book) // 2])


def test_a_broken_container_is_malformed(read_bytes):
    with pytest.raises(Malformed, match="broken OLE2"):
        read_bytes("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 900)
