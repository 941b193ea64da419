"""Units, numbers and ranges as patents and papers write them."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.quantities import Quantity, find_quantities, read_unit

INF = math.inf


def ranges(text: str) -> list[tuple[float, float, str]]:
    return [(q.low, q.high, q.unit) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("µm|μm|um|micron|microns|micrometer|㎛|nm|mm|Å", "µm"),
        ("wt%|wt.%|wt. %|mass%|% by weight|weight percent|Gew.-%|중량%|質量%", "wt%"),
        ("mol%|mol %|mole percent|몰%", "mol%"),
        ("at%|at.%|atomic percent", "at%"),
        ("vol%|vol. %|% by volume", "vol%"),
        ("°C|° C.|degC|℃|deg C|K|°F", "°C"),
        ("mAh/g|mAh g-1|mAh g−1|mAh·g⁻¹|mA h g−1|mAhg-1|Ah/kg", "mAh/g"),
        ("mAh/cm2|mAh/cm²|mAh cm-2", "mAh/cm2"),
        ("mPa·s|mPa s|cP|Pa·s", "mPa·s"),
        ("m2/g|m²/g|m2 g-1", "m2/g"),
        ("S/cm|S cm-1|mS/cm|S/m", "S/cm"),
        ("h|hr|hours|min|s|days", "h"),
        ("MPa|kPa|bar|atm|kgf/cm2", "MPa"),
        ("g/cm3|g/cc|g cm-3", "g/cm3"),
        ("Wh/L|Wh/l", "Wh/L"),
        ("cycles|사이클", "cycles"),
        ("parts by weight|parts by mass|중량부", "parts by weight"),
    ],
)
def test_spellings_of_a_unit_have_one_canonical_unit(written: str, canonical: str) -> None:
    for spelling in written.split("|"):
        unit = read_unit(spelling)
        assert unit is not None, spelling
        assert unit.canonical == canonical, spelling


def test_conversions_keep_the_value() -> None:
    assert ranges("250 nm; 298.15 K; 212 °F; 2 mS/cm; 90 min; 1 g/cc; C/10; 2 kg/m3") == [
        (0.25, 0.25, "µm"),
        (25, 25, "°C"),
        (100, 100, "°C"),
        (0.002, 0.002, "S/cm"),
        (1.5, 1.5, "h"),
        (1, 1, "g/cm3"),
        (0.1, 0.1, "C"),
        (0.002, 0.002, "g/cm3"),
    ]
    assert read_unit("furlongs") is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("80 mol% or more|at least 80 mol%|not less than 80 mol%|≥80 mol%|80 몰% 이상", 80, INF),
        ("more than 80 mol%|exceeding 80 mol %|>80 mol%|80 mol% 초과", 80, INF),
        ("less than 20 mol%|below 20 mol%|<20 mol%|20 몰% 미만|weniger als 20 Mol-%", 0, 20),
        ("20 mol% or less|up to 20 mol%|at most 20 mol%|not exceeding 20 mol%", 0, 20),
        ("3-8 µm|from 3 to 8 µm|3 µm to 8 µm|3–8 μm|between 3 and 8 µm|3 ~ 8 um", 3, 8),
        (
            "3 ≤ D50 ≤ 8 µm|3 µm or more and 8 µm or less|3 내지 8 ㎛|3 bis 8 µm|3000 nm to 8 µm",
            3,
            8,
        ),
        ("not less than 3 and not more than 8 µm|greater than 3 µm but less than 8 µm", 3, 8),
        ("from about 3 µm (0.003 mm) to about 8 µm (0.008 mm)|8 µm to 3 µm", 3, 8),
        ("5±0.5 µm|5 µm ± 500 nm", 4.5, 5.5),
        ("10^-3 S/cm|10⁻³ S/cm|10-3 S cm−1|1e-3 S/cm|1.0×10-3 S/cm", 0.001, 0.001),
        ("0,5 bis 5 Gew.-%|0.5 to 5 wt%", 0.5, 5),
        ("1,000 cycles", 1000, 1000),
        ("0.8<x<0.95", 0.8, 0.95),
        ("a pH of 7 to 9", 7, 9),
        ("−20 °C to 60 °C", -20, 60),
    ],
)
def test_forms_of_a_range(text: str, low: float, high: float) -> None:
    for form in text.split("|"):
        [quantity] = find_quantities(f"It was {form} there.")
        assert (quantity.low, quantity.high) == (low, high), form


def test_ends_are_included_only_where_the_words_say_so() -> None:
    def ends(text: str) -> tuple[bool, bool]:
        [quantity] = find_quantities(text)
        return quantity.low_inclusive, quantity.high_inclusive

    assert ends("3 to 8 µm") == (True, True)
    assert ends("more than 3 µm and 8 µm or less") == (False, True)
    assert ends("0.8 < x ≤ 0.95") == (False, True)
    assert find_quantities("about 5 wt%")[0].approximate


def test_lists_share_the_unit_and_the_subject() -> None:
    found = find_quantities("5, 10 and 15 wt% of FEC were added")
    assert [(q.low, q.unit) for q in found] == [(5, "wt%"), (10, "wt%"), (15, "wt%")]
    assert all("FEC" in q.subject for q in found)
    assert ranges("(65-35 mol%)") == [(65, 65, "mol%"), (35, 35, "mol%")]


def test_each_quantity_is_about_its_own_subject() -> None:
    text = "The electrolyte has FEC 5 wt% and VC 2 wt%; 1 wt% PS and 3 wt% EC are added."
    subjects = [q.subject for q in find_quantities(text)]
    names = ("FEC", "VC", "PS", "EC")
    for subject, name in zip(subjects, names, strict=True):
        words = subject.split()
        assert name in words
        assert not set(names) - {name} & set(words)
    preferred = find_quantities("FEC of 0.5 to 5 wt%, preferably 1 to 3 wt%, more preferably 2 wt%")
    assert {q.subject for q in preferred} == {"FEC of"}


@pytest.mark.parametrize(
    "text",
    "claims 1, 5 and 7|FIG. 3A to FIG. 3C|as in [12], 13 and 14|US 10,123,456 B2|5 March 2019"
    "|the electrode 12 and the tab 14a|Example 2|in the 1990s|13C NMR|H01M 4/525|2 V2O5"
    "|20A and/or 20B|doi:10.1/x:7h-7q|Ref. 7 A. Author, J. Name|SEQ ID NO: 5"
    "|based on 100 parts by weight of the binder|Page 10|18650".split("|"),
)
def test_what_only_looks_like_a_quantity_is_none(text: str) -> None:
    assert find_quantities(text) == []


def test_places_are_those_of_the_text() -> None:
    text = "A film of at least 20 µm was dried at 120 ℃."
    assert [text[q.start : q.end] for q in find_quantities(text)] == ["at least 20 µm", "120 ℃"]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0159.,-–~± ×^/%µmnwtVhCg≤<x()to\n⁻³°K", max_size=60))
def test_any_text_gives_ordered_finite_records(text: str) -> None:
    for quantity in find_quantities(text):
        assert isinstance(quantity, Quantity)
        assert quantity.low <= quantity.high
        assert 0 <= quantity.start < quantity.end <= len(text)


@pytest.mark.parametrize(
    "piece",
    ["9", "1 to ", "0.8<", "1 ", "1, ", "5 nm ", "m/", "about ", "1x10", "5 µm (", "claims 1 V, "],
)
def test_repetitions_take_no_longer_than_text(piece: str) -> None:
    start = time.perf_counter()
    find_quantities("5 " + piece * 4_000)
    assert time.perf_counter() - start < 5
