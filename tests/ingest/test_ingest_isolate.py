from __future__ import annotations

import json
import os
import signal
import time

import pypdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest import ReaderProcess, ReadLimits, errors
from ingest.errors import ReadersUnavailable, Rejection

MEGABYTE = 1 << 20


def records(count: int, size: int = 20) -> str:
    lines = [json.dumps({"_id": f"r{n}", "text": "It held. " * size}) for n in range(count)]
    return "\n".join(lines)


def rejected(replies) -> Rejection:
    (reply,) = replies
    assert reply.document is None
    assert reply.rejection is not None
    return reply.rejection


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.txt"
    path.write_text("It holds.")
    return path


def children() -> set[int]:
    """Processes of ours that read, from the system's own list."""
    found = set()
    for entry in os.listdir("/proc"):
        try:
            with open(f"/proc/{entry}/cmdline", "rb") as stream:
                command = stream.read()
            with open(f"/proc/{entry}/stat") as stream:
                parent = int(stream.read().rsplit(")", 1)[1].split()[1])
        except (OSError, ValueError, IndexError):
            continue
        if b"ingest.worker" in command and parent == os.getpid():
            found.add(int(entry))
    return found


def test_a_good_file_is_answered_with_its_document(reader, good):
    (reply,) = reader.read(str(good))
    assert reply.document.text == "It holds."
    assert reply.document.facts.id == "9e5fa3e7e869ef04"
    assert (reply.rejection, reply.content_hash, reply.done) == (None, None, False)


def test_documents_survive_the_way_between_processes_unchanged(reader, read, sample):
    for path in sorted((sample / "patents").iterdir())[:4]:
        (reply,) = reader.read(str(path))
        assert reply.document == read(path)


def test_one_process_reads_many_files(reader, good):
    list(reader.read(str(good)))
    before = children()
    list(reader.read(str(good)))
    assert len(before) == 1
    assert children() == before


def test_closing_ends_the_process(good):
    with ReaderProcess() as reader:
        list(reader.read(str(good)))
        assert len(children()) == 1
    assert children() == set()


