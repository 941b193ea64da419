"""DOCDB bulk files: invented records, and the shared ones counted against their raw bytes."""

from __future__ import annotations

import re

import pytest

from docdb_files import ABSTRACT, outer, record
from ingest.numbers import canonical_number
from ingest.readers import read_file


@pytest.fixture
def replies(tmp_path):
    def of(content, name="docdb.xml"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read_file(str(path)))

    return of


@pytest.fixture
def facts(replies):
    def of(data, abstract=""):
        (reply,) = replies(outer(record(data=data, abstract=abstract)))
        return reply.document.facts

    return of


APPLICATION = """<exch:application-reference data-format="docdb"><document-id><country>{country}
</country><doc-number>{number}</doc-number><kind>{kind}</kind><date>20220610</date></document-id>
</exch:application-reference><exch:application-reference data-format="original"><document-id>
<doc-number>as filed</doc-number></document-id></exch:application-reference>"""
PRIORITY = """<exch:priority-claim sequence="{sequence}" data-format="docdb"><document-id><country>
{country}</country><doc-number>{number}</doc-number><kind>{kind}</kind><date>{date}</date>
</document-id><exch:priority-active-indicator>{active}</exch:priority-active-indicator>
</exch:priority-claim><exch:priority-claim sequence="{sequence}" data-format="original">
<document-id><doc-number>other form</doc-number></document-id></exch:priority-claim>"""


def priorities(*claims):
    keys = ("sequence", "country", "number", "kind", "date", "active")
    written = (
        PRIORITY.format(**dict(zip(keys, (at, *claim), strict=True)))
        for at, claim in enumerate(claims, start=1)
    )
    return f"<exch:priority-claims>{''.join(written)}</exch:priority-claims>"


def test_numbers_dates_and_families_come_from_the_docdb_forms(facts):
    read = facts(
        APPLICATION.format(country="EP", number="22123456", kind="A")
        + priorities(
            ("US", "32695801", "P", "20011003", "Y"),
            ("DE", "102001000001", "A", "20010101", "N"),
            ("JP", "0107711", "W", "20011105", "Y"),
        )
    )
    assert read.number == canonical_number("EP", "1000000", "A1")
    assert (read.application_number, read.filing_date) == ("22123456", "2022-06-10")
    assert (read.publication_date, read.legal_kind) == ("2022-03-16", "application")
    assert [(p.country, p.number, p.date) for p in read.priorities] == [
        ("US", "32695801", "2001-10-03"),
        ("WO", "JP0107711", "2001-11-05"),
    ]
    # As an EP full text with B310 "326958 P" has it.
    assert (read.priority_date, read.family) == ("2001-10-03", "US2001326958P")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (APPLICATION.format(country="EP", number="22123456", kind="A"), "EP22123456"),
        (APPLICATION.format(country="IB", number="2022055385", kind="W"), "PCTIB2022055385"),
        ("", "DOCDB555"),
    ],
)
def test_without_priorities_the_own_application_makes_the_family(facts, data, expected):
    assert facts(data).family == expected


PARTY = """<exch:{tag} sequence="{at}" data-format="{form}"><exch:{tag}-name><name>{name}</name>
</exch:{tag}-name></exch:{tag}>"""


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ([("docdb", "UNIV X"), ("docdba", "UNIVERSITY OF X")], "UNIVERSITY OF X"),
        ([("original", "大学 X"), ("docdb", "UNIV X")], "UNIV X"),
        ([("original", "University of X,"), ("docdb", "UNIV X")], "University of X"),
        ([("epodoc", "UNIV X [NO]")], "UNIV X"),
    ],
)
def test_a_party_is_named_once_and_in_full(facts, forms, expected):
    names = [PARTY.format(tag="applicant", at=1, form=f, name=n) for f, n in forms]
    names.append(PARTY.format(tag="applicant", at=2, form="docdb", name="KALDRUNE"))
    inventors = PARTY.format(tag="inventor", at=1, form="docdba", name="VIK, Signe")
    read = facts(
        f"<exch:parties><exch:applicants>{''.join(names)}</exch:applicants><exch:inventors>"
        f"{inventors}</exch:inventors></exch:parties>"
    )
    assert read.applicants == read.parties == (expected, "KALDRUNE")
    assert read.inventors == ("VIK, Signe",)


def test_symbols_are_those_of_cpc_and_ipc_alone(facts):
    def classified(scheme, symbol):
        return (
            f'<patent-classification><classification-scheme scheme="{scheme}"/>'
            f"<classification-symbol>{symbol}</classification-symbol></patent-classification>"
        )

    read = facts(
        "<exch:classification-ipc><edition>7</edition><main-classification>H01M 4/58"
        "</main-classification></exch:classification-ipc><exch:classifications-ipcr>"
        "<classification-ipcr><text>H01M   4/525       20100101AFI20100101BHEP        </text>"
        "</classification-ipcr></exch:classifications-ipcr><exch:patent-classifications>"
        + classified("CPCI", "H01M   4/525       ")
        + classified("CPCA", "Y02E  60/10        ")
        + classified("EC", "H01M4/52B")
        + classified("FI", "H01M4/505")
        + "</exch:patent-classifications>"
    )
    assert read.ipc == ("H01M4/525", "H01M4/58")
    assert read.cpc == ("H01M4/525", "Y02E60/10", "H01M4/58")


