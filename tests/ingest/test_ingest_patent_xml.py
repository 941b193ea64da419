from __future__ import annotations

import pytest
from lxml import etree

from ingest.errors import Malformed, NoText, UnsafeXml, UnsupportedFormat
from ingest.readers.patent_xml.body import plain_text

GRANT = """<?xml version="1.0" encoding="UTF-8"?>
<us-patent-grant lang="EN" country="US"><us-bibliographic-data-grant>
<publication-reference><document-id><country>US</country><doc-number>09123456</doc-number>
<kind>B2</kind><date>20190604</date></document-id></publication-reference>
<application-reference><document-id><country>US</country><doc-number>15999999</doc-number>
<date>20170310</date></document-id></application-reference>
{bibliography}
</us-bibliographic-data-grant>{body}</us-patent-grant>"""
EPO = """<?xml version="1.0" encoding="UTF-8"?>
<ep-patent-document lang="{lang}" country="EP" doc-number="3123456" kind="B1" date-publ="20220316">
<SDOBI lang="{lang}"><B200><B210>16187654.3</B210><B220><date>20160906</date></B220></B200>
<B300><B310>102015999106</B310><B320><date>20150910</date></B320><B330><ctry>DE</ctry></B330>
<B310>15200000</B310><B320><date>20151215</date></B320><B330><ctry>EP</ctry></B330></B300>
<B500><B540><B541>de</B541><B542>Zelle</B542><B541>en</B541><B542>Cell</B542>
<B541>fr</B541><B542>Cellule</B542></B540></B500>
<B700><B730><B731><snm>Kaldrune GmbH</snm></B731></B730></B700></SDOBI>
{body}</ep-patent-document>"""
THREE_LANGUAGES = """
<claims lang="de"><claim num="0001"><claim-text>Zelle.</claim-text></claim>
<claim num="0002"><claim-text>Zelle nach Anspruch 1.</claim-text></claim></claims>
<claims lang="en"><claim num="0001"><claim-text>Cell.</claim-text></claim>
<claim num="0002"><claim-text>Cell according to claim 1.</claim-text></claim></claims>
<claims lang="fr"><claim num="0001"><claim-text>Cellule.</claim-text></claim>
<claim num="0002"><claim-text>Cellule selon la revendication 1.</claim-text></claim></claims>"""


@pytest.fixture
def grant(read_bytes):
    def of(body: str = "", bibliography: str = ""):
        return read_bytes("grant.xml", GRANT.format(body=body, bibliography=bibliography))

    return of


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<p>LiNi<sub>0.8</sub>Co<sub>0.1</sub>O<sub>2</sub></p>", "LiNi0.8Co0.1O2"),
        ("<p>10<sup>-3</sup> S/cm and 5 m<sup>2</sup>/g</p>", "10^-3 S/cm and 5 m2/g"),
        ("<p><b>10</b><sup>-3</sup></p>", "10^-3"),
        ("<p>10<i/><sup>5</sup>, 10<sup></sup></p>", "10^5, 10"),
        ("<p>a<!-- no --><?in-line-formulae no?>b</p>", "ab"),
        ("<p>one<br/>two</p>", "one\ntwo"),
        ("<p>a <img file='x'>no</img> b</p>", "a  b"),
        ("<p/>", ""),
        (
            "<p>Of:<ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul>end</p>",
            "Of:\none\ninner\ntwoend",
        ),
        (
            "<table><row><entry>a</entry><entry>b</entry></row><row><entry/><entry>d</entry></row></table>",
            "a | b\n | d",
        ),
        (
            "<tables>\n<table>\n <row>\n  <entry>a</entry>\n  <entry>1\n2</entry>\n </row>\n"
            " <row>\n  <entry>c</entry>\n </row>\n</table>\n</tables>",
            "a | 1\n2\nc",
        ),
    ],
)
def test_marked_up_text_becomes_plain_text(xml, expected):
    lines = plain_text(etree.fromstring(xml)).split("\n")
    assert "\n".join(line.rstrip() for line in lines if line.strip()) == expected


