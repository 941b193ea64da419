"""Who asks now: the one place where handlers, endpoints and MCP tools learn it.

The gate writes what it found out into the scope of a request; Gradio keeps that request beside
every event, step of a generator and tool call that it starts.
"""

from __future__ import annotations

import getpass
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from assistant.accounts.records import Identity, local_identity
from assistant.errors import AssistantError

# Key of a request's scope; nothing that a client sends can set it.
PASSED = "prior_art.passed"
_ACTING: ContextVar[Identity | None] = ContextVar("acting", default=None)


class NotSignedIn(AssistantError):
    """Nobody is known to ask, so there is nothing that could be shown."""


class NotAllowed(AssistantError):
    """The role of whoever asks has not the right for this."""


@dataclass(frozen=True)
class Passed:
    """What the gate found out about a request that it let through.

    form_token: goes into the form of the page that signs out; "" where there is none to sign out.
    inside: the server's own client, which carries calls of MCP tools to their endpoints.
    address: that the request comes from, as far as it is known.
    """

    identity: Identity | None
    form_token: str = ""
    inside: bool = False
    address: str | None = None

    @property
    def owner(self) -> object:
        """What sessions, events and files of the page belong to.

        With another role or clearance somebody is another owner: what was found with the old one
        must not be shown any more.
        """
        if self.identity is None:
            return None
        return (self.identity.name, self.identity.role, self.identity.clearance)


def current() -> Identity | None:
    """Who asks in this thread or task; None where nobody is known."""
    acting = _ACTING.get()
    if acting is not None:
        return acting
    passed = passed_now()
    return passed.identity if passed else None


def passed_now() -> Passed | None:
    """What the gate found out about the request that is being answered."""
    from gradio.context import LocalContext  # reads the environment, which is set before

    request = LocalContext.request.get(None)
    # Gradio wraps the request of an event; that of a fast tool call is bare.
    scope = getattr(getattr(request, "request", None) or request, "scope", None)
    return passed_of(scope) if isinstance(scope, MutableMapping) else None


def passed_of(scope: MutableMapping[str, Any]) -> Passed | None:
    """What the gate wrote into a scope."""
    found = scope.get(PASSED)
    return found if isinstance(found, Passed) else None


@contextmanager
def acting_as(identity: Identity) -> Iterator[None]:
    """Let work that no request started, such as at start-up, be done as somebody."""
    token = _ACTING.set(identity)
    try:
        yield
    finally:
        _ACTING.reset(token)


def whoever_runs_it() -> Identity:
    """The identity of all requests where there are no logins."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):  # a container may know no name for its user
        name = "local"
    return local_identity(name)