def test_a_file_that_takes_too_long_is_stopped_and_the_next_one_is_read(tmp_path, good):
    slow = tmp_path / "slow.txt"
    slow.write_text("One two three four five. " * (20 * MEGABYTE // 25))
    with ReaderProcess(ReadLimits(seconds=0.2)) as reader:
        started = time.monotonic()
        rejection = rejected(reader.read(str(slow)))
        assert time.monotonic() - started < 10
        assert rejection == Rejection(
            str(slow), "ReaderTimeout", "reading took more than 0.2 s and was stopped"
        )
        (reply,) = reader.read(str(good))
        assert reply.document.text == "It holds."


def test_the_time_limit_does_not_count_the_start_of_the_process(good):
    with ReaderProcess(ReadLimits(seconds=0.2)) as reader:
        (reply,) = reader.read(str(good))
        assert reply.document is not None


def test_a_file_that_needs_too_much_memory_is_stopped_and_the_next_one_is_read(tmp_path, good):
    large = tmp_path / "large.txt"
    large.write_text("One two three four five. " * (40 * MEGABYTE // 25))
    with ReaderProcess(ReadLimits(memory=300 * MEGABYTE)) as reader:
        assert rejected(reader.read(str(large))) == Rejection(
            str(large), "ReaderMemory", "reading needed more than 300 MB and was stopped"
        )
        (reply,) = reader.read(str(good))
        assert reply.document.text == "It holds."


def test_a_process_killed_while_reading_costs_that_file_only(tmp_path, reader, good):
    many = tmp_path / "many.jsonl"
    many.write_text(records(3000))
    replies = reader.read(str(many))
    first = next(replies)
    (worker,) = children()
    os.kill(worker, signal.SIGKILL)
    *_, last = replies
    assert first.document.facts.id == "r0"
    assert last.rejection == Rejection(
        str(many), "ReaderCrashed", "the reader's process died (exit status -9)"
    )
    (reply,) = reader.read(str(good))
    assert reply.document.text == "It holds."


def test_a_process_killed_between_two_files_costs_none(reader, good):
    list(reader.read(str(good)))
    (worker,) = children()
    os.kill(worker, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while os.path.exists(f"/proc/{worker}/fd/0") and time.monotonic() < deadline:
        time.sleep(0.01)
    (reply,) = reader.read(str(good))
    assert reply.document is not None


def test_a_caller_that_stops_listening_gets_the_next_file_and_not_the_rest(tmp_path, reader, good):
    many = tmp_path / "many.jsonl"
    many.write_text(records(500))
    replies = reader.read(str(many))
    next(replies)
    replies.close()
    assert children() == set()
    (reply,) = reader.read(str(good))
    assert reply.document.text == "It holds."


def test_a_process_that_cannot_start_stops_the_run(good, monkeypatch):
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    with (
        ReaderProcess() as reader,
        pytest.raises(
            ReadersUnavailable, match="process does not start: the reader's process died"
        ),
    ):
        list(reader.read(str(good)))
    assert children() == set()


@pytest.mark.parametrize(
    "name",
    [
        b"two\nlines.txt",
        "전지 보고서.txt".encode(),
        b"caf\xe9.txt",
        b" .txt",
        b"-h.txt",
        b"a#line 3.txt",
        b"\\udce9.txt",
        b"%00.txt",
    ],
)
def test_a_file_is_read_whatever_its_name(tmp_path, reader, name):
    path = os.path.join(os.fsencode(tmp_path), name)
    with open(path, "wb") as stream:
        stream.write(b"It holds.")
    (reply,) = reader.read(os.fsdecode(path))
    assert reply.document.text == "It holds."


@pytest.mark.parametrize(
    ("name", "source", "message"),
    [
        (b"caf\xe9.xyz", "caf\\udce9.xyz", "no reader for .xyz"),
        (b"a.\xff\xfe", "a.\\udcff\\udcfe", "no reader for .\\udcff\\udcfe"),
        (b"two\nlines", "two\nlines", "no reader for files without a suffix"),
        ("보고서.전지".encode(), "보고서.전지", "no reader for .전지"),
    ],
)
def test_a_rejection_names_the_file_so_that_it_can_be_stored(
    tmp_path, reader, name, source, message
):
    path = os.path.join(os.fsencode(tmp_path), name)
    with open(path, "wb") as stream:
        stream.write(bytes(range(256)))
    rejection = rejected(reader.read(os.fsdecode(path)))
    assert rejection == Rejection(f"{tmp_path}/{source}", "UnsupportedFormat", message)


def test_a_broken_record_is_named_with_its_file_and_line(tmp_path, reader):
    path = tmp_path / "r.jsonl"
    path.write_text('{"_id": "a", "text": "It holds."}\n\n{broken\n[1]\n')
    first, second, third = reader.read(str(path))
    assert first.document.facts.id == "a"
    assert second.rejection.source == f"{path}#line 3"
    assert second.rejection.message.startswith("not JSON: Expecting property name")
    assert third.rejection == Rejection(f"{path}#line 4", "Malformed", "not a JSON object")


def write_encrypted(path) -> None:
    canvas = Canvas(str(path))
    canvas.drawString(72, 720, "It holds.")
    canvas.save()
    writer = pypdf.PdfWriter(clone_from=str(path))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(str(path))


def write_drawing(path) -> None:
    canvas = Canvas(str(path))
    canvas.rect(72, 600, 100, 100)
    canvas.save()


def test_a_run_over_bad_files_lists_each_with_its_reason_and_reads_the_good_ones(tmp_path, reader):
    bomb = (
        '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><us-patent-grant>&y;</us-patent-grant>'
    )
    contents = {
        "01 empty.txt": b"",
        "02 blank.md": b" \n\t\n",
        "03 picture.png": b"\x89PNG\r\n\x1a\n",
        "04 text.pdf": b"Only text.",
        "05 text.docx": b"Only text.",
        "06 text.xml": b"Only text.",
        "07 binary.txt": bytes(range(256)) * 40,
        "08 broken.xml": b"<?xml version='1.0'?><us-patent-grant><p></us-patent-grant>",
        "09 bomb.xml": bomb.encode(),
        "10 other.xml": b"<html><body/></html>",
        "11 cut.pdf": b"%PDF-1.7\n1 0 obj\n<</Type /Catalog",
        "12 cut.docx": b"PK\x03\x04 and nothing more",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    write_encrypted(tmp_path / "13 locked.pdf")
    write_drawing(tmp_path / "14 drawing.pdf")
    (tmp_path / "15 good.txt").write_text("It holds.")
    expected = [
        ("EmptyFile", "the file has no bytes"),
        ("EmptyFile", "the file has no content"),
        ("UnsupportedFormat", "no reader for .png"),
        ("WrongSuffix", "the content is not PDF, and nothing else we read"),
        ("WrongSuffix", "the content is not DOCX, and nothing else we read"),
        ("WrongSuffix", "the content is not XML, and nothing else we read"),
        ("WrongSuffix", "the content is binary, whatever the suffix says"),
        ("Malformed", "broken XML: Opening and ending tag mismatch"),
        ("UnsafeXml", "the entity &y; expands into other entities"),
        ("NoText", ""),
        ("Malformed", "broken PDF: "),
        ("WrongSuffix", "the content is not DOCX, and nothing else we read"),
        ("Encrypted", "it opens with a password only; save a copy without one"),
        ("NoText", "none of its 1 pages has any text; it needs OCR"),
    ]
    replies = [list(reader.read(str(path))) for path in sorted(tmp_path.iterdir())]
    found = [rejected(reply) for reply in replies[:-1]]
    assert [r.source for r in found] == [str(p) for p in sorted(tmp_path.iterdir())][:-1]
    assert [r.error for r in found] == [error for error, _ in expected]
    for rejection, (_, message) in zip(found, expected, strict=True):
        assert rejection.message.startswith(message)
        assert issubclass(getattr(errors, rejection.error), errors.IngestError)
    assert replies[-1][0].document.text == "It holds."


def test_a_folder_and_a_vanished_file_are_unreadable(tmp_path, reader):
    assert rejected(reader.read(str(tmp_path))).message == (
        "the system refuses to read it: Is a directory"
    )
    gone = rejected(reader.read(str(tmp_path / "gone.txt")))
    assert (gone.error, gone.message) == (
        "Unreadable",
        "the system refuses to read it: No such file or directory",
    )


@pytest.mark.parametrize(
    ("name", "start", "megabytes"),
    [
        ("a.txt", b"text", 50),
        ("a.md", b"text", 50),
        ("a.xml", b"<a>", 200),
        ("a.pdf", b"%PDF-", 500),
    ],
)
def test_a_file_over_the_limit_of_its_kind_is_too_large(tmp_path, reader, name, start, megabytes):
    path = tmp_path / name
    with open(path, "wb") as stream:
        stream.write(start)
        stream.truncate((megabytes + 10) * MEGABYTE)  # sparse: takes no room on the disk
    rejection = rejected(reader.read(str(path)))
    assert (rejection.error, rejection.message) == (
        "TooLarge",
        f"larger than the {megabytes} MB this kind of file may have; split it",
    )


def test_a_pipe_without_a_writer_runs_into_the_time_limit(tmp_path, good):
    os.mkfifo(tmp_path / "pipe.txt")
    with ReaderProcess(ReadLimits(seconds=0.3)) as reader:
        assert rejected(reader.read(str(tmp_path / "pipe.txt"))).error == "ReaderTimeout"
        (reply,) = reader.read(str(good))
        assert reply.document is not None
