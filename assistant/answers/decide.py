"""Decide whether some sentence states what was asked: a logistic model over its evidence.

Fails towards refusing: related text that does not state what was asked is no answer. The weights
and the threshold come from `prior-art calibrate-answers` (assistant.answers.calibrate).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.asked import Asked
from assistant.answers.model import DECISION, probability, threshold
from assistant.answers.premise import against
from assistant.answers.weigh import Candidate

# Sentences that the decision looks at.
_LOOKED_AT = 5


@dataclass(frozen=True)
class Evidence:
    """What a question's best sentences offer, each 0 to 1; the inputs of the fitted model.

    Attributes:
        sentence: logit of the best sentence under the sentence model, -5 as 0 and 3 as 1.
        materials, named, condition: of the best sentence, as in Signs.
        weakest, least: as in Signs, of the sentence where it is best.
        meaning: the best cosine with the question.
        length: number of needs, of twelve; more of a long question's words may be missing.
        against: how clearly they say the opposite of what the question takes for true.
        listing: whether documents are asked for: a list states nothing of the asked thing.
    """

    sentence: float
    materials: float
    named: float
    condition: float
    weakest: float
    least: float
    meaning: float
    length: float
    against: float
    listing: float


def evidence(asked: Asked, weighed: Sequence[Candidate]) -> Evidence:
    """The evidence in the best sentences. weighed: best first, not empty."""
    first = [c.signs for c in weighed[:_LOOKED_AT]]
    return Evidence(
        sentence=_scaled(weighed[0].chance),
        materials=first[0].materials,
        named=first[0].named,
        condition=first[0].condition,
        weakest=max(s.weakest for s in first),
        least=max(s.least for s in first),
        meaning=max(s.meaning for s in first) if asked.vector.any() else _UNREAD,
        length=min(len(asked.needs) / _LONG, 1.0),
        against=against(asked.premise, asked.needs, [c.text for c in weighed]),
        listing=float(asked.listing),
    )


def _scaled(chance: float) -> float:
    """A chance by its logit: between 2 and 20 % lies more than between 80 and 98 %."""
    kept = min(max(chance, 1e-6), 1 - 1e-6)
    return min(max((math.log(kept / (1 - kept)) + 5) / 8, 0.0), 1.0)


# Needs of a long question; and the cosine of a middling answer, where the encoder cannot read.
_LONG, _UNREAD = 12, 0.6


def confidence(asked: Asked, weighed: Sequence[Candidate]) -> float:
    """The probability that some sentence answers, 0 to 1; 0 where there is none."""
    return probability(DECISION, vars(evidence(asked, weighed))) if weighed else 0.0


def answers(confident: float) -> bool:
    """Whether a confidence is enough to answer."""
    return confident >= threshold()
