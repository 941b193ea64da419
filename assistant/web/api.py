"""What programs may call, over Gradio's API and as MCP tools.

search, ask, follow_up, summarize and show return JSON, that of the public contract where it has
some, and raise gr.Error with a stated error's message.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

import gradio as gr

from assistant.errors import AssistantError, BadQuestion
from assistant.questions import Turn
from assistant.web.holder import AssistantHolder
from index.errors import BadFilter, LibraryError
from index.records import Filters


def add_api(holder: AssistantHolder) -> None:
    """Add the endpoints to the Blocks being built."""

    def search(query: str, k: int = 10, filters: dict[str, Any] | None = None) -> dict[str, Any]:
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
            return holder.ready().search(query, int(k), _filters(filters)).to_dict()

    def ask(question: str, filters: dict[str, Any] | None = None) -> dict[str, Any]:
        """Answer a question from the library, every sentence cited, or refuse.

        Args:
            question: a question in plain words.
            filters: the same object as for search.
        """
        with _stated():
            return holder.ready().ask(question, _filters(filters)).to_dict()

    def follow_up(
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
            given = _filters(filters)
            answer = holder.ready().ask(question, given, _turns(conversation), tuple(off or ()))
            return answer.to_dict()

    def summarize(numbers: list[str]) -> dict[str, Any]:
        """What a document says (problem, solution, values, claims), or how two to five compare.

        Args:
            numbers: patent numbers, numbers of reports, or document ids.
        """
        with _stated():
            return holder.assistant.summarize(*map(str, numbers)).to_dict()

    def show(number: str) -> dict[str, Any]:
        """One document whole: facts, abstract, claims, sections.

        Args:
            number: a patent number as people type it, a report's number, or a document id.
        """
        with _stated():
            return holder.assistant.show(number).to_dict()

    functions: tuple[Callable[..., dict[str, Any]], ...] = (search, ask, follow_up, summarize, show)
    for function in functions:
        gr.api(function, api_name=function.__name__, concurrency_limit=4)


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


def _turns(given: list[dict[str, Any]]) -> list[Turn]:
    try:
        return [
            Turn(
                str(turn["question"]), tuple(map(str, turn["document_ids"])), bool(turn["answered"])
            )
            for turn in given
        ]
    except (TypeError, KeyError) as error:
        raise BadQuestion(
            'conversation must be a list of the "turn" objects of earlier answers, each with '
            f"question, document_ids and answered ({error!r})"
        ) from error


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
