"""Where one clause of a claim is cut: at what joins clauses, sub-elements, steps and figures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.claims.references import REFERENCE
from assistant.claims.words import (
    ALTERNATIVES,
    ARTICLE,
    FINITE,
    OF_FIGURES,
    PARTICIPLE,
    SUBORDINATE,
    SYMBOLS_FROM,
    without_lead,
)

_NP = r"(?:[\w%°′'()/.-]+\s+){1,9}?"
_MEANS = r"(?:[\w-]+\s+){1,4}?means\s+(?:for|to|connected|coupled|responsive|\()"
_SHARE = (
    r"(?:about\s+|from\s+|at\s+least\s+|up\s+to\s+)*\d[\d.,]*\s*(?:(?:to|-|–)\s*\d[\d.,]*\s*)?"
    r"(?:wt|vol|mol|at|weight|mass|parts|%|Gew)"
)
# Where a part may be cut; at one place the first kind that holds counts.
_CUTS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("named", rf"(?:,\s*(?:and\s+)?|\s+and\s+)(?=(?:the|said|each|an?)\s+{_NP}{FINITE})"),
        ("absolute", rf",\s*(?:and\s+)?(?=(?:the|said)\s+{_NP}{PARTICIPLE})"),
        (
            "same",
            rf",?\s+(?:and|und)\s+(?={FINITE}|(?:further\s+)?(?:having|comprising|including)\s)",
        ),
        ("german", r"\s+und\s+(?=\w)"),
        ("figures", rf",?\s+(?=(?:having|with)\s+(?:an?|the)\s+(?:[\w-]+\s+){{1,6}}?{OF_FIGURES})"),
        ("property", rf"\s*,?\s+and\s+(?=(?:an?|the)\s+(?:[\w-]+\s+){{1,6}}?{OF_FIGURES})"),
        ("share", rf",?\s+(?:and\s+|und\s+)?(?={_SHARE})"),
        ("entry", rf",\s+(?:and\s+|und\s+)?(?={ARTICLE}\s+\w|{_MEANS})"),
        ("last", rf"\s+(?:and|und)\s+(?={ARTICLE}\s+\w|(?:the|said)\s+[\w\s-]{{2,60}}?\bclaim\s)"),
        ("step", r",\s+(?:and\s+)?(?:then\s+)?(?=[a-z]+ing\s+(?:the|an?|said|each|it|them)\s)"),
        ("end", r",\s+and\s+(?=[a-z])"),
        ("bare", r",\s+(?:and\s+)?|\s+and\s+"),
    )
)
_ITEM = r"(?!(?:an?|the|said)\b)[\w()/-]+(?:\s[\w()/-]+){0,6}?"
_BARE_LIST = re.compile(rf"\W*{_ITEM}(?:,\s+{_ITEM})+,?\s+and\s+{_ITEM}\W*")
_OR = re.compile(rf"\s(and|or|und|oder)\s+(?={ARTICLE}\s|[a-z]+ing\s)", re.IGNORECASE)
_FIGURES = re.compile(OF_FIGURES, re.IGNORECASE)
_OR_ELSE = re.compile(r"(?<!one )\b(?:or|oder)\b(?! (?:more|less|both|mehr|weniger)\b)")
HOLDS = re.compile(
    r"\b(?:compris\w+|includ\w+|contain\w*|having|has|umfass\w+|aufweis\w+|enthalt\w+)\b",
    re.IGNORECASE,
)
# A list behind one of these is what they join.
_JOINS = re.compile(
    r"\b(?:between|among|of|from|both|either|or|zwischen|von|aus|for|via|through|with|to|by|per|as)\b",
    re.IGNORECASE,
)
_NO_STEP = re.compile(
    r"(?:having|being|comprising|including|containing|using|consisting|thereby|corresponding|during"
    r"|depending|ranging|according|following|regarding|concerning|resulting|allowing|causing)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    rf"\b(?:{FINITE}|{PARTICIPLE}|\w+(?:ed|ing|s)\s+(?:by|in|on|from|to|of|at|with|the|an?)\b)",
    re.IGNORECASE,
)
_GERMAN_VERB = re.compile(
    r"\b(?:aufweis(?:t|en)|umfass(?:t|en)|enthält|enthalten|ist|sind|hat|haben|beträgt|besteht|bestehen"
    r"|wird|werden)$"
)
# Characters around a joint that are read to judge it.
_NEAR = 800
_SINGLE = re.compile(r"\b(?:respectively|bzw\.?|beziehungsweise)\b", re.IGNORECASE)

Cut = tuple[int, int, str]


@dataclass(frozen=True)
class _How:
    """Around a joint.

    role: of the clause. steps: of a method. before: the kind of the cut before it, "" for none.
    comma: whether it has one.
    """

    role: str
    steps: bool
    before: str
    comma: bool


def cuts(text: str, start: int, end: int, role: str, steps: bool) -> list[Cut]:
    """Where a clause is cut: from, to, kind."""
    places = sorted(
        (m.start(), order, m.end(), kind)
        for order, (kind, pattern) in enumerate(_CUTS)
        for m in pattern.finditer(text, start, end)
    )
    bare = role == "element" and _is_bare_list(text[start:end])
    symbols = SYMBOLS_FROM.search(text, start, end)
    kept: list[Cut] = []
    place = start
    for at, _, resume, kind in places:
        if at < place:
            continue
        left = without_lead(text[max(place, at - _NEAR) : at])
        if not left.strip(" ,") or in_open_bracket(text, start, at):
            continue
        if symbols and at > symbols.start() and kind not in ("named", "absolute"):
            continue  # a formula and what its symbols stand for are judged together
        if kind == "bare":
            cut = bare
        else:
            before = kept[-1][2] if kept else ""
            cut = _is_cut(
                kind,
                left,
                text[resume : min(end, resume + _NEAR)],
                _How(role, steps, before, "," in text[at:resume]),
            )
        if cut:
            kept.append((at, resume, kind))
            place = resume
    return kept


def _is_bare_list(text: str) -> bool:
    """Whether all of it is an enumeration without articles, none of it a clause."""
    if len(text) > 600 or not _BARE_LIST.fullmatch(text):
        return False
    return not (
        _VERB.search(text) or ALTERNATIVES.search(text) or re.search(r"\b(?:or|of)\b", text)
    )


def _is_cut(kind: str, left: str, right: str, how: _How) -> bool:
    """Whether what stands at a joint is one: left and right of it, up to the next ones."""
    if kind in ("entry", "last", "step", "property", "share"):
        after = _OR.search(right)
        if ALTERNATIVES.search(left) or (after and after[1].lower() in ("or", "oder")):
            return False
    if kind in ("entry", "last", "property", "same") and _SINGLE.search(left + right[:200]):
        return False
    if kind in ("named", "absolute", "same"):
        return _is_clause(kind, left, how)
    if kind == "german":
        return bool(_GERMAN_VERB.search(left)) and len(right.split()) >= 2
    if kind == "figures":
        told = how.before != "absolute" or _VERB.search(left)
        return bool(told) and len(left.split()) >= 2 and not _FIGURES.search(left[-40:])
    if kind == "property":
        return bool(_FIGURES.search(left)) and bool(
            HOLDS.search(left) or how.before in ("figures", "property")
        )
    if kind == "share":
        behind = left[_last_end(HOLDS, left) :]
        return bool(re.match(rf"\W*{_SHARE}", behind, re.IGNORECASE))
    if kind == "end":  # the last of a list, without an article
        return (
            how.before == "entry" and len(left.split()) <= 12 and not re.search(r",|\bor\b", left)
        )
    if kind == "step":
        return (
            how.steps and how.role != "wherein" and not _NO_STEP.match(right) and _starts_step(left)
        )
    return _is_entry(kind, left, how)


def _is_clause(kind: str, left: str, how: _How) -> bool:
    """Whether a clause ends here: it has its verb, and nothing opened in it goes on."""
    if SUBORDINATE.search(left):
        return False
    verb = re.search(rf"\b{FINITE}", left, re.IGNORECASE)
    if kind == "same":
        relative = re.search(r"\b(?:that|which|who)\b", left)
        after_verb = relative and verb and verb.start() < relative.start()
        return bool(_VERB.search(left)) and not after_verb
    opens = re.match(
        r"(?:in|at|for|with|during|after|before|upon|based|as|by|to)\b", left, re.IGNORECASE
    )
    if opens and not verb:
        return False
    if kind == "absolute" and how.role == "element":
        return True
    if how.comma:
        return bool(_VERB.search(left))
    last = re.split(r"\b(?:which|where|that)\b|,", left)[-1]
    return bool(re.search(rf"\b{FINITE}", last, re.IGNORECASE))


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    return max((m.end() for m in pattern.finditer(text)), default=0)


def _starts_step(left: str) -> bool:
    return bool(re.match(r"\W*(?:\w+ly\s+)?[a-z]+ing\b", left, re.IGNORECASE))


def _is_entry(kind: str, left: str, how: _How) -> bool:
    """Whether an element follows, not what a preposition joins."""
    if SUBORDINATE.search(left) or _OR_ELSE.search(left):
        return False
    holds = [m.end() for m in HOLDS.finditer(left)]
    if how.role == "wherein" and not holds:
        return False
    if how.before == "figures":
        left = re.sub(r"^\s*(?:having|with)\s", "", left)
        holds = [m.end() for m in HOLDS.finditer(left)]
    behind = REFERENCE.sub("", left[holds[-1] :] if holds else left)
    behind = re.sub(
        r"\s(?:of|according\s+to|as\s+claimed\s+in)(?:\s+any(?:\s+one)?\s+of)?\s*$", "", behind
    )
    if kind == "entry":
        if not re.match(rf"\W*(?:{ARTICLE}\s|{_MEANS})", behind, re.IGNORECASE):
            return False
        joins = re.search(r"\b(?:between|among|both|either)\s+(?:an?|the)\s+([\w\s-]*)$", behind)
        if joins and not re.search(r"\band\b", joins[1]):
            return False
        return not re.search(r"\b(?:of|from)\s+an?\s+[\w\s-]*$", behind)
    if not re.match(rf"\W*(?:{ARTICLE}|the|said)\s", behind, re.IGNORECASE):
        return False
    return not _JOINS.search(behind) or left.rstrip().endswith(",")


def in_open_bracket(text: str, start: int, place: int) -> bool:
    """Whether a parenthesis opened behind `start` is not closed at a place."""
    before = text[start:place]
    return before.count("(") > before.count(")")
