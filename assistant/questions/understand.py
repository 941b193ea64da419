"""Understand a question: complete it from the conversation, then read it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.questions.chips import apply, without
from assistant.questions.compared import is_negated, presupposed
from assistant.questions.follow_ups import complete
from assistant.questions.reading import READ, read
from assistant.questions.records import NO_FILTERS, NOTHING_KNOWN, Known, Question, Turn
from index.records import Filters
from ingest.language import detect_language
from ingest.text import one_line

_FUNCTION_WORDS = {
    "en": "the of is are what which how why does do at in for with and since by who when that to"
    " it from about any many much can",
    "de": "der die das ist sind was welche welcher welches wie warum wieso bei für mit und seit"
    " vor nach von im den dem ein eine über viel gibt zwischen nicht wird werden",
    "fr": "le la les est sont quelle quel quels quelles comment pourquoi des du une pour avec et"
    " dans depuis combien entre",
    "es": "el los las es son cuál qué cómo cuánto del para con y en desde entre por una",
}
_LISTS = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}


def understand(
    text: str,
    *,
    previous: Sequence[Turn] = (),
    given: Filters = NO_FILTERS,
    known: Known = NOTHING_KNOWN,
    off: Collection[str] = (),
) -> Question:
    """What a question asks, completed from the turns before it, oldest first.

    given: filters already chosen, which are only ever narrowed; off: keys of chips that the reader
    removed, whose words then count as plain ones. Never raises for any text.

    >>> q = understand("Which LFP patents were filed since 2015?")
    >>> q.kind, q.search_text, q.filters.after, q.filters.date, q.filters.kind
    ('list', 'Which LFP?', '2014-12-31', 'filing', ('patent',))
    """
    typed = one_line(text)
    completed, among = complete(typed, previous, known, given.date)
    completed = completed if completed == typed else completed[:1].upper() + completed[1:]
    reading = read(completed, known, given.date)
    filters, chips = apply(reading.chips, given, off)
    head = completed[:READ]
    return Question(
        typed=typed,
        text=completed,
        search_text=without(completed, chips),
        kind=reading.kind,
        properties=reading.properties,
        entities=reading.entities,
        conditions=reading.conditions,
        measured_at=reading.measured_at,
        filters=filters,
        chips=chips,
        among=among,
        compared=reading.compared,
        language=question_language(head),
        negated=is_negated(head),
        presupposes=presupposed(head),
    )


def question_language(text: str) -> str | None:
    """ISO 639-1 code, also of short questions by their function words; None where unknown.

    >>> question_language("Was ist SEI?"), question_language("What is SEI?"), question_language("?")
    ('de', 'en', None)
    """
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {language: sum(w in known for w in words) for language, known in _LISTS.items()}
    best = max(counts, key=lambda language: counts[language])
    others = max(count for language, count in counts.items() if language != best)
    found = (
        detect_language(text)
        if len(words) > 25 or re.search("[^\\W\\d_\u0000-\u024f]", text) or counts[best] == others
        else None
    )
    if found:
        return found
    return best if counts[best] > others else None
