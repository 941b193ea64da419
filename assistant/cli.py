"""The command line `prior-art`: what can be typed, and what the exit status says.

0 done; 1 a stated error; 2 wrong usage; 3 `ingest --strict` with something rejected;
130 stopped with Ctrl-C. The commands themselves are in assistant.commands.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant import commands
from assistant.errors import AssistantError
from assistant.evaluation import SPLITS
from assistant.options import ServeOptions
from index.errors import LibraryError
from index.profiles import PROFILES, reranker_name
from index.records import DATES, KINDS
from ingest.errors import IngestError
from ingest.records import SECTION_KINDS
from ingest.text import clean

Serve = Callable[[ServeOptions], int]

_FORMAT = argparse.RawDescriptionHelpFormatter


def main(argv: Sequence[str] | None, serve: Serve) -> int:
    """Run one command; its exit status. serve: starts the web app, which lies above us."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Document text has characters that some terminals cannot show.
            stream.reconfigure(errors="backslashreplace")
    arguments = _parser().parse_args(argv)
    for name, value in vars(arguments).items():
        if isinstance(value, str):
            # Bytes that are not UTF-8 arrive as lone surrogates, which no store can hold.
            setattr(arguments, name, clean(value))
        elif isinstance(value, list):
            setattr(arguments, name, [clean(v) if isinstance(v, str) else v for v in value])
    try:
        if arguments.command == "serve":
            return serve(_serve_options(arguments))
        return int(arguments.run(arguments))
    except (LibraryError, AssistantError, IngestError) as error:
        print(f"prior-art: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("prior-art: stopped; the index is usable, run again to go on", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output has gone (`| head`); there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        print(f"prior-art: the system refuses: {error.strerror or error}{where}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="prior-art",
        description="Search and ask a company's patents and engineering reports, offline.",
    )
    _library_options(parser, first=True)
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_ingest(subparsers)
    _add_search(subparsers)
    _add_ask(subparsers)
    _add_show(subparsers)
    _add_number(subparsers)
    _add_list(subparsers)
    _add_remove(subparsers)
    _add_reembed(subparsers)
    _add_evaluate(subparsers)
    _add_evaluate_answers(subparsers)
    _add_doctor(subparsers)
    _add_serve(subparsers)
    return parser