def test_an_application_is_read_as_the_worked_example_says(grant):
    document = grant(
        """<abstract><p id="p-0001" num="0000">A coated <i>cathode</i>.</p></abstract>
<description><?BRFSUM begin?><heading level="1">EXAMPLES</heading>
<p num="0001">First.</p><p num="0002"> </p>
<heading level="2">Cells</heading><p num="0003">Third:<ul><li><p>inner</p></li></ul></p>
<heading level="1">Only a heading</heading></description>
<claims><claim id="CLM-00001" num="00001"><claim-text>1. A cell:<claim-text>a salt; and</claim-text>
<claim-text>a film.</claim-text></claim-text></claim>
<claim num="00002"><claim-text><b>2</b>. The cell of
<claim-ref idref="CLM-00001">claim 1</claim-ref>.</claim-text></claim></claims>"""
    )
    assert document.text == (
        "A coated cathode.\n\nEXAMPLES\n\nFirst.\n\nCells\n\nThird:\ninner\n\nOnly a heading\n\n"
        "A cell:\na salt; and\na film.\n\nThe cell of\nclaim 1."
    )
    assert [(s.kind, s.heading_path) for s in document.sections] == [
        ("abstract", ()),
        ("description", ("EXAMPLES",)),
        ("description", ("EXAMPLES", "Cells")),
    ]
    assert [p.number for s in document.sections for p in s.paragraphs] == [None, "0001", "0003"]
    assert [(c.number, c.depends_on) for c in document.claims] == [(1, ()), (2, (1,))]
    assert document.pages == ()


def test_facts_come_from_the_bibliography(grant):
    document = grant(
        bibliography="""
<priority-claims><priority-claim><country>NO</country><doc-number>20169987</doc-number>
<date>20160318</date></priority-claim><priority-claim><country>NO</country>
<doc-number>20169999</doc-number><date>20160401</date></priority-claim></priority-claims>
<invention-title>Coated
 <i>cathode</i> LiNiO<sub>2</sub></invention-title>
<classifications-cpc><main-cpc><classification-cpc><section>H</section><class>01</class>
<subclass>M</subclass><main-group>4</main-group><subgroup>525</subgroup></classification-cpc>
</main-cpc></classifications-cpc>
<classifications-ipcr><classification-ipcr><section>H</section><class>01</class>
<subclass>M</subclass><main-group>4</main-group><subgroup>525</subgroup></classification-ipcr>
<classification-ipcr><section/></classification-ipcr></classifications-ipcr>
<references-cited><citation><patcit><document-id><country>US</country>
<doc-number>2004/137729</doc-number><kind>A1</kind></document-id></patcit></citation></references-cited>
<assignees><assignee><addressbook><orgname>Halvorne &amp; Co</orgname></addressbook></assignee>
<assignee><addressbook><last-name>Vik</last-name><first-name>S.</first-name></addressbook>
</assignee></assignees>"""
    )
    facts = document.facts
    assert (facts.kind, facts.number, facts.country, facts.language) == (
        "patent",
        "US9123456B2",
        "US",
        "en",
    )
    assert facts.title == "Coated cathode LiNiO2"
    assert facts.parties == ("Halvorne & Co", "S. Vik")
    assert (facts.priority_date, facts.filing_date, facts.publication_date) == (
        "2016-03-18",
        "2017-03-10",
        "2019-06-04",
    )
    assert facts.family == "NO20169987"
    assert facts.cpc == ("H01M4/525",)
    assert document.cited == ("US20040137729A1",)


def test_without_a_claimed_priority_the_own_filing_is_the_priority(grant):
    facts = grant().facts
    assert (facts.priority_date, facts.family) == ("2017-03-10", "US15999999")


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (["00001", "00002"], [1, 2]),
        (["1", "31", "32"], [1, 31, 32]),
        (["", "x", "-1"], [1, 2, 3]),
        (["²", "0", "9" * 5000], [1, 2, 3]),
    ],
)
def test_odd_claim_numbers_are_kept_or_counted(grant, claims, numbers, expected):
    body = "".join(f'<claim num="{n}"><claim-text>A cell.</claim-text></claim>' for n in numbers)
    document = grant(f"<claims>{body}</claims>")
    assert [claim.number for claim in document.claims] == expected
    assert claims(document) == ["A cell."] * len(numbers)


