"""What a hostile page, user, payload or file tries against the guarded app, and what happens."""

from __future__ import annotations

import json
import secrets
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.accounts.records import IP_TEAM, READER, Identity
from assistant.web.bodies import LARGEST_JSON
from assistant.web.identity import Passed
from assistant.web.owned import folder_name, lies_in
from assistant.web.readable import suffixes
from index.clearance import Clearance
from ingest.readers.formats import FORMATS
from web_server import PEOPLE, Served, sign_in

NOTE = "# Sigma note\n\nThe sigma separator is 9 um thick.\n"


@pytest.fixture
def pia(guarded_app: Served) -> Iterator[httpx.Client]:
    """A client of the IP team, cleared for public and internal."""
    with guarded_app.client("pia") as client:
        yield client


@pytest.fixture
def rob(guarded_app: Served) -> Iterator[httpx.Client]:
    """A client of a reader, cleared for public."""
    with guarded_app.client("rob") as client:
        yield client


@pytest.fixture
def canary() -> Iterator[Any]:
    """A server that nobody may ask anything: `asked` has the paths that somebody did."""

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.server.asked.append(self.path)  # type: ignore[attr-defined]
            self.send_response(200)
            self.end_headers()

        do_HEAD = do_POST = do_GET

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Canary) as server:
        server.asked = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def uploaded(client: httpx.Client, name: str, content: bytes = NOTE.encode()) -> httpx.Response:
    """The answer to a file sent as the page sends it."""
    files = {"files": (name, content)}
    origin = {"Origin": str(client.base_url).rstrip("/")}
    return client.post(
        f"/gradio_api/upload?upload_id={secrets.token_hex(8)}", files=files, headers=origin
    )


def as_file(path: str) -> dict[str, Any]:
    """A file as the page names it to Gradio."""
    return {"path": path, "orig_name": Path(path).name, "meta": {"_type": "gradio.FileData"}}


# ---------- pages of others ----------


