"""Who sends a request: a key, a trusted proxy's word, a session, or whoever runs the program."""

from __future__ import annotations

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.types import Scope

from assistant.accounts import Accounts, Identity
from assistant.web.identity import Passed, whoever_runs_it
from assistant.web.inside import CARRIED, INSIDE, is_inside, of_carried
from assistant.web.peers import Peer
from assistant.web.refusal import Refusal
from assistant.web.signing import Signing

_KEY = "bearer pa_"


class Who:
    """Finds out who sends a request.

    accounts: None where there are no logins. by_proxy: a trusted proxy names the users, and
    nobody signs in with a password.
    """

    def __init__(self, accounts: Accounts | None, signing: Signing | None, by_proxy: bool) -> None:
        self._accounts = accounts
        self._signing = signing
        self._by_proxy = by_proxy
        self._local = whoever_runs_it()

    def inside(self, scope: Scope) -> Passed | None:
        """What a request of the server's own client carries; None for all others."""
        headers = Headers(scope=scope)
        if not is_inside(headers.get(INSIDE)):
            return None
        identity, address = of_carried(headers.get(CARRIED))
        return Passed(identity, inside=True, address=address)

    async def passed(self, scope: Scope, peer: Peer) -> Passed | None:
        """Who sends a request from outside; None for nobody known.

        Raises Refusal for a key or a name that is known to be wrong, AccountError.
        """
        accounts = self._accounts
        if accounts is None:
            return Passed(self._local)
        given = Headers(scope=scope).get("authorization", "")
        if given.lower().startswith(_KEY):
            key = given.partition(" ")[2].strip()
            found = await anyio.to_thread.run_sync(accounts.identity_of_key, key)
            if found is None:
                raise Refusal(401, "this key is unknown, revoked or expired", _CHALLENGE)
            return Passed(found)
        if self._by_proxy:
            return await self._asserted(accounts, peer)
        return await self._of_session(accounts, scope, peer)

    async def _asserted(self, accounts: Accounts, peer: Peer) -> Passed | None:
        if peer.user is None:
            return None
        identity: Identity | None = await anyio.to_thread.run_sync(
            accounts.asserted, peer.user, "proxy"
        )
        if identity is None:
            raise Refusal(403, "there is no account for the name that you are signed in with")
        return Passed(identity)

    async def _of_session(self, accounts: Accounts, scope: Scope, peer: Peer) -> Passed | None:
        token = self._signing.session(scope, peer) if self._signing else None
        if not token:
            return None
        identity = await anyio.to_thread.run_sync(accounts.session, token)
        if identity is None or self._signing is None:
            return None
        return Passed(identity, self._signing.token(token))


_CHALLENGE = {"WWW-Authenticate": "Bearer"}
