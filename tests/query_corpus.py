"""Six small documents on which tests of the query language can be checked by hand."""

from __future__ import annotations

import json
from pathlib import Path

from fakes import LetterEncoder
from index import Filters, Library, ingest
from index.errors import BadQuery
from index.query_syntax import parse_query

TEXTS = {
    "A1": ("Boron coating", "The coating of boron oxide lies on the cathode."),
    "A2": ("Coated oxide", "Boron x x oxide coatings, and the battery of 0.8 wt%."),
    "A3": ("Batteries", "nickel-rich LiNi0.8Co0.1Mn0.1O2 (NCM) cathode; coating coating"),
    "A4": ("양극재", "니켈 양극재의 코팅 0.8 boron"),
    "A5": ("Nickel", "Rich nickel. The cathodes were not coated with oxides."),
    "A6": ("", "polymerization of the oxide; 硼酸 battery-grade"),
}
SHARED_NAME = ("A1", "A2", "A4", "A6")


def query_library(folder: Path) -> Library:
    """TEXTS as records, some of them of the party Shared, dated 2001 ... 2005 or undated."""
    rows = []
    for place, (name, (title, text)) in enumerate(TEXTS.items(), start=1):
        facts = {"Applicants": "Shared AG" if name in SHARED_NAME else "Other AG"}
        if name != "A6":
            facts["Publication Date"] = f"200{place}-05-31"
        rows.append(json.dumps({"_id": name, "title": title, "text": text, "metadata": facts}))
    (folder / "records.jsonl").write_text("\n".join(rows))
    ingest(folder / "lib", [folder / "records.jsonl"], encoder=LetterEncoder())
    return Library.open(folder / "lib", LetterEncoder())


def found(library: Library, query: str, filters: Filters | None = None) -> set[str]:
    result = library.search(query, 50, filters)
    ids = {hit.document.id for hit in result.hits}
    assert result.matching == len(ids)
    return ids


def mistake(query: str) -> BadQuery | None:
    """What is wrong with a query; None if nothing is."""
    try:
        parse_query(query)
    except BadQuery as error:
        return error
    return None
