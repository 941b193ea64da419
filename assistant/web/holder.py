"""The one library behind the page: opened once, its model loaded in the background.

Whatever is handed out is what the person may see who asks at that moment.
"""

from __future__ import annotations

import threading
from pathlib import Path

from assistant.accounts.records import PROJECTS, Identity
from assistant.answers import writing_of
from assistant.assistant import Assistant
from assistant.audit import Audited, Recorder, Visitor, audit_of, unrecorded
from assistant.generate import GeneratorSettings
from assistant.projects import Projects, Recorded, recording
from assistant.web.clearances import SeenBy
from assistant.web.identity import (
    NotAllowed,
    NotSignedIn,
    current,
    passed_now,
    whoever_runs_it,
)
from index import SentenceEncoder
from index.clearance import Clearance
from index.encoder import Encoder
from index.errors import LibraryError
from index.rerank import CrossEncoderReranker


class AssistantHolder:
    """Hands out the assistant of whoever asks. Safe to use from several threads.

    encoder: by name, or ready-made. logins: whether a request must come from somebody known; else
    all come from whoever runs the program. With them, or where the index is audited, all that
    is handed out writes down what it shows. Raises LibraryError and AuditNotWritten when it is
    made and the library or the log cannot be opened.
    """

    def __init__(
        self,
        index: Path,
        encoder: str | Encoder | None = None,
        reranker: str | None = None,
        generator: GeneratorSettings | None = None,
        logins: bool = False,
    ) -> None:
        self.index = index
        self.logins = logins
        self.audit = audit_of(index, required=logins)
        self._local = whoever_runs_it()
        self._everything = Assistant.open(
            index,
            SentenceEncoder(encoder) if isinstance(encoder, str) else encoder,
            CrossEncoderReranker(reranker) if reranker else None,
            writing_of(generator or GeneratorSettings()),
        )
        self._seen = SeenBy(self._everything)
        self._warming = threading.Thread(target=self._warm, name="load-model", daemon=True)
        self._warming.start()

    def identity(self) -> Identity:
        """Who asks now. Raises NotSignedIn."""
        found = current()
        if found is None and self.logins:
            raise NotSignedIn("nobody is signed in; open the page again and sign in")
        return found or self._local

    def visitor(self) -> Visitor:
        """Who asks now, as the audit log has it. Raises NotSignedIn."""
        passed = passed_now()
        return Visitor.of(self.identity(), passed.address if passed else None)

    def may(self, right: str) -> bool:
        """Whether whoever asks has a right; nobody has none."""
        return (current() is not None or not self.logins) and self.identity().may(right)

    @property
    def assistant(self) -> Assistant:
        """The assistant, at once: for everything that needs no model. Raises NotSignedIn."""
        return self._watched(self._seen.of(self.identity().clearance))

    def ready(self) -> Assistant:
        """The assistant once its model is loaded, so that two threads never load it twice.

        Raises NotSignedIn.
        """
        self._warming.join()
        return self.assistant

    def extractive(self) -> Assistant:
        """The same over the same library, but no chat model words its answers."""
        return self._watched(Assistant(unrecorded(self.ready()).library))

    def seen_by(self, clearance: Clearance) -> Assistant:
        """The assistant under fewer labels than whoever asks has; shared, and never more."""
        return self._watched(self._seen.of(clearance.within(self.identity().clearance)))

    def projects(self, user: str | None = None) -> Projects:
        """The projects of the library.

        user: who adds entries, None or "" for the server's user; with logins it is whoever asks,
        whatever was typed. Raises NotSignedIn, NotAllowed.
        """
        identity = self.identity()
        if not identity.may(PROJECTS):
            raise NotAllowed(f"the role of {identity.name} has no right to projects")
        name = identity.name if self.logins else user or None
        return Projects(self.index, name, identity.clearance)

    def recording(
        self, project: str | None, user: str | None = None, *, worded: bool = True
    ) -> Assistant | Recorded:
        """The assistant once ready; with a project named, one whose work goes into its record.

        project: None or "" for none. user: as `projects`. worded: False where no chat model is to
        word answers. Raises NoProject, NotSignedIn, NotAllowed.
        """
        assistant = self.ready() if worded else self.extractive()
        return recording(assistant, self.projects(user), project) if project else assistant

    @property
    def model(self) -> str | None:
        """The chat model that words answers, as `Generator.name`; None where none is set up."""
        writing = self._everything.writing
        return writing.generator.name if writing else None

    @property
    def encoder(self) -> Encoder:
        """What makes the vectors, once it is loaded."""
        self._warming.join()
        return self._everything.library.encoder

    def count(self) -> int:
        """Number of documents that whoever asks may see."""
        return self.assistant.library.counts()[0]

    def count_all(self) -> int:
        """Number of documents in the library, for the terminal of whoever runs it."""
        return self._everything.library.counts()[0]

    def close(self) -> None:
        """Give the library's files back."""
        self._warming.join()
        self._seen.close()
        self._everything.close()

    def _watched(self, assistant: Assistant) -> Assistant:
        """One that writes down in the name of whoever asks now."""
        if self.audit is None:
            return assistant
        return Audited(assistant, Recorder(self.audit, self.visitor()))

    def _warm(self) -> None:
        try:
            self._everything.library.encoder.encode_query("warm up")
        except LibraryError:
            # Whoever asks first is told why; the page opens all the same.
            return
