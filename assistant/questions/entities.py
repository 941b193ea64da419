"""The things that a question names: materials, components, processes, documents and parties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.questions.properties import find_properties
from assistant.questions.records import Entity
from assistant.questions.things import material_group, of_abbreviation, plain_things
from index.chemistry import material_terms
from index.chemistry.abbreviations import packaged_abbreviations
from ingest.numbers import read_number

_OFFICES = "US|EP|WO|JP|KR|CN|DE|GB|FR|TW|CA|AU|IN|RU|IT|ES|SE|CH|AT|NL|BE|DK|FI|NO|PL|BR|MX|SG|HK"
_PATENT = re.compile(
    rf"(?<![A-Za-z0-9])(?:{_OFFICES})[\s\-]?(?:RE|H|S|PCT/?)?\d[\d ,./\-]{{3,18}}\d(?:"
    rf" ?[A-Z]\d?)?(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9])PCT/[A-Z]{2}\d{2,4}/\d{4,6}|특허 ?제 ?[\d-]{7,}호?|特[開許願]第?[\d-]{6,}号?"
)
_REPORT = re.compile(
    r"(?<![\w-])(?:[A-Z]{1,6}-)?R-\d{2,5}(?![\w-])(?=.*)|\b(?:report|document|file|paper|bericht)s?"
    r" (?:no\.? ?|number |nr\.?"
    r" ?)?(?P<cued>[A-Z]{0,8}[-_./]?(?:[A-Z]{1,6}[-_./])*\d[\w./-]*\w|\d{2,})(?![\w-])"
)
_PARTICLE = re.compile(r"(?<=[A-Za-z0-9])[가-힣ぁ-ヿ]+")


def find_entities(text: str, parties: Iterable[Entity] = ()) -> tuple[Entity, ...]:
    """The things a text names, in its order, never overlapping; the longer one of two wins.

    parties: those found already.

    >>> [(e.kind, e.typed) for e in find_entities("FEC on LiFePO4 in HCW-R-014")]
    [('material', 'FEC'), ('material', 'LiFePO4'), ('document', 'HCW-R-014')]
    """
    kept: list[Entity] = []
    # Documents and parties first: no material stands inside their names.
    for group in (_documents(text), parties, _longest_first([*_chemicals(text), *_things(text)])):
        for one in group:
            if all(one.end <= other.start or other.end <= one.start for other in kept):
                kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.start))


def _longest_first(found: list[Entity]) -> list[Entity]:
    return sorted(found, key=lambda one: one.start - one.end)


def _documents(text: str) -> Iterator[Entity]:
    taken: list[tuple[int, int]] = []
    for match in _PATENT.finditer(text):
        found = _patent(text, match.start(), match.end())
        if found:
            taken.append((found.start, found.end))
            yield found
    for match in _REPORT.finditer(text):
        start, end = match.span("cued") if match["cued"] else match.span()
        if any(a < end and start < b for a, b in taken):
            continue
        yield Entity("document", text[start:end], start, end, (text[start:end],), "document")


def _patent(text: str, start: int, end: int) -> Entity | None:
    """The longest beginning of these characters that is a patent number."""
    while end - start > 6:
        number = read_number(text[start:end])
        if number.valid and number.country:
            terms = (number.canonical,) if number.canonical else ()
            return Entity("number", text[start:end], start, end, terms, "document")
        shorter = re.search(r"[ ,./\-]+\S*$", text[start:end].rstrip(" ,./-"))
        if not shorter:
            return None
        end = start + shorter.start()
    return None


def _chemicals(text: str) -> Iterator[Entity]:
    places: dict[tuple[int, int], list[str]] = {}
    for start, end, term in material_terms(text):
        places.setdefault((start, end), []).append(term)
    for (start, end), terms in places.items():
        group = material_group(terms[-1])
        yield Entity("material", text[start:end], start, end, tuple(terms), group)
    asked = [(one.start, one.end) for one in find_properties(text)]
    # Particles of Korean and Japanese stick to abbreviations and would hide them.
    apart = _PARTICLE.sub(lambda found: " " * len(found.group()), text)
    for start, end, entries in packaged_abbreviations().mentions(apart):
        if (start, end) in places or any(a <= start and end <= b for a, b in asked):
            continue
        kind, group = of_abbreviation(text[start:end], entries[0].kind)
        terms = [name for entry in entries for name in (*entry.short[:1], *entry.names)]
        yield Entity(kind, text[start:end], start, end, tuple(terms), group)


def _things(text: str) -> Iterator[Entity]:
    asked = [(one.start, one.end) for one in find_properties(text)]
    for start, end, kind, group in plain_things(text):
        if not any(a <= start and end <= b for a, b in asked):
            yield Entity(kind, text[start:end], start, end, (), group)
