"""The library: what is in it, what is not and why, and bringing in more."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.accounts.records import UPLOAD
from assistant.audit import unrecorded
from assistant.errors import AssistantError
from assistant.web.filter_form import plainly
from assistant.web.header import header
from assistant.web.holder import AssistantHolder
from assistant.web.html import notice
from assistant.web.identity import passed_now
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
    with gr.Accordion(
        "Add documents", open=False, elem_id="pa-add", visible=not holder.logins
    ) as adding:
        files = gr.File(file_count="multiple", label="Files", height=140, elem_id="pa-files")
        with gr.Row(equal_height=True):
            label = _label_box(holder)
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
    if holder.logins:
        # Without a trigger it runs when the page is opened, by whom is known only then.
        gr.on(None, partial(_own_form, holder), None, [adding, label], **_PRIVATE)
    return shelf, refused


def _label_box(holder: AssistantHolder) -> Any:
    """Where the label of an upload is given: with logins a choice among one's own."""
    if holder.logins:
        return gr.Dropdown(
            [], value=None, label="Confidentiality label", scale=3, elem_id="pa-upload-label",
            allow_custom_value=True,
        )  # fmt: skip
    return gr.Textbox(
        label="Confidentiality label (optional)",
        placeholder="empty keeps what each document says of itself",
        scale=3,
        elem_id="pa-upload-label",
    )


def _own_form(holder: AssistantHolder) -> tuple[Any, Any]:
    """The form as the role and the labels of whoever asks have it."""
    labels = holder.identity().clearance.to_list()
    if labels is not None:
        choice = gr.update(choices=labels, value=labels[0] if len(labels) == 1 else None)
    else:
        documents = unrecorded(holder.assistant).documents()
        known = {facts.label for facts in documents if facts.label}
        told = "Confidentiality label (optional: else what each document says of itself)"
        choice = gr.update(choices=sorted(known), label=told)
    return gr.update(visible=holder.may(UPLOAD)), choice


def shelves(holder: AssistantHolder, wanted: str) -> tuple[str, str, str]:
    """Header, documents and rejected files as they are now."""
    documents = holder.assistant.documents()
    refused = rejected_table(holder.assistant.rejected())
    return header(documents, passed_now()), documents_table(documents, wanted), refused


def _upload(
    holder: AssistantHolder,
    files: list[str] | None,
    label: str | None,
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
            holder, files, Upload((label or "").strip() or None, password or None), tell
        )
        return upload_report(report, brought), None, ""
    except (LibraryError, AssistantError) as error:
        return notice("Nothing was added", plainly(error)), None, ""
    finally:
        # Gradio's own copies would stay readable to whoever knows their address.
        for file in files:
            Path(file).unlink(missing_ok=True)
