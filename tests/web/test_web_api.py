"""What the served app offers to programs, and what its page asks of the browser."""

from __future__ import annotations

import json
import re
import urllib.request
from typing import Any

FUNCTIONS = ["ask", "follow_up", "search", "show", "summarize"]
QUESTION = "What does leaving out the second rest cost?"


def _post(url: str, body: object) -> Any:
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
    }
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=60) as response:
        return response.read().decode()


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
    data: Any = ["formation", 1, {"kind": ["report"]}]
    event = json.loads(_post(f"{base}/call/search", {"data": data}))
    with urllib.request.urlopen(f"{base}/call/search/{event['event_id']}") as response:
        data = response.read().decode().partition("data: ")[2]
    found = json.loads(data)[0]
    assert [hit["document"]["kind"] for hit in found["hits"]] == ["report"]
    assert set(found) >= {"query", "filters", "fingerprint", "undated", "hits"}


def test_mcp_tools_answer_in_json_and_state_errors(address: str) -> None:
    def call(method: str, **params: object) -> Any:
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        answer = _post(f"{address}/gradio_api/mcp/", body)
        return json.loads(answer.partition("data: ")[2])["result"]

    assert sorted(tool["name"] for tool in call("tools/list")["tools"]) == FUNCTIONS
    answer = call("tools/call", name="ask", arguments={"question": QUESTION})
    assert json.loads(answer["content"][0]["text"])["status"] == "answered"
    wrong = call("tools/call", name="show", arguments={"number": "nothing"})
    assert wrong["isError"]
    assert "UnknownDocument" in wrong["content"][0]["text"]
