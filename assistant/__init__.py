"""Questions to answers over a library. Imports index and ingest."""

from assistant.assistant import Assistant
from assistant.errors import AssistantError
from assistant.once import retrieve
from assistant.records import Answer, Citation, Statement
from index import Filters

__all__ = [
    "Answer",
    "Assistant",
    "AssistantError",
    "Citation",
    "Filters",
    "Statement",
    "retrieve",
]
