"""Signing in, setting up the first account, signing out: what is sent and what becomes of it."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import Any
from urllib.parse import parse_qs

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope

from assistant.accounts.errors import AccountError, TooManyTries
from assistant.web import sign_pages
from assistant.web.bodies import LARGEST_FORM, read_body
from assistant.web.peers import Peer, same_origin
from assistant.web.rates import OF_SIGNING_IN, Rates
from assistant.web.refusal import Refusal
from assistant.web.signed_in import SignedIn

SIGN_IN, SIGN_OUT, SET_UP = "/sign-in", "/sign-out", "/set-up"
_PATHS = (SIGN_IN, SIGN_OUT, SET_UP, sign_pages.STYLE)
_NONCE = re.compile(r"[A-Za-z0-9_-]{43}")
_FORM_SECONDS = 3600
_OUTDATED = "This form was too old or came from elsewhere; please try once more."


class Signing:
    """Answers the pages of signing in. accounts: who may; rates: how often it may be tried."""

    def __init__(self, accounts: SignedIn, rates: Rates) -> None:
        self._accounts = accounts
        self._rates = rates
        self._key = secrets.token_bytes(32)

    def answers(self, path: str) -> bool:
        """Whether a path is one of these pages."""
        return path in _PATHS

    async def answer(self, scope: Scope, receive: Receive, peer: Peer) -> Response:
        """The answer to a request for one of these pages. Raises Refusal, AccountError."""
        path, post = scope["path"], scope["method"] == "POST"
        if path == sign_pages.STYLE:
            return sign_pages.style()
        exist = await anyio.to_thread.run_sync(self._accounts.exist)
        if path == SIGN_OUT:
            return await self._signed_out(scope, receive, peer)
        if (path == SET_UP) is exist:
            return RedirectResponse(SIGN_IN if exist else SET_UP, 303)
        if not post:
            return self._form(scope, peer, path)
        if not same_origin(scope["headers"], strict=True):
            raise Refusal(403, "forms are taken from this server's own pages only")
        wait = self._rates.wait(f"sign in {peer.address}", OF_SIGNING_IN)
        if wait:
            raise Refusal(429, "too many tries", {"Retry-After": str(int(wait) + 1)})
        fields = _fields(await read_body(scope, receive, LARGEST_FORM))
        if not self.is_token(cookies_of(scope).get(_form_cookie(scope), ""), fields.get("form")):
            return self._form(scope, peer, path, _OUTDATED)
        return await self._taken(scope, peer, path, fields)

    def token(self, secret: str) -> str:
        """What a form must hold that was drawn for whoever has a secret in a cookie."""
        return hmac.new(self._key, secret.encode(), hashlib.sha256).hexdigest()

    def is_token(self, secret: str, token: str | None) -> bool:
        """Whether a form was drawn for the holder of a cookie."""
        return bool(secret and token) and hmac.compare_digest(
            self.token(secret).encode(), str(token).encode()
        )

    def session(self, scope: Scope, peer: Peer) -> str | None:
        """The token of the session that a request comes with."""
        return cookies_of(scope).get(_session_cookie(scope, peer))

    async def _taken(self, scope: Scope, peer: Peer, path: str, fields: dict[str, str]) -> Response:
        name, password = fields.get("name", ""), fields.get("password", "")
        try:
            if path == SET_UP:
                if password != fields.get("again"):
                    return self._form(scope, peer, path, "The two passwords differ.", name)
                token = fields.get("token", "").strip()
                await _aside(self._accounts.set_up, token, name, password, peer.address)
            session = await _aside(self._accounts.sign_in, name, password, peer.address)
            # A session that somebody else may know, or planted, is not gone on with.
            if old := self.session(scope, peer):
                await _aside(self._accounts.sign_out, old, peer.address)
        except AccountError as error:
            told = str(error)
            response = self._form(scope, peer, path, f"{told[:1].upper()}{told[1:]}.", name)
            response.status_code = 401
            if isinstance(error, TooManyTries):
                response.status_code = 429
                response.headers["Retry-After"] = str(error.seconds)
            return response
        response = RedirectResponse("/", 303)
        _set(response, _session_cookie(scope, peer), session, peer.https)
        response.delete_cookie(_form_cookie(scope), path="/", httponly=True, samesite="strict")
        return response

    async def _signed_out(self, scope: Scope, receive: Receive, peer: Peer) -> Response:
        session = self.session(scope, peer) or ""
        if scope["method"] != "POST":
            return RedirectResponse("/", 303)
        fields = _fields(await read_body(scope, receive, LARGEST_FORM))
        if not same_origin(scope["headers"], strict=True):
            raise Refusal(403, "forms are taken from this server's own pages only")
        if session and not self.is_token(session, fields.get("form")):
            raise Refusal(403, "open the page once more, then sign out")
        await _aside(self._accounts.sign_out, session, peer.address)
        response = RedirectResponse(SIGN_IN, 303, {"Clear-Site-Data": '"cache"'})
        name = _session_cookie(scope, peer)
        response.delete_cookie(name, path="/", secure=peer.https, httponly=True, samesite="strict")
        return response

    def _form(
        self, scope: Scope, peer: Peer, path: str, problem: str = "", name: str = ""
    ) -> Response:
        """A form drawn for this browser, which a cookie of its own tells from others."""
        cookie = _form_cookie(scope)
        nonce = cookies_of(scope).get(cookie, "")
        if not _NONCE.fullmatch(nonce):
            nonce = secrets.token_urlsafe(32)
        page = sign_pages.set_up_page if path == SET_UP else sign_pages.sign_in_page
        response = page(self.token(nonce), problem, name)
        _set(response, cookie, nonce, peer.https, _FORM_SECONDS)
        return response


def cookies_of(scope: Scope) -> dict[str, str]:
    """The cookies of a request, without those that come twice."""
    parts = "; ".join(Headers(scope=scope).getlist("cookie")).split(";")
    found = [(name.strip(), value.strip()) for name, _, value in (p.partition("=") for p in parts)]
    names = [name for name, _ in found]
    # A page of another port or name may have planted a second one before ours.
    return {name: value for name, value in found if names.count(name) == 1}


def _session_cookie(scope: Scope, peer: Peer) -> str:
    # Cookies know no ports: two servers on one machine must not take each other's.
    return "__Host-pa_session" if peer.https else f"pa_session_{_port(scope)}"


def _form_cookie(scope: Scope) -> str:
    return f"pa_form_{_port(scope)}"


def _port(scope: Scope) -> int:
    server = scope.get("server") or ("", 0)
    return int(server[1] or 0)


def _set(
    response: Response, name: str, value: str, https: bool, seconds: int | None = None
) -> None:
    response.set_cookie(
        name, value, max_age=seconds, path="/", secure=https, httponly=True, samesite="strict"
    )


def _fields(body: bytes) -> dict[str, str]:
    """The fields of a form; the first value of each. Raises Refusal."""
    try:
        found = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        raise Refusal(400, "the form cannot be read") from None
    return {name: values[0] for name, values in found.items()}


async def _aside(function: Any, *values: Any) -> Any:
    """Run what hashes or writes in a thread, so that nobody else waits for it."""
    return await anyio.to_thread.run_sync(lambda: function(*values))
