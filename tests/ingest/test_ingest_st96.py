"""Patents in WIPO ST.96, invented after the elements of its patent schema."""

from __future__ import annotations

import pytest

from ingest.errors import UnsupportedFormat
from ingest.numbers import canonical_number
from ingest.readers import read_file

SPACES = """xmlns:pat="http://www.wipo.int/standards/XMLSchema/ST96/Patent"
 xmlns:com="http://www.wipo.int/standards/XMLSchema/ST96/Common\""""
PUBLICATION = """<pat:{root} {spaces} com:languageCode="en" com:st96Version="V5_0">
<pat:BibliographicData com:languageCode="en"><pat:PatentPublicationIdentification>
<com:IPOfficeCode>CA</com:IPOfficeCode><pat:PublicationNumber>{number}</pat:PublicationNumber>
<com:PatentDocumentKindCode>A1</com:PatentDocumentKindCode>
<com:PublicationDate>2022-03-16</com:PublicationDate></pat:PatentPublicationIdentification>
<pat:ApplicationIdentification><com:IPOfficeCode>CA</com:IPOfficeCode><com:ApplicationNumber>
<com:ApplicationNumberText>3012345</com:ApplicationNumberText></com:ApplicationNumber>
<pat:FilingDate>2020-09-06</pat:FilingDate></pat:ApplicationIdentification>{data}
<pat:InventionTitle com:languageCode="fr">Cellule</pat:InventionTitle>
<pat:InventionTitle com:languageCode="en">Cell with Li<com:Sub>2</com:Sub>O</pat:InventionTitle>
</pat:BibliographicData>{body}</pat:{root}>"""
DATA = """<pat:PriorityClaimBag><pat:PriorityClaim com:sequenceNumber="1"><com:IPOfficeCode>DE
</com:IPOfficeCode><com:ApplicationNumber><com:ApplicationNumberText>102019999106
</com:ApplicationNumberText></com:ApplicationNumber><pat:FilingDate>2019-09-10</pat:FilingDate>
</pat:PriorityClaim></pat:PriorityClaimBag>
<pat:PartyBag><pat:ApplicantBag><pat:Applicant com:sequenceNumber="1"><com:PublicationContact>
<com:Name><com:OrganizationName><com:OrganizationStandardName>Kaldrune GmbH
</com:OrganizationStandardName></com:OrganizationName></com:Name></com:PublicationContact>
</pat:Applicant></pat:ApplicantBag><pat:InventorBag><pat:Inventor><com:Contact><com:Name>
<com:PersonName><com:PersonStructuredName><com:FirstName>Signe</com:FirstName>
<com:LastName>Vik</com:LastName></com:PersonStructuredName></com:PersonName></com:Name>
</com:Contact></pat:Inventor></pat:InventorBag></pat:PartyBag>
<pat:PatentClassificationBag><pat:IPCRClassificationBag><pat:IPCRClassification><pat:Section>H
</pat:Section><pat:Class>01</pat:Class><pat:Subclass>M</pat:Subclass><pat:MainGroup>4
</pat:MainGroup><pat:Subgroup>525</pat:Subgroup></pat:IPCRClassification>
</pat:IPCRClassificationBag><pat:CPCClassificationBag><pat:MainCPC><pat:CPCClassification>
<pat:CPCSection>Y</pat:CPCSection><pat:Class>02</pat:Class><pat:Subclass>E</pat:Subclass>
<pat:MainGroup>60</pat:MainGroup><pat:Subgroup>10</pat:Subgroup></pat:CPCClassification>
</pat:MainCPC><pat:FurtherCPC><pat:CPCClassification><com:PatentClassificationText>H01M   4/58
</com:PatentClassificationText></pat:CPCClassification></pat:FurtherCPC>
</pat:CPCClassificationBag></pat:PatentClassificationBag>
<pat:ReferenceCitationBag><pat:ReferenceCitation><pat:PatentCitation>
<pat:CitedPatentDocumentIdentification><com:IPOfficeCode>US</com:IPOfficeCode>
<com:DocumentNumber>20070204872</com:DocumentNumber>
<com:PatentDocumentKindCode>A1</com:PatentDocumentKindCode>
</pat:CitedPatentDocumentIdentification></pat:PatentCitation>
<pat:CitedByExaminerIndicator>true</pat:CitedByExaminerIndicator></pat:ReferenceCitation>
<pat:ReferenceCitation><pat:NPLCitation><pat:NPLCitationText>BOE: Salts</pat:NPLCitationText>
</pat:NPLCitation></pat:ReferenceCitation></pat:ReferenceCitationBag>"""
BODY = """<pat:Abstract com:languageCode="en"><com:P>A coated cell.</com:P></pat:Abstract>
<pat:Description><com:Heading>Background</com:Heading><com:P com:pNumber="0001">First, 10<com:Sup>-3
</com:Sup>.</com:P><com:P><com:ParagraphNumber>[0002]</com:ParagraphNumber>Second.</com:P>
</pat:Description><pat:Claims><pat:Claim com:id="CLM-1"><pat:ClaimNumber>1</pat:ClaimNumber>
<pat:ClaimText>A cell:<pat:ClaimText>a salt.</pat:ClaimText></pat:ClaimText></pat:Claim>
<pat:Claim com:id="CLM-2"><pat:ClaimNumber>2</pat:ClaimNumber><pat:ClaimText>2. The cell of
<pat:ClaimReference com:idref="CLM-1">claim 1</pat:ClaimReference>.</pat:ClaimText></pat:Claim>
</pat:Claims>"""


