"""Summaries of one document, of a search's result, and of documents compared; all verbatim."""

from assistant.summaries.comparison import compare_documents
from assistant.summaries.document import summarize_document
from assistant.summaries.listing import summarize_hits
from assistant.summaries.records import Summary, SummarySection

__all__ = [
    "Summary",
    "SummarySection",
    "compare_documents",
    "summarize_document",
    "summarize_hits",
]
