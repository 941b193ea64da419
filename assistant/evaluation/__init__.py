"""Measure answers on questions whose right documents and facts are known."""

from assistant.evaluation.evaluate import AnswerEvaluation, evaluate_answers
from assistant.evaluation.questions import SPLITS, BadQuestionFile, Question, load_questions
from assistant.evaluation.report import report_lines
from assistant.evaluation.run import Outcome, run_questions

__all__ = [
    "SPLITS",
    "AnswerEvaluation",
    "BadQuestionFile",
    "Outcome",
    "Question",
    "evaluate_answers",
    "load_questions",
    "report_lines",
    "run_questions",
]
