"""Commands that search and answer."""

from __future__ import annotations

import argparse
import sys

from assistant import printing
from assistant.audit import exporting, saw, unrecorded
from assistant.commands.common import (
    about,
    exported,
    filters_of,
    open_assistant,
    projects_of,
    recorded,
    show,
    text_of_file,
    writing_of_arguments,
)
from assistant.date_gate import Dated, SubjectDates, gate_all, subject_of
from assistant.exports import HIT_SUFFIXES, check_suffix, write_hits
from assistant.printing_answers import answer_lines, summary_lines
from assistant.questions import Turn
from index.records import SearchOptions, SearchResult


def run_search(arguments: argparse.Namespace) -> int:
    """`prior-art search`."""
    given = [v for v in (arguments.query, arguments.file, arguments.like) if v is not None]
    if len(given) != 1:
        print("prior-art search: give one of QUERY, --file and --like", file=sys.stderr)
        return 2
    if arguments.out:
        check_suffix(arguments.out, HIT_SUFFIXES)
    if arguments.marks and not arguments.project:
        print("prior-art search: --marks needs --project", file=sys.stderr)
        return 2
    plain = open_assistant(arguments)
    library = unrecorded(plain).library
    subject = subject_of(library, arguments.subject) if arguments.subject else None
    assistant = recorded(arguments, plain)
    filters, options = filters_of(arguments), _options(arguments)
    if arguments.like is not None:
        result = assistant.search_like(arguments.like, arguments.k, filters, options)
    else:
        query = arguments.query if arguments.file is None else text_of_file(arguments.file)
        result = assistant.search(query, arguments.k, filters, options)
    dated = _dated(subject, result)
    if subject is not None and subject.document_id is not None:
        saw(plain, "dates", subject)
    if arguments.out:
        exporting(plain, result, arguments.out.suffix)
        write_hits(result, arguments.out, about(library))
        exported(arguments, "hits")
    day = subject.effective.isoformat() if subject else None
    value = {**result.to_dict(), "subject_date": day, "dated": [d.to_dict() for d in dated]}
    show(arguments, value, printing.search_lines(result, dated))
    return 0


def _options(arguments: argparse.Namespace) -> SearchOptions:
    relevant, not_relevant = arguments.relevant or (), arguments.not_relevant or ()
    if arguments.marks and arguments.project:
        state = projects_of(arguments).open(arguments.project).state()
        relevant = (*relevant, *state.relevant())
        not_relevant = (*not_relevant, *state.not_relevant())
    return SearchOptions(
        syntax=arguments.file is None,
        fold_families=not arguments.all_members,
        expand=not arguments.no_expansion,
        literal=tuple(arguments.literal or ()),
        relevant=tuple(dict.fromkeys(relevant)),
        not_relevant=tuple(dict.fromkeys(not_relevant)),
    )


def _dated(subject: SubjectDates | None, result: SearchResult) -> tuple[Dated, ...]:
    """How hits and the members of their families stand to a subject's date."""
    if subject is None:
        return ()
    documents = [facts for hit in result.hits for facts in (hit.document, *hit.members)]
    return gate_all(subject, documents)


def run_ask(arguments: argparse.Namespace) -> int:
    """`prior-art ask`."""
    assistant = recorded(arguments, open_assistant(arguments, writing_of_arguments(arguments)))
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
