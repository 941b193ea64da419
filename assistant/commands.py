"""What each command of `prior-art` does: call the library, print the result."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from assistant import printing
from assistant.assistant import Assistant
from assistant.doctor import diagnose
from assistant.errors import BadInput
from assistant.progress import ingest_progress
from index.encoder import SentenceEncoder
from index.evaluate import evaluate
from index.plan import ReadSettings, remedied
from index.records import Filters
from index.rerank import CrossEncoderReranker
from index.update import ingest, remove
from ingest.isolate import ReaderProcess
from ingest.numbers import read_number

REJECTED_STATUS = 3


def run_ingest(arguments: argparse.Namespace) -> int:
    """`prior-art ingest`."""
    with ingest_progress() as progress:
        report = ingest(
            arguments.index,
            arguments.paths,
            label=arguments.label,
            encoder=_encoder(arguments),
            progress=progress,
            settings=ReadSettings(
                passwords=tuple(arguments.password or ()),
                remedied=remedied(bool(arguments.password)),
            ),
        )
    _print(arguments, report.to_dict(), printing.ingest_lines(report))
    if report.missing:
        for path in report.missing:
            print(f"prior-art: MissingPath: there is nothing at {path}", file=sys.stderr)
        return 1
    return REJECTED_STATUS if arguments.strict and report.rejected else 0


def run_search(arguments: argparse.Namespace) -> int:
    """`prior-art search`."""
    given = [v for v in (arguments.query, arguments.file, arguments.like) if v is not None]
    if len(given) != 1:
        print("prior-art search: give one of QUERY, --file and --like", file=sys.stderr)
        return 2
    assistant = _open(arguments)
    filters = _filters(arguments)
    fold = not arguments.all_members
    if arguments.like is not None:
        result = assistant.search_like(arguments.like, arguments.k, filters, fold_families=fold)
    else:
        typed = arguments.file is None
        query = arguments.query if typed else _query_of(arguments.file)
        result = assistant.search(query, arguments.k, filters, syntax=typed, fold_families=fold)
    _print(arguments, result.to_dict(), printing.search_lines(result))
    return 0


def run_ask(arguments: argparse.Namespace) -> int:
    """`prior-art ask`."""
    answer = _open(arguments).ask(arguments.question, _filters(arguments))
    _print(arguments, answer.to_dict(), printing.answer_lines(answer))
    return 0


def run_show(arguments: argparse.Namespace) -> int:
    """`prior-art show`."""
    shown = _open(arguments).show(arguments.name)
    _print(arguments, shown.to_dict(), printing.document_lines(shown))
    return 0


def run_number(arguments: argparse.Namespace) -> int:
    """`prior-art number`. A text that is no number is an answer, not an error."""
    numbers = [read_number(text) for text in arguments.texts]
    _print(arguments, [number.to_dict() for number in numbers], printing.number_lines(numbers))
    return 0


def run_list(arguments: argparse.Namespace) -> int:
    """`prior-art list`."""
    assistant = _open(arguments)
    if arguments.rejected:
        rejected = assistant.rejected()
        value = {"rejected": [rejection.to_dict() for rejection in rejected]}
        _print(arguments, value, printing.rejected_lines(rejected))
    else:
        documents = assistant.documents()
        value = {"documents": [facts.to_dict() for facts in documents]}
        _print(arguments, value, printing.list_lines(documents))
    return 0


def run_remove(arguments: argparse.Namespace) -> int:
    """`prior-art remove`."""
    removed = remove(arguments.index, arguments.names, _encoder(arguments))
    _print(arguments, {"removed": removed}, [f"removed {name}" for name in removed])
    return 0


def run_evaluate(arguments: argparse.Namespace) -> int:
    """`prior-art evaluate`."""
    with ingest_progress() as progress:
        evaluation = evaluate(
            arguments.collection,
            limit=arguments.limit,
            encoder=_encoder(arguments),
            progress=progress,
        )
    _print(arguments, evaluation.to_dict(), printing.evaluation_lines(evaluation))
    return 0


def run_doctor(arguments: argparse.Namespace) -> int:
    """`prior-art doctor`."""
    diagnosis = diagnose(arguments.index, _encoder(arguments))
    _print(arguments, diagnosis.to_dict(), printing.diagnosis_lines(diagnosis))
    return 0 if diagnosis.ok else 1


def _open(arguments: argparse.Namespace) -> Assistant:
    name = arguments.reranker
    reranker = CrossEncoderReranker(name) if name else None
    return Assistant.open(arguments.index, _encoder(arguments), reranker)


def _encoder(arguments: argparse.Namespace) -> SentenceEncoder | None:
    return SentenceEncoder(arguments.encoder) if arguments.encoder else None


def _filters(arguments: argparse.Namespace) -> Filters:
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
    )


def _query_of(path: Any) -> str:
    """The text of a file of any format that we read."""
    with ReaderProcess() as reader:
        texts = []
        for reply in reader.read(str(path)):
            if reply.rejection is not None:
                raise BadInput(f"{path}: {reply.rejection.message}")
            if reply.document is not None:
                texts.append(reply.document.text)
    return "\n\n".join(texts)


def _print(
    arguments: argparse.Namespace, value: dict[str, Any] | list[Any], lines: list[str]
) -> None:
    if arguments.json:
        print(json.dumps(value))
    else:
        print("\n".join(lines))
