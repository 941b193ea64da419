"""What programs may call, over Gradio's API and as MCP tools.

All return JSON, that of the public contract where it has some, and raise gr.Error with a stated
error's message. None of them writes to a project.
"""

from __future__ import annotations

import json
from typing import Any

import gradio as gr

from assistant.errors import BadQuestion
from assistant.web.api_workbench import Workbench
from assistant.web.given import (
    count_given,
    filters_given,
    stated,
    text_given,
    texts_given,
    turns_given,
)
from assistant.web.holder import AssistantHolder
from index.errors import BadQuery, UnknownDocument
from index.records import SearchOptions


def add_api(holder: AssistantHolder) -> None:
    """Add the endpoints to the Blocks being built."""
    endpoints, workbench = Endpoints(holder), Workbench(holder)
    for function in (
        endpoints.search,
        endpoints.search_marked,
        endpoints.ask,
        endpoints.follow_up,
        endpoints.summarize,
        endpoints.show,
        workbench.chart,
        workbench.dates,
        workbench.citations,
    ):
        # Programs share these places, so that people at the page find theirs free.
        gr.api(function, api_name=function.__name__, concurrency_limit=4, concurrency_id="programs")


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
        with stated():
            asked = text_given(query, "query", BadQuery)
            return (
                self._holder.ready().search(asked, count_given(k), filters_given(filters)).to_dict()
            )

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
        with stated():
            asked = text_given(query, "query", BadQuery)
            options = SearchOptions(
                relevant=texts_given(relevant, "relevant", BadQuery),
                not_relevant=texts_given(not_relevant or [], "not_relevant", BadQuery),
            )
            found = self._holder.ready().search(
                asked, count_given(k), filters_given(filters), options
            )
            return found.to_dict()

    def ask(self, question: str, filters: dict[str, Any] | None = None) -> dict[str, Any]:
        """Answer a question from the library, every sentence cited, or refuse.

        Args:
            question: a question in plain words.
            filters: the same object as for search.
        """
        with stated():
            asked = text_given(question, "question", BadQuestion)
            return self._holder.ready().ask(asked, filters_given(filters)).to_dict()

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
        with stated():
            asked = text_given(question, "question", BadQuestion)
            given, turns = filters_given(filters), turns_given(conversation)
            keys = texts_given([] if off is None else off, "off", BadQuestion)
            return self._holder.ready().ask(asked, given, turns, keys).to_dict()

    def summarize(self, numbers: list[str]) -> dict[str, Any]:
        """What a document says (problem, solution, values, claims), or how two to five compare.

        Args:
            numbers: patent numbers, numbers of reports, or document ids.
        """
        with stated():
            names = texts_given(numbers, "numbers", UnknownDocument)
            return self._holder.assistant.summarize(*names).to_dict()

    def show(self, number: str) -> dict[str, Any]:
        """One document whole: facts, abstract, claims, sections.

        Args:
            number: a patent number as people type it, a report's number, or a document id.
        """
        with stated():
            name = text_given(number, "number", UnknownDocument)
            return self._holder.assistant.show(name).to_dict()


def answer_mcp_in_json(blocks: gr.Blocks) -> None:
    """Let the MCP tools of served Blocks answer in JSON; Gradio would write Python's notation."""
    server = blocks.mcp_server_obj

    def in_json(data: list[Any], _root_url: str) -> list[Any]:
        texts = (json.dumps(output, ensure_ascii=False) for output in data)
        return [server.types.TextContent(type="text", text=text) for text in texts]

    if server is not None:
        server.postprocess_output_data = in_json
