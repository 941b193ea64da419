"""Recognise the text of a page that is only an image, where Tesseract is installed.

The engine is a program of its own, so nothing here is loaded without it. What was measured, and
why this engine, is in benchmarks/reading.md.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import os
import re
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ingest.ocr_layout import Word, page_lines

# What to tell a user who has scans and no engine.
_PROGRAM = "tesseract"
_DPI = 300
_LARGEST_SIDE = 5000  # Pixels: a poster is drawn smaller, so that memory has a limit.
_SECONDS = 45.0  # A page takes 3 to 6 s; less than a reader may be silent.
# By the script that Tesseract sees; Latin letters stand in every patent, whatever its language.
_SCRIPTS = {
    "Korean": "kor", "Hangul": "kor", "Japanese": "jpn", "Katakana": "jpn", "Hiragana": "jpn",
    "Han": "chi_sim", "HanS": "chi_sim", "HanT": "chi_sim",
}  # fmt: skip
_CERTAIN_TURN = 3.0  # Tesseract's orientation confidence; text of one line gets less.
_DOUBTFUL = 0.6  # Pages read worse may stand on their side.
# Below these (0 to 1) words and lines are lines of drawings, barcodes and stamps, not text.
_WORST_WORD = 0.25
_WORST_LINE = 0.45


@dataclass(frozen=True)
class Recognised:
    """The text of one page as the engine reads it.

    confidence: 0 to 1, the mean of its words as Tesseract gives them, weighted by their length;
    0.0 for a page on which it finds no text.
    """

    text: str
    confidence: float


def ocr_available() -> bool:
    """Whether the engine is installed, with at least one language."""
    return bool(_languages())


def recognise_page(data: bytes, page_number: int, password: str | None = None) -> Recognised | None:
    """The text of one page of a PDF; None where no engine is installed or it gives up.

    page_number: 1-based. Raises ValueError where the PDF has no such page.
    """
    if not ocr_available():
        return None
    try:
        with tempfile.TemporaryDirectory() as folder:
            languages = _document_languages(data, password, folder)
            path = os.path.join(folder, "page.png")
            _draw(data, page_number, password, path)
            found = _read(path, languages)
            if found.confidence < _DOUBTFUL and (turn := _rotation(_osd(path))):
                _turn(path, turn)
                found = max(found, _read(path, languages), key=lambda read: read.confidence)
            return found
    except (subprocess.SubprocessError, OSError):
        return None


def _read(path: str, languages: str) -> Recognised:
    """Text and confidence of an image. The blanks of Tesseract's text are put to its words."""
    base = path.removesuffix(".png")
    _run(path, base, "-l", languages, "--psm", "4", "txt", "tsv")
    with (
        open(f"{base}.txt", encoding="utf-8") as text,
        open(f"{base}.tsv", encoding="utf-8") as table,
    ):
        return _recognised(list(_words(table, text.read())))


def _words(table: Iterable[str], text: str) -> Iterator[Word]:
    """The words of Tesseract's table; a syllable that its text joins to the last is not spaced."""
    at = 0
    for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
        word, confidence = (row.get("text") or "").strip(), float(row.get("conf") or -1) / 100
        if not word or confidence < 0:
            continue
        found = text.find(word, at)
        spaced = found <= 0 or text[found - 1].isspace()
        at = found + len(word) if found >= 0 else at
        left, top, width, height = (int(row[k]) for k in ("left", "top", "width", "height"))
        line = (int(row["block_num"]), int(row["par_num"]), int(row["line_num"]))
        yield Word(left, top, left + width, top + height, word, confidence, line, spaced)


def _recognised(words: list[Word]) -> Recognised:
    lines = [line for line in page_lines(words) if _is_text(line)]
    kept = [[word for word in line if word.confidence >= _WORST_WORD] for line in lines]
    flat = [word for line in kept for word in line]
    weight = sum(len(word.text) for word in flat)
    confidence = sum(word.confidence * len(word.text) for word in flat) / weight if weight else 0.0
    text = "\n".join(
        "".join((" " if word.spaced else "") + word.text for word in line).strip() for line in kept
    )
    return Recognised(text, round(confidence, 3))


