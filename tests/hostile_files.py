"""Files made to harm whoever reads them, small enough for a test."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
import zlib
from pathlib import Path

import openpyxl

ROOT = Path(__file__).resolve().parents[1]


def zipped(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


def tarred(*headers: tuple[str, bytes, str]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, kind, link in headers:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, link
            info.size = 9 if kind == tarfile.REGTYPE else 0
            archive.addfile(info, io.BytesIO(b"It holds."))
    return stream.getvalue()


def pdf(*objects: str | bytes) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, held in enumerate(objects, 1):
        places.append(len(out))
        data = held if isinstance(held, bytes) else held.encode()
        out += b"%d 0 obj\n%b\nendobj\n" % (number, data)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R>>\n"
    end += b"startxref\n%d\n%%%%EOF"
    return out + end % (len(objects) + 1, table, len(objects) + 1, len(out))


def workbook() -> bytes:
    """A spreadsheet whose sheet is no XML behind its beginning."""
    stream, broken = io.BytesIO(), io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["Title", "Abstract"])
    book.save(stream)
    with zipfile.ZipFile(stream) as whole, zipfile.ZipFile(broken, "w") as archive:
        for name in whole.namelist():
            data = whole.read(name)
            archive.writestr(name, data.replace(b"<row ", b"<\x01") if "sheet1" in name else data)
    return broken.getvalue()


XML = '<?xml version="1.0"?><!DOCTYPE a [{}]><us-patent-grant{}>{}</us-patent-grant>'
LAUGHS = '<!ENTITY l0 "lol">' + "".join(
    f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10)
)
CATALOG, PAGES = "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = (
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
    "/Resources<</Font<</F 5 0 R>>/XObject<</A 5 0 R>>>>>>"
)
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
PACKED = zlib.compress(b"\0" * 50_000_000)
STREAM = b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(PACKED), PACKED)
CLAIMS = tarfile.TarInfo("a.txt")
CLAIMS.size = 1 << 60
NESTED = zipped(("a.txt", b"It holds."))
for _ in range(8):
    NESTED = zipped(("n.zip", NESTED))
FILE = tarfile.REGTYPE
BOMB = zipped(("a.txt", bytes(60_000_000)))  # not large enough by itself
MAIL = b"From: a@b.c\nSubject: x\nMIME-Version: 1.0\n"
NAMELESS = zipped(("qqqq", b"It holds.")).replace(b"qqqq", bytes(4))
DOCX = (ROOT / "sample/reports/HCW-R-022_washing_residual_lithium.docx").read_bytes()
# Name: the bytes, and the errors that are listed, "" for a document.
HOSTILE: dict[str, tuple[bytes, set[str]]] = {
    "laughs.xml": (XML.format(LAUGHS, "", "&l9;").encode(), {"UnsafeXml"}),
    "laughs in an attribute.xml": (XML.format(LAUGHS, ' id="&l9;"', "").encode(), {"UnsafeXml"}),
    "quadratic.xml": (
        XML.format(f'<!ENTITY b "{"x" * 50000}">', "", "&b;" * 9999).encode(),
        {"UnsafeXml"},
    ),
    "outside.xml": (
        XML.format('<!ENTITY b SYSTEM "file:///etc/passwd">', "", "&b;").encode(),
        {"UnsafeXml"},
    ),
    "parameter.xml": (
        XML.format('<!ENTITY % b SYSTEM "file:///etc/passwd"> %b;', "", "x").encode(),
        {"UnsafeXml"},
    ),
    "deep.xml": (b"<us-patent-grant>" + b"<p>" * 100_000, {"Malformed"}),
    "deep.json": (b"[" * 100_000 + b"]" * 100_000, {"WrongSuffix"}),
    "deep.html": (b"<p>First.</p>" + b"<div>" * 3000 + b"<p>It holds.</p>", {"Malformed"}),
    "wide cell.html": (b"<table><tr><td colspan=999999999 rowspan=999999999>x</table>", {""}),
    "nested.zip": (NESTED, {"UnsafeArchive"}),
    "bomb.zip": (zipped(("a.txt", bytes(150_000_000))), {"UnsafeArchive"}),
    "bomb.txt.gz": (gzip.compress(bytes(150_000_000)), {"UnsafeArchive"}),
    "outside.zip": (
        zipped(("../../evil.txt", b"x"), ("/etc/evil.txt", b"x"), ("C:\\evil.txt", b"x")),
        {"UnsafeArchive"},
    ),
    "outside.tar": (tarred(("../evil.txt", FILE, ""), ("/evil.txt", FILE, "")), {"UnsafeArchive"}),
    "bombs.zip": (zipped(*[(f"{n}.zip", BOMB) for n in range(9)]), {"TooLarge", "UnsafeArchive"}),
    "deep.eml": (MAIL + b"Content-Type: message/rfc822\n\n" * 3000 + b"x", {"Malformed"}),
    "deep page.eml": (
        MAIL + b"Content-Type: text/html\n\n" + b"<div>" * 3000 + b"It holds.",
        {"Malformed"},
    ),
    "digits.txt": (b"\f".join(b"1" * 4400 + b"\nIt holds." for _ in range(3)), {""}),
    "nameless.zip": (NAMELESS, {""}),
    # The list of members is said to start 9,999 bytes later than it does.
    "shifted.docx": (
        DOCX[:-6] + (int.from_bytes(DOCX[-6:-2], "little") + 9999).to_bytes(4, "little") + b"\0\0",
        {"Malformed"},
    ),
    "broken.xlsx": (workbook(), {"Malformed"}),
    "endless.tar": (CLAIMS.tobuf(tarfile.GNU_FORMAT) + bytes(1024), {"Malformed"}),
    "links.tar": (
        tarred(
            ("a.txt", tarfile.SYMTYPE, "/etc/passwd"),
            ("b.txt", tarfile.LNKTYPE, "/etc/passwd"),
            ("c", tarfile.FIFOTYPE, ""),
            ("d", tarfile.CHRTYPE, ""),
        ),
        {"Unreadable"},
    ),
    "page tree.pdf": (pdf(CATALOG, "<</Type/Pages/Kids[2 0 R]/Count 1>>"), {"Malformed", "NoText"}),
    "count.pdf": (
        pdf(CATALOG, PAGES.replace("1>>", "2000000000>>"), PAGE),
        {"Malformed", "NoText"},
    ),
    "packed.pdf": (pdf(CATALOG, PAGES, PAGE, STREAM, FONT), {"Malformed"}),
}
