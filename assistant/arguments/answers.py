"""The commands about answers: ask, summarize, evaluate-answers, calibrate-answers."""

from __future__ import annotations

import argparse

from assistant.answers.model import fitted_file
from assistant.arguments.common import add_filters, add_generator, command, path_of
from assistant.arguments.projects import add_project_option
from assistant.commands import measuring, searching
from assistant.evaluation import SPLITS


def add_ask(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`ask`."""
    text = "a short answer with citations, or a refusal"
    parser = command(subparsers, "ask", text, searching.run_ask)
    parser.add_argument("question", metavar="QUESTION")
    parser.add_argument(
        "--following",
        action="append",
        metavar="QUESTION",
        help="an earlier question of the conversation, the oldest first; it is asked first",
    )
    parser.add_argument(
        "--ignore",
        action="append",
        metavar="KEY",
        help="take the words of this filter, named as the answer prints it, as plain words",
    )
    add_filters(parser)
    add_project_option(parser)
    add_generator(parser)


def add_summarize(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`summarize`."""
    text = "what a document says, how two to five compare, or what a search finds; all verbatim"
    parser = command(subparsers, "summarize", text, searching.run_summarize)
    parser.add_argument("names", nargs="*", metavar="NUMBER_OR_ID", help="two or more are compared")
    parser.add_argument("--query", metavar="QUERY", help="summarise the documents that this finds")
    parser.add_argument("-k", type=int, default=10, metavar="N", help="of them (default 10)")
    add_filters(parser)


def add_evaluate_answers(
    subparsers: argparse._SubParsersAction[argparse.ArgumentParser],
) -> None:
    """`evaluate-answers`."""
    text = "measure the answers on questions with known documents and facts (JSONL)"
    parser = command(subparsers, "evaluate-answers", text, measuring.run_evaluate_answers)
    parser.add_argument("files", nargs="+", metavar="FILE", type=path_of)
    parser.add_argument(
        "--split",
        choices=SPLITS,
        default="all",
        help="tune: the half to choose rules by; check: the other, failures not listed",
    )
    parser.epilog = "what a question file holds: benchmarks/questions/README.md"
    add_generator(parser)


def add_calibrate_answers(
    subparsers: argparse._SubParsersAction[argparse.ArgumentParser],
) -> None:
    """`calibrate-answers`."""
    text = "fit when a question is answered or refused, on questions with known answers (JSONL)"
    parser = command(subparsers, "calibrate-answers", text, measuring.run_calibrate_answers)
    parser.add_argument("files", nargs="+", metavar="FILE", type=path_of)
    parser.add_argument("--split", choices=SPLITS, default="tune", help="default tune")
    parser.add_argument(
        "--out",
        metavar="JSON",
        type=path_of,
        default=fitted_file(),
        help="where the fitted weights go (default: $PRIOR_ART_FITTED, else the packaged ones)",
    )
