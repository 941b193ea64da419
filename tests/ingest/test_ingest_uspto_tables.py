"""Tables of patent XML whose cells reach over rows and columns, and their captions."""

from __future__ import annotations

import pytest
from lxml import etree

from ingest.compose import Composer
from ingest.facts import DocumentFacts
from ingest.readers.patent_xml.cals import compose_table

COLUMNS = "".join(f'<colspec colname="{n}"/>' for n in range(1, 4))


@pytest.fixture
def lines():
    def of(xml: str) -> list[str]:
        composer = Composer()
        composer.section("description")
        compose_table(composer, etree.fromstring(xml))
        return composer.document(DocumentFacts(id="x", kind="patent")).text.split("\n")

    return of


def cals(body: str, head: str = "", title: str = "") -> str:
    thead = f"<thead>{head}</thead>" if head else ""
    tgroup = f'<tgroup cols="3">{COLUMNS}{thead}<tbody>{body}</tbody></tgroup>'
    return f"<tables><table>{title}{tgroup}</table></tables>"


def row(*entries: str) -> str:
    return (
        "<row>" + "".join(e if e[:1] == "<" else f"<entry>{e}</entry>" for e in entries) + "</row>"
    )


HEAD = row("Name", "Ah", "Loss")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            row("A", '<entry morerows="1">199</entry>', "94") + row("B", "93") + row("C", "7", "8"),
            ["| A | 199 | 94 |", "| B | 199 | 93 |", "| C | 7 | 8 |"],
        ),
        (
            row("A", "1", '<entry morerows="2">9</entry>') + row("B", "2") + row("C", "3"),
            ["| A | 1 | 9 |", "| B | 2 | 9 |", "| C | 3 | 9 |"],
        ),
        (
            row('<entry namest="1" nameend="2" morerows="1">AB</entry>', "1") + row("2"),
            ["| AB |  | 1 |", "| AB |  | 2 |"],
        ),
        (
            # A file that gives the spanned column a cell all the same.
            row('<entry morerows="1">A</entry>', "1", "2") + row("", "3", "4"),
            ["| A | 1 | 2 |", "|  | 3 | 4 |"],
        ),
        (
            row("A", '<entry morerows="9999">1</entry>', "2") + row("B", "3"),
            ["| A | 1 | 2 |", "| B | 1 | 3 |"],
        ),
    ],
)
def test_cells_over_several_rows_stand_in_each(lines, body, expected):
    assert lines(cals(body, HEAD)) == ["| Name | Ah | Loss |", "| --- | --- | --- |", *expected]


def test_a_header_of_two_rows_names_each_column_once(lines):
    head = row('<entry morerows="1">Name</entry>', '<entry namest="2" nameend="3">Ah</entry>')
    found = lines(cals(row("A", "1", "2"), head + row("25 °C", "45 °C")))
    assert found == ["| Name | Ah 25 °C | Ah 45 °C |", "| --- | --- | --- |", "| A | 1 | 2 |"]


def test_spans_of_html_and_its_header_cells(lines):
    xml = """<table><thead><tr><th rowspan="2">Name</th><th colspan="2">Ah</th></tr>
<tr><th>25</th><th>45</th></tr></thead><tbody><tr><td rowspan="0">A</td><td>1</td><td>2</td></tr>
<tr><td>3</td><td>4</td></tr></tbody></table>"""
    assert lines(xml) == [
        "| Name | Ah 25 | Ah 45 |",
        "| --- | --- | --- |",
        "| A | 1 | 2 |",
        "| A | 3 | 4 |",
    ]


def test_the_title_of_a_table_is_its_caption(lines):
    found = lines(cals(row("A", "1", "2"), HEAD, "<title>TABLE 3: Loss</title>"))
    assert found[:2] == ["TABLE 3: Loss", "| Name | Ah | Loss |"]
