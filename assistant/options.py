"""What `prior-art serve` was told, for the web app."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from assistant.generate import GeneratorSettings


@dataclass(frozen=True)
class ServeOptions:
    """Settings of the web app. encoder: None takes the one that made the index.

    reranker: a cross-encoder, None for none. sample: ingest the sample portfolio where there is no
    index yet. generator: the chat model that words answers, none by default. logins: people must
    sign in, as they must anyway once there is an account. allowed_hosts: names beside localhost
    and `host` under which the server answers. trusted_proxies: addresses or networks whose
    forwarding headers count. user_header: in which they name the user; None where people sign in
    with passwords.
    """

    index: Path
    encoder: str | None = None
    reranker: str | None = None
    host: str = "127.0.0.1"
    port: int = 7860
    sample: bool = True
    generator: GeneratorSettings = field(default_factory=GeneratorSettings)
    logins: bool = False
    allowed_hosts: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    user_header: str | None = None
