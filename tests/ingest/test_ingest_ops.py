"""Answers of Open Patent Services: invented ones, and the shared ones against their raw bytes."""

from __future__ import annotations

import re

import pytest

from ingest.errors import NoText, UnsupportedFormat
from ingest.numbers import canonical_number
from ingest.readers import read_file

ANSWER = """<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet type="text/xsl" href="/x.xsl"?>
<ops:world-patent-data xmlns="http://www.epo.org/exchange" xmlns:ops="http://ops.epo.org">
<ops:meta name="elapsed-time" value="1"/>{content}</ops:world-patent-data>"""
FULL_TEXT = """<ftxt:fulltext-documents xmlns="http://www.epo.org/fulltext"
 xmlns:ftxt="http://www.epo.org/fulltext"><ftxt:fulltext-document system="ops.epo.org">
<bibliographic-data><publication-reference data-format="docdb"><document-id><country>EP</country>
<doc-number>1000000</doc-number><kind>A1</kind></document-id></publication-reference>
</bibliographic-data>{parts}</ftxt:fulltext-document></ftxt:fulltext-documents>"""
DOCUMENT_ID = """<document-id document-id-type="{form}"><country>{country}</country>
<doc-number>{number}</doc-number><kind>{kind}</kind><date>{date}</date></document-id>"""


def docdb(country, number, kind, date, form="docdb"):
    values = {"number": number, "kind": kind, "date": date, "form": form}
    return DOCUMENT_ID.format(country=country, **values)


@pytest.fixture
def documents(tmp_path):
    def of(content):
        path = tmp_path / "answer.xml"
        path.write_text(content if content.startswith("<?xml") else ANSWER.format(content=content))
        return [reply.document for reply in read_file(str(path))]

    return of


def exchange(number, title):
    return (
        f'<exchange-document country="EP" doc-number="{number}" kind="A1" family-id="7">'
        "<bibliographic-data><publication-reference>"
        + docdb("EP", number, "A1", "20000517")
        + "</publication-reference><application-reference>"
        + docdb("EP", "99203729", "A", "")
        + "<document-id document-id-type='epodoc'><doc-number>EP19990203729</doc-number>"
        "<date>19991108</date></document-id></application-reference><priority-claims>"
        "<priority-claim sequence='1'><document-id document-id-type='epodoc'><doc-number>"
        "NL19981010536</doc-number><date>19981112</date></document-id></priority-claim>"
        f"</priority-claims><invention-title lang='en'>{title}</invention-title>"
        "</bibliographic-data><abstract lang='en'><p>A coated cell.</p></abstract>"
        "</exchange-document>"
    )


def test_a_search_with_bibliographic_data_gives_a_document_each(documents):
    found = documents(
        "<ops:biblio-search total-result-count='2'><ops:search-result><exchange-documents>"
        f"{exchange('1000001', 'One')}</exchange-documents><exchange-documents>"
        f"{exchange('1000002', 'Two')}</exchange-documents></ops:search-result></ops:biblio-search>"
    )
    assert [document.facts.title for document in found] == ["One", "Two"]
    assert len({document.facts.id for document in found}) == 2
    facts = found[0].facts
    assert (facts.filing_date, facts.publication_date) == ("1999-11-08", "2000-05-17")
    assert [(p.country, p.number, p.date) for p in facts.priorities] == [
        ("NL", "19981010536", "1998-11-12")
    ]
    # As an EP full text with B310 "1010536" has it.
    assert facts.family == "NL1010536"


def test_the_same_document_has_the_same_id_in_every_answer_of_several(tmp_path):
    ids = []
    for name, others in (("a.xml", exchange("2", "Two")), ("b.xml", exchange("3", "Three"))):
        content = f"<exchange-documents>{exchange('1', 'One')}{others}</exchange-documents>"
        (tmp_path / name).write_text(ANSWER.format(content=content))
        ids.append([(r.document.facts.id, r.content_hash) for r in read_file(tmp_path / name)])
    assert ids[0][0] == ids[1][0]
    assert ids[0][1] != ids[1][1]


def test_documents_that_were_not_found_are_named_after_those_that_were(tmp_path):
    path = tmp_path / "answer.xml"
    missing = '<exchange-document country="EP" doc-number="9" kind="A1" status="not found"/>'
    path.write_text(ANSWER.format(content=exchange("1000001", "One") + missing))
    replies = read_file(str(path))
    assert next(replies).document.facts.title == "One"
    with pytest.raises(NoText, match="did not find EP9A1"):
        next(replies)


@pytest.mark.parametrize(
    "parts",
    [
        "<claim-text>1. A cell.</claim-text><claim-text>2. The cell of claim 1.</claim-text>",
        "<claim-text>Claims\n1. A cell.\n2. The cell of claim 1.</claim-text>",
        "<claim-text>What is claimed is:\n1 . A cell.\n 2. The cell of claim 1.</claim-text>",
    ],
)
def test_claims_are_told_apart_where_one_element_holds_all(documents, claims, parts):
    claims_part = f"<claims lang='EN'><claim>{parts}</claim></claims>"
    (document,) = documents(FULL_TEXT.format(parts=claims_part))
    assert claims(document) == ["A cell.", "The cell of claim 1."]
    assert [(claim.number, claim.depends_on) for claim in document.claims] == [(1, ()), (2, (1,))]
    assert document.facts.number == canonical_number("EP", "1000000", "A1")
    assert (document.facts.language, document.facts.legal_kind) == ("en", "application")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. A cell with\n3 layers and\n2 of them wet.\n2. A salt.", 2),
        ("A cell without a number.", 1),
        ("1 A cell\n2 The cell of claim 1", 2),
        ("Claims as filed on 1 May\n1. A cell.\n2. A salt.", 2),
        ("1. A cell, wherein\n2 to 5 wt% of salt\nis dry.", 1),
    ],
)
def test_numbers_inside_a_claim_start_no_other(documents, claims, text, expected):
    part = f"<claims lang='EN'><claim><claim-text>{text}</claim-text></claim></claims>"
    (document,) = documents(FULL_TEXT.format(parts=part))
    assert len(document.claims) == expected


