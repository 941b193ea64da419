"""The question files say what their documents say: gold, facts and absences, in the raw files."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.evaluation import load_questions
from assistant.evaluation.match import normalised, states

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = ROOT / "benchmarks" / "questions"
FOLDERS = ("reports_txt", "papers_md", "patents_xml")
NEAR = 400  # characters around a word in which the others must not stand


def read(path: Path) -> str:
    """A file's text without markup; sub- and superscripts stay with what they belong to."""
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix == ".xml":
        text = re.sub(r"<[^>]+>", " ", re.sub(r"</?su[bp]>", "", text))
    return normalised(html.unescape(text))


@pytest.fixture(scope="module")
def texts(shared: Path) -> dict[str, str]:
    """By document as `gold` names it."""
    found = {f"{f}/{path.name}": read(path) for f in FOLDERS for path in (shared / f).iterdir()}
    corpus = shared / "lens_battery" / "corpus.jsonl"
    for line in corpus.read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        row = json.loads(line)
        facts = row["metadata"]
        parts = (row["title"], row["text"], facts["Applicants"], facts["Publication Date"])
        found[row["_id"]] = normalised(" ".join(filter(None, parts)))
    return found


@pytest.mark.parametrize("name", ["lens", "papers", "patents", "more"])
def test_a_gold_document_states_each_fact(texts, name):
    wrong = []
    for question in load_questions([QUESTIONS / f"{name}.jsonl"]):
        assert bool(question.gold) == question.answerable, question.id
        assert texts.keys() >= set(question.gold), question.id
        # A number of documents stands in none of them.
        for fact in question.facts if question.kind != "count" else ():
            if not any(states(texts[gold], fact) for gold in question.gold):
                wrong.append((question.id, fact))
    assert wrong == []


@pytest.mark.parametrize("name", ["lens", "papers", "patents", "more"])
def test_what_a_near_miss_asks_stands_nowhere(texts, name):
    wrong = []
    for line in (QUESTIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for group in row.get("absent") or ():
            patterns = [re.compile(p, re.IGNORECASE) for p in map(pattern_of, group)]
            places = (k for k, text in texts.items() if any(together(patterns, text)))
            wrong += [(row["id"], group, place) for place in places]
    assert wrong == []


def pattern_of(word: str) -> str:
    return word[3:] if word.startswith("re:") else re.escape(normalised(word))


def together(patterns: list[re.Pattern[str]], text: str) -> Iterator[bool]:
    """For each place of the first pattern, whether all others stand near it."""
    for match in patterns[0].finditer(text):
        around = text[max(0, match.start() - NEAR) : match.end() + NEAR]
        yield all(pattern.search(around) for pattern in patterns[1:])


def test_the_files_are_read_and_split_in_halves():
    questions = load_questions(sorted(QUESTIONS.glob("*.jsonl")))
    assert len(questions) == len({question.id for question in questions}) > 80
    whole = ("more.jsonl", "strangers.jsonl", "second.jsonl")  # for fitting, for checking only
    halved = [question for question in questions if question.file not in whole]
    check = sum(question.split == "check" for question in halved)
    assert 0.4 < check / len(halved) < 0.6
    assert {q.split for q in questions if q.file == "more.jsonl"} == {"tune"}
