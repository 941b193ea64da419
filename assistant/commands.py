"""What each command of `prior-art` does: call the library, print the result."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from assistant import printing
from assistant.answers import Writing, writing_of
from assistant.assistant import Assistant
from assistant.calibrate import calibrate, calibration_lines, write
from assistant.doctor import diagnose
from assistant.errors import BadInput
from assistant.evaluation import evaluate_answers, report_lines
from assistant.generate import GeneratorSettings
from assistant.printing_answers import answer_lines, summary_lines
from assistant.progress import ingest_progress, question_progress, reembed_progress
from assistant.questions import Turn
from index.encoder import SentenceEncoder
from index.evaluate import Models, evaluate
from index.plan import ReadSettings, remedied
from index.profiles import reranker_name
from index.records import Filters, SearchOptions
from index.reembedding import reembed
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
    options = SearchOptions(
        syntax=arguments.file is None,
        fold_families=not arguments.all_members,
        expand=not arguments.no_expansion,
        literal=tuple(arguments.literal or ()),
    )
    if arguments.like is not None:
        result = assistant.search_like(arguments.like, arguments.k, filters, options)
    else:
        query = arguments.query if arguments.file is None else _query_of(arguments.file)
        result = assistant.search(query, arguments.k, filters, options)
    _print(arguments, result.to_dict(), printing.search_lines(result))
    return 0


def run_ask(arguments: argparse.Namespace) -> int:
    """`prior-art ask`."""
    assistant = _open(arguments, _writing(arguments))
    filters = _filters(arguments)
    conversation: list[Turn] = []
    for earlier in arguments.following or ():
        conversation.append(assistant.ask(earlier, filters, conversation).turn())
    answer = assistant.ask(arguments.question, filters, conversation, arguments.ignore or ())
    _print(arguments, answer.to_dict(), answer_lines(answer))
    return 0


def run_summarize(arguments: argparse.Namespace) -> int:
    """`prior-art summarize`."""
    if bool(arguments.names) == (arguments.query is not None):
        print("prior-art summarize: give documents, or --query", file=sys.stderr)
        return 2
    assistant = _open(arguments)
    if arguments.query is None:
        summary = assistant.summarize(*arguments.names)
    else:
        summary = assistant.summarize_search(arguments.query, arguments.k, _filters(arguments))
    _print(arguments, summary.to_dict(), summary_lines(summary))
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


def run_reembed(arguments: argparse.Namespace) -> int:
    """`prior-art reembed`."""
    if not arguments.encoder:
        print("prior-art reembed: name the new encoder with --encoder", file=sys.stderr)
        return 2
    encoder = SentenceEncoder(arguments.encoder)
    with reembed_progress() as progress:
        report = reembed(arguments.index, encoder, drop_old=arguments.drop_old, progress=progress)
    _print(arguments, report.to_dict(), printing.reembed_lines(report))
    return 0


def run_evaluate(arguments: argparse.Namespace) -> int:
    """`prior-art evaluate`."""
    with ingest_progress() as progress:
        evaluation = evaluate(
            arguments.collection,
            limit=arguments.limit,
            encoder=_encoder(arguments),
            reranker=_reranker(arguments.encoder, arguments.reranker),
            against=[
                Models(SentenceEncoder(name), _reranker(name, arguments.reranker))
                for name in arguments.against or ()
            ],
            progress=progress,
        )
    _print(arguments, evaluation.to_dict(), printing.evaluation_lines(evaluation))
    return 0


def run_evaluate_answers(arguments: argparse.Namespace) -> int:
    """`prior-art evaluate-answers`."""
    with question_progress() as progress:
        assistant = _open(arguments, _writing(arguments))
        evaluation = evaluate_answers(assistant, arguments.files, arguments.split, progress)
    _print(arguments, evaluation.to_dict(), report_lines(evaluation))
    return 0


def run_calibrate_answers(arguments: argparse.Namespace) -> int:
    """`prior-art calibrate-answers`."""
    library = _open(arguments).library
    with question_progress() as progress:
        fitted = calibrate(library, arguments.files, arguments.split, progress)
    write(fitted, arguments.out)
    _print(arguments, fitted, calibration_lines(fitted, arguments.out))
    return 0


def run_doctor(arguments: argparse.Namespace) -> int:
    """`prior-art doctor`."""
    diagnosis = diagnose(arguments.index, _encoder(arguments))
    _print(arguments, diagnosis.to_dict(), printing.diagnosis_lines(diagnosis))
    return 0 if diagnosis.ok else 1


def _open(arguments: argparse.Namespace, writing: Writing | None = None) -> Assistant:
    reranker = _reranker(arguments.encoder, arguments.reranker)
    return Assistant.open(arguments.index, _encoder(arguments), reranker, writing)


def _writing(arguments: argparse.Namespace) -> Writing | None:
    return writing_of(
        GeneratorSettings(arguments.generator, arguments.generator_model, arguments.support)
    )


def _reranker(encoder: str | None, name: str | None) -> CrossEncoderReranker | None:
    wanted = reranker_name(encoder, name)
    return CrossEncoderReranker(wanted) if wanted else None


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
        where=arguments.where,
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
