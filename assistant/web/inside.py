"""Calls of MCP tools, which Gradio carries to their endpoints over HTTP to the server itself.

They come with a secret that never leaves the process, and with who called the tool.
"""

from __future__ import annotations

import hmac
import json
import secrets
from typing import Any

import gradio as gr
from gradio import mcp

from assistant.accounts.records import Identity
from index.clearance import Clearance

# Headers; the gate takes them from every request that does not have the secret.
INSIDE, CARRIED = "x-prior-art-inside", "x-prior-art-caller"
_SECRET = secrets.token_urlsafe(32)


def is_inside(sent: str | None) -> bool:
    """Whether a request has the secret."""
    return sent is not None and hmac.compare_digest(sent.encode(), _SECRET.encode())


def carried(identity: Identity, address: str | None = None) -> str:
    """The caller of a tool, and from where it was called, as the value of a header.

    >>> kim = Identity("kim", "reader", Clearance.of("公開"), "key")
    >>> of_carried(carried(kim, "::1")) == (kim, "::1")
    True
    """
    labels = identity.clearance.to_list()
    return json.dumps([identity.name, identity.role, labels, identity.how, address])


def of_carried(sent: str | None) -> tuple[Identity | None, str | None]:
    """What `carried` wrote; nobody for the server's own look at its endpoints."""
    if sent is None:
        return None, None
    name, role, labels, how, address = json.loads(sent)
    return Identity(name, role, Clearance.from_list(labels), how), address


def carry_calls(blocks: gr.Blocks) -> None:
    """Let the client behind the MCP tools of served Blocks say that it is the server's own."""
    server: Any = blocks.mcp_server_obj
    if server is None:
        return

    def client() -> Any:
        if server._client_instance is None:
            server._client_instance = mcp.Client(
                server.local_url or blocks.local_url,
                download_files=False,
                verbose=False,
                analytics_enabled=False,
                headers={"x-gradio-user": "mcp", INSIDE: _SECRET},
                _skip_components=False,
            )
        return server._client_instance

    server._get_or_create_client = client
