"""The audit log under attack, under load and around every public method of the assistant."""

from __future__ import annotations

import gzip
import inspect
import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app import main
from assistant import Assistant
from assistant.accounts.records import READER, Identity
from assistant.audit import (
    Act,
    Audited,
    AuditLog,
    Recorder,
    Visitor,
    Wanted,
    computing,
    exporting,
    saw,
)
from assistant.audit import audited as audited_module
from assistant.audit import library as library_module
from assistant.audit.changes import changes
from assistant.audit.errors import AuditBroken, AuditNotWritten, BadAudit
from assistant.audit.lists import INLINE
from assistant.audit.records import ACTIONS, PARTS, Rotation
from assistant.audit.switch import audit_of
from fakes import LetterEncoder
from index import ingest
from index.clearance import EVERYTHING
from index.errors import UnknownDocument
from index.library import Library
from index.update import remove

KIM = Visitor.of(Identity("kim", READER, EVERYTHING, "password"), "10.0.0.7")
LEE = Visitor.of(Identity("lee", READER, EVERYTHING, "key"))
ROOT = Path(__file__).resolve().parents[2]

SUBJECT = "EP9900168A1"
Touch = Callable[[Path], None]


def opened(index: Path, rotation: Rotation | None = None) -> AuditLog:
    log = AuditLog(index, rotation)
    log.create()
    return log


def shows(*ids: str) -> Act:
    return Act("show", {"shown": ids}, count=len(ids))


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    """Six entries, the first of the log itself, one naming a long list, in three files."""
    log = opened(tmp_path)
    log.add(KIM, Act("search", {"shown": ("d1", "d2")}, count=2, query="silicon anode"))
    log.add(LEE, shows("d2"))
    log.rotate()
    log.add(KIM, Act("list", {"listed": tuple(f"d{n}" for n in range(INLINE + 1))}))
    log.rotate()
    log.add(KIM, shows("d3"))
    return log


def files(log: AuditLog) -> list[Path]:
    return sorted(log.folder.glob("log-*"))


def test_an_entry_says_who_what_and_when_and_is_on_the_disk_when_add_returns(
    log: AuditLog,
) -> None:
    number = log.add(KIM, Act("export", {"exported": ("d9",)}, count=1, format="xlsx"))
    *_, last = AuditLog(log.folder.parent).entries()
    assert (last.number, last.name, last.action) == (number, "kim", "export")
    assert (last.role, last.how, last.address) == ("reader", "password", "10.0.0.7")
    assert last.documents == {"exported": ("d9",)}
    assert last.format == "xlsx"
    assert json.loads(json.dumps(last.to_dict()))["time"] == last.time
    modes = {path.stat().st_mode & 0o777 for path in log.folder.rglob("*") if path.is_file()}
    assert (modes, log.folder.stat().st_mode & 0o777) == ({0o600}, 0o700)


def test_equal_questions_can_be_told_and_none_can_be_read(log: AuditLog) -> None:
    log.add(LEE, Act("ask", query=" silicon  anode "))
    same = list(log.entries(Wanted(query=log.query_hash("silicon anode"))))
    assert [entry.name for entry in same] == ["kim", "lee"]
    (log.folder / "key").unlink()
    assert "key is not there" in " ".join(log.verify().notices)
    number = log.add(LEE, Act("ask", query="silicon anode"))
    *_, last = log.entries()
    assert (last.number, last.query == same[0].query) == (number, False)
    verified = log.verify()
    assert verified.ok
    assert "another key" in " ".join(verified.notices)


def test_every_flipped_byte_of_every_file_is_found(tmp_path: Path) -> None:
    """Also of a compressed file, a long list, the head with its blanks, and the key."""
    log = opened(tmp_path)
    log.add(KIM, Act("list", {"listed": tuple(f"d{n}" for n in range(INLINE + 1))}))
    log.rotate(compress=True)
    assert log.verify().ok
    checked = 0
    for path in sorted(p for p in log.folder.rglob("*") if p.is_file() and p.stat().st_size):
        data = path.read_bytes()
        for at in range(len(data)):
            path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
            assert not log.verify().ok, (path.name, at)
            checked += 1
        path.write_bytes(data)
    assert checked > 1500
    assert log.verify().ok