def test_claims_in_a_second_language_stay_findable(documents, claims):
    parts = (
        "<claims lang='DE'><claim><claim-text>1. Zelle.</claim-text></claim></claims>"
        "<claims lang='EN'><claim><claim-text>1. Cell.</claim-text></claim></claims>"
    )
    (document,) = documents(FULL_TEXT.format(parts=parts))
    assert claims(document) == ["Cell."]
    (section,) = document.sections
    (paragraph,) = section.paragraphs
    assert (section.kind, section.heading) == ("claims", "Claims (de)")
    assert document.text[paragraph.start : paragraph.end] == "1. Zelle."


def test_descriptions_keep_their_printed_numbers(documents, paragraphs):
    part = "<description lang='EN'><p>[0001]    A cell.</p><p>It is new.</p></description>"
    (document,) = documents(FULL_TEXT.format(parts=part))
    assert paragraphs(document) == ["A cell.", "It is new."]
    assert [p.number for p in document.sections[0].paragraphs] == ["0001", None]


def test_members_of_a_family_are_documents_with_their_facts(documents, paragraphs):
    member = (
        "<ops:family-member family-id='7'><publication-reference>{publication}"
        "</publication-reference><application-reference>{application}</application-reference>"
        "<priority-claim sequence='1'>{priority}</priority-claim>{more}</ops:family-member>"
    )
    facts = {
        "publication": docdb("US", "2002123456", "A1", "20020905"),
        "application": docdb("US", "3456702", "A", "20020101"),
        "priority": docdb("US", "32695801", "P", "20011003"),
    }
    whole = {"more": f"<exchange-documents>{exchange('1000001', 'One')}</exchange-documents>"}
    first, second = documents(
        "<ops:patent-family legal='false' total-result-count='2'>"
        f"{member.format(**facts, more='')}{member.format(**facts | whole)}</ops:patent-family>"
    )
    read = first.facts
    assert read.number == canonical_number("US", "2002123456", "A1")
    assert (read.priority_date, read.filing_date) == ("2001-10-03", "2002-01-01")
    assert (read.publication_date, read.family) == ("2002-09-05", "US2001326958P")
    assert read.number in paragraphs(first)[0]
    assert second.facts.title == "One"


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        ("<ops:document-inquiry/>", NoText, "which images there are"),
        (
            "<ops:biblio-search><ops:publication-reference/></ops:biblio-search>",
            NoText,
            r"publication numbers only.*\(1 publications\)",
        ),
        ("<ops:register-search/>", NoText, "European Patent Register"),
        ("<ops:something-new/>", UnsupportedFormat, "with meta, something-new inside"),
        (FULL_TEXT.format(parts=""), NoText, "holds no text"),
        (
            "<?xml version='1.0'?><fault xmlns='http://ops.epo.org'><code>SERVER.EntityNotFound"
            "</code><message>No results found</message></fault>",
            NoText,
            "SERVER.EntityNotFound No results found",
        ),
    ],
)
def test_answers_without_documents_say_why(documents, content, error, message):
    with pytest.raises(error, match=message):
        documents(content)


# The number of documents and of claims that each file prints; 0 where it holds none.
SHARED = {
    "fixtures_ep1000000_full_cycle_result": 2,
    "test_claims_example": 1,
    "test_claims_example_2": 1,
    "test_description_example": 1,
    "test_full_cycle_example": 2,
    "test_image_example": 0,
    "test_search_example": 0,
}


@pytest.mark.parametrize("name", SHARED)
def test_shared_answers_have_all_of_their_raw_files(shared, name):
    path = shared / "patent_formats" / "epo_ops" / f"epo_ops_published_{name}.xml"
    raw = path.read_text("utf-8")
    if not SHARED[name]:
        with pytest.raises(NoText):
            list(read_file(str(path)))
        return
    found = [reply.document for reply in read_file(str(path))]
    assert len(found) == SHARED[name]
    pieces = re.findall(r"<exchange-document .*?</exchange-document>", raw, re.DOTALL) or [raw]
    for document, piece in zip(found, pieces, strict=True):
        facts = document.facts
        assert len(document.claims) == len(
            re.findall(r"(?:<claim-text>|^)\s*\d+\s?\. ", piece, re.M)
        )
        assert len(facts.titles) == piece.count("<invention-title ")
        assert len(document.references) == len(re.findall(r"<citation ", piece))
        assert bool(facts.inventors) == ("<inventor " in piece)
        symbols = re.findall(r"<main-group>(\d+)</main-group>\s*<subgroup>(\d+)<", piece)
        assert {s for s in facts.cpc if s not in facts.ipc} == {
            s for s in (f"B28B{a}/{b}" for a, b in symbols) if s not in facts.ipc
        }
        numbers = {p.number for s in document.sections for p in s.paragraphs if p.number}
        assert numbers == set(re.findall(r"<p>\[(\d+)\]", piece))
        date = re.search(r"<kind>[AB]1</kind>\s*<date>(\d+)<", piece)
        assert (facts.publication_date or "").replace("-", "") == (date[1] if date else "")
