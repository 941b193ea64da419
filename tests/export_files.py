"""What the tests of exports share: an invented record, and how files are made and read."""

from __future__ import annotations

import csv
import io
import struct
from pathlib import Path

import openpyxl

from ingest.isolate import Reply
from ingest.readers import read_file
from ingest.records import Document

LENS = {
    "#": "1",
    "Jurisdiction": "US",
    "Kind": "A1",
    "Display Key": "US 2016/0336597 A1",
    "Lens ID": "011-222-333-444-555",
    "Publication Date": "2016-11-17",
    "Publication Year": "2016",
    "Application Number": "US 201615221111 A",
    "Application Date": "2016-07-27",
    "Priority Numbers": "KR 20150111111 A",
    "Earliest Priority Date": "2015-08-07",
    "Title": "Coated cathode",
    "Abstract": "A cathode with\na coating.",
    "Applicants": "Halvorne SDI Co., Ltd.;;Mirabor AG",
    "Inventors": "KIM MIN;;LEE JUN",
    "Owners": "Halvorne Energy Co., Ltd. (2018-01-01)",
    "Document Type": "Patent Application",
    "Cites Patent Count": "4",
    "Simple Family Members": "KR 20170017777 A;;US 2016/0336597 A1",
    "CPC Classifications": "H01M4/525;;H01M 10/0525",
    "IPCR Classifications": "H01M4/36;;H01M4/525",
    "NPL Citations": "Ohm et al., On Ions, 2011;;Volt, A Cell, 2009",
}


def read_export(folder: Path, name: str, content, passwords=()) -> list[Reply]:
    """The replies for a file of this name and content: a workbook, bytes or text."""
    path = folder / name
    if isinstance(content, openpyxl.Workbook):
        content.save(path)
    elif isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content, "utf-8", newline="")
    return list(read_file(str(path), passwords))


def read_documents(folder: Path, name: str, content) -> list[Document]:
    """The documents of a file of which nothing is refused."""
    found = read_export(folder, name, content)
    assert [reply.rejection for reply in found if reply.rejection] == []
    return [reply.document for reply in found]


def table(*rows, delimiter=",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def outcomes(found):
    return [
        (r.document.facts.number or r.document.facts.id)
        if r.document
        else (r.rejection.source, r.rejection.error)
        for r in found
    ]


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def old_workbook() -> bytes:
    """The smallest OLE2 container with a stream named Workbook."""

    def entry(name, kind, child, start, size):
        data = name.encode("utf-16-le").ljust(64, b"\0")
        data += struct.pack("<HBBIII", len(name) * 2 + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return data + b"\0" * 36 + struct.pack("<III", start, size, 0)

    head = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16
    head += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096,
                        0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)  # fmt: skip
    head += struct.pack("<109I", *([0xFFFFFFFF] * 109))
    fat = struct.pack("<128I", *([0xFFFFFFFD, 0xFFFFFFFE, *range(3, 10), 0xFFFFFFFE]
                                 + [0xFFFFFFFF] * 118))  # fmt: skip
    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, 4096)
    bof = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0).ljust(4096, b"\0")
    head = head[:44] + struct.pack("<I", 1) + head[48:]
    head = head[:76] + struct.pack("<I", 0) + head[80:512]
    return head.ljust(512, b"\0") + fat + folder.ljust(512, b"\0") + bof
