"""The audit log of the web app: who did what is in it before anything of it is shown."""

from __future__ import annotations

import asyncio
import gc
import inspect
import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

import app
from assistant.accounts.errors import BadToken
from assistant.accounts.records import IP_TEAM, Identity
from assistant.audit import AuditLog, audit_of
from assistant.audit.errors import AuditNotWritten
from assistant.audit.records import Access
from assistant.web import side_panel
from assistant.web.chart_session import Charting
from assistant.web.holder import AssistantHolder
from assistant.web.identity import acting_as
from assistant.web.refs import Session, document_ref, result_ref
from assistant.web.signed_in import SignedIn
from fakes import LetterEncoder
from index import ingest
from index.clearance import Clearance
from web_server import PASSWORD, Served, fast_accounts, form_of, post, sign_in

QUERY = "zeta cathode coating"
QUESTION = "How thick is the zeta coating?"
KIM = Identity("kim", IP_TEAM, Clearance.of("public"), "password")
SUBJECT, OTHER, HIDDEN = "EP9900168A1", "EP9900214A1", "US20179900214A1"
FILTERS: list[Any] = [[], [], "publication", *[""] * 7]


def last(log: AuditLog) -> int:
    return max((entry.number for entry in log.entries()), default=0)


def since(log: AuditLog, number: int) -> list[Access]:
    return [entry for entry in log.entries() if entry.number > number and entry.detail is None]


@contextmanager
def unwritable(log: AuditLog) -> Iterator[None]:
    """As on a full disk: the head of the log cannot be replaced."""
    head, kept = log.folder / "head.json", log.folder / "kept"
    head.rename(kept)
    head.mkdir()
    yield
    head.rmdir()
    kept.rename(head)


# ---------- over the network ----------

HERE = "127.0.9.1"


def visitor(served: Served) -> httpx.Client:
    """A browser at an address of its own: tries to sign in are counted by address."""
    source = httpx.HTTPTransport(local_address=HERE)
    return httpx.Client(base_url=served.at, transport=source, timeout=60)


@pytest.fixture
def log(guarded_app: Served) -> AuditLog:
    """The log of the app, which logins have turned on."""
    found = audit_of(guarded_app.index)
    assert found is not None
    return found


def test_every_way_of_asking_is_written_down_with_who_asks_and_how(
    guarded_app: Served, log: AuditLog
) -> None:
    start = last(log)
    with guarded_app.client("rob") as rob:
        note = json.loads(
            re.search(r"data: (.*)", guarded_app.ask(rob, "search", [QUERY, 5, None]))[1]
        )
        (shown,) = {hit["document"]["id"] for hit in note[0]["hits"]}
        guarded_app.ask(rob, "ask", [QUESTION, None])
        guarded_app.ask(rob, "show", [shown])
        guarded_app.tool(rob, "search", query=QUERY)
        guarded_app.ask(rob, "show", ["US1"])
    asked = [None, QUESTION, True, "", "", *FILTERS]
    with visitor(guarded_app) as client:
        assert sign_in(client, "rob").status_code == 303
        guarded_app.event(client, "answering", asked, "audited")
        guarded_app.event(client, "shelves", [""], "audited")
    entries = since(log, start)
    assert {(entry.name, entry.role, entry.how, entry.address) for entry in entries} == {
        ("rob", "reader", "key", "127.0.0.1"),
        ("rob", "reader", "password", HERE),
    }
    assert [(entry.action, entry.how) for entry in entries] == [
        *(("search", "key"), ("ask", "key"), ("show", "key"), ("search", "key")),
        *(("sign_in", "password"), ("ask", "password")),
        *(("list", "password"), ("rejected", "password")),
    ]
    for entry in entries:
        if entry.action not in ("sign_in", "rejected"):
            assert {d for ids in entry.documents.values() for d in ids} == {shown}
    asked_alike = {entry.query for entry in entries if entry.action == "search"}
    assert asked_alike == {log.query_hash(QUERY)}
    assert log.verify().ok


