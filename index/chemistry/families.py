"""The field's materials: which formula, abbreviation and full name mean the same one.

A material's term is its usual abbreviation in lower case; compositions of the layered oxides add
their proportions ("ncm811"). What the letters mean differs: NCM is Ni-Co-Mn, NMC is Ni-Mn-Co.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.chemistry.formulas import ANY, Formula, parse_formula


@dataclass(frozen=True)
class Material:
    """term: in the index. formulas: any of them; names: abbreviations and full names."""

    term: str
    formulas: tuple[str, ...]
    names: tuple[str, ...]


def _material(term: str, formulas: str, names: str) -> Material:
    return Material(term, tuple(formulas.split()), tuple(names.split(" | ")))


MATERIALS = (
    _material("lco", "LiCoO2", "LCO | lithium cobalt oxide | lithium cobaltate"),
    _material("lno", "LiNiO2", "LNO | lithium nickel oxide | lithium nickelate"),
    _material("lmo", "LiMn2O4", "LMO | lithium manganese oxide spinel | lithium manganate spinel"),
    _material("lnmo", "LiNi0.5Mn1.5O4", "LNMO | lithium nickel manganese oxide spinel"),
    _material(
        "lfp",
        "LiFePO4",
        "LFP | lithium iron phosphate | lithium ferrous phosphate | lithium iron(II) phosphate"
        " | 리튬인산철 | 리튬 인산철 | Lithiumeisenphosphat | Lithium-Eisenphosphat | 磷酸铁锂",
    ),
    _material(
        "lmfp",
        "",
        "LMFP | LFMP | lithium manganese iron phosphate | lithium iron manganese phosphate",
    ),
    _material("lmp", "LiMnPO4", "LMP | lithium manganese phosphate"),
    _material("lcp", "LiCoPO4", "lithium cobalt phosphate"),
    _material(
        "ncm",
        "",
        "NCM | NMC | CNM | lithium nickel cobalt manganese oxide | lithium nickel"
        " manganese cobalt oxide"
        " | nickel cobalt manganese | nickel manganese cobalt | 니켈코발트망간",
    ),
    _material(
        "nca",
        "",
        "NCA | lithium nickel cobalt aluminum oxide | lithium nickel cobalt aluminium oxide"
        " | nickel cobalt aluminum | nickel cobalt aluminium",
    ),
    _material("ncma", "", "NCMA | NMCA | lithium nickel cobalt manganese aluminum oxide"),
    _material("lrmo", "Li2MnO3", "LRMO | LMR | LRLO | LMR-NMC"),
    _material(
        "lto",
        "Li4Ti5O12 Li1.333Ti1.667O4",
        "LTO | lithium titanate | lithium titanium oxide | 리튬티탄산화물",
    ),
    _material("llzo", "Li7La3Zr2O12", "LLZO | LLZTO | LLZNO | lithium lanthanum zirconium oxide"),
    _material("llto", "", "LLTO | lithium lanthanum titanate | lithium lanthanum titanium oxide"),
    _material(
        "latp",
        "",
        "LATP | lithium aluminum titanium phosphate | lithium aluminium titanium phosphate",
    ),
    _material(
        "lagp",
        "",
        "LAGP | lithium aluminum germanium phosphate | lithium aluminium germanium phosphate",
    ),
    _material("lgps", "Li10GeP2S12", "LGPS"),
    _material("lps", "Li3PS4", "LPS | lithium thiophosphate"),
    _material("lpscl", "Li6PS5Cl", "LPSCl | LPSC"),
    _material("argyrodite", "", "argyrodite | argyrodites | 아지로다이트"),
    _material("lipon", "", "LiPON | lithium phosphorus oxynitride"),
    _material("nvp", "Na3V2(PO4)3", "NVP | sodium vanadium phosphate"),
    _material("nasicon", "", "NASICON"),
    _material(
        "lipf6",
        "LiPF6",
        "lithium hexafluorophosphate | lithium hexafluoro phosphate | 육불화인산리튬",
    ),
    _material("libf4", "LiBF4", "lithium tetrafluoroborate"),
    _material("liclo4", "LiClO4", "lithium perchlorate"),
    _material(
        "lifsi",
        "LiN(SO2F)2 LiF2NO4S2",
        "LiFSI | lithium bis(fluorosulfonyl)imide | lithium bis(fluorosulphonyl)imide"
        " | lithium bis(fluorosulfonyl)amide | 리튬 비스(플루오로설포닐)이미드",
    ),
    _material(
        "litfsi",
        "LiN(SO2CF3)2",
        "LiTFSI | LiTFSA | lithium bis(trifluoromethanesulfonyl)imide | lithium"
        " bis(trifluoromethylsulfonyl)imide"
        " | lithium bis(trifluoromethanesulphonyl)imide",
    ),
    _material(
        "libob", "LiB(C2O4)2", "LiBOB | lithium bis(oxalato)borate | lithium bis(oxalate)borate"
    ),
    _material(
        "lidfob",
        "LiBF2(C2O4)",
        "LiDFOB | LiODFB | LiFOB | lithium difluoro(oxalato)borate | lithium difluorooxalatoborate"
        " | lithium difluoro(oxalate)borate",
    ),
    _material("lipo2f2", "LiPO2F2", "lithium difluorophosphate | LiDFP"),
    _material("libeti", "LiN(SO2C2F5)2", "LiBETI"),
    _material(
        "al2o3", "Al2O3", "alumina | aluminum oxide | aluminium oxide | 알루미나 | Aluminiumoxid"
    ),
    _material("sio2", "SiO2", "silica | silicon dioxide | 실리카 | Siliziumdioxid"),
    _material("zro2", "ZrO2", "zirconia | zirconium dioxide | 지르코니아"),
    _material("tio2", "TiO2", "titania | titanium dioxide | Titandioxid"),
    _material("li2co3", "Li2CO3", "lithium carbonate | 탄산리튬 | Lithiumcarbonat | 碳酸锂"),
    _material("lioh", "LiOH", "lithium hydroxide | 수산화리튬 | Lithiumhydroxid | 氢氧化锂"),
    _material("lif", "LiF", "lithium fluoride | 불화리튬 | Lithiumfluorid"),
    _material("sio", "SiO SiOx", "SiOx | silicon monoxide"),
)

_BY_COMPOSITION = {
    composition: material.term
    for material in MATERIALS
    for written in material.formulas
    if (formula := parse_formula(written)) and (composition := formula.composition)
}
# Families of several compositions, by the elements that each must have and may have.
_FAMILIES = (
    ("llzo", "Li La Zr O", "Ta Nb Al Ga W Te Y Sb Ti Ca Sr Ba Mg Sc Ce Bi Mo Ge Si Fe Zn H"),
    ("llto", "Li La Ti O", "Sr Zr Nb Al Ta"),
    ("latp", "Li Al Ti P O", "Si Sc Zr Ge"),
    ("lagp", "Li Al Ge P O", "Si Ti"),
    ("lmfp", "Li Mn Fe P O", "Mg C Ti V Co Ni"),
    ("lfp", "Li Fe P O", "Mg C Ti V Zr Nb Al"),
    ("lmp", "Li Mn P O", "Mg C Zn"),
    ("lipon", "Li P O N", ""),
    ("lgps", "Li Ge P S", "Si Sn Cl Br O Sb Se"),
    ("argyrodite", "Li P S Cl", "Br I O Si Ge Sb Sn Se"),
    ("argyrodite", "Li P S Br", "I O Si Ge Sb Sn Se"),
    ("argyrodite", "Li P S M", ""),
    ("nvp", "Na V P O", "C Fe Mn Ti Al"),
)
_LAYERED = frozenset(("Ni", "Co", "Mn", "Al"))


def formula_terms(formula: Formula) -> tuple[str, ...]:
    """Terms of a formula: its composition, then its family; empty if neither is certain.

    >>> formula_terms(parse_formula("Li1.05[Ni0.8Co0.1Mn0.1]O2"))
    ('ncm811', 'ncm')
    >>> formula_terms(parse_formula("LiNixCoyMn1-x-yO2"))
    ('ncm',)
    >>> formula_terms(parse_formula("Li6.4La3Zr1.4Ta0.6O12"))
    ('li6.4la3zr1.4ta0.6o12', 'llzo')
    """
    known = _BY_COMPOSITION.get(formula.composition) if formula.composition else None
    layered = _layered_terms(formula)
    families = layered or _families(formula)
    own = known or (formula.composition if not layered or "" in layered else "")
    return tuple(dict.fromkeys(term for term in (own, *families) if term))


def proportions(kind: str, shares: tuple[float, ...]) -> str:
    """Term of a layered oxide. shares: of Ni, Co and Mn, Al or Mn and Al, in any one unit.

    >>> proportions("ncm", (8, 1, 1)), proportions("nca", (80, 15, 5))
    ('ncm811', 'nca80-15-5')
    """
    percents = [round(1000 * share / sum(shares)) / 10 for share in shares]
    if len(percents) == 3 and all(abs(percent - 100 / 3) <= 1 for percent in percents):
        return f"{kind}111"
    if all(percent % 10 == 0 for percent in percents):
        return kind + "".join(f"{percent / 10:g}" for percent in percents)
    return kind + "-".join(f"{percent:g}" for percent in percents)


def _layered_terms(formula: Formula) -> tuple[str, ...]:
    """Terms of NCM, NCA and NCMA; an empty one says that the composition is not theirs."""
    elements = formula.elements
    metals = elements & _LAYERED
    three = {"Ni", "Co", "Mn"} <= metals
    if not three and not {"Ni", "Co", "Al"} <= metals:
        return ()
    others = elements - _LAYERED - {"Li", "O", "H"}
    if "Li" not in elements and others:
        return ()  # an alloy
    kinds = ["ncm"] if three else ["nca"]
    if three and "Al" in metals:
        kinds.insert(0, "ncma")
    total = sum(formula.amount(metal) for metal in metals)
    if others or formula.variable & metals or formula.amount("Li") > 1.1 * total:
        return ("", *kinds)
    if "Li" not in elements and "O" not in elements and abs(total - 1) > 0.02:
        return ("", *kinds)
    order = (
        ("Ni", "Co", "Mn", "Al") if kinds[0] == "ncma" else ("Ni", "Co", "Mn" if three else "Al")
    )
    shares = tuple(formula.amount(metal) for metal in order)
    return (proportions(kinds[0], shares), *kinds)


def _families(formula: Formula) -> tuple[str, ...]:
    elements = formula.elements
    if elements == {"Si", "O"} and "O" in formula.variable:
        return ("sio",)
    if elements >= {"Li", "Ni", "Mn", "O"} and formula.amount("O") >= 3.8:
        return ("lnmo",) if elements <= set("Li Ni Mn O Ti Cr Fe Al Mg F".split()) else ()
    for term, needed, allowed in _FAMILIES:
        must = set(needed.split())
        if must <= elements and elements - must <= {*allowed.split(), ANY}:
            # Olivines have one phosphate; Li3Fe2(PO4)3 is another thing.
            olivine = term not in ("lfp", "lmp", "lmfp") or formula.amount("P") == 1
            return (term,) if olivine else ()
    return ()
