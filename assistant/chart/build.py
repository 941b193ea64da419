"""Make a claim chart: every limitation held against every reference."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.chart.combine import best_combinations
from assistant.chart.decide import decide
from assistant.chart.records import Cell, Chart, Row
from assistant.chart.reference import Reference, read_reference
from assistant.chart.wanted import Wanted, abbreviations_of, wanted, wanted_terms, wording
from assistant.chart.weigh import weigh
from assistant.claims.records import Limitation, ReadClaim
from assistant.errors import BadInput
from index.library import Library

MOST_REFERENCES = 100


def make_chart(library: Library, subject: ReadClaim, against: Sequence[str]) -> Chart:
    """A claim against documents of a library, each named by number or id.

    The same for the same claim, references and library. Raises UnknownDocument, and BadInput
    where there is nothing to chart or too much.
    """
    if not subject.limitations:
        raise BadInput("the claim has no limitations; give at least one")
    against = (against,) if isinstance(against, str) else against
    names = list(dict.fromkeys(library.document(name).facts.id for name in against))
    if not names:
        raise BadInput("there is no reference to hold the claim against; name one with --against")
    if len(names) > MOST_REFERENCES:
        raise BadInput(f"{len(names)} references are too many; {MOST_REFERENCES} are the most")
    asked = make_ready(library, subject.limitations)
    columns: list[list[Cell]] = []
    references: list[Reference] = []
    for name in names:
        reference = read_reference(library, name)
        references.append(reference)
        weighed = weigh(library, asked, reference)
        columns.append(
            [decide(one, reference, runs) for one, runs in zip(asked, weighed, strict=True)]
        )
    rows = tuple(
        Row(limitation, tuple(column[place] for column in columns))
        for place, limitation in enumerate(subject.limitations)
    )
    return Chart(
        subject=subject,
        references=tuple(reference.facts for reference in references),
        rows=rows,
        combinations=best_combinations(rows),
        fingerprint=library.fingerprint(),
        documents=library.counts()[0],
    )


def make_ready(library: Library, limitations: Sequence[Limitation]) -> list[Wanted]:
    """Limitations with the rarity of their words in the library, and their vectors."""
    counts = library.term_counts(sorted({t for one in limitations for t in wanted_terms(one)}))
    passages = library.counts()[1]
    abbreviated = abbreviations_of(limitations)
    vectors = library.encoder.encode_passages([wording(one) for one in limitations])
    return [
        wanted(one, counts, passages, vector, abbreviated)
        for one, vector in zip(limitations, vectors, strict=True)
    ]
