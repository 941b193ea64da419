"""What mail of every format becomes: one document with headers and body, files for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime

from ingest.compose import Composer
from ingest.errors import Malformed, NoText
from ingest.readers.bibliography import unique
from ingest.readers.office.blocks import Block, compose_blocks, fact_text
from ingest.readers.plain.report_facts import report_facts
from ingest.readers.web.html import parse_html
from ingest.readers.web.html_blocks import html_blocks
from ingest.records import Document
from ingest.text import clean, one_line

# HTML that says much less than the plain text beside it is a mere "see the plain text".
_HTML_SHARE = 0.5


@dataclass(frozen=True)
class Mail:
    """A mail as its format gives it.

    Attributes:
        subject, date: as written; day: ISO date of sending, None where not certain.
        sender: names, or addresses where there are none; to, cc: as written.
        plain, html: the body in either form, "" for none.
    """

    subject: str = ""
    date: str = ""
    day: str | None = None
    sender: tuple[str, ...] = ()
    to: str = ""
    cc: str = ""
    plain: str = ""
    html: str = ""


def mail_document(mail: Mail, identity: str) -> Document:
    """The document of a mail: its headers as a paragraph, then its body."""
    subject = one_line(mail.subject)
    headers = {
        "From": "; ".join(mail.sender),
        "To": mail.to,
        "Cc": mail.cc,
        "Date": mail.date,
        "Subject": subject,
    }
    # A value is one line, so that none can pass for another header.
    head = "\n".join(f"{name}: {one_line(text)}" for name, text in headers.items() if text.strip())
    blocks = _body(mail)
    composer = Composer()
    composer.paragraph(head)
    compose_blocks(composer, blocks)
    facts = replace(
        report_facts(identity, fact_text(blocks), subject),
        parties=unique(one_line(name) for name in mail.sender),
        publication_date=mail.day,
    )
    document = composer.document(facts)
    if not document.text.strip():
        raise NoText("the mail has neither headers nor a body")
    return document


def sent_day(date: str) -> str | None:
    """ISO date of a mail's date header, as the sender's clock had it; None where it is none.

    >>> sent_day("Tue, 14 May 2019 23:10:00 +0900"), sent_day("yesterday")
    ('2019-05-14', None)
    """
    try:
        return parsedate_to_datetime(date).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _body(mail: Mail) -> Sequence[Block]:
    plain = [Block(part) for part in clean(mail.plain).replace("\r", "").split("\n\n")]
    try:
        page = list(html_blocks(parse_html(mail.html))) if mail.html.strip() else []
    except NoText:
        page = []
    except Malformed:
        if not _length(plain):
            raise
        page = []
    if _length(page) < _length(plain) * _HTML_SHARE:
        return plain
    return page or plain


def _length(blocks: Sequence[Block]) -> int:
    cells = sum(len(cell) for block in blocks for row in block.rows for cell in row)
    return cells + sum(len(block.text.strip()) for block in blocks)
