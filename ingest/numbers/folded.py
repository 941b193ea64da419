"""A text without what stands around the number, and the signs that only group its digits."""

from __future__ import annotations

import re
from dataclasses import dataclass

_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}([.,])\d{3}(?:\1\d{3})*(?![\d.,]?\d)")


@dataclass(frozen=True)
class Folded:
    """A text without what stands around the number.

    country: the office that words or marks name, beside any two letters still in `body`.
    """

    body: str
    country: str | None = None
    kind: str | None = None
    type: str | None = None


def squeezed(text: str) -> str:
    """Upper case without blanks and without the signs that only group digits.

    A text that begins with digits can be a decimal fraction: only thousands are grouped there.

    >>> squeezed("us 10,123,456"), squeezed("10.123.456"), squeezed("3.141592")
    ('US10123456', '10123456', '3.141592')
    """
    text = re.sub(r"[\s_'’·]+", "", text.upper())
    if re.match("[A-Z]", text):
        return re.sub(r"(?<=\d)\.(?=\d{3})", "", text.replace(",", ""))
    return _GROUPED.sub(lambda match: re.sub("[.,]", "", match[0]), text)
