from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from msoffcrypto.format.ooxml import OOXMLFile

from ingest.errors import Encrypted, Malformed, NoText, WrongSuffix
from ingest.readers import read_file


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
        "| Time (h) | Wetted (%) |\n| --- | --- |\n| 4 | 87 |",
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
    assert paragraphs(read_bytes("a.docx", saved(word))) == ["| outer | inner one inner two |"]


def test_a_merged_cell_is_said_once(read_bytes, paragraphs):
    word = docx.Document()
    table = word.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "wide"
    table.cell(0, 2).text = "c"
    table.cell(1, 0).text = "d"
    assert paragraphs(read_bytes("a.docx", saved(word))) == ["| wide |  | c |\n| d |  |  |"]


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
        {"word_numbering_xml": b"", "docProps_core_xml": b"<broken"},
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


def test_the_content_decides_that_it_is_a_word_document(read_bytes):
    word = docx.Document()
    word.add_paragraph("It held.")
    assert read_bytes("a.txt", saved(word)).text == "It held."


def test_bytes_damaged_in_the_middle_are_malformed(read_bytes):
    word = docx.Document()
    word.add_paragraph("It held.")
    data = bytearray(saved(word))
    start = data.index(b"word/document.xml") + len("word/document.xml")
    data[start : start + 40] = b"\xff" * 40
    with pytest.raises(Malformed, match="broken DOCX: "):
        read_bytes("a.docx", bytes(data))


def test_malformed_is_what_the_reader_itself_says(read_bytes):
    with pytest.raises(Malformed, match="broken DOCX: "):
        read_bytes("a.docx", rezipped(saved(docx.Document()), word_document_xml=b"<w:document"))


W = nsdecls("w")


def with_part(data: bytes, name: str, content: str) -> bytes:
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def test_a_table_carries_its_caption_and_its_header(read_bytes, paragraphs):
    word = docx.Document()
    word.add_paragraph("Table 1. Capacity of cells", style="Caption")
    table = word.add_table(3, 2)
    cells = ["Cell", "Ah", "A1", "5.1", "A2", "5.2"]
    for cell, text in zip(table._cells, cells, strict=True):
        cell.text = text
    word.add_paragraph("They held.")
    assert paragraphs(read_bytes("a.docx", saved(word))) == [
        "Table 1. Capacity of cells\n| Cell | Ah |\n| --- | --- |\n| A1 | 5.1 |\n| A2 | 5.2 |",
        "They held.",
    ]


def test_a_caption_below_belongs_to_the_table_above(read_bytes, paragraphs):
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = f"<w:tr>{cell.format('a')}{cell.format('1')}</w:tr>"
    xml = f"<w:tbl>{row}</w:tbl><w:p><w:r><w:t>Table 2: Rates</w:t></w:r></w:p>"
    assert paragraphs(read_bytes("a.docx", body_of(xml))) == ["Table 2: Rates\n| a | 1 |"]


def test_cells_merged_downwards_are_said_in_every_row_and_header_rows_are_joined(
    read_bytes, paragraphs
):
    word = docx.Document()
    table = word.add_table(4, 3)
    for at, text in enumerate(
        ["Cell", "Ah", "Ah", "Cell", "new", "old", "A", "5", "4", "", "3", "2"]
    ):
        table._cells[at].text = text
    table.cell(2, 0).merge(table.cell(3, 0))
    for row in (0, 1):
        properties = table.rows[row]._tr.get_or_add_trPr()
        properties.append(parse_xml(f"<w:tblHeader {W}/>"))
    assert paragraphs(read_bytes("a.docx", saved(word))) == [
        "| Cell | Ah new | Ah old |\n| --- | --- | --- |\n| A | 5 | 4 |\n| A | 3 | 2 |"
    ]


def test_notes_stand_below_the_paragraph_that_refers_to_them(read_bytes, paragraphs):
    data = body_of(
        '<w:p><w:r><w:t>It held.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        "<w:p><w:r><w:t>End.</w:t></w:r></w:p>"
    )
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>At 45 C.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    data = with_part(data, "word/footnotes.xml", notes)
    comments = f"<w:comments {W}><w:p><w:r><w:t>Really?</w:t></w:r></w:p></w:comments>"
    data = with_part(data, "word/comments.xml", comments)
    assert paragraphs(read_bytes("a.docx", data)) == ["It held.", "[footnote] At 45 C.", "End."]


def test_page_headers_are_not_text_but_their_facts_count(read_bytes):
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "Classification: Confidential"
    word.add_paragraph("It held.")
    document = read_bytes("a.docx", saved(word))
    assert (document.text, document.facts.label) == ("It held.", "confidential")


def test_raised_digits_formulas_lists_and_equations_stay_readable(read_bytes, paragraphs):
    raised = '<w:r><w:rPr><w:vertAlign w:val="{}"/></w:rPr><w:t>{}</w:t></w:r>'
    math = (
        '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:f><m:num>'
        "<m:r><m:t>Q</m:t></m:r></m:num><m:den><m:r><m:t>n+1</m:t></m:r></m:den></m:f></m:oMath>"
    )
    xml = (
        f"<w:p><w:r><w:t>10</w:t></w:r>{raised.format('superscript', '-3')}"
        f"<w:r><w:t> of Li</w:t></w:r>{raised.format('subscript', '2')}<w:r><w:t>O, </w:t></w:r>"
        f'{math}<w:r><w:sym w:font="Symbol" w:char="F06D"/></w:r></w:p>'
        '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>one</w:t></w:r></w:p>'
    )
    assert paragraphs(read_bytes("a.docx", body_of(xml))) == ["10^-3 of Li2O, Q/(n+1)μ", "- one"]


def test_properties_give_title_and_author_only_where_a_person_wrote_them(read_bytes):
    word = docx.Document()
    word.add_heading("1. Introduction", 1)
    word.add_paragraph("It held.")
    facts = read_bytes("a.docx", saved(word)).facts
    assert (facts.title, facts.parties, facts.publication_date) == ("1. Introduction", (), None)
    word.core_properties.title = "Wetting of cells"
    word.core_properties.author = "S. Vik; K. Osei"
    facts = read_bytes("a.docx", saved(word)).facts
    assert (facts.title, facts.parties) == ("Wetting of cells", ("S. Vik", "K. Osei"))


def test_macros_templates_and_strict_files_are_read_as_documents(read_bytes):
    word = docx.Document()
    word.add_paragraph("It held.")
    types = zipfile.ZipFile(io.BytesIO(saved(word))).read("[Content_Types].xml")
    macro = types.replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main",
        b"vnd.ms-word.document.macroEnabled.main",
    )
    assert macro != types
    data = with_part(saved(word), "word/vbaProject.bin", "Shell")
    document = read_bytes("a.docm", rezipped(data, **{"[Content_Types]_xml": macro}))
    assert document.text == "It held."
    main = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    strict = main.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert read_bytes("a.docx", rezipped(data, word_document_xml=strict)).text == "It held."


def test_a_document_with_a_password_opens_with_it_only(tmp_path):
    word = docx.Document()
    word.add_paragraph("It held.")
    path = tmp_path / "a.docx"
    with path.open("wb") as out:
        OOXMLFile(io.BytesIO(saved(word))).encrypt("right", out)
    for passwords in ((), ("wrong",)):
        with pytest.raises(Encrypted):
            list(read_file(str(path), passwords))
    (reply,) = read_file(str(path), ("wrong", "right"))
    assert reply.document.text == "It held."
