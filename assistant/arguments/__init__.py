"""What can be typed after `prior-art`."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.arguments.accounts import add_keys, add_users
from assistant.arguments.answers import (
    add_ask,
    add_calibrate_answers,
    add_evaluate_answers,
    add_summarize,
)
from assistant.arguments.audit import add_audit
from assistant.arguments.charts import add_chart
from assistant.arguments.claims import add_claim_command
from assistant.arguments.common import (
    add_filters,
    add_generator,
    command,
    library_options,
    path_of,
    text_of,
)
from assistant.arguments.labels import add_label
from assistant.arguments.maintenance import add_maintenance
from assistant.arguments.pictures import add_picture
from assistant.arguments.projects import add_project, add_project_option, add_record
from assistant.arguments.relations import add_citations, add_dates, add_family
from assistant.arguments.serve import add_serve
from assistant.commands import documents, measuring, searching

# Commands that keep to --cleared-for; all others work on the whole index.
CLEARED = frozenset(
    "search ask summarize claim chart dates family citations picture project record show number"
    " list".split()
)


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="prior-art",
        description="Search and ask a company's patents and engineering reports, offline.",
    )
    library_options(parser, first=True)
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_ingest(subparsers)
    _add_search(subparsers)
    add_ask(subparsers)
    add_summarize(subparsers)
    add_claim_command(subparsers)
    add_chart(subparsers)
    add_dates(subparsers)
    add_family(subparsers)
    add_citations(subparsers)
    add_picture(subparsers)
    add_project(subparsers)
    add_record(subparsers)
    _add_show(subparsers)
    _add_number(subparsers)
    _add_list(subparsers)
    _add_remove(subparsers)
    add_label(subparsers)
    _add_reembed(subparsers)
    _add_evaluate(subparsers)
    add_evaluate_answers(subparsers)
    add_calibrate_answers(subparsers)
    add_users(subparsers)
    add_keys(subparsers)
    add_audit(subparsers)
    _add_doctor(subparsers)
    add_maintenance(subparsers)
    add_serve(subparsers)
    return parser


def _add_ingest(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "add files and folders to the index; a second run does only what changed"
    parser = command(subparsers, "ingest", text, documents.run_ingest)
    parser.add_argument("paths", nargs="+", metavar="PATH", type=path_of)
    parser.add_argument(
        "--label", metavar="NAME", type=text_of, help="confidentiality label of all of it"
    )
    parser.add_argument(
        "--password", action="append", metavar="WORD", help="try it on files that need one"
    )
    parser.add_argument(
        "--strict", action="store_true", help="exit status 3 if anything was rejected"
    )


def _add_search(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "passages for a query, grouped by document"
    parser = command(subparsers, "search", text, searching.run_search)
    parser.add_argument("query", nargs="?", metavar="QUERY")
    parser.add_argument(
        "--file", metavar="F", type=path_of, help="a disclosure or claim as the query"
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
    parser.add_argument(
        "--relevant", action="append", metavar="NUMBER", help="what is like this goes up"
    )
    parser.add_argument(
        "--not-relevant", action="append", metavar="NUMBER", help="what is like this goes down"
    )
    parser.add_argument(
        "--marks", action="store_true", help="use the marks of --project in the same way"
    )
    parser.add_argument(
        "--subject",
        metavar="NUMBER|DATE",
        help="class the hits by its date: published before, an earlier right, later ...",
    )
    parser.add_argument(
        "--out", metavar="F", type=path_of, help="write F.xlsx, .csv, .docx, .pdf, .ris or .bib"
    )
    add_filters(parser)
    add_project_option(parser)


def _add_show(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "one document: facts, abstract, sections, claims"
    parser = command(subparsers, "show", text, documents.run_show)
    parser.add_argument("name", metavar="NUMBER_OR_ID")


def _add_number(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "read patent numbers as people type them; needs no index"
    parser = command(subparsers, "number", text, documents.run_number)
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
    parser = command(subparsers, "list", text, documents.run_list)
    parser.add_argument("--rejected", action="store_true", help="what is not in the index")


def _add_remove(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "take documents out of the index, by id or number"
    parser = command(subparsers, "remove", text, documents.run_remove)
    parser.add_argument("names", nargs="+", metavar="ID")


def _add_reembed(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "change the encoder of an index; searches go on meanwhile, run again to go on"
    parser = command(subparsers, "reembed", text, documents.run_reembed)
    parser.add_argument(
        "--drop-old", action="store_true", help="then take out the vectors of all other encoders"
    )


def _add_evaluate(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "measure retrieval on a collection in the BEIR layout, in a temporary index"
    parser = command(subparsers, "evaluate", text, measuring.run_evaluate)
    parser.add_argument("collection", metavar="BEIR_DIR", type=Path)
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N queries")
    parser.add_argument(
        "--against", action="append", metavar="NAME", help="an encoder to compare with the first"
    )


def _add_doctor(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "check that the index is whole and usable; exit status 1 where it is not"
    add_generator(command(subparsers, "doctor", text, documents.run_doctor))