def swap(path: Path) -> None:
    first, second, *rest = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([second, first, *rest]))


def line_out(path: Path) -> None:
    first, _, *rest = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([first, *rest]))


def line_twice(path: Path) -> None:
    first, second, *rest = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([first, second, second, *rest]))


def cut_off(path: Path) -> None:
    *rest, _ = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(rest))


def half_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def forged_tail(path: Path) -> None:
    """An entry that is right in itself and follows the chain; only the head does not know it."""
    from assistant.chained.entries import Entry, read_line

    lines = path.read_bytes().splitlines(keepends=True)
    last = read_line(lines[-1].rstrip(b"\n"))
    assert last is not None
    entry = Entry(last.number + 1, last.time, "mallory", "show", {}, last.hash)
    path.write_bytes(b"".join(lines) + entry.line())


def rewritten(path: Path) -> None:
    """An entry changed together with its own hash."""
    from assistant.chained.entries import Entry, read_line

    lines = path.read_bytes().splitlines(keepends=True)
    old = read_line(lines[1].rstrip(b"\n"))
    assert old is not None
    new = Entry(old.number, old.time, "somebody else", old.kind, old.body, old.previous)
    path.write_bytes(b"".join([lines[0], new.line(), *lines[2:]]))


# Entries: 1 to 3 in the first file, 4 and 5 in the second, 6 and 7 in the third.
ATTACKS: list[tuple[Touch, int, str, int]] = [
    (swap, 0, "removed", 1),
    (line_out, 0, "removed", 2),
    (line_twice, 0, "inserted", 3),
    (cut_off, 0, "missing", 3),
    (half_off, 0, "edited", 3),
    (rewritten, 0, "rewritten", 2),
    (forged_tail, 0, "inserted", 4),
    (Path.unlink, 0, "missing", 1),
    (Path.unlink, 1, "missing", 4),
    (cut_off, 2, "truncated", 7),
    (half_off, 2, "truncated", 7),
    (forged_tail, 2, "inserted", 8),
    (Path.unlink, 2, "truncated", 6),
    (rewritten, 2, "rewritten", 7),
]


@pytest.mark.parametrize(("attack", "file", "what", "entry"), ATTACKS)
def test_what_an_attacker_does_is_found_and_the_first_bad_entry_named(
    log: AuditLog, attack: Touch, file: int, what: str, entry: int
) -> None:
    attack(files(log)[file])
    finding = log.verify().finding
    assert finding is not None
    assert (finding.entry, finding.what) == (entry, what), finding


@pytest.mark.parametrize("attack", [cut_off, half_off, forged_tail, rewritten, Path.unlink])
def test_nothing_is_added_to_a_log_that_is_broken_at_its_end(log: AuditLog, attack: Touch) -> None:
    attack(files(log)[-1])
    with pytest.raises(AuditBroken, match="audit repair"):
        AuditLog(log.folder.parent).add(KIM, shows("d4"))
    number = log.repair(KIM)
    assert log.add(KIM, shows("d4")) == number + 1
    verified = log.verify()
    assert verified.ok
    assert "was broken" in " ".join(verified.notices)
    files(log)[0].write_bytes(b"anything else\n")
    assert not log.verify().ok


def test_a_missing_head_list_or_rewritten_log_is_found(log: AuditLog) -> None:
    before = log.verify().head
    kept = {path: path.read_bytes() for path in log.folder.rglob("*") if path.is_file()}
    for name in ("head.json", next((log.folder / "lists").iterdir()).relative_to(log.folder)):
        (log.folder / name).unlink()
        assert not log.verify().ok
        (log.folder / name).write_bytes(kept[log.folder / name])
    assert log.verify(before[:16]).ok
    shutil.rmtree(log.folder)
    log.create()
    log.add(KIM, shows("d1"))
    finding = log.verify(before).finding
    assert finding is not None
    assert finding.what == "another head"


