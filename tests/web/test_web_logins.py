"""Who gets in, who is who in every kind of request, and who is not let in at all."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

import app
from assistant.options import ServeOptions
from assistant.web.opening import RefusedBinding, accounts_for, first_start, gate_for
from index.clearance import EVERYTHING, Clearance
from web_server import PASSWORD, PEOPLE, Served, fast_accounts, form_of, post, sign_in

QUERY = "zeta cathode coating"
# What only documents of a label say.
SAYS = {"public": "in public", "secret": "quokka", "internal": "inside"}
SEES = {"ada": set(SAYS), "pia": {"public", "internal"}, "sam": {"secret"}, "rob": {"public"}}


def labels_in(answer: str) -> set[str]:
    """Labels whose documents' words stand in an answer."""
    return {label for label, words in SAYS.items() if words in answer}


def test_every_route_that_gradio_has_wants_to_know_who_asks(guarded_app: Served) -> None:
    routes = sorted({(path, method) for path, method in guarded_app.routes})
    known = {"/gradio_api/upload", "/config", "/gradio_api/file=x", "/gradio_api/mcp/sse"}
    assert known <= {path for path, _ in routes}
    answered = {}
    for number, (path, method) in enumerate(routes):
        # The gate counts strangers by their address.
        source = httpx.HTTPTransport(local_address=f"127.0.1.{number // 40 + 1}")
        with httpx.Client(base_url=guarded_app.at, transport=source) as client:
            answer = client.request(method, path)
        answered[path, method] = (answer.status_code, answer.headers.get("location"))
        assert answer.headers["x-frame-options"] == "DENY"
    let_in = {
        route: answer
        for route, answer in answered.items()
        if answer[0] != 401 and answer != (303, "/sign-in")
    }
    assert let_in == {}


@pytest.mark.parametrize("name", PEOPLE)
def test_all_ways_of_asking_see_what_the_asker_may_see(guarded_app: Served, name: str) -> None:
    with guarded_app.client(name) as client:
        found = {
            "endpoint": guarded_app.ask(client, "search", [QUERY, 10, None]),
            "question": guarded_app.ask(client, "ask", ["How thick is the zeta coating?", None]),
            "tool": guarded_app.tool(client, "search", query=QUERY),
            "page": guarded_app.event(client, "shelves", [""], f"page-of-{name}"),
        }
    # The page lists titles, not words.
    titles = {"public": "Open", "secret": "Hidden", "internal": "Inner"}
    listed = {label for label, word in titles.items() if word in found["page"]}
    seen = {way: labels_in(answer) for way, answer in found.items() if way != "page"}
    assert listed == SEES[name]
    assert seen["endpoint"] == seen["tool"] == SEES[name]
    assert seen["question"] <= SEES[name]
    if PEOPLE[name][0] == "reader":  # others may have added something
        assert ">1 document<" in found["page"]


def test_a_growing_answer_on_the_page_is_of_the_asker(guarded_app: Served) -> None:
    filters = [[], [], "publication", *[""] * 7]
    asked = [None, "How thick is the zeta cathode coating?", True, "", "", *filters]
    with guarded_app.client("sam") as sam, guarded_app.client("rob") as rob:
        of_sam = guarded_app.event(sam, "answering", asked, "growing-of-sam")
        of_rob = guarded_app.event(rob, "answering", asked, "growing-of-rob")
    assert "77 nm" in of_sam
    assert labels_in(of_sam) == {"secret"}
    assert "12 nm" in of_rob
    assert labels_in(of_rob) == {"public"}


def test_people_who_ask_at_the_same_time_never_get_each_others_documents(
    guarded_app: Served,
) -> None:
    def asks(number: int) -> tuple[str, set[str]]:
        name = list(PEOPLE)[number % len(PEOPLE)]
        with guarded_app.client(name) as client:
            if number % 3 == 0:
                return name, labels_in(guarded_app.tool(client, "search", query=QUERY))
            return name, labels_in(guarded_app.ask(client, "search", [QUERY, 10, None]))

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(asks, range(60)))
    assert [(name, SEES[name]) for name, _ in answers] == answers


def test_sessions_are_new_at_each_sign_in_and_end(guarded_app: Served) -> None:
    with guarded_app.client() as client:
        assert client.get("/", headers={"Accept": "text/html"}).headers["location"] == "/sign-in"
        first = sign_in(client, "pia")
        cookie = first.headers["set-cookie"]
        assert first.status_code == 303
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert client.get("/config").status_code == 200
        [old] = [c for c in client.cookies.jar if c.name.startswith("pa_session")]
        assert sign_in(client, "pia").status_code == 303
        [new] = [c for c in client.cookies.jar if c.name.startswith("pa_session")]
        assert old.value != new.value
        planted = {"Cookie": f"{old.name}={old.value}"}
        with guarded_app.client() as other:
            assert other.get("/config", headers=planted).status_code == 401
        header = guarded_app.event(client, "shelves", [""], "leaving")
        token = re.search(r'name=\\"form\\" value=\\"([0-9a-f]+)', header)
        assert token is not None
        assert ">pia<" in header
        assert post(client, "/sign-out", form="0" * 64).status_code == 403
        assert client.get("/config").status_code == 200
        assert post(client, "/sign-out", form=token[1]).headers["location"] == "/sign-in"
        assert client.get("/config", headers={"Cookie": f"{new.name}={new.value}"}).is_error


