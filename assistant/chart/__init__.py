"""Claim charts: what references disclose of each limitation of a claim."""

from assistant.chart.against import found_references, with_dates
from assistant.chart.build import make_chart
from assistant.chart.edit import decided, override
from assistant.chart.places import place_of_quote
from assistant.chart.records import STATUSES, Cell, Chart, Combination, Override, Place, Row

__all__ = [
    "STATUSES",
    "Cell",
    "Chart",
    "Combination",
    "Override",
    "Place",
    "Row",
    "decided",
    "found_references",
    "make_chart",
    "override",
    "place_of_quote",
    "with_dates",
]