def test_signing_in_and_out_and_failing_to_is_written_down(
    guarded_app: Served, log: AuditLog
) -> None:
    start = last(log)
    with visitor(guarded_app) as client:
        assert sign_in(client, "rob", "no such password").status_code == 401
        assert sign_in(client, PASSWORD, "the two boxes confused").status_code == 401
        assert sign_in(client, "ROB").status_code == 303
        header = guarded_app.event(client, "shelves", [""], "leaving-audited")
        token = re.search(r'name=\\"form\\" value=\\"([0-9a-f]+)', header)
        assert token is not None
        assert post(client, "/sign-out", form=token[1]).status_code == 303
        assert post(client, "/sign-out", form="").status_code == 303  # nobody was signed in
    entries = [entry for entry in since(log, start) if "sign" in entry.action]
    assert [(entry.action, entry.name, entry.about) for entry in entries] == [
        ("sign_in_failed", "", "rob"),
        ("sign_in_failed", "", None),
        ("sign_in", "rob", None),
        ("sign_out", "rob", None),
    ]
    written = b"".join(path.read_bytes() for path in log.folder.glob("log-*"))
    for typed in (PASSWORD, "no such password", "confused", QUESTION):
        assert typed.encode() not in written


def test_a_locked_account_is_written_down(guarded_app: Served, log: AuditLog) -> None:
    start = last(log)
    guarded_app.accounts.add("lou", PASSWORD, "reader", Clearance.of("public"))
    for number in range(12):
        try:
            guarded_app.accounts.sign_in("lou", "wrong again and again", f"10.9.9.{number}")
        except Exception:
            continue
    with visitor(guarded_app) as client:
        assert sign_in(client, "lou", "wrong again and again").status_code == 429
    assert [(e.action, e.about) for e in since(log, start)] == [("locked_out", "lou")]


def test_an_upload_is_written_down(guarded_app: Served, log: AuditLog) -> None:
    start = last(log)
    with guarded_app.client("pia") as pia:
        files = {"files": ("omega.md", b"# Omega note\n\nThe omega tab is 4 mm wide.\n")}
        sent = pia.post("/gradio_api/upload?upload_id=omega", files=files)
        kind = {"_type": "gradio.FileData"}
        file = {"path": sent.json()[0], "orig_name": "omega.md", "meta": kind}
        report = guarded_app.event(pia, "_upload", [[file], "internal", ""], "up-audited")
    assert "1 added" in report
    begun, done, shown = [entry for entry in since(log, start) if entry.name == "pia"][:3]
    assert [begun.action, done.action, shown.action] == ["upload", "upload", "facts"]
    assert not begun.documents
    assert done.documents["added"] == shown.documents["shown"]


def test_nothing_is_shown_and_nobody_gets_in_while_the_log_cannot_be_written(
    guarded_app: Served, log: AuditLog
) -> None:
    before = (guarded_app.index / "uploads").is_dir()
    with guarded_app.client("rob") as rob, visitor(guarded_app) as client:
        form = form_of(client.get("/sign-in"))
        with unwritable(log):
            answers = [
                guarded_app.ask(rob, "search", [QUERY, 5, None]),
                guarded_app.tool(rob, "ask", question=QUESTION),
                guarded_app.event(rob, "answering", [None, QUESTION, True, "", "", *FILTERS], "no"),
                guarded_app.event(rob, "shelves", [""], "no"),
            ]
            for password in (PASSWORD, "wrong"):
                answer = post(client, "/sign-in", form=form, name="rob", password=password)
                answers.append(answer.text)
                assert answer.status_code == 503
                assert "set-cookie" not in answer.headers
        assert client.get("/config").is_error
        assert (guarded_app.index / "uploads").is_dir() == before
        assert "in public" in guarded_app.ask(rob, "search", [QUERY, 5, None])
    for answer in answers:
        assert "in public" not in answer
        assert "Open cathode" not in answer
        assert str(guarded_app.folder) not in answer
    assert "cannot be recorded" in answers[0]
    assert log.verify().ok