def test_an_abstract_without_paragraphs_is_not_lost(grant, paragraphs):
    assert paragraphs(grant("<abstract>A coated cathode.</abstract>")) == ["A coated cathode."]


def test_a_patent_without_any_text_has_its_facts(grant):
    document = grant()
    assert (document.text, document.sections, document.claims) == ("", (), ())
    assert document.facts.number == "US9123456B2"


@pytest.mark.parametrize(
    ("lang", "title", "texts"),
    [
        ("en", "Cell", ["Cell.", "Cell according to claim 1."]),
        ("de", "Zelle", ["Zelle.", "Zelle nach Anspruch 1."]),
        ("fr", "Cellule", ["Cellule.", "Cellule selon la revendication 1."]),
    ],
)
def test_of_three_languages_the_one_of_the_procedure_is_read(
    read_bytes, claims, lang, title, texts
):
    document = read_bytes("b1.xml", EPO.format(lang=lang, body=THREE_LANGUAGES))
    assert claims(document) == texts
    assert [claim.depends_on for claim in document.claims] == [(), (1,)]
    facts = document.facts
    assert (facts.title, facts.language, facts.number) == (title, lang, "EP3123456B1")
    assert (facts.priority_date, facts.filing_date, facts.publication_date, facts.family) == (
        "2015-09-10",
        "2016-09-06",
        "2022-03-16",
        "DE102015999106",
    )
    assert facts.parties == ("Kaldrune GmbH",)


BILLION = """<!DOCTYPE us-patent-grant [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>"""


@pytest.mark.parametrize(
    ("xml", "error", "message"),
    [
        (f"{BILLION}<us-patent-grant>&d;</us-patent-grant>", UnsafeXml, "expands into other"),
        (f"{BILLION}<us-patent-grant a='&d;'/>", UnsafeXml, "expands into other"),
        (
            "<!DOCTYPE a [<!ENTITY x 'y'>]><us-patent-grant>&x;</us-patent-grant>",
            UnsafeXml,
            "refers to the entity &x; declared in the file itself",
        ),
        (
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///y'>]><us-patent-grant>&x;</us-patent-grant>",
            UnsafeXml,
            "the entity &x;, which is outside the file",
        ),
        ("<us-patent-grant>", Malformed, "broken XML: "),
        ("<us-patent-grant/><b/>", Malformed, "broken XML: "),
        ("<a:us-patent-grant/>", Malformed, "broken XML: "),
        ("<a>" * 400 + "</a>" * 400, Malformed, "broken XML: "),
        ("<us-patent-grant>\x01</us-patent-grant>", Malformed, "broken XML: "),
        ("<PATDOC/>", NoText, "an empty <PATDOC>: no number, no title, no text"),
        ("<!DOCTYPE x SYSTEM 'a.dtd'><x>&mdash;</x>", UnsupportedFormat, "root <x>; known: us-pat"),
    ],
)
def test_bad_xml_is_refused_with_its_reason(read_bytes, xml, error, message):
    with pytest.raises(error, match=message):
        read_bytes("bad.xml", xml)


@pytest.mark.parametrize("dtd", ["", "<!DOCTYPE us-patent-grant SYSTEM 'a.dtd'>"])
def test_names_of_characters_need_no_dtd(read_bytes, paragraphs, dtd):
    body = "<p>5 &mgr;m &mdash; 45&deg; &thgr; &Prime; &logo; &amp;deg; <![CDATA[&deg;]]></p>"
    xml = f"{dtd}<us-patent-grant><description>{body}</description></us-patent-grant>"
    assert paragraphs(read_bytes("x.xml", xml)) == ["5 μm — 45° θ ″ &logo; &deg; &deg;"]


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY x SYSTEM "file://{path}">',
        '<!ENTITY x PUBLIC "-//x" "{path}">',
        '<!ENTITY % y SYSTEM "file://{path}"> %y; <!ENTITY x "&#37;y;">',
    ],
)
def test_entities_never_bring_another_file_in(tmp_path, read_bytes, declaration):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET WORDS")
    xml = f"<!DOCTYPE a [{declaration.format(path=secret)}]><us-patent-grant><description><p>"
    with pytest.raises((UnsafeXml, Malformed)) as caught:
        read_bytes("x.xml", f"{xml}&x;</p></description></us-patent-grant>")
    assert "SECRET" not in str(caught.value)


