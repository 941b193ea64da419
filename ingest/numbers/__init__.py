"""Patent numbers: publications as people type them, and one key for every application."""

from ingest.numbers.applications import application_key
from ingest.numbers.publications import (
    PatentNumber,
    canonical_number,
    number_key,
    parse_number,
    read_number,
)

__all__ = [
    "PatentNumber",
    "application_key",
    "canonical_number",
    "number_key",
    "parse_number",
    "read_number",
]