def _library_options(parser: argparse.ArgumentParser, *, first: bool = False) -> None:
    """--index and --encoder, which may stand before or after the command."""
    index = os.environ.get("PRIOR_ART_INDEX") or "library"
    encoder = os.environ.get("PRIOR_ART_ENCODER")
    suppress = argparse.SUPPRESS
    parser.add_argument(
        "--index",
        metavar="DIR",
        type=_path,
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


def _command(
    subparsers: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    text: str,
    run: Callable[[argparse.Namespace], int] | None,
) -> argparse.ArgumentParser:
    parser = subparsers.add_parser(name, help=text, description=text, formatter_class=_FORMAT)
    _library_options(parser)
    if run is not None:
        parser.set_defaults(run=run)
        parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    return parser


def _add_ingest(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "add files and folders to the index; a second run does only what changed"
    parser = _command(subparsers, "ingest", text, commands.run_ingest)
    parser.add_argument("paths", nargs="+", metavar="PATH", type=_path)
    parser.add_argument(
        "--label", metavar="NAME", type=_text, help="confidentiality label of all of it"
    )
    parser.add_argument(
        "--password", action="append", metavar="WORD", help="try it on files that need one"
    )
    parser.add_argument(
        "--strict", action="store_true", help="exit status 3 if anything was rejected"
    )


def _add_search(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "passages for a query, grouped by document"
    parser = _command(subparsers, "search", text, commands.run_search)
    parser.add_argument("query", nargs="?", metavar="QUERY")
    parser.add_argument(
        "--file", metavar="F", type=_path, help="a disclosure or claim as the query"
    )
    parser.add_argument("--like", metavar="NUMBER", help="a document in the index as the query")
    parser.add_argument("-k", type=int, default=10, metavar="N", help="documents (default 10)")
    parser.add_argument(
        "--all-members", action="store_true", help="every member of a family as its own hit"
    )
    parser.add_argument(
        "--no-expansion", action="store_true", help="no other names and spellings than those typed"
    )
    parser.add_argument(
        "--literal", action="append", metavar="NAME", help="take this as typed, or leave it out"
    )
    _filters(parser)


def _add_ask(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "a short answer with citations, or a refusal"
    parser = _command(subparsers, "ask", text, commands.run_ask)
    parser.add_argument("question", metavar="QUESTION")
    _filters(parser)


def _add_show(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "one document: facts, abstract, sections, claims"
    parser = _command(subparsers, "show", text, commands.run_show)
    parser.add_argument("name", metavar="NUMBER_OR_ID")


def _add_number(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "read patent numbers as people type them; needs no index"
    parser = _command(subparsers, "number", text, commands.run_number)
    parser.add_argument("texts", nargs="+", metavar="TEXT", help="one number each, in quotes")
    parser.epilog = (
        "examples:\n"
        '  prior-art number "US 10,123,456 B2" us20160336597a1 WO02/12345\n'
        '  prior-art number 10-2019-0012345 "특허 제10-1234567호" 特開2015-123456 --json\n\n'
        "An ambiguous number lists what it can mean. A text that is no number is said to be\n"
        "none, with the reason; the exit status is 0 all the same. Conventions: docs/numbers.md"
    )


def _add_list(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "documents in the index, or what is not in it and why"
    parser = _command(subparsers, "list", text, commands.run_list)
    parser.add_argument("--rejected", action="store_true", help="what is not in the index")


def _add_remove(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "take documents out of the index, by id or number"
    parser = _command(subparsers, "remove", text, commands.run_remove)
    parser.add_argument("names", nargs="+", metavar="ID")


def _add_reembed(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "change the encoder of an index; searches go on meanwhile, run again to go on"
    parser = _command(subparsers, "reembed", text, commands.run_reembed)
    parser.add_argument(
        "--drop-old", action="store_true", help="then take out the vectors of all other encoders"
    )


def _add_evaluate(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "measure retrieval on a collection in the BEIR layout, in a temporary index"
    parser = _command(subparsers, "evaluate", text, commands.run_evaluate)
    parser.add_argument("collection", metavar="BEIR_DIR", type=Path)
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N queries")
    parser.add_argument(
        "--against", action="append", metavar="NAME", help="an encoder to compare with the first"
    )


def _add_evaluate_answers(
    subparsers: argparse._SubParsersAction[argparse.ArgumentParser],
) -> None:
    text = "measure the answers on questions with known documents and facts (JSONL)"
    parser = _command(subparsers, "evaluate-answers", text, commands.run_evaluate_answers)
    parser.add_argument("files", nargs="+", metavar="FILE", type=_path)
    parser.add_argument(
        "--split",
        choices=SPLITS,
        default="all",
        help="tune: the half to choose rules by; check: the other, failures not listed",
    )
    parser.epilog = "what a question file holds: benchmarks/questions/README.md"


def _add_doctor(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "check that the index is whole and usable; exit status 1 where it is not"
    _command(subparsers, "doctor", text, commands.run_doctor)


def _add_serve(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "start the web app; ingests the sample portfolio where there is no index yet"
    parser = _command(subparsers, "serve", text, None)
    parser.add_argument("--host", default="127.0.0.1", help="address (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=7860, help="port (default 7860)")
    parser.add_argument(
        "--no-sample", action="store_true", help="do not ingest the sample portfolio"
    )


def _filters(parser: argparse.ArgumentParser) -> None:
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


def _path(text: str) -> Path:
    """A path that is not empty: an unset variable must not mean the present folder."""
    if not text:
        raise argparse.ArgumentTypeError("the path is empty")
    return Path(text)


def _text(text: str) -> str:
    """Words that are not empty."""
    if not text.strip():
        raise argparse.ArgumentTypeError("it is empty")
    return text


def _serve_options(arguments: argparse.Namespace) -> ServeOptions:
    return ServeOptions(
        index=arguments.index,
        encoder=arguments.encoder,
        reranker=reranker_name(arguments.encoder, arguments.reranker),
        host=arguments.host,
        port=arguments.port,
        sample=not arguments.no_sample,
    )
