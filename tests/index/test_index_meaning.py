"""Materials, abbreviations and figures of a query find what says the same in another way."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from index import Filters, Library, SearchOptions, ingest
from index.errors import BadFilter

TEXTS = {
    "code": "A positive electrode of NMC 811 shows a capacity of 200 mAh/g at 0.1C.",
    "plain": "LiNi0.8Co0.1Mn0.1O2 particles with a D50 of 5 µm were coated.",
    "small": "LiNi₀.₈Co₀.₁Mn₀.₁O₂ powder with D50 of 12 µm.",
    "bracket": "Li[Ni0.8Co0.1Mn0.1]O2 was calcined at 780 °C.",
    "iron": "Lithium iron phosphate with a coating thickness of 15 um.",
    "full": "The electrolyte contains 2 wt% fluoroethylene carbonate.",
    "short": "The electrolyte contains FEC in an amount of 10 wt%.",
    "thick": "The separator has a thickness of 25 microns.",
    "tea": "Eat a tea leaf and a lettuce leaf.",
}
SIDES = ("overlapping", "other")
# Of 30 pairs of one wording, and of 40 pairs written to mislead: the wrong passage has the words of
# the query, the right one the range in other words.
PAIRS_FIRST, MISLEADING_ABOVE = 27, 30


def library_of(folder: Path, texts: dict[str, str]) -> Library:
    records = [{"_id": name, "title": "", "text": text} for name, text in texts.items()]
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    ingest(folder / "library", [folder / "a.jsonl"])
    return Library.open(folder / "library")


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> Library:
    return library_of(tmp_path_factory.mktemp("meaning"), TEXTS)


def by_words(library: Library, query: str, **options) -> set[str]:
    """Documents that the words propose."""
    hits = library.search(query, 20, options=SearchOptions(**options)).hits
    return {hit.document.id for hit in hits if hit.why.words}


@pytest.mark.parametrize(
    "query", ["NMC811", "NCM 811", "LiNi0.8Co0.1Mn0.1O2", "LiNi₀.₈Co₀.₁Mn₀.₁O₂", "Ni0.8Co0.1Mn0.1"]
)
def test_all_spellings_of_a_material_find_each_other(library, query):
    assert by_words(library, query) >= {"code", "plain", "small", "bracket"}
    assert not by_words(library, query) & {"iron", "tea"}


def test_names_and_abbreviations_find_each_other_and_can_be_switched_off(library):
    for query in ("FEC", "fluoroethylene carbonate"):
        assert by_words(library, query) == {"full", "short"}
    assert by_words(library, "FEC", expand=False) == {"short"}
    assert by_words(library, "FEC", literal=("FEC",)) == {"short"}
    assert by_words(library, "LFP") == {"iron"}
    result = library.search("FEC", 1)
    assert "fluoroethylene carbonate" in result.to_dict()["expansions"][0]["names"]
    why = {h.document.id: h.why for h in library.search("FEC").hits}
    assert why["full"].synonyms == (("FEC", "fluoroethylene carbonate"),)
    assert why["short"].synonyms == ()


def test_a_librarys_own_abbreviations_count(tmp_path):
    library = library_of(tmp_path, {"a": "A quick zinc exchange.", "b": "Zinc."})
    assert by_words(library, "QZX") == set()
    (tmp_path / "library" / "abbreviations.tsv").write_text("QZX\tquick zinc exchange\n")
    assert by_words(Library.open(tmp_path / "library"), "QZX") == {"a"}


@pytest.mark.parametrize(
    ("query", "first", "found"),
    [
        ("FEC 0.5 to 5 wt%", "full", "2 wt%"),
        ("FEC above 8 wt% in the electrolyte", "short", "10 wt%"),
        ("D50 3-8 µm", "plain", "5 µm"),
        ("D50 of 10 µm or more", "small", "12 µm"),
        ("below 20 µm thick", "iron", "15 um"),
        ("a thickness of at least 20 µm", "thick", "25 microns"),
    ],
)
def test_what_overlaps_ranks_above_what_shares_the_words(library, query, first, found):
    result = library.search(query)
    hit = result.hits[0]
    assert hit.document.id == first
    [matched] = hit.why.quantities
    assert (matched.condition, matched.found) == (result.conditions[0], found)
    assert found in hit.passages[0].text
    without = library.search(query, options=SearchOptions(literal=result.conditions))
    assert without.conditions == () == without.hits[0].why.quantities


def test_where_filters_and_names_the_figures(library):
    hits = library.search("layer", filters=Filters(where=["thickness <= 20 um"])).hits
    assert [h.document.id for h in hits] == ["iron"]
    assert hits[0].why.quantities[0].how == "inside"
    both = Filters(where=["D50 >= 4 um", "D50 <= 0.01 mm"])
    assert [h.document.id for h in library.search("powder", filters=both).hits] == ["plain"]
    assert library.search("powder", filters=Filters(where=["D50 > 1 mm"])).hits == ()
    claims = Filters(where=["thickness <= 20 um"], section=["claims"])
    assert library.search("layer", filters=claims).hits == ()
    for wrong in ("0.8 < x < 0.2", "thickness <= 20 furlongs", "; DROP TABLE quantities"):
        with pytest.raises(BadFilter, match="character"):
            Filters(where=[wrong])


def test_the_figures_of_removed_documents_are_gone(tmp_path):
    library = library_of(tmp_path, {"a": "A film thickness of 5 µm.", "b": "A film."})
    wanted = Filters(where=["thickness <= 20 um"])
    assert len(library.search("film", filters=wanted).hits) == 1
    ingest(tmp_path / "library", [tmp_path / "a.jsonl"])
    (tmp_path / "a.jsonl").write_text('{"_id": "b", "title": "", "text": "A film."}')
    ingest(tmp_path / "library", [tmp_path / "a.jsonl"])
    assert library.search("film", filters=wanted).hits == ()


def rows_of(name: str) -> list[dict[str, str]]:
    """query, overlapping, other."""
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize(
    ("name", "least_first", "least_above"),
    [
        ("numeric_pairs.tsv", PAIRS_FIRST, PAIRS_FIRST),
        ("numeric_queries.tsv", 0, MISLEADING_ABOVE),
    ],
)
def test_overlapping_figures_rank_above_other_figures(tmp_path, name, least_first, least_above):
    rows = rows_of(name)
    texts = {f"{side}{i}": row[side] for i, row in enumerate(rows) for side in SIDES}
    library = library_of(tmp_path, texts)
    first = above = 0
    for i, row in enumerate(rows):
        hits = library.search(row["query"], 80, options=SearchOptions(syntax=False)).hits
        ranks = {hit.document.id: hit.rank for hit in hits}
        first += ranks[f"overlapping{i}"] == 1
        above += ranks[f"overlapping{i}"] < ranks.get(f"other{i}", 99)
    print(f"{name}: first {first}, above the other {above} of {len(rows)}")
    assert first >= least_first
    assert above >= least_above
