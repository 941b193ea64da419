"""What a search may be asked for."""

from __future__ import annotations

from index.errors import BadQuery

# Longest query in characters; a disclosure of 100 pages has about 300,000.
LONGEST_QUERY = 500_000
MOST_DOCUMENTS = 10_000


def check_query(query: str, k: int) -> None:
    """Raise BadQuery for a query that is empty or endless, and for an impossible number of hits."""
    if not query.strip():
        raise BadQuery("the query is empty; say what to look for")
    if len(query) > LONGEST_QUERY:
        raise BadQuery(
            f"the query has {len(query):,} characters, {LONGEST_QUERY:,} are the most; search for "
            "the part that matters, such as a claim"
        )
    if not 1 <= k <= MOST_DOCUMENTS:
        raise BadQuery(f"-k is {k}; ask for 1 to {MOST_DOCUMENTS:,} documents")
