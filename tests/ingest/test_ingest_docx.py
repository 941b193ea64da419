from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.errors import Malformed, NoText, UnsupportedFormat, WrongSuffix


def saved(word) -> bytes:
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def body_of(xml: str) -> bytes:
    word = docx.Document()
    for element in parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>"):
        word.element.body.insert(len(word.element.body) - 1, element)
    return saved(word)


def test_headings_paragraphs_and_tables_come_in_the_order_of_the_page(read_bytes, paragraphs):
    word = docx.Document()
    word.add_heading("Wetting of cells", 0)
    word.add_paragraph("Report: HC-R-014")
    word.add_paragraph("Classification: Confidential")
    word.add_heading("Results", 1)
    table = word.add_table(2, 2)
    for cell, text in zip(table._cells, ["Time (h)", "Wetted (%)", "4", "87"], strict=True):
        cell.text = text
    word.add_heading("Drying", 2)
    word.add_paragraph("It held.\tIt\nlasted.")
    word.add_heading("End", 1)
    word.add_paragraph("Done.")
    document = read_bytes("a.docx", saved(word))
    assert paragraphs(document) == [
        "Report: HC-R-014",
        "Classification: Confidential",
        "Time (h) | Wetted (%)\n4 | 87",
        "It held. It\nlasted.",
        "Done.",
    ]
    assert [section.heading_path for section in document.sections] == [
        ("Wetting of cells",),
        ("Results",),
        ("Results", "Drying"),
        ("End",),
    ]
    facts = document.facts
    assert (facts.title, facts.number, facts.label) == (
        "Wetting of cells",
        "HC-R-014",
        "confidential",
    )
    assert document.pages == ()


def test_the_text_of_a_nested_table_is_part_of_its_cell(read_bytes, paragraphs):
    word = docx.Document()
    table = word.add_table(1, 2)
    table.cell(0, 0).text = "outer"
    inner = table.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text = "inner one"
    inner.cell(0, 1).text = "inner two"
    assert paragraphs(read_bytes("a.docx", saved(word))) == ["outer | inner one inner two"]


def test_a_merged_cell_is_said_once(read_bytes, paragraphs):
    word = docx.Document()
    table = word.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "wide"
    table.cell(0, 2).text = "c"
    table.cell(1, 0).text = "d"
    assert paragraphs(read_bytes("a.docx", saved(word))) == ["wide | c\nd | |"]


def test_inserted_text_is_read_and_deleted_text_is_not(read_bytes, paragraphs):
    xml = (
        "<w:p><w:r><w:t>It </w:t></w:r>"
        '<w:del w:id="1" w:author="a"><w:r><w:delText>failed</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>held</w:t></w:r></w:ins>'
        '<w:moveFrom w:id="3" w:author="a"><w:r><w:t>gone</w:t></w:r></w:moveFrom>'
        "<w:hyperlink><w:r><w:t> well</w:t></w:r></w:hyperlink>"
        "<w:r><w:noBreakHyphen/><w:t>.</w:t></w:r></w:p>"
    )
    assert paragraphs(read_bytes("a.docx", body_of(xml))) == ["It held well-."]


def test_text_in_content_controls_is_read(read_bytes, paragraphs):
    xml = (
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Block.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:sdt><w:sdtContent><w:r><w:t>Inline.</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    assert paragraphs(read_bytes("a.docx", body_of(xml))) == ["Block.", "Inline."]


def test_an_empty_document_has_no_text(read_bytes):
    word = docx.Document()
    word.add_paragraph("  ")
    with pytest.raises(NoText, match="the document holds no text"):
        read_bytes("a.docx", saved(word))


def rezipped(data: bytes, **changes: bytes | None) -> bytes:
    """The archive with parts replaced or, for None, left out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = changes.get(name.replace("/", "_").replace(".", "_"), old.read(name))
            if content is not None:
                new.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "changes",
    [
        {"word_document_xml": b"<w:document"},
        {"word_styles_xml": b"<broken"},
        {"_rels__rels": None},
        {"word__rels_document_xml_rels": b"<broken"},
    ],
)
def test_a_broken_archive_is_malformed_and_says_so(tmp_path, reader, changes):
    word = docx.Document()
    word.add_paragraph("It held.")
    path = tmp_path / "a.docx"
    path.write_bytes(rezipped(saved(word), **changes))
    (reply,) = reader.read(str(path))
    assert reply.rejection.error == "Malformed"
    assert reply.rejection.message.startswith(("broken DOCX: ", "the reader failed: "))


def test_entities_in_a_document_bring_nothing_in(tmp_path, reader):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET WORDS")
    xml = (
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}">]><w:document {nsdecls("w")}><w:body>'
        "<w:p><w:r><w:t>It &x; held.</w:t></w:r></w:p></w:body></w:document>"
    )
    path = tmp_path / "a.docx"
    path.write_bytes(rezipped(saved(docx.Document()), word_document_xml=xml.encode()))
    (reply,) = reader.read(str(path))
    assert "SECRET" not in repr(reply)


def test_a_cut_archive_is_not_a_document(read_bytes):
    word = docx.Document()
    word.add_paragraph("It held.")
    data = saved(word)
    with pytest.raises(WrongSuffix):
        read_bytes("a.docx", data[: len(data) // 2])


def test_another_archive_is_not_a_document(read_bytes):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.txt", "text")
    with pytest.raises(WrongSuffix):
        read_bytes("a.docx", buffer.getvalue())
    with pytest.raises(UnsupportedFormat):
        read_bytes("a.zip", buffer.getvalue())


def test_the_content_decides_that_it_is_a_word_document(read_bytes):
    word = docx.Document()
    word.add_paragraph("It held.")
    assert read_bytes("a.txt", saved(word)).text == "It held."


def test_malformed_is_what_the_reader_itself_says(read_bytes):
    with pytest.raises(Malformed, match="broken DOCX: "):
        read_bytes("a.docx", rezipped(saved(docx.Document()), word_document_xml=b"<w:document"))
