"""Red book, PAP and PATDOC: facts and text of short invented files."""

from __future__ import annotations

import pytest

BOOK = """<us-patent-grant lang="EN" country="US"><us-bibliographic-data-grant>
<publication-reference><document-id><country>US</country><doc-number>{number}</doc-number>
<kind>{kind}</kind><date>20190604</date></document-id></publication-reference>
<application-reference appl-type="{type}"><document-id><country>US</country>
<doc-number>15999999</doc-number><date>20170310</date></document-id></application-reference>
{more}</us-bibliographic-data-grant>{body}</us-patent-grant>"""


@pytest.fixture
def book(read_bytes):
    def of(more="", body="", number="09123456", kind="B2", filed="utility"):
        xml = BOOK.format(more=more, body=body, number=number, kind=kind, type=filed)
        return read_bytes("book.xml", xml)

    return of


def filing(country, number, date):
    return (
        f"<document-id><country>{country}</country><doc-number>{number}</doc-number>"
        f"<kind>00</kind><date>{date}</date></document-id>"
    )


def related(relation, number, date, country="US"):
    parent = f"<parent-doc>{filing(country, number, date)}</parent-doc>"
    return f"<{relation}><relation>{parent}</relation></{relation}>"


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (related("continuation", "14111111", "20150101"), [("US", "14111111", "2015-01-01")]),
        (related("division", "14111111", "20150101"), [("US", "14111111", "2015-01-01")]),
        (related("reissue", "14111111", "20150101"), [("US", "14111111", "2015-01-01")]),
        (
            related("continuation", "PCT/NO2014/000001", "20140101"),
            [("WO", "PCT/NO2014/000001", "2014-01-01")],
        ),
        (
            f"<us-provisional-application>{filing('US', '62111111', '20140505')}"
            "</us-provisional-application>",
            [("US", "62111111", "2014-05-05")],
        ),
        (related("substitution", "14111111", "20150101"), []),
        (related("reexamination", "14111111", "20150101"), []),
        (
            f"<related-publication>{filing('US', '20160111111', '20160101')}</related-publication>",
            [],
        ),
    ],
)
def test_only_relations_that_give_a_date_are_priorities(book, xml, expected):
    facts = book(f"<us-related-documents>{xml}</us-related-documents>").facts
    assert [(p.country, p.number, p.date) for p in facts.priorities] == expected
    assert facts.priority_date == (expected[0][2] if expected else "2017-03-10")


def test_a_claim_without_a_date_leaves_the_family_open(book):
    claims = "<priority-claim><country>NO</country><doc-number>20161</doc-number></priority-claim>"
    claims += (
        "<priority-claim><country>SE</country><doc-number>2</doc-number><date>20160101</date>"
        "</priority-claim>"
    )
    facts = book(f"<priority-claims>{claims}</priority-claims>").facts
    assert (facts.priority_date, facts.family) == ("2016-01-01", None)


@pytest.mark.parametrize(
    ("number", "kind", "filed", "canonical", "legal"),
    [
        ("09123456", "B2", "utility", "US9123456B2", "grant"),
        ("D0912345", "S1", "design", "USD912345S1", "design"),
        ("PP012345", "P2", "plant", "USPP12345P2", "plant"),
        ("RE045678", "E1", "reissue", "USRE45678E1", "reissue"),
        ("H0002345", "H1", "sir", "USH2345H1", "statutory invention"),
        ("20200123456", "A9", "utility", "US20200123456A9", "application"),
        ("09123456", "", "plant", "US9123456", "plant"),
    ],
)
def test_number_and_legal_kind(book, number, kind, filed, canonical, legal):
    facts = book(number=number, kind=kind, filed=filed).facts
    assert (facts.number, facts.legal_kind) == (canonical, legal)


def test_parties_of_every_version(book):
    old = book(
        """<parties><applicants><applicant app-type="applicant-inventor"><addressbook>
<last-name>Vik</last-name><first-name>Sara</first-name><suffix>Jr.</suffix></addressbook>
</applicant>
</applicants></parties><assignees><assignee><orgname>Halvorne</orgname></assignee></assignees>"""
    ).facts
    assert (old.applicants, old.inventors, old.assignees) == (
        ("Sara Vik Jr.",),
        ("Sara Vik Jr.",),
        ("Halvorne",),
    )
    assert old.parties == ("Sara Vik Jr.", "Halvorne")
    new = book(
        """<us-parties><us-applicants><us-applicant app-type="applicant"
applicant-authority-category="assignee"><addressbook><orgname>Halvorne</orgname></addressbook>
</us-applicant></us-applicants><inventors><inventor><addressbook><last-name>Vik</last-name>
<first-name>S.</first-name></addressbook></inventor></inventors></us-parties>"""
    ).facts
    assert (new.applicants, new.inventors, new.parties) == (
        ("Halvorne",),
        ("S. Vik",),
        ("Halvorne",),
    )


