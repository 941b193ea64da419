"""Fit which sentence is taken, and when a question is refused, on questions with known answers.

`prior-art calibrate-answers FILES` writes the weights, the threshold, the calibration curve and
where they come from into assistant/answers/fitted.json, or where PRIOR_ART_FITTED says. Nothing of
this is set by hand.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from assistant.answers.asked import Asked, read_question
from assistant.answers.decide import Evidence, evidence
from assistant.answers.documents import asks_for_documents
from assistant.answers.fit import (
    Fitted,
    Floats,
    area,
    best_threshold,
    fit_logistic,
    refusal_curve,
    rounded,
)
from assistant.answers.model import load
from assistant.answers.retrieve import DOCUMENTS, LISTED, find, known_of
from assistant.answers.weigh import Candidate, Signs, candidates
from assistant.evaluation import BadQuestionFile
from assistant.evaluation.match import is_gold, states
from assistant.evaluation.questions import Question, load_questions
from assistant.questions import understand
from index.library import Library
from index.records import Hit
from ingest.facts import DocumentFacts

# Of the signs, those that say something each; with few questions, more would fit chance.
_SIGNS = [
    "meaning", "passage", "words", "near", "around", "property", "names", "typed", "conditions",
    "subject", "title", "first", "claim", "length",
]  # fmt: skip
_EVIDENCE = [field.name for field in fields(Evidence)]
_RIDGE_SENTENCE, _RIDGE_DECISION = 10.0, 10.0
_FOLDS = 10
# A question without its right documents should be refused, unless others happen to answer it, so
# these count little; and an answerable question counts less than one that is not, being commoner.
_WITHOUT_GOLD, _UNANSWERABLE = 0.15, 1.5
_SENTENCES_OF_ONE = 50.0


@dataclass(frozen=True)
class _Trial:
    """A question with what was found for it.

    right: for each sentence, whether it is of a right document and states a fact. without: the
    sentences found once the right documents are left out, none where that could not be done.
    """

    question: Question
    asked: Asked
    found: list[Candidate]
    right: Floats
    without: list[Candidate]


def calibrate(
    library: Library,
    paths: Sequence[str | Path],
    split: str = "tune",
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """The fitted models with their provenance, as model.py reads them. Raises BadQuestionFile.

    Questions with several turns and those for a legal opinion, refused by their words, are left
    out. The probabilities of the curve are those of questions that the model was not fitted on.
    """
    asked = [q for q in load_questions(paths, split) if not q.is_follow_up and q.kind != "legal"]
    trials = []
    for done, question in enumerate(asked):
        if progress:
            progress(done, len(asked))
        trials.append(_trial(library, question))
    trials = [trial for trial in trials if trial.found]
    chances = _held_out_chances(trials)
    answerable = np.array([t.question.answerable for t in trials])
    curve = refusal_curve(chances, answerable)
    sentence = _fit_sentence(trials)
    decision = _fit_decision(trials, sentence)
    made = {
        "by": "prior-art calibrate-answers",
        "date": date.today().isoformat(),
        "files": [Path(path).name for path in paths],
        "split": split,
        "questions": len(trials),
        "answerable": int(answerable.sum()),
        "encoder": Path(library.encoder.name).name,
        "folds": _FOLDS,
    }
    fitted = {
        **rounded(decision, _EVIDENCE),
        "threshold": best_threshold(curve),
        "area_under_curve": round(area(chances, answerable), 3),
        "curve": curve,
    }
    return {"made": made, "sentence": rounded(sentence, _SIGNS), "decision": fitted}


def _held_out_chances(trials: Sequence[_Trial]) -> Floats:
    """That each question is answered, under models that were fitted without its fold."""
    chances = np.zeros(len(trials))
    for fold in range(_FOLDS):
        known = [t for i, t in enumerate(trials) if i % _FOLDS != fold]
        sentence = _fit_sentence(known)
        decision = _fit_decision(known, sentence)
        for place in range(fold, len(trials), _FOLDS):
            signs = _evidence(trials[place].asked, trials[place].found, sentence)
            chances[place] = decision.probability(np.array([signs]))[0]
    return chances


def write(fitted: dict[str, Any], path: Path) -> None:
    """Write the fitted models where model.py finds them."""
    path.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
    load.cache_clear()


def calibration_lines(fitted: dict[str, Any], path: Path) -> list[str]:
    """What was fitted, for people: the curve with the threshold that was taken."""
    made, decision = fitted["made"], fitted["decision"]
    lines = [
        f"{made['questions']} questions, {made['answerable']} of them answerable; "
        f"area under the curve {decision['area_under_curve']:.3f}",
        "threshold  refusal precision  recall  answerable answered",
    ]
    for at in decision["curve"]:
        mark = "  <- taken" if at["threshold"] == decision["threshold"] else ""
        lines.append(
            f"{at['threshold']:9.2f}  {at['refusal_precision']:17.2f}  {at['refusal_recall']:6.2f}"
            f"  {at['answerable_answered']:19.2f}{mark}"
        )
    return [*lines, f"written to {path}"]


def _trial(library: Library, question: Question) -> _Trial:
    understood = understand(question.turns[0], known=known_of(library))
    listing = asks_for_documents(understood)
    asked = read_question(library, understood, listing)
    result = find(library, understood, LISTED if listing else DOCUMENTS)
    found = candidates(library, asked, result.hits)
    gold = {
        facts.id: _is_gold(question, hit)
        for hit in result.hits
        for facts in (hit.document, *hit.members)
    }
    right = [
        float(gold[c.document.id] and any(states(c.shown(), fact) for fact in question.facts))
        for c in found
    ]
    without: list[Candidate] = []
    if question.answerable and any(gold.values()):
        excluded = tuple(name for name, is_right in gold.items() if is_right)
        others = find(library, understood, exclude=excluded)
        if not any(_is_gold(question, hit) for hit in others.hits):
            without = candidates(library, asked, others.hits)
    return _Trial(question, asked, found, np.array(right), without)


def _is_gold(question: Question, hit: Hit) -> bool:
    def one(facts: DocumentFacts) -> bool:
        names = [name for name in (facts.id, facts.number) if name]
        return is_gold(question.gold, names, facts.source)

    return any(one(facts) for facts in (hit.document, *hit.members))


def _fit_sentence(trials: Sequence[_Trial]) -> Fitted:
    """Each question counts the same, however many sentences were found for it."""
    told = [t for t in trials if t.question.answerable and t.right.any()]
    if not told:
        raise BadQuestionFile(
            "no answerable question has a sentence of a right document that states its facts in "
            "this index; ingest the documents that `gold` names, and try again"
        )
    signs = np.array([_values(c.signs, _SIGNS) for t in told for c in t.found])
    labels = np.concatenate([t.right for t in told])
    shares = np.concatenate([np.full(len(t.found), _SENTENCES_OF_ONE / len(t.found)) for t in told])
    return fit_logistic(signs, labels, shares, _RIDGE_SENTENCE)


def _fit_decision(trials: Sequence[_Trial], sentence: Fitted) -> Fitted:
    rows, labels, shares = [], [], []
    for trial in trials:
        answerable = trial.question.answerable
        rows.append(_evidence(trial.asked, trial.found, sentence))
        labels.append(float(answerable))
        shares.append(1.0 if answerable else _UNANSWERABLE)
        if trial.without:
            rows.append(_evidence(trial.asked, trial.without, sentence))
            labels.append(0.0)
            shares.append(_WITHOUT_GOLD)
    return fit_logistic(np.array(rows), np.array(labels), np.array(shares), _RIDGE_DECISION)


def _evidence(asked: Asked, found: Sequence[Candidate], sentence: Fitted) -> list[float]:
    """The evidence in sentences as this sentence model orders and weighs them."""
    signs = np.array([_values(c.signs, _SIGNS) for c in found])
    chances = sentence.probability(signs).tolist()
    pairs = zip(found, chances, strict=True)
    ranked = sorted((replace(c, weight=p, chance=p) for c, p in pairs), key=lambda c: -c.weight)
    return _values(evidence(asked, ranked), _EVIDENCE)


def _values(record: Signs | Evidence, names: Sequence[str]) -> list[float]:
    return [float(getattr(record, name)) for name in names]
