"""Mail as text (EML, MHTML) and mailboxes (MBOX): each mail a document, each attachment another.

Pictures inside a mail's text are no attachments. Nothing that a mail refers to is fetched.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import Message

from ingest.errors import Encrypted, Malformed, NoText, TooLarge, UnsupportedFormat, WrongSuffix
from ingest.isolate import Reply
from ingest.readers.mail.mail_body import Mail, mail_document, sent_day
from ingest.readers.members import Budget, Spool, read_inside, rejected, shown_name
from ingest.readers.opened import Sample, SourceFile, document_id
from ingest.readers.plain.text_encoding import text_of
from ingest.readers.web.html import html_text

_MEGABYTES = 200
_MBOX_START = re.compile(rb"^From \S+.{0,60}\d{4}[^\n]{0,10}\r?\n(?:>?[\w-]+:|From )")
_HEADER_LINE = re.compile(rb"^([A-Za-z][A-Za-z0-9-]*):[ \t]?", re.MULTILINE)
_MAIL_HEADERS = frozenset(
    b"from to subject date message-id received return-path mime-version content-type".split()
)
_SUFFIXES = (".eml", ".mht", ".mhtml", ".email", ".mbox", ".mbx", "")
_SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature",
               "application/x-pkcs7-signature")  # fmt: skip
_LOCKED = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_TNEF = ("application/ms-tnef", "application/vnd.ms-tnef")


def is_mail(sample: Sample) -> bool:
    """Whether a file starts with the headers of a mail."""
    if sample.suffix not in _SUFFIXES:
        return False
    head = sample.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    head = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    names = {name.lower() for name in _HEADER_LINE.findall(head)}
    if sample.suffix in ("", ".mbox", ".mbx"):
        starts = _HEADER_LINE.match(head) is not None
        return starts and len(names & _MAIL_HEADERS) >= 3
    return _HEADER_LINE.match(head) is not None and bool(names & _MAIL_HEADERS)


def is_mbox(sample: Sample) -> bool:
    """Whether a file is a mailbox: mails one after another, each below a line "From ..."."""
    return sample.suffix in (*_SUFFIXES, ".txt") and _MBOX_START.match(sample.head) is not None


def read_mail(file: SourceFile) -> Iterator[Reply]:
    """The mail, then what is attached to it."""
    data = file.data(_MEGABYTES)
    try:
        message = message_from_bytes(data.lstrip(), policy=policy.default)
        parts = list(_leaves(message))
    except RecursionError as error:
        raise Malformed("its parts lie too deep inside one another") from error
    attachments: list[Message] = []
    plain: list[str] = []
    html: list[str] = []
    for part in parts:
        kind = part.get_content_type()
        attached = part.get_content_disposition() == "attachment" or bool(_name(part))
        if kind == "text/plain" and not attached:
            plain.append(_text(part))
        elif kind in ("text/html", "application/xhtml+xml") and not attached:
            html.append(_text(part))
        elif not _is_picture(part):
            attachments.append(part)
    mail = _headers(message)
    mail = replace(mail, plain="\n\n".join(plain), html="\n".join(html))
    try:
        yield Reply(document=mail_document(mail, document_id(data)))
    except (NoText, Malformed) as error:
        if not attachments:
            raise
        yield rejected("(text)", error)
    yield from _attached(file, attachments)


def read_mbox(file: SourceFile) -> Iterator[Reply]:
    """The mails of a mailbox one by one, each as a file inside it: `mail 1.eml`, ..."""
    file.stream.seek(0)
    known = getattr(file.stream, "budget", None)
    budget = known if isinstance(known, Budget) else Budget()
    number = 0
    for data, position in _mails(file):
        number += 1
        name = f"mail {number}.eml"
        if len(data) > _MEGABYTES << 20:
            yield rejected(name, TooLarge(f"larger than the {_MEGABYTES} MB a mail may have"))
            continue
        with Spool(budget) as stream:
            stream.write(data)
            stream.seek(0)
            for reply in read_inside(file, name, stream):
                yield replace(reply, position=position)


def _mails(file: SourceFile) -> Iterator[tuple[bytes, int]]:
    """Bytes of each mail, one more than the limit at most, and how far the mailbox is read."""
    lines: list[bytes] = []
    size, blank, started = 0, True, False
    while line := file.stream.readline(1 << 20):
        if blank and line.startswith(b"From "):
            if started and lines:
                yield b"".join(lines), file.stream.tell()
            lines, size, started = [], 0, True
        else:
            if size <= _MEGABYTES << 20:
                lines.append(line[1:] if re.match(rb">+From ", line) else line)
            size += len(line)
        blank = not line.strip()
    if lines:
        yield b"".join(lines), file.stream.tell()


def _leaves(message: Message) -> Iterator[Message]:
    """Parts that hold something; a mail inside a mail is one such part."""
    if message.is_multipart() and message.get_content_maintype() != "message":
        for part in message.get_payload():
            yield from _leaves(part)  # type: ignore[arg-type]
    else:
        yield message


def _headers(message: Message) -> Mail:
    written = _header(message, "date")
    return Mail(
        subject=_header(message, "subject"),
        date=written,
        day=sent_day(written),
        sender=_people(message, "from"),
        to=_header(message, "to"),
        cc=_header(message, "cc"),
    )


def _people(message: Message, header: str) -> tuple[str, ...]:
    """Names of people in a header, or their addresses where there are none."""
    try:
        value = message.get(header)
        return tuple(a.display_name or a.addr_spec for a in value.addresses)  # type: ignore[union-attr]
    except Exception:  # The library fails in many ways on what senders write there.
        text = _header(message, header)
        return (text,) if text else ()


def _header(message: Message, name: str) -> str:
    try:
        return str(message.get(name) or "")
    except Exception:  # As above.
        raw = next((v for k, v in message.raw_items() if k.lower() == name), "")
        return str(raw)


def _text(part: Message) -> str:
    """A part's text by its declared encoding, else by what it looks like."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = part.get_content_charset()
    try:
        if charset:
            # Korean and Japanese mail programs write more signs than the name that they give.
            known = {"ks_c_5601-1987": "cp949", "euc-kr": "cp949", "gb2312": "gb18030"}
            return data.decode(known.get(charset, charset))
    except (LookupError, UnicodeDecodeError):
        pass
    if part.get_content_type() == "text/html":
        return html_text(data)
    try:
        return text_of(data)
    except WrongSuffix:
        return data.decode("cp1252", "replace")


