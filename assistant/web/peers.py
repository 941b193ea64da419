"""Where a request comes from and which server it was meant for: addresses, proxies, names.

What a client says of itself in forwarding headers counts only where a configured proxy said it.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from urllib.parse import urlsplit

from starlette.types import Scope

from assistant.errors import BadInput

Headers = list[tuple[bytes, bytes]]
Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Headers by which Gradio, or a server before it, would be told things that a client must not say.
_TOLD = ("forwarded", "x-real-ip", "x-ip-token", "x-direct-url", "x-original-url", "x-rewrite-url")
_TOLD_PREFIXES = ("x-forwarded-", "x-gradio-", "x-hf-", "x-prior-art-")
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Peer:
    """Who is at the other end of a request. address: of the client, for limits and logs.

    https: whether the client speaks TLS with the proxy before us. user: the name that a trusted
    proxy gives, None for none.
    """

    address: str
    https: bool = False
    user: str | None = None


class Peers:
    """Reads the headers that only a trusted proxy may send, and takes them from all others.

    proxies: addresses or networks, as "10.0.0.2" or "10.0.0.0/24". user_header: in which they name
    the user, None where they name none. Raises BadInput.
    """

    def __init__(self, proxies: Iterable[str] = (), user_header: str | None = None) -> None:
        self.proxies = tuple(_network(text) for text in proxies)
        self.user_header = user_header.lower() if user_header else None
        self._told = False

    def read(self, scope: Scope) -> Peer:
        """The peer of a request, whose headers lose what it may not say. Raises ValueError.

        ValueError: a trusted proxy names no user, or several, where it has to name one.
        """
        client = scope.get("client") or ("", 0)
        address = _address(client[0])
        headers: Headers = scope["headers"]
        if address is None or not self._trusted(address):
            if self.user_header and _values(headers, self.user_header) and not self._told:
                self._told = True  # once: whoever sends it could fill the disk with this line
                _log.warning(
                    "%s sends %s and is no trusted proxy; such headers are ignored",
                    client[0], self.user_header,
                )  # fmt: skip
            scope["headers"] = self._without_told(headers, ())
            return Peer(str(address or client[0]))
        user = self._user(headers)
        https = _values(headers, "x-forwarded-proto")[-1:] == ["https"]
        behind = self._client(headers, address)
        scope["headers"] = self._without_told(headers, ("x-forwarded-proto",) if https else ())
        return Peer(str(behind), https, user)

    def _trusted(self, address: Address) -> bool:
        return any(address in network for network in self.proxies)

    def _user(self, headers: Headers) -> str | None:
        if self.user_header is None:
            return None
        values = _values(headers, self.user_header)
        if not values:
            return None
        if len(values) > 1 or not values[0] or "," in values[0]:
            raise ValueError("the proxy must name exactly one user")
        return values[0]

    def _client(self, headers: Headers, proxy: Address) -> Address:
        """The last address that no trusted proxy has; each proxy adds the one it heard from."""
        said = ",".join(_values(headers, "x-forwarded-for")).split(",")
        last = proxy
        for text in reversed(said):
            found = _address(text.strip())
            if found is None:
                break
            last = found
            if not self._trusted(found):
                break
        return last

    def _without_told(self, headers: Headers, kept: tuple[str, ...]) -> Headers:
        dropped = {*_TOLD, self.user_header}
        return [
            (name, value)
            for name, value in headers
            if (text := name.decode("latin-1").lower()) in kept
            or not (text in dropped or text.startswith(_TOLD_PREFIXES))
        ]


class Hosts:
    """The names under which the server answers; another one would be DNS rebinding.

    bound: the address that is listened on. allowed: further names, without ports.
    """

    def __init__(self, bound: str, allowed: Iterable[str] = ()) -> None:
        bound = bound.strip("[]").lower()
        # An address in digits is nobody's to rebind, unlike a name.
        self._any_digits = bound in ("0.0.0.0", "::", "")
        self.names = _LOOPBACK_NAMES | {bound} | {name.strip("[]").lower() for name in allowed}

    def answers_to(self, host: str) -> bool:
        """Whether a Host header names this server.

        >>> hosts = Hosts("127.0.0.1", ["patents.example"])
        >>> hosts.answers_to("127.0.0.1:7860"), hosts.answers_to("patents.example")
        (True, True)
        >>> hosts.answers_to("rebound.example"), hosts.answers_to("")
        (False, False)
        """
        try:
            name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        except ValueError:
            return False
        return name in self.names or (self._any_digits and _address(name) is not None)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server that listens on a host.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    address = _address(host.strip("[]"))
    return host.lower() == "localhost" if address is None else address.is_loopback


def same_origin(headers: Headers, *, strict: bool) -> bool:
    """Whether a request was made by this server's own page, or by no page at all.

    strict: it must say so; else silence is taken for a program that is no browser.

    >>> same_origin([(b"host", b"a:1"), (b"origin", b"http://a:1")], strict=True)
    True
    >>> same_origin([(b"host", b"a:1"), (b"origin", b"http://evil.example")], strict=False)
    False
    """
    origins, hosts = _values(headers, "origin"), _values(headers, "host")
    site = _values(headers, "sec-fetch-site")
    if site and site != ["same-origin"] and site != ["none"]:
        return False
    if not origins:
        return bool(site) or not strict
    if len(origins) > 1 or len(hosts) != 1:
        return False
    found = urlsplit(origins[0])
    if found.scheme not in ("http", "https"):
        return False
    default = {"http": ":80", "https": ":443"}[found.scheme]
    return found.netloc.removesuffix(default) == hosts[0].lower().removesuffix(default)


def _values(headers: Headers, name: str) -> list[str]:
    wanted = name.encode("latin-1")
    return [v.decode("latin-1").strip() for k, v in headers if k.lower() == wanted]


def _address(text: str) -> Address | None:
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    # A socket for both families gives IPv4 peers in this form.
    mapped = getattr(found, "ipv4_mapped", None)
    return mapped or found


def _network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text)
    except ValueError as error:
        raise BadInput(
            f"--trusted-proxy {text!r} is no address or network: {error}; write it as 10.0.0.2 or "
            "10.0.0.0/24"
        ) from None
