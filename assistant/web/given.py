"""What programs gave over the network, checked: it has any type, whatever the signatures say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

import gradio as gr

from assistant.answers.answer import LONGEST_QUESTION
from assistant.errors import AssistantError, BadQuestion
from assistant.questions import Turn
from assistant.web.unwritten import message_of
from index.errors import BadFilter, BadQuery, LibraryError
from index.records import Filters
from ingest.text import clean

_OF_TURN = ("question", "document_ids", "answered")
_NO_CONVERSATION = (
    'conversation must be a list of the "turn" objects of earlier answers, each with '
    f"{', '.join(_OF_TURN[:-1])} and {_OF_TURN[-1]}"
)


@contextmanager
def stated() -> Iterator[None]:
    """Raise a stated error as gr.Error with its class and message."""
    try:
        yield
    except (LibraryError, AssistantError) as error:
        message = f"{type(error).__name__}: {message_of(error)}"
        raise gr.Error(message, print_exception=False) from error


def text_given(given: Any, name: str, error: type[Exception]) -> str:
    """A text. Raises error."""
    if not isinstance(given, str):
        raise error(f"{name} must be a text, and is {_shown(given)}")
    return given


def texts_given(given: Any, name: str, error: type[Exception]) -> tuple[str, ...]:
    """A list of texts. Raises error."""
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise error(f"{name} must be a list of texts, and is {_shown(given)}")
    return tuple(given)


def count_given(given: Any) -> int:
    """A whole number. Raises BadQuery."""
    try:
        return int(given)
    except (TypeError, ValueError, OverflowError) as error:
        raise BadQuery(f"k must be a whole number, and is {_shown(given)}") from error


def _shown(given: Any) -> str:
    """A value in JSON, shortened."""
    written = json.dumps(given, default=repr)
    return written if len(written) <= 60 else f"{written[:59]}…"


def turns_given(given: Any) -> list[Turn]:
    """The turns of a conversation. Raises BadQuestion."""
    if not isinstance(given, list):
        raise BadQuestion(f"{_NO_CONVERSATION}; it is {_shown(given)}")
    return [_turn(one, nth) for nth, one in enumerate(given, 1)]


def _turn(given: Any, nth: int) -> Turn:
    """A turn of a conversation. nth: its place, from 1, for the error's message."""
    try:
        question, documents, answered = (given[key] for key in _OF_TURN)
    except (TypeError, KeyError) as error:
        raise BadQuestion(f"{_NO_CONVERSATION}; turn {nth} is {_shown(given)}") from error
    name = f"turn {nth} of the conversation"
    if not isinstance(answered, bool):
        raise BadQuestion(f"answered in {name} must be true or false, and is {_shown(answered)}")
    return Turn(
        clean(text_given(question, f"question in {name}", BadQuestion))[:LONGEST_QUESTION],
        texts_given(documents, f"document_ids in {name}", BadQuestion),
        answered,
    )


def filters_given(given: dict[str, Any] | None) -> Filters:
    """Filters from their object, None for none. Raises BadFilter."""
    if given is None:
        return Filters()
    if not isinstance(given, dict):
        raise BadFilter('filters must be an object such as {"kind": ["patent"]}')
    known = {field.name for field in fields(Filters)}
    if unknown := sorted(given.keys() - known):
        raise BadFilter(f"no filter {unknown[0]!r}; choose from {', '.join(sorted(known))}")
    try:
        return Filters(**given)
    except TypeError as error:
        raise BadFilter(f"filters cannot be read: {error}") from error