def test_citations_say_who_made_them(replies):
    cited = """<exch:references-cited><exch:citation cited-phase="{0}"><patcit num="1"><document-id>
<country>US</country><doc-number>2007204872</doc-number><kind>A1</kind></document-id></patcit>
</exch:citation><exch:citation cited-phase="OPP"><nplcit><text>BOE: Salts</text></nplcit>
</exch:citation></exch:references-cited>"""
    found = []
    for phase in ("SEA", "APP"):
        (reply,) = replies(outer(record(data=cited.format(phase))))
        found.append([(r.number, r.text, r.cited_by) for r in reply.document.references])
    number = canonical_number("US", "2007204872", "A1")
    assert found == [
        [(number, "US 2007204872 A1", who), (None, "BOE: Salts", "OPP")]
        for who in ("examiner", "applicant")
    ]


def test_all_languages_of_the_abstract_are_text_the_main_one_first(replies, paragraphs):
    texts = [ABSTRACT.format(lang=lang, text=f"Text in {lang}.") for lang in ("fr", "en", "sh")]
    language = "<exch:language-of-publication>sh</exch:language-of-publication>"
    languages = []
    for data in ("", language):
        (reply,) = replies(outer(record(data=data, abstract="".join([*texts, texts[0]]))))
        languages.append((reply.document.facts.language, paragraphs(reply.document)))
    assert languages == [
        ("en", ["Text in en.", "Text in fr.", "Text in sh."]),
        ("sh", ["Text in sh.", "Text in fr.", "Text in en."]),
    ]


def test_an_original_language_that_is_not_named_is_unknown(replies):
    korean = "이차전지용 양극 활물질의 제조 방법에 관한 것이다."
    (reply,) = replies(
        outer(record(abstract=ABSTRACT.format(lang="ol", text=korean)).replace('"en"', '"ol"'))
    )
    facts = reply.document.facts
    assert (facts.language, facts.titles[0].language) == ("ko", None)


def test_records_without_an_abstract_are_found_by_title(replies, paragraphs):
    (reply,) = replies(outer(record("1000000")))
    assert paragraphs(reply.document)[0] == reply.document.facts.title == "Cell 1000000"


def test_shared_records_have_all_facts_of_their_raw_files(shared):
    paths = sorted((shared / "patent_formats" / "epo_docdb").glob("*.xml"))
    assert len(paths) == 3
    for path in paths:
        raw = path.read_text("utf-8")
        (reply,) = read_file(str(path))
        document, read = reply.document, reply.document.facts
        parts = re.search(r'country="(\w+)" doc-number="(\d+)" kind="(\w+)"', raw).groups()
        assert read.number == canonical_number(*parts)
        assert read.publication_date.replace("-", "") in raw[:200]
        docdb = raw[raw.index('data-format="docdb"', raw.index("<exch:application-reference")) :]
        assert read.application_number.endswith(re.search(r"<doc-number>(\w+)<", docdb)[1])
        assert read.filing_date.replace("-", "") == re.search(r"<date>(\d+)<", docdb)[1]
        claims = re.findall(r'<exch:priority-claim [^>]*data-format="docdb"', raw)
        assert len(read.priorities) == len(claims) > 0
        assert len(read.titles) == len(re.findall("<exch:invention-title ", raw))
        assert len(read.inventors) == len(re.findall(r'<exch:inventor [^>]*"docdb"', raw))
        assert len(read.applicants) == len(re.findall(r'<exch:applicant [^>]*"docdb"', raw))
        symbols = set(re.findall(r"<text>([A-H]\d\d[A-Z] *\d+/\d+)", raw))
        assert set(read.ipc) == {symbol.replace(" ", "") for symbol in symbols}
        symbols |= set(re.findall(r"<classification-symbol>([A-Z0-9 /]+)<", raw))
        assert set(read.cpc) == {symbol.replace(" ", "") for symbol in symbols}
        citations = re.findall("<exch:citation .*?</exch:citation>", raw)
        assert len(document.references) == len(set(map(_cited, citations)))
        literature = [r for r in document.references if r.kind == "literature"]
        assert len(literature) == len({_cited(c) for c in citations if "<nplcit" in c})
        assert len(document.sections) == len(re.findall("<exch:abstract ", raw))


def _cited(citation):
    """Who cites, and what: the text of literature, the parts of a number."""
    phase = re.search('cited-phase="([A-Z]+)"', citation)[1]
    who = "APP" if phase == "APP" else "EXA"
    what = re.search("<nplcit[^>]*><text>(.*?)</text>", citation)
    return who, what[1] if what else re.search("<document-id.*?</kind>", citation)[0]
