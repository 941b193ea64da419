"""One function for each kind of export; the path's suffix names the format."""

from __future__ import annotations

from pathlib import Path

from assistant.chart.records import Chart
from assistant.errors import BadInput
from assistant.exports.bibtex import bibtex_bytes
from assistant.exports.chart_page import chart_page
from assistant.exports.chart_tables import chart_tables, quotes_table
from assistant.exports.csv_file import csv_bytes
from assistant.exports.docx_file import docx_bytes
from assistant.exports.files import write_whole
from assistant.exports.hits_page import hits_page
from assistant.exports.hits_tables import documents_table, hits_tables
from assistant.exports.pdf_file import pdf_bytes
from assistant.exports.records import About
from assistant.exports.ris import ris_bytes
from assistant.exports.xlsx_file import xlsx_bytes
from index.records import SearchResult

CHART_SUFFIXES = (".xlsx", ".docx", ".csv", ".pdf")
HIT_SUFFIXES = (*CHART_SUFFIXES, ".ris", ".bib")


def write_chart(chart: Chart, path: str | Path, about: About) -> Path:
    """Write a claim chart; the path's suffix is one of CHART_SUFFIXES.

    Raises BadInput for another suffix, NotWritten where the file cannot be written whole.
    """
    return write_whole(path, render_chart(chart, check_suffix(path, CHART_SUFFIXES), about))


def write_hits(result: SearchResult, path: str | Path, about: About) -> Path:
    """Write the hits of a search; the path's suffix is one of HIT_SUFFIXES.

    Raises BadInput for another suffix, NotWritten where the file cannot be written whole.
    """
    return write_whole(path, render_hits(result, check_suffix(path, HIT_SUFFIXES), about))


def render_chart(chart: Chart, suffix: str, about: About) -> bytes:
    """The file of a chart in memory, for a zip or a download. suffix: one of CHART_SUFFIXES."""
    check_suffix(f"chart{suffix}", CHART_SUFFIXES)
    if suffix == ".csv":
        return csv_bytes(quotes_table(chart))
    page = chart_page(chart, about)
    if suffix == ".xlsx":
        return xlsx_bytes(chart_tables(chart, about), page.title, page.running, about.time())
    return (docx_bytes if suffix == ".docx" else pdf_bytes)(page, about.time())


def render_hits(result: SearchResult, suffix: str, about: About) -> bytes:
    """The file of hits in memory, for a zip or a download. suffix: one of HIT_SUFFIXES."""
    check_suffix(f"hits{suffix}", HIT_SUFFIXES)
    if suffix == ".csv":
        return csv_bytes(documents_table(result))
    if suffix == ".ris":
        return ris_bytes(result)
    if suffix == ".bib":
        return bibtex_bytes(result)
    page = hits_page(result, about)
    if suffix == ".xlsx":
        return xlsx_bytes(hits_tables(result, about), page.title, page.running, about.time())
    return (docx_bytes if suffix == ".docx" else pdf_bytes)(page, about.time())


def check_suffix(path: str | Path, known: tuple[str, ...]) -> str:
    """The suffix of a path in lower case. Raises BadInput where it is not a known one."""
    suffix = Path(path).suffix.lower()
    if suffix not in known:
        named = f"{suffix!r} is no format of this export" if suffix else "it has no suffix"
        raise BadInput(f"{path}: {named}; name the file with one of {', '.join(known)}")
    return suffix
