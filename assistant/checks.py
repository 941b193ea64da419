"""What `doctor` finds: checks, each with a status and a remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ingest.facts import plain

OK, WARN, FAIL = "ok", "warn", "fail"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at. status: OK, WARN or FAIL; remedy: None where all is well."""

    name: str
    status: str
    detail: str
    remedy: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """One element of `checks` in the public contract."""
        return plain(self)
