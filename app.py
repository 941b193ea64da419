"""The program: builds the screens over a library and serves them. Nothing imports it.

`prior-art` and `python app.py` both begin here. Importing this starts nothing and loads neither
Gradio nor a model: every command of the command line passes through it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli import main as cli_main
from assistant.options import ServeOptions
from assistant.outward import hosts_of
from index.manifest import MANIFEST_FILE

if TYPE_CHECKING:
    import gradio as gr

    from assistant.accounts import Accounts
    from assistant.web.holder import AssistantHolder
    from assistant.web.project_bar import ProjectBar

# Stands in the index while the sample is read, so that an interrupted start is made good.
_UNFINISHED = ".sample-unfinished"
# Seconds between looks for, and age of, files that Gradio keeps for uploads.
_TIDY = (3600, 3600)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; its exit status."""
    return cli_main(argv, serve)


def serve(options: ServeOptions) -> int:
    """Open the web app and stay until it is stopped; the exit status.

    Where there is no index yet, one is made: of the sample portfolio, or empty. Raises
    RefusedBinding, BadInput, AccountsBroken, LibraryError.
    """
    from assistant.web.privacy import stay_offline

    stay_offline(options.host, *hosts_of(options.generator))
    from assistant.web.memory import share_heaps

    share_heaps()
    from assistant.web.opening import accounts_for, first_start

    accounts = accounts_for(options)
    started = (options.index / _UNFINISHED).exists()
    if started or not (options.index / MANIFEST_FILE).exists():
        _make_library(options)
    from assistant.web.holder import AssistantHolder
    from assistant.web.stopping import serve_until_stopped

    loaded = (options.index, options.encoder, options.reranker, options.generator)
    holder = AssistantHolder(*loaded, logins=accounts is not None)
    try:
        blocks = build(holder)
        try:
            url = launch(blocks, options, accounts)
        except OSError:
            where = f"port {options.port} of {options.host}"
            print(f"prior-art: {where} is taken; choose another with --port", file=sys.stderr)
            return 1
        for line in first_start(accounts, bool(options.user_header), url) if accounts else ():
            print(f"prior-art: {line}", file=sys.stderr, flush=True)
        print(f"prior-art: {holder.count_all():,} documents at {url} (Ctrl-C stops)", flush=True)
        serve_until_stopped(blocks)
    finally:
        holder.close()
    return 0


def build(holder: AssistantHolder) -> gr.Blocks:
    """The page over a library. Starts no server."""
    import gradio as gr

    from assistant.web.api import add_api
    from assistant.web.library_tab import shelves
    from assistant.web.project_bar import project_bar
    from assistant.web.side_panel import html_area
    from assistant.web.welcome import welcome

    with gr.Blocks(
        title="prior-art", analytics_enabled=False, delete_cache=_TIDY, fill_width=True
    ) as blocks:
        top = gr.HTML(elem_id="pa-top", apply_default_css=False)
        with gr.Row(elem_id="pa-main"):
            with gr.Column(elem_id="pa-work"):
                bar = project_bar(holder, blocks)
                connect_tabs, chat, shelves_of = _tabs(holder, bar, top)
            with gr.Column(elem_id="pa-side"):
                connect_tabs(html_area("pa-panel"))
        private: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        blocks.load(partial(welcome, holder), None, chat, **private)
        blocks.load(partial(shelves, holder, ""), None, [top, *shelves_of], **private)
        add_api(holder)
    return blocks


