"""The gate: is this sentence supported by those quotes? Imports index and ingest only."""

from assistant.gate.judge import judge, supporting_part
from assistant.gate.markup import is_order, markup_in
from assistant.gate.records import Judgement, SupportModel
from assistant.gate.support import CrossEncoderSupport

__all__ = [
    "CrossEncoderSupport",
    "Judgement",
    "SupportModel",
    "is_order",
    "judge",
    "markup_in",
    "supporting_part",
]
