"""Korean, Japanese and Chinese claims cut at their clause marks.

In Korean and Japanese what is claimed stands last ("...을 포함하는 이차 전지"), in Chinese first.
"""

from __future__ import annotations

import re

from assistant.claims.pieces import Piece, trimmed

_SCRIPT = re.compile("[가-힣\u3040-\u30ff\u4e00-\u9fff]")
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[가-힣]")
# Ends of clauses: a semicolon, a verb that goes on ("하고,"), a step.
_KOREAN_CUT = re.compile(
    r"[;；]\s*|(?:(?<=포함하고)|(?<=포함하며)|(?<=포함하되)|(?<=구비하고)|(?<=구비하며)|(?<=이루어지고)"
    r"|(?<=이루어지며)|(?<=이고)|(?<=이며)|(?<=갖고)|(?<=가지고)|(?<=가지며)|(?<=단계))\s*[,，]\s*"
    r"|(?<=[고며])\s*[,，]\s*(?=상기[^,，;；]{1,25}?[^되하있없지오키\s](?:은|는)[\s,])"
)
_JAPANESE_CUT = re.compile(
    r"[;；]\s*|(?:(?<=備え)|(?<=有し)|(?<=含み)|(?<=からなり)|(?<=であり)|(?<=包含し)|(?<=具備し)|(?<=工程と))、\s*"
    r"|(?<=[えしみりきれい])、\s*(?=(?:前記|上記|該|当該)[^、のをに]{1,40}?(?:は|が)[、\s前上該])"
)
# Entries of "AとBとを備える".
_JAPANESE_LIST = re.compile(r"とを\s*(?:備え|含|有|具備|包含|さらに)")
_JAPANESE_ENTRY = re.compile(rf"{_JAPANESE_CUT.pattern}|(?<=[^\s、]{{2}}と)、\s*")
_JAPANESE_PREAMBLE = re.compile(r"[^;；]{2,200}?(?:において|であって)、\s*")
_CHINESE_CUT = re.compile(
    r"[;；]\s*|(?<!其中)[，,]\s*(?=(?:并且|且|以及)?(?:其中|所述|该))|。\s*(?=\S)"
)
# What stands before the name of what is claimed, at the end of a claim.
_KOREAN_TAIL = re.compile(
    r"(?:특징으로\s*하는|포함(?:하는|하여\s*이루어(?:진|지는)|하여\s*구성(?:된|되는)|한)|구비(?:하는|한)"
    r"|이루어(?:진|지는)|갖는|가지는|인)\s+"
)
_JAPANESE_TAIL = re.compile(
    r"(?:を特徴とする|を(?:備え|含|有|具備)(?:する|た|む|んだ|る|した)|から(?:なる|構成される)|である|とする)[、\s]*"
)
_CHINESE_HEAD = re.compile(
    r"(?:[，,]?\s*其特征(?:在于|是)[，,：:]?\s*(?:(?:其|它|所述\S{1,12}?)?(?:包括|包含)(?:以下步骤|如下步骤|步骤)?[：:]?)?"
    r"|[，,]?\s*(?:其|所述方法|该方法)?(?:包括|包含)(?:以下步骤|如下步骤|步骤)?[：:，]?|具有[：:])"
)
# A claim on the same thing as the one it refers to: the reference leads in, or names the thing.
_KOREAN_LEAD = re.compile(r"[^;；]{0,90}?항[^,，;；]{0,24}에\s*있어서\s*[,，]?\s*")
_KOREAN_PREAMBLE = re.compile(r"[^;；,，]{2,120}?에\s*있어서\s*[,，]\s*")
_CHINESE_LEAD = re.compile(
    r"(?:根据|如|按照|依据)?\s*(?:权利要求|權利要求)[^，,；;]{1,80}?[，,]\s*(?:其特征(?:在于|是)[，,：:]?\s*)?"
)
_JAPANESE_REFERENCE = re.compile(r"請求項\s*[\d０-９]")
_GOES_ON = re.compile(r"\s*(?:을|를|는|은|이|가)\s")
_LONGEST_TAIL = 90


def is_asian(text: str) -> bool:
    """Whether a claim is written in Korean, Japanese or Chinese."""
    return 4 * len(_SCRIPT.findall(text)) > len(re.findall(r"[^\W\d_]", text))


def asian_pieces(text: str, resolved: bool = False) -> list[Piece]:
    """The pieces of a claim. resolved: whether what it refers to is charted with it.

    >>> text = "양극; 및 음극을 포함하는 전지."
    >>> [(piece.role, text[piece.start : piece.end]) for piece in asian_pieces(text)]
    [('element', '양극'), ('element', '음극을 포함하는'), ('preamble', '전지')]
    """
    if _HANGUL.search(text):
        cut, lead = _KOREAN_CUT, _KOREAN_LEAD.match(text)
        tail = _tail(text, _KOREAN_TAIL)
        first = lead or _KOREAN_PREAMBLE.match(text)
        again = lead is not None
    elif _KANA.search(text):
        cut, lead = _JAPANESE_CUT, None
        cut = _JAPANESE_ENTRY if _JAPANESE_LIST.search(text) else cut
        first = _JAPANESE_PREAMBLE.match(text)
        tail = min(_tail(text, _JAPANESE_TAIL), _named_again(text))
        again = bool(_JAPANESE_REFERENCE.search(text[tail:]))
    else:
        cut, lead, tail = _CHINESE_CUT, _CHINESE_LEAD.match(text), len(text)
        first = lead or _CHINESE_HEAD.search(text, 1, 200)
        again = False
    start = first.end() if first else 0
    found = [] if start == 0 or (resolved and lead) else [(0, start, "preamble")]
    found += [(a, b, "element") for a, b in _parts(text, start, max(start, tail), cut)]
    if not (resolved and again):
        found.append((max(start, tail), len(text), "preamble"))
    pieces = [Piece(*trimmed(text, a, b), role) for a, b, role in found]
    return [piece for piece in pieces if piece.end > piece.start]


def _tail(text: str, pattern: re.Pattern[str]) -> int:
    """Where the name of what is claimed begins; the end of the text where it is not told apart."""
    last = None
    for match in pattern.finditer(text):
        last = match
    if (
        last is None
        or len(text) - last.end() > _LONGEST_TAIL
        or re.search(r"[;；]", text[last.end() :])
    ):
        return len(text)
    return last.end() if re.search(r"\w", text[last.end() :]) else len(text)


def _named_again(text: str) -> int:
    """Where a Japanese claim names, at its end, the one it refers to; else the end of the text."""
    last = None
    for match in _JAPANESE_REFERENCE.finditer(text):
        last = match
    tail = text[last.start() :] if last else ""
    is_last = last is not None and len(tail) <= _LONGEST_TAIL and not _JAPANESE_TAIL.search(tail)
    return last.start() if last is not None and is_last and last.start() > 1 else len(text)


def _parts(text: str, start: int, end: int, cut: re.Pattern[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    place = start
    for match in [*cut.finditer(text, start, end), None]:
        stop = match.start() if match else end
        if match and len(text[place:stop].strip()) < 2 and match.group()[0] not in ";；":
            continue
        if found and _GOES_ON.match(text, place, stop):
            found[-1] = (found[-1][0], stop)  # a particle goes with the noun before the semicolon
        else:
            found.append((place, stop))
        place = match.end() if match else end
    return found
