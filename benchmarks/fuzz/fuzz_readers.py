"""Fuzz targets of the readers: families of formats, each with its seeds and its mutator."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import fuzz_seeds as seeds
import msgspec
from fuzz_mutators import Mutator, in_bytes, in_json, in_lines, in_xml, in_zip

from ingest.compose import Composer
from ingest.readers import read_file
from ingest.readers.printed_patent.patent_pdf import compose_patent, patent_facts, patent_references

_PAGE = "\n---- page ----\n"
Made = Callable[[], Iterator[tuple[str, bytes]]]
_ENCODER = msgspec.json.Encoder()


@dataclass(frozen=True)
class Family:
    """Formats that are fuzzed together.

    suffixes: of the files that the input is read as, by its first seeds' own; patterns: of seeds
    below the folders given; made: seeds made here; largest: bytes of a seed.
    """

    suffixes: tuple[str, ...]
    patterns: tuple[str, ...]
    mutator: Mutator
    made: Made = lambda: iter(())
    largest: int = 60_000


FAMILIES = {
    "uspto-xml": Family((".xml",), ("US*.xml", "*uspto*/*.xml"), in_xml),
    "uspto-sgml": Family((".xml",), ("*sgml*.xml", "*grant_v2-5*.xml"), in_xml),
    "epo-xml": Family((".xml",), ("EP*.xml", "*pkg_eps*.xml"), in_xml),
    "docdb-ops": Family((".xml",), ("*epo_docdb*/*.xml", "*epo_ops*/*.xml"), in_xml),
    "st96": Family((".xml",), (), in_xml, seeds.st96),
    "greenbook": Family((".greenbook", ".txt"), ("*.greenbook",), in_lines),
    "public-search": Family((".json",), ("*.json",), in_json, largest=400_000),
    "json": Family((".json", ".jsonl"), (), in_json, seeds.json_records),
    "csv": Family((".csv", ".tsv"), (), in_lines, seeds.tables),
    "office": Family((".docx", ".pptx", ".xlsx"), ("*.docx",), in_zip, seeds.office, 200_000),
    "html": Family((".html",), ("*.html",), in_lines, seeds.pages),
    "mail": Family((".eml", ".mbox"), (), in_lines, seeds.mails),
    "msg": Family((".msg", ".doc"), (), in_bytes, seeds.messages),
    "archives": Family((".zip", ".tar", ".7z", ".gz"), (), in_zip, seeds.archives),
    "archives-raw": Family((".zip", ".tar", ".7z", ".gz"), (), in_bytes, seeds.archives),
    "pdf": Family((".pdf",), ("*.pdf",), in_lines, seeds.pdfs, 12_000),
    "print": Family((".print",), ("prints/*.txt",), in_lines),
    "text": Family((".txt", ".md"), ("*.md", "W*.txt", "*.txt"), in_lines, largest=30_000),
    "pandoc": Family((".rtf", ".tex", ".odt", ".epub"), (), in_lines, seeds.converted),
}


class ReadTarget:
    """Reads an input as the file of a family, as a worker does, and gives the replies as JSON."""

    def __init__(self, family: Family) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
        self._suffixes = family.suffixes

    def __call__(self, data: bytes) -> object:
        """Replies to the input under a suffix that its length decides."""
        suffix = self._suffixes[len(data) % len(self._suffixes)]
        if suffix == ".print":
            return _print(data)
        path = self._folder / f"input{suffix}"
        path.write_bytes(data)
        return [_ENCODER.encode(reply) for reply in read_file(str(path))]


def _print(data: bytes) -> object:
    """A printed patent from the text of its pages, below the PDF."""
    pages = data.decode("utf-8", "replace").split(_PAGE)
    facts = patent_facts("0f", pages[0], pages)
    if facts is None:
        return None
    composer = Composer()
    compose_patent(composer, pages)
    return _ENCODER.encode(composer.document(facts, patent_references(pages[0], pages)))
