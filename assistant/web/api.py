"""What programs may call, over Gradio's API and as MCP tools.

search, search_marked, ask, follow_up, summarize and show return JSON, that of the public contract
where it has some, and raise gr.Error with a stated error's message.
"""

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
from assistant.web.holder import AssistantHolder
from index.errors import BadFilter, BadQuery, LibraryError, UnknownDocument
from index.records import Filters, SearchOptions
from ingest.text import clean

_OF_TURN = ("question", "document_ids", "answered")
_NO_CONVERSATION = (
    'conversation must be a list of the "turn" objects of earlier answers, each with '
    f"{', '.join(_OF_TURN[:-1])} and {_OF_TURN[-1]}"
)


def add_api(holder: AssistantHolder) -> None:
    """Add the endpoints to the Blocks being built."""
    endpoints = Endpoints(holder)
    for function in (
        endpoints.search,
        endpoints.search_marked,
        endpoints.ask,
        endpoints.follow_up,
        endpoints.summarize,
        endpoints.show,
    ):
        gr.api(function, api_name=function.__name__, concurrency_limit=4)


class Endpoints:
    """The endpoints: Gradio makes tools of their signatures and docstrings."""

    def __init__(self, holder: AssistantHolder) -> None:
        self._holder = holder

    def search(
        self, query: str, k: int = 10, filters: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Search patents and reports; the best passages, grouped by document.

        Filters: before and after (ISO dates, both exclusive) with date (priority, filing or
        publication); and cpc, party, country, kind (patent, report), section (abstract,
        description, claims, body), label and where ("thickness <= 20 um"), each a list of strings.

        Args:
            query: what to look for: words, a question, or a whole claim.
            k: how many documents to return at most.
            filters: an object with any of the keys named above.
        """
        with _stated():
            asked = _text(query, "query", BadQuery)
            return self._holder.ready().search(asked, _count(k), _filters(filters)).to_dict()

    def search_marked(
        self,
        query: str,
        relevant: list[str],
        not_relevant: list[str] | None = None,
        k: int = 10,
        filters: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Search again with documents marked relevant or not, which moves the ranking of the rest.

        Args:
            query: as for search.
            relevant: ids or numbers of documents that are what is looked for.
            not_relevant: ids or numbers of documents that are not.
            k: how many documents to return at most.
            filters: the same object as for search; marks of documents kept out have no effect.
        """
        with _stated():
            asked = _text(query, "query", BadQuery)
            options = SearchOptions(
                relevant=_texts(relevant, "relevant", BadQuery),
                not_relevant=_texts(not_relevant or [], "not_relevant", BadQuery),
            )
            found = self._holder.ready().search(asked, _count(k), _filters(filters), options)
            return found.to_dict()

    def ask(self, question: str, filters: dict[str, Any] | None = None) -> dict[str, Any]:
        """Answer a question from the library, every sentence cited, or refuse.

        Args:
            question: a question in plain words.
            filters: the same object as for search.
        """
        with _stated():
            asked = _text(question, "question", BadQuestion)
            return self._holder.ready().ask(asked, _filters(filters)).to_dict()

    def follow_up(
        self,
        question: str,
        conversation: list[dict[str, Any]],
        filters: dict[str, Any] | None = None,
        off: list[str] | None = None,
    ) -> dict[str, Any]:
        """Answer a question of a conversation, such as "and at 60 °C?", as ask does.

        Args:
            question: a question in plain words, completed from the conversation.
            conversation: the `turn` of each earlier answer, the oldest first.
            filters: the same object as for search.
            off: keys of `chips` of an answer that are not to be filters.
        """
        with _stated():
            asked = _text(question, "question", BadQuestion)
            given, turns = _filters(filters), _turns(conversation)
            keys = _texts([] if off is None else off, "off", BadQuestion)
            return self._holder.ready().ask(asked, given, turns, keys).to_dict()

    def summarize(self, numbers: list[str]) -> dict[str, Any]:
        """What a document says (problem, solution, values, claims), or how two to five compare.

        Args:
            numbers: patent numbers, numbers of reports, or document ids.
        """
        with _stated():
            names = _texts(numbers, "numbers", UnknownDocument)
            return self._holder.assistant.summarize(*names).to_dict()

    def show(self, number: str) -> dict[str, Any]:
        """One document whole: facts, abstract, claims, sections.

        Args:
            number: a patent number as people type it, a report's number, or a document id.
        """
        with _stated():
            name = _text(number, "number", UnknownDocument)
            return self._holder.assistant.show(name).to_dict()


def answer_mcp_in_json(blocks: gr.Blocks) -> None:
    """Let the MCP tools of served Blocks answer in JSON; Gradio would write Python's notation."""
    server = blocks.mcp_server_obj

    def in_json(data: list[Any], _root_url: str) -> list[Any]:
        texts = (json.dumps(output, ensure_ascii=False) for output in data)
        return [server.types.TextContent(type="text", text=text) for text in texts]

    if server is not None:
        server.postprocess_output_data = in_json


@contextmanager
def _stated() -> Iterator[None]:
    try:
        yield
    except (LibraryError, AssistantError) as error:
        message = f"{type(error).__name__}: {error}"
        raise gr.Error(message, print_exception=False) from error


# What comes over the network has any type, whatever the signatures say.
def _text(given: Any, name: str, error: type[Exception]) -> str:
    if not isinstance(given, str):
        raise error(f"{name} must be a text, and is {_shown(given)}")
    return given


def _texts(given: Any, name: str, error: type[Exception]) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise error(f"{name} must be a list of texts, and is {_shown(given)}")
    return tuple(given)


def _count(given: Any) -> int:
    try:
        return int(given)
    except (TypeError, ValueError, OverflowError) as error:
        raise BadQuery(f"k must be a whole number, and is {_shown(given)}") from error


def _shown(given: Any) -> str:
    """A value in JSON, shortened."""
    written = json.dumps(given, default=repr)
    return written if len(written) <= 60 else f"{written[:59]}…"


def _turns(given: Any) -> list[Turn]:
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
        clean(_text(question, f"question in {name}", BadQuestion))[:LONGEST_QUESTION],
        _texts(documents, f"document_ids in {name}", BadQuestion),
        answered,
    )


def _filters(given: dict[str, Any] | None) -> Filters:
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
