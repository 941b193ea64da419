"""Which sentences state a document's problem, and which its solution or findings.

Told by the section and heading they stand under, by their place, and by the wording that patents
and reports use. English wording first; for Korean, Japanese, Chinese and German the headings and
the set phrases of patents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from assistant.summaries import cues
from assistant.summaries.source import Sentence, Source
from index.analysis import query_counts

# Weights and the least sum, set on documents of several kinds that were read (docs/summaries.md).
_ENOUGH_PROBLEM, _ENOUGH_SOLUTION, _ENOUGH_FINDING = 1.7, 2.0, 1.4
# Sentences this much weaker than the best are left out.
_WEAKER = 2.0
_ALIKE = 0.5

Score = Callable[[Source, Sentence], float]


def problem(source: Source, count: int = 3) -> list[Sentence]:
    """The sentences that state what is to be solved or was asked, in the document's order."""
    return _best(source, _problem_score, _ENOUGH_PROBLEM, count)


def solution(source: Source, count: int = 4, besides: Iterable[Sentence] = ()) -> list[Sentence]:
    """Those that state what is provided, or what was found. besides: shown already."""
    if source.facts.kind == "patent":
        return _best(source, _solution_score, _ENOUGH_SOLUTION, count, tuple(besides))
    return _best(source, _finding_score, _ENOUGH_FINDING, count, tuple(besides))


def background(source: Source, count: int = 2) -> list[Sentence]:
    """The sentences of the background that have most to do with the title."""

    def score(source: Source, sentence: Sentence) -> float:
        return _general(source, sentence) if "background" in _roles(sentence) else -9.0

    return _best(source, score, 0.2, count)


@lru_cache(maxsize=8000)
def content(text: str) -> frozenset[str]:
    """The terms of a text without stop words."""
    return frozenset(query_counts(text))


def alike(one: str, other: str) -> float:
    """Share of the terms of two texts that both have, 0 to 1."""
    a, b = content(one), content(other)
    return len(a & b) / max(1, len(a | b))


def _best(
    source: Source, score: Score, enough: float, count: int, besides: tuple[Sentence, ...] = ()
) -> list[Sentence]:
    scored = [(score(source, s), s) for s in source.sentences if not s.is_row and _first_part(s)]
    ranked = sorted((x for x in scored if x[0] >= enough), key=lambda x: (-x[0], x[1].start))
    chosen: list[Sentence] = []
    for value, sentence in ranked:
        if len(chosen) == count or (chosen and value < ranked[0][0] - _WEAKER):
            break
        if all(alike(sentence.text, other.text) < _ALIKE for other in (*chosen, *besides)):
            chosen.append(sentence)
    return sorted(chosen, key=lambda s: s.start)


def _first_part(sentence: Sentence) -> bool:
    """Whole sentences, and the first parts of over-long ones, can be read by themselves."""
    return not sentence.cut[0]


def _roles(sentence: Sentence) -> frozenset[str]:
    return _heading_roles(sentence.headings[-1]) if sentence.headings else frozenset()


@lru_cache(maxsize=4000)
def _heading_roles(heading: str) -> frozenset[str]:
    # Korean headings are printed with blanks between their syllables, or without any.
    heading = heading.replace(" ", "") if cues.HANGUL.search(heading) else heading
    patterns = {
        "problem": cues.PROBLEM_HEADING,
        "background": cues.BACKGROUND_HEADING,
        "solution": cues.SOLUTION_HEADING,
        "effect": cues.EFFECT_HEADING,
        "finding": cues.FINDING_HEADING,
    }
    return frozenset(name for name, pattern in patterns.items() if pattern.search(heading))


def _general(source: Source, sentence: Sentence) -> float:
    """What speaks for or against showing a sentence, whatever it is to say."""
    text = sentence.text
    title = content(source.facts.title)
    value = 1.2 * len(title & content(text)) / len(title) if title else 0.0
    value -= 2.5 * bool(cues.BOILERPLATE.search(text)) + 1.5 * bool(cues.FIGURE.search(text))
    value -= 0.8 * bool(cues.POINTS_BACK.match(text)) + 0.5 * bool(cues.REFERENCE.search(text))
    words = len(text.split())
    if words < 7 and text.isascii():
        value -= 1.0
    return value - 0.4 * (words > 55) - 1.5 * text.rstrip().endswith(":")


def _problem_score(source: Source, sentence: Sentence) -> float:
    text, roles = sentence.text, _roles(sentence)
    solved = bool(cues.SOLVED.search(text))
    aim, trouble = bool(cues.AIM.search(text)) and not solved, bool(cues.TROUBLE.search(text))
    report = source.facts.kind != "patent"
    aim = aim or (report and not roles & {"finding"} and bool(cues.ASKED.search(text)))
    if not (aim or trouble or "problem" in roles):
        return -9.0
    but = bool(cues.BUT.search(text))
    value = -1.5 * solved + 2.0 * aim + 1.0 * trouble + 0.8 * (trouble and but)
    if "problem" in roles:
        value += 0.7 if "solution" in roles or sentence.nth > 3 else 2.0
    elif "background" in roles:
        value += 0.7
    elif sentence.section == "abstract":
        value -= 0.0 if aim or but else 1.2
    elif sentence.place < 0.25:
        value -= 0.0 if report or "solution" in roles else 0.8
    else:
        value -= 2.0  # what is troublesome in an example is not what the document is about
    if roles & {"effect", "finding"} and "solution" not in roles:
        value -= 1.5
    if (
        "problem" not in roles
        and not aim
        and cues.EFFECT.search(text)
        and not cues.BUT.search(text)
    ):
        value -= 1.0  # "reduces the risk of cracks" is what the solution does
    return value + _general(source, sentence)


def _solution_score(source: Source, sentence: Sentence) -> float:
    text, roles = sentence.text, _roles(sentence)
    value = 1.5 * bool(cues.PROVIDES.search(text)) + 0.6 * bool(cues.EFFECT.search(text))
    if sentence.section == "abstract":
        value += 2.2 if sentence.nth == 0 else 1.8
    elif "solution" in roles:
        value += 1.4 if sentence.nth < 4 else 0.7
    elif "effect" in roles:
        value += 1.0
    elif roles & {"background", "problem"} or sentence.place > 0.5:
        value -= 1.5
    if cues.AIM.search(text) and not cues.SOLVED.search(text):
        value -= 1.0
    return value + _general(source, sentence)


def _finding_score(source: Source, sentence: Sentence) -> float:
    text, roles = sentence.text, _roles(sentence)
    asked = bool(cues.ASKED.search(text)) and not roles & {"finding"}
    value = (
        -0.8 * asked + 1.0 * bool(cues.FOUND.search(text)) + 0.6 * bool(cues.NUMBER.search(text))
    )
    value += 0.8 * bool(cues.PROVIDES.search(text))
    heading = (sentence.headings[-1] if sentence.headings else "").casefold()
    if "summary" in heading or "abstract" in heading or "conclu" in heading:
        value += 2.0
    elif "recommend" in heading:
        value += 2.4 if sentence.nth == 0 else 1.2
    elif "finding" in roles:
        value += 0.6
    elif "background" in roles:
        value -= 0.8
    elif not sentence.headings and sentence.place < 0.06:
        value += 0.8
    return value + _general(source, sentence)
