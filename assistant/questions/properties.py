"""Properties of the field as questions name them, with the dimensions of their values."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.questions.records import Asked

_SHARES = (
    "mass fraction|amount fraction|percent|atomic fraction|volume fraction|ppm|parts by weight"
    "|concentration"
)
# Dimensions, the usual one first; then the names. Longer names stand before those they contain.
_TABLE = (
    (
        "percent",
        r"(?:(?:capacity|voltage|energy|discharge) )?retentions?(?: rate)?|(?:(?:initial"
        r"|first|average)(?: cycle)? )?"
        r"(?:coulombic |columbic |faradaic |energy |round[- ]trip )?efficienc(?:y|ies)"
        r"|porosit(?:y|ies)|(?:heat |thermal )?shrinkage|swelling"
        r"|(?:relative )?humidity|utili[sz]ation|crystallinity|state of charge|depth of"
        r" discharge|elongation|(?:volume )?expansion|volume change"
        r"|irreversible (?:capacity )?loss|capacity (?:loss|fade|fading|decay)|yield|voids?"
        r"|degree of \w+|percentage"
        r"|용량 ?유지율|유지율|쿨롱 ?효율|효율|기공률|공극률|수축률|容量維持率|維持率|効率"
        r"|空隙率|Kapazitätserhalt|Porosität"
        r"|Wirkungsgrad|Schrumpfung",
    ),
    (
        "length",
        r"(?:(?:average|total|coating|film|layer|wall|electrode|separator|overall)"
        r" )?thickness(?:es)?|(?:(?:median|average|mean|primary|secondary) )*"
        r"(?:particle|grain|crystallite|pore|crystal|domain) (?:size|diameter)s?|D(?:50|10"
        r"|90|99)|diameters?|(?:surface )?roughness|widths?|lengths?"
        r"|heights?|wavelengths?|depths?|sizes?|recess|gap|두께|입경|입자 ?크기|길이|厚さ"
        r"|厚み|粒径|Dicke"
        r"|Schichtdicke|Partikelgröße|Breite|Länge",
    ),
    (
        "temperature",
        r"(?:(?:heat[- ]treatment|heating|sintering|calcination|firing|drying|annealing"
        r"|operating|onset|shutdown|melting|decomposition|reaction"
        r"|glass transition|ageing|aging|curing|storage|maximum|minimum) )*temperatures?"
        r"|(?:melting|boiling|dew|flash|freezing) points?|온도|융점|温度|融点|露点"
        r"|Temperatur(?:en)?"
        r"|Schmelzpunkt|Taupunkt",
    ),
    (
        "specific capacity|areal capacity|capacity|volumetric capacity",
        r"(?:(?:initial|first|reversible|irreversible|specific|areal|gravimetric|volumetric"
        r"|discharge|charge"
        r"|nominal|rated|design) )*capacit(?:y|ies)|방전 ?용량|용량|放電容量|容量|Kapazität(?:en)?",
    ),
    (
        "specific energy|energy",
        r"(?:gravimetric |volumetric |specific )?energy densit(?:y|ies)|specific energy|에너지"
        r" ?밀도|エネルギー密度|Energiedichte",
    ),
    ("specific power|power density", r"power densit(?:y|ies)|specific power"),
    (
        "current density",
        r"(?:critical |limiting |exchange )?current densit(?:y|ies)|전류 ?밀도|電流密度"
        r"|Stromdichte",
    ),
    (
        "density",
        r"(?:(?:tap|tapped|press|pressed|compaction|electrode|rolling|pellet|true|bulk)"
        r" )*densit(?:y|ies)|밀도|密度|Dichte",
    ),
    (
        "conductivity|thermal conductivity",
        r"(?:(?:ionic|ion|electronic|electrical|thermal|li(?:thium)?[- ]ion)"
        r" )*conductivit(?:y|ies)|이온 ?전도도|전도도|(?:イオン)?(?:伝導度|伝導率|導電率)"
        r"|(?:Ionen)?leitfähigkeit",
    ),
    ("viscosity", r"viscosit(?:y|ies)|점도|粘度|Viskosität"),
    (
        "specific surface area",
        r"(?:BET |specific )?surface areas?|비표면적|比表面積|spezifische Oberfläche",
    ),
    (
        "areal mass|specific capacity",
        r"(?:(?:mass|areal|active material|electrode|catalyst) )*loading(?: level|"
        r" amount)?s?|coating weight|로딩량?|Beladung",
    ),
    (
        "molar mass",
        r"(?:(?:weight|number)[- ]average )?molecular weights?|molar mass|분자량|分子量"
        r"|Molekulargewicht",
    ),
    (
        "area resistance|resistance|resistivity",
        r"(?:(?:internal|contact|charge[- ]transfer|interfacial|interface|sheet"
        r"|area[- ]specific|weld|film|DC|AC) )*(?:resistances?|impedances?|resistivit(?:y"
        r"|ies))|저항|抵抗|Widerstand",
    ),
    ("diffusivity", r"diffusion coefficients?|diffusivit(?:y|ies)|확산 ?계수|拡散係数"),
    (
        "molar energy|energy per particle",
        r"activation energ(?:y|ies)|(?:band|bandgap) ?gap|formation energ(?:y|ies)"
        r"|adsorption energ(?:y|ies)|(?:diffusion|migration|hopping|energy|activation) barriers?",
    ),
    (
        "voltage",
        r"(?:(?:cut-?off|charging|charge|discharge|open[- ]circuit|operating|upper|lower"
        r"|nominal|average) )*(?:voltages?|potentials?)|overpotentials?|전압|電圧|Spannung",
    ),
    (
        "cycles",
        r"cycle[- ](?:life|lives|lifetimes?)|cycling (?:life|stability)|number of cycles"
        r"|cycle numbers?|수명|サイクル寿命|寿命|Zyklenlebensdauer|Lebensdauer",
    ),
    (
        "time",
        r"(?:(?:drying|mixing|reaction|wetting|ageing|aging|sintering|soaking|charging"
        r"|charge|heating|holding|storage|milling|stirring|formation|rest|relaxation)"
        r" )*(?:times?|durations?)|lifetimes?|시간|時間|Dauer",
    ),
    ("C-rate", r"C-rates?|(?:charge|charging|discharge) rates?|rate capabilit(?:y|ies)"),
    (
        "pressure",
        r"(?:(?:stack|swelling|roll|line|contact|gas|vapou?r|pressing|internal)"
        r" )*pressures?|(?:tensile|puncture|shear|yield|mechanical) strengths?|(?:Young'?s "
        r"|elastic |shear )?modul(?:us|i)|hardness|압력|강도|圧力|強度|Druck|Festigkeit",
    ),
    (
        "force per width|force",
        r"(?:peel|adhesion|adhesive|bond(?:ing)?|weld) (?:strength|force)s?|adhesion|접착력|박리"
        r" ?강도|接着力|Haftung|Schälfestigkeit",
    ),
    (
        "speed",
        r"(?:coating|line|web|stirring|rotation(?:al)?|scan) (?:speed|rate)s?|velocit(?:y"
        r"|ies)|speeds?|속도|速度",
    ),
    ("volume", r"gas (?:volume|amount|generation|evolution)|volumes?|부피|体積|Volumen"),
    (
        "number",
        r"(?:N/P|molar|mass|weight|mixing|aspect|water-to-powder|mole|volume) ratios?"
        r"|ratios?|transference numbers?|transport numbers?|tortuosit(?:y|ies)"
        r"|stoichiometr(?:y|ies)|비율|比率|Verhältnis",
    ),
    ("pH", r"pH(?: values?)?"),
    (
        _SHARES,
        r"(?:(?:residual|nickel|water|moisture|binder|total|lithium|solid|solids|boron"
        r" oxide|fluorine|cobalt|additive|oxygen|impurity) )*"
        r"(?:contents?|amounts?|concentrations?|proportions?|dosages?|quantit(?:y|ies)"
        r"|fractions?|levels?)|함량|함유량|농도|含有量|濃度|含量|Gehalt|Anteil|Konzentration|Menge",
    ),
    (
        "",
        r"costs?|prices?|colou?rs?|wettability|flammability|stabilit(?:y|ies)|solubilit(?:y"
        r"|ies)|toxicity|safety|durability|compositions?|structures?|morpholog(?:y|ies)"
        r"|crystal structures?|contact angles?|permeabilit(?:y|ies)|air permeability"
        r"|tensions?|ranges?|values?|rates?|frequenc(?:y|ies)|strengths?|degradation"
        r"|performances?|비용|가격|안정성|安定性|コスト|Kosten|Stabilität",
    ),
)
_DIMENSIONS = tuple(tuple(filter(None, dimensions.split("|"))) for dimensions, _ in _TABLE)
_NAMED = re.compile(
    "|".join(
        rf"(?P<p{place}>(?<![A-Za-z0-9])(?:{names})(?![A-Za-z0-9]))"
        for place, (_, names) in enumerate(_TABLE)
    ),
    re.IGNORECASE,
)
_ADJECTIVES = (
    (
        r"how (?:thick|thin|wide|large|big|small|deep|rough|tall)|wie (?:dick|dünn|breit"
        r"|groß|tief)",
        "length",
    ),
    (r"how (?:hot|cold)|wie (?:heiß|warm)", "temperature"),
    (r"how (?:long|soon)|wie lange?|얼마나 오래", "time"),
    (r"how many (?:\w+ )?cycles|wie viele zyklen|몇 ?사이클", "cycles"),
    (r"how dense|wie dicht", "density"),
    (r"how viscous", "viscosity"),
    (r"how porous", "percent"),
    (r"how conductive", "conductivity"),
    (r"how heavy", "mass"),
    (r"how fast", "speed"),
    (r"how much|how concentrated|wie ?viel(?!e)", _SHARES),
)
_HOW = tuple(
    (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), tuple(dimensions.split("|")))
    for pattern, dimensions in _ADJECTIVES
)
# Suffixes of nouns that name something measurable, for properties that are not in the table.
_LOOKS_LIKE = re.compile(
    r"(?:[a-z-]+ ){0,2}[a-z]{3,}(?:ity|ness|ance|ence|ility|ivity|ability|life|loss|drop"
    r"|growth|wear|fade|hysteresis|uptake|coefficients?|constants?|factors?|index|indices"
    r"|window|threshold|onset|limit|consumption|distribution|energ(?:y|ies)|pickup|shift)"
    r"|(?:[a-z-]+ ){1,3}(?:rate|energ(?:y|ies)|loss(?:es)?|life|demand|power|output|yield)s?",
    re.IGNORECASE,
)


@lru_cache(maxsize=512)
def find_properties(text: str) -> tuple[Asked, ...]:
    """All properties that a text names, in its order; "how thick" counts as one.

    >>> [(p.words, p.dimension) for p in find_properties("How thick, and at which temperature?")]
    [('How thick', 'length'), ('temperature', 'temperature')]
    """
    found = [
        Asked(match.group(), dimensions, match.start(), match.end())
        for pattern, dimensions in _HOW
        for match in pattern.finditer(text)
    ]
    for match in _NAMED.finditer(text):
        dimensions = _DIMENSIONS[int(str(match.lastgroup)[1:])]
        if not any(one.start <= match.start() < one.end for one in found):
            found.append(Asked(match.group(), dimensions, match.start(), match.end()))
    return tuple(sorted(found, key=lambda one: one.start))


def names_property(words: str, *, at_end: bool = False) -> str:
    """The last property in these words, "" if there is none. at_end: nothing may follow it."""
    found = list(_NAMED.finditer(words))
    if not found or (at_end and words[found[-1].end() :].strip(" ?s")):
        return ""
    return found[-1].group()


def looks_like_property(words: str) -> bool:
    """Whether these words alone name something that has a value.

    >>> looks_like_property("tortuosity"), looks_like_property("graphite")
    (True, False)
    """
    words = words.strip()
    whole = _NAMED.fullmatch(words)
    named = names_property(words, at_end=True)
    return bool(whole or named or _LOOKS_LIKE.fullmatch(words))
