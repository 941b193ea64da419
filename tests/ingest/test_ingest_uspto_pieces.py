"""Where files of many patents are cut, with broken documents and other bytes among them."""

from __future__ import annotations

import pytest

from ingest.readers import read_file

DECLARED = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE us-patent-grant SYSTEM "v47.dtd" [ ]>\n'
)
BARE = """<us-patent-grant lang="EN"><us-bibliographic-data-grant><publication-reference>
<document-id><country>US</country><doc-number>0900000{number}</doc-number><kind>B2</kind>
</document-id></publication-reference></us-bibliographic-data-grant>
<description><p num="0001">Rim wetting.</p></description></us-patent-grant>
"""


def bare(number: int) -> str:
    return BARE.format(number=number)


def grant(number: int) -> str:
    return DECLARED + bare(number)


@pytest.fixture
def outcome(tmp_path):
    """The last digit of each patent read, and the error of each piece refused, in order."""

    def of(content: str) -> list[str]:
        path = tmp_path / "bulk.xml"
        path.write_text(content)
        replies = list(read_file(str(path)))
        assert replies[-1].position <= path.stat().st_size
        return [
            r.document.facts.number[8]
            if r.document
            else f"{r.rejection.source} {r.rejection.error}"
            for r in replies
        ]

    return of


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (grant(1) + "garbage\n" + grant(2), ["1", "#document 2 Malformed", "2"]),
        ("garbage\n" + grant(1), ["#document 1 Malformed", "1"]),
        (grant(1) + "\0" + grant(2), ["1", "#document 2 Malformed", "2"]),
        (grant(1) + grant(2) + "and more", ["1", "2", "#document 3 Malformed"]),
        # A mark of the encoding in front of a document says nothing that could be lost.
        (grant(1) + "\ufeff" + grant(2), ["1", "2"]),
        (grant(1) + grant(2)[:300] + grant(3), ["1", "#document 2 Malformed", "3"]),
        (bare(1) + bare(2)[:200] + bare(3), ["1", "#document 2 Malformed", "3"]),
        (
            grant(1) + grant(2).replace("Rim", "<![CDATA[Rim").split("wet")[0] + grant(3),
            ["1", "#document 2 Malformed", "3"],
        ),
        (grant(1) + grant(2)[:60] + grant(3), ["1", "#document 2 Malformed", "3"]),
        (grant(1) + "<us-patent-grant/>\n" + grant(2), ["1", "#document 2 NoText", "2"]),
    ],
)
def test_what_is_lost_is_listed_and_costs_no_neighbour(outcome, content, expected):
    assert outcome(content) == expected


@pytest.mark.parametrize(
    "content",
    [
        f'<?xml version="1.0"?><root n="1">{bare(1)}{bare(2)}{bare(3)}</root>\n',
        f"<root>\n<part>{grant(1)}{grant(2)}{grant(3)}</part></root>",
        f"{grant(1)}<!-- <us-patent-grant> -->\n<?end of?>{grant(2)}{grant(3)}",
        grant(1).replace("Rim", f"<![CDATA[{DECLARED}<us-patent-grant >]]>") + grant(2) + grant(3),
    ],
)
def test_wrappers_and_remarks_are_no_documents(outcome, content):
    assert outcome(content) == ["1", "2", "3"]


def test_words_beside_the_documents_in_a_wrapper_are_listed(outcome):
    content = f"<root><note>Of June</note>{bare(1)}{bare(2)}</root>"
    assert outcome(content) == ["#document 1 Malformed", "1", "2"]


def test_european_documents_in_one_file_are_told_apart(tmp_path):
    xml = """<ep-patent-document lang="en" country="EP" doc-number="300000{}" kind="A1"><SDOBI/>
</ep-patent-document>"""
    path = tmp_path / "ep.xml"
    path.write_text(xml.format(1) + xml.format(2))
    numbers = [reply.document.facts.number for reply in read_file(str(path))]
    assert numbers == ["EP3000001A1", "EP3000002A1"]
