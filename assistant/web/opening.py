"""Whether the web app may be opened as it was asked to, and the gate that it then has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.accounts import Accounts
from assistant.audit import audit_of
from assistant.errors import AssistantError, BadInput
from assistant.options import ServeOptions
from assistant.web.gate import Gate, GateSettings
from assistant.web.peers import Hosts, Peers, is_loopback

_REFUSED = """\
others could open the library at {host}: it has no accounts yet, so whoever reached the port would \
see every document, whatever its label. Do one of these:
  prior-art serve                          only for this machine
  prior-art serve --host {host} --logins   with logins; the first start shows a set-up token
  prior-art serve --host {host} --proxy-user-header NAME --trusted-proxy ADDRESS
                                           behind a single sign-on proxy (docs/logins.md)"""


class RefusedBinding(AssistantError):
    """Others would reach the library and nobody would have to sign in."""


def accounts_for(options: ServeOptions) -> Accounts | None:
    """The accounts that decide who gets in; None where there are no logins.

    Logins are on where they are asked for, where a proxy names the users, and always once there
    is an account. Raises RefusedBinding, BadInput, AccountsBroken.
    """
    if options.user_header and not options.trusted_proxies:
        raise BadInput(
            "--proxy-user-header needs --trusted-proxy ADDRESS: anybody could send the header "
            "who reaches the port"
        )
    accounts = Accounts(options.index)
    if options.logins or options.user_header or accounts.exist():
        return accounts
    if not is_loopback(options.host):
        raise RefusedBinding(_REFUSED.format(host=options.host))
    return None


def gate_for(options: ServeOptions, accounts: Accounts | None, cache: Path) -> Gate:
    """The gate of a server. cache: the folder of Gradio's files.

    Raises BadInput, AuditNotWritten.
    """
    hosts = Hosts(options.host, options.allowed_hosts)
    peers = Peers(options.trusted_proxies, options.user_header)
    audit = audit_of(options.index, required=accounts is not None)
    return Gate(GateSettings(accounts, hosts, peers, cache, audit))


def first_start(accounts: Accounts, by_proxy: bool, url: str) -> Sequence[str]:
    """What the terminal shows where nobody can sign in yet; nothing where somebody can."""
    if by_proxy:
        add = "prior-art users add NAME --role administrator --clearance-all --no-password"
        return () if accounts.exist() else (f"no account yet, so nobody is let in: {add}",)
    token = accounts.setup_token()
    if token is None:
        return ()
    return (
        f"no account yet: open {url.rstrip('/')}/set-up and give this token, good once:",
        f"    {token}",
    )
