"""Real files of third parties, read where they lie; skipped where they do not."""

from __future__ import annotations

import re
from collections import Counter

import pypdf
import pytest

from ingest import ReaderProcess, ReadLimits, errors
from ingest.passages import split_passages
from ingest.readers import read_file
from ingest.readers.plain.text_pages import readable_pages


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_application_holds_as_many_claims_and_paragraphs_as_it_has_elements(shared, read):
    paths = sorted((shared / "patents_xml").glob("*.xml"))
    assert len(paths) == 188
    for path in paths:
        document = read(path)
        raw = path.read_text("utf-8")
        description = re.search(r"<description[ >].*</description>", raw, re.DOTALL)[0]
        read_paragraphs = [
            p for s in document.sections if s.kind == "description" for p in s.paragraphs
        ]
        assert len(document.claims) == len(re.findall(r"<claim[ >]", raw)), path.name
        assert len(read_paragraphs) == len(re.findall(r"<p[ >]", description)), path.name
        numbers = re.findall(r'<p [^>]*num="(\d+)"', description)
        assert [p.number for p in read_paragraphs if p.number] == numbers, path.name
        assert document.facts.number.startswith(path.stem), path.name
        own = [int(n) for n in re.findall(r'<claim [^>]*num="0*(\d+)"', raw)]
        assert [c.number for c in document.claims] == own, path.name


def test_marked_references_between_claims_are_found(shared, read):
    """Every <claim-ref> names a claim that the text-reading finds too."""
    marked = found = 0
    for path in sorted((shared / "patents_xml").glob("*.xml")):
        document = read(path)
        raw = path.read_text("utf-8")
        elements = re.findall(r"<claim [^>]*>.*?</claim>", raw, re.DOTALL)
        for claim, element in zip(document.claims, elements, strict=True):
            named = {int(n) for n in re.findall(r'<claim-ref idref="CLM-0*(\d+)"', element)}
            named -= {claim.number}
            marked += len(named)
            found += len(named & set(claim.depends_on))
    assert marked > 3000
    assert found >= 0.999 * marked


def test_passages_of_reports_start_and_end_on_the_pages_that_they_name(shared, read, words):
    checked = 0
    for path in sorted((shared / "reports_txt").glob("*.txt"))[::7]:
        raw = path.read_text("utf-8").replace("\x00", "").split("\f")
        pages = readable_pages(raw)
        assert len(squeezed("".join(pages))) >= 0.98 * len(squeezed("".join(raw)))
        document = read(path)
        assert len(document.pages) == len(pages)
        for p in split_passages(document, words):
            assert document.text[p.start : p.end] == p.text
            tokens = p.text.split()
            assert tokens[0] in pages[p.first_page - 1]
            assert tokens[-1] in pages[p.last_page - 1]
            if p.first_page == p.last_page:
                assert squeezed(p.text) in squeezed(pages[p.first_page - 1])
            checked += 1
    assert checked > 400


def test_no_letter_of_a_real_markdown_paper_is_lost(shared, read):
    paths = sorted((shared / "papers_md").glob("*.md"))[::6]
    assert paths
    for path in paths:
        document = read(path)
        source = path.read_text("utf-8").replace("\x00", "").replace("\r", "\n")
        letters = re.sub(r"[^\w]", "", source)
        kept = re.sub(r"[^\w]", "", document.text)
        assert len(kept) >= 0.99 * len(letters), path.name
        assert document.sections, path.name


