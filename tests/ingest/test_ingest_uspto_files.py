"""Files of the USPTO that hold many patents, other formats than XML, and bad ones."""

from __future__ import annotations

import gc
import hashlib
import io
import json

import pytest

from ingest import ReaderProcess, ReadLimits
from ingest.errors import Malformed, NoText, TooLarge, UnsupportedFormat
from ingest.readers import read_file
from ingest.readers.choose import choose
from ingest.readers.opened import Sample, document_id
from ingest.readers.patent_xml.pieces import xml_pieces

GRANT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE us-patent-grant SYSTEM "us-patent-grant-v47.dtd" [ ]>
<us-patent-grant lang="EN"><us-bibliographic-data-grant><publication-reference><document-id>
<country>US</country><doc-number>{number}</doc-number><kind>B2</kind><date>20190604</date>
</document-id></publication-reference></us-bibliographic-data-grant>
<description><p num="0001">{text}</p></description></us-patent-grant>
"""
PAP = """<patent-application-publication><subdoc-bibliographic-information><document-id>
<doc-number>20020099999</doc-number><kind-code>A1</kind-code></document-id>
</subdoc-bibliographic-information></patent-application-publication>"""
PATDOC = """<!DOCTYPE PATDOC SYSTEM "a.dtd" [ ]>
<PATDOC><SDOBI><B100><B110>{number}</B110><B130>B1</B130></B100></SDOBI></PATDOC>
"""
SEQUENCE = '<?xml version="1.0"?>\n<!DOCTYPE sequence-cwu SYSTEM "s.dtd">\n<sequence-cwu/>\n'


def grant(number, text="Rim wetting."):
    return GRANT.format(number=f"{number:08}", text=text)


@pytest.fixture
def replies(tmp_path):
    def of(content, name="bulk.xml"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read_file(str(path)))

    return of


def test_a_weekly_file_gives_each_document_by_its_own_bytes(replies):
    parts = [grant(9000001), grant(9000002), SEQUENCE, "<?xml version='1.0'?>\n" + PAP + "\n"]
    found = replies("".join(parts))
    assert [r.document.facts.number for r in found if r.document] == [
        "US9000001B2",
        "US9000002B2",
        "US20020099999A1",
    ]
    assert found[0].document.facts.id == document_id(parts[0].encode())
    assert found[1].content_hash == hashlib.sha256(parts[1].encode()).hexdigest()
    ends = [sum(map(len, parts[: n + 1])) for n in range(4)]
    assert [r.position for r in found] == ends
    rejection = found[2].rejection
    assert (rejection.source, rejection.error) == ("#document 3", "UnsupportedFormat")
    assert rejection.message == "a sequence listing (<sequence-cwu>), which is no patent"


def test_a_broken_document_in_the_middle_costs_only_itself(replies):
    broken = grant(9000002).replace("</description>", "")
    found = replies(grant(9000001) + broken + grant(9000003))
    assert [bool(r.document) for r in found] == [True, False, True]
    assert (found[1].rejection.source, found[1].rejection.error) == ("#document 2", "Malformed")


def test_a_weekly_file_that_breaks_off_gives_what_is_whole(replies):
    found = replies(grant(9000001) + grant(9000002)[:-30])
    assert [r.rejection.source if r.rejection else None for r in found] == [None, "#document 2"]


def test_documents_without_a_declaration_are_told_apart(replies):
    found = replies(PATDOC.format(number="06199998") + PATDOC.format(number="06199999"), "w.sgm")
    assert [r.document.facts.number for r in found] == ["US6199998B1", "US6199999B1"]


def test_one_document_keeps_the_identity_of_its_file(replies):
    content = "\ufeff  \n" + grant(9000001)
    (reply,) = replies(content)
    assert reply.document.facts.id == document_id(content.encode())
    assert reply.content_hash is None


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_pieces_are_the_stream_wherever_its_blocks_end(monkeypatch, size):
    monkeypatch.setattr("ingest.readers.patent_xml.pieces._BLOCK", size)
    parts = [grant(1), PATDOC.format(number="2") + "\n\n", grant(3), "<?xml version='1.0'?><a/>  "]
    data = "".join(parts).encode()
    found = list(xml_pieces(io.BytesIO(data)))
    assert [piece.data.decode() for piece in found] == parts
    assert [piece.last for piece in found] == [False, False, False, True]


def test_a_document_over_the_limit_is_dropped_and_the_next_is_read():
    stream = io.BytesIO((grant(1, "x" * 2_000_000) + grant(2)).encode())
    first, second = xml_pieces(stream, most=1_000_000)
    assert (first.too_large, first.data) == (True, b"")
    assert (second.too_large, second.data) == (False, grant(2).encode())
    assert second.end == stream.getbuffer().nbytes


def test_a_bulk_file_takes_no_more_memory_than_a_document(tmp_path):
    path = tmp_path / "weekly.xml"
    text = "The rim was wetted by five cells. " * 2000
    with open(path, "w") as stream:
        for number in range(9_000_001, 9_000_901):
            stream.write(grant(number, text))
    assert path.stat().st_size > 60_000_000
    peaks = []
    with ReaderProcess(ReadLimits(seconds=60)) as reader:
        for at, reply in enumerate(reader.read(str(path))):
            assert reply.document is not None
            if at in (50, 890):
                peaks.append(peak_memory(reader._worker.pid))
    gc.collect()
    assert at == 899
    assert peaks[1] - peaks[0] < 8_000_000


def peak_memory(pid):
    with open(f"/proc/{pid}/status") as status:
        (line,) = (line for line in status if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


GREENBOOK = """PATN
WKU  {wku}
SRC  6
APN  3214561
APT  1
APD  19820102
TTL  Cell with .beta.-alumina
ISD  19840306
INVT
NAM  Vik, Jr.; Sara M.
ASSG
NAM  Halvorne AS
RLAP
COD  74
APN  123456
APD  19790303
PRIR
CNT  DTX
APD  19780101
APN  2812345
CLAS
ICL  H01M 1039
ICL  C01G  502
UREF
PNO  D271298
FREF
PNO  2 012 345
CNT  GBX
OREF
PAL  Vik, "Rim wetting", 1981.
ABST
PAL  A cell of Al.sub.2 O.sub.3 at 300.degree. C.
PARN
PAR  This is a division of Ser. No. 123,456 filed Mar. 3, 1979.
BSUM
PAC  BACKGROUND
PAR  Powders of 10.sup.-3 g
      were used.
