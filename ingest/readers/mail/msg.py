"""Mail that Outlook saved (MSG), through python-oxmsg. Recognised by the reader of OLE2 files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from oxmsg import Message
from oxmsg.properties import Properties

from ingest.errors import Malformed, UnsafeArchive, UnsupportedFormat
from ingest.isolate import Reply
from ingest.readers.mail.mail_body import Mail, mail_document, sent_day
from ingest.readers.members import Budget, Spool, read_inside, rejected, shown_name
from ingest.readers.opened import SourceFile, document_id
from ingest.readers.web.html import html_text

# Source: [MS-OXPROPS] for the properties, [MS-OXMSG] for where they are kept.
_TO, _CC, _BODY, _HTML, _HTML_TEXT = 0x0E04, 0x0E03, 0x1000, 0x1013, 0x1013
_SENDER_NAME, _SENDER_ADDRESS, _ATTACHED_NAME = 0x0C1A, 0x0C1F, 0x3001
_EMBEDDED = "__substg1.0_3701000D"
_EMBEDDED_HEADER = 24
_DEEPEST = 4


class _Embedded(Message):  # type: ignore[misc]
    """A mail inside a mail: its properties have a shorter header."""

    @property
    def _properties(self) -> Properties:
        return Properties(self._storage, properties_header_offset=_EMBEDDED_HEADER)


def read_msg(file: SourceFile, data: bytes) -> Iterator[Reply]:
    """The mail, then what is attached to it. Raises Malformed."""
    try:
        message = Message.load(data)
    except Exception as error:  # The library does not say which errors broken files give.
        raise Malformed(f"broken MSG: {type(error).__name__}: {error}") from error
    yield from _replies(file, message, document_id(data), "")


def _replies(file: SourceFile, message: Message, identity: str, inside: str) -> Iterator[Reply]:
    """inside: path of this mail in the file, "" for the file's own."""
    try:
        mail = _mail(message)
        attachments = list(message.attachments)
    except Exception as error:  # As above.
        raise Malformed(f"broken MSG: {type(error).__name__}: {error}") from error
    yield Reply(document=mail_document(mail, identity), member=inside or None)
    budget = Budget()
    for number, attachment in enumerate(attachments, start=1):
        path = f"{inside}!/" if inside else ""
        try:
            yield from _attached(file, attachment, f"{path}{_name(attachment, number)}", budget)
        except Malformed as error:
            yield rejected(f"{path}attachment {number}", error)


def _mail(message: Message) -> Mail:
    sent = message.sent_date
    written = dict(message.message_headers).get("Date", "")
    page = message.properties.binary_prop_value(_HTML)
    return Mail(
        subject=message.subject or "",
        date=written or (sent.strftime("%Y-%m-%d %H:%M UTC") if sent else ""),
        day=sent_day(written) or (sent.date().isoformat() if sent else None),
        sender=_sender(message),
        to=_string(message, _TO),
        cc=_string(message, _CC),
        plain=_string(message, _BODY),
        html=html_text(page) if page else _string(message, _HTML_TEXT),
    )


def _sender(message: Message) -> tuple[str, ...]:
    name = _string(message, _SENDER_NAME) or _string(message, _SENDER_ADDRESS)
    name = name or (message.sender or "").split("<")[0].strip(' "') or message.sender or ""
    return (name,) if name else ()


def _string(message: Any, identity: int) -> str:
    value = message.properties.str_prop_value(identity)
    return value if isinstance(value, str) else ""


def _name(attachment: Any, number: int) -> str:
    try:
        given = attachment.file_name or _string(attachment, _ATTACHED_NAME)
    except Exception:  # A name that cannot be read is no name.
        given = ""
    return shown_name(given or f"attachment {number}.bin").replace("/", "_")


def _attached(file: SourceFile, attachment: Any, name: str, budget: Budget) -> Iterator[Reply]:
    try:
        data = attachment.file_bytes
        mails = [s for s in attachment._storage.storages if s.name == _EMBEDDED]
    except Exception as error:  # As above.
        raise Malformed(f"broken attachment: {type(error).__name__}: {error}") from error
    if data is not None:
        with Spool(budget) as stream:
            stream.write(data)
            stream.seek(0)
            yield from read_inside(file, name, stream)
    elif mails and name.count("!/") >= _DEEPEST:
        yield rejected(name, UnsafeArchive("it lies too deep inside other mails"))
    elif mails:
        streams = b"".join(stream.bytes_ for stream in mails[0].streams)
        identity = hashlib.sha256(streams).hexdigest()[:16]
        yield from _replies(file, _Embedded(mails[0]), identity, name)
    else:
        message = "a link or an object of another program; save it as a file and ingest that"
        yield rejected(name, UnsupportedFormat(message))
