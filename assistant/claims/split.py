"""A claim's text cut into limitations."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.claims.asian import asian_pieces, is_asian
from assistant.claims.features import features
from assistant.claims.pieces import Piece, head_phrase, last_phrase, trimmed
from assistant.claims.preamble import preamble_end
from assistant.claims.records import Limitation
from assistant.claims.references import REFERENCE, reference_end
from assistant.claims.segments import segments
from assistant.claims.words import LEADS, OF_FIGURES, without_lead

# A property rather than a part: "a thickness of 5 µm", "having a porosity of 40 %".
_PROPERTY = re.compile(
    rf"(?:having\s+|with\s+)?(?:an?|the)\s+(?:[\w-]+\s+){{1,6}}?{OF_FIGURES}|having\b",
    re.IGNORECASE,
)
_METHOD = re.compile(
    r"\W*+(?:\w[\w-]*+\W++){0,5}?(?:method|process|verfahren|use)\b", re.IGNORECASE
)


def limitations(text: str, number: int, above: str = "") -> tuple[Limitation, ...]:
    """The limitations of one claim, keyed with its number.

    above: the text of the claim that it refers to where that is charted too; the reference to it
        is no limitation then.

    >>> for limitation in limitations("A cell comprising: a foil; and a seal.", 1):
    ...     print(limitation.key, limitation.text)
    1a A cell comprising:
    1b a foil
    1c a seal
    """
    pieces = asian_pieces(text, bool(above)) if is_asian(text) else _pieces(text, above)
    keys = [f"{number}{letters(at)}" for at in range(len(pieces))]
    return tuple(
        Limitation(
            keys[at],
            text[piece.start : piece.end],
            number,
            piece.role,
            None if piece.parent is None else keys[piece.parent],
            piece.subject,
        )
        for at, piece in enumerate(pieces)
    )


def letters(position: int) -> str:
    """The letters of a position, 0-based: "a" ... "z", "aa", "ab".

    >>> letters(0), letters(25), letters(26)
    ('a', 'z', 'aa')
    """
    found = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        found = chr(ord("a") + rest) + found
    return found


def _pieces(text: str, above_text: str) -> list[Piece]:
    skip = reference_end(text, above_text) if above_text else 0
    start = skip or reference_end(text) or preamble_end(text)
    found: list[Piece] = []
    head = head_phrase(text)
    if start and not skip:
        found.append(Piece(*trimmed(text, 0, start), "preamble"))
    steps = bool(_METHOD.match(text))
    places: list[int] = []
    for segment in segments(text, start, len(text)):
        above = None if segment.parent is None else places[segment.parent]
        role = "wherein" if LEADS.match(text, segment.start) else "element"
        base = len(found)
        for piece in features(text, segment.start, segment.end, role, steps):
            found.append(_placed(text, piece, base, above, found, head))
        places.append(max(base, len(found) - 1))  # a list belongs to what stands last before it
    return found


def _placed(
    text: str, piece: Piece, base: int, above: int | None, found: list[Piece], head: str
) -> Piece:
    """A piece of one part among those of the claim. above: the header of the list it stands in."""
    if piece.parent is not None:
        subject = piece.subject
        if subject and found[base].subject and subject == head_phrase(_words(text, found[base])):
            subject = found[base].subject  # "having a thickness ... and comprising": of the claim
        return replace(piece, parent=base + piece.parent, subject=subject)
    if above is not None and piece.role != "wherein":
        return replace(piece, role="feature", parent=above, subject=_of_header(text, found[above]))
    if (
        piece.role == "element"
        and len(_words(text, piece)) < 120
        and _PROPERTY.match(REFERENCE.sub("", _words(text, piece)))
    ):
        return replace(piece, subject=head)
    return piece


def _words(text: str, piece: Piece) -> str:
    return text[piece.start : piece.end]


def _of_header(text: str, header: Piece) -> str:
    """What the parts of an inner list are about: "a processor" of "a processor configured to:"."""
    words = without_lead(_words(text, header))
    holder = re.match(r"((?:an?|the|said)\s(?:[\w-]+\s){1,8}?)(?:compris|includ)\w+:?$", words)
    if holder and not header.subject:
        return holder[1].strip()
    does = re.search(
        r"(?:\s+(?:is|are|further|being|configured|adapted|operable|programmed))*\s+to:$", words
    )
    owner = last_phrase(words[: does.start()]) if does else ""
    return header.subject or (
        owner if re.match(r"(?:an?|the|said)\s", owner) else head_phrase(words)
    )
