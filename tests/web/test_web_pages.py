"""The page's HTML: everything that a document says is escaped, references open what was shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.records import ANSWERED, REFUSED, Answer, Citation, Evidence, Statement
from assistant.web import panel
from assistant.web.conversation import conversation, pieces, word_count
from assistant.web.html import escape, tag
from assistant.web.privacy import POLICY, without_elsewhere
from assistant.web.refs import Session, Turn, answer_ref, closest_ref, resolve, result_ref
from assistant.web.results import results
from assistant.web.shelves import documents_table, rejected_table
from assistant.web.uploads import free_name, safe_name, store
from index.records import Filters, Hit, ScoredPassage, SearchResult
from ingest.errors import Rejection
from ingest.facts import DocumentFacts
from ingest.records import Document, Section

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)> **bold** $x^2$ [a](javascript:b)"
QUOTE = 'R&D found "0.16 wt%" <b>afterwards</b>.'
FACTS = DocumentFacts(
    id="0f" * 8,
    kind="report",
    number="HCW<i>1",
    title=EVIL,
    parties=(EVIL,),
    cpc=("H01M4/525",),
    family=EVIL,
    label=EVIL,
    source="/srv/secret/" + EVIL.replace("/", "") + ".pdf",
)
PASSAGE = ScoredPassage(
    id="0f:0",
    document_id=FACTS.id,
    section="body",
    heading=EVIL,
    heading_path=(EVIL, EVIL),
    text=QUOTE,
    claim=None,
    paragraph="0012",
    first_page=2,
    last_page=2,
    start=0,
    end=len(QUOTE),
    score=1.0,
)
HIT = Hit(1, 1.0, FACTS, (PASSAGE,), (replace(FACTS, id="aa"),))
CITATION = Citation("1", FACTS.id, FACTS.number, EVIL, "0f:0", QUOTE, "body", None, "0012", 2)
ANSWER = Answer("q?", ANSWERED, f"{QUOTE} [1]", None, (Statement(QUOTE, (CITATION,)),), (HIT,))


def assert_harmless(html: str) -> None:
    """Nothing of EVIL or QUOTE may have become markup."""
    for markup in ("<script", "<img src=x", "<b>", "<i>", 'javascript:b"'):
        assert markup not in html


def test_escape_makes_text_show_as_itself() -> None:
    assert escape("<a href='x'>\"&amp;") == "&lt;a href=&#x27;x&#x27;&gt;&quot;&amp;amp;"


def test_attributes_cannot_be_left() -> None:
    assert tag("p", title='"><script>') == '<p title="&quot;&gt;&lt;script&gt;"></p>'


def test_evidence_panel_escapes_and_highlights() -> None:
    evidence = Evidence("<b>before ", QUOTE, " after & on", (EVIL,), "body", None, "0012", 2, 3)
    html = panel.evidence_panel(FACTS, evidence, panel.page_waiting(2))
    assert_harmless(html)
    assert f"<mark>{escape(QUOTE)}</mark>" in html
    assert " after &amp; on" in html
    assert "paragraph 0012, page 2" in html
    assert "/srv/secret" not in html


def test_document_panel_and_tables_escape() -> None:
    document = Document(FACTS, "text", (Section("body", EVIL, (EVIL,), ()),))
    assert_harmless(panel.document_panel(document))
    assert_harmless(documents_table([FACTS]))
    assert_harmless(rejected_table([Rejection(f"/srv/{QUOTE}", "Malformed", EVIL)]))
    result = SearchResult("q", Filters(), "f", 0, 1, (HIT,))
    assert_harmless(results(result))


def test_conversation_escapes_question_answer_and_refusal() -> None:
    refused = Answer(EVIL, REFUSED, EVIL, EVIL, (), (HIT,))
    session = Session((Turn(EVIL, 1, answer=ANSWER), Turn(EVIL, 1, answer=refused)))
    session = session.with_turn(Turn(EVIL, 1, filters=Filters(party=[EVIL]), error=EVIL))
    html = conversation(session)
    assert_harmless(html)
    assert 'data-open="answer:0:0:0"' in html
    assert "No answer found" in html
    assert "Closest documents" in html


def test_answer_grows_word_by_word_and_chips_come_with_whole_sentences() -> None:
    session = Session((Turn("q?", 1, answer=ANSWER),))
    assert word_count(ANSWER) == 5
    first = conversation(session, words=2)
    assert "R&amp;D found" in first
    assert "pa-chip" not in first
    assert "pa-chip" in conversation(session, words=5)
    assert "pa-sources" not in conversation(session, words=5)
    assert "pa-sources" in conversation(session)


def test_paragraphs_and_cut_sentences_are_those_of_the_answer() -> None:
    statements = tuple(Statement(text, (CITATION,)) for text in ("One\ntwo.", "Three", "Four."))
    answer = replace(ANSWER, statements=statements, text="One two. [1] Three … [1]\n\nFour. [1]")
    shown = [(p.text, p.cut, p.opens_paragraph) for p in pieces(answer)]
    assert shown == [("One two.", False, True), ("Three", True, False), ("Four.", False, True)]


def test_references_open_only_what_the_session_was_shown() -> None:
    result = SearchResult("q", Filters(), "f", 0, 1, (HIT,))
    session = Session((Turn("q?", 1, answer=ANSWER),), result)
    assert resolve(answer_ref(0, 0, 0), session) == CITATION
    for ref in (closest_ref(0, 0, 0), result_ref(0, 0)):
        found = resolve(ref, session)
        assert isinstance(found, Citation)
        assert found.quote == QUOTE
    assert resolve("document:abc", session) == "abc"
    for ref in ("answer:1:0:0", "answer:0:0:-1", "answer:0", "result:x:0", "other:0:0:0", ""):
        assert resolve(ref, session) is None
    assert resolve(answer_ref(0, 0, 0), Session()) is None


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("..", "document"),
        ("", "document"),
        (".htaccess", "htaccess"),
        ("CON.pdf", "_CON.pdf"),
        ("a\x00b\n<c>.md", "a_b__c_.md"),
        ("Prüfbericht 리튬.docx", "Prüfbericht 리튬.docx"),
    ],
)
def test_upload_names_are_safe(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept


def test_long_upload_names_keep_their_suffix() -> None:
    name = safe_name("ü" * 300 + ".pdf")
    assert len(name.encode()) <= 120
    assert name.endswith("ü.pdf")


def test_uploads_stay_in_a_folder_of_their_own(tmp_path: Path) -> None:
    index, sent = tmp_path / "index", tmp_path / "a" / "x.md"
    sent.parent.mkdir()
    sent.write_text("one")
    (other := tmp_path / "X.md").write_text("two")
    folder = store(index, [sent, other])
    assert folder.parent == index / "uploads"
    assert sorted(p.name for p in folder.iterdir()) == ["X-2.md", "x.md"]
    assert store(index, [sent]) != folder
    assert free_name(folder, "new.md") == "new.md"


def test_gradios_page_loses_its_references_to_other_hosts() -> None:
    page = (
        b'<meta property="og:image" content="https://a.example/x.jpg" /><p>kept</p>'
        b'<link rel="preconnect" href="https://b.example" crossorigin="" />'
        b'<script async src="https://c.example/x.js"></script><script>kept()</script>'
        b'<link rel="stylesheet" crossorigin href="./assets/index.css">'
    )
    assert without_elsewhere(page) == (
        b"<p>kept</p><script>kept()</script>"
        b'<link rel="stylesheet" crossorigin href="./assets/index.css">'
    )
    assert "http" not in POLICY
