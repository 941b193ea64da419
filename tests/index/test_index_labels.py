"""Labels: what a clearance does not allow does not exist, and leaves when it is taken out."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from assistant import Assistant
from fakes import LetterEncoder
from index import Library, ingest, remove
from index.catalog import Catalog
from index.clearance import EVERYTHING, NOTHING, Clearance
from index.errors import BadLabel, BrokenLibrary, UnknownDocument
from index.folder_rules import LABELS_FILE, label_folder
from index.labels import label_documents
from index.manifest import MANIFEST_FILE

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import leaks

PUBLIC, SECRET = Clearance.of("public"), Clearance.of("secret")


@pytest.fixture
def encoder() -> LetterEncoder:
    return LetterEncoder()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """12 public reports and 10 secret papers, of which one is a copy, and a library of them."""
    root = tmp_path_factory.mktemp("labels")
    for name in ("public", "secret"):
        (root / name).mkdir()
    for i in range(12):
        text = f"Report {i}\n\nSeparator {i} has a coating of alumina. " + "cathode " * i
        (root / "public" / f"p{i}.txt").write_text(text)
    for i in range(9):
        text = f"Paper {i}\n\nThe zirconia separator {i} has a coating. " + "anode cathode " * i
        (root / "secret" / f"s{i}.txt").write_text(text)
    shutil.copy(root / "public" / "p3.txt", root / "secret" / "copy.txt")
    for label in ("secret", "public"):
        ingest(root / "lib", [root / label], label=label, encoder=LetterEncoder())
    return root


@pytest.fixture
def files(made: Path) -> dict[str, Path]:
    return {name: made / name for name in ("public", "secret")}


@pytest.fixture
def index(made: Path, tmp_path: Path) -> Path:
    """A copy of the library, to be changed. Its files are those of all tests: read them only."""
    return shutil.copytree(made / "lib", tmp_path / "lib")


def test_randomised_requests_are_answered_as_if_nothing_else_were_there(tmp_path, encoder):
    chance = random.Random(7)
    sample = sorted(p for p in leaks.SAMPLE.rglob("*") if p.suffix in (".xml", ".html", ".md"))
    tried = leaks.pairs(sample, tmp_path, encoder, chance)
    whole = Assistant.open(tmp_path / "all" / "library", encoder)
    everything = leaks.Pair(EVERYTHING, whole, whole)
    results = list(leaks.leaks(tried, everything, 120, chance))
    assert [leak for _, leak in results if leak] == []
    assert len({kind for kind, _ in results}) >= 12
    # The check can fail: whoever sees more is told otherwise.
    wrong = [leaks.Pair(EVERYTHING, whole, tried[0].alone)]
    assert any(leak for _, leak in leaks.leaks(wrong, everything, 20, chance))


def test_frequencies_are_those_of_allowed_documents(index, files, tmp_path, encoder):
    ingest(tmp_path / "alone", [files["public"]], label="public", encoder=encoder)
    library = Library.open(index, encoder)
    seen, alone = library.seen_by(PUBLIC), Library.open(tmp_path / "alone", encoder)
    assert seen.term_counts(["zirconia", "cathod"]) == alone.term_counts(["zirconia", "cathod"])
    assert library.term_counts(["zirconia"]) != seen.term_counts(["zirconia"])
    for query in ("coating of alumina", "zirconia", "cathode separator 3"):
        assert seen.search(query).to_dict() == alone.search(query).to_dict()
    assert seen.search("coating").to_dict() != library.search("coating").to_dict()


def test_hidden_and_unknown_documents_are_refused_alike(index, encoder):
    library = Library.open(index, encoder)
    hidden = library.search("zirconia").hits[0].document.id
    seen = library.seen_by(PUBLIC)
    with pytest.raises(UnknownDocument) as refused:
        seen.document(hidden)
    with pytest.raises(UnknownDocument) as unknown:
        seen.document("0" * 16)
    assert str(refused.value).replace(hidden, "0" * 16) == str(unknown.value)
    assert seen.span(f"{hidden}:0") is None
    assert library.seen_by(NOTHING).counts() == (0, 0)
    assert library.seen_by(NOTHING).search("coating").hits == ()


def test_nobody_sees_more_through_a_second_door(index, encoder):
    seen = Library.open(index, encoder, clearance=PUBLIC).seen_by(EVERYTHING)
    assert {facts.label for facts in seen.documents()} == {"public"}


def test_no_statement_reaches_around_the_views(index):
    with closing(Catalog(index, PUBLIC)) as catalog:
        for query in (
            "SELECT text FROM main.documents",
            "SELECT count(*) FROM main.passages",
            "SELECT 1 FROM main.quantities WHERE low > 1",
            "DROP VIEW temp.documents",
        ):
            with pytest.raises(sqlite3.DatabaseError):
                catalog.connection.execute(query).fetchall()


def test_labels_with_any_characters_are_kept_apart(tmp_path, files, encoder):
    odd = "it's ' OR 1=1 --"
    ingest(tmp_path / "lib", [files["secret"]], label=odd, encoder=encoder)
    library = Library.open(tmp_path / "lib", encoder)
    assert library.seen_by(Clearance.of(odd)).counts()[0] == 10
    assert library.seen_by(Clearance.of("x' OR '1'='1")).counts()[0] == 0


def test_copy_under_two_labels_is_one_document_for_who_sees_both(index, encoder):
    library = Library.open(index, encoder)
    counts = [library.seen_by(c).counts()[0] for c in (PUBLIC, SECRET)]
    assert counts == [12, 10]
    both = library.seen_by(Clearance.of("public", "secret"))
    assert len(both.documents()) == library.counts()[0] == 21


def test_label_that_is_given_moves_words_and_vectors(tmp_path, index, files, encoder):
    folder = shutil.copytree(files["secret"], tmp_path / "secret")
    ingest(index, [folder], label="secret", encoder=encoder)
    remove(index, [d.id for d in Library.open(index, encoder).seen_by(SECRET).documents()], encoder)
    ingest(index, [folder], label="secret", encoder=encoder)
    library = Library.open(index, encoder)
    secret, public = library.seen_by(SECRET), library.seen_by(PUBLIC)
    paper = next(d for d in secret.documents() if d.title == "Paper 5")
    assert public.search("zirconia").hits[0].why.words is None
    label_documents(index, [paper.id], "public", encoder)
    assert public.search("zirconia").hits[0].document.id == paper.id
    assert paper.id not in {d.id for d in secret.documents()}
    assert secret.term_counts(["zirconia"]) == {"zirconia": 8}
    # It stays when the file changes.
    Path(paper.source).write_text("Paper 5 anew\n\nThe zirconia separator is thinner.")
    ingest(index, [Path(paper.source).parent], encoder=encoder)
    assert {d.label for d in library.documents() if "anew" in d.title} == {"public"}


def test_folder_rules_label_what_has_no_label(tmp_path, files, encoder):
    index = tmp_path / "lib"
    ingest(index, [files["public"]], encoder=encoder)
    label_folder(index, files["public"], "internal")
    label_folder(index, files["secret"], " secret ")
    ingest(index, [files["public"], files["secret"]], encoder=encoder)
    library = Library.open(index, encoder)
    assert library.seen_by(Clearance.of("internal")).counts()[0] == 12
    assert library.seen_by(SECRET).counts()[0] == 10
    assert library.seen_by(Clearance.of(None)).counts()[0] == 0
    (index / LABELS_FILE).write_text("{")
    with pytest.raises(BrokenLibrary):
        ingest(index, [files["secret"]], encoder=encoder)
    with pytest.raises(BadLabel):
        ingest(index, [files["secret"]], label=" ", encoder=encoder)


def test_removed_document_leaves_no_word_in_any_file(tmp_path, index, encoder):
    secret = tmp_path / "s99.txt"
    secret.write_text("Paper 99\n\nThe quixotrope separator is a jabberwock of zirconia.")
    ingest(index, [secret], label="secret", encoder=encoder)
    assert _holding(index, b"jabberwock") != []
    library = Library.open(index, encoder)  # a reader that is open holds nothing back
    gone = library.search("quixotrope").hits[0].document.id
    remove(index, [gone], encoder)
    assert library.search("quixotrope", options=leaks.SearchOptions(system="bm25")).hits == ()
    assert [_holding(index, word) for word in (b"jabberwock", b"quixotrop", b"s99.txt")] == [[]] * 3


def test_format_2_is_brought_to_3_by_an_ingest(index, files, encoder):
    """A catalogue as the release before had it: one document for each id, no compartments."""
    (copy,) = [d for d in Library.open(index, encoder).documents() if d.title == "Report 3"]
    remove(index, [copy.id], encoder)
    before = [d.to_dict() for d in Library.open(index, encoder).documents()]
    with closing(sqlite3.connect(index / "catalog.sqlite")) as database:
        (table,) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'documents'")
        old = table[0].replace("id TEXT NOT NULL,", "id TEXT NOT NULL UNIQUE,", 1)
        assert old != table[0]
        database.executescript(
            f"PRAGMA foreign_keys = OFF; {old.replace('documents', 'other', 1)};"
            "INSERT INTO other SELECT * FROM documents; DROP TABLE documents;"
            "ALTER TABLE other RENAME TO documents;"
        )
    shutil.rmtree(index / "words")
    for path in index.glob("vectors-*.faiss"):
        path.unlink()
    manifest = json.loads((index / MANIFEST_FILE).read_text())
    (index / MANIFEST_FILE).write_text(json.dumps({**manifest, "format_version": 2}))
    with pytest.raises(BrokenLibrary.__base__, match="prior-art ingest"):
        Library.open(index, encoder)
    ingest(index, [files["secret"]], label="secret", encoder=encoder)  # brings the copy back
    ingest(index, [files["public"]], label="public", encoder=encoder)
    library = Library.open(index, encoder)
    assert library.seen_by(SECRET).counts()[0] == 10
    kept = {d.id: d.to_dict() for d in library.documents()}
    assert all(kept[d["id"]] == d for d in before)


def _holding(index: Path, word: bytes) -> list[str]:
    """Files below a folder that hold a word."""
    return [p.name for p in index.rglob("*") if p.is_file() and word in p.read_bytes().lower()]
