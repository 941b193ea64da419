"""Commands over the documents of a library: add, remove, list, show, check."""

from __future__ import annotations

import argparse
import sys

from assistant import printing
from assistant.audit import Act
from assistant.commands.audited import changing, done
from assistant.commands.common import encoder_of, open_assistant, show
from assistant.doctor import diagnose
from assistant.generate import GeneratorSettings
from assistant.progress import ingest_progress, reembed_progress
from assistant.projects.forget import forget_documents
from index.encoder import SentenceEncoder
from index.plan import ReadSettings, remedied
from index.profiles import reranker_name
from index.reembedding import reembed
from index.update import ingest, remove
from ingest.numbers import read_number

REJECTED_STATUS = 3


def run_ingest(arguments: argparse.Namespace) -> int:
    """`prior-art ingest`."""
    with changing(arguments, "ingest"), ingest_progress() as progress:
        report = ingest(
            arguments.index,
            arguments.paths,
            label=arguments.label,
            encoder=encoder_of(arguments),
            progress=progress,
            settings=ReadSettings(
                passwords=tuple(arguments.password or ()),
                remedied=remedied(bool(arguments.password)),
            ),
        )
    if report.removed or report.updated:
        forget_documents(arguments.index, ())
    show(arguments, report.to_dict(), printing.ingest_lines(report))
    if report.missing:
        for path in report.missing:
            print(f"prior-art: MissingPath: there is nothing at {path}", file=sys.stderr)
        return 1
    return REJECTED_STATUS if arguments.strict and report.rejected else 0


def run_show(arguments: argparse.Namespace) -> int:
    """`prior-art show`."""
    shown = open_assistant(arguments).show(arguments.name)
    show(arguments, shown.to_dict(), printing.document_lines(shown))
    return 0


def run_number(arguments: argparse.Namespace) -> int:
    """`prior-art number`. A text that is no number is an answer, not an error."""
    numbers = [read_number(text) for text in arguments.texts]
    show(arguments, [number.to_dict() for number in numbers], printing.number_lines(numbers))
    return 0


def run_list(arguments: argparse.Namespace) -> int:
    """`prior-art list`."""
    assistant = open_assistant(arguments)
    if arguments.rejected:
        rejected = assistant.rejected()
        value = {"rejected": [rejection.to_dict() for rejection in rejected]}
        show(arguments, value, printing.rejected_lines(rejected))
    else:
        documents = assistant.documents()
        value = {"documents": [facts.to_dict() for facts in documents]}
        show(arguments, value, printing.list_lines(documents))
    return 0


def run_remove(arguments: argparse.Namespace) -> int:
    """`prior-art remove`."""
    with changing(arguments, "remove"):
        removed = remove(arguments.index, arguments.names, encoder_of(arguments))
    # Records of earlier releases hold text of documents; it goes with them.
    forget_documents(arguments.index, removed)
    show(arguments, {"removed": removed}, [f"removed {name}" for name in removed])
    return 0


def run_reembed(arguments: argparse.Namespace) -> int:
    """`prior-art reembed`."""
    if not arguments.encoder:
        print("prior-art reembed: name the new encoder with --encoder", file=sys.stderr)
        return 2
    encoder = SentenceEncoder(arguments.encoder)
    done(arguments, Act("reembed"))
    with reembed_progress() as progress:
        report = reembed(arguments.index, encoder, drop_old=arguments.drop_old, progress=progress)
    show(arguments, report.to_dict(), printing.reembed_lines(report))
    return 0


def run_doctor(arguments: argparse.Namespace) -> int:
    """`prior-art doctor`."""
    generator = GeneratorSettings(arguments.generator, arguments.generator_model, arguments.support)
    reranker = reranker_name(arguments.encoder, arguments.reranker)
    diagnosis = diagnose(arguments.index, encoder_of(arguments), generator, reranker)
    show(arguments, diagnosis.to_dict(), printing.diagnosis_lines(diagnosis))
    return 0 if diagnosis.ok else 1
