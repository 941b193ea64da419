"""What is typed into the form of a chart: the claim, its limitations, the references."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.assistant import Assistant
from assistant.audit import computing
from assistant.chart.build import MOST_REFERENCES
from assistant.claims import (
    ReadClaim,
    claim_of,
    limitation_lines,
    read_claim,
    with_limitations,
)
from assistant.errors import BadInput
from assistant.web import disclosure
from assistant.web.chart_session import Charting
from index.errors import UnknownDocument

_BETWEEN = re.compile(r"[,;\n]+")
# Unknown references that an error names; more are counted.
_NAMED = 10


def claim_named(assistant: Assistant, text: str, number: int | None = None) -> ReadClaim:
    """The claim that "US20160336597A1:3" names; of "US20160336597A1" that with the number.

    Raises UnknownDocument, BadClaim, BadInput.
    """
    if number is not None and ":" not in text:
        return assistant.claim(text.strip(), number)
    return disclosure.claim_named(assistant, text.strip())


def claim_of_file(
    assistant: Assistant, path: Path, number: int | None = None
) -> tuple[ReadClaim, str]:
    """The claim of a patent in a file, or of the text of another file; the file goes.

    With it the text to show: of a patent that is not in the library all claims, of another file
    all of it, so that another of its claims can be read. Raises BadInput for a file that cannot
    be read, BadClaim.
    """
    documents = disclosure.documents_of(path)
    patent = next((document for document in documents if document.claims), None)
    if patent is None:
        text = "\n\n".join(document.text for document in documents)
        return read_claim(text, number), text
    claim = claim_of(patent, number)
    try:
        known = computing(assistant.library).document(patent.facts.number or patent.facts.id)
    except UnknownDocument:
        texts = (f"{c.number}. {patent.text[c.start : c.end].strip()}" for c in patent.claims)
        return replace(claim, document_id=None), "\n\n".join(texts)
    return replace(claim, document_id=known.facts.id), claim.text


def claim_number(text: str | None) -> int | None:
    """The number of the claim that is wanted, None for none. Raises BadInput."""
    text = (text or "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 100_000):
        raise BadInput(f"{text!r} is no number of a claim; write it as 3, or leave it empty")
    return int(text)


def same_text(one: str, other: str) -> bool:
    """Whether two texts are the same, white space apart: a box changes line ends."""
    return one.split() == other.split()


def subject(charting: Charting, typed: str, number: int | None, lines: str) -> ReadClaim:
    """The claim with its limitations as they stand in the form.

    A claim that was changed since it was read is read again, unless its limitations were edited.
    Raises BadClaim, BadInput.
    """
    read = charting.read
    if read is None:
        new = read_claim(typed, number)
        return with_limitations(new, lines) if lines.strip() else new
    edited = not same_text(lines, limitation_lines(read))
    if same_text(typed, charting.typed):
        return with_limitations(read, lines) if edited else read
    if edited:
        raise BadInput(
            "the claim was changed after its limitations were read, and these were edited; press "
            "Read claim to read it anew, or put the claim back as it was"
        )
    return read_claim(typed, number)


def reference_names(text: str | None) -> tuple[str, ...]:
    r"""Numbers or ids, one a line or with commas or semicolons between them.

    >>> reference_names("US 2016/0336597 A1, EP9900168A1\n\nHCW-R-009;")
    ('US 2016/0336597 A1', 'EP9900168A1', 'HCW-R-009')
    """
    names = (" ".join(part.split()) for part in _BETWEEN.split(text or ""))
    return tuple(dict.fromkeys(name for name in names if name))


def check_references(assistant: Assistant, names: Sequence[str]) -> None:
    """Raise BadInput that names every reference that is not in the library."""
    library = computing(assistant.library)
    wrong: list[str] = []
    for name in names:
        try:
            library.document(name)
        except UnknownDocument as error:
            wrong.append(str(error).split("; `prior-art", 1)[0])
    if wrong:
        more = len(wrong) - _NAMED
        listed = "; ".join(wrong[:_NAMED]) + (f"; and {more} more" if more > 0 else "")
        raise BadInput(f"{listed}. Correct or take them out; the Library tab lists what there is")


def count_of(value: object) -> int:
    """How many references a search is to choose. Raises BadInput."""
    if not isinstance(value, int | float) or value != int(value) or value < 1:
        raise BadInput(f"choose 1 to {MOST_REFERENCES} references, as a whole number")
    if value > MOST_REFERENCES:
        raise BadInput(f"{int(value)} references are too many; {MOST_REFERENCES} are the most")
    return int(value)
