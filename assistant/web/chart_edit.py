"""What a person decides of a cell: the editor's choices, and what was chosen of them."""

from __future__ import annotations

import re

from assistant.assistant import Assistant
from assistant.audit import computing, saw
from assistant.chart import Override, Place, decided, place_of_quote
from assistant.chart.records import NOT_DISCLOSED
from assistant.errors import BadInput
from assistant.projects import Projects
from assistant.web.chart_parts import place_words, status_chip
from assistant.web.chart_session import Charting, cell_of, decide, user_of
from assistant.web.html import escape, name_of, one_line, tag
from ingest.text import clean

_QUOTE = 260  # characters of a passage that is offered
_LONGEST_NOTE = 5000


def editor_head(charting: Charting) -> str:
    """Which cell is decided, what the program had, and who decided it last."""
    key, document_id = charting.cell or ("", "")
    made = cell_of(charting.made, charting.cell)
    if charting.chart is None or made is None:
        return ""
    facts = next(one for one in charting.chart.references if one.id == document_id)
    row = next(row for row in charting.chart.rows if row.limitation.key == key)
    return tag(
        "div",
        tag("h3", escape(f"{key} in {name_of(facts)}")),
        tag("p", escape(one_line(row.limitation.text)), css="pa-limitation"),
        tag(
            "p",
            "The program: ",
            status_chip(made.status),
            escape(f" {made.reason}"),
            css="pa-muted",
        ),
    )


def offered(charting: Charting) -> list[tuple[str, int]]:
    """The passages that can be chosen for the cell: (shown, which of `places`)."""
    return [
        (f"{place_words(at)}: “{one_line(at.quote, _QUOTE)}”", nth)
        for nth, at in enumerate(places(charting))
    ]


def places(charting: Charting) -> tuple[Place, ...]:
    """All passages of the cell: those that the program found, then what a person chose."""
    made, now = cell_of(charting.made, charting.cell), cell_of(charting.chart, charting.cell)
    if made is None or now is None:
        return ()
    found = (made.place, *made.others, now.place)
    return tuple(dict.fromkeys(place for place in found if place is not None))


def chosen(charting: Charting) -> int | None:
    """Which of the passages the cell shows now; the first where it shows none."""
    now, known = cell_of(charting.chart, charting.cell), places(charting)
    if now is not None and now.place in known:
        return known.index(now.place)
    return 0 if known else None


def save_cell(
    charting: Charting,
    projects: Projects,
    status: str | None,
    note: str,
    passage: int | Place | None,
) -> Charting:
    """The session with its cell decided as the editor says.

    passage: which of `places`, or another place of the reference. Raises BadInput where nothing
    would change, and what `decide` raises.
    """
    made, now = cell_of(charting.made, charting.cell), cell_of(charting.chart, charting.cell)
    if made is None or now is None:
        raise BadInput("the cell is not in this chart any more; choose it again")
    note = clean(note or "").strip()
    if len(note) > _LONGEST_NOTE:
        raise BadInput(f"the note has {len(note):,} characters; it may have {_LONGEST_NOTE:,}")
    status = status or now.status
    known = places(charting)
    if isinstance(passage, int):
        place = known[passage] if 0 <= passage < len(known) else None
    else:
        place = passage
    if status == NOT_DISCLOSED:
        place = None
    same_place = place is None or place == made.place
    new = None if status == made.status else status
    if new is None and same_place and not note:
        if now.human is None:
            raise BadInput("nothing was changed; choose a status or a passage, or write a note")
        return decide(charting, projects, None)
    change: Override = decided(new, note, user_of(charting, projects))
    return decide(charting, projects, change, None if same_place else place)


def pasted_place(charting: Charting, assistant: Assistant, quote: str) -> Place | None:
    """Where words that a person pasted stand in the cell's reference; None for no words.

    Raises BadInput where they do not stand in one passage of it.
    """
    words = clean(quote or "").split()
    if not words or charting.cell is None:
        return None
    library = computing(assistant.library)
    document, spans = library.document_and_spans(charting.cell[1])
    saw(assistant, "evidence", document)
    for passage_id, start, end in spans:
        found = _within(document.text[start:end], words)
        if found is not None:
            return place_of_quote(library, passage_id, found)
    raise BadInput(
        f"these words do not stand in one passage of {name_of(document.facts)}; copy them from "
        "the panel or the page, without changing them"
    )


def _within(text: str, words: list[str]) -> str | None:
    r"""The piece of a text that these words make, white space apart.

    >>> _within("pressed to\n3.45 g/cm³.", ["to", "3.45"])
    'to\n3.45'
    """
    match = re.search(r"\s+".join(map(re.escape, words)), text)
    return match.group() if match else None
