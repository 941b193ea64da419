"""The gate before Gradio: nothing reaches a route of it that did not pass here.

It asks of each request: was it meant for this server, who sends it, how often, from which page,
for a known route, and does it name only what is the sender's. Whoever is not known learns only
that.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gradio.routes import App
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.accounts import Accounts
from assistant.accounts.errors import AccountError
from assistant.audit import AuditLog
from assistant.audit.errors import AuditError
from assistant.web import routes
from assistant.web.belongings import Belongings
from assistant.web.identity import PASSED, Passed
from assistant.web.inside import CARRIED, carried
from assistant.web.peers import Hosts, Peer, Peers, same_origin
from assistant.web.rates import OF_ADDRESS, OF_IDENTITY, OF_STRANGER, Rate, Rates
from assistant.web.refusal import Refusal, guarded
from assistant.web.sign_pages import arriving_page, told_page
from assistant.web.signed_in import SignedIn
from assistant.web.signing import SIGN_IN, SIGN_OUT, Signing
from assistant.web.told import Told
from assistant.web.turns import Turns
from assistant.web.unwritten import message_of
from assistant.web.who import Who

_METHODS = ("GET", "HEAD", "POST")
_NOT_SIGNED_IN = "sign in, or send a key as Authorization: Bearer pa_..."
# Whose requests a browser makes by itself, with what it keeps for this server.
_BY_BROWSER = ("password", "proxy", "oidc")


@dataclass(frozen=True)
class GateSettings:
    """accounts: None where there are no logins. cache: the folder of Gradio's files.

    audit: where signing in is written down; None where nothing is.
    """

    accounts: Accounts | None
    hosts: Hosts
    peers: Peers
    cache: Path
    audit: AuditLog | None = None


class Gate:
    """Stands around an application once `around` was given its lifespan."""

    def __init__(self, settings: GateSettings) -> None:
        self._settings = settings
        self._by_proxy = settings.peers.user_header is not None
        self._rates = Rates()
        signing = SignedIn(settings.accounts, settings.audit) if settings.accounts else None
        self._signing = Signing(signing, self._rates) if signing else None
        self._who = Who(settings.accounts, self._signing, self._by_proxy)
        self._belongings = Belongings(settings.cache)
        self._app: ASGIApp | None = None
        self._turns: Turns | None = None
        # Gradio asks itself to start, before anybody can sign in.
        self.starting = True

    def stop(self) -> None:
        """Let no more requests begin that wait for an answer."""
        if self._turns is not None:
            self._turns.closed = True

    def waiting(self) -> int:
        """How many requests wait for an answer."""
        return 0 if self._turns is None else len(self._turns)

    def lifespan(self, app: Any) -> AbstractAsyncContextManager[None]:
        """For the application's `lifespan`: puts the gate around it before the first request."""
        return self._around(app)

    @asynccontextmanager
    async def _around(self, app: Any) -> Any:
        # As a middleware of the application it would stand behind Gradio's own, of which one
        # answers requests by itself and lets pages of other hosts read what is answered.
        self._app, app.middleware_stack = app.middleware_stack, self
        if isinstance(app, App):
            self._turns = Turns(app.get_blocks()._queue)
        yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let it through."""
        if self._app is None or scope["type"] == "lifespan":
            raise RuntimeError("the gate stands around no application")
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})  # no route needs one
            return
        send = guarded(scope["path"], send)
        try:
            passed = await self._judged(scope, receive)
            if isinstance(passed, Passed):
                await self._let_through(scope, receive, send, passed)
                return
            response = passed
        except Refusal as refusal:
            response = refusal.response()
        except AccountError as error:
            response = Refusal(503, f"nobody can be let in: {error}").response()
        except AuditError as error:
            response = Refusal(503, f"nobody can be let in: {message_of(error)}").response()
        await response(scope, receive, send)

    async def _judged(self, scope: Scope, receive: Receive) -> Passed | Response:
        """Who is let through, or what is answered instead. Raises Refusal, AccountError."""
        inside = self._who.inside(scope)
        if inside is not None:
            return inside
        hosts = Headers(scope=scope).getlist("host")
        if len(hosts) != 1 or not self._settings.hosts.answers_to(hosts[0]):
            raise Refusal(421, "this server does not answer to that name (see --allowed-host)")
        if scope["method"] not in _METHODS:
            raise Refusal(405, "this method is not used here", {"Allow": ", ".join(_METHODS)})
        try:
            peer = self._settings.peers.read(scope)
        except ValueError as error:
            raise Refusal(400, str(error)) from error
        if (signed := await self._at_the_door(scope, receive, peer)) is not None:
            return signed
        self._take(f"address {peer.address}", OF_ADDRESS)
        passed = await self._who.passed(scope, peer)
        if passed is None:
            return self._stranger(scope, peer)
        if passed.identity is not None and passed.identity.how != "local":
            self._take(f"identity {passed.identity.name}", OF_IDENTITY)
        self._check_page(scope, passed)
        return replace(passed, address=peer.address)

    async def _at_the_door(self, scope: Scope, receive: Receive, peer: Peer) -> Response | None:
        """The pages for signing in, where people sign in here."""
        if self._signing is None or not self._signing.answers(scope["path"]):
            return None
        self._take(f"stranger {peer.address}", OF_STRANGER)
        if not self._by_proxy:
            return await self._signing.answer(scope, receive, peer)
        if scope["path"] in (SIGN_IN, SIGN_OUT):
            return told_page("Signed in elsewhere", _ELSEWHERE, 200)
        return None

    def _stranger(self, scope: Scope, peer: Peer) -> Passed | Response:
        """What somebody unknown gets. Raises Refusal."""
        self._take(f"stranger {peer.address}", OF_STRANGER)
        if self.starting and scope["path"] == routes.START:
            return Passed(None)
        if not routes.is_page(scope["path"]) or scope["method"] == "POST" or self._by_proxy:
            raise Refusal(401, _NOT_SIGNED_IN, {"WWW-Authenticate": "Bearer"})
        if Headers(scope=scope).get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return arriving_page()
        return RedirectResponse(SIGN_IN, 303)

    def _check_page(self, scope: Scope, passed: Passed) -> None:
        """Refuse what a page of somebody else makes a browser ask for."""
        how = passed.identity.how if passed.identity else ""
        if how == "key":
            return
        if scope["method"] == "POST":
            right = same_origin(scope["headers"], strict=how in _BY_BROWSER)
        else:
            headers = Headers(scope=scope)
            site = headers.get("sec-fetch-site", "none")
            right = site in ("none", "same-origin") or (
                routes.is_page(scope["path"])
                and headers.get("sec-fetch-mode") == "navigate"
                and headers.get("sec-fetch-dest") == "document"
            )
        if not right:
            raise Refusal(403, "this was asked for by a page of another server")

    async def _let_through(
        self, scope: Scope, receive: Receive, send: Send, passed: Passed
    ) -> None:
        assert self._app is not None
        route = routes.known(scope["method"], scope["path"])
        if route is None:
            raise Refusal(404, "there is nothing here")
        if self._turns is not None and routes.gives_event(scope["method"], scope["path"]):
            self._turns.check(passed)
        receive = await self._belongings.checked(scope, receive, passed, route)
        scope[PASSED] = passed
        if passed.identity is not None and routes.is_mcp(scope["path"]):
            caller = carried(passed.identity, passed.address)
            scope["headers"] = [*scope["headers"], (CARRIED.encode(), caller.encode())]
        told = Told(self._belongings.noting(scope, passed, send))
        await told.of(self._app, scope, receive)

    def _take(self, name: str, rate: Rate) -> None:
        wait = self._rates.wait(name, rate)
        if wait:
            seconds = {"Retry-After": str(int(wait) + 1)}
            raise Refusal(429, "too many requests; wait a little", seconds)


_ELSEWHERE = (
    "This server takes your name from the company's sign-on. Sign in and out there, then open "
    "the page again."
)
