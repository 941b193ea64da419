"""Two to five documents side by side: facts, problems, solutions, shared values, own claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.answers.frames import document_name, frame
from assistant.errors import BadInput
from assistant.records import Citation, Row, Statement
from assistant.summaries.aspects import background, content, problem, solution
from assistant.summaries.claims import claim_statement, claim_tree, features
from assistant.summaries.compose import statements, titled
from assistant.summaries.parameters import Parameter, parameters, row_of
from assistant.summaries.records import Summary, SummarySection, comma_numbers
from assistant.summaries.source import Keys, Source, open_source
from index.library import Library
from ingest.records import Claim

FEWEST, MOST = 2, 5
_STATED = 2  # sentences of each document's problem and solution
_MOST_GROUPS, _MOST_OWN = 8, 3
# Two subjects are one where they share this much of their terms.
_SAME_SUBJECT = 0.5
_FEWEST_OWN_TERMS = 2


def compare_documents(library: Library, numbers: Sequence[str]) -> Summary:
    """Two to five documents side by side, in verbatim sentences and rows of values, all cited.

    numbers: or ids; one that is given twice counts once. Raises UnknownDocument, and BadInput for
    fewer than two or more than five documents.
    """
    sources = list({s.facts.id: s for s in (open_source(library, n) for n in numbers)}.values())
    if not FEWEST <= len(sources) <= MOST:
        raise BadInput(
            f"{len(sources)} different documents were given to be compared; name {FEWEST} to {MOST}"
        )
    keys = Keys()
    missing: list[str] = []
    sections = [SummarySection("Documents", lines=tuple(_facts(sources)))]
    sections += _aspects(sources, keys, missing)
    sections += _shared_values(sources, keys, missing)
    sections += _claims(sources, keys, missing)
    names = " and ".join(document_name(source.facts) for source in sources)
    ids = tuple(source.facts.id for source in sources)
    return Summary("comparison", f"Comparison of {names}", ids, tuple(sections), tuple(missing))


def _facts(sources: Sequence[Source]) -> Iterator[str]:
    for source in sources:
        yield titled(source)
    read: tuple[tuple[str, Callable[[Source], str]], ...] = (
        ("kind", lambda s: s.facts.kind),
        ("by", lambda s: ", ".join(s.facts.parties[:3])),
        ("priority", lambda s: s.facts.priority_date or ""),
        ("published", lambda s: s.facts.publication_date or ""),
        ("claims", lambda s: str(len(s.document.claims) or "")),
    )
    for name, value in read:
        values = [(document_name(source.facts), value(source)) for source in sources]
        if any(told for _, told in values):
            yield f"{name}: {' | '.join(f'{who} {told or chr(0x2013)}' for who, told in values)}"
    shared = set.intersection(*(set(source.facts.cpc) for source in sources))
    if shared:
        yield f"classes of all: {', '.join(sorted(shared)[:8])}"
    yield from _related(sources)


def _related(sources: Sequence[Source]) -> Iterator[str]:
    for place, one in enumerate(sources):
        for other in sources[place + 1 :]:
            names = document_name(one.facts), document_name(other.facts)
            if one.facts.family and one.facts.family == other.facts.family:
                yield f"{names[0]} and {names[1]} are of one family"
    for one in sources:
        for other in sources:
            if other.facts.number and other.facts.number in one.document.cited:
                yield f"{document_name(one.facts)} cites {other.facts.number}"


def _aspects(sources: Sequence[Source], keys: Keys, missing: list[str]) -> Iterator[SummarySection]:
    asked, done = [], []
    for source in sources:
        stated = problem(source, _STATED)
        if not stated:
            missing.append(f"{document_name(source.facts)}: no statement of the problem was found")
            stated = background(source, 1)
        asked.append((source, stated))
        provided = solution(source, _STATED, stated)
        if not provided:
            missing.append(f"{document_name(source.facts)}: no statement of the solution was found")
        done.append((source, provided))
    for heading, told in (("Problem or background", asked), ("Solution or findings", done)):
        if made := statements(keys, told):
            yield SummarySection(heading, made)


def _shared_values(
    sources: Sequence[Source], keys: Keys, missing: list[str]
) -> Iterator[SummarySection]:
    found = [parameters(source) for source in sources]
    groups = _groups(found)
    if not groups:
        missing.append(
            "no value of the same thing in the same kind of unit was found in two of them"
        )
        return
    made: list[tuple[Row, Citation]] = []
    for group in groups[:_MOST_GROUPS]:
        made += [row_of(sources[place], keys, parameter) for place, parameter in group]
    yield SummarySection(
        "Values of the same thing",
        rows=tuple(row for row, _ in made),
        citations=tuple(dict.fromkeys(citation for _, citation in made)),
    )


def _groups(found: Sequence[Sequence[Parameter]]) -> list[list[tuple[int, Parameter]]]:
    """Values of one subject and dimension, one of each document; most telling first."""
    groups: list[tuple[float, list[tuple[int, Parameter]]]] = []
    taken: set[int] = set()
    for place, ours in enumerate(found):
        for parameter in ours:
            if id(parameter) in taken:
                continue
            group = [(place, parameter)]
            for other in range(place + 1, len(found)):
                near = [p for p in found[other] if id(p) not in taken and _same(parameter, p)]
                if near:
                    group.append(
                        (other, max(near, key=lambda p: (_likeness(parameter, p), p.weight)))
                    )
            if len(group) > 1:
                taken.update(id(p) for _, p in group)
                groups.append((sum(p.weight for _, p in group), group))
    groups.sort(key=lambda g: -g[0])
    return [group for _, group in groups]


def _same(one: Parameter, other: Parameter) -> bool:
    return one.dimension == other.dimension and _likeness(one, other) >= _SAME_SUBJECT


def _likeness(one: Parameter, other: Parameter) -> float:
    return len(one.terms & other.terms) / len(one.terms | other.terms)


def _claims(sources: Sequence[Source], keys: Keys, missing: list[str]) -> Iterator[SummarySection]:
    claiming = [source for source in sources if source.document.claims]
    missing.extend(
        f"{document_name(source.facts)}: the library holds no claims of it"
        for source in sources
        if source not in claiming and source.facts.kind == "patent"
    )
    if not claiming:
        return
    yield SummarySection(
        "Independent claims",
        tuple(s for source in claiming for s in _preambles(source, keys)),
    )
    if len(claiming) < 2:
        return
    words = {source.facts.id: _claim_terms(source) for source in claiming}
    for source in claiming:
        others = frozenset().union(*(w for name, w in words.items() if name != source.facts.id))
        if own := _own(source, others, keys):
            name = document_name(source.facts)
            line = "the parts of its claims with most words that stand in no claim of the others"
            yield SummarySection(f"Named only in the claims of {name}", own, lines=(line,))
        else:
            missing.append(
                f"{document_name(source.facts)}: no part of its claims has words that the others' "
                "claims lack"
            )


def _preambles(source: Source, keys: Keys) -> Iterator[Statement]:
    """The first part of each independent claim."""
    for claim in claim_tree(source).independent[:4]:
        if parts := features(source, claim):
            label = frame(source.facts, "claims").replace(
                " claims:", f", claim {claim.number}, claims:"
            )
            yield claim_statement(source, keys, claim, parts[0], label)


def _claim_terms(source: Source) -> frozenset[str]:
    text = source.document.text
    return content(" ".join(text[c.start : c.end] for c in source.document.claims))


def _own(source: Source, others: frozenset[str], keys: Keys) -> tuple[Statement, ...]:
    """The parts of claims that have most terms of their own, in the claims' order."""
    text = source.document.text
    parts = []
    for claim in source.document.claims:
        for nth, part in enumerate(features(source, claim)):
            own = content(text[part[0] : part[1]]) - others
            if len(own) >= _FEWEST_OWN_TERMS and nth + len(claim.depends_on) > 0:
                weight = len(own) + 2 * (not claim.depends_on)
                parts.append((weight, own, claim, part))
    parts.sort(key=lambda p: (-p[0], p[3][0]))
    chosen: list[tuple[Claim, tuple[int, int]]] = []
    said: frozenset[str] = frozenset()
    for _, own, claim, part in parts:
        if len(own - said) >= _FEWEST_OWN_TERMS and len(chosen) < _MOST_OWN:
            chosen.append((claim, part))
            said |= own
    chosen.sort(key=lambda c: c[1][0])
    return tuple(claim_statement(source, keys, c, p, _claim_label(c)) for c, p in chosen)


def _claim_label(claim: Claim) -> str:
    above = f" (on {comma_numbers(claim.depends_on)})" if claim.depends_on else ""
    return f"claim {claim.number}{above}:"
