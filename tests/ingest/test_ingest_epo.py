"""EPO full texts that are invented, one for each rule."""

from __future__ import annotations

import pytest

from ingest.numbers import canonical_number
from ingest.readers.epo.citations import _printed
from ingest.readers.legal_kinds import legal_kind

ROOT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE ep-patent-document PUBLIC "-//EPO//EP PATENT DOCUMENT 1.4//EN"
 "ep-patent-document-v1-4.dtd">
<ep-patent-document lang="{lang}" country="EP" doc-number="{number}" kind="{kind}"
 date-publ="20220316" status="n" dtd-version="ep-patent-document-v1-4">
<SDOBI lang="{lang}"><B100><B110>{number}</B110><B130>{kind}</B130><B190>EP</B190></B100>
<B200><B210>16187654.3</B210><B220><date>20160906</date></B220></B200>
{bibliography}</SDOBI>{body}</ep-patent-document>"""
TITLES = """<B500><B540><B541>de</B541><B542>Zelle mit LiNiO<sub>2</sub></B542><B541>en</B541>
<B542>Cell</B542><B541>fr</B541><B542>Cellule</B542></B540></B500>"""


@pytest.fixture
def publication(read_bytes):
    def of(body="", bibliography=TITLES, kind="A1", lang="en", number="3123456"):
        values = {"body": body, "bibliography": bibliography, "kind": kind}
        return read_bytes("ep.xml", ROOT.format(lang=lang, number=number, **values))

    return of


def test_every_fact_of_the_bibliography_is_read(publication):
    facts = publication(
        bibliography="""<B300><B310>102015999106</B310><B320><date>20150910</date></B320>
<B330><ctry>DE</ctry></B330><B310>62/123,456 P</B310><B330><ctry>US</ctry></B330></B300>"""
        + TITLES.replace(
            "<B500>",
            """<B500><B510EP><classification-ipcr sequence="1"><text>H01M   4/525       20100101AFI
</text></classification-ipcr></B510EP><B510><B516>7</B516><B511> 7H 01M   4/525  A</B511>
<B512> 7H 01M  10/0525 B</B512><B513>2A 01N 43/08 -</B513></B510><B520EP><classifications-cpc>
<classification-cpc><text>Y02E  60/10  20130101 LA2020</text></classification-cpc>
</classifications-cpc></B520EP>""",
        )
        + """<B700><B710><B711><snm>Kaldrune GmbH</snm></B711><B711>
