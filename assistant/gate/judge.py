"""Decide whether cited passages support a sentence. Fails towards "no".

A verbatim sentence is supported. Any other is held against single sentences and table rows of the
quotes, each with what stands before it in its paragraph: one of them must carry every figure and
every turn of it (negation, direction, certainty), and with its paragraph all its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.gate.binding import wrong_pair
from assistant.gate.cover import coverage, wrong_name, wrong_word
from assistant.gate.figures import wrong_figure
from assistant.gate.markup import is_order, markup_in
from assistant.gate.other_language import judge_other_language, other_language
from assistant.gate.parts import Part, parts
from assistant.gate.polarity import turned
from assistant.gate.reading import read
from assistant.gate.records import Judgement, Span, SupportModel
from assistant.gate.roles import turned_roles
from assistant.gate.verbatim import verbatim_span

# Above it a support model's word counts as support.
SURE = 0.5
_TRIED = 4  # parts of a quote that are looked at, those that share most first
_SPLIT = re.compile(
    r"\s*(?:;|,?\s+(?:whereas|while|but)|,\s+(?:and|although|though))\s+", re.IGNORECASE
)
_FEWEST = 3  # content words of a clause that is judged by itself
LONGEST = 1200  # characters of a sentence that anybody would read


def judge(sentence: str, quotes: Sequence[str], support: SupportModel | None = None) -> Judgement:
    """Whether the quotes support the sentence. quotes: texts of all passages it cites.

    >>> quote = "FEC at 5 wt% and VC at 2 wt% were added. The gas volume did not rise."
    >>> judge("VC was added at 2 wt%.", [quote]).spans
    ((0, 40),)
    >>> judge("FEC was added at 2 wt%.", [quote]).reason
    "'2 wt%' does not belong to 'FEC' in the quote"
    >>> judge("The gas volume rose.", [quote]).reason
    'the quote negates what the sentence says'
    """
    nothing: tuple[Span | None, ...] = (None,) * len(quotes)
    sentence = " ".join(sentence.split())
    reason = markup_in(sentence)
    if not re.search(r"\w", sentence):
        reason = "it says nothing"
    if len(sentence) > LONGEST:
        reason = f"it has {len(sentence):,} characters, {LONGEST:,} are the most"
    if not quotes:
        reason = "it cites nothing"
    if reason:
        return Judgement(False, reason, nothing)
    copied = tuple(verbatim_span(sentence, quote) for quote in quotes)
    if any(copied):
        return Judgement(True, None, copied)
    if other_language(sentence, quotes):
        return judge_other_language(sentence, quotes, support)
    found = _whole_or_clauses(sentence, quotes, support)
    if found.supported and support is not None:
        return _with_model(sentence, quotes, found, support)
    return found


def supporting_part(sentence: str, passage_text: str) -> Span | None:
    """Where the sentences of a passage stand that support a sentence; None if none do.

    >>> text = "It was cold. The film held 5 wt% of FEC."
    >>> text[slice(*supporting_part("The film held FEC at 5 wt%.", text))]
    'The film held 5 wt% of FEC.'
    """
    return judge(sentence, [passage_text]).spans[0]


def _whole_or_clauses(
    sentence: str, quotes: Sequence[str], support: SupportModel | None
) -> Judgement:
    found = _by_one_part(sentence, quotes, support is not None)
    if found.supported:
        return found
    clauses = [clause for clause in _SPLIT.split(sentence) if clause.strip()]
    if len(clauses) < 2 or any(coverage(read(c), read("")).said < _FEWEST for c in clauses):
        return found
    judged = [_by_one_part(clause, quotes, support is not None) for clause in clauses]
    if not all(one.supported for one in judged):
        return found
    spans = (_hull([one.spans[i] for one in judged]) for i in range(len(quotes)))
    return Judgement(True, None, tuple(spans))


def _hull(spans: list[Span | None]) -> Span | None:
    given = [span for span in spans if span]
    return (min(a for a, _ in given), max(b for _, b in given)) if given else None


def _by_one_part(sentence: str, quotes: Sequence[str], lenient: bool) -> Judgement:
    spans: list[Span | None] = []
    reasons: list[tuple[float, str]] = []
    for quote in quotes:
        span, reason = _in_quote(sentence, quote, lenient)
        spans.append(span)
        reasons.append(reason)
    if any(spans):
        return Judgement(True, None, tuple(spans))
    return Judgement(False, max(reasons, key=lambda r: r[0])[1], (None,) * len(quotes))


def _in_quote(sentence: str, quote: str, lenient: bool) -> tuple[Span | None, tuple[float, str]]:
    """Where a quote supports a sentence, or what is wrong with the best part of it."""
    reading = read(sentence)
    all_parts = parts(quote)
    share = [coverage(reading, read(part.text)).share for part in all_parts]
    order = sorted(range(len(all_parts)), key=lambda i: -share[i])[:_TRIED]
    best = (-1.0, "the quote does not speak of it")
    for place in order:
        if not share[place] or is_order(all_parts[place].text):
            continue
        reason, first = _wrong(sentence, all_parts, place, lenient)
        if reason is None:
            return (all_parts[first].start, all_parts[place].end), (0.0, "")
        best = max(best, (share[place], reason), key=lambda b: b[0])
    return None, best


def _wrong(
    sentence: str, all_parts: tuple[Part, ...], place: int, lenient: bool
) -> tuple[str | None, int]:
    """What is wrong, None if nothing is; and the first part whose words were needed."""
    part = all_parts[place]
    said, given = read(sentence), read(part.text)
    before = [read(p.text) for p in all_parts[max(part.before, place - 2) : place] if not p.row]
    reason = wrong_figure(said, given) or wrong_name(said, given, before)
    if reason is None:
        reason = turned(sentence, part.text) or turned_roles(said, given)
    if reason is None:
        reason = wrong_pair(said, given, part.row) or wrong_word(said, given, before, lenient)
    if reason:
        return reason, place
    whole = wrong_name(said, given, []) is None and wrong_word(said, given, [], lenient) is None
    return None, place if whole else place - len(before)


def _with_model(
    sentence: str, quotes: Sequence[str], found: Judgement, support: SupportModel
) -> Judgement:
    """The judgement, unless the model finds no support in what the rules found."""
    texts = [quote[slice(*span)] for quote, span in zip(quotes, found.spans, strict=True) if span]
    score = support.score(sentence, " ".join(texts))
    if score >= SURE:
        return found
    reason = f"{support.name} gives the quote {score:.2f} as support, {SURE} is the least"
    return Judgement(False, reason, (None,) * len(quotes))