def test_classes_and_citations_say_whose_they_are(book):
    document = book(
        """<classification-ipc><edition>7</edition><main-classification>H01M004/52</main-classification>
<further-classification>H01M010/00</further-classification></classification-ipc>
<us-references-cited><us-citation><patcit><document-id><country>US</country>
<doc-number>D271298</doc-number><kind>S</kind></document-id></patcit>
<category>cited by examiner</category><classification-cpc-text>A01B 1/00</classification-cpc-text>
</us-citation><us-citation><nplcit><othercit>Vik, &#x201c;Rim wetting&#x201d;, 2011.</othercit>
</nplcit>
<category>cited by applicant</category></us-citation></us-references-cited>
<us-field-of-classification-search><classification-cpc-text>H01M 4/00</classification-cpc-text>
</us-field-of-classification-search>"""
    )
    assert document.facts.cpc == document.facts.ipc == ("H01M4/52", "H01M10/00")
    assert [(r.number, r.kind, r.cited_by) for r in document.references] == [
        ("USD271298S", "patent", "examiner"),
        (None, "literature", "applicant"),
    ]
    assert document.references[1].text == "Vik, “Rim wetting”, 2011."


TABLE = """<tables id="TABLE-US-00001"><table><tgroup cols="3">
<colspec colname="offset" colwidth="14pt"/>
<colspec colname="1" colwidth="60pt"/><colspec colname="2" colwidth="80pt"/><thead>
<row><entry/><entry namest="offset" nameend="2">TABLE 1</entry></row>
<row><entry/><entry namest="1" nameend="2">Cells</entry></row></thead><tbody><row><entry/><entry/>
</row>
</tbody></tgroup><tgroup cols="3"><colspec colname="1" colwidth="34pt"/>
<colspec colname="2" colwidth="40pt"/><colspec colname="3" colwidth="80pt"/><thead>
<row><entry>Name</entry><entry>Ah</entry><entry>LiNiO<sub>2</sub></entry></row></thead><tbody>
<row><entry>A1</entry><entry>5.1</entry><entry>10<sup>3</sup></entry></row>
<row><entry>A2</entry><entry/><entry>7</entry></row></tbody></tgroup></table></tables>"""


def test_a_table_in_a_paragraph_stands_between_its_texts(book, paragraphs):
    text = f'<p num="0007">Before {TABLE} after.</p><p num="0008">N.</p>'
    document = book(body=f"<description>{text}</description>")
    assert paragraphs(document) == [
        "Before",
        "TABLE 1 Cells\n| Name | Ah | LiNiO2 |\n| --- | --- | --- |\n"
        "| A1 | 5.1 | 10^3 |\n| A2 |  | 7 |",
        "after.",
        "N.",
    ]
    numbers = [p.number for s in document.sections for p in s.paragraphs]
    assert (numbers[0], numbers[2], numbers[3]) == ("0007", "0007", "0008")


def test_names_of_columns_come_from_the_group_of_columns_above(book, paragraphs):
    head = TABLE.replace("<entry/><entry namest=\"1\" nameend=\"2\">Cells</entry>",
                         "<entry/><entry>Wet</entry><entry>Dry</entry>")  # fmt: skip
    document = book(body=f"<description><p>{head}</p></description>")
    assert paragraphs(document)[0].startswith(
        "TABLE 1\n| Wet Name | Wet Ah | Dry LiNiO2 |\n| --- | --- | --- |\n| A1 | 5.1 | 10^3 |"
    )


def test_formulas_are_text_or_named(book, paragraphs):
    document = book(
        body="""<description><p num="0001">By
<maths id="MATH-US-00001"><math><msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><mfrac><mi>a</mi>
<mi>b</mi></mfrac></math></maths> or <maths id="MATH-US-00002"><img file="a.tif"/></maths>
<?in-line-formulae no?> of <chemistry id="CHEM-US-00001"><img file="b.tif"/></chemistry> and
<img id="CUSTOM-CHARACTER-00001" file="c.tif"/>.</p></description>"""
    )
    (text,) = paragraphs(document)
    assert " ".join(text.split()) == (
        "By x^2+a/b or [formula MATH-US-00002] of [structure CHEM-US-00001] and [character]."
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Words without any paragraph.", ["Words without any paragraph."]),
        ("<ul><li>one</li><li>two</li></ul><p>three</p>", ["one\ntwo", "three"]),
        ('<p><tables id="TABLE-US-00001"><img/></tables></p>', ["[table TABLE-US-00001]"]),
        ('<p num="heading-0086">Paths</p>', ["Paths"]),
    ],
)
def test_no_text_of_a_description_is_lost(book, paragraphs, body, expected):
    assert paragraphs(book(body=f"<description>{body}</description>")) == expected