def test_the_first_account_and_wrong_tokens_are_written_down(tmp_path: Path) -> None:
    accounts, audit = fast_accounts(tmp_path), audit_of(tmp_path, required=True)
    assert audit is not None
    signed = SignedIn(accounts, audit)
    token = accounts.setup_token()
    assert token is not None
    with pytest.raises(BadToken):
        signed.set_up("wrong", "eva", PASSWORD, "10.0.0.9")
    signed.set_up(token, "eva", PASSWORD, "10.0.0.9")
    session = signed.sign_in("eva", PASSWORD, "10.0.0.9")
    with unwritable(audit), pytest.raises(AuditNotWritten):
        signed.sign_out(session, "10.0.0.9")
    assert accounts.session(session) is None
    with unwritable(audit), pytest.raises(AuditNotWritten):
        signed.sign_in("eva", PASSWORD, "10.0.0.9")
    assert [(e.action, e.name, e.about, e.address) for e in since(audit, 0)] == [
        ("sign_in_failed", "", None, "10.0.0.9"),
        ("set_up", "", "eva", "10.0.0.9"),
        ("sign_in", "eva", None, "10.0.0.9"),
    ]


# ---------- what the page does, handler by handler ----------

# Handlers that show no document, and those that are the same as others.
NEITHER = {
    "project_bar._create", "project_bar._refreshed", "project_bar.<lambda>", "ask_tab._stop",
    "ask_tab._restart", "chart_changes.leave_cell", "welcome.welcome", "library_tab._own_form",
    "project_page.check",
    # What the session was shown already, drawn once more.
    "chart_changes.redraw", "chart_tab.begin", "chart_changes.undo_cell",
}  # fmt: skip
# Handlers that are run over the network above, and endpoints, of which each calls one method of
# the audited assistant.
ELSEWHERE = {
    "ask_tab.answering", "library_tab._upload", "api.search", "api.search_marked", "api.ask",
    "api.follow_up", "api.summarize", "api.show", "api_workbench.chart", "api_workbench.citations",
}  # fmt: skip


class Page:
    """The page's handlers, called as Gradio calls them, by somebody who is signed in."""

    def __init__(self, index: Path) -> None:
        self.holder = AssistantHolder(index, LetterEncoder(), logins=True)
        self.handlers: dict[str, Callable[..., Any]] = {}
        for block in app.build(self.holder).fns.values():
            inner = getattr(block.fn, "func", block.fn)
            if inner is not None:
                module = inner.__module__.rpartition(".")[2]
                self.handlers.setdefault(f"{module}.{inner.__name__}", block.fn)
        assert self.holder.audit is not None
        self.log = self.holder.audit
        self.session, self.charting = Session(), Charting()

    def does(self, name: str, *values: Any) -> str:
        """What the page shows after it, as text; sessions are kept."""
        with acting_as(KIM):
            result = self.handlers[name](*values)
            if inspect.isasyncgen(result):
                result = asyncio.run(_drained(result))
            parts = list(result) if inspect.isgenerator(result) else [result]
        shown = [value for part in parts for value in _values(part)]
        for value in shown:
            if isinstance(value, Session):
                self.session = value
            if isinstance(value, Charting):
                self.charting = value
        return repr([one for one in shown if not isinstance(one, Session | Charting)])

    def opens(self, ref: str) -> str:
        """The side panel of a reference."""
        with acting_as(KIM):
            return repr(list(side_panel.opened(self.holder, self.session, ref)))

    def form(
        self, query: str = "", like: str = "", subject: str = "", project: str = ""
    ) -> list[Any]:
        """What the search tab holds."""
        return [self.session, query, like, subject, 5, (), project, "", *FILTERS]


def _values(part: Any) -> list[Any]:
    if isinstance(part, dict) and not all(isinstance(key, str) for key in part):
        return list(part.values())
    return list(part) if isinstance(part, tuple | list) else [part]


async def _drained(steps: Any) -> list[Any]:
    return [step async for step in steps]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for label, names in (("public", (SUBJECT, OTHER)), ("secret", (HIDDEN,))):
        paths = [sample / "patents" / f"{name}.xml" for name in names]
        ingest(folder / "index", paths, label=label, encoder=LetterEncoder())
    return folder / "index"


# What Gradio leaves open when a page is built.
leaves_loops = pytest.mark.filterwarnings("ignore::ResourceWarning")


