"""The page's HTML: everything that a document says is escaped, references open what was shown."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.questions import Chip
from assistant.records import (
    ANSWERED,
    REFUSALS,
    REFUSED,
    Answer,
    Citation,
    Dropped,
    Evidence,
    Row,
    Statement,
)
from assistant.web import conversation, panel
from assistant.web.asking import asking, finished
from assistant.web.given_names import safe_name
from assistant.web.holder import AssistantHolder
from assistant.web.html import escape, file_name, tag
from assistant.web.privacy import POLICY, without_elsewhere
from assistant.web.refs import (
    MOST_TURNS,
    Session,
    Turn,
    answer_ref,
    closest_ref,
    resolve,
    result_ref,
)
from assistant.web.refused import reason_parts
from assistant.web.results import results
from assistant.web.shelves import documents_table, rejected_table
from assistant.web.uploads import store
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


def conversed(*turns: Turn) -> Session:
    """A session with these turns, the last one current."""
    session = Session()
    for turn in turns:
        session = session.begun(replace(turn, number=session.asked))
    return session


def html_of(session: Session) -> str:
    parts = (conversation.earlier, conversation.current, conversation.later)
    return "".join(part(session) for part in parts)


def test_conversation_escapes_everything_said_in_it() -> None:
    chip = Chip(EVIL, EVIL, "party", EVIL, 0, 1, Filters(party=(EVIL,)))
    evil = Statement(EVIL, (replace(CITATION, key=EVIL, quote=EVIL),), frame=EVIL, role="differs")
    answer = replace(
        ANSWER,
        statements=(*ANSWER.statements, evil),
        table=(Row(EVIL, EVIL, EVIL, EVIL, EVIL, (EVIL,)),),
        dropped=(Dropped(EVIL, EVIL),),
        completed=EVIL,
        generator=EVIL,
        notice=EVIL,
    )
    refused = Answer(EVIL, REFUSED, EVIL, EVIL, (), (HIT,), refusal=EVIL)
    session = conversed(
        Turn(0, EVIL, 1, chips=(chip, chip), off=(chip,), answer=answer, finished=True),
        Turn(0, EVIL, 1, answer=refused, finished=True),
        Turn(0, EVIL, 1, filters=Filters(party=(EVIL,)), error=EVIL, finished=True),
        Turn(0, EVIL, 1, model=EVIL, answer=replace(answer, completed=None)),
    )
    for current in range(4):
        html = html_of(replace(session, current=current))
        assert_harmless(html)
        assert 'data-open="answer:0:0:0"' in html
        assert "Closest documents" in html


def test_frames_cuts_and_differences_are_those_of_the_statements() -> None:
    statements = (
        Statement("It is\n5 µm.", (CITATION,), frame="R-1 reports:", role="lead"),
        Statement("and 6 µm", (CITATION,), cut=(True, True)),
        Statement("It is 9 µm.", (CITATION,), frame="Whereas US2 claims:", role="differs"),
    )
    turn = Turn(0, "q?", 1, answer=replace(ANSWER, statements=statements), finished=True)
    still = html_of(replace(conversed(turn), current=None))
    text = re.sub(r"<section.*|<[^>]+>|&#8288;|&nbsp;", "", still.replace("</p>", "|"))
    assert text == (
        "q?|R-1 reports: It is 5 µm.[1] … and 6 µm …[1]|Sources differ"
        "Whereas US2 claims: It is 9 µm.[1]|"
    )
    # Words unfold only where they are new.
    assert "pa-unfold" not in still
    assert "pa-unfold" in html_of(conversed(turn))


def test_a_row_of_the_table_opens_the_sentence_with_its_value() -> None:
    quotes = ("The first is 5 µm.", "The second is 6 µm.")
    statements = tuple(Statement(q, (replace(CITATION, quote=q),)) for q in quotes)
    row = Row("second", "6", "µm", "", "R-1", ("1",))
    answer = replace(ANSWER, statements=statements, table=(row,))
    session = conversed(Turn(0, "q?", 1, answer=answer, finished=True))
    table = re.search(r"<table>.*</table>", html_of(session))
    assert table is not None
    assert table.group().count('<th scope="col">') == 5
    ref = re.findall(r'data-open="([^"]+)"', table.group())
    assert [resolve(one, session) for one in ref] == [statements[1].citations[0]]


def test_a_reason_is_shown_in_its_parts_whatever_the_case() -> None:
    reason = (
        "No answer: none states it. Searched 2 of 3 documents (limited to kind patent). "
        "The closest is R-1: It is 5 µm. Missing there: 60 °C."
    )
    assert reason_parts(reason)[1:] == [
        "Searched 2 of 3 documents (limited to kind patent).",
        "The closest is R-1: It is 5 µm.",
        "Missing there: 60 °C.",
    ]
    assert reason_parts("Something else.") == ["Something else."]
    answers = (Answer("q?", REFUSED, reason, reason, (), (), refusal=case) for case in REFUSALS)
    headlines = {
        re.findall("<strong>(.*?)</strong>", html_of(conversed(Turn(0, "q?", 1, answer=answer))))[0]
        for answer in answers
    }
    assert len(headlines) == len(REFUSALS)


def test_references_open_only_what_the_session_was_shown() -> None:
    result = SearchResult("q", Filters(), "f", 0, 1, (HIT,))
    session = replace(conversed(Turn(0, "q?", 1, answer=ANSWER)), result=result)
    assert resolve(answer_ref(0, 0, 0), session) == CITATION
    for ref in (closest_ref(0, 0, 0), result_ref(0, 0)):
        found = resolve(ref, session)
        assert isinstance(found, Citation)
        assert found.quote == QUOTE
    assert resolve("document:abc", session) == "abc"
    for ref in ("answer:1:0:0", "answer:0:0:-1", "answer:0", "result:x:0", "other:0:0:0", ""):
        assert resolve(ref, session) is None
    assert resolve(answer_ref(0, 0, 0), Session()) is None


def test_turns_are_forgotten_and_asked_again_without_their_references_opening_others() -> None:
    turns = [Turn(0, f"q{i}?", 1, answer=ANSWER, finished=True) for i in range(MOST_TURNS + 2)]
    session = conversed(*turns)
    assert [t.number for t in session.turns] == list(range(2, MOST_TURNS + 2))
    assert resolve(answer_ref(1, 0, 0), session) is None
    assert resolve(answer_ref(2, 0, 0), session) == CITATION
    again = session.begun(Turn(session.asked, "q2?", 1), instead_of=2)
    assert len(again.turns) == MOST_TURNS
    assert again.turns[0].number == again.current == MOST_TURNS + 2
    assert resolve(answer_ref(2, 0, 0), again) is None
    assert conversation.earlier(again) == ""
    assert conversation.later(again).count("<article") == MOST_TURNS - 1


def test_a_stopped_turn_stays_with_what_there_was() -> None:
    running = conversed(Turn(0, "q?", 1, model="m", answer=replace(ANSWER, generator="m")))
    assert "is writing" in html_of(running)
    stopped = finished(running, stopped=True)
    assert finished(stopped) == stopped
    assert "Stopped" in html_of(stopped)
    assert escape(QUOTE) in re.sub(r"</?span[^>]*>", "", html_of(stopped))
    assert "Stopped before" in html_of(finished(conversed(Turn(0, "q?", 1)), stopped=True))


def test_a_filter_taken_off_stays_off_in_follow_ups(sample_library: Path) -> None:
    holder = AssistantHolder(sample_library)

    def asked(session: Session, question: str, *off: Chip) -> Session:
        turn = Turn(session.asked, question, holder.count(), off=off)
        *_, last = asking(holder, session.begun(turn))
        return last

    first = asked(Session(), "Which boron content in patents by Mirabor since 2015?")
    mirabor = next(chip for chip in first.turns[0].chips if chip.key == "party:mirabor")
    second = asked(first, "Which boron content in patents by Mirabor since 2015?", mirabor)
    third = asked(second, "and at 60 °C?")
    assert third.turns[2].answer is not None
    assert third.turns[2].answer.completed == (
        "Which boron content in patents by Mirabor since 2015 at 60 °C?"
    )
    assert [chip.key for chip in third.turns[2].off] == ["party:mirabor"]
    assert third.turns[2].answer.filters.party == ()
    assert third.turns[2].chips == first.turns[0].chips
    typed = asked(third, "Which boron content is disclosed by Mirabor?")
    assert typed.turns[3].off == ()
    wrong = asked(typed, "x" * 5000)
    assert "5,000 characters" in str(wrong.turns[4].error)
    holder.close()


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


def test_uploads_stay_in_a_folder_of_their_own_under_generated_names(tmp_path: Path) -> None:
    index, sent = tmp_path / "index", tmp_path / "a" / "x.md"
    sent.parent.mkdir()
    sent.write_text("one")
    (other := tmp_path / "X.csv.GZ").write_text("two")
    folder = store(index, [sent, other])
    assert folder.parent == index / "uploads"
    kept = sorted(folder.iterdir())
    assert [path.name for path in kept] == ["file-001.md", "file-002.csv.gz"]
    # What they were called is shown, and stands outside of what is ingested.
    assert [file_name(str(path)) for path in kept] == ["x.md", "X.csv.GZ"]
    assert file_name(f"{kept[1]}!/inner.csv") == "inner.csv"
    assert store(index, [sent]) != folder


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
