"""The harness for answers: what it counts as right, its figures, bad files, the command."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import app
from assistant import Assistant
from assistant.evaluation import BadQuestionFile, evaluate_answers, load_questions, run_questions
from assistant.evaluation.measures import latency, measures
from assistant.evaluation.questions import Question
from assistant.evaluation.run import Outcome
from assistant.records import Answer, Citation, Statement

ROWS = [
    {
        "id": "pore",
        "question": "What pore filling with silicon is suitable for a silicon-carbon composite?",
        "kind": "value",
        "answerable": True,
        "gold": ["US99100186B2.xml"],
        "facts": [["50–70 %", "50 to 70%"]],
    },
    {
        "id": "second",
        "turns": [
            "How long and at what temperature are cells aged after formation?",
            "May the second rest in formation be left out?",
        ],
        "kind": "yes_no",
        "answerable": True,
        "gold": ["hcw-r-024", "US20159900305A1"],
        "facts": ["2.2 percentage points"],
    },
    {
        "id": "wrong",
        "question": "How large should the gas pocket of a pouch cell be?",
        "answerable": True,
        "gold": ["US99100186B2"],
        "facts": [["0.8 to 1.5 ml"], ["re:never said"]],
    },
    {
        "id": "out",
        "question": "Who won the football world cup in 2018?",
        "answerable": False,
        "why_unanswerable": "out of scope",
    },
    {
        "id": "trap",
        "question": "At what temperature is a fumed alumina dry coating heat treated?",
        "answerable": False,
        "why_unanswerable": "for this test",
    },
]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("questions") / "five.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in ROWS) + "\n\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def outcomes(assistant: Assistant, file: Path) -> dict[str, Outcome]:
    return {o.question.id: o for o in run_questions(assistant, load_questions([file]))}


def test_each_question_is_judged_by_its_document_and_facts(outcomes: dict[str, Outcome]):
    assert outcomes["pore"].problems() == []
    assert outcomes["pore"].good
    assert outcomes["second"].good  # the last turn is the one that counts
    wrong = outcomes["wrong"]
    assert (wrong.answered, wrong.accurate, wrong.gold_cited, wrong.gold_known) == (
        True,
        False,
        False,
        True,
    )
    assert wrong.found == (True, False)
    assert wrong.problems() == ["no right document is cited", "missing: re:never said"]
    assert (outcomes["out"].refused, outcomes["out"].problems()) == (True, [])
    assert outcomes["trap"].problems() == ["answered, but for this test"]
    assert all(all(o.verbatim) and o.seconds > 0 for o in outcomes.values())


def test_the_measures_are_the_ratios_that_can_be_counted_by_hand(outcomes: dict[str, Outcome]):
    found = measures(list(outcomes.values()))
    value = {name: measure.value for name, measure in found.items()}
    assert value["answer_accuracy"] == value["gold_cited"] == round(2 / 3, 4)
    assert value["refusal_precision"] == 1.0
    assert (value["refusal_recall"], value["refusal_f1"]) == (0.5, round(2 / 3, 4))
    assert (value["statements_cited"], value["verbatim"]) == (1.0, 1.0)
    assert (value["follow_ups_resolved"], value["all_right"]) == (1.0, 0.6)
    assert found["answer_accuracy"].n == 3
    low, high = found["all_right"].ci95 or (0, 0)
    assert 0 <= low < 0.6 < high <= 1
    right = sum(sum(o.right) for o in outcomes.values() if o.question.answerable)
    of = sum(len(o.right) for o in outcomes.values() if o.question.answerable)
    assert value["citation_precision"] == round(right / of, 4)
    assert measures([])["all_right"].value is None
    assert latency([])["p95_ms"] is None


class Forger(Assistant):
    """Answers with a quote that its passage does not have, and a statement without citation."""

    def ask(self, question: str, *_: object, **__: object) -> Answer:
        answer = super().ask(question)
        statement = answer.statements[0]
        forged: Citation = replace(statement.citations[0], quote="filled to 99% with silicon")
        statements = (Statement("It is 99%.", (forged,)), Statement("So it is.", ()))
        return replace(answer, statements=statements, text="It is 99%. [50] to [70]")


def test_forged_quotes_and_uncited_statements_are_counted(assistant: Assistant, file: Path):
    forger = Forger(assistant.library)
    (outcome,) = run_questions(forger, load_questions([file])[:1])
    assert outcome.verbatim == (False,)
    assert outcome.gold_cited
    assert not outcome.accurate  # the keys of citations are no figures
    assert len(outcome.problems()) == 3
    found = measures([outcome])
    assert (found["verbatim"].value, found["statements_cited"].value) == (0.0, 0.5)


def test_an_error_is_the_outcome_of_its_question_only(assistant: Assistant):
    good = Question("a", ("How is aluminium corroded?",), "x", True, ("HCW-R-033",), (), None, "f")
    long = replace(good, id="b", turns=("why " * 2000,))
    done: list[tuple[int, int]] = []
    first, second = run_questions(
        assistant, [long, good], progress=lambda now, of: done.append((now, of))
    )
    assert first.problems()[0].startswith("error: BadQuestion: ")
    assert (first.answered, first.refused, first.good) == (False, False, False)
    assert second.error is None
    assert done == [(0, 2), (1, 2)]


def test_the_split_halves_questions_and_hides_the_failures_of_one(assistant: Assistant, file: Path):
    tune, check = (load_questions([file], split) for split in ("tune", "check"))
    assert {q.id for q in tune} | {q.id for q in check} == {row["id"] for row in ROWS}
    assert not {q.id for q in tune} & {q.id for q in check}
    evaluation = evaluate_answers(assistant, [file], "check")
    assert evaluation.to_dict()["failures"] == []
    assert len(evaluation.outcomes) == len(check)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "no JSON"),
        ("[1]", "needs a JSON object, this is a list"),
        ('{"id": "a", "question": "x"}', '"answerable" must be true or false'),
        ('{"id": "a", "question": "x", "answerable": true}', '"gold" must name a right document'),
        ('{"id": " ", "question": "x", "answerable": false}', '"id" must be a text'),
        ('{"id": "a", "answerable": false}', 'either "question" or "turns"'),
        ('{"id": "a", "turns": [], "answerable": false}', '"turns" is empty'),
        ('{"id": "a", "turns": ["x", 1], "answerable": false}', '"turns" must be a text'),
        ('{"id": "a", "question": "x", "answerable": false, "facts": [[]]}', "no alternative"),
        ('{"id": "a", "question": "x", "answerable": false, "facts": ["re:("]}', "no expression"),
        ('{"id": "one", "question": "x", "answerable": false}', "is that of"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, said: str):
    path = tmp_path / "q.jsonl"
    path.write_text('{"id": "one", "question": "x", "answerable": false}\n' + line)
    with pytest.raises(BadQuestionFile, match=r"q\.jsonl, line 2: ") as error:
        load_questions([path])
    assert said in str(error.value)


def test_a_file_without_questions_or_that_is_not_there_is_an_error(tmp_path: Path):
    empty, binary = tmp_path / "empty.jsonl", tmp_path / "binary.jsonl"
    empty.touch()
    binary.write_bytes(b"\xff\xfe{}")
    for path in (empty, binary, tmp_path / "none.jsonl", tmp_path):
        with pytest.raises(BadQuestionFile, match=path.name):
            load_questions([path])


def test_the_command_prints_figures_and_failures(capsys, sample_library: Path, file: Path):
    command = ["--index", str(sample_library), "evaluate-answers", str(file)]
    assert app.main(command) == 0
    text = capsys.readouterr().out
    assert "5 questions (split: all), 3 answerable, 1 conversations" in text
    assert "wrong (other)" in text
    assert "missing: re:never said" in text
    assert app.main([*command, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["questions"] == 5
    assert result["measures"]["verbatim"]["value"] == 1.0
    assert [f["id"] for f in result["failures"]] == ["wrong", "trap"]
    assert result["by_kind"]["value"]["measures"]["answer_accuracy"]["value"] == 1.0
    assert result["gold_unknown"] == []


def test_the_command_states_what_is_wrong_with_a_file(capsys, sample_library: Path, tmp_path: Path):
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{}\n")
    assert app.main(["--index", str(sample_library), "evaluate-answers", str(broken)]) == 1
    assert "broken.jsonl, line 1" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stop:
        app.main(["evaluate-answers", str(broken), "--split", "half"])
    assert stop.value.code == 2