def test_sessions_and_roles_are_looked_up_at_each_request(guarded_app: Served) -> None:
    with guarded_app.client() as client:
        sign_in(client, "rob")
        assert client.get("/config").status_code == 200
        guarded_app.clock.put_forward(guarded_app.accounts.policy.idle + 1)
        try:
            assert client.get("/config").status_code == 401
        finally:
            guarded_app.clock.put_forward(0)
        sign_in(client, "rob")
        guarded_app.event(client, "shelves", [""], "before-the-change")
        try:
            guarded_app.accounts.change("rob", clearance=Clearance.of("internal"))
            assert client.get("/config").status_code == 401  # a change ends all sessions
            sign_in(client, "rob")
            # What the page remembers was found under the old clearance.
            gone = client.get("/gradio_api/heartbeat/before-the-change")
            assert gone.status_code == 403
        finally:
            guarded_app.accounts.change("rob", clearance=Clearance.of("public"))


def test_wrong_passwords_and_unknown_names_are_told_the_same(guarded_app: Served) -> None:
    with guarded_app.client() as client:
        told = [
            re.sub(r'value="[^"]*"', "", sign_in(client, name, "not the password").text)
            for name in ("sam", "nobody-like-this")
        ]
        assert told[0] == told[1]
        assert "do not match" in told[0]
        assert client.get("/config").status_code == 401
        hostile = sign_in(client, '"><script>alert(1)</script>', "x" * 20).text
        assert "<script>" not in hostile


def test_only_good_keys_open_and_headers_from_outside_mean_nothing(guarded_app: Served) -> None:
    with guarded_app.client() as client:
        caller = json.dumps(["ada", "administrator", None, "key"])
        for headers in (
            {"Authorization": "Bearer pa_wrong"},
            {"Authorization": "Bearer pa_"},
            {"x-prior-art-caller": caller},
            {"x-prior-art-caller": caller, "x-prior-art-inside": "guess"},
            {"X-Forwarded-User": "ada"},
            {"x-gradio-user": "mcp"},
        ):
            assert client.get("/config", headers=headers).status_code == 401, headers
    with guarded_app.client("rob") as client:
        client.headers["x-prior-art-caller"] = caller
        assert labels_in(guarded_app.tool(client, "search", query=QUERY)) == {"public"}
        assert labels_in(guarded_app.ask(client, "search", [QUERY, 10, None])) == {"public"}


def test_the_client_of_gradio_works_with_a_key(guarded_app: Served) -> None:
    from gradio_client import Client

    headers = {"Authorization": f"Bearer {guarded_app.keys['sam']}"}
    client = Client(
        guarded_app.at, headers=headers, verbose=False, download_files=False,
        analytics_enabled=False,
    )  # fmt: skip
    found = client.predict(QUERY, 10, None, api_name="/search")
    assert labels_in(json.dumps(found)) == {"secret"}
    client.close()


# ---------- the gate around a small application: addresses can be chosen ----------


async def _names_who(request: Request) -> PlainTextResponse:
    passed = request.scope["prior_art.passed"]
    scheme = request.headers.get("x-forwarded-proto", "http")
    return PlainTextResponse(f"{passed.identity.name} over {scheme}")


@pytest.fixture
def gated(tmp_path: Path) -> Callable[..., Callable[..., httpx.Client]]:
    """Makes clients of a small application behind a gate: options, then address and headers."""
    from starlette.testclient import TestClient

    def options(**given: Any) -> Callable[..., httpx.Client]:
        settings = ServeOptions(tmp_path, **given)
        accounts = fast_accounts(tmp_path)
        gate = gate_for(settings, accounts if accounts_for(settings) else None, tmp_path)
        inner = Starlette(routes=[Route("/config", _names_who), Route("/", _names_who)])
        inner.router.lifespan_context = gate.lifespan
        with TestClient(inner):
            pass
        gate.starting = False

        def client(address: str = "127.0.0.1", host: str = "localhost") -> httpx.Client:
            return TestClient(
                inner, f"http://{host}", client=(address, 1234), follow_redirects=False
            )

        return client

    return options


