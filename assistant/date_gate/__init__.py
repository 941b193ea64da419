"""The date gate: how a document stands to a subject's date in patent law."""

from assistant.date_gate.decide import gate, gate_all
from assistant.date_gate.records import CATEGORIES, Dated
from assistant.date_gate.subject import (
    SubjectDates,
    subject_dates,
    subject_dates_of_text,
    subject_of,
)

__all__ = [
    "CATEGORIES",
    "Dated",
    "SubjectDates",
    "gate",
    "gate_all",
    "subject_dates",
    "subject_dates_of_text",
    "subject_of",
]