# Writers in processes of their own. One program forks them all: importing takes longer than what
# is tested, and this process has threads.
WRITERS = """
import itertools, os, random, resource, signal, sys, time
from pathlib import Path
from threading import Thread
from assistant.audit.errors import AuditNotWritten
from assistant.audit.log import AuditLog
from assistant.audit.records import Act, Rotation, Visitor

index, told = Path(sys.argv[2]), os.open(sys.argv[3], os.O_WRONLY | os.O_APPEND | os.O_CREAT)

def write(name, numbers, threads=4):
    log = AuditLog(index, Rotation(bytes=6000))
    def work(thread):
        for n in numbers:
            document = f"{name}-{thread}-{n}"
            try:
                log.add(Visitor(name, "reader", "key"), Act("show", {"shown": (document,)}))
            except AuditNotWritten:
                document = f"refused-{document}"
            os.write(told, f"{document}\\n".encode())
    workers = [Thread(target=work, args=(n,)) for n in range(threads)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]

def forked(*of_write):
    child = os.fork()
    if child == 0:
        write(*of_write)
        os._exit(0)
    return child

def killed(log):
    chance = random.Random(7)
    for life in range(30):
        child = forked(f"life{life}", range(10**9))
        time.sleep(chance.uniform(0.005, 0.12))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        verified = log.verify()
        assert verified.ok, (life, verified.finding)

def together(log):
    for child in [forked(name, range(50)) for name in "ab"]:
        assert os.waitpid(child, 0)[1] == 0

def full(log):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    size = max(path.stat().st_size for path in log.folder.glob("log-*"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 900, size + 900))
    write("full", range(3), 2)

{"killed": killed, "together": together, "full": full}[sys.argv[1]](AuditLog(index))
"""


def told_by(what: str, index: Path) -> list[str]:
    """The documents that writers were told are on the disk."""
    told = index / "told"
    command = [sys.executable, "-c", WRITERS, what, str(index), str(told)]
    subprocess.run(command, check=True, cwd=ROOT, timeout=180)
    return told.read_text().split()


def shown_by(log: AuditLog) -> list[str]:
    return [d for entry in log.entries() for d in entry.documents.get("shown", ())]


def test_two_processes_of_several_threads_lose_nothing(tmp_path: Path) -> None:
    log = opened(tmp_path)
    told_by("together", tmp_path)
    wanted = sorted(f"{n}-{t}-{i}" for n in "ab" for t in range(4) for i in range(50))
    assert sorted(shown_by(log)) == wanted
    assert log.verify().ok
    assert len(files(log)) > 10


def test_a_writer_killed_at_any_moment_leaves_a_whole_log_and_loses_nothing_told(
    tmp_path: Path,
) -> None:
    log = opened(tmp_path)
    log.add(KIM, shows("before"))
    told = told_by("killed", tmp_path)
    log.add(KIM, shows("after"))
    assert log.verify().ok
    seen = shown_by(log)
    assert len(seen) == len(set(seen))
    assert set(told) <= set(seen)
    assert len(told) > 20


def test_where_the_disk_is_full_nothing_is_shown_and_the_log_stays_whole(tmp_path: Path) -> None:
    log = opened(tmp_path)
    log.add(KIM, shows("before"))
    told = told_by("full", tmp_path)
    refused = [document for document in told if document.startswith("refused-")]
    assert len(told) == 6
    assert 2 <= len(refused) <= 5
    assert log.verify().ok
    log.add(KIM, shows("after"))
    assert log.verify().ok
    assert set(shown_by(log)) == {"before", "after", *told} - set(refused)


def test_half_an_entry_is_cut_and_said(tmp_path: Path) -> None:
    """Every state that a power cut can leave between two entries."""
    log = opened(tmp_path)
    log.add(KIM, shows("d1"))
    path, head = files(log)[0], log.folder / "head.json"
    before, old_head = path.read_bytes(), head.read_bytes()
    log.add(KIM, shows("d2"))
    after = path.read_bytes()
    value = json.loads(head.read_bytes())
    begun = {"end": json.loads(old_head)["end"], "next": value["end"]}
    text = json.dumps(begun, sort_keys=True, separators=(",", ":"))
    for size in (*range(len(before), len(after), 9), len(after) - 1, len(after)):
        path.write_bytes(after[:size])
        head.write_text(text.ljust(511) + "\n")
        verified = AuditLog(tmp_path).verify()
        assert verified.ok, (size, verified.finding)
        assert verified.entries == (3 if size == len(after) else 2)
        again = AuditLog(tmp_path)
        again.add(KIM, shows("d3"))
        assert again.verify().ok
        kinds = [entry.action for entry in again.entries()]
        whole = size == len(after)
        assert kinds == ["opened", "show", "show" if whole else "recovered", "show"]


