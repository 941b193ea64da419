"""Recognise the text of a page that is only an image, where an engine is installed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Recognised:
    """The text of one page as an engine reads it. confidence: 0 to 1."""

    text: str
    confidence: float


def ocr_available() -> bool:
    """Whether an engine is installed."""
    return False


def recognise_page(data: bytes, page_number: int) -> Recognised | None:
    """The text of one page of a PDF, 1-based; None where no engine is installed or it fails."""
    return None
