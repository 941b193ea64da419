"""Mail as EML, MHTML, MBOX and MSG, with what is attached to it."""

from __future__ import annotations

import io
import struct
from email.message import EmailMessage

import docx
import pytest

from ingest.errors import Malformed, UnsupportedFormat
from ingest.readers import read_file


def mail(subject: str = "Wetting", body: str = "It held.") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Siri Vik <vik@example.org>"
    message["To"] = "k.osei@example.org"
    message["Subject"] = subject
    message["Date"] = "Tue, 14 May 2019 23:10:00 +0900"
    message.set_content(body)
    return message


@pytest.fixture
def replies(tmp_path):
    """What a file with this name and content gives."""

    def write_and_read(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return list(read_file(str(path)))

    return write_and_read


def shown(found):
    return [
        (r.member, r.document.text.split("\n\n", 1)[-1])
        if r.document is not None
        else (r.rejection.source, r.rejection.error)
        for r in found
    ]


@pytest.mark.parametrize("name", ["a.eml", "no suffix"])
def test_headers_are_facts_and_the_body_is_text(replies, name):
    (reply,) = replies(name, mail().as_bytes())
    facts = reply.document.facts
    assert (facts.title, facts.parties, facts.publication_date) == (
        "Wetting",
        ("Siri Vik",),
        "2019-05-14",
    )
    assert reply.document.text == (
        "From: Siri Vik\nTo: k.osei@example.org\nDate: Tue, 14 May 2019 23:10:00 +0900\n"
        "Subject: Wetting\n\nIt held."
    )


def test_tables_of_the_html_body_are_tables(replies):
    message = mail(body="Cell Ah A1 5.1")
    message.add_alternative(
        "<table><tr><th>Cell</th><th>Ah</th></tr><tr><td>A1</td><td>5.1</td></tr></table>", "html"
    )
    (reply,) = replies("a.eml", message.as_bytes())
    assert reply.document.text.endswith("| Cell | Ah |\n| --- | --- |\n| A1 | 5.1 |")


def test_html_that_only_points_to_the_plain_text_is_not_the_body(replies):
    message = mail(body="The cells held for three hundred cycles. " * 3)
    message.add_alternative("<p>See text.</p>", "html")
    assert "three hundred" in replies("a.eml", message.as_bytes())[0].document.text


def test_attachments_are_documents_and_pictures_in_the_text_are_not(replies):
    message = mail()
    report = docx.Document()
    report.add_paragraph("It lasted.")
    buffer = io.BytesIO()
    report.save(buffer)
    message.add_attachment(buffer.getvalue(), "application", "octet-stream", filename="보고서.docx")
    message.add_attachment(
        b"Plain.", "text", "plain", filename="../../a\r\nBcc: x.txt".replace("\r\n", " ")
    )
    message.add_attachment(b"\x89PNG\r\n", "image", "png", disposition="inline", cid="<logo>")
    message.add_attachment(b"\x78\x9f\x3e\x22", "application", "ms-tnef", filename="winmail.dat")
    inner = mail("Inner", "Deep.")
    message.add_attachment(inner)
    assert shown(replies("a.eml", message.as_bytes())) == [
        (None, "It held."),
        ("보고서.docx", "It lasted."),
        (".._.._a Bcc: x.txt", "Plain."),
        ("!/winmail.dat", "UnsupportedFormat"),
        ("mail 4.eml", "Deep."),
    ]


def test_attachments_without_a_name_are_read_by_what_they_are(replies):
    message = mail()
    message.add_attachment(b"%PDF-1.7 broken", "application", "pdf")
    del message.get_payload()[1]["Content-Disposition"]
    found = replies("a.eml", message.as_bytes())
    assert shown(found)[1][0].startswith("!/attachment 1.pdf")


def test_locked_parts_are_listed(replies):
    message = mail()
    message.add_attachment(b"\x30\x82", "application", "pkcs7-mime", filename="smime.p7m")
    assert shown(replies("a.eml", message.as_bytes()))[1] == ("!/smime.p7m", "Encrypted")


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        (b"Content-Type: text/plain; charset=ks_c_5601-1987", "전지".encode("cp949"), "전지"),
        (b"Content-Type: text/plain; charset=nonsense", "전지".encode(), "전지"),
        (b"Content-Type: text/plain; charset=utf-8", "코팅층".encode("cp949"), "코팅층"),
        (b"Content-Type: text/plain", "45 °C".encode("cp1252"), "45 °C"),
        (b"Content-Transfer-Encoding: base64", b"SXQgaGVsZC4", "It held."),
    ],
)  # fmt: skip
def test_broken_encodings_are_read(replies, headers, body, expected):
    (reply,) = replies("a.eml", b"From: a@example.org\r\n" + headers + b"\r\n\r\n" + body)
    assert reply.document.text.endswith(expected)