DETD
PAR  See Table 1.
TBL  ______________________________________
     TABLE 1
     Cell      Ah      .degree.C.
     ______________________________________
     A1        5.1     45
     A2        4.9     60
     ______________________________________
CLMS
STM  We claim:
NUM  1.
PAR  1. A cell comprising:
PA1  a salt; and
PA1  a film.
NUM  2.
PAR  2. The cell of claim 1.
"""


def test_greenbook_facts_and_text(replies, paragraphs, claims):
    (reply,) = replies(GREENBOOK.format(wku="044351231"), "old.txt")
    document, facts = reply.document, reply.document.facts
    assert (facts.number, facts.title) == ("US4435123A", "Cell with β-alumina")
    assert (facts.application_number, facts.legal_kind) == ("06321456", "grant")
    assert [(p.country, p.number, p.date) for p in facts.priorities] == [
        ("DE", "2812345", "1978-01-01"),
        ("US", "123456", "1979-03-03"),
    ]
    assert (facts.priority_date, facts.filing_date) == ("1978-01-01", "1982-01-02")
    assert (facts.inventors, facts.assignees) == (("Sara M. Vik, Jr.",), ("Halvorne AS",))
    assert facts.ipc == ("H01M10/39", "C01G5/02")
    assert [r.number for r in document.references] == ["USD271298", "GB2012345", None]
    assert paragraphs(document) == [
        "A cell of Al2O3 at 300° C.",
        "This is a division of Ser. No. 123,456 filed Mar. 3, 1979.",
        "Powders of 10^-3 g were used.",
        "See Table 1.",
        "TABLE 1\n| Cell | Ah | °C. |\n| --- | --- | --- |\n| A1 | 5.1 | 45 |\n| A2 | 4.9 | 60 |",
    ]
    assert claims(document) == ["A cell comprising:\na salt; and\na film.", "The cell of claim 1."]
    assert document.claims[1].depends_on == (1,)


@pytest.mark.parametrize(
    ("wku", "number", "legal"),
    [
        ("RE0284369", "USRE28436E", "reissue"),
        ("D02712984", "USD271298S", "design"),
        ("PP0038237", "USPP3823P", "plant"),
        ("H00001235", "USH123H", "statutory invention"),
    ],
)
def test_greenbook_numbers_of_other_kinds(replies, wku, number, legal):
    (reply,) = replies(GREENBOOK.format(wku=wku), "old.aps")
    assert (reply.document.facts.number, reply.document.facts.legal_kind) == (number, legal)


def test_greenbook_weekly_file(replies):
    header = "HHHHHT APS1 ISSUE - 840306\n"
    broken = GREENBOOK.format(wku="none")
    parts = [GREENBOOK.format(wku="044351231"), broken, GREENBOOK.format(wku="044351249")]
    found = replies(header + "".join(parts), "weekly.dat")
    assert [r.document.facts.number if r.document else r.rejection.source for r in found] == [
        "US4435123A",
        "#document 2",
        "US4435124A",
    ]
    assert found[0].content_hash == hashlib.sha256(parts[0].encode()).hexdigest()


ANSWER = {
    "guid": "US-20200123456-A1",
    "inventionTitle": "Cell of Li<sub>2</sub>O",
    "datePublished": "2020-04-23T00:00:00Z",
    "type": "US-PGPUB",
    "applicationNumber": "16/123456",
    "applicationFilingDate": ["2018-09-06T00:00:00Z"],
    "continuityData": ["parent US continuation 15111111 20160202 \n child US 16123456"],
    "cpcInventive": ["H01M4/525 20130101"],
    "ipcCodeFlattened": "H01M4/525;H01M10/05",
    "inventorsName": ["Vik; Sara"],
    "usRefGroup": ["US 6080063 A Khosla 20000600 cited by examiner H01M 4/00"],
    "abstractHtml": "A cell, x < 5.",
    "briefHtml": "FIELD<br />[0001] Of <b>cells</b>.<br />[0002] More.",
    "descriptionHtml": "DETAILS<br />[0003] At 45&deg;C.",
    "claimsHtml": "<b>1</b>-<b>3</b>. (canceled)<br /> <b>4</b>. A cell:<br />a salt.<br />"
    "5. The cell of claim 4.",
}


def test_public_search_facts_and_text(replies, paragraphs, claims):
    (reply,) = replies(json.dumps(ANSWER), "answer.json")
    document, facts = reply.document, reply.document.facts
    assert (facts.number, facts.title) == ("US20200123456A1", "Cell of Li2O")
    assert [(p.number, p.date) for p in facts.priorities] == [("15111111", "2016-02-02")]
    assert (facts.cpc, facts.ipc) == (("H01M4/525", "H01M10/05"), ("H01M4/525", "H01M10/05"))
    assert (facts.inventors, facts.application_number) == (("Sara Vik",), "16123456")
    assert [(r.number, r.cited_by) for r in document.references] == [("US6080063A", "examiner")]
    assert paragraphs(document) == ["A cell, x < 5.", "Of cells.", "More.", "At 45°C."]
    assert [s.heading for s in document.sections] == [None, "FIELD", "DETAILS"]
    assert claims(document) == ["1-3. (canceled)", "A cell:\na salt.", "The cell of claim 4."]
    assert [(c.number, c.depends_on) for c in document.claims] == [(1, ()), (4, ()), (5, (4,))]


def test_public_search_lists_and_what_is_none(replies):
    found = replies(
        json.dumps([ANSWER, {"guid": "x"}, {**ANSWER, "guid": "US-20200000001-A1"}]), "l"
    )
    assert [bool(r.document) for r in found] == [True, False, True]
    assert found[1].rejection.source == "#document 2"
    assert found[0].content_hash != found[2].content_hash


def test_an_unread_claim_to_an_earlier_date_leaves_the_date_unknown(replies):
    said = {**ANSWER, "continuityData": ["This is a continuation of an older one, now abandoned."]}
    (reply,) = replies(json.dumps(said), "answer.json")
    assert (reply.document.facts.priority_date, reply.document.facts.family) == (None, None)


@pytest.mark.parametrize(
    ("name", "head", "chosen"),
    [
        ("a.txt", b"<?xml version='1.0'?>\n<!DOCTYPE PATDOC SYSTEM 'a' [", "XML"),
        (".dat", b"\xef\xbb\xbf \n<us-patent-grant>", "XML"),
        ("", b"\xff\xfe" + "<us-patent-grant>".encode("utf-16-le"), "XML"),
        (".sgml", b"<!DOCTYPE PATDOC PUBLIC 'x' [", "XML"),
        (".txt", b"PATN\r\nWKU  039373754\r\n", "greenbook"),
        (
            ".json",
            b'[{"guid": "US-1-A", "inventionTitle": "", "datePublished": ""',
            "public search",
        ),
    ],
)
def test_the_content_tells_the_format(name, head, chosen):
    assert choose(Sample(name[name.rfind(".") :] if name else "", head)).name.endswith(chosen)


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        (b"<us-patent-grant>" + b"<p>" * 100_000, Malformed, "nested more than 256 deep"),
        (b"<us-patent-grant>" + b"x" * 11_000_000 + b"</us-patent-grant>", Malformed, "10 MB"),
        ("<?xml version='1.0' encoding='utf-8'?><us-patent-grant>電池のため".encode("shift-jis")
            + b"</us-patent-grant>", Malformed, "its bytes are not in its encoding, utf-8"),
        ("<?xml version='1.0' encoding='klingon'?><us-patent-grant>°</us-patent-grant>".encode(
            "latin-1"), Malformed, "its bytes are not in its encoding, klingon"),
        (b"<?xml version='1.0'?><invoice/>", UnsupportedFormat, "the root <invoice>"),
        (b"<us-patent-grant/>", NoText, "an empty <us-patent-grant>"),
    ],
)  # fmt: skip
def test_bad_files_are_refused_with_their_reason(replies, content, error, message):
    with pytest.raises(error, match=message):
        replies(content, "bad.xml")


@pytest.mark.parametrize("declared", ["iso-8859-1", "us-ascii", "klingon"])
def test_bytes_that_are_utf8_are_read_as_that(replies, declared):
    xml = grant(9000001, "45 °C").replace("UTF-8", declared)
    (reply,) = replies(xml)
    assert "45 °C" in reply.document.text


def test_a_hundred_thousand_attributes_do_not_hang(replies):
    attributes = " ".join(f'a{n}="1"' for n in range(100_000))
    (reply,) = replies(grant(9000001).replace('lang="EN"', attributes))
    assert reply.document.facts.number == "US9000001B2"


def test_a_file_over_the_limit_is_too_large(tmp_path):
    path = tmp_path / "a.xml"
    with open(path, "wb") as stream:
        stream.write(b"<us-patent-grant>")
        stream.truncate(210 << 20)
    with pytest.raises(TooLarge, match="larger than the 200 MB"):
        list(read_file(str(path)))
