"""How documents hang together: families in time, citations, and what lies next to relevant ones."""

from assistant.relations.cited import citations
from assistant.relations.drawing import draw
from assistant.relations.family import family_timeline
from assistant.relations.graph import citation_graph
from assistant.relations.neighbours import neighbours

__all__ = ["citation_graph", "citations", "draw", "family_timeline", "neighbours"]