def test_fifty_threads_write_at_least_five_hundred_entries_a_second(tmp_path: Path) -> None:
    log = opened(tmp_path)
    documents = tuple(f"{n:032x}" for n in range(10))

    def work() -> None:
        for _ in range(20):
            log.add(KIM, Act("search", {"shown": documents}, count=10, query="anode"))

    rates: list[float] = []
    while not rates or (max(rates) <= 500 and len(rates) < 3):  # Others may use the machine.
        workers = [threading.Thread(target=work) for _ in range(50)]
        start = time.perf_counter()
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        rates.append(1000 / (time.perf_counter() - start))
    assert log.verify().entries == 1 + 1000 * len(rates)
    assert max(rates) > 500


def test_verifying_while_it_is_written_finds_it_whole(tmp_path: Path) -> None:
    log = opened(tmp_path, Rotation(bytes=3000))
    workers = [threading.Thread(target=lambda: [log.add(KIM, shows("d")) for _ in range(30)])]
    workers[0].start()
    checked = 0
    while workers[0].is_alive() or not checked:
        assert log.verify().ok
        checked += 1
    assert checked


def test_a_new_file_for_size_and_date_and_old_ones_moved_away(tmp_path: Path) -> None:
    log = opened(tmp_path, Rotation(bytes=2000))
    for n in range(30):
        log.add(KIM, shows(f"d{n}"))
    assert len(files(log)) > 3
    assert log.verify().ok
    old = log.rotate(compress=True)
    assert all(name.endswith(".jsonl.gz") for name in old)
    assert len(shown_by(log)) == 30
    assert "are in log-000000000001.jsonl.gz" in " ".join(log.verify().notices)
    elsewhere = tmp_path / "elsewhere"
    log.rotate(to=elsewhere)
    verified = log.verify()
    assert verified.ok
    assert "moved away" in " ".join(verified.notices)
    assert not any("moved away" in n for n in log.verify(elsewhere=[elsewhere]).notices)
    moved = sorted(elsewhere.iterdir())[1]
    data = gzip.decompress(moved.read_bytes()).replace(b'"kim"', b'"bob"', 1)
    moved.write_bytes(gzip.compress(data))
    assert not log.verify(elsewhere=[elsewhere]).ok


def test_a_new_file_when_the_month_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = opened(tmp_path)
    log.add(KIM, shows("d1"))
    monkeypatch.setattr(Rotation, "begun", lambda self, moment: moment[:26])  # a month a moment
    log.add(KIM, shows("d2"))
    assert len(files(log)) == 2
    assert log.verify().ok


def test_entries_are_found_by_document_also_in_long_lists_and_after_removal(log: AuditLog) -> None:
    assert [e.action for e in log.entries(Wanted(document="d2"))] == ["search", "show", "list"]
    assert [e.action for e in log.entries(Wanted(document=f"d{INLINE}"))] == ["list"]
    assert [e.number for e in log.entries(Wanted(document="d2", who="lee"))] == [3]
    *_, last = log.entries()
    assert [e.number for e in log.entries(Wanted(since=last.time))] == [last.number]
    assert len(list(log.entries(Wanted(until=last.time[:7])))) == last.number
    assert not list(log.entries(Wanted(until="2001-01-01")))
    for wrong in ({"since": "yesterday"}, {"action": "look"}):
        with pytest.raises(BadAudit):
            Wanted(**wrong)


def test_an_act_takes_no_text() -> None:
    for wrong in (
        {"action": "show", "about": "Secret coating of Project Falcon"},
        {"action": "look"},
        {"action": "export", "format": "../../secret title"},
        {"action": "show", "documents": {"title": ("x",)}},
    ):
        with pytest.raises(BadAudit):
            Act(**wrong)


