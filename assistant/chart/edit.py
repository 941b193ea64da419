"""What a person decides of a chart's cells: another status, another passage, a note."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from assistant.chart.combine import best_combinations
from assistant.chart.records import NOT_DISCLOSED, STATUSES, Cell, Chart, Override, Place, Row
from assistant.errors import BadInput


def override(
    chart: Chart,
    key: str,
    document_id: str,
    change: Override,
    place: Place | None = None,
) -> Chart:
    """The chart with one cell changed by a person; combinations are made anew.

    key: of the limitation. change: made with `decided`. place: the passage that the person chose,
    one of those that the cell offers or one found by `place_of_quote`; None keeps the one shown.
    Raises BadInput for an unknown cell, and where a status that says that something is
    disclosed would stand without a passage.
    """
    if key not in {row.limitation.key for row in chart.rows}:
        raise BadInput(f"the chart has no limitation {key!r}; look at its keys, such as 1a")
    if document_id not in {facts.id for facts in chart.references}:
        raise BadInput(f"the chart has no reference {document_id!r}")
    if place is not None and place.passage_id.rpartition(":")[0] != document_id:
        raise BadInput(f"passage {place.passage_id} is not of {document_id}; choose one that is")
    rows = tuple(
        row if row.limitation.key != key else _changed(row, document_id, change, place)
        for row in chart.rows
    )
    return replace(chart, rows=rows, combinations=best_combinations(rows))


def decided(status: str | None, note: str, user: str, when: datetime | None = None) -> Override:
    """A person's decision. status: one of STATUSES, None to keep it. when: now if not given.

    Raises BadInput for an unknown status.
    """
    if status is not None and status not in STATUSES:
        raise BadInput(f"no status {status!r}; choose from {', '.join(STATUSES)}")
    moment = (when or datetime.now(UTC)).astimezone(UTC)
    return Override(status, note, "", user, moment.isoformat(timespec="seconds"))


def _changed(row: Row, document_id: str, change: Override, place: Place | None) -> Row:
    cells = tuple(
        cell if cell.document_id != document_id else _decided(row, cell, change, place)
        for cell in row.cells
    )
    return replace(row, cells=cells)


def _decided(row: Row, cell: Cell, change: Override, place: Place | None) -> Cell:
    status = change.status or cell.status
    chosen = place or cell.place
    if status != NOT_DISCLOSED and chosen is None:
        if not cell.others:
            raise BadInput(
                f"limitation {row.limitation.key} cannot be {status!r} in {cell.document_id} "
                "without a passage; choose one"
            )
        chosen = cell.others[0]
    if status == NOT_DISCLOSED:
        kept, chosen = (chosen, None) if chosen else (None, None)
    else:
        kept = cell.place
    others = dict.fromkeys(p for p in (kept, *cell.others) if p is not None and p != chosen)
    machine = cell.human.machine if cell.human else cell.status
    return replace(
        cell,
        status=status,
        place=chosen,
        others=tuple(others),
        human=replace(change, machine=machine),
    )
