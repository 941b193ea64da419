"""Line breaks inside words: Korean, Japanese and Chinese prints break a line anywhere.

Japanese and Chinese have no blanks, so their lines are joined. Korean has them, so a break is
closed only where the same print has the joined word elsewhere. Other prints set a hyphen.
"""

from __future__ import annotations

import re
from collections import Counter

from ingest.readers.plain.hyphens import vocabulary, without_divisions

_HAN = "\u3005-\u3007\u3040-\u30ff\u4e00-\u9fff\uff10-\uff5a"
_HAN_BREAK = re.compile(rf"([^\n\f]*[{_HAN}、，）])\n(?=[{_HAN}、，。（）])")
_HANGUL_BREAK = re.compile(r"([가-힣]+)\n([가-힣]+)")
_FULL_LINE = 0.85  # Share of the usual width; a shorter line ends where its author ended it.
_MID_LINE = re.compile(r"(?<=[ ])[가-힣]+(?=[ .,;])")


class LineBreaks:
    r"""Closes the breaks of one print.

    >>> breaks = LineBreaks("상기 전해질 층은\n상기 전\n해질 층")
    >>> breaks.close("상기 전\n해질 층"), breaks.close("電池を提\n供する。")
    ('상기 전해질 층', '電池を提供する。')
    >>> breaks.close("its impedi-\nance is low")
    'its impediance\nis low'
    """

    def __init__(self, text: str) -> None:
        widths = sorted(len(line) for line in text.split("\n") if re.search(f"[{_HAN}]$", line))
        self._full = _FULL_LINE * widths[int(len(widths) * 0.8)] if widths else 0
        self._words = Counter(_MID_LINE.findall(text.replace("\n", " \n ")))
        ends = Counter(part for match in _HANGUL_BREAK.finditer(text) for part in match.groups())
        # Fragments at a break are no evidence that they are words.
        self._words.subtract(ends)
        self._vocabulary = vocabulary([text])

    def close(self, text: str) -> str:
        """The text with the breaks inside words removed; form feeds stay."""
        text = without_divisions(_HAN_BREAK.sub(self._filled, text), self._vocabulary)
        return _HANGUL_BREAK.sub(self._joined, text)

    def _filled(self, match: re.Match[str]) -> str:
        return match[1] if len(match[1]) >= self._full else match[0]

    def _joined(self, match: re.Match[str]) -> str:
        whole, parts = match[1] + match[2], (match[1], match[2])
        known = self._words[whole]
        if known > 0 and known >= min(self._words[part] for part in parts):
            return whole
        return match[0]