def test_pages_of_other_servers_can_make_a_browser_ask_for_nothing(guarded_app: Served) -> None:
    body = {"data": ["zeta", 1, None]}
    with guarded_app.client() as client:
        sign_in(client, "pia")
        good = {"Origin": guarded_app.at}
        crossed: list[dict[str, str]] = [
            {},
            {"Origin": "null"},
            {"Origin": "https://evil.example"},
            {"Origin": guarded_app.at.replace("http:", "gopher:")},
            {"Origin": guarded_app.at + "0"},
            {**good, "Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
        ]
        paths = ("/gradio_api/call/search", "/gradio_api/queue/join", "/gradio_api/cancel",
                 "/gradio_api/upload", "/gradio_api/mcp/", "/gradio_api/run/search")  # fmt: skip
        for headers in crossed:
            for path in paths:
                answer = client.post(path, json=body, headers=headers)
                assert answer.status_code == 403, (path, headers)
            assert client.post("/sign-out", data={}, headers=headers).status_code == 403
        assert client.post("/gradio_api/call/search", json=body, headers=good).status_code == 200
        # A picture, script or frame on another page; a link leads to the page itself.
        for where in ("/config", "/gradio_api/info", "/assets/index.js", "/"):
            for dest, mode in (("script", "no-cors"), ("iframe", "navigate"), ("image", "no-cors")):
                sent = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": dest}
                answer = client.get(where, headers={**sent, "Sec-Fetch-Mode": mode})
                assert answer.status_code == 403, (where, dest)
        link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"}
        link["Sec-Fetch-Mode"] = "navigate"
        assert client.get("/", headers=link).status_code == 200
        client.cookies.clear()
        assert 'content="0;url=/"' in client.get("/", headers=link).text
        asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
        preflight = client.options("/gradio_api/queue/join", headers=asked)
        assert preflight.status_code == 405
        assert not any(name.startswith("access-control") for name in preflight.headers)


def test_no_page_can_be_framed_nor_kept_by_browsers(guarded_app: Served) -> None:
    with guarded_app.client("pia") as client:
        for path in ("/", "/sign-in", "/config", "/gradio_api/info", "/nothing", "/gradio_api/mcp"):
            headers = client.get(path).headers
            assert headers["x-frame-options"] == "DENY", path
            assert "frame-ancestors 'none'" in headers["content-security-policy"], path
            assert "http" not in headers["content-security-policy"], path
            assert headers["cache-control"] == "no-store", path
        policy = client.get("/sign-in").headers["content-security-policy"]
    assert "unsafe" not in policy


# ---------- sessions and events ----------


def test_a_page_session_of_somebody_else_cannot_be_used(
    guarded_app: Served, pia: httpx.Client, rob: httpx.Client
) -> None:
    guarded_app.event(pia, "shelves", [""], "page-of-pia-1")
    number, _ = guarded_app.functions["shelves"]
    stolen = {"session_hash": "page-of-pia-1"}
    body = {**stolen, "data": [""], "fn_index": number}
    tries = {
        "join": rob.post("/gradio_api/queue/join", json=body),
        "data": rob.get("/gradio_api/queue/data", params=stolen),
        "run": rob.post("/gradio_api/run/predict", json=body),
        "call": rob.post("/gradio_api/call/search", json={**body, "data": ["a", 1, None]}),
        "reset": rob.post("/gradio_api/reset", json={**stolen, "event_id": "x"}),
        "cancel": rob.post(
            "/gradio_api/cancel", json={**stolen, "event_id": "x", "fn_index": number}
        ),
        "heartbeat": rob.get("/gradio_api/heartbeat/page-of-pia-1"),
        "server": rob.post(
            "/gradio_api/component_server",
            json={**stolen, "component_id": 1, "fn_name": "x", "data": ""},
        ),
        "link": rob.get("/gradio_api/deep_link", params=stolen),
    }
    statuses = {name: answer.status_code for name, answer in tries.items()}
    refused = dict.fromkeys(tries, 403) | {"server": 404, "link": 404}
    assert statuses == refused
    # The same name twice, so that one parser might take the other one.
    doubled = "session_hash=of-rob&session_hash=page-of-pia-1"
    assert rob.get(f"/gradio_api/queue/data?{doubled}").status_code == 403
    twice = '{"session_hash": "of-rob", "data": [""], "fn_index": 1, "session_hash": '
    sent = twice + '"page-of-pia-1"}'
    joined = {"Content-Type": "application/json"}
    answer = rob.post("/gradio_api/queue/join", content=sent, headers=joined)
    assert answer.status_code == 403


def test_the_answer_to_somebody_elses_call_cannot_be_fetched(
    pia: httpx.Client, rob: httpx.Client
) -> None:
    url = "/gradio_api/call/search"
    event = pia.post(url, json={"data": ["zeta cathode", 5, None]}).json()["event_id"]
    assert rob.get(f"{url}/{event}").status_code == 404
    given = {"session_hash": "of-rob", "event_id": event, "fn_index": 0}
    assert rob.post("/gradio_api/cancel", json=given).status_code == 404
    # Without a session of its own, a call has one by the name of its event.
    stolen = rob.get("/gradio_api/queue/data", params={"session_hash": event})
    assert stolen.status_code == 403
    assert "inside" in pia.get(f"{url}/{event}").text


# ---------- files ----------


def test_only_own_files_can_be_fetched(
    guarded_app: Served, pia: httpx.Client, rob: httpx.Client, tmp_path: Path
) -> None:
    [path] = uploaded(pia, "sigma.md").json()
    assert pia.get(f"/gradio_api/file={path}").text == NOTE
    assert rob.get(f"/gradio_api/file={path}").status_code == 403
    identity = Identity("pia", *PEOPLE["pia"], "key")
    (guarded_app.cache / "elsewhere").mkdir(exist_ok=True)
    secret = guarded_app.cache / "elsewhere" / "hits.csv"
    secret.write_text("not yours")
    (tmp_path / "outside.txt").write_text("outside")
    link = Path(path).parent / "link.md"
    link.unlink(missing_ok=True)
    link.symlink_to(tmp_path / "outside.txt")
    folder = folder_name(Passed(identity).owner)
    hostile = [
        secret, "/etc/passwd", guarded_app.index / "manifest.json", link,
        f"{path}/../../elsewhere/hits.csv", f"{guarded_app.cache}/{folder}/../elsewhere/hits.csv",
        f"{Path(path).parent}//{Path(path).name}", "sigma.md", "../../etc/passwd", "~/.bashrc",
        "http://127.0.0.1:9/x", "//127.0.0.1/x", "file:///etc/passwd", f"{path}%00.png",
        "/proc/self/environ", "\\\\host\\share",
    ]  # fmt: skip
    for name in hostile:
        for sent in (f"{name}", str(name).replace("/", "%2F").replace(".", "%2e")):
            answer = pia.get(f"/gradio_api/file={sent}")
            assert answer.status_code in (403, 404), sent
            assert "not yours" not in answer.text
    for form in ("/file/", "/proxy=http://", "/stream/x/x/1/", "/custom_component/x/client/y/"):
        assert pia.get(f"/gradio_api{form}{path}").status_code == 404, form
    for path in ("/static/../../etc/passwd", "/assets/..%2f..%2fetc/passwd", "/static//etc/passwd",
                 "/svelte/%2e%2e/x", "/monitoring", "/gradio_api/vibe-code", "/token"):  # fmt: skip
        assert pia.get(path).status_code == 404, path


def test_names_of_folders_for_downloads_differ_by_clearance(tmp_path: Path) -> None:
    def folder(*labels: str, role: str = READER) -> str:
        return folder_name(Passed(Identity("kim", role, Clearance.of(*labels), "key")).owner)

    assert folder("a", "b") == folder("b", "a")
    assert len({folder("a"), folder("a", "b"), folder("a", role=IP_TEAM)}) == 3
    (kept := tmp_path / "kept").mkdir()
    (kept / "x").write_text("x")
    (tmp_path / "y").write_text("y")
    (kept / "out").symlink_to(tmp_path / "y")
    assert lies_in(str(kept / "x"), kept)
    for path in (kept / "out", kept / ".." / "y", kept, f"{kept}/./x", f"{kept}x", "x", ""):
        assert not lies_in(str(path), kept), path


def test_the_server_fetches_no_address_that_it_is_given(
    guarded_app: Served, pia: httpx.Client, canary: Any
) -> None:
    address = f"http://127.0.0.1:{canary.server_address[1]}/x.md"
    named = [
        {**as_file(address)},
        {"path": address},
        {"path": "/tmp/x", "url": address, "meta": {"_type": "gradio.FileData"}},
        {"url": address},
        {"url": f"{address}?/gradio_api/file=/etc/passwd"},
        {"path": None, "url": address, "meta": {"_type": "gradio.FileData"}},
        {"deep": [[{"er": as_file(address)}]]},
    ]
    for name in ("_upload", "file", "read_file"):
        number, inputs = guarded_app.functions[name]
        for given in named:
            for value in (given, [given]):
                data = [value, *[None] * (inputs - 1)]
                body = {"data": data, "fn_index": number, "session_hash": "ssrf"}
                answer = pia.post("/gradio_api/queue/join", json=body)
                assert answer.status_code == 403, given
        # As a bare text Gradio may take it for a file, too.
        data = [[address], *[None] * (inputs - 1)]
        guarded_app.event(pia, name, data, f"bare-{name}")
    for tool in ("show", "search"):
        arguments = {"number": address} if tool == "show" else {"query": address}
        guarded_app.tool(pia, tool, **arguments)
    for form in ("file=", "proxy=", "file/"):
        assert pia.get(f"/gradio_api/{form}{address}").status_code in (403, 404)
    # Links in a document are text.
    page = f'<html><body><h1>Links</h1><img src="{address}"><p>See {address}.</p></body></html>'
    [path] = uploaded(pia, "links.html", page.encode()).json()
    report = guarded_app.event(pia, "_upload", [[as_file(path)], "internal", ""], "linked")
    assert "1 added" in report
    assert canary.asked == []


# ---------- what is sent ----------


def test_uploads_are_limited_by_kind_role_and_label(
    guarded_app: Served, pia: httpx.Client, rob: httpx.Client
) -> None:
    def bring(client: httpx.Client, label: str | None, name: str = "tau.md") -> str:
        text = f"# Tau {label} note\n\nThe tau {label} tab is 3 mm wide.\n".encode()
        [path] = uploaded(client, name, text).json()
        return guarded_app.event(client, "_upload", [[as_file(path)], label, ""], f"up-{label}")

    for name in ("run.exe", "x.svg", "x.php", "none"):
        assert uploaded(pia, name).status_code == 415, name
    assert not list(guarded_app.cache.rglob("run.exe"))
    assert "no right to add documents" in bring(rob, "public")
    assert "none of your labels" in bring(pia, "secret")
    assert "choose the confidentiality label" in bring(pia, "").lower()
    report = bring(pia, "internal", "../../What <b>is</b> it.md")
    assert "1 added" in report
    assert "What" in report
    assert "<b>" not in report
    kept = [path.name for path in (guarded_app.index / "uploads").rglob("*") if path.is_file()]
    assert not [name for name in kept if "What" in name or "tau" in name]
    assert [name for name in kept if name == "file-001.md"]
    # A file that is not one's own upload.
    taken = {"data": [[as_file("/etc/passwd")], "internal", ""], "session_hash": "taken"}
    taken["fn_index"] = guarded_app.functions["_upload"][0]
    assert pia.post("/gradio_api/queue/join", json=taken).status_code == 403


def test_a_report_of_an_upload_says_nothing_of_hidden_documents(
    guarded_app: Served, pia: httpx.Client
) -> None:
    hidden = (guarded_app.folder / "sealed" / "sealed-note.md").read_bytes()
    reports = []
    for content in (hidden, hidden.replace(b"numbat", b"wombat")):
        [path] = uploaded(pia, "guess.md", content).json()
        reports.append(
            guarded_app.event(pia, "_upload", [[as_file(path)], "internal", ""], "guessing")
        )
    assert all("1 added" in report for report in reports)
    assert not [report for report in reports if "sealed-note" in report or "same file" in report]
    # It is found like any other, by its words, under the label that was given.
    found = guarded_app.ask(pia, "search", ["numbat", 10, None])
    assert '"label": "internal"' in found
    assert '"label": "sealed"' not in found


def test_bodies_that_are_too_large_or_twisted_are_refused(pia: httpx.Client) -> None:
    def sent(content: Any, path: str = "/gradio_api/call/search", **headers: str) -> int:
        json_type = {"Content-Type": "application/json", **headers}
        return pia.post(path, content=content, headers=json_type).status_code

    assert sent(b'{"data": ["' + b"a" * LARGEST_JSON + b'"]}') == 413
    assert sent(iter([b'{"data": ["', b"a" * LARGEST_JSON, b'"]}'])) == 413
    assert sent(b"[" * 100_000) == 400
    assert sent(b"{") == 400
    assert sent(b"\xff\xfe") == 400
    assert sent(iter([b"x"]), "/gradio_api/upload") == 411
    # What is said to come is refused before any of it is taken.
    with socket.create_connection((pia.base_url.host, pia.base_url.port)) as peer:
        key = pia.headers["authorization"]
        head = f"POST /gradio_api/upload HTTP/1.1\r\nHost: localhost\r\nAuthorization: {key}\r\n"
        peer.sendall(f"{head}Content-Length: {3 << 30}\r\n\r\n".encode())
        assert peer.recv(20).startswith(b"HTTP/1.1 413")
    assert (
        sent(json.dumps({"data": [], "session_hash": "x" * 129}), "/gradio_api/queue/join") == 400
    )
    assert sent(json.dumps({"data": [], "session_hash": {"a": 1}}), "/gradio_api/queue/join") == 400


def test_all_suffixes_that_readers_know_are_taken() -> None:
    assert {suffix for one in FORMATS for suffix in one.suffixes} <= suffixes()
    assert not suffixes() & {".svg", ".exe", ".js", ".php", ""}
