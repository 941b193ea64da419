"""What commands have in common: the library and models that were named, filters, printing."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.answers import Writing, writing_of
from assistant.assistant import Assistant
from assistant.audit import watched
from assistant.errors import BadInput
from assistant.exports import About
from assistant.generate import GeneratorSettings
from assistant.projects import Projects, Recorded, recording
from index.clearance import EVERYTHING, Clearance
from index.encoder import SentenceEncoder
from index.library import Library
from index.manifest import read_manifest
from index.profiles import reranker_name
from index.records import Filters
from index.rerank import CrossEncoderReranker
from ingest.facts import DocumentFacts
from ingest.isolate import ReaderProcess
from ingest.records import Document


def open_assistant(arguments: argparse.Namespace, writing: Writing | None = None) -> Assistant:
    """The library of `--index` with the models that were named. Raises LibraryError.

    Where the index is audited, what it shows is written down.
    """
    reranker = reranker_of(arguments.encoder, arguments.reranker)
    given = (arguments.index, encoder_of(arguments), reranker, writing, cleared_for(arguments))
    return watched(Assistant.open(*given), arguments.index)


def cleared_for(arguments: argparse.Namespace) -> Clearance:
    """The clearance that was typed; everything, for whoever has the files, where none was."""
    clearance: Clearance | None = arguments.cleared_for
    return EVERYTHING if clearance is None else clearance


def writing_of_arguments(arguments: argparse.Namespace) -> Writing | None:
    """The chat model that was named, None for none."""
    return writing_of(
        GeneratorSettings(arguments.generator, arguments.generator_model, arguments.support)
    )


def reranker_of(encoder: str | None, name: str | None) -> CrossEncoderReranker | None:
    """The cross-encoder of a profile, or the one named; None for none."""
    wanted = reranker_name(encoder, name)
    return CrossEncoderReranker(wanted) if wanted else None


def encoder_of(arguments: argparse.Namespace) -> SentenceEncoder | None:
    """The encoder that was named, None for that of the library."""
    return SentenceEncoder(arguments.encoder) if arguments.encoder else None


def filters_of(arguments: argparse.Namespace) -> Filters:
    """The filters that were typed. Raises BadFilter."""
    return Filters(
        before=arguments.before,
        after=arguments.after,
        date=arguments.date,
        cpc=arguments.cpc,
        party=arguments.party,
        country=arguments.country,
        kind=arguments.kind,
        section=arguments.section,
        label=arguments.label,
        where=arguments.where,
    )


def projects_of(arguments: argparse.Namespace) -> Projects:
    """The projects of the index. Raises NoLibrary."""
    read_manifest(arguments.index)
    return Projects(arguments.index, arguments.user, cleared_for(arguments))


def recorded(arguments: argparse.Namespace, assistant: Assistant) -> Assistant | Recorded:
    """The assistant, or one whose searches go into the record of --project. Raises NoProject."""
    if arguments.project is None:
        return assistant
    return recording(assistant, projects_of(arguments), arguments.project)


def about(library: Library, subject: DocumentFacts | None = None) -> About:
    """What an export says of itself: now, the library by its folder's name, the subject."""
    made = datetime.now(UTC).isoformat(timespec="seconds")
    return About(made, library.folder.resolve().name, library.counts()[0], subject)


def exported(arguments: argparse.Namespace, what: str) -> None:
    """Say where --out went, and note it in the record of --project."""
    if arguments.project is not None:
        digest = hashlib.sha256(arguments.out.read_bytes()).hexdigest()
        project = projects_of(arguments).open(arguments.project)
        project.record_export(what, arguments.out.name, digest)
    print(f"prior-art: written to {arguments.out}", file=sys.stderr)


def text_of_file(path: Path) -> str:
    """The text of a file of any format that we read. Raises BadInput."""
    return "\n\n".join(document.text for document in documents_of_file(path))


def documents_of_file(path: Path) -> list[Document]:
    """The documents in a file of any format that we read. Raises BadInput."""
    documents = []
    with ReaderProcess() as reader:
        for reply in reader.read(str(path)):
            if reply.rejection is not None:
                raise BadInput(f"{path}: {reply.rejection.message}")
            if reply.document is not None:
                documents.append(reply.document)
    return documents


def show(
    arguments: argparse.Namespace, value: dict[str, Any] | list[Any], lines: list[str]
) -> None:
    """Print one JSON document, or lines for people."""
    if arguments.json:
        print(json.dumps(value))
    else:
        print("\n".join(lines))
