"""Commands on the charts of a project: show one, decide a cell, write everything to a file."""

from __future__ import annotations

import argparse
from typing import TypeAlias

from assistant.arguments.common import command, path_of, text_of
from assistant.chart import STATUSES
from assistant.commands import project_charts as commands

_Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_project_charts(inner: _Subparsers) -> None:
    """`project chart`, `project override` and `project export`."""
    chart = _named(inner, "chart", "a chart of the project, with what people decided", "chart")
    _add_entry(chart)
    chart.add_argument("--out", metavar="F", type=path_of, help="write F.xlsx, .docx, .pdf or .csv")
    change = _named(inner, "override", "decide a cell of a chart instead of the program", "cell")
    _add_entry(change)
    change.add_argument("limitation", metavar="KEY", type=text_of, help="such as 1c")
    change.add_argument("number", metavar="NUMBER_OR_ID", help="the reference")
    change.add_argument("--status", choices=STATUSES)
    change.add_argument("--note", metavar="TEXT", default="", help="kept with the cell")
    change.add_argument(
        "--choose", metavar="N", type=int, help="the Nth of the cell's other passages, from 1"
    )
    change.add_argument("--passage", metavar="ID", help="any passage of the reference")
    change.add_argument("--quote", metavar="TEXT", help="its words that shall be shown")
    change.add_argument("--undo", action="store_true", help="take the program's again")
    text = "one zip: the record with marks and notes, every chart as XLSX, DOCX and PDF"
    export = _named(inner, "export", text, "export")
    export.add_argument("out", metavar="F.zip", type=path_of)


_RUNS = {
    "chart": commands.run_project_chart,
    "cell": commands.run_project_override,
    "export": commands.run_project_export,
}


def _named(inner: _Subparsers, name: str, text: str, run: str) -> argparse.ArgumentParser:
    parser = command(inner, name, text, _RUNS[run])
    parser.add_argument("name", metavar="PROJECT")
    parser.add_argument("--user", metavar="NAME", help="who does it (default: the system's user)")
    return parser


def _add_entry(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("entry", metavar="ENTRY", type=int, help="as `project show` lists it")
