"""What programs may call of the workbench: claim charts, the date gate, citations."""

from __future__ import annotations

from collections import Counter
from typing import Any

from assistant.audit import saw, unrecorded
from assistant.claims import BadClaim, ReadClaim, read_claim
from assistant.date_gate import CATEGORIES, gate_all, subject_of
from assistant.errors import BadInput
from assistant.web.disclosure import claim_named
from assistant.web.given import count_given, filters_given, stated, text_given, texts_given
from assistant.web.holder import AssistantHolder
from index.errors import UnknownDocument


class Workbench:
    """The endpoints: Gradio makes tools of their signatures and docstrings."""

    def __init__(self, holder: AssistantHolder) -> None:
        self._holder = holder

    def chart(
        self,
        claim: str | None = None,
        claim_of: str | None = None,
        against: list[str] | None = None,
        k: int = 5,
        filters: dict[str, Any] | None = None,
        subject_date: str | None = None,
    ) -> dict[str, Any]:
        """Chart a claim: for each limitation and reference a verbatim passage and a status.

        A status is disclosed, partly or not disclosed; combinations name what they leave
        uncovered. No legal conclusion is drawn. Give either claim or claim_of.

        Args:
            claim: the text of a claim, or of several numbered ones of which the first is charted.
            claim_of: a patent of the library and its claim instead, such as "EP1234567A1:1".
            against: numbers or ids of references; none for the k documents most like the claim.
            k: how many references to look for where none is named.
            filters: the same object as for search, for references that are looked for.
            subject_date: ISO date that the references are classed by; none for the claim's own.
        """
        with stated():
            assistant = self._holder.ready()
            names = texts_given(against or [], "against", UnknownDocument)
            rest = (names, count_given(k), filters_given(filters))
            day = (
                None if subject_date is None else text_given(subject_date, "subject_date", BadInput)
            )
            return assistant.chart(self._claim(claim, claim_of), *rest, day or None).to_dict()

    def dates(self, subject: str, documents: list[str] | None = None) -> dict[str, Any]:
        """How documents stand to a subject's date, each with the rules that it is classed by.

        before, earlier right (filed or with priority before, published after), grace period,
        later or unknown.

        Args:
            subject: a number or id of a document of the library, or an ISO date.
            documents: numbers or ids; none for all documents.
        """
        with stated():
            assistant = self._holder.assistant
            library = unrecorded(assistant).library
            named = texts_given(documents or [], "documents", UnknownDocument)
            dates = subject_of(library, text_given(subject, "subject", BadInput))
            facts = [library.document(name).facts for name in named] or library.documents()
            dated = gate_all(dates, facts)
            saw(assistant, "dates", (dates, dated))
            counts = Counter(one.category for one in dated)
            return {
                "subject": dates.to_dict(),
                "counts": {category: counts[category] for category in CATEGORIES},
                "documents": [
                    {**one.to_dict(), "number": known.number, "title": known.title}
                    for one, known in zip(dated, facts, strict=True)
                ],
            }

    def citations(self, numbers: list[str]) -> dict[str, Any]:
        """What a document cites and what in the library cites it.

        Of several documents: what cites them or is cited by them, the most linked first.

        Args:
            numbers: patent numbers, numbers of reports, or document ids; at least one.
        """
        with stated():
            names = texts_given(numbers, "numbers", UnknownDocument)
            if not names:
                raise UnknownDocument("numbers is empty; name one document or several")
            assistant = self._holder.assistant
            if len(names) == 1:
                return assistant.citations(names[0]).to_dict()
            return assistant.neighbours(names).to_dict()

    def _claim(self, claim: str | None, claim_of: str | None) -> ReadClaim:
        if bool(claim) == bool(claim_of):
            raise BadInput("give either claim or claim_of, and not both")
        if claim_of:
            assistant = unrecorded(self._holder.assistant)  # The chart has all of the claim.
            return claim_named(assistant, text_given(claim_of, "claim_of", BadClaim))
        return read_claim(text_given(claim, "claim", BadClaim))
