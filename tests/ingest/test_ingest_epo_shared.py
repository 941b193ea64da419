"""EPO full texts beside the project, counted by regular expressions on their raw bytes."""

from __future__ import annotations

import html
import re

import pytest

from ingest.numbers import canonical_number
from ingest.text import one_line


@pytest.fixture(scope="session")
def full_texts(shared, read):
    paths = sorted((shared / "patent_formats" / "epo_ep_fulltext").glob("*.xml"))
    return [(path.read_text("utf-8"), read(path)) for path in paths]


def _within(raw, tag):
    return re.findall(rf"<{tag}\b[^>]*>.*?</{tag}>", raw, re.DOTALL)


def _bare(markup):
    return one_line(html.unescape(re.sub(r"<!--.*?-->|<[A-Za-z/][^>]*>", "", markup)))


def test_shared_full_texts_have_all_facts_of_their_raw_files(full_texts):
    assert len(full_texts) == 27
    for raw, document in full_texts:
        facts = document.facts
        root = dict(
            re.findall(r'([\w-]+)="([^"]*)"', raw[raw.index("<ep-patent-document") :][:400])
        )
        assert facts.number == canonical_number("EP", root["doc-number"], root["kind"])
        assert facts.publication_date.replace("-", "") == root["date-publ"]
        assert facts.filing_date.replace("-", "") in _within(raw, "B220")[0]
        assert facts.application_number in _within(raw, "B210")[0]
        assert [t.text for t in facts.titles] == [_bare(t) for t in _within(raw, "B542")]
        assert len(facts.priorities) == len(re.findall("<B310>", raw))
        for tag, names in (
            ("B711", facts.applicants),
            ("B731", facts.assignees),
            ("B721", facts.inventors),
        ):
            written = {_bare(_within(party, "snm")[0]) for party in _within(raw, tag)}
            assert set(names) == written
        symbols = _within(raw, "classification-ipcr") + re.findall(r"<B51[1-5]>", raw)
        assert bool(facts.ipc) == bool(symbols)
        assert facts.family
        assert document.text


def test_shared_full_texts_have_all_claims_of_their_raw_files(full_texts):
    for raw, document in full_texts:
        sets = [len(re.findall(r"<claim\s", claims)) for claims in _within(raw, "claims")]
        others = [
            paragraph
            for section in document.sections
            if section.kind == "claims"
            for paragraph in section.paragraphs
        ]
        assert [len(document.claims), len(others)] == [(sets or [0])[0], sum(sets[1:])]


def test_shared_full_texts_have_all_paragraphs_of_their_raw_files(full_texts):
    compared = 0
    for raw, document in full_texts:
        read = {
            p.number for s in document.sections if s.kind == "description" for p in s.paragraphs
        }
        for description in _within(raw, "description"):
            assert set(re.findall(r'<p [^>]*\bnum="(\d+)"', description)) <= read
            plain = one_line(document.text)
            for markup in re.findall(r"<p\b[^>]*>.*?</p>", description, re.DOTALL):
                if not re.search(r"<(tables|maths|chemistry|sup|br|li|dl|img)\b", markup):
                    compared += 1
                    assert _bare(markup) in plain
    assert compared > 800


def test_shared_full_texts_have_all_citations_of_their_raw_files(full_texts):
    for raw, document in full_texts:
        printed = {_bare(text) for tag in ("B561", "B562") for text in _within(raw, tag)}
        by_examiner = [r for r in document.references if r.cited_by == "examiner"]
        assert {r.text for r in by_examiner} == printed
        listed = "".join(_within(raw, "ep-reference-list")) or "".join(_within(raw, "description"))
        parts = (
            [_bare("".join(_within(cited, tag))) for tag in ("country", "doc-number", "kind")]
            for cited in _within(listed, "patcit")
        )
        by_applicant = [r for r in document.references if r.cited_by == "applicant"]
        patents = {r.text for r in by_applicant if r.kind == "patent"}
        assert patents == {" ".join(filter(None, each)) for each in parts}
        literature = [r for r in by_applicant if r.kind == "literature"]
        assert bool(literature) == ("<nplcit" in listed)
