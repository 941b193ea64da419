"""Hits, charts and projects as files for other programs."""

from assistant.exports.errors import NotWritten
from assistant.exports.files import safe_name, write_zip
from assistant.exports.records import About
from assistant.exports.write import (
    CHART_SUFFIXES,
    HIT_SUFFIXES,
    check_suffix,
    render_chart,
    render_hits,
    write_chart,
    write_hits,
)

__all__ = [
    "CHART_SUFFIXES",
    "HIT_SUFFIXES",
    "About",
    "NotWritten",
    "check_suffix",
    "render_chart",
    "render_hits",
    "safe_name",
    "write_chart",
    "write_hits",
    "write_zip",
]