def test_headers_cannot_pass_for_others(replies):
    raw = (
        b"From: a@example.org\nSubject: =?utf-8?q?One=0AFrom=3A_boss=40example=2Eorg?=\n\nIt held."
    )
    (reply,) = replies("a.eml", raw)
    assert [line.split(":")[0] for line in reply.document.text.split("\n")[:2]] == [
        "From",
        "Subject",
    ]
    assert reply.document.facts.parties == ("a@example.org",)
    assert reply.document.facts.publication_date is None


def test_a_mailbox_gives_a_document_for_each_mail(replies):
    box = b""
    for number in (1, 2):
        body = f"Mail {number}.\n\n>From here on it held.\n"
        box += (
            b"From vik@example.org Tue May 14 23:10:00 2019\n"
            + mail(f"S{number}", body).as_bytes()
            + b"\n"
        )
    found = replies("inbox", box)
    assert [(r.member, r.document.facts.title) for r in found] == [
        ("mail 1.eml", "S1"),
        ("mail 2.eml", "S2"),
    ]
    assert all(r.document.text.endswith("\n\nFrom here on it held.") for r in found)


def test_a_saved_page_in_a_mail_is_a_page(replies):
    raw = (
        b"From: <Saved by a browser>\nSubject: Wetting\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/related; boundary="x"; type="text/html"\n\n'
        b"--x\nContent-Type: text/html\nContent-Location: http://example.org/\n\n"
        b"<h1>Wetting</h1><p>It held.</p>\n"
        b"--x\nContent-Type: image/png\nContent-Location: http://example.org/a.png\n\n\x89PNG\n--x--\n"
    )
    (reply,) = replies("a.mht", raw)
    assert reply.document.text.endswith("It held.")
    assert reply.document.sections[-1].heading == "Wetting"


