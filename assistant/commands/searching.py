"""Commands that search and answer."""

from __future__ import annotations

import argparse
import sys

from assistant import printing
from assistant.commands.common import (
    filters_of,
    open_assistant,
    show,
    text_of_file,
    writing_of_arguments,
)
from assistant.printing_answers import answer_lines, summary_lines
from assistant.questions import Turn
from index.records import SearchOptions


def run_search(arguments: argparse.Namespace) -> int:
    """`prior-art search`."""
    given = [v for v in (arguments.query, arguments.file, arguments.like) if v is not None]
    if len(given) != 1:
        print("prior-art search: give one of QUERY, --file and --like", file=sys.stderr)
        return 2
    assistant = open_assistant(arguments)
    filters = filters_of(arguments)
    options = SearchOptions(
        syntax=arguments.file is None,
        fold_families=not arguments.all_members,
        expand=not arguments.no_expansion,
        literal=tuple(arguments.literal or ()),
    )
    if arguments.like is not None:
        result = assistant.search_like(arguments.like, arguments.k, filters, options)
    else:
        query = arguments.query if arguments.file is None else text_of_file(arguments.file)
        result = assistant.search(query, arguments.k, filters, options)
    show(arguments, result.to_dict(), printing.search_lines(result))
    return 0


def run_ask(arguments: argparse.Namespace) -> int:
    """`prior-art ask`."""
    assistant = open_assistant(arguments, writing_of_arguments(arguments))
    filters = filters_of(arguments)
    conversation: list[Turn] = []
    for earlier in arguments.following or ():
        conversation.append(assistant.ask(earlier, filters, conversation).turn())
    answer = assistant.ask(arguments.question, filters, conversation, arguments.ignore or ())
    show(arguments, answer.to_dict(), answer_lines(answer))
    return 0


def run_summarize(arguments: argparse.Namespace) -> int:
    """`prior-art summarize`."""
    if bool(arguments.names) == (arguments.query is not None):
        print("prior-art summarize: give documents, or --query", file=sys.stderr)
        return 2
    assistant = open_assistant(arguments)
    if arguments.query is None:
        summary = assistant.summarize(*arguments.names)
    else:
        summary = assistant.summarize_search(arguments.query, arguments.k, filters_of(arguments))
    show(arguments, summary.to_dict(), summary_lines(summary))
    return 0
