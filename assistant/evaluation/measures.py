"""Measures of answers over many questions: ratios, with bootstrap intervals over questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.evaluation.run import Outcome

_RESAMPLES = 2000
_SEED = 20240229


@dataclass(frozen=True)
class Measure:
    """A share and its 95 % interval (percentile bootstrap over questions).

    value: 0 to 1, None where nothing could be counted. n: what it is a share of.
    """

    value: float | None
    ci95: tuple[float, float] | None
    n: int

    def to_dict(self) -> dict[str, Any]:
        """One measure in the JSON of `prior-art evaluate-answers`."""
        return {"value": self.value, "ci95": list(self.ci95) if self.ci95 else None, "n": self.n}


Counted = tuple[int, int]  # (how many are right, of how many), for one question


def _accuracy(o: Outcome) -> Counted:
    return int(o.accurate), int(o.question.answerable)


def _gold_cited(o: Outcome) -> Counted:
    return int(o.question.answerable and o.gold_cited), int(o.question.answerable)


def _gold_cited_when_answered(o: Outcome) -> Counted:
    counted = o.question.answerable and o.answered
    return int(counted and o.gold_cited), int(counted)


def _citation_precision(o: Outcome) -> Counted:
    return (sum(o.right), len(o.right)) if o.question.answerable else (0, 0)


def _statements_cited(o: Outcome) -> Counted:
    statements = o.answer.statements if o.answer else ()
    return sum(bool(s.citations) for s in statements), len(statements)


def _verbatim(o: Outcome) -> Counted:
    return sum(o.verbatim), len(o.verbatim)


def _refusal_precision(o: Outcome) -> Counted:
    return int(o.refused and not o.question.answerable), int(o.refused)


def _refusal_recall(o: Outcome) -> Counted:
    return int(o.refused and not o.question.answerable), int(not o.question.answerable)


def _refusal_f1(o: Outcome) -> Counted:
    """2 TP / (2 TP + FP + FN) is twice the right refusals over refusals plus unanswerable ones."""
    right = int(o.refused and not o.question.answerable)
    return 2 * right, int(o.refused) + int(not o.question.answerable)


def _follow_ups(o: Outcome) -> Counted:
    return int(o.question.is_follow_up and o.good), int(o.question.is_follow_up)


def _good(o: Outcome) -> Counted:
    return int(o.good), 1


MEASURES: dict[str, Callable[[Outcome], Counted]] = {
    "answer_accuracy": _accuracy,
    "gold_cited": _gold_cited,
    "gold_cited_when_answered": _gold_cited_when_answered,
    "citation_precision": _citation_precision,
    "statements_cited": _statements_cited,
    "verbatim": _verbatim,
    "refusal_precision": _refusal_precision,
    "refusal_recall": _refusal_recall,
    "refusal_f1": _refusal_f1,
    "follow_ups_resolved": _follow_ups,
    "all_right": _good,
}

MEANINGS = {
    "answer_accuracy": "answerable questions whose answer states all facts",
    "gold_cited": "answerable questions with a right document among the citations",
    "gold_cited_when_answered": "the same, of those that were answered",
    "citation_precision": "citations of a right document, in answers to answerable questions",
    "statements_cited": "statements with a citation",
    "verbatim": "quotes that stand in the passage they name",
    "refusal_precision": "refusals that were right",
    "refusal_recall": "unanswerable questions that were refused",
    "refusal_f1": "harmonic mean of the two",
    "follow_ups_resolved": "conversations whose last turn was answered, or refused, rightly",
    "all_right": "questions with facts and a right document, or rightly refused",
}


def measures(outcomes: Sequence[Outcome]) -> dict[str, Measure]:
    """All measures by name, over some outcomes."""
    generator = np.random.default_rng(_SEED)
    picks = generator.integers(0, max(1, len(outcomes)), (_RESAMPLES, len(outcomes)))
    return {name: _measure([of(o) for o in outcomes], picks) for name, of in MEASURES.items()}


def latency(outcomes: Sequence[Outcome]) -> dict[str, float | None]:
    """Milliseconds for the last turn: the median and the 95th percentile."""
    times = [outcome.seconds * 1000 for outcome in outcomes]
    if not times:
        return {"p50_ms": None, "p95_ms": None}
    p50, p95 = np.percentile(times, [50, 95])
    return {"p50_ms": round(float(p50), 1), "p95_ms": round(float(p95), 1)}


def _measure(counted: list[Counted], picks: NDArray[np.int64]) -> Measure:
    """The ratio of two sums, and its interval over resampled questions."""
    total = sum(of for _, of in counted)
    if not total:
        return Measure(None, None, 0)
    right = np.array([part for part, _ in counted], dtype=float)
    of = np.array([whole for _, whole in counted], dtype=float)
    sums = of[picks].sum(axis=1)
    ratios = right[picks].sum(axis=1)[sums > 0] / sums[sums > 0]
    low, high = np.percentile(ratios, [2.5, 97.5])
    value = round(float(right.sum()) / total, 4)
    return Measure(value, (round(float(low), 4), round(float(high), 4)), total)