def container(entries: dict[str, bytes]) -> bytes:
    """A small OLE2 file: paths with slashes, every stream in the mini stream ([MS-CFB])."""
    folders = sorted({p.rsplit("/", n)[0] for p in entries for n in range(1, p.count("/") + 1)})
    paths = ["", *folders, *entries]
    parent = {p: (p.rsplit("/", 1)[0] if "/" in p else "") for p in paths if p}
    kids = {p: [q for q in paths if q and parent[q] == p] for p in paths}
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    mini, chains, starts = b"", [], {}
    for path, data in entries.items():
        count = -(-len(data) // 64)
        starts[path] = len(chains) if count else end
        chains += [len(chains) + n + 1 for n in range(count - 1)] + [end] * bool(count)
        mini += data.ljust(count * 64, b"\0")
    directory = b""
    for path in paths:
        # A list is a legal, if unbalanced, tree: each entry's right sibling is the next.
        siblings = kids[parent[path]] if path else []
        after = siblings[siblings.index(path) + 1 :] if path else []
        right = paths.index(after[0]) if after else free
        child = paths.index(kids[path][0]) if kids[path] else free
        name = (path.rsplit("/", 1)[-1] or "Root Entry").encode("utf-16-le") + b"\0\0"
        kind = 5 if not path else 2 if path in entries else 1
        start = starts.get(path, 0)
        size = len(entries.get(path, b"")) if path else len(mini)
        directory += name.ljust(64, b"\0") + struct.pack(
            "<HBBIII16sIQQIQ", len(name), kind, 1, free, right, child, b"", 0, 0, 0, start, size
        )

    def sectors(data: bytes) -> bytes:
        return data.ljust(-(-max(len(data), 1) // 512) * 512, b"\0")

    table = struct.pack(f"<{len(chains)}I", *chains)
    parts = [
        sectors(directory),
        sectors(table.ljust(-(-len(table) // 512) * 512, b"\xff")),
        sectors(mini),
    ]
    fat, at = [0xFFFFFFFD], [1]
    for part in parts:
        count = len(part) // 512
        fat += [len(fat) + n + 1 for n in range(count - 1)] + [end]
        at.append(at[-1] + count)
    parts[0] = parts[0][:116] + struct.pack("<I", at[2]) + parts[0][120:]
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, at[0], 0, 4096, at[1], (at[2] - at[1]), end, 0, 0,
    )  # fmt: skip
    header = header.ljust(512, b"\xff")
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")
    return header + table + b"".join(parts)


def properties(
    header: int, values: dict[int, str | bytes | int], inside: str = ""
) -> dict[str, bytes]:
    """The streams of an object in a MSG file ([MS-OXMSG])."""
    streams, table = {}, bytes(header)
    for identity, value in values.items():
        if isinstance(value, int):
            table += struct.pack("<HHIQ", 0x40 if identity == 0x39 else 3, identity, 6, value)
            continue
        kind = 0x1F if isinstance(value, str) else 0x102
        data = value.encode("utf-16-le") if isinstance(value, str) else value
        table += struct.pack("<HHIII", kind, identity, 6, len(data), 0)
        streams[f"{inside}__substg1.0_{identity:04X}{kind:04X}"] = data
    return {**streams, f"{inside}__properties_version1.0": table}


SENT = (1_557_843_000 + 11_644_473_600) * 10_000_000  # 2019-05-14 14:10 UTC


def outlook() -> bytes:
    one, two = "__attach_version1.0_#00000000/", "__attach_version1.0_#00000001/"
    deep = f"{two}__substg1.0_3701000D/"
    return container(
        properties(32, {0x37: "Wetting", 0x39: SENT, 0xC1A: "Siri Vik", 0xE04: "K. Osei",
                        0x1000: "It held.", 0x340D: 0x40000})
        | properties(8, {0x3705: 1, 0x3707: "note.txt", 0x3701: b"Attached."}, one)
        | properties(8, {0x3705: 5, 0x3001: "Inner"}, two)
        | properties(24, {0x37: "Inner", 0x1013: b"<p>Deep.</p>", 0x340D: 0x40000}, deep)
    )  # fmt: skip


def test_mail_of_outlook_is_read_with_the_mail_inside_it(replies):
    found = replies("a.msg", outlook())
    assert shown(found) == [(None, "It held."), ("note.txt", "Attached."), ("Inner", "Deep.")]
    facts = found[0].document.facts
    assert (facts.title, facts.parties, facts.publication_date) == (
        "Wetting",
        ("Siri Vik",),
        "2019-05-14",
    )
    assert found[0].document.text.startswith("From: Siri Vik\nTo: K. Osei\n")


@pytest.mark.parametrize(
    ("stream", "better"),
    [("WordDocument", "DOCX"), ("PowerPoint Document", "PPTX"), ("Book", "XLSX")],
)
def test_old_office_files_are_listed_with_what_to_do(replies, stream, better):
    with pytest.raises(UnsupportedFormat, match=better):
        replies("a.doc", container({stream: b"old"}))


def test_a_broken_mail_of_outlook_is_malformed(replies):
    with pytest.raises(Malformed):
        replies("a.msg", outlook()[:1600])
