"""Claims laid out: what each independent claim asks for, and what the others add to which."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answers.frames import frame
from assistant.gate.markup import is_order
from assistant.records import Statement
from assistant.summaries.records import SummarySection, comma_numbers
from assistant.summaries.source import BULLETS, Keys, Source
from ingest.records import Claim
from ingest.sentences import clause_spans, sentence_spans

_LONGEST_FEATURE, _LONGEST_ADDED = 400, 220
# Characters of an independent claim that are shown, of one of a few and of one of many.
_LONGEST_CLAIM, _LONGEST_OF_MANY, _MANY = 2400, 700, 6
_DEPENDENT_SHOWN = 8
_GONE = re.compile(
    r"[\W\d]*(?:삭제|削除|deleted|cancell?ed|withdrawn|gestrichen|gelöscht|\(?void\)?)\W*",
    re.IGNORECASE,
)
_NUMBERS = r"\d+(?:\s*(?:-|–|to|or|and|bis|oder|und|through|,|내지|또는|~)\s*(?:claims?\s+)?\d+)*"
# What a dependent claim begins with: what it is a kind of, and the claims it refers to.
_REFERENCE = re.compile(
    rf"(?:claims?\s+{_NUMBERS}|(?:any|either)(?: one)? of the (?:preceding|previous) claims"
    rf"|Ansprüche\w*\s+{_NUMBERS}|Anspruch\s+{_NUMBERS}|(?:제|청구항)\s*{_NUMBERS}\s*항?"
    rf"[^,]{{0,12}}에 있어서|权利要求\s*{_NUMBERS}\s*所述的[^，]{{0,40}})\s*(?:[,，]\s*)?",
    re.IGNORECASE,
)
_FURTHEST_REFERENCE = 220
# A reference after these words takes the earlier claim in as a part, an ingredient or a step.
_TAKES_IN = re.compile(
    r"\b(?:compris|includ|contain|using|use of|prepared|produced|manufactur|obtain|having|with"
    r"|made|umfassend|enthaltend|verwend|transformed|포함)",
    re.IGNORECASE,
)
# Clause ends inside a claim: list entries, semicolons, the colon after "comprising".
_FEATURE_END = re.compile(
    r"(?<=\w)(?:\b(?:compris\w+|includ\w+|consist\w+(?: essentially)? of|steps(?: of)?|having"
    r"|umfassend|that|wherein)[^:;,\n]{0,60}):\s*|[;；](?:\s+and\b(?! ?/))?\s*|(?<=[,:])\s*\n\s*"
    r"|\n\s*(?=[-–•(]|[a-z]\)|[ivx]+\))",
)


@dataclass(frozen=True)
class ClaimTree:
    """Which claims stand alone, and which refer to which.

    Attributes:
        independent: those that refer to no other. dependent: the others.
        gone: numbers of those whose text says only that they are deleted.
        below: for each independent claim, the numbers that refer to it, directly or not.
    """

    independent: tuple[Claim, ...]
    dependent: tuple[Claim, ...]
    gone: tuple[int, ...]
    below: dict[int, tuple[int, ...]]


def claim_tree(source: Source) -> ClaimTree:
    """The claims of a document, sorted by what they refer to."""
    text = source.document.text
    gone = [c for c in source.document.claims if _GONE.fullmatch(text[c.start : c.end])]
    left = [c for c in source.document.claims if c not in gone]
    known = {c.number for c in left}
    above = {c.number: {n for n in c.depends_on if n in known and n != c.number} for c in left}
    independent = tuple(c for c in left if not c.depends_on)
    below: dict[int, set[int]] = {c.number: {c.number} for c in independent}
    for found in below.values():
        grown = True
        while grown:
            more = {n for n, parents in above.items() if parents & found} - found
            found |= more
            grown = bool(more)
    return ClaimTree(
        independent,
        tuple(c for c in left if c.depends_on),
        tuple(c.number for c in gone),
        {number: tuple(sorted(found - {number})) for number, found in below.items()},
    )


def claim_sections(source: Source, keys: Keys) -> Iterator[SummarySection]:
    """An overview, each independent claim in its parts, and what the first dependent ones add."""
    tree = claim_tree(source)
    yield SummarySection("Claims", lines=tuple(_overview(source, tree)))
    longest = _LONGEST_CLAIM if len(tree.independent) <= _MANY else _LONGEST_OF_MANY
    for claim in tree.independent:
        yield _independent(source, keys, claim, tree, longest)
    if tree.dependent:
        yield _dependent(source, keys, tree)


def features(source: Source, claim: Claim) -> list[tuple[int, int]]:
    """A claim cut at clause ends, the preamble first: spans of the document's text."""
    text = source.document.text
    found = [
        (start + a, start + b)
        for start, end in _readable(source, claim)
        for a, b in _cut(text[start:end])
    ]
    return [(a, b) for a, b in found if re.search(r"\w", text[a:b]) and source.parts(a, b)]


def claim_statement(
    source: Source, keys: Keys, claim: Claim, span: tuple[int, int], label: str
) -> Statement:
    """A part of a claim as a statement. label: its frame."""
    start, end = span
    text = source.document.text
    cut = (bool(text[claim.start : start].strip()), bool(text[end : claim.end].strip()))
    return Statement(text[start:end], keys.cite(source, start, end), label, cut=cut)


