"""The one library behind the page: opened once, its model loaded in the background."""

from __future__ import annotations

import threading
from pathlib import Path

from assistant.answers import writing_of
from assistant.assistant import Assistant
from assistant.generate import GeneratorSettings
from assistant.projects import Projects, Recorded, recording
from index import SentenceEncoder
from index.errors import LibraryError
from index.rerank import CrossEncoderReranker


class AssistantHolder:
    """Hands out the assistant. Safe to use from several threads.

    Raises LibraryError when it is made and the library cannot be opened.
    """

    def __init__(
        self,
        index: Path,
        encoder: str | None = None,
        reranker: str | None = None,
        generator: GeneratorSettings | None = None,
    ) -> None:
        self.index = index
        self._assistant = Assistant.open(
            index,
            SentenceEncoder(encoder) if encoder else None,
            CrossEncoderReranker(reranker) if reranker else None,
            writing_of(generator or GeneratorSettings()),
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

    def extractive(self) -> Assistant:
        """The same over the same library, but no chat model words its answers."""
        return Assistant(self.ready().library)

    def projects(self, user: str | None = None) -> Projects:
        """The projects of the library. user: who adds entries; None or "" for the server's user."""
        return Projects(self.index, user or None)

    def recording(
        self, project: str | None, user: str | None = None, *, worded: bool = True
    ) -> Assistant | Recorded:
        """The assistant once ready; with a project named, one whose work goes into its record.

        project: None or "" for none. user: as `projects`. worded: False where no chat model is to
        word answers. Raises NoProject.
        """
        assistant = self.ready() if worded else self.extractive()
        return recording(assistant, self.projects(user), project or None)

    @property
    def model(self) -> str | None:
        """The chat model that words answers, as `Generator.name`; None where none is set up."""
        writing = self._assistant.writing
        return writing.generator.name if writing else None

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
