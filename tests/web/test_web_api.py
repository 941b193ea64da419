"""What the served app offers to programs, and what its page asks of the browser."""

from __future__ import annotations

import json
import re
import urllib.request
from typing import Any

import pytest

FUNCTIONS = [
    "ask", "chart", "citations", "dates", "follow_up", "search", "search_marked", "show",
    "summarize",
]  # fmt: skip
QUESTION = "What does leaving out the second rest cost?"
# Plain HTTP has to give every input.
DEFAULTS: dict[str, list[object]] = {
    "search": ["", 10, None],
    "ask": ["", None],
    "follow_up": ["", [], None, None],
    "search_marked": ["", [], None, 10, None],
    "chart": [None, None, None, 5, None, None],
    "dates": ["", None],
}
FOLLOWING = "And how long is it?"
TURN = {"question": QUESTION, "document_ids": [], "answered": True}


def _post(url: str, body: object) -> Any:
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
    }
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=60) as response:
        return response.read().decode()


def _call(address: str, name: str, data: list[object]) -> str:
    """What an endpoint answers, as a stream of events. data: its inputs, the last ones left out."""
    url = f"{address}/gradio_api/call/{name}"
    data = data + DEFAULTS.get(name, [])[len(data) :]
    event = json.loads(_post(url, {"data": data}))["event_id"]
    with urllib.request.urlopen(f"{url}/{event}", timeout=60) as response:
        found: str = response.read().decode()
    return found


def test_page_names_no_other_host_and_forbids_them(address: str) -> None:
    with urllib.request.urlopen(address) as response:
        policy, page = response.headers["Content-Security-Policy"], response.read().decode()
    assert "default-src 'self'" in policy
    assert re.findall(r"<[^>]+(?:src|href|content)=[\"']?(?:https?:)?//[^>]*>", page) == []
    assert not re.search("googleapis|gstatic|cdnjs|jsdelivr|unpkg", page)


def test_api_offers_its_functions_and_nothing_else(address: str) -> None:
    base = f"{address}/gradio_api"
    with urllib.request.urlopen(f"{base}/info") as response:
        named = json.load(response)["named_endpoints"]
    assert sorted(named) == [f"/{name}" for name in FUNCTIONS]
    data = _call(address, "search", ["formation", 1, {"kind": ["report"]}])
    found = json.loads(data.partition("data: ")[2])[0]
    assert [hit["document"]["kind"] for hit in found["hits"]] == ["report"]
    assert set(found) >= {"query", "filters", "fingerprint", "undated", "hits"}


def _mcp(address: str, method: str, **params: object) -> Any:
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    answer = _post(f"{address}/gradio_api/mcp/", body)
    return json.loads(answer.partition("data: ")[2])["result"]


def test_mcp_tools_are_described_answer_in_json_and_state_errors(address: str) -> None:
    tools = {tool["name"]: tool for tool in _mcp(address, "tools/list")["tools"]}
    assert sorted(tools) == FUNCTIONS
    assert "every sentence cited, or refuse" in tools["ask"]["description"]
    asked = tools["follow_up"]["inputSchema"]["properties"]
    assert list(asked) == ["question", "conversation", "filters", "off"]
    assert "oldest first" in asked["conversation"]["description"]
    answer = _mcp(address, "tools/call", name="ask", arguments={"question": QUESTION})
    assert json.loads(answer["content"][0]["text"])["status"] == "answered"
    wrong = _mcp(address, "tools/call", name="show", arguments={"number": "nothing"})
    assert wrong["isError"]
    assert "UnknownDocument" in wrong["content"][0]["text"]


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("show", ["nothing"], "UnknownDocument: "),
        ("show", [5], "UnknownDocument: number must be a text"),
        ("summarize", ["HCW-R-024"], "UnknownDocument: numbers must be a list of texts"),
        ("search", [["formation"]], "BadQuery: query must be a text"),
        ("search", ["formation", "many"], "BadQuery: k must be a whole number"),
        ("search", ["formation", 1, {"cpc": 5}], "BadFilter: "),
        ("search_marked", ["x", ["HCW-R-024"], ["HCW-R-024"]], "BadQuery: "),
        ("search_marked", ["x", "HCW-R-024"], "BadQuery: relevant must be a list of texts"),
        ("chart", [], "BadInput: give either claim or claim_of"),
        ("chart", ["A cell.", "EP9900214A1"], "BadInput: give either claim or claim_of"),
        ("chart", [None, "EP9900214A1:99"], "BadClaim: "),
        ("chart", ["A cell comprising a separator.", None, ["nothing"]], "UnknownDocument: "),
        ("dates", ["2019-02-30"], "BadInput: "),
        ("dates", [2019], "BadInput: subject must be a text"),
        ("citations", [[]], "UnknownDocument: numbers is empty"),
        ("ask", [5], "BadQuestion: question must be a text"),
        ("ask", [None], "BadQuestion: question must be a text"),
        ("follow_up", [FOLLOWING, "abc"], "BadQuestion: conversation must be a list"),
        ("follow_up", [FOLLOWING, ["abc"]], "BadQuestion: conversation must be a list"),
        ("follow_up", [FOLLOWING, [{"question": "?"}]], "BadQuestion: conversation must be"),
        ("follow_up", [FOLLOWING, [TURN, {**TURN, "document_ids": "abc"}]], "ids in turn 2"),
        ("follow_up", [FOLLOWING, [{**TURN, "document_ids": None}]], "document_ids in turn 1"),
        ("follow_up", [FOLLOWING, [{**TURN, "question": 5}]], "question in turn 1"),
        ("follow_up", [FOLLOWING, [{**TURN, "answered": "no"}]], "answered in turn 1"),
        ("follow_up", [FOLLOWING, [], None, "party:x"], "BadQuestion: off must be a list"),
    ],
)
def test_mistakes_are_stated(address: str, name: str, data: list[object], error: str) -> None:
    found = _call(address, name, data)
    assert "event: error" in found
    assert error in found


def test_a_follow_up_is_completed_from_turns_of_any_length(address: str) -> None:
    long = {**TURN, "question": "formation " * 100_000}
    arguments = {"question": FOLLOWING, "conversation": [long, TURN]}
    answer = _mcp(address, "tools/call", name="follow_up", arguments=arguments)
    assert "second rest" in json.loads(answer["content"][0]["text"])["completed"]
