"""The evaluation of answers as lines of text for people."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from assistant.evaluation.evaluate import AnswerEvaluation
from assistant.evaluation.measures import MEANINGS, Measure, latency, measures
from assistant.evaluation.run import Outcome

_WIDTH = 96
_ANSWER_CHARS = 600
_COLUMNS = ("answer_accuracy", "gold_cited", "refusal_precision", "refusal_recall", "all_right")


def report_lines(evaluation: AnswerEvaluation) -> list[str]:
    """The measures, the same by kind and file, then every failure for reading."""
    outcomes = evaluation.outcomes
    answerable = sum(o.question.answerable for o in outcomes)
    times = latency(outcomes)
    lines = [
        f"{len(outcomes)} questions (split: {evaluation.split}), {answerable} answerable, "
        f"{sum(o.question.is_follow_up for o in outcomes)} conversations, "
        f"{evaluation.seconds:.0f} s; last turn p50 {times['p50_ms']:.0f} ms, "
        f"p95 {times['p95_ms']:.0f} ms",
        "",
    ]
    for name, measure in evaluation.measures.items():
        lines.append(f"{name:<25}{_interval(measure):>23} of {measure.n:<5} {MEANINGS[name]}")
    lines += ["", *_table("kind", evaluation.by_kind())]
    lines += ["", *_table("file", evaluation.by_file())]
    if unknown := evaluation.gold_unknown():
        said = f"no right document in this index for {len(unknown)}: {', '.join(unknown)}"
        lines += ["", *textwrap.wrap(said, _WIDTH)]
    lines += ["", *_failures(evaluation)]
    return [*lines, "", "brackets: 95 % bootstrap intervals over questions"]


def _table(title: str, groups: dict[str, list[Outcome]]) -> list[str]:
    lines = [f"{title:<24}{'n':>5}" + "".join(f"{name:>19}" for name in _COLUMNS)]
    for name, outcomes in groups.items():
        found = measures(outcomes)
        cells = "".join(f"{_share(found[column]):>19}" for column in _COLUMNS)
        lines.append(f"{name[:23]:<24}{len(outcomes):>5}{cells}")
    return lines


def _failures(evaluation: AnswerEvaluation) -> list[str]:
    if evaluation.split == "check":
        return ["failures are not listed for the split that is kept for checking"]
    failures = evaluation.failures()
    lines = [f"{len(failures)} failures"]
    for outcome in failures:
        lines += ["", *_failure(outcome)]
    return lines


def _failure(outcome: Outcome) -> list[str]:
    question = outcome.question
    lines = [f"{question.id} ({question.kind})", *_wrapped("asked", question.turns)]
    lines += _wrapped("wrong", outcome.problems())
    if question.answerable:
        lines += _wrapped("right", [", ".join(question.gold)])
    if outcome.answer is not None and outcome.answered:
        text = " ".join(outcome.answer.text.split())
        lines += _wrapped("said", [textwrap.shorten(text, _ANSWER_CHARS, placeholder=" …")])
        citations = [c for s in outcome.answer.statements for c in s.citations]
        names = dict.fromkeys(f"{c.number or c.document_id} ({c.place()})" for c in citations)
        lines += _wrapped("cited", [", ".join(names)])
    return lines


def _wrapped(name: str, texts: Sequence[str]) -> list[str]:
    lines = []
    for text in texts:
        first, rest = f"  {name + ':':<8}", " " * 10
        lines += textwrap.wrap(text, _WIDTH, initial_indent=first, subsequent_indent=rest)
    return lines


def _interval(measure: Measure) -> str:
    if measure.value is None or measure.ci95 is None:
        return "-"
    low, high = measure.ci95
    return f"{measure.value:.3f} [{low:.3f}, {high:.3f}]"


def _share(measure: Measure) -> str:
    return "-" if measure.value is None else f"{measure.value:.2f} ({measure.n})"
