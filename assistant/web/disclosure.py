"""What is searched for or charted when it is no typed text: an uploaded file, a claim by number."""

from __future__ import annotations

from pathlib import Path

from assistant.assistant import Assistant
from assistant.claims import ReadClaim, parse_claim_of
from assistant.errors import BadInput
from index.errors import UnknownDocument
from ingest.isolate import ReaderProcess
from ingest.records import Document


def documents_of(file: str | Path) -> list[Document]:
    """The documents in an uploaded file of any format that we read. Raises BadInput.

    The file is deleted then: Gradio's copy would stay readable to whoever knows its address.
    """
    documents = []
    try:
        with ReaderProcess() as reader:
            for reply in reader.read(str(file)):
                if reply.rejection is not None:
                    # Where the server keeps the file is not the reader's business.
                    told = reply.rejection.message.replace(str(file), Path(file).name)
                    raise BadInput(f"{Path(file).name} cannot be read: {told}")
                if reply.document is not None:
                    documents.append(reply.document)
    finally:
        Path(file).unlink(missing_ok=True)
    return documents


def text_of(file: str | Path) -> str:
    """The text of an uploaded file. Raises BadInput where there is none."""
    text = "\n\n".join(document.text for document in documents_of(file)).strip()
    if not text:
        raise BadInput(f"{Path(file).name} has no text that could be searched for")
    return text


def claim_named(assistant: Assistant, text: str) -> ReadClaim:
    """A claim of a document of the library, as "NUMBER" or "NUMBER:CLAIM".

    Raises UnknownDocument, BadClaim, BadInput.
    """
    try:
        return assistant.claim(text)  # an id may end like the number of a claim
    except UnknownDocument:
        name, number = parse_claim_of(text)
        return assistant.claim(name, number)
