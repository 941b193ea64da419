"""Measure the answers of an assistant on question files: the figures, and what to read."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.assistant import Assistant
from assistant.evaluation.measures import Measure, latency, measures
from assistant.evaluation.questions import Question, load_questions
from assistant.evaluation.run import Outcome, run_questions


@dataclass(frozen=True)
class AnswerEvaluation:
    """What `prior-art evaluate-answers` found.

    Attributes:
        split: "all", "tune" or "check".
        outcomes: one for each question, in the order of the files.
        seconds: the whole run.
    """

    files: tuple[str, ...]
    split: str
    outcomes: tuple[Outcome, ...]
    seconds: float

    @property
    def measures(self) -> dict[str, Measure]:
        """Measures over all questions."""
        return measures(self.outcomes)

    def by_kind(self) -> dict[str, list[Outcome]]:
        """Outcomes of each kind of question, the kind with most first."""
        return _grouped(self.outcomes, lambda question: question.kind)

    def by_file(self) -> dict[str, list[Outcome]]:
        """Outcomes of each file."""
        return _grouped(self.outcomes, lambda question: question.file)

    def failures(self) -> list[Outcome]:
        """Outcomes with something wrong; none for the split "check".

        Whoever reads the failures of the questions kept for checking tunes to them.
        """
        return [] if self.split == "check" else [o for o in self.outcomes if o.problems()]

    def gold_unknown(self) -> list[str]:
        """Ids of answerable questions of which no right document is in the index."""
        return [o.question.id for o in self.outcomes if o.question.answerable and not o.gold_known]

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `prior-art evaluate-answers`."""
        return {
            "files": list(self.files),
            "split": self.split,
            **_part(self.outcomes),
            "seconds": round(self.seconds, 1),
            "gold_unknown": self.gold_unknown(),
            "by_kind": {kind: _part(part) for kind, part in self.by_kind().items()},
            "by_file": {file: _part(part) for file, part in self.by_file().items()},
            "failures": [_failure(outcome) for outcome in self.failures()],
        }


def evaluate_answers(
    assistant: Assistant,
    paths: Sequence[str | Path],
    split: str = "all",
    progress: Callable[[int, int], None] | None = None,
) -> AnswerEvaluation:
    """Ask every question of the files and measure the answers.

    split: one of SPLITS. progress: called with the number of questions done and of all.
    Raises BadQuestionFile.
    """
    questions = load_questions(paths, split)
    started = time.monotonic()
    outcomes = run_questions(assistant, questions, progress)
    files = tuple(str(path) for path in paths)
    return AnswerEvaluation(files, split, tuple(outcomes), time.monotonic() - started)


def _grouped(
    outcomes: Sequence[Outcome], key: Callable[[Question], str]
) -> dict[str, list[Outcome]]:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[key(outcome.question)].append(outcome)
    return dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])))


def _part(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    return {
        "questions": len(outcomes),
        "answerable": sum(o.question.answerable for o in outcomes),
        "follow_ups": sum(o.question.is_follow_up for o in outcomes),
        "measures": {name: measure.to_dict() for name, measure in measures(outcomes).items()},
        "latency": latency(outcomes),
    }


def _failure(outcome: Outcome) -> dict[str, Any]:
    question, answer = outcome.question, outcome.answer
    citations = [c for s in answer.statements for c in s.citations] if answer else []
    return {
        "id": question.id,
        "file": question.file,
        "kind": question.kind,
        "turns": list(question.turns),
        "answerable": question.answerable,
        "gold": list(question.gold),
        "status": answer.status if answer else "error",
        "text": answer.text if answer else None,
        "cited": list(dict.fromkeys(c.number or c.document_id for c in citations)),
        "gold_in_hits": outcome.gold_in_hits,
        "problems": outcome.problems(),
    }