def _is_picture(part: Message) -> bool:
    """Whether a part is shown inside the text: a logo, a picture, a style sheet, a signature."""
    kind = part.get_content_type()
    if kind in _SIGNATURES or kind in ("text/css", "application/pgp-encrypted"):
        return True
    inline = part.get("content-id") or part.get("content-location")
    shown = part.get_content_disposition() != "attachment" and inline is not None
    return part.get_content_maintype() in ("image", "font") and shown


def _attached(file: SourceFile, parts: list[Message]) -> Iterator[Reply]:
    budget = Budget()
    for number, part in enumerate(parts, start=1):
        kind = part.get_content_type()
        name = shown_name(_name(part) or _made_name(part, number)).replace("/", "_")
        if kind in _LOCKED and part.get_param("smime-type") != "signed-data":
            yield rejected(name, Encrypted("an encrypted mail; save it decrypted and ingest that"))
        elif kind in _TNEF or name.lower() == "winmail.dat":
            yield rejected(name, UnsupportedFormat("Outlook's winmail.dat; have it sent again"))
        else:
            data = _bytes(part)
            with Spool(budget) as stream:
                stream.write(data)
                stream.seek(0)
                yield from read_inside(file, name, stream)


def _bytes(part: Message) -> bytes:
    if part.get_content_maintype() == "message":
        inner = part.get_payload()
        if isinstance(inner, list) and inner:
            return bytes(inner[0].as_bytes(policy=policy.compat32))  # type: ignore[union-attr]
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _name(part: Message) -> str:
    try:
        return str(part.get_filename() or "")
    except Exception:  # A name that cannot be decoded is no name.
        return ""


def _made_name(part: Message, number: int) -> str:
    if part.get_content_maintype() == "message":
        return f"mail {number}.eml"
    suffix = mimetypes.guess_extension(part.get_content_type()) or ".bin"
    return f"attachment {number}{suffix}"
