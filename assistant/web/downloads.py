"""Files that are made when somebody asks for them, and given to the browser."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.exports import About, NotWritten
from assistant.exports.files import write_whole
from assistant.web.holder import AssistantHolder
from assistant.web.identity import passed_now
from assistant.web.owned import folder_name
from ingest.facts import DocumentFacts

# Presses the button that holds the new file; who blocks that presses it himself.
_PRESS = """() => setTimeout(() => {
  const save = document.querySelector("#%s");
  (save?.matches("a, button") ? save : save?.querySelector("a, button"))?.click();
}, 150)"""


def save_button(name: str) -> gr.DownloadButton:
    """The button that a new file is given with. name: its id on the page."""
    return gr.DownloadButton("Save", visible=False, size="sm", elem_id=name)


def press(name: str) -> str:
    """Script that presses a `save_button` once it holds a new file."""
    return _PRESS % name


def folder_for(save: gr.DownloadButton) -> Path:
    """A new folder that only whoever asks now can fetch from; Gradio tidies up after an hour."""
    passed = passed_now()
    owner = folder_name(passed.owner if passed else None)
    folder = Path(save.GRADIO_CACHE) / owner / secrets.token_hex(16)
    folder.mkdir(parents=True)
    return folder


def offered(save: gr.DownloadButton, name: str, content: bytes) -> Any:
    """Update of the button that gives a file. name: safe already. Raises NotWritten."""
    path = folder_for(save) / name
    with without_folder(path):
        return holding(write_whole(path, content))


@contextmanager
def without_folder(path: Path) -> Iterator[None]:
    """Lets errors of writing name the file without its folder, which is the server's business."""
    try:
        yield
    except NotWritten as error:
        raise NotWritten(str(error).replace(f"{path.parent}{os.sep}", "")) from error


def holding(path: Path) -> Any:
    """Update of a `save_button` that gives the file of a path."""
    return gr.update(value=str(path), label=f"Save {path.name}", visible=True)


def digest(content: bytes) -> str:
    """SHA-256, as the record of a project notes it."""
    return hashlib.sha256(content).hexdigest()


def about(holder: AssistantHolder, subject: DocumentFacts | None = None) -> About:
    """What an export says of itself: now, the library by its folder's name, the subject."""
    made = datetime.now(UTC).isoformat(timespec="seconds")
    return About(made, holder.index.resolve().name, holder.count(), subject)