def test_first_start_wants_the_token_from_the_terminal(tmp_path: Path, gated: Any) -> None:
    client = gated(logins=True)()
    accounts = fast_accounts(tmp_path)
    _, line = first_start(accounts, False, "http://127.0.0.1:7860/")
    token = line.strip()
    assert client.get("/").headers["location"] == "/sign-in"
    assert client.get("/sign-in").headers["location"] == "/set-up"

    def try_with(token: str, again: str = PASSWORD) -> httpx.Response:
        form = form_of(client.get("/set-up"))
        fields = {"token": token, "name": "eva", "password": PASSWORD, "again": again}
        return post(client, "/set-up", form=form, **fields)

    assert "token is wrong" in try_with("wrong").text
    assert "differ" in try_with(token, "another").text
    assert not accounts.exist()
    done = try_with(token)
    assert done.headers["location"] == "/"
    assert client.get("/config").text == "eva over http"
    assert client.get("/set-up").headers["location"] == "/sign-in"
    assert first_start(accounts, False, "http://x/") == ()


def test_the_user_header_counts_from_the_proxy_only(tmp_path: Path, gated: Any) -> None:
    with fast_accounts(tmp_path) as accounts:
        accounts.add("ada", PASSWORD, "administrator", EVERYTHING)
        accounts.add("kim", None, "reader", Clearance.of("public"))
    clients = gated(
        user_header="X-Auth-User", trusted_proxies=("10.0.0.2", "10.1.0.0/24"),
        allowed_hosts=("patents.example",),
    )  # fmt: skip
    proxy = clients("10.0.0.2", "patents.example")
    named = {"X-Auth-User": "kim", "X-Forwarded-Proto": "https"}
    assert proxy.get("/config", headers=named).text == "kim over https"
    assert clients("10.1.0.9").get("/config", headers=named).text == "kim over https"
    assert proxy.get("/config").status_code == 401
    assert proxy.get("/config", headers={"X-Auth-User": "eve"}).status_code == 403
    for wrong in ("", "kim, ada", "kim,ada"):
        assert proxy.get("/config", headers={"X-Auth-User": wrong}).status_code == 400
    twice = [("X-Auth-User", "kim"), ("X-Auth-User", "ada")]
    assert proxy.get("/config", headers=twice).status_code == 400
    # From anywhere else, whatever it says of where it comes from.
    for address in ("127.0.0.1", "10.0.0.3", "::1", "testclient"):
        spoofed = {**named, "X-Forwarded-For": "10.0.0.2", "Forwarded": "for=10.0.0.2"}
        assert clients(address).get("/config", headers=spoofed).status_code == 401, address
    # Nobody signs in with a password beside the single sign-on.
    assert "company" in proxy.get("/sign-in").text
    form = {"Origin": "http://patents.example"}
    assert proxy.post("/sign-in", data={"name": "ada"}, headers=form).status_code == 200
    # What a browser sends for another page is refused here too.
    crossed = {**named, "Origin": "https://evil.example"}
    assert proxy.post("/gradio_api/queue/join", json={}, headers=crossed).status_code == 403


def test_tries_are_counted_by_the_address_that_the_proxy_heard_from(gated: Any) -> None:
    clients = gated(logins=True, trusted_proxies=("10.0.0.2",))

    def statuses(client: httpx.Client, sender: str) -> list[int]:
        told = {"X-Forwarded-For": f"1.2.3.4, {sender}"}
        return [client.get("/config", headers=told).status_code for _ in range(62)]

    proxy = clients("10.0.0.2")
    assert 429 in statuses(proxy, "9.9.9.9")
    assert proxy.get("/config", headers={"X-Forwarded-For": "8.8.8.8"}).status_code == 401
    # Without a proxy between, what a client says of its address changes nothing.
    direct = [
        clients("7.7.7.7").get("/config", headers={"X-Forwarded-For": f"1.1.1.{n}"})
        for n in range(62)
    ]
    assert direct[-1].status_code == 429
    assert int(direct[-1].headers["retry-after"]) >= 1


def test_only_names_of_the_server_are_answered(gated: Any) -> None:
    clients = gated(allowed_hosts=("patents.example",))
    for host in ("localhost", "127.0.0.1", "patents.example", "[::1]"):
        assert clients(host=host).get("/config").status_code == 200, host
    for host in ("rebound.example", "127.0.0.1.rebound.example", "10.9.8.7"):
        assert clients(host=host).get("/config").status_code == 421, host


# ---------- what `serve` refuses ----------


def test_others_cannot_reach_a_server_without_logins(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main(["--index", str(tmp_path / "none"), "serve", "--host", "0.0.0.0"]) == 1
    told = capsys.readouterr().err
    assert "--logins" in told
    assert "--trusted-proxy" in told
    assert not (tmp_path / "none").exists()
    assert app.main(["serve", "--proxy-user-header", "X-User"]) == 1
    assert "--trusted-proxy" in capsys.readouterr().err
    with pytest.raises(RefusedBinding):
        accounts_for(ServeOptions(tmp_path, host="192.168.1.4"))
    assert accounts_for(ServeOptions(tmp_path, host="192.168.1.4", logins=True)) is not None
    assert accounts_for(ServeOptions(tmp_path)) is None
    with fast_accounts(tmp_path) as accounts:
        accounts.add("ada", PASSWORD, "administrator", EVERYTHING)
    assert accounts_for(ServeOptions(tmp_path)) is not None
