"""The one library behind the page: opened once, its model loaded in the background."""

from __future__ import annotations

import threading
from pathlib import Path

from assistant.assistant import Assistant
from index import SentenceEncoder
from index.errors import LibraryError
from index.rerank import CrossEncoderReranker


class AssistantHolder:
    """Hands out the assistant. Safe to use from several threads.

    Raises LibraryError when it is made and the library cannot be opened.
    """

    def __init__(
        self, index: Path, encoder: str | None = None, reranker: str | None = None
    ) -> None:
        self.index = index
        self._assistant = Assistant.open(
            index,
            SentenceEncoder(encoder) if encoder else None,
            CrossEncoderReranker(reranker) if reranker else None,
        )
        self._warming = threading.Thread(target=self._warm, name="load-model", daemon=True)
        self._warming.start()

    @property
    def assistant(self) -> Assistant:
        """The assistant, at once: for everything that needs no model."""
        return self._assistant

    def ready(self) -> Assistant:
        """The assistant once its model is loaded, so that two threads never load it twice."""
        self._warming.join()
        return self._assistant

    def count(self) -> int:
        """Number of documents in the library."""
        return self._assistant.library.counts()[0]

    def close(self) -> None:
        """Give the library's files back."""
        self._warming.join()
        self._assistant.close()

    def _warm(self) -> None:
        try:
            self._assistant.library.encoder.encode_query("warm up")
        except LibraryError:
            # Whoever asks first is told why; the page opens all the same.
            return
