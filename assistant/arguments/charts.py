"""The command `chart`."""

from __future__ import annotations

import argparse

from assistant.arguments.common import add_filters, command, path_of, text_of
from assistant.arguments.projects import add_project_option
from assistant.commands import charts


def add_chart(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`chart`."""
    text = "what references disclose of each limitation of a claim, with quotations"
    parser = command(subparsers, "chart", text, charts.run_chart)
    add_claim(parser)
    parser.add_argument(
        "--against",
        nargs="+",
        action="extend",
        metavar="NUMBER",
        help="references in the index; without it, those most like the claim",
    )
    parser.add_argument(
        "-k", type=int, default=5, metavar="N", help="references without --against (default 5)"
    )
    parser.add_argument(
        "--subject-date",
        metavar="DATE",
        help="class the references by this day (default: the dates of the claim's document)",
    )
    parser.add_argument(
        "--out", metavar="F", type=path_of, help="write it to F.xlsx, F.docx, F.pdf or F.csv"
    )
    add_filters(parser)
    add_project_option(parser)


def add_claim(parser: argparse.ArgumentParser) -> None:
    """What claim is meant: --claim, --claim-of and --limitations."""
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument(
        "--claim", metavar="FILE", type=path_of, help="a claim, or a patent, in a file"
    )
    group.add_argument(
        "--claim-of",
        metavar="NUMBER[:N]",
        type=text_of,
        help="claim N of a document in the index (default: its first independent one)",
    )
    parser.add_argument(
        "--limitations",
        metavar="FILE",
        type=path_of,
        help="the limitations as edited, one a line (`prior-art claim` prints them)",
    )
