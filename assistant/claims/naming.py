"""What `--claim-of` names: a document, and one of its claims."""

from __future__ import annotations

import re

from assistant.claims.errors import BadClaim

_WITH_CLAIM = re.compile(
    r"(?P<name>.*\S)\s*:\s*(?:claim\s+)?(?P<number>\d{1,5})", re.IGNORECASE | re.DOTALL
)


def parse_claim_of(text: str) -> tuple[str, int | None]:
    """The name of a document and the number of its claim, None for its first independent one.

    An id of an imported record can end in ":3" itself; `name:` with nothing behind the last colon
    takes all before that colon as the name. Raises BadClaim for an empty name and claim 0.

    >>> parse_claim_of("US20160336597A1:3"), parse_claim_of("EP 1 234 567 B1")
    (('US20160336597A1', 3), ('EP 1 234 567 B1', None))
    >>> parse_claim_of("lens:12:3"), parse_claim_of("lens:12:")
    (('lens:12', 3), ('lens:12', None))
    """
    name = text.strip()
    if match := _WITH_CLAIM.fullmatch(name):
        if int(match["number"]) == 0:
            raise BadClaim(f"{name}: claims are numbered from 1")
        return match["name"].strip(), int(match["number"])
    name = name.removesuffix(":").strip()
    if not name:
        raise BadClaim("no document is named; write its number, such as US20160336597A1:3")
    return name, None