def test_cancelled_claims_keep_their_place(book, claims):
    document = book(
        body="""<claims><claim id="CLM-00001-00030" num="00001-00030">
<claim-text><b>1</b>-<b>30</b>.
(canceled)</claim-text></claim><claim num="00031"><claim-text>31. A cell.</claim-text></claim>
<claim num="00032"><claim-text>32. The cell of claim 31.</claim-text></claim></claims>"""
    )
    assert claims(document) == ["1-30.\n(canceled)", "A cell.", "The cell of claim 31."]
    assert [(c.number, c.depends_on) for c in document.claims] == [(1, ()), (31, ()), (32, (31,))]


PAP = """<?xml version="1.0"?>
<!DOCTYPE patent-application-publication SYSTEM "pap-v16-2002-01-01.dtd">
<patent-application-publication><subdoc-bibliographic-information><document-id>
<doc-number>20020099999</doc-number><kind-code>A1</kind-code><document-date>20020725</document-date>
</document-id><domestic-filing-data><application-number><doc-number>09999999</doc-number>
</application-number><filing-date>20011102</filing-date></domestic-filing-data>
<technical-information><classification-ipc><classification-ipc-primary><ipc>H01M004/48</ipc>
</classification-ipc-primary><classification-ipc-secondary><ipc>C01G053/04</ipc>
</classification-ipc-secondary></classification-ipc><title-of-invention>Li<subscript>2</subscript>O
cell</title-of-invention></technical-information><continuity-data><continuations><continuation-of>
<parent-child><child><document-id><doc-number>09999999</doc-number></document-id></child><parent>
<document-id><doc-number>09111111</doc-number><document-date>19990101</document-date>
<country-code>US</country-code></document-id></parent></parent-child></continuation-of>
</continuations>
<substitution-for><parent-child><parent><document-id><doc-number>08111111</doc-number>
<document-date>19960101</document-date></document-id></parent></parent-child></substitution-for>
</continuity-data><inventors><first-named-inventor><name><given-name>Sara</given-name>
<family-name>Vik</family-name></name></first-named-inventor></inventors><assignee>
<organization-name>Halvorne</organization-name></assignee></subdoc-bibliographic-information>
<subdoc-abstract><paragraph id="A-0001" lvl="0">Short.</paragraph></subdoc-abstract>
<subdoc-description><summary-of-invention><section><heading lvl="1">BACKGROUND</heading>
<paragraph id="P-0001" lvl="0">
<number>&lsqb;0001&rsqb;</number> At 45&deg; &thgr;, 10<superscript>&minus;3
</superscript> S.</paragraph></section></summary-of-invention></subdoc-description><subdoc-claims>
<claim id="CLM-00001"><claim-text><highlight><bold>1</bold></highlight>. A cell.</claim-text>
</claim>
<claim id="CLM-00002"><claim-text>2. The cell of <dependent-claim-reference depends_on="CLM-00001">
<claim-text>claim 1</claim-text></dependent-claim-reference>.</claim-text></claim></subdoc-claims>
</patent-application-publication>"""


def test_an_application_of_2002(read_bytes, paragraphs):
    document = read_bytes("pap.xml", PAP)
    facts = document.facts
    assert (facts.number, facts.title) == ("US20020099999A1", "Li2O cell")
    assert (facts.application_number, facts.legal_kind) == ("09999999", "application")
    assert [p.number for p in facts.priorities] == ["09111111"]
    assert (facts.priority_date, facts.filing_date, facts.publication_date) == (
        "1999-01-01",
        "2001-11-02",
        "2002-07-25",
    )
    assert facts.ipc == ("H01M4/48", "C01G53/04")
    assert (facts.inventors, facts.assignees) == (("Sara Vik",), ("Halvorne",))
    assert paragraphs(document)[1] == "At 45° θ, 10^−3 S."
    assert document.sections[1].paragraphs[0].number == "0001"
    assert [(c.number, c.depends_on) for c in document.claims] == [(1, ()), (2, (1,))]


