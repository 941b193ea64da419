"""A document as `show` gives it: facts, abstract, claims, sections, citations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ingest.facts import plain
from ingest.records import Document, Section


@dataclass(frozen=True)
class ShownDocument:
    """A document laid out for reading."""

    document: Document

    @property
    def abstract(self) -> str | None:
        """The abstract's text, None if the document has none."""
        texts = [self._text(s) for s in self.document.sections if s.kind == "abstract"]
        return "\n\n".join(texts) or None

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `prior-art show`."""
        document = self.document
        return {
            "document": document.facts.to_dict(),
            "abstract": self.abstract,
            "claims": [
                {
                    "number": claim.number,
                    "text": document.text[claim.start : claim.end],
                    "depends_on": list(claim.depends_on),
                }
                for claim in document.claims
            ],
            "sections": [
                {
                    "heading": section.heading,
                    "kind": section.kind,
                    "paragraphs": [
                        {
                            "number": paragraph.number,
                            "text": document.text[paragraph.start : paragraph.end],
                            "page": document.page_at(paragraph.start),
                        }
                        for paragraph in section.paragraphs
                    ],
                }
                for section in document.sections
            ],
            "citations": list(document.cited),
            "references": [plain(reference) for reference in document.references],
            "pages": len(document.pages),
        }

    def _text(self, section: Section) -> str:
        return "\n\n".join(self.document.text[p.start : p.end] for p in section.paragraphs)
