"""The search record: every edit is found, nothing is lost to two writers, a kill or a full disk."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.projects import Projects
from assistant.projects.chain import Head, check_chain
from assistant.projects.entries import Entry, canonical, read_line
from assistant.projects.errors import BadEntry, BrokenRecord
from assistant.projects.project import Project

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with five entries by Kim."""
    project = Projects(tmp_path, "Kim").create("Blade coating")
    for text in ("first", "zweite Notiz: größer", "세 번째", "fourth"):
        project.note(text)
    return project


def lines(project: Project) -> list[bytes]:
    return (project.folder / "record.jsonl").read_bytes().splitlines(keepends=True)


def put(project: Project, data: bytes, name: str = "record.jsonl") -> None:
    (project.folder / name).write_bytes(data)


def found(project: Project) -> tuple[int | None, str]:
    finding = Project(project.folder).verify().finding
    assert finding is not None
    return finding.entry, finding.what


def run(program: str, *arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_a_record_as_written_is_whole_and_reads_back(project):
    verified = project.verify()
    assert (verified.ok, verified.entries, verified.notices) == (True, 5, ())
    assert [entry.kind for entry in project.entries()] == ["created", *["note"] * 4]
    assert {entry.user for entry in project.entries()} == {"Kim"}
    assert all(read_line(line.rstrip(b"\n")) for line in lines(project))
    assert [note.text for note in project.state().notes][2] == "세 번째"


def test_no_byte_of_the_record_or_its_head_can_be_changed(project):
    record = (project.folder / "record.jsonl").read_bytes()
    head = (project.folder / "head.json").read_bytes()
    assert check_chain(record, head).finding is None
    for place, byte in enumerate(record):
        number = record[:place].count(b"\n") + 1
        for other in {byte ^ 1, byte ^ 32, 32, 10, 0} - {byte}:
            edited = record[:place] + bytes([other]) + record[place + 1 :]
            finding = check_chain(edited, head).finding
            assert finding is not None, (place, other)
            assert finding.entry in (number, number + 1 if byte == 10 else number), (place, other)
        for edited in (
            record[:place] + record[place + 1 :],
            record[:place] + b" " + record[place:],
        ):
            assert check_chain(edited, head).finding is not None, place
    for place, byte in enumerate(head):
        for other in {byte ^ 1, byte ^ 32, 32, 10, 0} - {byte}:
            edited = head[:place] + bytes([other]) + head[place + 1 :]
            assert check_chain(record, edited).finding is not None, (place, other)
        assert check_chain(record, head[:place]).finding is not None
        assert check_chain(record, head[:place] + b" " + head[place:]).finding is not None


def test_the_first_bad_entry_is_named(project):
    good = lines(project)
    for changed, expected in (
        ([*good[:2], *good[3:]], (3, "removed")),
        ([*good[:3], good[2], *good[3:]], (4, "inserted")),
        ([good[0], good[2], good[1], *good[3:]], (2, "removed")),
        (good[:3], (4, "truncated")),
        ([], (1, "truncated")),
        ([*good[:4], good[4][:-20]], (5, "truncated")),
        ([*good, b"\n"], (6, "edited")),
        ([*good[:2], good[2].replace(b",", b", ", 1), *good[3:]], (3, "edited")),
        ([*good[:2], good[2].replace(b"\n", b"\r\n"), *good[3:]], (3, "edited")),
    ):
        put(project, b"".join(changed))
        assert found(project) == expected
    put(project, b"".join(good))
    assert Project(project.folder).verify().ok
    (project.folder / "head.json").unlink()
    assert found(project) == (5, "head")
    (project.folder / "record.jsonl").unlink()
    assert found(project) == (0, "head")


def test_an_entry_rewritten_with_a_right_hash_breaks_the_chain(project):
    good = lines(project)
    third = project.entries()[2]
    forged = Entry(3, third.time, third.user, "note", {**third.body, "text": "no"}, third.previous)
    put(project, b"".join([*good[:2], forged.line(), *good[3:]]))
    assert found(project) == (3, "rewritten")
    last = project.entries()[-1]
    more = Entry(6, last.time, "Lee", "note", {"text": "", "document_id": None}, last.hash)
    put(project, b"".join([*good, more.line()]))
    assert found(project) == (6, "inserted")


def test_a_head_kept_elsewhere_finds_what_the_files_cannot_show(project):
    kept = project.verify().head
    project.note("fifth")
    verified = project.verify(kept[:16])
    assert verified.ok
    assert "entry 5; 1 followed" in verified.notices[0]
    # Cut the last two entries and make the head fit: only the kept hash can tell.
    entry = project.entries()[3]
    put(project, b"".join(lines(project)[:4]))
    put(project, Head(4, entry.hash).to_bytes(), "head.json")
    assert Project(project.folder).verify().ok
    cut = Project(project.folder).verify(kept)
    assert not cut.ok
    assert cut.finding.what == "another head"
    with pytest.raises(BadEntry, match="no hash"):
        project.verify("12")


def test_nothing_is_added_to_a_broken_record_until_it_is_repaired(project):
    good = lines(project)
    broken = b"".join([*good[:2], good[2].replace(b"Kim", b"Lee"), *good[3:]])
    put(project, broken)
    with pytest.raises(BrokenRecord, match="entry 3 is not as it was written") as raised:
        project.note("more")
    assert raised.value.entry == 3
    assert b"".join(lines(project)) == broken
    state = project.state()
    assert "entry 3" in (state.broken or "")
    assert [note.text for note in state.notes] == ["first", "세 번째", "fourth"]
    entry = project.repair()
    assert (entry.number, entry.body["chained"], entry.body["not_chained"]) == (6, [1, 2], [4, 5])
    project.by("Lee").note("after")
    again = Project(project.folder)
    verified = again.verify()
    assert verified.ok
    assert "4, 5" in verified.notices[0]
    assert "entry 3 is not" in verified.notices[0]
    assert [note.text for note in again.state().notes] == ["first", "세 번째", "fourth", "after"]
    assert (project.folder / "record-1.jsonl").read_bytes() == broken
    put(project, broken.replace(b"fourth", b"fifths"), "record-1.jsonl")
    assert found(project) == (None, "closed part")
    with pytest.raises(BadEntry, match="nothing to repair"):
        Projects(project.folder.parents[1]).create("Other").repair()


def test_a_write_stopped_at_any_byte_loses_one_entry_at_most_and_says_so(project):
    record, head = b"".join(lines(project)), (project.folder / "head.json").read_bytes()
    last = project.entries()[-1]
    entry = Entry(6, last.time, "Kim", "note", {"text": "sixth", "document_id": None}, last.hash)
    begun = Head(5, last.hash, entry.hash).to_bytes()
    line = entry.line()
    for cut in range(0, len(line) + 1, 7):
        put(project, record + line[:cut])
        put(project, begun, "head.json")
        stopped = Project(project.folder, "Lee")
        before = stopped.verify()
        assert before.ok is (cut == 0)
        assert "entry 6 was begun" in before.notices[0]
        assert len(stopped.entries()) == 5
        stopped.note("next")
        kinds = [entry.kind for entry in stopped.entries()[5:]]
        assert kinds == ["recovered", "note"]
        assert stopped.entries()[5].body["cut"].encode() == line[:cut]
        after = Project(project.folder).verify()
        assert after.ok
        assert "was lost" in after.notices[0]
    put(project, record + line)  # All but the last step, in which the head learns of it.
    put(project, begun, "head.json")
    done = Project(project.folder)
    assert done.verify().ok
    done.note("seventh")
    assert [note.text for note in done.state().notes][4:] == ["sixth", "seventh"]
    put(project, record)
    put(project, head, "head.json")
    assert Project(project.folder).verify().ok


WRITER = """
import sys
from assistant.projects import Projects
project = Projects(sys.argv[1], sys.argv[2]).open("Blade coating")
print("ready", flush=True)
for n in range(int(sys.argv[3])):
    project.note(f"{sys.argv[2]} {n}")
"""


def test_two_processes_of_200_entries_lose_none(project):
    index = project.folder.parents[1]
    writers = [run(WRITER, index, user, 200) for user in ("Ann", "Bo")]
    seen = 0
    while any(writer.poll() is None for writer in writers):
        count = len(Project(project.folder).state().notes)  # Readers see whole entries only.
        assert count >= seen
        seen = count
        time.sleep(0.1)
    assert [writer.wait() for writer in writers] == [0, 0], [w.stderr.read() for w in writers]
    for writer in writers:
        writer.communicate()
    assert Project(project.folder).verify().entries == 405
    assert Project(project.folder).verify().ok
    texts = [note.text for note in Project(project.folder).state().notes]
    assert [t for t in texts if t.startswith("Ann")] == [f"Ann {n}" for n in range(200)]
    assert [t for t in texts if t.startswith("Bo")] == [f"Bo {n}" for n in range(200)]


def test_a_killed_writer_leaves_a_record_that_goes_on(project):
    index = project.folder.parents[1]
    for delay in (0.0, 0.031):
        writer = run(WRITER, index, "Ann", 10_000)
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(delay)
        os.kill(writer.pid, signal.SIGKILL)
        writer.communicate()
        before = Project(project.folder).verify()
        assert before.ok or before.finding.what == "half written"
        Project(project.folder, "Bo").note(f"after {delay}")
        assert Project(project.folder).verify().ok
    texts = [note.text for note in Project(project.folder).state().notes]
    assert [t for t in texts if t.startswith("after")] == ["after 0.0", "after 0.031"]


FULL = """
import resource, sys
from assistant.projects import Projects
from assistant.projects.errors import RecordNotWritten
project = Projects(sys.argv[1], "Ann").open("Blade coating")
record = project.folder / "record.jsonl"
before = record.read_bytes()
for limit in (10, len(before), len(before) + 1, len(before) + 300, len(before) + 5000):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        project.note("x" * 5000)
    except RecordNotWritten as error:
        assert record.read_bytes() == before
        print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits the size of files as Unix does")
def test_a_disk_that_fills_leaves_the_entries_before_whole(project):
    before = b"".join(lines(project))
    out, err = run(FULL, project.folder.parents[1]).communicate()
    assert out.count(b"is whole. Make room") == 5, err
    assert b"".join(lines(project)) == before
    verified = Project(project.folder).verify()
    assert (verified.ok, verified.entries, verified.notices) == (True, 5, ())
    project.note("there is room again")
    assert Project(project.folder).verify().entries == 6
    assert not list(project.folder.glob("*.tmp"))


@pytest.mark.skipif(sys.platform == "win32", reason="permissions as Unix knows them")
def test_files_are_for_those_who_may_enter_the_folder(project):
    def modes() -> set[int]:
        files = [path for path in project.folder.rglob("*") if path.is_file()]
        return {stat.S_IMODE(path.stat().st_mode) for path in files}

    assert stat.S_IMODE(project.folder.stat().st_mode) == 0o700
    assert modes() == {0o600}


def test_a_record_is_one_json_object_a_line_that_other_programs_read(project):
    values = [json.loads(line) for line in lines(project)]
    assert [value["number"] for value in values] == [1, 2, 3, 4, 5]
    assert [value["previous"] for value in values[1:]] == [value["hash"] for value in values[:-1]]
    assert values[0]["previous"] == "0" * 64
    for value, line in zip(values, lines(project), strict=True):
        rest = {name: value[name] for name in value if name != "hash"}
        assert hashlib.sha256(canonical(rest)).hexdigest() == value["hash"]
        assert canonical(value) + b"\n" == line