def test_a_dtd_beside_the_file_is_not_read(tmp_path, read_bytes, paragraphs):
    (tmp_path / "a.dtd").write_text('<!ENTITY x "SECRET WORDS"><!ATTLIST p num CDATA "0666">')
    document = read_bytes(
        "x.xml",
        "<!DOCTYPE us-patent-grant SYSTEM 'a.dtd'>"
        "<us-patent-grant><description><p>Text.</p></description></us-patent-grant>",
    )
    assert paragraphs(document) == ["Text."]
    assert document.sections[0].paragraphs[0].number is None


def test_pictures_declared_as_the_offices_do_are_harmless(read_bytes, paragraphs):
    document = read_bytes(
        "x.xml",
        '<!DOCTYPE us-patent-grant SYSTEM "a.dtd" [<!NOTATION TIF SYSTEM "TIF">'
        '<!ENTITY D1 SYSTEM "D1.TIF" NDATA TIF>]>'
        '<us-patent-grant><description><p>Text.<img file="D1"/></p></description>'
        "</us-patent-grant>",
    )
    assert paragraphs(document) == ["Text."]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_xml_is_read_in_the_encoding_that_it_declares(read_bytes, paragraphs, encoding):
    declared = encoding.removesuffix("-sig")
    xml = f"<?xml version='1.0' encoding='{declared}'?><us-patent-grant><description><p>45 °C"
    document = read_bytes("x.xml", f"{xml}</p></description></us-patent-grant>".encode(encoding))
    assert paragraphs(document) == ["45 °C"]


def test_the_content_decides_and_not_the_suffix(read_bytes, grant):
    document = read_bytes("grant.dat", GRANT.format(body="", bibliography=""))
    assert document.facts.number == "US9123456B2"


@pytest.mark.parametrize("name", ["xmlns", "xmlns:x"])
def test_a_namespace_that_an_export_adds_hides_nothing(read_bytes, claims, name):
    body = '<claims><claim num="1"><claim-text>1. A cell.</claim-text></claim></claims>'
    xml = GRANT.format(body=body, bibliography="")
    xml = xml.replace("<us-patent-grant ", f'<us-patent-grant {name}="urn:y" ')
    if name == "xmlns:x":
        xml = xml.replace("</us-", "</x:us-").replace("<us-", "<x:us-")
    document = read_bytes("ns.xml", xml)
    assert (document.facts.number, claims(document)) == ("US9123456B2", ["A cell."])
    document = read_bytes(
        "ep.xml",
        EPO.format(lang="en", body=THREE_LANGUAGES).replace(
            "<ep-patent-document ", '<ep-patent-document xmlns="urn:y" '
        ),
    )
    assert (document.facts.number, document.facts.title) == ("EP3123456B1", "Cell")


def test_windows_1252_under_a_declaration_of_utf_8_is_read(read_bytes, paragraphs):
    xml = GRANT.format(bibliography="", body="<abstract><p>Müller’s 5 µm at 25°C</p></abstract>")
    assert paragraphs(read_bytes("a.xml", xml.encode("cp1252"))) == ["Müller’s 5 µm at 25°C"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("電池のセル", "shift-jis"), ("전지", "euc-kr"), ("małych", "cp1250"), ("Ячейка", "cp1251")],
)
def test_other_encodings_under_utf_8_are_not_guessed(read_bytes, text, encoding):
    xml = GRANT.format(bibliography="", body=f"<abstract><p>{text}</p></abstract>")
    with pytest.raises(Malformed, match="not in its encoding, UTF-8"):
        read_bytes("a.xml", xml.encode(encoding))


def test_damaged_utf_8_is_not_taken_for_another_encoding(read_bytes):
    xml = GRANT.format(bibliography="", body="<abstract><p>Größe, Länge</p></abstract>")
    with pytest.raises(Malformed, match="not in its encoding, UTF-8"):
        read_bytes("a.xml", xml.encode().replace("ä".encode(), b"\xc3"))