def _overview(source: Source, tree: ClaimTree) -> Iterator[str]:
    count = len(source.document.claims) - len(tree.gone)
    alone = tuple(c.number for c in tree.independent)
    named = comma_numbers(alone)
    yield f"{count} claims, {len(alone)} independent{f' ({named})' if alone else ''}"
    if tree.gone:
        yield f"deleted, without text: {comma_numbers(tree.gone)}"


def _independent(
    source: Source, keys: Keys, claim: Claim, tree: ClaimTree, longest: int
) -> SummarySection:
    below = tree.below[claim.number]
    lines = [f"referred to by claims {comma_numbers(below)}" if len(below) > 1 else ""]
    if len(below) == 1:
        lines = [f"referred to by claim {below[0]}"]
    shown: list[tuple[int, int]] = []
    parts = features(source, claim)
    for part in parts:
        if shown and part[1] - claim.start > longest:
            lines.append(f"claim {claim.number} goes on after what is shown here")
            break
        shown.append(part)
    if not shown or _hidden(source, claim):
        lines.append(
            f"a part of claim {claim.number} is not shown: it reads as an order to its reader"
        )
    labels = [frame(source.facts, "claims")] + [""] * len(shown)
    said = [
        claim_statement(source, keys, claim, part, label)
        for part, label in zip(shown, labels, strict=False)
    ]
    return SummarySection(
        f"Claim {claim.number} (independent)", tuple(said), lines=tuple(filter(None, lines))
    )


def _dependent(source: Source, keys: Keys, tree: ClaimTree) -> SummarySection:
    said: list[Statement] = []
    left: list[int] = []
    wanted = _spread(tree)
    for claim in tree.dependent:
        part = _added(source, claim)
        if part is None or claim.number not in wanted:
            left.append(claim.number)
            continue
        takes_in, span = part
        above = f"claim{'s' * (len(claim.depends_on) > 1)} {comma_numbers(claim.depends_on)}"
        label = f"claim {claim.number} adds to {above}:"
        if takes_in:
            label = f"claim {claim.number}, which takes in {above}, claims:"
        said.append(claim_statement(source, keys, claim, span, label))
    lines = (f"not shown here: claims {comma_numbers(tuple(left))}",) if left else ()
    return SummarySection("Dependent claims", tuple(said), lines=lines)


def _spread(tree: ClaimTree) -> set[int]:
    """The dependent claims to show: the first ones of each independent claim in turn."""
    turns = [(nth, n) for below in tree.below.values() for nth, n in enumerate(below)]
    known = {n for _, n in turns}
    turns += [(nth, c.number) for nth, c in enumerate(tree.dependent) if c.number not in known]
    return set(list(dict.fromkeys(n for _, n in sorted(turns)))[:_DEPENDENT_SHOWN])


def _added(source: Source, claim: Claim) -> tuple[bool, tuple[int, int]] | None:
    """What a claim says beyond its reference: whether it takes the other claim in, and where."""
    spans = _readable(source, claim)
    if not spans:
        return None
    start, end = spans[0]
    text = source.document.text[start:end]
    reference = _REFERENCE.search(text[:_FURTHEST_REFERENCE])
    takes_in = bool(reference and _TAKES_IN.search(text[: reference.start()]))
    begin = reference.end() if reference and not takes_in else 0
    if not re.search(r"\w{2}", text[begin:]):
        begin = 0  # the reference stands last, or in the middle of all that it says
    a, b = clause_spans(text[begin:], _LONGEST_ADDED)[0]
    span = start + begin + a, start + begin + b
    return (takes_in, span) if source.parts(*span) else None


def _readable(source: Source, claim: Claim) -> list[tuple[int, int]]:
    """The sentences of a claim that may be shown; a first one in those parts that may."""
    text = source.document.text[claim.start : claim.end]
    found: list[tuple[int, int]] = []
    for place, (start, end) in enumerate(sentence_spans(text)):
        if not is_order(text[start:end]):
            joined = found and not text[found[-1][1] : start].strip()
            if joined:
                found[-1] = found[-1][0], end
            else:
                found.append((start, end))
        elif place == 0:
            parts = [(start + a, start + b) for a, b in _cut(text[start:end])]
            found += [(a, b) for a, b in parts if not is_order(text[a:b])]
    return [(claim.start + a, claim.start + b) for a, b in found]


def _hidden(source: Source, claim: Claim) -> bool:
    readable = sum(b - a for a, b in _readable(source, claim))
    text = source.document.text[claim.start : claim.end]
    return readable < len(text) - 12 - 3 * text.count("\n")


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """Spans of a claim's parts; short parts go with the one before."""
    ends = [m.end() for m in _FEATURE_END.finditer(text) if m.end() < len(text)]
    start = 0
    for end in [*ends, len(text)]:
        part = text[start:end]
        if len(part.split()) < 3 and end != len(text) and len(part) < 25:
            continue
        for a, b in clause_spans(part, _LONGEST_FEATURE):
            stripped = part[a:b].rstrip()
            lead = len(stripped) - len(stripped.lstrip(BULLETS))
            if stripped:
                yield start + a + lead, start + a + len(stripped)
        start = end