# --- around the assistant ---


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Assistant:
    folder = tmp_path_factory.mktemp("audited") / "library"
    names = (f"{SUBJECT}.xml", "US20159900305A1.pdf", "EP9900214A1.xml", "US20179900214A1.xml")
    ingest(folder, [sample / "patents" / name for name in names], encoder=LetterEncoder())
    return Assistant.open(folder, LetterEncoder())


@pytest.fixture
def watched(plain: Assistant, tmp_path: Path) -> tuple[Audited, AuditLog]:
    log = opened(tmp_path)
    return Audited(plain, Recorder(log, KIM)), log


QUESTION = "Which coating is put on the cathode?"


def accesses_of(a: Assistant) -> dict[str, Callable[[], object]]:
    """Every public method of the assistant that shows documents."""
    return {
        "search": lambda: a.search("coating of a cathode", 5),
        "search_like": lambda: a.search_like(SUBJECT, 3),
        "ask": lambda: a.ask(QUESTION),
        "ask_growing": lambda: list(a.ask_growing(QUESTION, conversation=[a.ask(QUESTION).turn()])),
        "summarize": lambda: a.summarize(SUBJECT),
        "summarize_search": lambda: a.summarize_search("coating of a cathode", 4),
        "claim": lambda: a.claim(SUBJECT),
        "chart": lambda: a.chart(a.claim(SUBJECT), k=2),
        "show": lambda: a.show(SUBJECT),
        "dates": lambda: a.dates("2018-01-01"),
        "family": lambda: a.family(SUBJECT),
        "citations": lambda: a.citations(SUBJECT),
        "neighbours": lambda: a.neighbours([SUBJECT]),
        "documents": lambda: a.documents(),
        "rejected": lambda: a.rejected(),
        "evidence": lambda: a.evidence(_citation(a)),
        "page_image": lambda: a.page_image("US20159900305A1", 1),
    }


def _citation(a: Assistant):
    from assistant.records import Citation

    hit = a.search("coating of a cathode", 1).hits[0]
    passage = hit.passages[0]
    return Citation(
        key="1", document_id=hit.document.id, number=hit.document.number,
        title=hit.document.title, passage_id=passage.id, quote=passage.text[:40],
        section=passage.section, claim=passage.claim, paragraph=passage.paragraph,
        page=passage.first_page,
    )  # fmt: skip


def public(cls: type) -> set[str]:
    found = {name for name in dir(cls) if not name.startswith("_")}
    return {n for n in found if callable(getattr(cls, n)) or isinstance(getattr(cls, n), property)}


def test_no_public_method_of_assistant_or_library_is_forgotten(plain: Assistant) -> None:
    of_assistant = public(Assistant) - audited_module.SHOWS_NOTHING
    assert of_assistant == set(accesses_of(plain))
    for name in public(Assistant):
        assert name in vars(Audited), f"Audited does not say what Assistant.{name} shows"
    for name in public(Library):
        assert name in vars(library_module.AuditedLibrary), f"AuditedLibrary lacks {name}"
    for cls, mine in ((Assistant, Audited), (Library, library_module.AuditedLibrary)):
        for name in public(cls) - {"open"}:
            parameters = inspect.signature(getattr(cls, name)).parameters
            assert list(inspect.signature(getattr(mine, name)).parameters) == list(parameters)


@pytest.mark.parametrize("name", sorted(accesses_of(None)))  # type: ignore[arg-type]
def test_every_method_names_all_documents_in_its_result(
    watched: tuple[Audited, AuditLog], plain: Assistant, name: str
) -> None:
    assistant, log = watched
    result = accesses_of(assistant)[name]()
    everything = {facts.id for facts in plain.documents()}
    named = {d for e in log.entries() for ids in e.documents.values() for d in ids}
    said = repr(result)
    assert {d for d in everything if d in said} <= named
    assert len(list(log.entries())) >= 2
    if name != "rejected":
        assert named


