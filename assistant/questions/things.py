"""Plain words for the materials, components and processes of the field."""

from __future__ import annotations

import re

from assistant.questions.records import EntityKind

# Kind, group and names. Within a group one thing can take another's place in a follow-up.
_TABLE: tuple[tuple[EntityKind, str, str], ...] = (
    (
        "component",
        "electrode",
        r"(?:composite |dry |thick )?(?:anode|cathode|(?:negative|positive) electrode|electrode)s?"
        r"|양극(?: ?활물질)?|음극(?: ?활물질)?|전극|正極(?:活物質)?|負極(?:活物質)?|電極"
        r"|正极|负极|Anoden?|Kathoden?"
        r"|Elektroden?",
    ),
    (
        "component",
        "separator",
        r"(?:ceramic[- ]coated |ceramic |coated |polyolefin )?(?:separator|membrane)s?|분리막"
        r"|セパレータ|隔膜|Separator(?:en|s)?",
    ),
    (
        "component",
        "electrolyte part",
        r"(?:(?:solid|liquid|polymer|sul(?:f|ph)ide|oxide|gel|quasi-solid|solid-state"
        r"|carbonate|non-?aqueous|aqueous) )*electrolytes?"
        r"|(?:고체 ?|액체 ?)?전해[질액]|(?:固体)?電解[質液]|电解[质液]|Elektrolyte?n?",
    ),
    (
        "component",
        "collector",
        r"current collectors?|(?:aluminium|aluminum|copper) foils?|집전체|集電体|Stromsammler"
        r"|Stromableiter",
    ),
    (
        "component",
        "cell",
        r"(?:coin|pouch|cylindrical|prismatic|full|half|symmetric(?:al)?|button|lab|large"
        r"|single-layer) cells?"
        r"|파우치 ?셀|코인 ?셀|コインセル|Pouchzellen?|Knopfzellen?",
    ),
    (
        "component",
        "pack",
        r"battery (?:packs?|modules?)|(?:packs?|modules?)(?= )|busbars?|cooling plates?"
        r"|housings?|(?:cell )?cans?(?= (?:lid|wall))|thermal barriers?|aerogels?",
    ),
    (
        "component",
        "interphase",
        r"solid[- ]electrolyte interphase|interphases?|passivation layers?|dendrites?",
    ),
    (
        "component",
        "layer",
        r"(?:(?:protective|ceramic|carbon|oxide|buffer|adhesive|heat-resistant|functional"
        r"|surface|dry|conformal) )*(?:coatings?|coating layers?|layers?)"
        r"|코팅층?|피복층|コーティング|被覆層|Beschichtung(?:en)?|Schichten",
    ),
    (
        "material",
        "active",
        r"(?:nickel-rich |Ni-rich |high-nickel |single[- ]crystal(?:line)? |polycrystalline"
        r" )?(?:cathode|anode|positive|negative)(?: electrode)? (?:active )?(?:materials?"
        r"|powders?)"
        r"|(?:silicon|Si)[-–/ ](?:graphite|carbon|oxide)(?: composites?)?|silicon(?: oxide|"
        r" monoxide)?|(?:(?:natural|artificial|synthetic) )?graphite|hard carbon|soft"
        r" carbon|lithium metal"
        r"|lithium titanate|(?:elemental )?sul(?:f|ph)ur|tin oxide|sodium metal|흑연|실리콘|리튬"
        r" ?금속|黒鉛|シリコン|石墨|硅|Graphit|Silizium|Lithiummetall",
    ),
    (
        "material",
        "binder",
        r"(?:(?:aqueous|conventional|polymer(?:ic)?|fluorinated|water-soluble) )?binders?"
        r"|polyacrylic acid|alginate|polyimide|guar gum|바인더|バインダー|粘结剂"
        r"|Bindemittel|Binder",
    ),
    (
        "material",
        "electrolyte",
        r"(?:electrolyte )?additives?|(?:co-?)?solvents?|(?:lithium |conducting )?salts?"
        r"|ionic liquids?|diluents?|첨가제|용매|添加剤|溶媒|添加剂|溶剂|Additive?n?"
        r"|Zusatz(?:stoffe?)?"
        r"|Lösungsmittel",
    ),
    (
        "material",
        "carbon",
        r"conductive (?:agents?|additives?|carbons?|materials?)|carbon (?:black|nanotubes?"
        r"|fib(?:er|re)s?)|CNTs?|graphene(?: oxide)?|acetylene black|Ketjen ?black"
        r"|Super[- ]?P|도전재|導電助剤|导电剂|Leitruß|Graphen",
    ),
    (
        "material",
        "filler",
        r"boehmite|alumina|titania|zirconia|boron oxide|boric acid|(?:ceramic|inorganic)"
        r" (?:particles|fillers?)|magnesium oxide|tungsten oxide|뵈마이트|Boroxid|Böhmit",
    ),
    (
        "material",
        "dopant",
        r"dopants?|lithium(?!-| (?:plating|metal|ions?|salts?|dendrites?|sources?)\b)"
        r"|zirconium|aluminium|aluminum|magnesium|titanium|tungsten|niobium"
        r"|tantalum|boron|fluorine|molybdenum|yttrium|lanthanum|cerium|cobalt|nickel"
        r"|manganese|copper|iron|sodium|potassium|도펀트",
    ),
    (
        "material",
        "polymer",
        r"polyethylene|polypropylene|polyethylene oxide|PEO|aramid|cellulose|polyurethane|epoxy",
    ),
    (
        "process",
        "process",
        r"(?:calendering|calendaring|calcination|sintering|annealing|drying|dry coating|wet"
        r" coating|slot[- ]die coating|spray[- ]drying|washing|formation|prelithiation"
        r"|pre-lithiation|lithiation"
        r"|co-?precipitation|sol-gel|electrospinning|hydrothermal synthesis|ball[- ]milling"
        r"|milling|mixing|kneading|lamination|stacking|winding|welding|laser welding"
        r"|ultrasonic welding|heat treatment|slurry casting|casting|extrusion|doping"
        r"|degassing|wetting|soaking|recycling|leaching|hot pressing|pressing|ageing|aging)"
        r"|소성|건조|압연|세척|코팅 ?공정|焼成|乾燥|洗浄|烧结|干燥|Kalandrieren|Sintern"
        r"|Trocknung|Mischen",
    ),
    (
        "process",
        "failure",
        r"thermal runaway|thermal propagation|lithium plating|capacity fad(?:e|ing)"
        r"|dendrite (?:growth|formation)|gas(?:sing| evolution| generation)|self-discharge"
        r"|overcharge|internal short(?: circuit)?s?|short circuits?|corrosion|열 ?폭주"
        r"|熱暴走|热失控",
    ),
)
_NAMED = re.compile(
    "|".join(
        rf"(?P<t{place}>(?<![\w-])(?:{names})(?![A-Za-z0-9]))"
        for place, (_, _, names) in enumerate(_TABLE)
    ),
    re.IGNORECASE,
)
# Kinds of the table of abbreviations. Test methods are processes that nothing else stands in for.
_OF_ABBREVIATIONS: dict[str, tuple[EntityKind, str]] = {
    "active material": ("material", "active"),
    "additive": ("material", "electrolyte"),
    "salt": ("material", "electrolyte"),
    "solvent": ("material", "electrolyte"),
    "binder": ("material", "binder"),
    "conductive carbon": ("material", "carbon"),
    "solid electrolyte": ("material", "solid electrolyte"),
    "cell and pack": ("component", "cell"),
    "separator, collector and housing": ("material", "polymer"),
    "process": ("process", "process"),
    "test method": ("process", "test"),
    "degradation": ("process", "failure"),
}
_INTERPHASES = ("SEI", "CEI")
_SALTS = "lipf6 libf4 liclo4 lifsi litfsi libob lidfob lipo2f2 libeti".split()
_SOLID = "llzo llto latp lagp lgps lps lpscl argyrodite lipon nasicon".split()
_FILLERS = "al2o3 sio2 zro2 tio2 b2o3 mgo".split()
_SOURCES = "li2co3 lioh lif".split()
_GROUPS = {
    term: group
    for group, terms in (
        ("electrolyte", _SALTS),
        ("solid electrolyte", _SOLID),
        ("filler", _FILLERS),
        ("source", _SOURCES),
    )
    for term in terms
}


def plain_things(text: str) -> list[tuple[int, int, EntityKind, str]]:
    """Places of plain words for things, each with its kind and group.

    >>> [(s, e, group) for s, e, _, group in plain_things("graphite anode")]
    [(0, 8, 'active'), (9, 14, 'electrode')]
    """
    return [
        (match.start(), match.end(), *_TABLE[int(str(match.lastgroup)[1:])][:2])
        for match in _NAMED.finditer(text)
    ]


def of_abbreviation(typed: str, kind: str) -> tuple[EntityKind, str]:
    """Kind and group of an abbreviation, from its kind in the table of abbreviations."""
    if typed in _INTERPHASES:
        return "component", "interphase"
    return _OF_ABBREVIATIONS.get(kind, ("material", "other"))


def material_group(term: str) -> str:
    """Group of a material by its index term: most are active materials."""
    return _GROUPS.get(term, "active")
