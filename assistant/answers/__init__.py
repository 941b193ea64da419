"""Answers made of verbatim sentences: weighed, chosen, framed and cited, or a stated refusal."""

from assistant.answers.answer import answer_question, growing, read
from assistant.answers.write import Writing, writing_of

__all__ = ["Writing", "answer_question", "growing", "read", "writing_of"]
