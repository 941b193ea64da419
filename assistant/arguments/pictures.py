"""What can be typed after `picture`."""

from __future__ import annotations

import argparse

from assistant.arguments.common import add_filters, command, path_of, text_of
from assistant.commands import pictures as commands
from assistant.pictures import LEVELS, LIMIT, MOST, THEMES


def add_picture(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`picture`."""
    text = "timeline by party, distribution of CPC symbols, or map of documents, as a picture"
    parser = command(subparsers, "picture", text, commands.run_picture)
    parser.add_argument("picture", choices=("timeline", "cpc", "map"))
    parser.add_argument(
        "--query",
        metavar="QUERY",
        type=text_of,
        help="the documents that this finds (default: all that pass the filters)",
    )
    parser.add_argument(
        "-k", type=int, default=200, metavar="N", help="hits of the query (default 200)"
    )
    parser.add_argument(
        "--level", choices=tuple(LEVELS), default="group", help="of CPC symbols (default group)"
    )
    parser.add_argument(
        "--limit",
        type=_drawable_number,
        default=LIMIT,
        metavar="N",
        help=f"documents on a map, a sample of more (default {LIMIT})",
    )
    parser.add_argument(
        "--out", metavar="F", type=path_of, help="write F.png, F.svg, or the table: F.csv, F.xlsx"
    )
    parser.add_argument("--theme", choices=THEMES, default="light", help="of PNG and SVG")
    add_filters(parser)
    parser.epilog = "--date also says which date a timeline shows; docs/pictures.md says the rest"


def _drawable_number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to {MOST:,}")
    return int(text)
