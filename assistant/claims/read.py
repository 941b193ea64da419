"""Read a claim into its limitations: a pasted one, or one of a document with what it inherits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.claims.asian import is_asian
from assistant.claims.chain import chain_of
from assistant.claims.errors import BadClaim
from assistant.claims.link import linked
from assistant.claims.pasted import ClaimText, claim_text, described, is_deleted, pasted_claims
from assistant.claims.preamble import preamble_end
from assistant.claims.records import Limitation, ReadClaim
from assistant.claims.references import reference_end
from assistant.claims.split import letters, limitations
from assistant.claims.visible import visible
from assistant.claims.words import WHEREIN
from ingest.records import Document

LONGEST_CLAIM = 100_000  # characters; the longest real ones have some 30,000
_NO_CLAIM = (
    "this does not read like a claim but like a description: each of its sentences is a limitation;"
    " edit them to what shall be looked for"
)
_NO_TRANSITION = (
    'no word such as "comprising" tells what this consists of, so it is one limitation; if it is'
    " no claim, edit it to what shall be looked for"
)


def read_claim(text: str, number: int | None = None) -> ReadClaim:
    """A pasted claim, or the last of several numbered ones, with what it inherits from them.

    number: the one wanted of several. Text that is no claim becomes one limitation a sentence.
    Raises BadClaim for an empty or endless text, and a number that is not in it.

    >>> claim = read_claim("1. A cell comprising a foil. 2. The cell of claim 1, having a seal.")
    >>> claim.chain, [limitation.text for limitation in claim.limitations]
    ((1, 2), ['A cell comprising', 'a foil', 'having a seal'])
    """
    given, text = text, visible(text).strip()
    if not re.search(r"\w", text):
        raise BadClaim("the claim is empty; paste its text, or name a patent in the library")
    if len(text) > LONGEST_CLAIM:
        raise BadClaim(
            f"the text has {len(text):,} characters; a claim may have {LONGEST_CLAIM:,}: paste"
            " the claim alone"
        )
    unseen = len(re.findall(r"[^\s]", given)) > len(re.findall(r"[^\s]", text))
    notices = ["characters that cannot be seen were taken out of the text"] if unseen else []
    found, before = pasted_claims(text)
    if not found:
        return _unnumbered(text, number or 1, notices)
    claims = {claim.number: claim for claim in found if not is_deleted(claim.text)}
    wanted = _wanted(claims, tuple(claim.number for claim in found), number, "the pasted text")
    if described(claims[wanted].text, _has_transition(claims[wanted].text)):
        return _description(text, number or 1, notices)
    if before:
        notices.append("the text before the first numbered claim is left out")
    return _assembled(claims, wanted, notices)


def claim_of(document: Document, number: int | None = None) -> ReadClaim:
    """A claim of a document with what it inherits. number: None for its first independent one.

    Raises BadClaim for a document without claims, and a claim that it lacks or that was deleted.
    """
    name = document.facts.number or document.facts.id
    text = document.text
    found = [ClaimText(c.number, text[c.start : c.end], c.depends_on) for c in document.claims]
    if not found:
        raise BadClaim(
            f"{name} has no claims in the library; name another document, or paste a claim"
        )
    claims: dict[int, ClaimText] = {}
    for claim in found:
        if re.search(r"\w", claim.text) and not is_deleted(claim.text):
            claims.setdefault(claim.number, claim)
    if number is None:
        alone = (c for c in claims.values() if not c.depends_on)
        number = next((c.number for c in alone if not reference_end(c.text)), None)
        number = number or next(iter(claims), None)
    wanted = _wanted(claims, tuple(c.number for c in found), number, name)
    return _assembled(claims, wanted, [], document.facts.id)


def _wanted(
    claims: Mapping[int, ClaimText], there: Sequence[int], number: int | None, where: str
) -> int:
    if number is None and claims:
        return max(claims)
    if number is not None and number in claims:
        return number
    if number in there or number is None:
        what = f"claim {number}" if number else "every claim"
        raise BadClaim(f"{what} of {where} is deleted; choose another one")
    known = f"claims {min(there)} to {max(there)}" if len(there) > 1 else f"claim {there[0]}"
    raise BadClaim(f"{where} has no claim {number}; it has {known}")


def _assembled(
    claims: Mapping[int, ClaimText],
    wanted: int,
    notices: list[str],
    document_id: str | None = None,
) -> ReadClaim:
    """A claim and those above it, each cut into its limitations."""
    chain, more = chain_of(claims, wanted)
    found: list[Limitation] = []
    above = ""
    for number in chain:
        text = claims[number].text
        found += limitations(text, number, above)
        above = text
    text = "\n\n".join(claims[number].text for number in chain)
    found = found or [Limitation(f"{wanted}a", text.strip(), wanted)]
    return ReadClaim(text, wanted, chain, linked(found), (*notices, *more), document_id)


def _unnumbered(text: str, number: int, notices: list[str]) -> ReadClaim:
    has_transition = _has_transition(text)
    if described(text, has_transition):
        return _description(text, number, notices)
    depends = claim_text(None, text).depends_on
    if number in depends:  # it has no number itself, so what it refers to is another claim
        number = max(depends) + 1
    if not has_transition and not depends:
        notices = [*notices, _NO_TRANSITION]
    read = _assembled({number: ClaimText(number, text, depends)}, number, notices)
    said = tuple(n.replace(f"claim {number} refers", "the claim refers", 1) for n in read.notices)
    return replace(read, notices=said)


def _description(text: str, number: int, notices: list[str]) -> ReadClaim:
    found = tuple(
        Limitation(f"{number}{letters(at)}", text[a:b], number)
        for at, (a, b) in enumerate(described(text, False))
    )
    return ReadClaim(text, number, (number,), found, (*notices, _NO_CLAIM))


def _has_transition(text: str) -> bool:
    return bool(is_asian(text) or preamble_end(text) or WHEREIN.search(text))
