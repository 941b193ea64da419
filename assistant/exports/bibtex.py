"""Writes hits as BibTeX: @patent (biblatex, IEEEtran, JabRef) and @techreport, in UTF-8."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from assistant.exports.bibliography import citation_keys, holders
from assistant.exports.words import one_line, pinpoint_passage
from index.records import Hit, SearchResult


def bibtex_bytes(result: SearchResult) -> bytes:
    """One entry for each hit, in order."""
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Block, Entry, Field

    keys = citation_keys(hit.document for hit in result.hits)
    entries: list[Block] = []
    for hit, key in zip(result.hits, keys, strict=True):
        fields = [Field(name, value) for name, value in _fields(hit).items() if value]
        entries.append(Entry(_kind(hit), key, fields))
    written: str = write_string(Library(entries))
    return written.encode()


def _kind(hit: Hit) -> str:
    if hit.document.kind == "patent":
        return "patent"
    return "techreport" if hit.document.number else "misc"


def _fields(hit: Hit) -> dict[str, str]:
    facts = hit.document
    patent = facts.kind == "patent"
    day = facts.publication_date or ""
    places = "; ".join(dict.fromkeys(pinpoint_passage(passage) for passage in hit.passages))
    label = f"confidentiality: {facts.label}; " if facts.label else ""
    return {
        "author": _names(facts.inventors if patent else facts.parties),
        "holder": _names(holders(facts)) if patent else "",
        "title": _title(facts.title),
        "number": _tex(facts.number or ""),
        "type": _tex(facts.legal_kind or "") if patent else "",
        "year": day[:4],
        "month": str(int(day[5:7])) if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else "",
        "date": day,
        "keywords": _tex(", ".join(facts.cpc)),
        "note": _tex(f"{label}found at {places}" if places else label.rstrip("; ")),
    }


def _title(title: str) -> str:
    r"""With words such as LiNiO2 in braces, so that no style writes them small.

    >>> _title("Coated LiNiO2 & its use")
    'Coated {LiNiO2} \\& its use'
    """
    shouted = title.isupper()
    words = one_line(title).split(" ")
    return " ".join(
        f"{{{_tex(word)}}}"
        if not shouted and any(char.isupper() for char in word[1:])
        else _tex(word)
        for word in words
    )


def _names(names: tuple[str, ...]) -> str:
    """Names joined with "and". Braces keep a name whole unless it is "Family, Given"."""
    kept = []
    for name in map(one_line, names):
        person = name.count(",") == 1 and " and " not in f" {name.lower()} "
        kept.append(_tex(name) if person else f"{{{_tex(name)}}}")
    return " and ".join(name for name in kept if name.strip("{}"))


def _tex(text: str) -> str:
    """The text with TeX's own characters and accented letters in TeX; other scripts stay."""
    text = one_line(text)
    return str(_encoder(_balanced(text)).unicode_to_latex(text))


def _balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


@cache
def _encoder(balanced: bool) -> Any:
    from pylatexenc.latexencode import (
        RULE_DICT,
        UnicodeToLatexConversionRule,
        UnicodeToLatexEncoder,
    )

    # BibTeX counts braces also after a backslash: a lone "\{" would end the field too late.
    braces = {} if balanced else {ord("{"): r"\textbraceleft", ord("}"): r"\textbraceright"}
    rules = [UnicodeToLatexConversionRule(RULE_DICT, braces), "defaults"]
    return UnicodeToLatexEncoder(
        conversion_rules=rules,
        replacement_latex_protection="braces-after-macro",
        unknown_char_policy="keep",
        unknown_char_warning=False,
    )