<snm>Orrest &amp; Co</snm></B711></B710><B720><B721>
<snm>Vik, Signe</snm></B721><B721><snm>Boe</snm><fnm>Ada</fnm></B721></B720>
<B730><B731><snm>Kaldrune GmbH</snm></B731></B730>
<B740><B741><snm>Agent</snm></B741></B740></B700>""",
        lang="de",
    ).facts
    assert facts.number == canonical_number("EP", "3123456", "A1")
    assert (facts.country, facts.language, facts.legal_kind) == ("EP", "de", "application")
    assert facts.application_number == "16187654.3"
    assert [(p.country, p.number, p.date) for p in facts.priorities] == [
        ("DE", "102015999106", "2015-09-10"),
        ("US", "62/123,456 P", None),
    ]
    assert (facts.priority_date, facts.family) == ("2015-09-10", "DE102015999106")
    assert (facts.filing_date, facts.publication_date) == ("2016-09-06", "2022-03-16")
    assert facts.title == "Zelle mit LiNiO2"
    assert [title.language for title in facts.titles] == ["de", "en", "fr"]
    assert facts.applicants == ("Kaldrune GmbH", "Orrest & Co")
    assert facts.assignees == ("Kaldrune GmbH",)
    assert facts.parties == ("Kaldrune GmbH", "Orrest & Co")
    assert facts.inventors == ("Vik, Signe", "Boe, Ada")
    assert facts.ipc == ("H01M4/525", "H01M10/0525", "A01N43/08")
    assert facts.cpc == ("Y02E60/10", "H01M4/525", "H01M10/0525", "A01N43/08")


@pytest.mark.parametrize(
    ("bibliography", "date", "family"),
    [
        ("", "2016-09-06", "EP16187654"),
        (
            "<B600><B620><parent><pdoc><dnum><anum>12184383.3</anum><pnum>2574244</pnum></dnum>"
            "<date>20120914</date></pdoc></parent></B620></B600>",
            "2012-09-14",
            "EP12184383",
        ),
        (
            "<B600><B620EP><parent><cdoc><dnum><anum>98202403.6</anum></dnum><date>19980717</date>"
            "</cdoc></parent></B620EP></B600>",
            "2016-09-06",
            "EP16187654",
        ),
        (
            "<B800><B860><B861><dnum><anum>JP2018044169</anum></dnum><date>20181130</date></B861>"
            "</B860></B800>",
            "2018-11-30",
            "PCTJP2018044169",
        ),
        ("<B300><B310>777</B310><B330><ctry>GB</ctry></B330></B300>", None, "GB777"),
        ("<B300/><B300><B320><date>20150910</date></B320></B300>", "2016-09-06", "EP16187654"),
        (
            "<B300><B310>777</B310><B330><ctry>GB</ctry></B330>"
            "<B310>778</B310><B330><ctry>GB</ctry></B330></B300>",
            None,
            None,
        ),
    ],
)
def test_without_a_dated_priority_the_first_filing_makes_the_family(
    publication, bibliography, date, family
):
    facts = publication(bibliography=bibliography).facts
    assert (facts.priority_date, facts.family) == (date, family)


CLAIMS = """<claims id="c1" lang="de"><claim num="0001"><claim-text>Zelle.</claim-text></claim>
<claim num="0002"><claim-text>Zelle nach Anspruch 1.</claim-text></claim></claims>
<claims id="c2" lang="en"><claim num="0001"><claim-text>Cell.</claim-text></claim>
<claim num="0002"><claim-text>Cell of claim 1.</claim-text></claim></claims>
<claims id="c3" lang="en"><heading>Contracting State: AT</heading>
<claim num="0001"><claim-text>Cell for AT.</claim-text></claim></claims>
<amended-claims lang="en"><claim num="0001"><claim-text>Better cell.</claim-text></claim>
</amended-claims><amended-claims-statement><p>Basis is claim 2.</p></amended-claims-statement>"""


def test_a_heading_above_the_claims_is_kept(publication, claims):
    document = publication(
        '<claims lang="en"><heading>Claims for GR</heading><claim num="0001"><claim-text>1. Cell.'
        "</claim-text></claim></claims>"
    )
    assert document.text == "Claims for GR\n\nCell."
    assert claims(document) == ["Cell."]


def test_claims_in_other_languages_and_amended_ones_stay_findable(publication, claims):
    document = publication(CLAIMS, kind="B1")
    assert claims(document) == ["Cell.", "Cell of claim 1."]
    assert [claim.depends_on for claim in document.claims] == [(), (1,)]
    assert [
        (s.kind, s.heading_path, [document.text[p.start : p.end] for p in s.paragraphs])
        for s in document.sections
    ] == [
        ("claims", ("Claims (en)", "Contracting State: AT"), ["1. Cell for AT."]),
        ("claims", ("Claims (de)",), ["1. Zelle.", "2. Zelle nach Anspruch 1."]),
        ("claims", ("Amended claims",), ["1. Better cell."]),
        ("body", ("Statement on amended claims",), ["Basis is claim 2."]),
    ]


@pytest.mark.parametrize("lang", ["de", "en", "fr"])
def test_a_publication_without_text_is_found_by_its_titles(publication, paragraphs, lang):
    document = publication(
        '<search-report-data lang="en"><doc-page id="srep0001" file="srep0001.tif"/>'
        "</search-report-data>",
        TITLES + "<B800><B860><B861><dnum><anum>JP0107711</anum></dnum></B861></B860><B870><B871>"
        "<dnum><pnum>WO02020444</pnum></dnum><date>20020314</date></B871></B870></B800>",
        "A3",
        lang,
    )
    assert document.facts.legal_kind == "search report"
    found = paragraphs(document)
    assert found[:3] == ["Zelle mit LiNiO2", "Cell", "Cellule"]
    assert document.facts.number in found[3]
    assert "International application JP0107711, publication WO02020444 of 2002-03-14" in found[3]
    assert {section.kind for section in document.sections} == {"body"}


def test_search_reports_in_text_are_read_and_cited_by_the_examiner(publication, paragraphs):
    document = publication(
        """<search-report-data lang="en"><srep-citations><citation id="sr1"><patcit num="1">
