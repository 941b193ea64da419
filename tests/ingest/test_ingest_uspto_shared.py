"""USPTO files of third parties against counts of what stands in the raw files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ingest.readers import read_file


@pytest.fixture
def official(shared) -> Path:
    return shared / "patent_formats" / "uspto_grant_app"


def documents(path):
    replies = list(read_file(str(path)))
    assert not [reply.rejection for reply in replies if reply.rejection]
    return [reply.document for reply in replies]


def described(document, kind="description"):
    return [p for s in document.sections if s.kind == kind for p in s.paragraphs]


def date(digits):
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def element(raw, *path):
    """Text of the first element at the end of a path of names, looked for one after the other."""
    for name in path:
        match = re.search(rf"<{name}[ >].*?</{name}>", raw, re.DOTALL)
        raw = match[0] if match else ""
    return " ".join(re.sub(r"<[^>]+>", "", raw).split())


def test_red_book_files_are_read_whole(official):
    paths = [
        *official.glob("*xml20*"), *official.glob("*xmlApp*"), *official.glob("*application_v4*"),
    ]  # fmt: skip
    assert len(paths) == 11
    for path in paths:
        raw = path.read_text("utf-8")
        (document,) = documents(path)
        facts = document.facts
        number = element(raw, "publication-reference", "doc-number").lstrip("0")
        assert facts.number == f"US{number}{element(raw, 'publication-reference', 'kind')}"
        assert facts.application_number == element(raw, "application-reference", "doc-number")
        assert facts.filing_date == date(element(raw, "application-reference", "date"))
        assert facts.publication_date == date(element(raw, "publication-reference", "date"))
        assert " ".join(facts.title.split()) == element(raw, "invention-title").replace(
            "&#x2014;", "—"
        )
        assert len(document.claims) == len(re.findall(r"<claim[ >]", raw)), path.name
        body = re.search(r"<description[ >].*</description>", raw, re.DOTALL)
        numbers = re.findall(r'<p [^>]*num="(\d+)"', body[0] if body else "")
        read = [p.number for p in described(document) if p.number]
        assert list(dict.fromkeys(read)) == list(dict.fromkeys(numbers)), path.name
        cited = re.findall(r"<patcit|<nplcit", raw)
        assert len(document.references) == len(cited), path.name
        by = re.findall(r"<category>cited by examiner", raw)
        assert sum(r.cited_by == "examiner" for r in document.references) == len(by)
        ipc = re.findall(r"<classification-ipcr>", raw)
        ipc += re.findall(
            r"<(?:main|further)-classification>", element_raw(raw, "classification-ipc")
        )
        assert len(facts.ipc) == len(set(ipc_symbols(raw))), path.name
        assert bool(ipc) == bool(facts.ipc)
        assert facts.inventors, path.name
        assert facts.priority_date <= facts.filing_date
        entries = re.findall(r"<entry[^>]*>([^<]+)</entry>", raw)
        squeezed = "".join(document.text.split())
        for entry in entries:
            assert "".join(entry.replace("&#x26;", "&").split())[:15].split("&#")[0] in squeezed


def element_raw(raw, name):
    match = re.search(rf"<{name}>.*?</{name}>", raw, re.DOTALL)
    return match[0] if match else ""


def ipc_symbols(raw):
    for block in re.findall(r"<classification-ipcr>.*?</classification-ipcr>", raw, re.DOTALL):
        names = ("section", "class", "subclass", "main-group", "subgroup")
        yield "".join(
            element(block, name) + ("/" if name == "main-group" else "") for name in names
        )
    block = element_raw(raw, "classification-ipc")
    yield from re.findall(r"<\w+-classification>([^<]+)<", block)


def test_applications_of_the_first_years_are_read_whole(official):
    paths = [*official.glob("*_pap_*"), *official.glob("*application_v1*")]
    assert len(paths) == 5
    for path in paths:
        raw = path.read_text("utf-8")
        (document,) = documents(path)
        facts = document.facts
        kind = element(raw, "document-id", "kind-code")
        assert facts.number == f"US{element(raw, 'document-id', 'doc-number')}{kind}"
        assert facts.filing_date == date(element(raw, "domestic-filing-data", "filing-date"))
        assert facts.publication_date == date(element(raw, "document-id", "document-date"))
        assert facts.title == element(raw, "title-of-invention")
        assert len(facts.inventors) == len(re.findall(r"<(?:first-named-)?inventor>", raw))
        assert len(document.claims) == len(re.findall(r"<claim ", raw)), path.name
        depending = [
            claim
            for claim in re.findall(r"<claim .*?</claim>", raw, re.DOTALL)
            if "dependent-claim-reference" in claim
        ]
        assert sum(bool(c.depends_on) for c in document.claims) >= len(depending)
        body = re.search(r"<subdoc-description>.*</subdoc-description>", raw, re.DOTALL)
        printed = re.findall(
            r"<paragraph[^>]*>\s*<number>\D*(\d+)\D*</number>", body[0] if body else ""
        )
        read = [p.number for p in described(document) if p.number]
        assert list(dict.fromkeys(read)) == [n.zfill(4) for n in printed], path.name
        assert "lsqb" not in document.text
        assert "<number>" not in document.text


def test_grants_by_tags_of_st32_are_read_whole(official):
    paths = [*official.glob("*_sgml_*"), *official.glob("*grant_v2*")]
    assert len(paths) == 4
    for path in paths:
        raw = path.read_text("utf-8")
        (document,) = documents(path)
        facts = document.facts
        number = element(raw, "B110").lstrip("0")
        number = re.sub(r"^(\D*)0*", r"\1", number)
        assert facts.number == f"US{number}{element(raw, 'B130')}"
        assert facts.application_number == element(raw, "B210")
        assert (facts.filing_date, facts.publication_date) == (
            date(element(raw, "B220")),
            date(element(raw, "B140")),
        )
        assert facts.title == element(raw, "B540")
        assert len(document.claims) == raw.count("<CLM ")
        assert sum(bool(c.depends_on) for c in document.claims) >= len(
            [c for c in re.findall(r"<CLM .*?</CLM>", raw, re.DOTALL) if "<CLREF" in c]
        )
        assert len(document.references) == raw.count("<PCIT>") + raw.count("<NCIT>")
        by_examiner = len(re.findall(r"<B56[12]>(?:(?!</B56).)*<CITED-BY-EXAMINER", raw, re.DOTALL))
        assert sum(r.cited_by == "examiner" for r in document.references) == by_examiner
        assert len(facts.inventors) == raw.count("<B721>")
        assert len(facts.assignees) == raw.count("<B731>")
        body = re.search(r"<SDODE>.*</SDODE>", raw, re.DOTALL)[0]
        assert sum(not p.table for p in described(document)) == body.count("<PARA ")
        assert not re.search(r"&\w+;", document.text)


def test_the_greek_of_a_grant_of_2002_is_readable(official):
    (document,) = documents(official / "PatentDocument_resources_samples_sgml_US06337117.xml")
    assert "1×10^−12 seconds" in document.text
    assert "(Φ-Φ_0)/(Φ_∞-Φ_0)=1-exp(-t/τ)" in document.text
    assert "| CdSe nanoparticle having a | 0.1 |" in document.text


def test_greenbook_files_are_read_whole(official):
    for name, number, filed, published, priority in (
        ("US03937375", "US3937375A", "1974-10-29", "1976-02-10", "1974-10-29"),
        ("US04347903", "US4347903A", "1980-03-10", "1982-09-07", "1978-07-10"),
    ):
        (path,) = official.glob(f"*{name}.greenbook")
        raw = path.read_text("latin-1")
        (document,) = documents(path)
        facts = document.facts
        assert (facts.number, facts.filing_date, facts.publication_date) == (
            number,
            filed,
            published,
        )
        assert facts.priority_date == priority
        assert facts.title == re.search(r"(?m)^TTL  (.*)$", raw)[1]
        assert len(document.claims) == len(re.findall(r"(?m)^NUM ", raw))
        assert len(document.claims) == int(re.search(r"(?m)^NCL  (\d+)", raw)[1])
        assert len(facts.inventors) == len(re.findall(r"(?m)^INVT", raw))
        assert len(document.references) == len(re.findall(r"(?m)^UREF", raw))
        assert len(facts.ipc) == len(re.findall(r"(?m)^ICL ", raw))
        text = raw[raw.index("\nBSUM") : raw.index("\nCLMS")]
        paragraphs = len(re.findall(r"(?m)^PA[RL0-9] ", text))
        assert sum(not p.table for p in described(document)) == paragraphs


def test_public_search_is_read_whole(shared):
    folder = shared / "patent_formats" / "uspto_publicsearch"
    for name in ("uspto_public_search_fixtures_doc", "uspto_public_search_fixtures_doc_output"):
        records = json.loads((folder / f"{name}.json").read_text("utf-8"))
        found = documents(folder / f"{name}.json")
        assert len(found) == len(records) == 31
        for document, record in zip(found, records, strict=True):
            facts = document.facts
            _, number, kind = record["guid"].split("-")
            number = re.sub(r"^(\D*)0*", r"\1", number)
            assert facts.number == f"US{number}{kind}"
            filed = record.get("applicationFilingDate") or [record.get("app_filing_date")]
            assert (facts.filing_date or "") == (filed[0] or "")[:10]
            published = record.get("datePublished") or record.get("publication_date")
            assert facts.publication_date == published[:10]
            text = record.get("document") or record
            stated = record.get("numberOfClaims") or (record.get("document_structure") or {}).get(
                "number_of_claims"
            )
            html = text.get("claimsHtml") or text.get("claims_html") or ""
            if stated:
                assert len(document.claims) == int(stated), facts.number
            if "claim" in html and len(html) > 100:
                assert document.claims
            assert described(document), facts.number
            assert not re.search(r"<(?:br|figref|b|maths|mrow)\b", document.text)


def test_flat_records_are_read_whole(shared):
    for path in sorted((shared / "patent_formats" / "misc").glob("*.json")):
        record = json.loads(path.read_text("utf-8"))
        (document,) = documents(path)
        assert document.facts.number == record["publicationNumber"]
        assert len(document.claims) == len(record["claims"])
        assert document.facts.priority_date == record["priorityDate"]
        assert len(document.references) == len(record["citationsDetails"]["details"])
        assert document.facts.inventors == tuple(record["inventorsDetails"]["names"])
