"""What can be typed after `family`, `citations` and `dates`."""

from __future__ import annotations

import argparse

from assistant.arguments.common import command, path_of, text_of
from assistant.commands import relations as commands
from assistant.relations.graph import MOST_NODES, MOST_STEPS


def add_family(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`family`."""
    text = "a document's family in time: priorities, filings, publications of its members"
    parser = command(subparsers, "family", text, commands.run_family)
    parser.add_argument("name", metavar="NUMBER_OR_ID")


def add_citations(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`citations`."""
    text = "what a document cites, and what in the index cites it; several: what lies around them"
    parser = command(subparsers, "citations", text, commands.run_citations)
    parser.add_argument(
        "names",
        nargs="+",
        metavar="NUMBER_OR_ID",
        help="of two or more, the documents that cite or are cited by them, the most linked first",
    )
    parser.add_argument("--graph", metavar="F.svg", type=path_of, help="draw the graph around them")
    parser.add_argument(
        "--depth",
        type=int,
        default=1,
        metavar="N",
        help=f"citations to follow in the graph, 0 to {MOST_STEPS} (default 1); it shows "
        f"{MOST_NODES} documents at most and says how many it leaves out",
    )


def add_dates(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`dates`."""
    text = (
        "class documents by a subject's date: before, earlier right, grace period, later, unknown"
    )
    parser = command(subparsers, "dates", text, commands.run_dates)
    parser.add_argument(
        "--subject",
        required=True,
        metavar="NUMBER|DATE",
        type=text_of,
        help="a document in the index, by number or id, or a date as 2019-03-01",
    )
    parser.add_argument(
        "names", nargs="*", metavar="NUMBER_OR_ID", help="documents to class (default: all)"
    )
    parser.epilog = "which rules decide: docs/dates.md. No legal advice."