def _is_text(line: list[Word]) -> bool:
    """Lines of drawings, barcodes and stamps have little confidence, or hold no letters."""
    if statistics.fmean(word.confidence for word in line) < _WORST_LINE:
        return False
    return bool(re.search(r"\w", "".join(word.text for word in line)))


# Languages of the file that was asked for last: (digest, languages).
_last: list[tuple[str, str]] = []


def _document_languages(data: bytes, password: str | None, folder: str) -> str:
    """Tesseract's languages for a file, by the scripts of a few of its pages.

    A front page with many Latin names is called Latin, so one page in another script decides.
    """
    digest = hashlib.sha256(data).hexdigest()
    if _last and _last[0][0] == digest:
        return _last[0][1]
    path = os.path.join(folder, "sample.png")
    wanted: list[str] = []
    for number in _sampled(page_count(data, password)) if "osd" in _installed() else ():
        _draw(data, number, password, path)
        script = re.search(r"Script: (\w+)", _osd(path))
        wanted += [_SCRIPTS[script[1]]] if script and script[1] in _SCRIPTS else []
    own = [language for language in (_most(wanted), "eng") if language in _languages()]
    if not wanted and "deu" in _languages():
        own.append("deu")
    _last[:] = [(digest, "+".join(own or _languages()[:1]))]
    return _last[0][1]


def _sampled(count: int) -> list[int]:
    return sorted({1, min(2, count), min(3, count), (count + 1) // 2})


def _most(names: list[str]) -> str:
    return max(names, key=names.count, default="")


def _osd(path: str) -> str:
    return _run(path, "-", "--psm", "0")


def _rotation(osd: str) -> int:
    """Degrees by which to turn a page clockwise, 0 where that is not certain."""
    turn = re.search(r"Rotate: (\d+)", osd)
    sure = re.search(r"Orientation confidence: ([\d.]+)", osd)
    return int(turn[1]) if turn and sure and float(sure[1]) >= _CERTAIN_TURN else 0


def page_count(data: bytes, password: str | None = None) -> int:
    """Number of pages of a PDF."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data, password=password)
    try:
        return len(pdf)
    finally:
        pdf.close()


def _draw(data: bytes, page_number: int, password: str | None, path: str) -> None:
    """Draw a page as a grey PNG file."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data, password=password)
    try:
        if not 1 <= page_number <= len(pdf):
            raise ValueError(f"the file has {len(pdf)} pages, so there is no page {page_number}")
        page = pdf[page_number - 1]
        scale = min(_DPI / 72, _LARGEST_SIDE / max(page.get_size()))
        image: Any = page.render(scale=scale, grayscale=True).to_pil()
        image.save(path, "PNG", compress_level=1, dpi=(_DPI, _DPI))
    finally:
        pdf.close()


def _turn(path: str, degrees: int) -> None:
    from PIL import Image

    with Image.open(path) as image:
        upright = image.rotate(-degrees, expand=True)
    upright.save(path, "PNG", compress_level=1, dpi=(_DPI, _DPI))


def _run(path: str, *options: str) -> str:
    """Output of Tesseract. One thread: pages are read side by side in several processes."""
    result = subprocess.run(
        [_PROGRAM, path, *options],
        capture_output=True,
        timeout=_SECONDS,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        check=False,
    )
    return result.stdout.decode("utf-8", "replace")


def _languages() -> list[str]:
    return [language for language in _installed() if language != "osd"]


@functools.lru_cache(maxsize=1)
def _installed() -> tuple[str, ...]:
    if shutil.which(_PROGRAM) is None:
        return ()
    try:
        listed = subprocess.run(
            [_PROGRAM, "--list-langs"], capture_output=True, timeout=10, check=False
        )
    except (subprocess.SubprocessError, OSError):
        return ()
    lines = listed.stdout.decode("utf-8", "replace").split("\n")
    return tuple(line.strip() for line in lines[1:] if line.strip())