@pytest.fixture
def page(tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    shutil.copytree(library, tmp_path / "index")
    page = Page(tmp_path / "index")
    yield page
    page.holder.close()
    page.handlers.clear()
    gc.collect()  # Gradio leaves loops open, which must be noticed here and nowhere else.


def steps(page: Page) -> Iterator[tuple[str, str, list[str]]]:
    """What is done on the page, what it shows and which actions that must leave."""
    with acting_as(KIM):
        documents = {f.number: f.id for f in page.holder.assistant.plain.documents()}  # type: ignore[attr-defined]
    one = documents[SUBJECT]
    at = "Blades", ""
    yield "project_bar._create", page.does("project_bar._create", "Blades", ""), []
    yield "welcome.welcome", page.does("welcome.welcome"), []
    yield "library_tab._own_form", page.does("library_tab._own_form"), []
    yield "library_tab.shelves", page.does("library_tab.shelves", ""), ["list", "rejected"]
    yield "library_tab.<lambda>", page.does("library_tab.<lambda>", "EP"), ["list"]
    yield "search_page.search", page.does("search_page.search", *page.form("coating")), ["search"]
    again = page.does("search_page.search_again", *page.form("coating", project="Blades"))
    yield "search_page.search_again", again, ["search"]
    yield "search_page.like", page.does("search_page.like", *page.form(like=SUBJECT)), ["search"]
    dated = page.does("search_page.classed", *page.form(subject=SUBJECT))
    yield "search_page.classed", dated, ["dates"]
    yield "search_page.download", page.does("search_page.download", *page.form()), ["export"]
    page.session = replace(page.session, marks=((one, True),))
    yield "search_page.step", page.does("search_page.step", *page.form()), ["neighbours"]
    yield "search_page.by_marks", page.does("search_page.by_marks", *page.form()), ["search"]
    yield "search_page.project", page.does("search_page.project", *page.form(project="Blades")), []
    panel = ["show", "family", "citations", "citations"]
    yield "side_panel.open_place", page.opens(document_ref(one)), panel
    yield "side_panel.open_place", page.opens(result_ref(0, 0)), ["evidence"]
    fetched = page.does("chart_answers.fetch_claim", page.charting, SUBJECT, "1")
    yield "chart_answers.fetch_claim", fetched, ["claim", "facts"]
    typed = page.charting.typed
    boxed = page.does("chart_answers.read_claim_box", page.charting, typed, "1", "")
    yield "chart_answers.read_claim_box", boxed, ["claim", "facts"]
    look = [page.session, "matrix", None]
    form = ["", "1", SUBJECT, "", OTHER, 5, "", *FILTERS]
    made = page.does("chart_answers.make_chart", page.charting, "", "", *form, *look)
    yield "chart_answers.make_chart", made, ["claim", "chart"]
    kept = page.does("chart_changes.keep_chart", page.charting, *at, *look)
    yield "chart_changes.keep_chart", kept, ["chart"]
    listed = page.does("chart_changes.list_charts", page.charting, *at)
    yield "chart_changes.list_charts", listed, ["project"]
    entry = page.charting.entry
    opened = page.does("chart_changes.open_chart", page.charting, *at, entry, *look)
    yield "chart_changes.open_chart", opened, ["chart"]
    saved = page.does("chart_changes.save_chart", page.charting, *at)
    yield "chart_changes.save_chart", saved, ["export"]
    cell = page.charting.chart.rows[0].cells[0]  # type: ignore[union-attr]
    key = page.charting.chart.rows[0].limitation.key  # type: ignore[union-attr]
    page.charting = replace(page.charting, cell=(key, cell.document_id))
    words = "a" if cell.place is None else cell.place.quote
    decided = [page.charting, *at, "partly", None, words, "mine", *look]
    yield "chart_changes.set_cell", page.does("chart_changes.set_cell", *decided), ["evidence"]
    drawn = [page.session, "timeline", "all", "publication", "subclass"]
    yield "pictures_tab._draw", page.does("pictures_tab._draw", *drawn), ["picture"]
    drawn[0], drawn[1] = page.session, "map"
    yield "pictures_tab._draw", page.does("pictures_tab._draw", *drawn), ["picture"]
    yield "pictures_tab._file", page.does("pictures_tab._file", page.session), ["export"]
    for name, values, actions in (
        ("project_page.drawn", (), ["project"]),
        ("project_page.add_note", ("mine",), ["project"]),
        ("project_page.set_subject", ("", SUBJECT, "1", ""), ["project", "project"]),
        ("project_page.save_query", (page.session,), ["project"]),
        ("project_page.look", (), ["alerts"]),
        ("project_page.take_seen", (None,), ["project"]),
        ("project_page.check", (), []),
        ("project_tab.run_again", (), ["replay"]),
        ("project_page.export", (), ["export", "project"]),
    ):
        yield name, page.does(name, *at, *values), actions


@leaves_loops
def test_every_handler_of_the_page_writes_down_what_it_shows(page: Page) -> None:
    with acting_as(KIM):
        facts = page.holder.assistant.plain.documents()  # type: ignore[attr-defined]
    done, named, before = set(), set(), last(page.log)
    for name, shown, actions in steps(page):
        entries = since(page.log, before)
        before = last(page.log)
        assert [entry.action for entry in entries] == actions, (name, shown[:2000])
        assert {(entry.name, entry.role, entry.how) for entry in entries} <= {
            ("kim", "ip", "password")
        }
        # What a session was shown before is drawn again without another entry.
        named |= {id_ for e in entries for ids in e.documents.values() for id_ in ids}
        assert {f.id for f in facts if f.title in shown} <= named, name
        assert all(e.documents["exported"] for e in entries if e.action == "export")
        done.add(name)
    assert done >= {"search_page.search", "chart_changes.save_chart"}
    assert page.log.verify().ok
    same = {"search_tab.mark", "project_tab.pressed", "search_page.file", "chart_answers.read_file"}
    known = done | NEITHER | ELSEWHERE | same | {"api_workbench.dates"}
    assert sorted(set(page.handlers) - known) == []


@leaves_loops
def test_the_page_shows_nothing_that_cannot_be_written_down(page: Page) -> None:
    with acting_as(KIM):
        facts = page.holder.assistant.plain.documents()  # type: ignore[attr-defined]
    list(steps(page))  # Everything is there that could be shown.
    session, charting = page.session, page.charting
    calls: dict[str, list[Any]] = {
        "library_tab.shelves": [""],
        "library_tab.<lambda>": ["EP"],
        "search_page.search": page.form("coating"),
        "search_page.like": page.form(like=SUBJECT),
        "search_page.download": page.form(),
        "search_page.step": page.form(),
        "chart_answers.fetch_claim": [charting, SUBJECT, "1"],
        "chart_changes.open_chart": [
            charting,
            "Blades",
            "",
            charting.entry,
            session,
            "matrix",
            None,
        ],
        "chart_changes.save_chart": [charting, "Blades", ""],
        "pictures_tab._draw": [session, "timeline", "all", "publication", "subclass"],
        "pictures_tab._file": [session],
        "project_page.drawn": ["Blades", ""],
        "project_page.look": ["Blades", ""],
        "project_tab.run_again": ["Blades", ""],
        "project_page.export": ["Blades", ""],
    }
    with acting_as(KIM):
        record = page.holder.projects().open("Blades").entries()
    with unwritable(page.log):
        for name, values in calls.items():
            try:
                shown = page.does(name, *values)
            except Exception as error:  # Gradio shows that there was one, and nothing else.
                shown = repr(error)
            assert not [f.number for f in facts if f.title in shown or f.id in shown], name
            assert ".zip" not in shown
        assert not [f for f in facts if f.title in page.opens(document_ref(f.id))]
    with acting_as(KIM):
        assert page.holder.projects().open("Blades").entries() == record


def test_without_logins_and_without_a_log_nothing_is_written(library: Path, tmp_path: Path) -> None:
    shutil.copytree(library, tmp_path / "index", ignore=shutil.ignore_patterns("audit"))
    holder = AssistantHolder(tmp_path / "index", LetterEncoder())
    assert holder.audit is None
    assert holder.assistant.show(SUBJECT)
    holder.close()
    assert not (tmp_path / "index" / "audit").exists()
