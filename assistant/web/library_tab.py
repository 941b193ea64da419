"""The library: what is in it, what is not and why, and bringing in more."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.web.filter_form import plainly
from assistant.web.header import header
from assistant.web.holder import AssistantHolder
from assistant.web.html import notice
from assistant.web.shelves import documents_table, rejected_table, upload_report
from assistant.web.side_panel import html_area
from assistant.web.uploads import Upload, bring_in
from index.errors import LibraryError
from index.tally import Progress

_PRIVATE: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def library_tab(holder: AssistantHolder, top: gr.HTML) -> tuple[gr.HTML, gr.HTML]:
    """Draw the tab and connect it; the areas of documents and of rejected files.

    top: the page's header, which counts the documents.
    """
    with gr.Accordion("Add documents", open=False, elem_id="pa-add"):
        files = gr.File(file_count="multiple", label="Files", height=140, elem_id="pa-files")
        with gr.Row(equal_height=True):
            label = gr.Textbox(
                label="Confidentiality label (optional)",
                placeholder="empty keeps what each document says of itself",
                scale=3,
                elem_id="pa-upload-label",
            )
            password = gr.Textbox(
                label="Password (optional)",
                placeholder="tried on files that need one",
                type="password",
                scale=2,
                elem_id="pa-upload-password",
            )
            send = gr.Button("Add to the library", variant="primary", elem_id="pa-send")
        report = gr.HTML(elem_id="pa-report", apply_default_css=False)
    wanted = gr.Textbox(
        placeholder="Narrow by number, title, party or file",
        show_label=False,
        container=False,
        elem_id="pa-wanted",
    )
    shelf = html_area("pa-documents")
    with gr.Accordion("Files that could not be read", open=False, elem_id="pa-rejected-block"):
        refused = html_area("pa-rejected")
    wanted.change(
        lambda text: documents_table(holder.assistant.documents(), text), wanted, shelf, **_PRIVATE
    )
    send.click(
        partial(_upload, holder),
        [files, label, password],
        [report, files, password],
        api_visibility="private",
        show_progress_on=report,
        concurrency_limit=1,
    ).then(partial(shelves, holder), [wanted], [top, shelf, refused], **_PRIVATE)
    return shelf, refused


def shelves(holder: AssistantHolder, wanted: str) -> tuple[str, str, str]:
    """Header, documents and rejected files as they are now."""
    documents = holder.assistant.documents()
    refused = rejected_table(holder.assistant.rejected())
    return header(documents), documents_table(documents, wanted), refused


def _upload(
    holder: AssistantHolder,
    files: list[str] | None,
    label: str,
    password: str,
    progress: gr.Progress = gr.Progress(),  # noqa: B008 - Gradio finds it by this default
) -> tuple[str, None, str]:
    if not files:
        return notice("Nothing to add", "Choose one or more files first."), None, password

    def tell(now: Progress) -> None:
        done = f"{now.files} of {now.files_total} files, {now.passages} passages"
        progress((now.files, now.files_total), desc=done)

    progress(0, desc="Looking at the files")
    try:
        report, brought = bring_in(
            holder, files, Upload(label.strip() or None, password or None), tell
        )
        return upload_report(report, brought), None, ""
    except LibraryError as error:
        return notice("Nothing was added", plainly(error)), None, ""
    finally:
        # Gradio's own copies would stay readable to whoever knows their address.
        for file in files:
            Path(file).unlink(missing_ok=True)
