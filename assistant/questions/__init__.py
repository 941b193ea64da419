"""What a question asks: its kind, things, figures and filters, completed from the conversation.

Rules and word lists only: no model, no files, a few milliseconds.
"""

from assistant.questions.records import Asked, Chip, Entity, Known, Question, Turn
from assistant.questions.understand import understand

__all__ = ["Asked", "Chip", "Entity", "Known", "Question", "Turn", "understand"]
