"""Whatever is sent to the app: it lives on, tells nothing of its inside, and nothing of others."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import AssistantError, BadQuestion
from assistant.web.given import count_given, filters_given, texts_given, turns_given
from hostile_requests import answered, hostile_requests, told, unstated
from index.errors import LibraryError
from web_server import Served

SECRETS = ("quokka", "numbat")  # words of documents that rob may not see
Answers = list[tuple[str, int, str]]
anything = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.just("1" * 5000),
        st.text(st.characters(exclude_categories=[]), max_size=20),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from("question document_ids answered cpc before where kind x".split()),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=300, deadline=None, derandomize=True)
@given(anything)
def test_what_is_sent_is_taken_or_a_stated_error(value: Any) -> None:
    checks = (
        filters_given,
        turns_given,
        count_given,
        lambda given: texts_given(given, "off", BadQuestion),
    )
    for check in checks:
        try:
            check(value)
            said = ""
        except (LibraryError, AssistantError) as error:
            said = str(error)
        assert len(said) < 1000


@pytest.fixture(scope="module")
def answers(guarded_app: Served) -> Answers:
    """Path, status and text of the answers to hostile requests of somebody with a key."""
    found = []
    with guarded_app.client("rob") as client:
        client.timeout = httpx.Timeout(10, read=2)
        for request in hostile_requests(11, 120):
            try:
                status, text = answered(client, request)
            except httpx.TransportError as error:  # It hung up before it had read everything.
                status, text = 0, type(error).__name__
            found.append((request.path, status, text))
    return found


def test_no_answer_tells_of_the_machine_or_of_documents_of_others(answers: Answers) -> None:
    assert len({status for _, status, _ in answers}) > 4
    assert [(path, what) for path, _, text in answers if (what := told(text, SECRETS))] == []


def test_no_request_fails_without_a_stated_error(answers: Answers) -> None:
    assert {path for path, status, text in answers if unstated(status, text)} == set()


def test_the_server_answers_as_before_after_all_that(answers: Answers, guarded_app: Served) -> None:
    with guarded_app.client("rob") as client:
        found = guarded_app.ask(client, "search", ["zeta cathode coating", 3, None])
    assert answers
    assert "in public" in found
    assert "quokka" not in found
