"""The command that charts a claim, and how a claim is named on the command line."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

from assistant.assistant import Assistant
from assistant.audit import exporting, unrecorded
from assistant.claims import ReadClaim, claim_of, parse_claim_of, read_claim, with_limitations
from assistant.commands.common import (
    about,
    documents_of_file,
    exported,
    filters_of,
    open_assistant,
    recorded,
    show,
    text_of_file,
)
from assistant.exports import CHART_SUFFIXES, check_suffix, write_chart
from assistant.printing_charts import chart_lines
from index.errors import UnknownDocument


def run_chart(arguments: argparse.Namespace) -> int:
    """`prior-art chart`."""
    if arguments.out:
        check_suffix(arguments.out, CHART_SUFFIXES)
    filters = filters_of(arguments)
    if arguments.against and filters:
        print(
            "prior-art: the filters are not used: --against names the references", file=sys.stderr
        )
    plain = open_assistant(arguments)
    assistant = recorded(arguments, plain)
    chart = assistant.chart(
        claim_of_arguments(unrecorded(plain), arguments),
        arguments.against or (),
        arguments.k,
        filters,
        arguments.subject_date,
    )
    if arguments.out:
        own = chart.subject.document_id
        library = unrecorded(plain).library
        subject = library.document(own).facts if own else None
        exporting(plain, chart, arguments.out.suffix)
        write_chart(chart, arguments.out, about(library, subject))
        exported(arguments, "chart")
    show(arguments, chart.to_dict(), chart_lines(chart))
    return 0


def claim_of_arguments(assistant: Assistant, arguments: argparse.Namespace) -> ReadClaim:
    """The claim that was named. Raises BadClaim, BadInput, UnknownDocument."""
    if arguments.claim_of is not None:
        claim = _claim_named(assistant, arguments.claim_of)
    else:
        claim = _claim_of_file(assistant, arguments)
    if arguments.limitations is None:
        return claim
    return with_limitations(claim, text_of_file(arguments.limitations).splitlines())


def _claim_named(assistant: Assistant, text: str) -> ReadClaim:
    try:
        return assistant.claim(text)  # an id may end like the number of a claim
    except UnknownDocument:
        name, number = parse_claim_of(text)
        return assistant.claim(name, number)


def _claim_of_file(assistant: Assistant, arguments: argparse.Namespace) -> ReadClaim:
    documents = documents_of_file(arguments.claim)
    with_claims = next((document for document in documents if document.claims), None)
    if with_claims is None:
        return read_claim("\n\n".join(document.text for document in documents))
    claim = claim_of(with_claims)
    try:
        known = assistant.library.document(with_claims.facts.number or with_claims.facts.id)
    except UnknownDocument:
        return replace(claim, document_id=None)
    return replace(claim, document_id=known.facts.id)
