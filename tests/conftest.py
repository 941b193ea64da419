"""What all tests share: the sample portfolio, a library of it, and the data beside the project."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for `fakes`

from assistant import Assistant
from index import ingest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def sample() -> Path:
    """The invented portfolio."""
    return ROOT / "sample"


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """The sample in a library made with the packaged encoder. Read it only."""
    folder = tmp_path_factory.mktemp("sample") / "library"
    ingest(folder, [sample])
    return folder


@pytest.fixture(scope="session")
def assistant(sample_library: Path) -> Assistant:
    """An assistant over the sample. Ask it only."""
    return Assistant.open(sample_library)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real data that may lie beside the project; the test is skipped where it does not."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no real data: {folder} does not exist")
    return folder