def publication(data="", body="", root="PatentPublication", spaces=SPACES, number="3012345"):
    values = {"data": data, "body": body, "root": root, "number": number}
    return PUBLICATION.format(spaces=spaces, **values)


def test_facts_come_from_the_bibliographic_data(read_bytes):
    document = read_bytes("a.xml", publication(DATA))
    facts = document.facts
    assert facts.number == canonical_number("CA", "3012345", "A1")
    assert (facts.country, facts.language, facts.legal_kind) == ("CA", "en", "application")
    assert (facts.application_number, facts.filing_date) == ("3012345", "2020-09-06")
    assert (facts.publication_date, facts.priority_date) == ("2022-03-16", "2019-09-10")
    assert facts.family == "DE102019999106"
    assert [(p.country, p.number) for p in facts.priorities] == [("DE", "102019999106")]
    assert facts.title == "Cell with Li2O"
    assert [(t.language, t.text) for t in facts.titles] == [
        ("fr", "Cellule"),
        ("en", "Cell with Li2O"),
    ]
    assert facts.parties == facts.applicants == ("Kaldrune GmbH",)
    assert facts.inventors == ("Signe Vik",)
    assert facts.cpc == ("Y02E60/10", "H01M4/58", "H01M4/525")
    assert facts.ipc == ("H01M4/525",)
    assert [(r.number, r.kind, r.cited_by) for r in document.references] == [
        (canonical_number("US", "20070204872", "A1"), "patent", "examiner"),
        (None, "literature", None),
    ]


def test_without_text_the_titles_are_the_text(read_bytes, paragraphs):
    assert paragraphs(read_bytes("a.xml", publication()))[:2] == ["Cellule", "Cell with Li2O"]


@pytest.mark.parametrize(
    "spaces",
    [
        SPACES,
        'xmlns:pat="http://www.wipo.int/standards/XMLSchema/ST96/Patent/V9" xmlns:com="urn:x"',
        'xmlns:pat="urn:an-office-of-its-own" xmlns:com="urn:x"',
    ],
)
def test_text_and_claims_are_read_in_any_version_of_the_namespace(
    read_bytes, claims, paragraphs, spaces
):
    document = read_bytes("a.xml", publication(DATA, BODY, spaces=spaces))
    assert paragraphs(document) == ["A coated cell.", "First, 10^-3\n.", "Second."]
    (_, description) = document.sections
    assert (description.kind, description.heading) == ("description", "Background")
    assert [p.number for p in description.paragraphs] == ["0001", "0002"]
    assert claims(document) == ["A cell:\na salt.", "The cell of\nclaim 1."]
    assert [claim.depends_on for claim in document.claims] == [(), (1,)]


def test_the_body_alone_and_other_roots_of_the_namespace_are_read(read_bytes, claims):
    for root in ("ApplicationBody", "FiledSpecification"):
        document = read_bytes("a.xml", f"<pat:{root} {SPACES}>{BODY}</pat:{root}>")
        assert len(claims(document)) == 2
        assert document.facts.number is None


def test_a_bag_of_publications_gives_a_document_each(tmp_path):
    inner = "".join(publication(number=number) for number in ("3012345", "3012346"))
    path = tmp_path / "bag.xml"
    path.write_text(f"<pat:PatentPublicationBag {SPACES}>{inner}</pat:PatentPublicationBag>")
    found = [reply.document.facts for reply in read_file(str(path))]
    assert [facts.number[:9] for facts in found] == ["CA3012345", "CA3012346"]
    assert len({facts.id for facts in found}) == 2


def test_claims_in_another_language_stay_findable(read_bytes, claims):
    french = (
        '<pat:Claims com:languageCode="fr"><pat:Claim><pat:ClaimNumber>1</pat:ClaimNumber>'
        "<pat:ClaimText>Cellule.</pat:ClaimText></pat:Claim></pat:Claims>"
    )
    document = read_bytes("a.xml", publication("", french + BODY))
    assert claims(document)[0] == "A cell:\na salt."
    section = document.sections[-1]
    (paragraph,) = section.paragraphs
    assert section.heading == "Claims (fr)"
    assert document.text[paragraph.start : paragraph.end] == "1. Cellule."


def test_an_element_that_is_no_patent_is_refused(read_bytes):
    with pytest.raises(UnsupportedFormat, match="neither data nor text"):
        read_bytes("a.xml", f"<pat:Fee {SPACES}><com:Amount>5</com:Amount></pat:Fee>")
