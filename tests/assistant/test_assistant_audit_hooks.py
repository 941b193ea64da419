"""The command line of an audited index: what each command shows or changes is in the log first."""

from __future__ import annotations

import argparse
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import main
from assistant import Assistant, retrieve
from assistant.accounts import Accounts
from assistant.arguments import parser
from assistant.audit import AuditLog, audit_of
from assistant.audit.errors import AuditNotWritten
from assistant.audit.records import Access
from assistant.commands import common, documents
from assistant.doctor import diagnose
from assistant.projects import Projects
from assistant.projects.forget import _named
from assistant.projects.named import mentioned
from fakes import LetterEncoder
from index import ingest
from index.catalog import Catalog
from index.clearance import EVERYTHING

SUBJECT, OTHER = "EP9900168A1", "US20179900214A1"
FILES = (f"{SUBJECT}.xml", "EP9900214A1.xml", f"{OTHER}.xml", "US20189900262A1.xml")
QUESTION = "Which coating is put on the cathode?"
PASSWORD = "a sentence that is long enough"

# What each command shows, and the actions that it leaves in the log. {out} is a new file, {set} a
# file of questions; every other name is of the index.
SHOWS: dict[str, list[str]] = {
    "search coating -k 3": ["search"],
    "search --like EP9900168A1": ["search"],
    "search coating --subject EP9900168A1": ["search", "dates"],
    "search coating --project Blades": ["search"],
    "search coating --out {out}.xlsx": ["search", "export"],
    "ask coating?": ["ask"],
    "ask thickness? --following coating?": ["ask", "follow_up"],
    "summarize EP9900168A1": ["summarize"],
    "summarize --query coating -k 2": ["summarize"],
    "claim --claim-of EP9900168A1": ["claim"],
    "chart --claim-of EP9900168A1 -k 2": ["chart"],
    "chart --claim-of EP9900168A1 -k 2 --out {out}.csv": ["chart", "export"],
    "dates --subject 2018-01-01": ["dates"],
    "dates --subject EP9900168A1 US20179900214A1": ["dates"],
    "family EP9900168A1": ["family"],
    "citations EP9900168A1": ["citations"],
    "citations EP9900168A1 US20179900214A1": ["neighbours"],
    "citations EP9900168A1 --graph {out}.svg": ["citations", "export"],
    "picture timeline": ["picture"],
    "picture cpc --query coating": ["picture"],
    "picture map --out {out}.csv": ["picture", "export"],
    "show EP9900168A1": ["show"],
    "list": ["list"],
    "list --rejected": ["rejected"],
    "evaluate-answers {set}": ["ask"],
    "project mark Blades EP9900168A1 --relevant": ["project"],
    "project subject Blades --number EP9900168A1": ["project"],
    "project note Blades mine --about US20179900214A1": ["project"],
    "project show Blades": ["project"],
    "project alerts Blades": ["alerts"],
    "project chart Blades {chart}": ["chart"],
    "project chart Blades {chart} --out {out}.csv": ["chart", "export"],
    "project override Blades {chart} {key} {cell} --note mine": ["project"],
    "project export Blades {out}.zip": ["export"],
    "record show Blades": ["project"],
    "record replay Blades": ["replay"],
}
# What changes the index or who gets in; each on a copy, in this order.
CHANGES: dict[str, list[str]] = {
    "ingest {more}": ["ingest", "ingest"],
    "label set secret EP9900168A1": ["relabel", "relabel"],
    "label clear EP9900168A1": ["relabel", "relabel"],
    "label folder secret {more}": ["relabel"],
    "label unfolder {more}": ["relabel"],
    "snapshot {out}": ["snapshot"],
    "remove EP9900168A1": ["remove", "remove"],
    "reembed --encoder others": ["reembed"],
    "users add kim --role administrator --clearance-all --no-password": ["account_added"],
    "users add lee --role reader --clearance secret --password-stdin": ["account_added"],
    "users password lee --password-stdin": ["password_changed"],
    "users change lee --disable": ["account_changed"],
    "users remove lee": ["account_removed"],
    "keys add kim --for test --clearance-all": ["key_made"],
    "keys revoke {prefix}": ["key_revoked"],
}
# Commands that neither show nor change documents or accounts, or have entries of their own kind.
NEITHER = {
    "number": "reads no index",
    "evaluate": "measures on an index of its own",
    "calibrate-answers": "writes weights only",
    "doctor": "counts and sums",
    "serve": "the web app",
    "label list": "labels and how many documents have them",
    "users list": "accounts only",
    "keys list": "accounts only",
    "project create": "names no document",
    "project list": "names no document",
    "project save": "shows nothing of what was found",
    "project drop": "names no document",
    "project archive": "names no document",
    "record verify": "hashes",
    "record repair": "hashes",
    "audit on": "audit",
    "audit verify": "audit",
    "audit list": "audit",
    "audit document": "audit",
    "audit rotate": "audit",
    "audit repair": "audit",
    "restore": "tried below, in an index of its own",
    "rebuild": "makes anew what the catalogue has",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    folder = tmp_path_factory.mktemp("made")
    ingest(folder / "library", [sample / "patents" / n for n in FILES], encoder=LetterEncoder())
    question = {"id": "q1", "question": QUESTION, "kind": "value", "answerable": True}
    given = {**question, "gold": [SUBJECT], "facts": [["no such value"]], "source": "made"}
    (folder / "set.jsonl").write_text(json.dumps(given))
    (folder / "more").mkdir()
    (folder / "more" / "note.md").write_text("# Zeta note\n\nThe zeta coating is 12 nm thick.\n")
    with pytest.MonkeyPatch.context() as patch:
        letters(patch)
        Index(folder / "library", folder).run("project create Blades")
        Index(folder / "library", folder).run("project save Blades coating")
        late = folder / "late.md"
        late.write_text("# Late note\n\nThis coating came late and is 15 nm thick.\n")
        ingest(folder / "library", [late], encoder=LetterEncoder())
        Index(folder / "library", folder).run("search coating --project Blades")
        Index(folder / "library", folder).run("ask coating? --project Blades")
        charted = "chart --claim-of EP9900168A1 -k 2 --project Blades"
        Index(folder / "library", folder).run(charted)
        Index(folder / "library", folder).run("audit on")
    return folder


class Index:
    """A library with what is run over it."""

    def __init__(self, path: Path, folder: Path) -> None:
        self.path = path
        self.folder = folder

    def run(self, line: str) -> int:
        """The status of a command, written with blanks between its words."""
        words = [word.format(**self.values()) if "{" in word else word for word in line.split()]
        encoder = [] if "--encoder" in words else ["--encoder", "letters"]
        return main(["--index", str(self.path), *encoder, *words])

    def values(self) -> dict[str, str]:
        """What stands for names in braces."""
        project = Projects(self.path).open("Blades")
        charts = [entry for entry in project.entries() if entry.kind == "chart"]
        statuses = charts[-1].body["statuses"] if charts else {"": {"": ""}}
        key, cells = next(iter(statuses.items()))
        with Accounts(self.path) as accounts:
            keys = accounts.keys() if accounts.exist() else ()
        return {
            "out": str(self.path.parent / "out"),
            "set": str(self.folder / "set.jsonl"),
            "more": str(self.folder / "more"),
            "chart": str(charts[-1].number) if charts else "",
            "key": key,
            "cell": next(iter(cells)),
            "prefix": keys[0].prefix if keys else "",
        }

    @property
    def log(self) -> AuditLog:
        """Its log."""
        found = audit_of(self.path)
        assert found is not None
        return found

    def entries(self, after: int = 0) -> list[Access]:
        """Entries but those that the log writes about itself."""
        return [e for e in self.log.entries() if e.number > after and e.detail is None]

    def last(self) -> int:
        """The number of the last entry."""
        return [entry.number for entry in self.log.entries()][-1]

    def facts(self) -> dict[str, str]:
        """Numbers of the documents by id."""
        catalog = Catalog(self.path)
        try:
            return {facts.id: facts.number or facts.id for facts in catalog.documents()}
        finally:
            catalog.close()


def letters(patch: pytest.MonkeyPatch) -> None:
    """Encoders by name are such as need no model."""
    for module in (common, documents):
        patch.setattr(module, "SentenceEncoder", LetterEncoder)


@pytest.fixture
def library(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Index:
    shutil.copytree(made / "library", tmp_path / "library")
    letters(monkeypatch)
    return Index(tmp_path / "library", made)


def commands(of: argparse.ArgumentParser, before: str = "") -> Iterator[str]:
    """All commands that a parser knows, with the words before them."""
    inner = [a for a in of._actions if isinstance(a, argparse._SubParsersAction)]
    if not inner:
        yield before.strip()
    for action in inner:
        for name, parser_of in action.choices.items():
            yield from commands(parser_of, f"{before} {name}")


def test_every_command_is_one_whose_entries_are_known() -> None:
    def classed(name: str) -> bool:
        lines = (*SHOWS, *CHANGES)
        return name in NEITHER or any(f"{line} ".startswith(f"{name} ") for line in lines)

    assert [name for name in commands(parser()) if not classed(name)] == []


def unwritable(log: AuditLog) -> None:
    """As on a full disk: the head of the log cannot be replaced."""
    head = log.folder / "head.json"
    head.unlink(missing_ok=True)
    head.mkdir()


def named_in(entries: list[Access], log: AuditLog) -> set[str]:
    ids = {name for entry in entries for part in entry.documents.values() for name in part}
    return ids | {d for e in entries for name in e.listed.values() for d in log.listed(name)}


@pytest.mark.parametrize("line", SHOWS)
def test_what_a_command_shows_is_in_the_log(
    library: Index, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    before = library.last()
    assert library.run(f"{line} --json") == 0
    said = capsys.readouterr().out
    entries = library.entries(before)
    assert [entry.action for entry in entries] == SHOWS[line]
    assert {(entry.role, entry.how) for entry in entries} == {("administrator", "local")}
    named = named_in(entries, library.log)
    facts = library.facts()
    shown = {id_ for id_, number in facts.items() if id_ in said or number in said}
    typed = {id_ for id_, number in facts.items() if number in line and id_ not in said}
    assert shown - typed <= named
    assert named or line == "list --rejected"
    assert named <= set(facts)
    exports = [entry for entry in entries if entry.action == "export"]
    assert [entry.format for entry in exports] == [
        word.rpartition(".")[2] for word in line.split() if word.startswith("{out}")
    ]
    assert all(entry.documents["exported"] for entry in exports)


@pytest.mark.parametrize("line", SHOWS)
def test_a_command_whose_entry_cannot_be_written_shows_and_writes_nothing(
    library: Index, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    values = library.values()
    written = Path(values["out"])
    project = Projects(library.path).open("Blades").folder / "record.jsonl"
    record = project.read_bytes() if line.startswith("project") else None
    unwritable(library.log)
    assert library.run(line) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Audit" in captured.err
    assert not list(written.parent.glob("out.*"))
    if record is not None and "export" not in line:
        assert project.read_bytes() == record


def test_what_changes_the_index_or_the_accounts_is_in_the_log(
    library: Index, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = library.facts()
    subject = next(id_ for id_, number in before.items() if number == SUBJECT)
    parts: dict[str, tuple[str, ...]] = {}
    for line, actions in CHANGES.items():
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
        last = library.last()
        assert library.run(line) == 0, (line, capsys.readouterr().err)
        entries = library.entries(last)
        assert [entry.action for entry in entries] == actions, line
        parts |= {f"{line}: {part}": ids for e in entries for part, ids in e.documents.items()}
        if line.startswith(("users", "keys")):
            assert (entries[0].about or "").split()[-1] in ("kim", "lee")
    (note,) = set(library.facts()) - set(before)
    assert parts == {
        "ingest {more}: added": (note,),
        "label set secret EP9900168A1: relabelled": (subject,),
        "label clear EP9900168A1: relabelled": (subject,),
        "remove EP9900168A1: removed": (subject,),
    }
    capsys.readouterr()
    assert library.run(f"audit document {subject} --json") == 0
    said = json.loads(capsys.readouterr().out)
    assert not said["in_index"]
    assert [one["action"] for one in said["accesses"]] == ["relabel", "relabel", "remove"]
    assert library.log.verify().ok
    written = b"".join(path.read_bytes() for path in library.log.folder.glob("log-*")).decode()
    assert not [word for word in (PASSWORD, "secret", "note.md") if word in written]


@pytest.mark.parametrize("line", CHANGES)
def test_a_change_that_cannot_be_written_down_is_not_made(
    library: Index,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    line: str,
) -> None:
    with Accounts(library.path) as accounts:
        accounts.add("kim", None, "administrator", EVERYTHING)
        accounts.add("lee", None, "reader", EVERYTHING)
        accounts.make_key("kim", "test", EVERYTHING)
    line = line.replace("add kim --role", "add mia --role").replace("add lee", "add mia")
    if "unfolder" in line:
        assert library.run("label folder secret {more}") == 0
    before = state_of(library)
    unwritable(library.log)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    capsys.readouterr()
    assert library.run(line) == 1
    captured = capsys.readouterr()
    assert (captured.out, "Audit" in captured.err) == ("", True)
    assert state_of(library) == before


def state_of(library: Index) -> object:
    """Documents, their labels, the rules, accounts and keys."""
    catalog = Catalog(library.path)
    rules = library.path / "labels.json"
    try:
        with Accounts(library.path) as accounts:
            return (
                list(catalog.content_hashes()),
                rules.read_bytes() if rules.exists() else None,
                accounts.list(),
                accounts.keys(None),
            )
    finally:
        catalog.close()


def test_typed_names_that_are_no_accounts_stay_out_of_the_log(library: Index) -> None:
    assert library.run("users add kim --role administrator --clearance-all --no-password") == 0
    last = library.last()
    for line in (
        "users remove MyPassw0rd", "users password MyPassw0rd --password-stdin",
        "users change MyPassw0rd --disable", "users add My$Passw0rd --clearance x --no-password",
        "keys add MyPassw0rd --for x --clearance x", "keys revoke MyPassw0rd",
    ):  # fmt: skip
        assert library.run(line) == 1
    assert library.entries(last) == []


def test_logins_turn_the_log_on_and_keep_it_on(library: Index) -> None:
    shutil.rmtree(library.path / "audit")
    assert audit_of(library.path) is None
    assert library.run("users add kim --role administrator --clearance-all --no-password") == 0
    assert [entry.action for entry in library.entries()] == ["account_added"]
    shutil.rmtree(library.path / "audit")
    assert library.run("show EP9900168A1") == 0
    assert [entry.action for entry in library.entries()] == ["show"]


def test_retrieve_is_written_down_too(library: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Assistant.open.__func__
    monkeypatch.setattr(
        Assistant, "open", classmethod(lambda cls, i, clearance: opened(cls, i, LetterEncoder()))
    )
    last = library.last()
    hits = retrieve("coating", k=2, index=library.path)
    (entry,) = library.entries(last)
    assert entry.action == "search"
    assert {hit.document.id for hit in hits} <= set(entry.documents["shown"])
    unwritable(library.log)
    with pytest.raises(AuditNotWritten):
        retrieve("coating", k=2, index=library.path)


def test_the_record_of_a_project_names_the_documents_that_are_looked_for(library: Index) -> None:
    for line in SHOWS:
        if line.startswith("project") and "--out" not in line:
            assert library.run(line) == 0
    project = Projects(library.path).open("Blades")
    found = set(mentioned(project.entries()).document_ids)
    assert found == set(_named(project, set(library.facts())))
    assert found


def test_doctor_looks_at_the_log_and_the_accounts(library: Index) -> None:
    def found() -> dict[str, tuple[str, str]]:
        checks = diagnose(library.path, LetterEncoder()).checks
        return {c.name: (c.status, c.remedy or c.detail) for c in checks}

    assert found()["audit"] == ("ok", "2 entries, every byte checked")
    assert found()["accounts"][0] == "ok"
    log = next(library.log.folder.glob("log-*"))
    whole = log.read_bytes()
    log.write_bytes(whole.replace(b"local", b"LOCAL"))
    assert found()["audit"][0] == "fail"
    assert "audit repair" in found()["audit"][1]
    shutil.rmtree(library.log.folder)
    assert found()["audit"][0] == "ok"
    with Accounts(library.path) as accounts:
        accounts.add("kim", None, "administrator", EVERYTHING)
    assert found()["audit"][0] == "warn"
    assert not (library.path / "audit").exists()
    accounts.path.write_bytes(b"no database at all, " * 400)
    assert found()["accounts"][0] == "fail"


def test_a_snapshot_has_the_log_and_its_restoring_is_in_it(library: Index, tmp_path: Path) -> None:
    assert library.run("show EP9900168A1") == 0
    assert library.run("snapshot {out}") == 0
    assert library.run("show US20179900214A1") == 0
    snapshot = str(tmp_path / "out")
    # Over an index the newer log stays.
    assert main(["--index", str(library.path), "restore", snapshot, "--force"]) == 0
    shown = ["show", "snapshot", "show", "restore", "restore"]
    assert [entry.action for entry in library.entries()][1:] == shown
    assert main(["--index", str(tmp_path / "anew"), "restore", snapshot]) == 0
    anew = Index(tmp_path / "anew", library.folder)
    assert [entry.action for entry in anew.entries()][1:] == ["show", "snapshot", "restore"]
    assert anew.log.verify().ok
    assert library.log.verify().ok