def _tabs(
    holder: AssistantHolder, bar: ProjectBar, top: gr.HTML
) -> tuple[Callable[[gr.HTML], None], gr.HTML, tuple[gr.HTML, gr.HTML]]:
    """Draw the tabs: what connects them with the side panel, the chat's area, the library's."""
    import gradio as gr

    from assistant.web.ask_tab import ask_tab
    from assistant.web.chart_tab import chart_tab
    from assistant.web.library_tab import library_tab
    from assistant.web.pictures_tab import pictures_tab
    from assistant.web.project_tab import project_tab
    from assistant.web.search_tab import search_tab
    from assistant.web.side_panel import connect, session_state

    # Apart: an answer that is still growing must not undo a search made meanwhile.
    memory, searched, charted = session_state(), session_state(), session_state()
    with gr.Tabs(elem_id="pa-tabs"):
        with gr.Tab("Ask"):
            chat = ask_tab(holder, memory, bar)
        with gr.Tab("Search"):
            found = search_tab(holder, searched, bar)
        with gr.Tab("Chart"):
            chart = chart_tab(holder, bar.project, charted, bar.who)
        with gr.Tab("Pictures") as pictures:
            picture = pictures_tab(holder, searched, pictures)
        with gr.Tab("Project") as projects:
            project = project_tab(holder, bar, searched, projects)
        with gr.Tab("Library"):
            library = library_tab(holder, top)

    def connect_tabs(side: gr.HTML) -> None:
        connect(holder, [chat, library[0], side], side, memory)
        connect(holder, [*found, picture, *project], side, searched)
        connect(holder, [chart], side, charted)

    return connect_tabs, chat, library


def launch(blocks: gr.Blocks, options: ServeOptions, accounts: Accounts | None = None) -> str:
    """Serve the page in threads of their own and return its address.

    accounts: who may sign in; None lets in whoever reaches the port. Raises OSError, BadInput.
    """
    from gradio.utils import get_upload_folder
    from starlette.middleware import Middleware

    from assistant.web.api import answer_mcp_in_json
    from assistant.web.bodies import LARGEST_FILE
    from assistant.web.inside import carry_calls
    from assistant.web.opening import gate_for
    from assistant.web.page_states import remember_little
    from assistant.web.privacy import PrivacyMiddleware
    from assistant.web.theme import look

    gate = gate_for(options, accounts, Path(get_upload_folder()))
    # Uvicorn would believe anybody on this machine about addresses; the gate judges who may.
    os.environ["FORWARDED_ALLOW_IPS"] = ""
    blocks.queue(default_concurrency_limit=4)
    _, url, _ = blocks.launch(
        server_name=options.host,
        server_port=options.port,
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        ssr_mode=False,
        pwa=False,
        run_history=False,
        enable_monitoring=False,
        mcp_server=True,
        max_file_size=LARGEST_FILE,
        app_kwargs={
            "lifespan": gate.lifespan,
            "middleware": [Middleware(PrivacyMiddleware)],
            # FastAPI's own pages of documentation load scripts from elsewhere.
            "docs_url": None,
            "redoc_url": None,
        },
        **look(),
    )
    gate.starting = False
    answer_mcp_in_json(blocks)
    carry_calls(blocks)
    remember_little(blocks)
    return str(url)


def _make_library(options: ServeOptions) -> None:
    """A first library, of the sample portfolio if wanted and found. Raises LibraryError."""
    from assistant.audit import audit_of, local_visitor
    from assistant.audit.changes import changes
    from assistant.progress import ingest_progress
    from index import SentenceEncoder, ingest

    sample = _sample_folder() if options.sample else None
    if sample is None:
        print(f"prior-art: no index in {options.index}: making an empty one", file=sys.stderr)
    else:
        print(f"prior-art: no index in {options.index}: reading the sample", file=sys.stderr)
    encoder = SentenceEncoder(options.encoder) if options.encoder else None
    options.index.mkdir(parents=True, exist_ok=True)
    unfinished = options.index / _UNFINISHED
    unfinished.touch()
    # There may be accounts already, and so a log.
    log = changes(audit_of(options.index), local_visitor(), options.index, "ingest")
    with log, ingest_progress() as tell:
        ingest(options.index, [sample] if sample else [], encoder=encoder, progress=tell)
    unfinished.unlink()


def _sample_folder() -> Path | None:
    """The sample portfolio: beside this file in a checkout, else where pip puts it."""
    beside = Path(__file__).resolve().parent / "sample"
    installed = Path(sys.prefix) / "share" / "prior-art" / "sample"
    return next((folder for folder in (beside, installed) if folder.is_dir()), None)


if __name__ == "__main__":
    sys.exit(main(["serve", *sys.argv[1:]]))
