"""Arguments that several commands have: the index, filters, the chat model, paths and words."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from assistant.generate.settings import from_environment
from index.clearance import Clearance
from index.profiles import PROFILES
from index.records import DATES, KINDS
from ingest.records import SECTION_KINDS

_FORMAT = argparse.RawDescriptionHelpFormatter


def library_options(parser: argparse.ArgumentParser, *, first: bool = False) -> None:
    """--index and --encoder, which may stand before or after the command."""
    index = os.environ.get("PRIOR_ART_INDEX") or "library"
    encoder = os.environ.get("PRIOR_ART_ENCODER")
    suppress = argparse.SUPPRESS
    parser.add_argument(
        "--index",
        metavar="DIR",
        type=path_of,
        default=Path(index) if first else suppress,
        help="folder of the index (default: $PRIOR_ART_INDEX, else ./library)",
    )
    parser.add_argument(
        "--encoder",
        metavar="NAME",
        default=encoder if first else suppress,
        help=f"{', '.join(PROFILES)}, or a sentence-transformers model by name or folder "
        "(default: $PRIOR_ART_ENCODER, else the one that made the index, else the packaged one)",
    )
    parser.add_argument(
        "--reranker",
        metavar="NAME",
        default=os.environ.get("PRIOR_ART_RERANKER") if first else suppress,
        help="cross-encoder that reads the best ten again, or none (default: $PRIOR_ART_RERANKER, "
        "else that of the encoder's profile)",
    )
    clearance = os.environ.get("PRIOR_ART_CLEARANCE")
    parser.add_argument(
        "--cleared-for",
        metavar="LABEL[,LABEL]",
        type=clearance_of,
        default=(clearance_of(clearance) if clearance else None) if first else suppress,
        help="see documents with these labels only, as if there were no others; `unlabelled` for "
        "those without one (default: $PRIOR_ART_CLEARANCE, else everything)",
    )


def command(
    subparsers: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    text: str,
    run: Callable[[argparse.Namespace], int] | None,
) -> argparse.ArgumentParser:
    """The parser of one command. run: does it; None where the caller does."""
    parser = subparsers.add_parser(name, help=text, description=text, formatter_class=_FORMAT)
    library_options(parser)
    if run is not None:
        parser.set_defaults(run=run)
        parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    return parser


def add_filters(parser: argparse.ArgumentParser) -> None:
    """The filters of the public contract."""
    group = parser.add_argument_group("filters (any of one, all of different ones)")
    group.add_argument("--before", metavar="DATE", help="earlier than this day")
    group.add_argument("--after", metavar="DATE", help="later than this day")
    group.add_argument("--date", choices=DATES, default="publication", help="which date is meant")
    group.add_argument("--cpc", action="append", metavar="PREFIX", help="CPC or IPC symbol")
    group.add_argument("--party", action="append", metavar="NAME", help="part of a name")
    group.add_argument("--country", action="append", metavar="CC", help="publishing office")
    group.add_argument("--kind", action="append", choices=KINDS)
    group.add_argument("--section", action="append", choices=SECTION_KINDS)
    group.add_argument("--label", action="append", metavar="NAME", help="confidentiality label")
    group.add_argument(
        "--where",
        action="append",
        metavar="CONDITION",
        help='such as "thickness <= 20 um"; all hold',
    )


def clearance_of(text: str) -> Clearance:
    """A clearance as it is typed.

    >>> str(clearance_of("public, internal"))
    'internal, public'
    """
    return Clearance.of(*(label.strip() for label in text.split(",") if label.strip()))


def path_of(text: str) -> Path:
    """A path that is not empty: an unset variable must not mean the present folder."""
    if not text:
        raise argparse.ArgumentTypeError("the path is empty")
    return Path(text)


def text_of(text: str) -> str:
    """Words that are not empty."""
    if not text.strip():
        raise argparse.ArgumentTypeError("it is empty")
    return text


def add_generator(parser: argparse.ArgumentParser) -> None:
    """--generator and what belongs to it; nothing is set up by default."""
    default = from_environment(os.environ)
    group = parser.add_argument_group("answers worded by a chat model (off by default)")
    group.add_argument(
        "--generator",
        metavar="NAME",
        default=default.generator,
        help="a transformers chat model by folder or name, or the address of an OpenAI-compatible "
        "endpoint (default: $PRIOR_ART_GENERATOR, else none)",
    )
    group.add_argument(
        "--generator-model",
        metavar="MODEL",
        default=default.model,
        help="the endpoint's name for its model; its key is read from $PRIOR_ART_GENERATOR_KEY",
    )
    group.add_argument(
        "--support",
        metavar="NAME",
        default=default.support,
        help="cross-encoder that must agree that a quote supports a sentence "
        "(default: $PRIOR_ART_SUPPORT, else none)",
    )
