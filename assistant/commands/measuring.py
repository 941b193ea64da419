"""Commands that measure and fit: retrieval and answers."""

from __future__ import annotations

import argparse

from assistant import printing
from assistant.audit import saw, unrecorded
from assistant.calibrate import calibrate, calibration_lines, write
from assistant.commands.common import (
    encoder_of,
    open_assistant,
    reranker_of,
    show,
    writing_of_arguments,
)
from assistant.evaluation import evaluate_answers, report_lines
from assistant.progress import ingest_progress, question_progress
from index.encoder import SentenceEncoder
from index.evaluate import Models, evaluate


def run_evaluate(arguments: argparse.Namespace) -> int:
    """`prior-art evaluate`."""
    with ingest_progress() as progress:
        evaluation = evaluate(
            arguments.collection,
            limit=arguments.limit,
            encoder=encoder_of(arguments),
            reranker=reranker_of(arguments.encoder, arguments.reranker),
            against=[
                Models(SentenceEncoder(name), reranker_of(name, arguments.reranker))
                for name in arguments.against or ()
            ],
            progress=progress,
        )
    show(arguments, evaluation.to_dict(), printing.evaluation_lines(evaluation))
    return 0


def run_evaluate_answers(arguments: argparse.Namespace) -> int:
    """`prior-art evaluate-answers`."""
    with question_progress() as progress:
        assistant = open_assistant(arguments, writing_of_arguments(arguments))
        asked = (arguments.files, arguments.split, progress)
        evaluation = evaluate_answers(unrecorded(assistant), *asked)
    saw(assistant, "ask", evaluation.failures())  # Of the others no answer is shown.
    show(arguments, evaluation.to_dict(), report_lines(evaluation))
    return 0


def run_calibrate_answers(arguments: argparse.Namespace) -> int:
    """`prior-art calibrate-answers`."""
    library = unrecorded(open_assistant(arguments)).library
    with question_progress() as progress:
        fitted = calibrate(library, arguments.files, arguments.split, progress)
    write(fitted, arguments.out)
    show(arguments, fitted, calibration_lines(fitted, arguments.out))
    return 0
