"""The assistant over one library: search, ask, show, and where the evidence stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.answers import Writing, growing, read
from assistant.chart import Chart, found_references, make_chart, with_dates
from assistant.claims import ReadClaim, claim_of, read_claim
from assistant.date_gate import Dated, gate_all, subject_of
from assistant.errors import NoPageImage
from assistant.evidence import evidence_of
from assistant.questions import Turn
from assistant.records import Answer, Citation, Evidence
from assistant.relations import citations, family_timeline, neighbours
from assistant.relations.records import Citations, FamilyTimeline, Neighbours
from assistant.show import ShownDocument
from assistant.summaries import Summary, compare_documents, summarize_document, summarize_hits
from assistant.summaries.answer import summary_answer
from index.clearance import EVERYTHING, Clearance
from index.encoder import Encoder
from index.library import Library
from index.records import Filters, SearchOptions, SearchResult
from index.rerank import Reranker
from ingest.errors import IngestError, Rejection
from ingest.facts import DocumentFacts
from ingest.page_image import page_image
from ingest.records import Document


class Assistant:
    """Everything that can be asked of a library. Safe to use from several threads.

    Example:
        assistant = Assistant.open("library")
        answer = assistant.ask("How much boron oxide is coated on the cathode?")
        print(answer.text)
    """

    def __init__(self, library: Library, writing: Writing | None = None) -> None:
        self.library = library
        self.writing = writing

    @classmethod
    def open(
        cls,
        index: str | Path = "library",
        encoder: Encoder | None = None,
        reranker: Reranker | None = None,
        writing: Writing | None = None,
        clearance: Clearance = EVERYTHING,
    ) -> Assistant:
        """Open the library in a folder. Raises LibraryError.

        writing: the chat model that words the answers; None, the default, for none. clearance: the
        labels whose documents exist, such as Clearance.of("public", "internal").
        """
        return cls(Library.open(index, encoder, reranker, clearance), writing)

    def seen_by(self, clearance: Clearance) -> Assistant:
        """The assistant for somebody of this clearance, over the same models; closed apart."""
        return Assistant(self.library.seen_by(clearance), self.writing)

    def close(self) -> None:
        """Give the library's files back."""
        self.library.close()

    def search(
        self,
        query: str,
        k: int = 10,
        filters: Filters | None = None,
        options: SearchOptions | None = None,
    ) -> SearchResult:
        """The k best documents with their best passages. Raises BadQuery and BadFilter."""
        return self.library.search(query, k, filters, options)

    def search_like(
        self,
        number: str,
        k: int = 10,
        filters: Filters | None = None,
        options: SearchOptions | None = None,
    ) -> SearchResult:
        """Documents like one in the library, which is not among them, nor is its family.

        Raises UnknownDocument.
        """
        document = self.library.document(number)
        family = self.library.family(document.facts.id)
        options = options or SearchOptions()
        options = replace(options, syntax=False, exclude=(*options.exclude, *family))
        return self.library.search(_summary(document), k, filters, options)

    def ask(
        self,
        question: str,
        filters: Filters | None = None,
        conversation: Sequence[Turn] = (),
        off: Collection[str] = (),
    ) -> Answer:
        """A short answer in which every sentence is cited, or a refusal. Raises BadQuestion.

        conversation: `turn()` of each earlier answer, the oldest first; completes the question.
        off: keys of the earlier answer's chips that are not to be filters.

        Example:
            first = assistant.ask("What is the capacity of LFP at 25 °C?")
            then = assistant.ask("and at 60 °C?", conversation=[first.turn()])
            print(then.completed)
        """
        *_, last = self.ask_growing(question, filters, conversation, off)
        return last

    def ask_growing(
        self,
        question: str,
        filters: Filters | None = None,
        conversation: Sequence[Turn] = (),
        off: Collection[str] = (),
    ) -> Iterator[Answer]:
        """The answer as a chat model writes it, sentence by sentence; the last one is whole."""
        understood = read(self.library, question, filters, conversation, off)
        summary = summary_answer(self.library, understood)
        if summary is None:
            yield from growing(self.library, understood, self.writing)
        else:
            yield summary

    def summarize(self, *names: str) -> Summary:
        """One document's problem, solution, key values and claims; or two to five compared.

        names: numbers or ids. Raises UnknownDocument, BadInput.

        Example:
            print(assistant.summarize("US20160336597A1").text())
        """
        if len(names) == 1:
            return summarize_document(self.library, names[0])
        return compare_documents(self.library, names)

    def summarize_search(self, query: str, k: int = 10, filters: Filters | None = None) -> Summary:
        """Themes, timeline and parties of the k best documents. Raises BadQuery, BadFilter."""
        return summarize_hits(self.library, query, self.search(query, k, filters))

    def claim(self, number_or_id: str, claim: int | None = None) -> ReadClaim:
        """A claim of a document with what it inherits, read into its limitations.

        claim: 1-based; None for the first independent one. Raises UnknownDocument, BadClaim.
        """
        return claim_of(self.library.document(number_or_id), claim)

    def chart(
        self,
        claim: str | ReadClaim,
        against: Sequence[str] = (),
        k: int = 5,
        filters: Filters | None = None,
        subject_date: str | None = None,
    ) -> Chart:
        """A claim chart: what each reference discloses of each limitation, with quotations.

        claim: its text, or one that was read. against: numbers or ids; where there are none, the
        k documents most like the claim that the filters let pass. subject_date: ISO; None for that
        of the claim's own document. Raises UnknownDocument, BadClaim, BadInput, BadFilter.

        Example:
            chart = assistant.chart(assistant.claim("EP9900168A1"), against=["US20159900305A1"])
            print(chart.coverage())
        """
        subject = read_claim(claim) if isinstance(claim, str) else claim
        names = against or found_references(self.library, subject, k, filters)
        return with_dates(self.library, make_chart(self.library, subject, names), subject_date)

    def show(self, number_or_id: str) -> ShownDocument:
        """One document whole. Raises UnknownDocument."""
        return ShownDocument(self.library.document(number_or_id))

    def dates(self, subject: str, names: Sequence[str] = ()) -> tuple[Dated, ...]:
        """How documents stand to a subject's date: published before, an earlier right, later ...

        subject: a number or id, or an ISO date. names: of documents, () for all; in their order.
        Raises UnknownDocument, and BadInput for a subject without a date.

        Example:
            for dated in assistant.dates("2017-05-31"):
                print(dated.document_id, dated.category, dated.reason)
        """
        documents = [self.library.document(n).facts for n in names] or self.library.documents()
        return gate_all(subject_of(self.library, subject), documents)

    def family(self, number_or_id: str) -> FamilyTimeline:
        """The family of a document in time. Raises UnknownDocument."""
        return family_timeline(self.library, number_or_id)

    def citations(self, number_or_id: str) -> Citations:
        """What a document cites, and what in the library cites it. Raises UnknownDocument."""
        return citations(self.library, number_or_id)

    def neighbours(self, names: Sequence[str]) -> Neighbours:
        """Documents that cite or are cited by these, the most linked first."""
        return neighbours(self.library, names)

    def documents(self) -> list[DocumentFacts]:
        """All documents in the library."""
        return self.library.documents()

    def rejected(self) -> list[Rejection]:
        """What is not in the library, and why."""
        return self.library.rejected()

    def evidence(self, citation: Citation) -> Evidence:
        """The cited sentence in its surroundings. Raises UnknownDocument."""
        document = self.library.document(citation.document_id)
        return evidence_of(document, self.library.span(citation.passage_id), citation)

    def page_image(self, document_id: str, page: int) -> bytes:
        """PNG of a page of a PDF in the library, from the file it was read from. page: 1-based.

        Raises NoPageImage where the file has gone or is not the one that was read.
        """
        facts = self.library.document(document_id).facts
        path = Path(facts.source)
        try:
            return page_image(path, page, identity=facts.id)
        except OSError as error:
            raise NoPageImage(f"{path} cannot be read: {error.strerror or error}") from error
        except IngestError as error:
            raise NoPageImage(f"{path}: {error}") from error


def _summary(document: Document) -> str:
    """Title, abstract (or the beginning) and first claim: what a document is about."""
    abstract = [s for s in document.sections if s.kind == "abstract"] or document.sections[:1]
    spans = [(p.start, p.end) for section in abstract for p in section.paragraphs[:5]]
    spans += [(claim.start, claim.end) for claim in document.claims[:1]]
    return "\n".join([document.facts.title, *(document.text[a:b] for a, b in spans)])
