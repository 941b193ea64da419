"""A chat model behind an OpenAI-compatible address inside the company: vLLM, Ollama, a gateway.

Contacted only when it is configured and asked. Proxies of the environment are not used, redirects
are not followed, and time and size of a reply are bounded.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.generate.errors import GeneratorFailed, GeneratorTimeout, NoGenerator
from assistant.generate.records import Message

if TYPE_CHECKING:
    import httpx

_CONNECT_SECONDS = 5.0
_LARGEST = 2_000_000  # bytes of a reply
_MOST_TOKENS = 700
_SHOWN = 200  # characters of what an endpoint says about an error


@dataclass(frozen=True)
class EndpointGenerator:
    """A model of an endpoint.

    base_url: up to and with "/v1". key_variable: name of the environment variable that holds the
    key; None where none is needed. read_timeout: seconds between two pieces; deadline: for all.
    Raises NoGenerator for an address that cannot be one.

    >>> EndpointGenerator("http://localhost:8000/v1", "qwen").name
    'qwen at http://localhost:8000/v1'
    >>> EndpointGenerator("ftp://localhost", "qwen")
    Traceback (most recent call last):
    assistant.generate.errors.NoGenerator: 'ftp://localhost' is no address of an endpoint; write \
for example http://localhost:8000/v1
    """

    base_url: str
    model: str
    key_variable: str | None = None
    read_timeout: float = 30.0
    deadline: float = 120.0

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.base_url)
            good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            good = False
        if not good or parts.username or parts.password or parts.query or parts.fragment:
            shown = self.base_url if not good else f"{parts.scheme}://{parts.hostname}..."
            raise NoGenerator(
                f"{shown!r} is no address of an endpoint; write for example "
                "http://localhost:8000/v1"
            )

    @property
    def name(self) -> str:
        """The model and where it is."""
        return f"{self.model} at {self.base_url}"

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """The reply in pieces. Raises NoGenerator, GeneratorFailed, GeneratorTimeout."""
        import httpx

        until = time.monotonic() + self.deadline
        with (
            self._errors(),
            self._client() as client,
            client.stream(
                "POST",
                f"{self.base_url.rstrip('/')}/chat/completions",
                json=self._request(messages),
                headers=self._headers(),
                timeout=httpx.Timeout(
                    self.read_timeout, connect=min(_CONNECT_SECONDS, self.read_timeout)
                ),
            ) as response,
        ):
            self._check_status(response)
            lines = self._lines(response, until)
            if "event-stream" in response.headers.get("content-type", ""):
                yield from self._events(lines)
            else:
                yield self._whole("\n".join(lines))

    def _client(self) -> httpx.Client:
        import httpx

        return httpx.Client(trust_env=False, follow_redirects=False)

    def _request(self, messages: Sequence[Message]) -> dict[str, Any]:
        return {
            "model": self.model,
            "messages": [dict(message) for message in messages],
            "stream": True,
            "temperature": 0,
            "max_tokens": _MOST_TOKENS,
        }

    def _headers(self) -> dict[str, str]:
        headers = {"Accept": "text/event-stream, application/json", "Accept-Encoding": "identity"}
        if self.key_variable is not None:
            key = os.environ.get(self.key_variable, "").strip()
            if not key or not key.isascii() or not key.isprintable():
                raise NoGenerator(
                    f"the environment variable {self.key_variable} holds no key for {self.name}"
                )
            headers["Authorization"] = f"Bearer {key}"
        return headers

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """The errors of httpx as ours."""
        import httpx

        try:
            yield
        except httpx.TimeoutException as error:
            raise GeneratorTimeout(f"{self.name} does not answer in time") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise GeneratorFailed(f"{self.name} cannot be reached: {error}") from error

    def _check_status(self, response: httpx.Response) -> None:
        code = response.status_code
        if code == 200:
            return
        said = b"".join(_first(response.iter_bytes(), _SHOWN)).decode("utf-8", "replace")
        said = " ".join(said.split())[:_SHOWN]
        if code in (401, 403):
            raise NoGenerator(f"{self.name} refuses the key ({code}); check {self.key_variable}")
        if code == 404:
            raise NoGenerator(f"{self.name} is not there (404): {said}")
        if 300 <= code < 400:
            raise NoGenerator(f"{self.name} redirects ({code}), which is not followed")
        raise GeneratorFailed(f"{self.name} answers {code}: {said}")

    def _lines(self, response: httpx.Response, until: float) -> Iterator[str]:
        """The lines of a reply, as long as time and size allow."""
        size, rest = 0, b""
        for piece in response.iter_bytes():
            size += len(piece)
            if size > _LARGEST:
                raise GeneratorFailed(f"{self.name} wrote more than {_LARGEST:,} bytes")
            if time.monotonic() > until:
                raise GeneratorTimeout(f"{self.name} was not done after {self.deadline:g} seconds")
            *lines, rest = (rest + piece).split(b"\n")
            yield from (line.decode("utf-8", "replace").rstrip("\r") for line in lines)
        yield rest.decode("utf-8", "replace")

    def _events(self, lines: Iterator[str]) -> Iterator[str]:
        """The texts of server-sent events. Raises GeneratorFailed where one cannot be read."""
        for line in lines:
            if not line.startswith("data:"):
                continue  # a comment, another field, or the blank line between events
            data = line[len("data:") :].strip()
            if data == "[DONE]":
                return
            if text := self._text(data, "delta"):
                yield text
        # Some servers close instead of saying [DONE]; a cut sentence does not pass the gate.

    def _whole(self, body: str) -> str:
        return self._text(body, "message")

    def _text(self, data: str, field: str) -> str:
        try:
            given = json.loads(data)
            if isinstance(given, dict) and "error" in given:
                raise GeneratorFailed(f"{self.name} reports: {str(given['error'])[:_SHOWN]}")
            choices = given["choices"]
            content = choices[0][field].get("content") if choices else None
        except (
            ValueError,
            KeyError,
            IndexError,
            TypeError,
            AttributeError,
            RecursionError,
        ) as error:
            raise GeneratorFailed(
                f"{self.name} writes what cannot be read: {data[:60]!r}"
            ) from error
        return content if isinstance(content, str) else ""


def _first(pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
    """Pieces up to a size."""
    for piece in pieces:
        yield piece[:size]
        size -= len(piece)
        if size <= 0:
            return
