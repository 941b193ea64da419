"""Lets each request use its sender's own sessions, events and files, and nobody else's."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import parse_qs

from starlette.types import Message, Receive, Scope, Send

from assistant.web import routes
from assistant.web.bodies import (
    LARGEST_JSON,
    LARGEST_UPLOAD,
    check_files,
    declared,
    parsed,
    read_body,
    replayed,
    written,
)
from assistant.web.identity import Passed
from assistant.web.owned import Owned, folder_name, lies_in
from assistant.web.readable import MOST_FILES, readable
from assistant.web.refusal import Refusal

_SESSION, _EVENT, _FILE, _UPLOAD_ID = "session", "event", "file", "upload"
_NOT_YOURS = "this belongs to another page; load the page again"


class Belongings:
    """Checks requests and notes what their answers give. cache: where Gradio keeps files."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._owned = Owned()

    async def checked(
        self, scope: Scope, receive: Receive, passed: Passed, route: re.Match[str]
    ) -> Receive:
        """The `receive` to go on with, once all that is named is the sender's. Raises Refusal."""
        owner = self._owner(passed)
        named = route.groupdict()
        query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        for session in (named.get("session"), *query.get("session_hash", ())):
            self._claim(_SESSION, session, owner)
        for upload in query.get("upload_id", ()):
            self._claim(_UPLOAD_ID, upload, owner)
        if (event := named.get("event")) and not self._owned.has(_EVENT, event, owner):
            raise Refusal(404, _NOT_YOURS)
        if (file := named.get("file")) and not self._owns(passed, file):
            raise Refusal(403, "this file cannot be fetched")
        if scope["method"] != "POST":
            return receive
        if scope["path"] == routes.UPLOAD:
            declared(scope, LARGEST_UPLOAD)
            return receive
        return await self._checked_json(scope, receive, passed)

    def noting(self, scope: Scope, passed: Passed, send: Send) -> Send:
        """A `send` that notes whose event or files the answer names."""
        path, owner = scope["path"], self._owner(passed)
        if routes.gives_event(scope["method"], path):
            return _kept_whole(scope, send, lambda given: self._note_event(given, owner))
        if path == routes.UPLOAD:
            return _kept_whole(scope, send, lambda given: self._note_files(given, owner))
        return send

    async def _checked_json(self, scope: Scope, receive: Receive, passed: Passed) -> Receive:
        value = parsed(await read_body(scope, receive, LARGEST_JSON))
        if isinstance(value, dict):
            owner = self._owner(passed)
            self._claim(_SESSION, value.get("session_hash"), owner)
            event = value.get("event_id")
            if event is not None and not self._owned.has(_EVENT, str(event), owner):
                raise Refusal(404, _NOT_YOURS)
        check_files(value, lambda path: self._owns(passed, path))
        return replayed(written(scope, value), receive)

    def _owner(self, passed: Passed) -> object:
        # The server's own client has one session for the callers of all tools.
        return "inside" if passed.inside else passed.owner

    def _claim(self, kind: str, name: Any, owner: object) -> None:
        if name is None:
            return
        if not isinstance(name, str) or not 0 < len(name) <= 128:
            raise Refusal(400, "a session is named by up to 128 characters")
        if not self._owned.claim(kind, name, owner):
            raise Refusal(403, _NOT_YOURS)

    def _owns(self, passed: Passed, path: str) -> bool:
        """Whether a path is of a file that this sender uploaded, or that was made for him."""
        if lies_in(path, self._cache / folder_name(passed.owner)):
            return True
        return self._owned.has(_FILE, path, passed.owner) and lies_in(path, self._cache)

    def _note_event(self, given: Any, owner: object) -> None:
        if isinstance(given, dict) and isinstance(event := given.get("event_id"), str):
            self._owned.share(_EVENT, event, owner)
            # A call without a session of its own has one by the name of its event.
            self._owned.claim(_SESSION, event, owner)

    def _note_files(self, given: Any, owner: object) -> None:
        paths = [str(path) for path in given] if isinstance(given, list) else []
        wrong = _wrong(paths)
        if wrong is not None:
            for path in paths:
                if lies_in(path, self._cache):
                    Path(path).unlink(missing_ok=True)
            raise wrong
        for path in paths:
            self._owned.share(_FILE, path, owner)


def _wrong(paths: list[str]) -> Refusal | None:
    """Why files are not taken; None where they are."""
    if len(paths) > MOST_FILES:
        return Refusal(413, f"at most {MOST_FILES} files at once; make an archive of them")
    for path in paths:
        if not readable(path):
            suffix = PurePath(path).suffix
            return Refusal(415, f"no reader for {suffix or 'files without a suffix'}")
    return None


def _kept_whole(scope: Scope, send: Send, note: Callable[[Any], None]) -> Send:
    """A `send` that holds a short answer in JSON back until it was noted."""
    # What is compressed on the way could not be read here.
    scope["headers"] = [(n, v) for n, v in scope["headers"] if n != b"accept-encoding"]
    start: Message = {}
    body = bytearray()

    async def sending(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start" and message["status"] == 200:
            start = message
            return
        if not start or message["type"] != "http.response.body":
            await send(message)
            return
        body.extend(message.get("body", b""))
        if message.get("more_body"):
            return
        try:
            note(json.loads(bytes(body)))
        except Refusal as refusal:
            await refusal.response()(scope, _nothing, send)
            return
        await send(start)
        await send({"type": "http.response.body", "body": bytes(body)})

    return sending


async def _nothing() -> Message:
    return {"type": "http.disconnect"}