def test_every_method_of_the_library_that_hands_out_documents_leaves_an_entry(
    watched: tuple[Audited, AuditLog], plain: Assistant
) -> None:
    from index.records import Filters

    assistant, log = watched
    library = assistant.library
    one = plain.library.document(SUBJECT).facts.id
    calls: dict[str, Callable[[], object]] = {
        "search": lambda: library.search("coating", 2),
        "documents": library.documents,
        "document": lambda: library.document(SUBJECT),
        "document_and_spans": lambda: library.document_and_spans(SUBJECT),
        "family": lambda: library.family(SUBJECT),
        "rejected": library.rejected,
        "facts_of": lambda: library.facts_of([one]),
        "citation_links": lambda: library.citation_links([one]),
        "document_vectors": lambda: library.document_vectors([one]),
        "documents_within": lambda: library.documents_within(Filters()),
    }
    assert set(calls) == public(Library) - library_module.SHOWS_NOTHING
    library.document(SUBJECT)
    for name, call in calls.items():
        before = len(list(log.entries()))
        call()
        assert len(list(log.entries())) == before + 1, name
    library.counts(), library.fingerprint(), library.term_counts(["coat"]), library.snapshot()
    library.span("0")
    assert len(list(log.entries())) == 12
    computing(library).documents()
    assert len(list(log.entries())) == 12


def test_the_log_has_no_text_title_name_or_question(
    watched: tuple[Audited, AuditLog], plain: Assistant
) -> None:
    assistant, log = watched
    for call in accesses_of(assistant).values():
        call()
    exporting(assistant, assistant.search("coating", 5), ".xlsx")
    saw(assistant, "project", assistant.documents())
    data = b"".join(path.read_bytes() for path in log.folder.glob("log-*")).decode()
    for listed in (log.folder / "lists").glob("*"):
        data += gzip.decompress(listed.read_bytes()).decode()
    texts = {QUESTION, "coating of a cathode", "coating", "cathode", SUBJECT}
    for facts in plain.documents():
        document = plain.library.document(facts.id)
        texts |= {facts.title, facts.number or facts.title, Path(facts.source).name, *facts.parties}
        texts |= {word for word in document.text.split() if len(word) > 9 and word.isalpha()}
    texts -= {*ACTIONS, *PARTS}
    assert len(texts) > 70
    assert not {text for text in texts if text in data}


def test_what_is_refused_or_unknown_leaves_no_entry_and_a_full_disk_shows_nothing(
    watched: tuple[Audited, AuditLog],
) -> None:
    assistant, log = watched
    with pytest.raises(UnknownDocument):
        assistant.show("US1")
    assert not list(log.entries())
    shutil.rmtree(log.folder)  # Nothing can be written where there is no folder.
    for call in accesses_of(assistant).values():
        with pytest.raises(AuditNotWritten):
            call()


def test_commands_record_list_and_verify(
    tmp_path: Path, sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index, encoder = tmp_path / "library", LetterEncoder()
    ingest(index, [sample / "patents" / "EP9900168A1.xml"], encoder=encoder)
    at = ["--index", str(index)]
    assert main(["audit", "list", *at]) == 1
    assert "audit on" in capsys.readouterr().err
    assert main(["audit", "on", *at]) == 0
    log = audit_of(index)
    assert log is not None
    assistant = Audited(Assistant.open(index, encoder), Recorder(log, KIM))
    document = assistant.show(SUBJECT).document.facts.id
    with changes(log, KIM, index, "remove"):
        remove(index, [document], encoder)
    capsys.readouterr()
    assert main(["audit", "document", document, "--who", "kim", "--json", *at]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["document"], said["in_index"]) == (document, False)
    assert [access["action"] for access in said["accesses"]] == ["show", "remove"]
    assert said["accesses"][1]["documents"] == {"removed": [document]}
    assert main(["audit", "rotate", "--compress", *at]) == 0
    assert main(["audit", "list", *at]) == 0
    assert "kim (reader)  show" in capsys.readouterr().out
    assert main(["audit", "verify", "--json", *at]) == 0
    assert json.loads(capsys.readouterr().out)["ok"]
    half_off(files(log)[-1])
    assert main(["audit", "verify", *at]) == 1
    assert "BROKEN at entry" in capsys.readouterr().out
    assert main(["audit", "repair", *at]) == 0
    assert main(["audit", "verify", *at]) == 0
