"""Sentences in another language than their quotes: only a support model can vouch for the words."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.gate.figures import states
from assistant.gate.reading import Reading, read
from assistant.gate.records import Judgement, Span, SupportModel
from ingest.language import detect_language

SURE = 0.5
_BY_SCRIPT = ("ko", "ja", "zh", "th")  # certain even where the quote is too short to tell


def other_language(sentence: str, quotes: Sequence[str]) -> bool:
    """Whether a sentence is in another language than every quote, as far as can be told.

    >>> other_language("용량은 5 % 증가하였다.", ["The capacity rose by 5 %."])
    True
    """
    own = detect_language(sentence)
    theirs = {detect_language(quote) for quote in quotes}
    if own is None or own in theirs:
        return False
    return any(theirs) or own in _BY_SCRIPT


def judge_other_language(
    sentence: str, quotes: Sequence[str], support: SupportModel | None
) -> Judgement:
    """Figures, materials and names by the rules, all else by the model; without one unsupported."""
    said = read(sentence)
    nothing: tuple[Span | None, ...] = (None,) * len(quotes)
    readings = [read(" ".join(quote.split())) for quote in quotes]
    reason = _missing(said, readings)
    if reason is None and support is None:
        reason = "it is in another language than the quote, and no support model is configured"
    if reason is not None or support is None:
        return Judgement(False, reason, nothing)
    scores = [support.score(sentence, quote) for quote in quotes]
    spans = tuple(
        (0, len(quote)) if score >= SURE else None
        for quote, score in zip(quotes, scores, strict=True)
    )
    if any(spans):
        return Judgement(True, None, spans)
    reason = f"{support.name} gives the quote {max(scores):.2f} as support, {SURE} is the least"
    return Judgement(False, reason, nothing)


def _missing(said: Reading, quotes: Sequence[Reading]) -> str | None:
    figures = [f for quote in quotes for f in quote.figures]
    for figure in said.figures:
        if not any(states(given, figure) for given in figures):
            return f"{figure.written!r} is not in the quote"
    materials = {term for quote in quotes for m in quote.materials for term in m.terms}
    for material in said.materials:
        if not material.terms & materials:
            return f"{said.text[material.start : material.end]!r} is not in the quote"
    names = {n.folded for quote in quotes for n in quote.names}
    for name in said.names:
        if not any(name.folded.startswith(given) or name.folded == given for given in names):
            return f"{said.text[name.start : name.end]!r} is not in the quote"
    return None
