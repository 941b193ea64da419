"""What an export says of itself. A leaf but for the facts of a document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.errors import BadInput
from ingest.facts import DocumentFacts


@dataclass(frozen=True)
class About:
    """What a chart or a list of hits does not know of itself, for its header.

    Attributes:
        made: ISO day or time of the export, in UTC where it names no zone. The same export with
            the same `made` has the same bytes.
        collection: the library's name for people; "" for none. Never a path.
        documents: how many the library has; None where unknown or the chart says it.
        subject: the patent whose claim is charted, None for a claim that was typed.

    Raises BadInput for a `made` that is no day or time.

    >>> About("2026-03-01T09:30:00+00:00").day()
    '2026-03-01 09:30 UTC'
    """

    made: str
    collection: str = ""
    documents: int | None = None
    subject: DocumentFacts | None = None

    def __post_init__(self) -> None:
        try:
            self.time()
        except (TypeError, ValueError) as error:
            message = f"{self.made!r} is no time of an export; write it as 2026-03-01T09:30:00"
            raise BadInput(message) from error

    def time(self) -> datetime:
        """When the export was made, in UTC."""
        time = datetime.fromisoformat(self.made)
        return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)

    def day(self) -> str:
        """When the export was made, for people; without hours where they were not given."""
        return self.time().strftime("%Y-%m-%d" if len(self.made) <= 10 else "%Y-%m-%d %H:%M UTC")
