"""What of this set-up lies on another machine, for `doctor` and for the fence. Calls nobody."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from assistant.checks import OK, WARN, Check
from assistant.generate import GeneratorSettings
from index.profiles import PACKAGED

_PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")
_HUB = "HF_ENDPOINT"


def hosts_of(generator: GeneratorSettings) -> tuple[str, ...]:
    """The hosts that answering calls, those on this machine included.

    >>> hosts_of(GeneratorSettings("https://models.example:8443/v1", "m"))
    ('models.example',)
    >>> hosts_of(GeneratorSettings("models/chat"))
    ()
    """
    host = _host(generator.generator) if generator.is_endpoint else ""
    return (host,) if host else ()


def outward_check(
    generator: GeneratorSettings, models: Iterable[str], environment: Mapping[str, str]
) -> Check:
    """Every outward address that is configured, by host: never a key, path or password.

    models: names of encoder, cross-encoder and support model, as they were given. WARN where
    passages would leave the machine unencrypted.

    >>> outward_check(GeneratorSettings(), [], {}).detail
    'nothing outward is configured'
    """
    said = [*_endpoint(generator), *_hub(models, environment), *_proxies(environment)]
    detail = "; ".join(said) or "nothing outward is configured"
    if _is_open(generator):
        return Check(
            "outward", WARN, detail,
            "questions and passages go to the model unencrypted: give its address as https://",
        )  # fmt: skip
    return Check("outward", OK, detail)


def _endpoint(generator: GeneratorSettings) -> list[str]:
    if not generator.is_endpoint:
        return []
    parts = urlsplit(generator.generator)
    where = _shown(generator.generator)
    if _is_here(_host(generator.generator)):
        return [f"answers are worded by a model on this machine, {where}"]
    return [f"answers are worded by a model at {where} ({parts.scheme})"]


def _hub(models: Iterable[str], environment: Mapping[str, str]) -> list[str]:
    models = dict.fromkeys(name for name in models if name not in ("", PACKAGED))
    named = [name for name in models if not Path(name).is_dir()]
    if not named:
        return []
    said = f"{', '.join(named)}: by name, from folders of this machine; no hub is asked"
    hub = environment.get(_HUB)
    return [f"{said}, nor the one that {_HUB} names, {_shown(hub)}" if hub else said]


def _proxies(environment: Mapping[str, str]) -> list[str]:
    said = []
    for name in _PROXIES:
        value = environment.get(name) or environment.get(name.lower())
        if value:
            said.append(f"{name} names {_shown(value)}; nothing here uses it")
    return said


def _is_open(generator: GeneratorSettings) -> bool:
    host = _host(generator.generator) if generator.is_endpoint else ""
    return generator.generator.startswith("http://") and bool(host) and not _is_here(host)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _shown(address: str) -> str:
    """Host and port; a proxy's name and password stand before them in the address."""
    try:
        parts = urlsplit(address if "://" in address else f"//{address}")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "an address that cannot be read"
    return f"{parts.hostname}{port}" if parts.hostname else "an address that cannot be read"