def test_every_official_format_is_read_or_refused_for_a_stated_reason(shared):
    refused: dict[str, str] = {}
    patents = claims = dependent = 0
    for path in sorted((shared / "patent_formats").rglob("*.*")):
        try:
            replies = list(read_file(str(path)))
        except errors.IngestError as error:
            refused[type(error).__name__] = str(error)
            continue
        for reply in replies:
            if reply.document is None:
                refused[reply.rejection.error] = reply.rejection.message
                continue
            facts = reply.document.facts
            # Parts of an application's file have no number but the application's.
            assert facts.number or facts.application_number, path.name
            if facts.number:
                assert re.fullmatch(r"[A-Z]{2,4}\d+([A-Z]\d?)?", facts.number), path.name
            patents += 1
            claims += len(reply.document.claims)
            dependent += sum(bool(claim.depends_on) for claim in reply.document.claims)
    assert patents >= 85
    assert dependent > 0.75 * claims > 1000
    assert set(refused) <= {"UnsupportedFormat", "Malformed", "UnsafeXml", "NoText"}
    assert all(refused.values())


def test_hostile_pdfs_give_documents_or_stated_rejections(shared):
    paths = sorted(path for path in (shared / "pdfs").rglob("*") if path.is_file())
    assert len(paths) == 571
    outcomes: dict[str, int] = {}
    with ReaderProcess(ReadLimits(seconds=30)) as reader:
        for path in paths[:: len(paths) // 60]:
            for reply in reader.read(str(path)):
                if reply.rejection is None:
                    assert reply.document.text.strip()
                    assert reply.document.pages
                    outcome = "document"
                else:
                    assert reply.rejection.source.startswith(str(path))
                    assert reply.rejection.message
                    outcome = reply.rejection.error
                outcomes[outcome] = outcomes.get(outcome, 0) + 1
    known = {"document", "NoText", "NeedsOcr", "Malformed", "Encrypted", "WrongSuffix"}
    assert set(outcomes) <= known | {"UnreadablePage"}
    assert outcomes["document"] > 30


def test_real_patent_pdfs_have_their_numbers(shared, read):
    paths = sorted((shared / "patent_pdfs").glob("*.pdf"), key=lambda path: path.stat().st_size)
    numbers = {read(path).facts.number for path in paths[:4]}
    # The front page of the Japanese one is a picture; its page headers name the number.
    assert numbers == {"KR100773474B1", "KR100844531B1", "KR102548072B1", "JP2007162959A"}


def test_a_real_scan_needs_ocr(shared, without_ocr):
    (path,) = (shared / "patent_pdfs").glob("POWER SUPPLY*.pdf")
    with pytest.raises(errors.NeedsOcr, match="none of its 24 pages has any text; it needs OCR"):
        list(read_file(str(path)))


@pytest.mark.parametrize("name", ["gpat11k", "cranfield"])
def test_collections_of_records_are_read_whole(shared, name):
    path = shared / name / "corpus.jsonl"
    if not path.is_file():
        pytest.skip(f"no corpus: {path} does not exist")
    replies = list(read_file(str(path)))
    with open(path, "rb") as stream:
        lines = sum(1 for line in stream if line.strip())
    assert len(replies) == lines
    ids = [reply.document.facts.id for reply in replies if reply.document]
    assert len(ids) == len(set(ids))
    assert len(ids) >= lines - 2


def pypdf_text(path) -> str:
    """What pypdf finds; nothing where it fails, as it does in its own ways on hostile files."""
    try:
        return "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    except Exception:
        return ""


def test_the_text_of_pdfs_agrees_with_a_second_library(shared, without_ocr):
    """Characters that both have, of all that pypdf finds; page heads are left out of ours."""
    paths = sorted(p for p in (shared / "pdfs").rglob("*.pdf") if p.is_file())[::2]
    paths += sorted((shared / "patent_pdfs").glob("*.pdf"), key=lambda p: p.stat().st_size)[:3]
    shares = []
    for path in paths:
        theirs = Counter(squeezed(pypdf_text(path)))
        try:
            texts = [r.document.text for r in read_file(str(path)) if r.document and not r.member]
        except errors.IngestError:
            continue
        ours = Counter(squeezed("".join(texts)))
        if texts and theirs.total() > 50:
            shares.append((theirs & ours).total() / theirs.total())
    assert len(shares) >= 25
    assert sum(shares) / len(shares) > 0.85
    assert sorted(shares)[len(shares) // 2] > 0.98
