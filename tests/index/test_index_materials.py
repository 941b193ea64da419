"""Spellings of one material share a term, different materials do not; abbreviations expand."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.chemistry import expansions, load_abbreviations, material_terms
from index.errors import BadAbbreviations

NCM811 = (
    "NMC811|NCM 811|NCM-811|ncm811|NCM(811)|NCM 8:1:1|NCM 80/10/10|Ni0.8Co0.1Mn0.1"
    "|LiNi0.8Co0.1Mn0.1O2|LiNi₀.₈Co₀.₁Mn₀.₁O₂|Li[Ni0.8Co0.1Mn0.1]O2|Li(Ni0.8Co0.1Mn0.1)O2"
    "|LiNi0.8Mn0.1Co0.1O2|Li1.05Ni0.8Co0.1Mn0.1O2|LiNi0.80Co0.10Mn0.10O2-δ"
    "|Ni 0.8 Co 0.1 Mn 0.1|LiNi_{0.8}Co_{0.1}Mn_{0.1}O_2|LiNi$_{0.8}$Co$_{0.1}$Mn$_{0.1}$O$_2$"
    "|Ni0.8Co0.1Mn0.1(OH)2|Ni:Co:Mn = 8:1:1|Ni/Mn/Co of 8:1:1"
)


def terms(text: str) -> list[str]:
    return [term for _, _, term in material_terms(text)]


@pytest.mark.parametrize("written", NCM811.split("|"))
def test_all_spellings_of_ncm811_find_each_other_and_no_other_composition(written: str) -> None:
    found = terms(f"a cathode of {written}, coated")
    assert found == ["ncm811", "ncm"]
    assert "ncm811" not in terms("NCM622 NCM523 NMC111 NCM9055 LiNi0.83Co0.11Mn0.06O2 NCM712")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("LiFePO4|LFP|LiFePO 4|LixFePO4|lithium iron phosphate", "lfp"),
        ("Li3Fe2(PO4)3", "li3fe2p3o12"),
        ("LiMn2O4|LMO|LiMn 2 O 4", "lmo"),
        ("LiNi0.5Mn1.5O4|LNMO", "lnmo"),
        ("LiCoO2|LCO", "lco"),
        ("Li4Ti5O12|LTO|lithium titanate", "lto"),
        ("Li7La3Zr2O12|LLZO", "llzo"),
        ("Li10GeP2S12|LGPS", "lgps"),
        ("LiNixCoyMn1-x-yO2|LiaNibCocMndO2|NCM|NMC|NCM912", "ncm"),
        ("LiN(SO2F)2|Li(FSO2)2N|LiFSI|lithium bis(fluorosulphonyl) imide", "lifsi"),
        ("Li6PS5X", "argyrodite"),
        ("CrMnFeCoNi0.5", "crmnfeconi0.5"),
    ],
)
def test_materials_have_one_term(written: str, expected: str) -> None:
    for name in written.split("|"):
        assert terms(name) == [expected], name


def test_doped_ones_share_only_the_family() -> None:
    assert terms("Li6.4La3Zr1.4Ta0.6O12") == ["li6.4la3zr1.4ta0.6o12", "llzo"]
    assert terms("Li1.3Al0.3Ti1.7(PO4)3")[1] == terms("LATP")[0]
    assert terms("LiNi0.8Co0.1Mn0.09Zr0.01O2")[1:] == ["ncm"]
    assert terms("NCA 80/15/5") == terms("LiNi0.8Co0.15Al0.05O2") == ["nca80-15-5", "nca"]


def test_the_order_of_the_letters_counts_where_it_is_certain() -> None:
    assert terms("NMC532")[0] == terms("NCM523")[0] == terms("LiNi0.5Co0.2Mn0.3O2")[0] == "ncm523"
    # Written for both compositions.
    assert terms("NMC523") == ["ncm532", "ncm523", "ncm"]


@pytest.mark.parametrize(
    "text",
    "LiB and LiPSs|H01M4/525, C01G 53/00|CYP1B1 and VP40|FIG. 2 In 2010|Six boxes, Nix, CO and NO"
    "|C3H4O3|CO2 in H2O|Pt(II)|at 300 K 5 V|the NiCoated foil".split("|"),
)
def test_words_symbols_and_genes_are_no_materials(text: str) -> None:
    assert terms(text) == []


def test_a_value_after_a_formula_is_no_part_of_it() -> None:
    assert terms("LiF 5 wt% and Al2O3 2 nm") == ["lif", "al2o3"]


def test_places_are_those_of_the_text() -> None:
    text = "The (LiNi₀.₈Co₀.₁Mn₀.₁O₂) and Al₂O₃-coated NCM 811."
    found = {text[start:end] for start, end, _ in material_terms(text)}
    assert found == {"LiNi₀.₈Co₀.₁Mn₀.₁O₂", "Al₂O₃", "NCM 811"}


def test_abbreviations_expand_both_ways_and_can_be_left_out() -> None:
    added = {(e.typed, e.added) for e in expansions("FEC with lifsi in LIBs")}
    assert ("FEC", "fluoroethylene carbonate") in added
    assert ("lifsi", "lithium bis(fluorosulfonyl)imide") in added
    assert any(typed == "LIBs" for typed, _ in added)
    [short, *_] = expansions("Solid-electrolyte interphase growth")
    assert (short.typed, short.added, short.start) == ("Solid-electrolyte interphase", "SEI", 0)
    assert not expansions("FEC", off=("fec",))
    assert {e.added for e in expansions("PP")} >= {"polypropylene", "propyl propionate"}


def test_ordinary_lower_case_words_never_expand() -> None:
    text = "an ice can be a cam, a pc, a base or a stem; we peek, span and dec ec pe vc wise lips"
    assert expansions(text) == ()


def test_the_users_table_adds_replaces_and_takes_out(tmp_path, monkeypatch) -> None:
    (tmp_path / "abbreviations.tsv").write_text(
        "# ours\nabbreviation\tnames\nQZX\tquartz extender\nEC\tethyl cellulose\nVC\t\n"
    )
    table = load_abbreviations(tmp_path)
    assert [e.added for e in expansions("QZX EC VC", table)] == [
        "quartz extender",
        "ethyl cellulose",
    ]
    monkeypatch.setenv("PRIOR_ART_ABBREVIATIONS", str(tmp_path / "abbreviations.tsv"))
    assert expansions("QZX", load_abbreviations())
    (tmp_path / "abbreviations.tsv").write_text("only one column\n")
    with pytest.raises(BadAbbreviations, match=r"line 1 is no abbreviation; the columns are"):
        load_abbreviations(tmp_path)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="LiNCoMnO0.81₂[](){}$_x-+ μ😀İß\n", max_size=60))
def test_any_text_is_read_and_places_lie_within(text: str) -> None:
    for start, end, term in material_terms(text):
        assert 0 <= start < end <= len(text)
        assert term
        assert " " not in term


@pytest.mark.parametrize("piece", ["(", "Li", "Ni0.", "[(", "Li ", "NCM ", "x+", "lithium "])
def test_repetitions_take_no_longer_than_text(piece: str) -> None:
    start = time.perf_counter()
    material_terms(piece * 20_000)
    expansions(piece * 2_000)
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize(
    "text",
    ["LiNi0.8Co0.1Mn0.1O2" * 10, "(Li[Ni" * 200, "CoNi" * 19 + "x_", "Ni 0.8 Co 0.1 O 2_" * 30],
)
def test_no_text_takes_long(text):
    started = time.monotonic()
    material_terms(text)
    assert time.monotonic() - started < 1
