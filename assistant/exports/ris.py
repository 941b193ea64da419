"""Writes hits as RIS. Tags of a patent are those that EndNote and Zotero read as its fields."""

from __future__ import annotations

from typing import Any

from assistant.exports.bibliography import citation_keys, holders
from assistant.exports.words import one_line, pinpoint_passage
from index.records import Hit, SearchResult


def ris_bytes(result: SearchResult) -> bytes:
    """One reference for each hit, in order, with its passages as notes."""
    import rispy

    # rispy has no types, so mypy takes its class for Any, from which strict typing may not inherit.
    class Plain(rispy.RisWriter):  # type: ignore[misc]
        """Without the number that rispy writes before each reference, which importers refuse."""

        def set_header(self, count: int) -> str:
            return ""

    keys = citation_keys(hit.document for hit in result.hits)
    references = [_reference(hit, key) for hit, key in zip(result.hits, keys, strict=True)]
    return str(rispy.dumps(references, implementation=Plain)).encode()


def _reference(hit: Hit, key: str) -> dict[str, Any]:
    facts = hit.document
    patent = facts.kind == "patent"
    day = (facts.publication_date or "").replace("-", "/")
    fields: dict[str, Any] = {
        "type_of_reference": "PAT" if patent else "RPRT",
        "id": key,
        "title": facts.title,
        "authors": list(facts.inventors if patent else facts.parties),
        "publisher": "; ".join(holders(facts)) if patent else None,
        "issn": facts.number,  # SN, which holds the number of a patent or a report
        "year": day[:4],
        "date": day,
        "custom1": (facts.filing_date or "").replace("-", "/") if patent else None,
        "custom3": facts.country if patent else None,
        "note": facts.application_number if patent else None,  # M1
        "original_publication": "; ".join(p.number for p in facts.priorities) or None,
        "language": facts.language,
        "keywords": list(facts.cpc),
        "notes": _notes(hit),
    }
    return {name: _clean(value) for name, value in fields.items() if value}


def _notes(hit: Hit) -> list[str]:
    label = [f"Confidentiality: {hit.document.label}"] if hit.document.label else []
    members = ", ".join(member.number or member.id for member in hit.members)
    family = [f"Family members found: {members}"] if members else []
    quotes = [f"{pinpoint_passage(one)}: “{one.text}”" for one in hit.passages]
    return [*label, *family, *quotes]


def _clean(value: Any) -> Any:
    """On one line: a line of its own could be read as another tag."""
    if isinstance(value, list):
        return [one_line(entry) for entry in value if one_line(entry)]
    return one_line(value)