<document-id><country>JP</country><doc-number>2015123456</doc-number><kind>A</kind></document-id>
</patcit><category>X</category><rel-claims>1-3</rel-claims></citation><citation><nplcit>
<text>VIK: "Cells", 2011</text></nplcit><category>A</category></citation></srep-citations>
</search-report-data>"""
    )
    assert [(r.number, r.text, r.kind, r.cited_by) for r in document.references] == [
        ("JP2015123456A", "JP 2015123456 A", "patent", "examiner"),
        (None, 'VIK: "Cells", 2011', "literature", "examiner"),
    ]
    assert "JP 2015123456 A X 1-3" in paragraphs(document)


def test_the_list_of_cited_documents_is_the_applicants(publication):
    document = publication(
        """<description lang="en"><p num="0001">See <patcit dnum="EP1000000A1"><text>EP-A</text>
</patcit>.</p></description><ep-reference-list><p><ul><li><patcit dnum="EP1000000A1"><document-id>
<country>EP</country><doc-number>1000000</doc-number><kind>A1</kind></document-id></patcit></li>
<li><patcit dnum="US62454417B"><document-id><country>US</country><doc-number>62454417</doc-number>
<kind>B</kind></document-id></patcit></li><li><patcit dnum="CN201810358967" dnum-type="L">
<document-id><country>CN</country><doc-number>201810358967</doc-number></document-id></patcit></li>
<li><nplcit><article><author><name>VIK, S</name></author><atl>On cells</atl><serial>
<sertitle>Cells</sertitle><pubdate><sdate>19890900</sdate></pubdate><vid>7</vid></serial><location>
<pp><ppf>10</ppf><ppl>12</ppl></pp></location></article></nplcit></li></ul></p></ep-reference-list>""",
        TITLES
        + "<B560><B561><text>WO-A-01/18005</text></B561><B561><text>XX 1 by hand</text></B561>"
        "<B562><text>BOE: Salts</text></B562></B560>",
    )
    assert [(r.number, r.text, r.cited_by) for r in document.references] == [
        ("WO2001018005A", "WO-A-01/18005", "examiner"),
        (None, "XX 1 by hand", "examiner"),
        (None, "BOE: Salts", "examiner"),
        (canonical_number("EP", "1000000", "A1"), "EP 1000000 A1", "applicant"),
        (None, "US 62454417 B", "applicant"),
        (None, "CN 201810358967", "applicant"),
        (None, "VIK, S, On cells, Cells, 1989-09, 7, 10-12", "applicant"),
    ]


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("EP-A1- 0 444 678", "EP0444678A1"),
        ("US-A1- 2007 204 872", "US20070204872A1"),
        ("US-E- R E36 154", "USRE36154E"),
        ("CN-U- 202 128 028", "CN202128028U"),
        ("DE-A1- 19 751 691", "DE19751691A1"),
        ("cited in the application", None),
    ],
)
def test_printed_citations_are_read_as_numbers(printed, number):
    assert _printed(printed).number == number


def test_only_certain_kinds_have_a_meaning_in_law():
    codes = {
        "application": "EPA1 WOA2 USA1 JPA DEA1",
        "grant": "EPB1 EPB3 USB2 USA DEC2 KRB1",
        "search report": "EPA3 EPA4 WOA3",
        "correction": "EPA8 EPB9 USA9",
        "utility model": "CNU DEU1 JPY2",
        "design": "USS1 CNS",
        "translation": "DET2 ATT",
    }
    for meaning, listed in codes.items():
        assert {legal_kind(code[:2], code[2:]) for code in listed.split()} == {meaning}
    assert {legal_kind("DE", "B"), legal_kind("ES", "A"), legal_kind("EP", "")} == {None}


def test_signs_left_unescaped_do_not_cost_the_document(publication, paragraphs):
    body = "<description lang='en'><heading><First part</heading><p num='0001'>R&D at x < 3</p>"
    document = publication(body + "</description>")
    assert paragraphs(document) == ["R&D at x < 3"]
    assert document.sections[0].heading == "<First part"
