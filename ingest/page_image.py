"""Draw one page of a PDF as PNG, in a process of its own: a hostile file may kill the renderer.

As a program: `python -m ingest.page_image PDF PAGE SCALE [ID]` writes the image to standard output.
"""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from ingest.confine import confine, limit_memory
from ingest.errors import Malformed, ReaderTimeout

_SECONDS = 20.0
_LARGEST_SIDE = 2400  # pixels
_MEMORY = 2 << 30  # bytes


def page_image(
    path: str | Path, page: int, scale: float = 1.5, identity: str | None = None
) -> bytes:
    """PNG bytes of a page. page: 1-based; scale: pixels for each point (1/72 inch).

    path: of a PDF, or of one inside another file (`old.zip!/scan.pdf`); identity: the document's
    id, where a file that has changed since it was read must not be shown.

    Raises Malformed or ReaderTimeout where the page cannot be drawn.
    """
    here = str(Path(__file__).resolve().parent.parent)
    python_path = os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH")]))
    command = [sys.executable, "-m", "ingest.page_image", str(path), str(page), str(scale)]
    command += [identity] if identity else []
    try:
        with tempfile.TemporaryDirectory(prefix="prior-art-page-") as folder:
            result = subprocess.run(
                command,
                capture_output=True,
                timeout=_SECONDS,
                env={**os.environ, "PYTHONPATH": python_path, "TMPDIR": folder},
                check=False,
            )
    except subprocess.TimeoutExpired:
        raise ReaderTimeout(f"drawing page {page} took more than {_SECONDS:g} s") from None
    if result.returncode or not result.stdout:
        reason = result.stderr.decode("utf-8", "replace").strip().splitlines()
        raise Malformed(f"page {page} cannot be drawn: {reason[-1] if reason else 'no image'}")
    return result.stdout


def _draw(path: str, page: int, scale: float, identity: str = "") -> bytes:
    # Before the libraries are loaded: threads that run already would not be confined.
    confine(tempfile.gettempdir())
    limit_memory(_MEMORY)
    import pypdfium2

    data = _data(path)
    if b"%PDF-" not in data[:1024]:
        raise SystemExit("the file is no PDF, so its pages have no image")
    if not hashlib.sha256(data).hexdigest().startswith(identity):
        raise SystemExit("the file has changed since it was read; ingest it again")
    pdf = pypdfium2.PdfDocument(data)
    if not 1 <= page <= len(pdf):
        raise SystemExit(f"the file has {len(pdf)} pages")
    sheet = pdf[page - 1]
    scale = min(scale, _LARGEST_SIDE / max(sheet.get_size()))
    buffer = io.BytesIO()
    sheet.render(scale=scale).to_pil().save(buffer, "PNG")
    return buffer.getvalue()


def _data(path: str) -> bytes:
    outer, _, member = path.partition("!/")
    if os.path.exists(path) or not member:
        return Path(path).read_bytes()
    # All readers are loaded for this, which takes a second that other pages need not wait.
    from ingest.readers.choose import member_data

    return member_data(outer, member)


if __name__ == "__main__":
    sys.stdout.buffer.write(_draw(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), *sys.argv[4:]))
