"""ZIP, TAR, 7z and single packed files, whole, broken, locked and hostile."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import docx
import py7zr
import pytest

from ingest.errors import EmptyFile, Encrypted, Malformed, UnsafeArchive, UnsupportedFormat
from ingest.readers import members, read_file


@pytest.fixture
def replies(tmp_path):
    """Of a file with this name and content: its replies, and what stopped it, if anything."""

    def write_and_read(name, content, *passwords):
        path = tmp_path / name
        path.write_bytes(content)
        found, error = [], None
        try:
            found.extend(read_file(str(path), passwords))
        except Exception as stopped:
            error = stopped
        return found, error

    return write_and_read


def zipped(*entries, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(*entries, mode="w"):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for name, content in entries:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content.encode()))
    return buffer.getvalue()


def seven_zipped(*entries, **options):
    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w", **options) as archive:
        for name, content in entries:
            archive.writestr(content, name)
    return buffer.getvalue()


def shown(found):
    """Members and the text or error that each gave."""
    return [
        (r.member, r.document.text)
        if r.document is not None
        else (r.rejection.source, r.rejection.error)
        for r in found
    ]


TWO = (("a.txt", "It held."), ("folder/b.md", "# Next\n\nIt lasted."))
READ = [("a.txt", "It held."), ("folder/b.md", "Next\n\nIt lasted.")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", zipped(*TWO)),
        ("a.zip", zipped(*TWO, method=zipfile.ZIP_BZIP2)),
        ("a.zip", zipped(*TWO, method=zipfile.ZIP_LZMA)),
        ("no suffix", zipped(*TWO)),
        ("a.tar", tarred(*TWO)),
        ("a.tgz", tarred(*TWO, mode="w:gz")),
        ("a.tar.bz2", tarred(*TWO, mode="w:bz2")),
        ("a.tar.xz", tarred(*TWO, mode="w:xz")),
        ("a.7z", seven_zipped(*TWO)),
    ],
)
def test_every_file_inside_is_a_document(replies, name, content):
    found, error = replies(name, content)
    assert (shown(found), error) == (READ, None)
    assert all(reply.position for reply in found)


@pytest.mark.parametrize(
    ("name", "pack"),
    [("a.txt.gz", gzip.compress), ("a.txt.bz2", bz2.compress), ("a.txt.xz", lzma.compress)],
)
def test_a_single_packed_file_is_read(replies, name, pack):
    found, error = replies(name, pack(b"It held."))
    assert (shown(found), error) == ([("a.txt", "It held.")], None)


def test_zstandard_is_read_where_python_or_py7zr_brings_it(replies):
    zstd = pytest.importorskip("backports.zstd")
    found, error = replies("a.tar.zst", zstd.compress(tarred(*TWO)))
    assert (shown(found), error) == (READ, None)


def test_archives_in_archives_say_the_way(replies):
    word = io.BytesIO()
    report = docx.Document()
    report.add_paragraph("It held.")
    report.save(word)
    inner = zipped(("r.docx", word.getvalue()))
    found, _ = replies(
        "a.zip", zipped(("in.tar.gz", gzip.compress(tarred(("a.txt", "One.")))), ("in.zip", inner))
    )
    assert shown(found) == [("in.tar.gz!/a.txt", "One."), ("in.zip!/r.docx", "It held.")]


def test_a_pdf_at_the_start_of_an_archive_does_not_make_it_a_pdf(replies):
    for content in (
        zipped(("a.pdf", "%PDF-1.7"), method=zipfile.ZIP_STORED),
        tarred(("a.pdf", "%PDF-1.7")),
    ):
        found, error = replies("a.pdf", content)
        assert [r.rejection.source for r in found] == ["!/a.pdf"]
        assert error is None


def test_archives_too_deep_are_listed(replies):
    content = zipped(("a.txt", "It held."))
    for _ in range(5):
        content = zipped(("in.zip", content))
    found, error = replies("a.zip", content)
    assert len(found) == 1
    assert found[0].rejection.source.count("in.zip") >= 4
    assert error is None


@pytest.mark.parametrize("make", [zipped, tarred, seven_zipped])
def test_names_that_lead_outside_are_listed_and_the_rest_is_read(
    replies, make, tmp_path, monkeypatch
):
    monkeypatch.setattr(py7zr.py7zr, "check_archive_path", lambda name: True)  # to write it
    found, error = replies("a.bin", make(("b.txt", "It held."), ("x/../../evil.txt", "Evil.")))
    assert sorted(shown(found)) == [("!/x/../../evil.txt", "UnsafeArchive"), ("b.txt", "It held.")]
    assert error is None
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


def test_names_are_shown_without_anything_a_terminal_obeys(replies):
    found, _ = replies("a.zip", zipped(("C\\b\x1b[31m\n.txt", "It held.")))
    assert [r.member for r in found] == ["C/b\ufffd[31m\ufffd.txt"]


def test_names_in_old_korean_archives_are_readable(replies):
    content = zipped(("XXXX.txt", "It held.")).replace(b"XXXX", "전지".encode("cp949"))
    assert shown(replies("a.zip", content)[0]) == [("전지.txt", "It held.")]


def test_a_bomb_is_not_unpacked(replies):
    zeros = bytes(members.BOMB_BYTES + 1)
    found, error = replies("a.zip", zipped(("bomb.txt", zeros), ("a.txt", "It held.")))
    assert shown(found) == [("!/bomb.txt", "UnsafeArchive"), ("a.txt", "It held.")]
    assert error is None
    found, error = replies("a.txt.gz", gzip.compress(zeros))
    assert (shown(found), type(error)) == ([], UnsafeArchive)
    found, error = replies("a.7z", seven_zipped(("bomb.txt", zeros)))
    assert shown(found) == [("!/bomb.txt", "UnsafeArchive")]


def test_many_members_that_are_together_a_bomb_stop_the_archive(replies, monkeypatch):
    monkeypatch.setattr(members, "BOMB_BYTES", 1 << 20)
    found, error = replies("a.zip", zipped(*((f"{n}.txt", b"a " * 400_000) for n in range(4))))
    assert type(error) is UnsafeArchive
    assert len(found) < 4


@pytest.mark.parametrize("limit", ["TOTAL_MEMBERS", "TOTAL_BYTES"])
def test_limits_hold_for_archives_in_archives_together(replies, monkeypatch, limit):
    monkeypatch.setattr(members, limit, 6)
    inner = zipped(("a.txt", "1"), ("b.txt", "2"))
    _, error = replies("a.zip", zipped(*((f"{n}.zip", inner) for n in range(4))))
    assert type(error) is UnsafeArchive


def test_a_broken_member_costs_no_other(replies):
    content = zipped(("a.txt", "It held."), ("b.txt", "It broke."), ("c.txt", "It lasted."),
                     method=zipfile.ZIP_STORED)  # fmt: skip
    found, error = replies("a.zip", content.replace(b"It broke.", b"It brake.", 1))
    assert shown(found) == [
        ("a.txt", "It held."),
        ("!/b.txt", "Malformed"),
        ("c.txt", "It lasted."),
    ]
    assert error is None


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_cut_zip_gives_what_is_whole(replies, method):
    content = zipped(*TWO, ("c.txt", "word " * 999), method=method)
    found, error = replies("a.zip", content[: content.index(b"c.txt") + 20])
    assert shown(found) == [*READ, ("!/c.txt", "Malformed")]
    assert type(error) is Malformed


def test_a_cut_zip_written_to_a_pipe_gives_what_is_whole(replies):
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

        def seek(self, *_):
            raise OSError

        def tell(self):
            raise OSError

    buffer = Pipe()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in TWO:
            archive.writestr(name, content)
        content = buffer.getvalue()
    found, error = replies("a.zip", content)
    assert (shown(found), type(error)) == (READ, Malformed)


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_a_cut_or_damaged_tar_gives_what_is_whole(replies, mode):
    content = tarred(*TWO, ("c.txt", "word " * 999))
    cut = content[: 512 * 5]
    damaged = content[:1024] + b"\xff" * 512 + content[1536:]
    pack = gzip.compress if mode == "w:gz" else bytes
    found, error = replies("a.tar", pack(cut))
    assert (shown(found)[:2], type(error)) == (READ, Malformed)
    found, error = replies("a.tar", pack(damaged))
    assert (shown(found), type(error)) == (READ[:1], Malformed)


def test_a_cut_gzip_and_a_cut_7z_say_so(replies):
    found, error = replies("a.txt.gz", gzip.compress(b"It held. " * 999)[:-20])
    assert (found, type(error)) == ([], Malformed)
    content = seven_zipped(*TWO)
    assert type(replies("a.7z", content[: len(content) // 2])[1]) is Malformed


def test_links_and_devices_are_listed(replies):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, kind in (("link", tarfile.SYMTYPE), ("null", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    found, _ = replies("a.tar", buffer.getvalue())
    assert shown(found) == [("!/link", "Unreadable"), ("!/null", "Unreadable")]
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    assert shown(replies("a.zip", zipped((link, "/etc/passwd")))[0]) == [("!/link", "Unreadable")]


def test_methods_that_are_not_read_are_named(replies):
    content = bytearray(zipped(("a.txt", "It held. " * 99)))
    central = content.index(b"PK\x01\x02")
    content[8:10] = content[central + 10 : central + 12] = b"\x09\x00"
    found, _ = replies("a.zip", bytes(content))
    assert found[0].rejection.error == "UnsupportedFormat"
    assert "Deflate64" in found[0].rejection.message
    assert type(replies("a.rar", b"Rar!\x1a\x07\x01\x00")[1]) is UnsupportedFormat


# Made by Info-ZIP's `zip -P right` and 7-Zip's `7zz a -tzip -mem=AES256 -pright` of a file "a.txt"
# that says "It held.", and by the latter with AES128 of a file "b.txt" with 50 times "word ".
LOCKED = (
    (
        "UEsDBAoACQAAAIU5d117uRYTFQAAAAkAAAAFABwAYS50eHRVVAkAA0rnA2tK5wNrdXgLAAEEAAAAAAQAAAAAEkniLx"
        "4qvr0uUDDXss2uqZ9Q8+IjUEsHCHu5FhMVAAAACQAAAFBLAQIeAwoACQAAAIU5d117uRYTFQAAAAkAAAAFABgAAAAA"
        "AAEAAACkgQAAAABhLnR4dFVUBQADSucDa3V4CwABBAAAAAAEAAAAAFBLBQYAAAAAAQABAEsAAABkAAAAAAA=",
        ("a.txt", "It held."),
    ),
    (
        "UEsDBDMAAQBjAIY5d10AAAAAJQAAAAkAAAAFAAsAYS50eHQBmQcAAgBBRQMAAPfrzE1QOM7KhJceTVX+jv0Vymn1Oe"
        "kgZddw8nA5shJPUvpglrNQSwECPwMzAAEAYwCGOXddAAAAACUAAAAJAAAABQAvAAAAAAAAACCApIEAAAAAYS50eHQK"
        "ACAAAAAAAAEAGADdmy/1GXvdAQAAAAAAAAAAAAAAAAAAAAABmQcAAgBBRQMAAFBLBQYAAAAAAQABAGIAAABTAAAAAA"
        "A=",
        ("a.txt", "It held."),
    ),
    (
        "UEsDBDMAAQBjAIY5d10AAAAALAAAAPsAAAAFAAsAYi50eHQBmQcAAgBBRQEIAFnPVM+7ohv+wCeyx3veatF6gqnf1t"
        "mxV6BFUbHlBPBAC0b6ua2CbqskqWTpUEsBAj8DMwABAGMAhjl3XQAAAAAsAAAA+wAAAAUALwAAAAAAAAAggKSBAAAA"
        "AGIudHh0CgAgAAAAAAABABgAqmJZ9Rl73QEAAAAAAAAAAAAAAAAAAAAAAZkHAAIAQUUBCABQSwUGAAAAAAEAAQBiAA"
        "AAWgAAAAAA",
        ("b.txt", ("word " * 50).strip()),
    ),
)


@pytest.mark.parametrize(("content", "expected"), LOCKED, ids=["ZipCrypto", "AES-256", "AES-128"])
def test_a_member_with_a_password_opens_with_it_only(replies, content, expected):
    content = base64.b64decode(content)
    name = expected[0]
    for passwords in ((), ("wrong",)):
        assert shown(replies("a.zip", content, *passwords)[0]) == [(f"!/{name}", "Encrypted")]
    assert shown(replies("a.zip", content, "wrong", "right")[0]) == [expected]


def test_a_7z_with_a_password_opens_with_it_only(replies):
    for options in ({}, {"header_encryption": True}):
        content = seven_zipped(*TWO, password="right", **options)
        assert type(replies("a.7z", content)[1]) is Encrypted
        assert type(replies("a.7z", content, "wrong")[1]) is Encrypted
        assert shown(replies("a.7z", content, "wrong", "right")[0]) == READ


def test_files_that_cannot_be_read_are_listed_ten_of_a_kind_then_counted(replies):
    pictures = [(f"{n}.TIF", "II*\x00\x08") for n in range(30)]
    found, _ = replies("a.zip", zipped(("a.txt", "It held."), *pictures, ("b.png", b"\x89PNG\r\n")))
    sources = [r.rejection.source for r in found if r.rejection]
    assert sources == [*(f"!/{n}.TIF" for n in range(10)), "!/b.png", "!/*.tif"]
    assert found[-1].rejection.message.startswith("20 more files")


def test_what_macos_adds_is_counted(replies):
    found, _ = replies(
        "a.zip",
        zipped(("__MACOSX/._a.txt", "\x00\x05"), ("a.txt", "It held."), ("x/.DS_Store", "1")),
    )
    assert shown(found) == [("a.txt", "It held."), ("!/(system files)", "UnsupportedFormat")]
    assert found[-1].rejection.message.startswith("2 files")


def test_archives_of_nothing_are_empty(replies):
    assert type(replies("a.zip", zipped())[1]) is EmptyFile
    assert type(replies("a.7z", seven_zipped())[1]) is EmptyFile


def test_duplicate_names_are_both_read(replies):
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = zipped(("a.txt", "One."), ("a.txt", "Two."))
    assert shown(replies("a.zip", content)[0]) == [("a.txt", "One."), ("a.txt", "Two.")]


def test_a_large_member_is_not_held_in_memory(replies, monkeypatch):
    monkeypatch.setattr(members, "_IN_MEMORY", 1000)
    rolled = []
    rollover = members.Spool.rollover
    monkeypatch.setattr(
        members.Spool, "rollover", lambda self: (rolled.append(self), rollover(self))
    )
    content = "It held. " * 1000
    found, _ = replies("a.zip", zipped(("a.txt", content)))
    assert found[0].document.text.split() == content.split()
    assert rolled