PATDOC = """<!DOCTYPE PATDOC PUBLIC "-//USPTO//DTD ST.32 US PATENT GRANT V2.4 2000-09-20//EN" [
<!ENTITY US1-D1.TIF SYSTEM "US1-D1.TIF" NDATA TIF>]>
<PATDOC DTD="2.4"><SDOBI><B100><B110><DNUM><PDAT>06199999</PDAT></DNUM></B110><B130><PDAT>B1</PDAT>
</B130><B140><DATE><PDAT>20010306</PDAT></DATE></B140><B190><PDAT>US</PDAT></B190></B100><B200>
<B210>
<DNUM><PDAT>09411111</PDAT></DNUM></B210><B220><DATE><PDAT>19991001</PDAT></DATE></B220></B200>
<B500><B510><B511><PDAT>H01M  448</PDAT></B511><B512><PDAT>1402</PDAT></B512></B510><B540><STEXT>
<PDAT>A cell &amp; more</PDAT></STEXT></B540><B560><B561><PCIT><DOC><DNUM><PDAT>5825759</PDAT>
</DNUM>
<KIND><PDAT>A</PDAT></KIND></DOC></PCIT><CITED-BY-EXAMINER></B561></B560><B597US></B500>
<B600><B620><B621><PARENT-US><CDOC><DOC><DNUM><PDAT>09/411111</PDAT></DNUM></DOC></CDOC><PDOC><DOC>
<DNUM><PDAT>08/222222</PDAT></DNUM><DATE><PDAT>19970203</PDAT></DATE></DOC></PDOC></PARENT-US>
</B621>
</B620><B660><PARENT-US><PDOC><DOC><DNUM><PDAT>08/000001</PDAT></DNUM><DATE><PDAT>19930101</PDAT>
</DATE></DOC></PDOC></PARENT-US></B660><B680US><DOC><DNUM><PDAT>60/049070</PDAT></DNUM><DATE><PDAT>
19960711</PDAT></DATE></DOC></B680US></B600></SDOBI>
<SDODE><DETDESC><BTEXT><H LVL="1"><STEXT><PDAT>DETAILS</PDAT></STEXT></H><PARA ID="P-1" LVL="0">
<PTEXT><PDAT>5 &mgr;m &plusmn;1, 10</PDAT><HIL><SP><PDAT>&minus;3</PDAT></SP></HIL>
<PDAT> of LiCoO</PDAT>
<HIL><SB><PDAT>2</PDAT></SB></HIL></PTEXT></PARA></BTEXT></DETDESC></SDODE><SDOCL><CL>
<CLM ID="CLM-00001"><PARA LVL="0"><PTEXT><PDAT>1. A cell:</PDAT></PTEXT></PARA><CLMSTEP LVL="2">
<PTEXT>
<PDAT>a salt.</PDAT></PTEXT></CLMSTEP></CLM></CL></SDOCL><SDODR><EMI ID="E1" FILE="US1-D1.TIF">
</SDODR>
</PATDOC>"""


def test_a_grant_of_2001_in_sgml(read_bytes, paragraphs, claims):
    document = read_bytes("grant.sgm", PATDOC)
    facts = document.facts
    assert (facts.number, facts.title) == ("US6199999B1", "A cell & more")
    assert (facts.ipc, facts.legal_kind) == (("H01M4/48",), "grant")
    # A division and a provisional; a substitute has no right to the earlier date.
    assert [(p.number, p.date) for p in facts.priorities] == [
        ("08/222222", "1997-02-03"),
        ("60/049070", "1996-07-11"),
    ]
    assert [(r.number, r.cited_by) for r in document.references] == [("US5825759A", "examiner")]
    assert paragraphs(document) == ["5 μm ±1, 10^−3 of LiCoO2"]
    assert [" ".join(claim.split()) for claim in claims(document)] == ["A cell: a salt."]
    assert document.sections[0].heading == "DETAILS"


def test_a_part_of_an_application_file_has_claims_without_a_number(read_bytes, claims):
    document = read_bytes(
        "part.xml",
        """<pat:ClaimsDocument xmlns:pat="urn:us:gov:doc:uspto:patent"><pat:DocumentCode>CLM
</pat:DocumentCode><pat:ApplicationNumber>13962724</pat:ApplicationNumber><pat:ClaimSet>
<pat:ClaimList>
<pat:Claim><pat:ClaimText><pat:BoundaryData><pat:HeaderText>PATENT</pat:HeaderText>
</pat:BoundaryData>
Listing.</pat:ClaimText></pat:Claim><pat:Claim><pat:ClaimNumber>1</pat:ClaimNumber><pat:ClaimText>
<pat:ClaimLabelText>1. </pat:ClaimLabelText>A <pat:OCRConfidenceData>cell</pat:OCRConfidenceData>.
</pat:ClaimText></pat:Claim><pat:Claim><pat:ClaimNumber>2</pat:ClaimNumber><pat:ClaimStatusCategory>
canceled</pat:ClaimStatusCategory></pat:Claim></pat:ClaimList></pat:ClaimSet></pat:ClaimsDocument>""",
    )
    assert claims(document) == ["A cell.", "(canceled)"]
    assert document.text.startswith("Listing.")
    assert (document.facts.number, document.facts.application_number) == (None, "13962724")
