"""Kept charts and quotes with their words again, looked up in the library as it is now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from assistant.chart.records import Chart, Place
from assistant.projects.errors import NotReplayable
from assistant.projects.places import Texts, unplaced
from ingest.facts import DocumentFacts, plain


@dataclass(frozen=True)
class Filler:
    """Fills what was kept by places.

    texts: of the library, as the project's clearance lets it be seen. removed: ISO time at which
    a document was removed, by its id, as far as the record says so.
    """

    texts: Texts
    removed: Mapping[str, str]

    def gone(self, document_id: str, what: str = "text") -> str:
        """What stands where a document's words cannot be shown."""
        name = f"id {document_id}"
        if not self.texts.there:
            return f"[{what} not shown: there is no library here; {name}]"
        if self.texts.facts(document_id) is not None:
            return f"[{what} changed in the library since then: {name}]"
        when = self.removed.get(document_id)
        on = f" on {when[:10]}" if when else ""
        return f"[{what} removed from the library{on}: {name}]"

    def chart(self, kept: Mapping[str, Any]) -> Chart:
        """A chart as it was attached."""
        if "texts" not in kept:
            return msgspec.convert(kept, Chart)
        subject = dict(kept["subject"])
        charted = subject.pop("charted", None)
        claim = self.claim(subject)
        limits = self.claim({**subject, "limitations": charted})["limitations"] if charted else None
        by_key = {one["key"]: one for one in limits or claim["limitations"]}
        rows = [
            {
                "limitation": by_key[row["limitation"]],
                "cells": [self._cell(cell) for cell in row["cells"]],
            }
            for row in kept["rows"]
        ]
        references = [plain(self._reference(one)) for one in kept["references"]]
        whole = {**kept, "subject": claim, "rows": rows, "references": references}
        return msgspec.convert(whole, Chart)

    def claim(self, kept: Mapping[str, Any], *, strict: bool = False) -> dict[str, Any]:
        """A claim. strict: raises NotReplayable where its words cannot be found any more."""
        own = kept["document_id"]
        if isinstance(kept["text"], str):
            return dict(kept)
        text = unplaced(kept["text"], self.texts)
        limitations = [
            {**one, **{name: self._of_claim(one[name], own) for name in ("text", "subject")}}
            for one in kept["limitations"]
        ]
        lost = text is None or any(one["text"] == self.gone(own, "claim") for one in limitations)
        if strict and lost:
            raise NotReplayable(f"the claim cannot be read: {self.gone(own, 'claim')}")
        return {
            **{name: value for name, value in kept.items() if name != "document"},
            "text": text if text is not None else self.gone(own, "claim"),
            "limitations": limitations,
            "notices": [note for one in kept["notices"] if (note := unplaced(one, self.texts))],
        }

    def place(self, kept: Mapping[str, Any] | None) -> Place | None:
        """A place of a chart."""
        filled = self._place(kept)
        return None if filled is None else msgspec.convert(filled, Place)

    def quotes(self, body: Mapping[str, Any]) -> list[dict[str, Any]]:
        """What an answer quotes, in its order: number, place and words of each.

        `gone` says why there are no words, null where there are.
        """
        return list(self._quotes(body.get("answer") or {}))

    def _quotes(self, answer: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        for statement in answer.get("statements", ()):
            for one in statement["citations"]:
                quote = unplaced(one["quote"], self.texts)
                gone = None if quote is not None else self.gone(one["document_id"], "quote")
                names = ("key", "document_id", "number", "passage_id", "page")
                yield {**{name: one[name] for name in names}, "quote": quote, "gone": gone}

    def _of_claim(self, kept: Any, own: str) -> str:
        if kept == "":
            return ""
        text = unplaced(kept, self.texts)
        return text if text is not None else self.gone(own, "claim")

    def _cell(self, cell: Mapping[str, Any]) -> dict[str, Any]:
        return {
            **cell,
            "place": self._place(cell["place"]),
            "reason": unplaced(cell["reason"], self.texts) or "",
            "others": [self._place(place) for place in cell["others"]],
        }

    def _place(self, kept: Mapping[str, Any] | None) -> dict[str, Any] | None:
        if kept is None:
            return None
        quote = unplaced(kept["quote"], self.texts)
        gone = self.gone(kept["passage_id"].rpartition(":")[0], "quote")
        return {**kept, "quote": quote if quote is not None else gone}

    def _reference(self, kept: Mapping[str, Any]) -> DocumentFacts:
        known = self.texts.facts(kept["id"])
        return known or DocumentFacts(
            kept["id"], kept["kind"], kept["number"], self.gone(kept["id"], "document"),
            label=kept["label"],
        )  # fmt: skip
