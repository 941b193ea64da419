"""Conditions of queries and of --where, and whether disclosed quantities meet them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import BadFilter
from index.quantities import find_conditions, find_quantities, parse_where, satisfies

# A question, a passage whose value or range overlaps, one that has the words but not the value.
PAIRS = """
nickel 80 mol% or more | Ni content of 85 to 95 mol% | a nickel content of 50 to 60 mol%
D50 3-8 µm | an average particle diameter of 5 micron | D50 of 12 to 15 µm
FEC 0.5 to 5 wt% | 2 wt.% of fluoroethylene carbonate | 10% by weight of FEC
below 20 µm thick | a thickness of 12 microns | a thickness of 20 µm or more
separator thickness at most 12 µm | the separator has a thickness of 9 to 16 µm | separator thickness 20 µm
porosity of 40 to 50 % | a porosity of 45 vol% | a porosity of 60%
ionic conductivity above 1e-3 S/cm | an ionic conductivity of 12 mS/cm | ionic conductivity of 10-5 S/cm
vinylene carbonate of 1 wt% or less | VC: 0.5 mass% | VC in an amount of 2 to 3 wt%
1 M LiPF6 | 1 mol/L LiPF6 in EC | 2 M LiPF6 in EC
sintering at 700 to 800 °C | sintering at 750° C. for 10 h | sintering at 500 °C
tap density 2.4 g/cc or more | a tap density of 2.5 g/cm3 | a tap density of 1.9 g/cm3
BET 0.5-1.2 m2/g | a specific surface area of 0.8 m²/g | a BET surface area of 5 m2/g
SiOx 5 to 10 wt% | SiOx in an amount of 8 wt% | 20 wt% of SiOx
loading 15 mg/cm2 or more | a loading of 20 mg cm−2 | a loading of 10 mg/cm2
capacity retention above 80% | capacity retention of 85% | capacity retention of 60%
discharge capacity at least 200 mAh/g | a discharge capacity of 0.21 Ah/g | a capacity of 170 mAh/g
cut-off voltage of 4.4 V or more | a cut-off voltage of 4.5 V | a cut-off voltage of 4.2 V
viscosity of 1000 to 5000 mPa·s | a viscosity of 3 Pa·s | a viscosity of 500 cP
boron 100 to 1000 ppm | boron in an amount of 500 ppm | 2000 ppm of boron
LiFSI of 0.5 M or more | LiFSI of 1.2 mol/L | 0.1 M LiFSI
0.8<x<0.95 | wherein 0.85≤x≤0.9 | wherein 0.3<x<0.5
pressed density of 3.4 g/cc or more | pressed density of 3.5 to 3.7 g/cm3 | pressed density of 3.0 g/cm3
PVDF 1 to 3 wt% | 2 wt% of polyvinylidene fluoride | PVdF of 8 wt%
CMC 0.5-1.5 wt% | carboxymethyl cellulose: 1 wt% | 4 wt% of CMC
coating thickness of 5 to 20 nm | a coating thickness of 0.01 µm | a coating thickness of 0.1 µm
DCIR below 2 mΩ | a DCIR of 1.5 mΩ | a DCIR of 3 mΩ
charging at 2C or more | charging at 3C | charging at C/10
D90 of 20 µm or less | D90 of 15 µm | D90 of 30 µm
cobalt 5 mol% or less | 3 mol% of cobalt | cobalt of 10 to 20 mol%
molecular weight of 500,000 to 1,000,000 g/mol | a molecular weight of 700 kg/mol | Mw of 100,000 g/mol
"""  # noqa: E501


@pytest.mark.parametrize("row", PAIRS.strip().splitlines())
def test_overlap_is_told_from_shared_words(row: str) -> None:
    question, overlapping, other = (part.strip() for part in row.split(" | "))
    [condition] = find_conditions(question)
    assert any(satisfies(condition, q) != "none" for q in find_quantities(overlapping))
    assert all(satisfies(condition, q) == "none" for q in find_quantities(other))
    assert find_quantities(other)


@pytest.mark.parametrize(
    ("disclosed", "expected"),
    [
        ("FEC 1 to 3 wt%", "inside"),
        ("FEC 0.5 to 5 wt%", "inside"),
        ("FEC 5 wt%", "inside"),
        ("FEC 3 to 8 wt%", "overlap"),
        ("FEC 0.1 to 20 wt%", "overlap"),
        ("FEC at least 2 wt%", "overlap"),
        ("FEC 5 to 8 wt%", "overlap"),
        ("FEC more than 5 wt%", "none"),
        ("FEC less than 0.5 wt%", "none"),
        ("FEC of more than about 5 wt%", "overlap"),
        ("FEC 2 mol%", "none"),
        ("FEC 2%", "none"),
        ("VC 2 wt%", "none"),
    ],
)
def test_ranges_inside_overlapping_and_apart(disclosed: str, expected: str) -> None:
    [quantity] = find_quantities(disclosed)
    assert satisfies(parse_where("0.5 wt% <= FEC <= 5 wt%"), quantity) == expected


def test_a_bare_percent_is_met_by_any_fraction_and_no_subject_by_any() -> None:
    [quantity] = find_quantities("2 wt% of FEC")
    assert satisfies(parse_where("FEC < 3 %"), quantity) == "inside"
    assert satisfies(parse_where("any < 3 wt%"), quantity) == "inside"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("thickness <= 20 um", "thickness <= 20 µm"),
        ("20 um >= thickness", "thickness <= 20 µm"),
        ("3 um <= D50 <= 8 um", "3 µm <= D50 <= 8 µm"),
        ("D50 from 500 nm to 2 um", "0.5 µm <= D50 <= 2 µm"),
        ("FEC between 0.5 and 5 wt%", "0.5 wt% <= FEC <= 5 wt%"),
        ("0.8 < x < 0.95", "0.8 < x < 0.95"),
        ("nickel 80 mol% or more", "nickel >= 80 mol%"),
        ("temperature >= -20 °C", "temperature >= -20 °C"),
        ("cycles >= 500", "any >= 500 cycles"),
    ],
)
def test_where_is_read_and_shown_so_that_it_can_be_read_again(text: str, shown: str) -> None:
    condition = parse_where(text)
    assert str(condition) == shown
    assert str(parse_where(shown)) == shown


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("0.8 < x < 0.2", "character 1, .*nothing is above 0.8 and below 0.2"),
        ("5 um < d < 5 um", "nothing is above 5 and below 5"),
        ("thickness <= 20 foo", "character 17, at 'foo': there is no unit 'foo'"),
        ("thickness <= 20 mAh/gg", "character 17, .*do you mean 'mAh/g'"),
        ("thickness <= 20", "character 14, at '20': the unit of thickness is missing"),
        ("thickness <= ", "at the end: a number is missing"),
        ("<= 20 um", "character 1, .*what is measured is missing"),
        ("", "there is nothing"),
        ("3 um <= D50 <= 8 V", "µm and V are no ends of one range"),
        ("3 um <= D50 >= 8 um", "character 13, .*both signs of a range point the same way"),
        ("thickness <= 20 um and D50 > 3", "character 20, .*--where once for each condition"),
        ("'; DROP TABLE passages; --", "a number is missing"),
        ("x" * 501, "500 are the most"),
    ],
)
def test_a_wrong_where_says_what_and_where(text: str, message: str) -> None:
    with pytest.raises(BadFilter, match=message):
        parse_where(text)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="x<>=≤ 0189.-um%VDd50 betwndao()*'😀", max_size=40))
def test_any_where_is_a_condition_or_a_stated_error(text: str) -> None:
    try:
        condition = parse_where(text)
    except BadFilter:
        return
    assert condition.low <= condition.high
