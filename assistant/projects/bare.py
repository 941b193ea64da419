"""Answers, charts and claims without documents' words, as entries keep them, and back.

What a user typed stays: queries, questions, notes, a claim that was pasted. Every function takes
what an earlier release kept whole as well, and leaves alone what it made itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.projects.places import NO_TEXTS, Texts, found_whole, placed
from ingest.numbers import parse_number

# What tells a chart that is kept by places from one of an earlier release.
BY_PLACE = {"texts": "by place"}


def bare_understood(understood: Mapping[str, Any], asked: Mapping[str, Any]) -> dict[str, Any]:
    """How a search or question was read, without words that only documents have.

    Those are the words that marked documents brought in, and names of parties other than typed.
    """
    bare = dict(understood)
    feedback = bare.get("feedback")
    if feedback and isinstance(feedback["terms"], list):
        words = " ".join(one["term"] for one in feedback["terms"])
        weights = [one["weight"] for one in feedback["terms"]]
        bare["feedback"] = {**feedback, "terms": _hash(words), "weights": weights}
    if "chips" in bare:
        bare["chips"] = [
            {**chip, "value": _hash(chip["value"])} if chip["filter"] == "party" else chip
            for chip in bare["chips"]
        ]
    filters = bare.get("filters")
    if filters and isinstance(filters.get("party"), list):
        given = (asked.get("filters") or {}).get("party")
        if filters["party"] and filters["party"] != given:
            bare["filters"] = {**filters, "party": _hash("; ".join(filters["party"]))}
    return bare


def bare_answer(answer: Mapping[str, Any], texts: Texts = NO_TEXTS) -> dict[str, Any]:
    """An answer by places of its quotes; its own sentences by their hashes."""
    return {
        **answer,
        "reason": _hash(answer["reason"]),
        "text": _hash(answer["text"]),
        "statements": [_statement(one, texts) for one in answer["statements"]],
        "table": _rows(answer["table"], texts),
        "dropped": [{name: _hash(text) for name, text in one.items()} for one in answer["dropped"]],
    }


def bare_claim(claim: Mapping[str, Any], texts: Texts) -> dict[str, Any]:
    """A claim by its places in the document that it was taken from; as it is without one."""
    own = claim["document_id"]
    if own is None or not isinstance(claim["text"], str):
        return dict(claim)
    facts = texts.facts(own)
    text = placed(claim["text"], texts, own)
    # A limitation may be in a user's words; of a claim that is not as the library has it, no word
    # is known to be a user's.
    users = found_whole(text)
    limitations = [
        {
            **one,
            "text": placed(one["text"], texts, own, own_words=users),
            "subject": placed(one["subject"] or None, texts, own, own_words=users) or "",
        }
        for one in claim["limitations"]
    ]
    return {
        **claim,
        "text": text,
        "limitations": limitations,
        "notices": [placed(one, texts, own, own_words=users) for one in claim["notices"]],
        "document": facts.number if facts else None,
    }


def bare_chart(chart: Mapping[str, Any], texts: Texts) -> dict[str, Any]:
    """A chart by places: statuses, scores and what people wrote stay."""
    if "texts" in chart:
        return dict(chart)
    claim = bare_claim(chart["subject"], texts)
    rows = [
        {
            "limitation": row["limitation"]["key"],
            "cells": [_cell(cell, texts, claim) for cell in row["cells"]],
        }
        for row in chart["rows"]
    ]
    listed = [
        {name: one[name] for name in ("id", "kind", "number", "label")}
        for one in chart["references"]
    ]
    limitations = [row["limitation"] for row in chart["rows"]]
    if limitations != chart["subject"]["limitations"]:
        whole = {**chart["subject"], "limitations": limitations}
        claim = {**claim, "charted": bare_claim(whole, texts)["limitations"]}
    return {**chart, **BY_PLACE, "subject": claim, "references": listed, "rows": rows}


def bare_place(place: Mapping[str, Any] | None, texts: Texts) -> dict[str, Any] | None:
    """A place of a chart, its quote by where it stands."""
    if place is None:
        return None
    return {**place, "quote": _quote(place, texts)}


def bare_name(name: str | None, document_id: str, texts: Texts = NO_TEXTS) -> str | None:
    """A document's name if it is its number, None for a title.

    >>> bare_name("US20160336597A1", "0f"), bare_name("A cathode for cells", "0f")
    ('US20160336597A1', None)
    """
    if not name or name == document_id or parse_number(name) == name:
        return name or None
    facts = texts.facts(document_id)
    return name if facts is not None and facts.number == name else None


def claim_line(subject: Mapping[str, Any]) -> str:
    """A charted claim in a line: its text where a user typed it, else whose it is."""
    if isinstance(subject.get("text"), str):
        return str(subject["text"])
    return f"claim {subject['number']} of {subject.get('document') or subject['document_id']}"


def _hash(text: Any) -> Any:
    return placed(text, NO_TEXTS)


def _quote(citation: Mapping[str, Any], texts: Texts) -> Any:
    passage = citation["passage_id"]
    document = passage.rpartition(":")[0]
    return placed(citation["quote"], texts, document, start=texts.start(passage))


def _citation(citation: Mapping[str, Any], texts: Texts) -> dict[str, Any]:
    bare = {name: value for name, value in citation.items() if name != "title"}
    return {**bare, "quote": _quote(citation, texts)}


def _statement(statement: Mapping[str, Any], texts: Texts) -> dict[str, Any]:
    return {
        **statement,
        "text": _hash(statement["text"]),
        "frame": _hash(statement.get("frame")),
        "citations": [_citation(one, texts) for one in statement["citations"]],
    }


def _rows(table: Any, texts: Texts) -> list[dict[str, Any]]:
    """A table of values: what its cells say by one hash a row."""
    return [
        row
        if "sha256" in row
        else {
            **_hash(
                "\t".join(str(row[n]) for n in ("material", "value", "unit", "condition", "source"))
            ),
            "keys": row["keys"],
            "citations": [_citation(one, texts) for one in row.get("citations", ())],
        }
        for row in table
    ]


def _cell(cell: Mapping[str, Any], texts: Texts, claim: Mapping[str, Any]) -> dict[str, Any]:
    # A reason has words of the reference, of the claim and of the program.
    own = claim["document_id"]
    documents = (cell["document_id"], own) if own else (cell["document_id"],)
    places = [bare_place(place, texts) for place in (cell["place"], *cell["others"])]
    known = all(found_whole(place["quote"]) for place in places if place)
    known = known and found_whole(claim["text"])
    return {
        **cell,
        "place": places[0],
        "reason": placed(cell["reason"], texts, *documents, own_words=known),
        "others": places[1:],
    }
