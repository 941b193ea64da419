"""A claim read into its limitations. Imports index and ingest only."""

from assistant.claims.edited import limitation_lines, with_limitations
from assistant.claims.errors import BadClaim
from assistant.claims.naming import parse_claim_of
from assistant.claims.read import claim_of, read_claim
from assistant.claims.records import ROLES, Limitation, ReadClaim

__all__ = [
    "ROLES",
    "BadClaim",
    "Limitation",
    "ReadClaim",
    "claim_of",
    "limitation_lines",
    "parse_claim_of",
    "read_claim",
    "with_limitations",
]
