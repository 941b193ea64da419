"""Pictures of documents and charts, each with the table behind it, clickable in the web page."""

from assistant.pictures.cpc import LEVELS, cpc_distribution
from assistant.pictures.document_map import LIMIT, MOST, document_map
from assistant.pictures.heat_map import heat_map
from assistant.pictures.records import THEMES, Mark, Picture
from assistant.pictures.timeline import timeline

__all__ = [
    "LEVELS",
    "LIMIT",
    "MOST",
    "THEMES",
    "Mark",
    "Picture",
    "cpc_distribution",
    "document_map",
    "heat_map",
    "timeline",
]
