"""What a publication cites, by the three lists in which the EPO's XML gives it.

In `exchange-document` the citations carry who made them. In full texts those of `B560` and of the
search report are the examiner's (56 on the front page), and those in the description the
applicant's, as the EPO says above its list of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from ingest.facts import Reference
from ingest.readers.epo.fields import cited_patent, value

# Phases of a procedure in which DOCDB says that a document was cited, by who does so then.
_PHASES = {
    "APP": "applicant", "SEA": "examiner", "ISR": "examiner", "SUP": "examiner",
    "EXA": "examiner", "PRS": "examiner", "national-search-report": "examiner",
    "international-search-report": "examiner", "supplementary-search-report": "examiner",
}  # fmt: skip
# "EP-A1- 0 444 678", "US-E- R E36 154", "WO-A-01/18005"
_PRINTED = re.compile(r"([A-Z]{2})\s?-\s?([A-Z]\d?)\s?-\s?(\d[\d ./,-]*|[A-Z] ?[A-Z]?\d[\d ]*)")


def exchange_references(element: etree._Element) -> tuple[Reference, ...]:
    """The citations of an `exchange-document` (namespaces dropped), without repetitions."""
    found: list[Reference | None] = []
    for citation in element.iterfind(".//references-cited/citation"):
        phase = citation.get("cited-phase") or ""
        cited_by = citation.get("cited-by") or _PHASES.get(phase, phase) or None
        found += [_patent(patent, cited_by) for patent in citation.iterfind("patcit")]
        found += [_literature(each, cited_by) for each in citation.iterfind("nplcit")]
    return distinct(found)


def full_text_references(root: etree._Element) -> tuple[Reference, ...]:
    """The citations of an `ep-patent-document`, without repetitions."""
    found: list[Reference | None] = [_printed(value(e)) for e in root.iterfind(".//B561/text")]
    found += [_text(value(e), "examiner") for e in root.iterfind(".//B562/text")]
    for citation in root.iterfind(".//search-report-data//citation"):
        found += [_patent(each, "examiner") for each in citation.iterfind("patcit")]
        found += [_literature(each, "examiner") for each in citation.iterfind("nplcit")]
    # The list repeats what the description cites; where there is none the description has it.
    listed = root.find("ep-reference-list")
    within = listed if listed is not None else root.find("description")
    if within is not None:
        found += [_patent(each, "applicant") for each in within.iter("patcit")]
        found += [_literature(each, "applicant") for each in within.iter("nplcit")]
    return distinct(found)


def distinct(references: Iterable[Reference | None]) -> tuple[Reference, ...]:
    """The references in order; a document cited twice by one person is there once."""
    found: dict[tuple[str | None, str, str | None], Reference] = {}
    for each in references:
        if each is not None:
            found.setdefault((each.number, "" if each.number else each.text, each.cited_by), each)
    return tuple(found.values())


def _patent(patcit: etree._Element, cited_by: str | None) -> Reference | None:
    ids = list(patcit.iterfind("document-id"))
    forms = [each.get("document-id-type") or each.get("format") or "docdb" for each in ids]
    typed = patcit.get("dnum") or ""
    text = value(patcit, "text") or typed
    if "docdb" in forms:
        chosen = ids[forms.index("docdb")]
        parts = value(chosen, "country"), value(chosen, "doc-number"), value(chosen, "kind")
    elif ids:
        number = value(ids[0], "doc-number")
        parts = number[:2], number, value(ids[0], "kind")
    else:
        parts = typed[:2], typed, ""
    found = cited_patent(*parts, cited_by)
    if found is None:
        return Reference(None, text, "patent", cited_by) if text else None
    return replace(found, number=None) if _is_application(patcit, parts) else found


def _is_application(patcit: etree._Element, parts: tuple[str, str, str]) -> bool:
    """Whether the number is an application's: "L" says so, and so do these kinds in EPO's lists.

    The lists of what a description cites give unpublished US applications the kinds B and P;
    granted US patents have A, B1 or B2 there.
    """
    said = patcit.get("dnum-type") or ""
    listed = any(True for _ in patcit.iterancestors("ep-reference-list", "description"))
    unpublished = listed and parts[0] == "US" and parts[2] in ("B", "P")
    return said == "L" or said.startswith("application") or unpublished


def _printed(text: str) -> Reference | None:
    """A patent as the front page prints it, the kind code before the number.

    >>> _printed("US-A1- 2007 204 872").number
    'US20070204872A1'
    """
    match = _PRINTED.match(text)
    if match is None:
        return Reference(None, text, "patent", "examiner") if text else None
    country, kind, number = match.groups()
    found = cited_patent(country, re.sub(r"[ .,]", "", number), kind, "examiner")
    return Reference(found.number if found else None, text, "patent", "examiner")


def _literature(nplcit: etree._Element, cited_by: str | None) -> Reference | None:
    text = value(nplcit, "text")
    if not text:
        text = ", ".join(dict.fromkeys(_leaves(nplcit)))
    return _text(text, cited_by)


def _leaves(nplcit: etree._Element) -> Iterator[str]:
    """Authors, titles and so on of a citation in parts, pages joined."""
    for element in nplcit.iter("*"):
        if not len(element) and element.tag not in ("crossref", "ppl") and (text := value(element)):
            last = value(element.getparent(), "ppl") if element.tag == "ppf" else ""
            # "19840000" is a year, "19840300" a month of it.
            text = re.sub(r"^(\d{4})(\d\d)?(?:00)+$", _date_part, text)
            yield f"{text}-{last}" if last else text


def _date_part(match: re.Match[str]) -> str:
    return f"{match[1]}-{match[2]}" if match[2] not in (None, "00") else match[1]


def _text(text: str, cited_by: str | None) -> Reference | None:
    return Reference(None, text, "literature", cited_by) if text else None
