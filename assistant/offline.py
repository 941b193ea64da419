"""Keeps the program from calling any host but this machine and those that were configured.

For the command line and the web app, whose process is ours; a program that imports `assistant`
keeps its own connections, and only the telemetry of the model libraries is turned off for it.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from typing import Any

from index.quiet import quiet_models

_CONNECTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_LOOKUPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_INTERNET = (socket.AF_INET, socket.AF_INET6)
_HERE = ("127.0.0.1", "localhost")
# Its own analytics, and a mode that sends the program's source to a chat model.
_GRADIO = {"GRADIO_ANALYTICS_ENABLED": "False", "GRADIO_VIBE_MODE": "", "GRADIO_SHARE": "False"}


class OutwardRefused(ConnectionRefusedError):
    """Something in this process wanted to call a host that nobody configured."""


class _Fence:
    """What may be called beside this machine. Once up it stays, as Python's audit hooks do."""

    def __init__(self) -> None:
        self.hosts: set[str] = set()
        self.up = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _CONNECTS:
            connection, address = arguments[:2]
            if connection.family in _INTERNET and address and not self._open_to(str(address[0])):
                raise OutwardRefused(f"{_named(address[0])} is no host that was configured")
        elif event in _LOOKUPS and not self._may_look_up(arguments[0]):
            raise OutwardRefused(f"{_named(arguments[0])} is no host that was configured")

    def _may_look_up(self, host: str | bytes | None) -> bool:
        name = os.fsdecode(host or "")
        # Reading an address asks nobody; calling it does, and is looked at then.
        return _address(name) is not None or name.casefold() in ("", *_HERE, *self.hosts)

    def _open_to(self, host: str) -> bool:
        if host.casefold() in ("", *_HERE, *self.hosts):
            return True
        address = _address(host)
        if address is None:
            return False
        address = getattr(address, "ipv4_mapped", None) or address
        return address.is_loopback or address.is_unspecified or address in self._addresses()

    def _addresses(self) -> set[ipaddress.IPv4Address | ipaddress.IPv6Address | None]:
        """Of the configured hosts, looked up at every call since a name may move."""
        found: set[ipaddress.IPv4Address | ipaddress.IPv6Address | None] = set()
        for host in self.hosts:
            try:
                found |= {_address(str(a[4][0])) for a in socket.getaddrinfo(host, None)}
            except OSError:
                continue
        return found


_FENCE = _Fence()


def stay_offline(*hosts: str) -> None:
    """Turn telemetry off and refuse this process, for good, every host but these and itself.

    hosts: names or addresses that were configured; later calls add to them. Refusing is
    OutwardRefused, an OSError, where a socket of Python's is connected or a name looked up.
    Call before importing Gradio or a model library.
    """
    quiet_models()
    os.environ.update(_GRADIO)
    # Gradio calls itself when it starts; a company's proxy must not be asked for that.
    for name in ("NO_PROXY", "no_proxy"):
        given = [host for host in os.environ.get(name, "").split(",") if host]
        os.environ[name] = ",".join(dict.fromkeys([*given, *_HERE, *filter(None, hosts)]))
    _FENCE.hosts |= {host.casefold() for host in hosts if host}
    if not _FENCE.up:
        _FENCE.up = True
        sys.addaudithook(_FENCE)


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _named(host: Any) -> str:
    return repr(os.fsdecode(host) if isinstance(host, str | bytes) else host)[:100]
