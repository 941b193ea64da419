"""Other words for what a question names: synonyms of the field, symbols of elements.

What one document calls a cathode is another's positive electrode. Only names that mean the same in
any document of the field are here; abbreviations and materials are in index.chemistry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from index.analysis import terms

Names = tuple[frozenset[str], ...]

_GROUPS = """
cathode | positive electrode | positive plate | positive pole piece
anode | negative electrode | negative plate | negative pole piece
separator | diaphragm | isolating membrane
cell | battery
battery | batteries | accumulator
car | vehicle | automobile | automotive
charger | charging device | charging apparatus
carbon nanotube | CNT
coating | coated | coat | layer | film
additive | adding | added | add | addition
sintering | sintered | sinter | fired | firing
heating | heated | heat | anneal | annealed | calcined | baked
dissolve | solution | solute
manufacture | manufactured | produced | production | prepared | preparation | fabricated
remove | removal | removed | rid | eliminate
increase | increased | improve | improved | improvement | enhance | enhanced | raise | raised | rise
decrease | decreased | reduce | reduced | reduction | lower | lowered | fall | falls | fell | drop
thin | thickness | thick
porous | porosity | pores
fast | speed | rate | quick | rapid
life | lifetime | lifespan
hybrid | combined
withstand | endure | stable | survive | tolerate
sequence | order
uniform | homogeneous | even
melting | melted | melt | molten
limit | limits | limited | limitation | restrict
damage | degrade | degradation | deteriorate | deterioration
leave | left | leaving | omit | omitted
hold | held
lose | lost | loss
break | broke | broken | fracture
shrink | shrank | shrinkage
alpha | α
beta | β
gamma | γ
litre | liter
diameter | size
untreated | pristine | bare | uncoated | unmodified
gold | Au
silver | Ag
platinum | Pt
palladium | Pd
ruthenium | Ru
tin | Sn
lead | Pb
germanium | Ge
antimony | Sb
bismuth | Bi
chromium | Cr
potassium | K
rubidium | Rb
gallium | Ga
cerium | Ce
hafnium | Hf
selenium | Se
tellurium | Te
barium | Ba
chlorine | Cl
bromine | Br
argon | Ar
helium | He
"""
_ELEMENTS = frozenset(line.split(" | ")[0] for line in _GROUPS.split("\n") if re.search(
    r"\| [A-Z][a-z]?$", line))  # fmt: skip


@lru_cache(maxsize=1)
def _table() -> tuple[re.Pattern[str], Mapping[str, Names]]:
    """What finds a name of the table, and under its first term set the names of its groups."""
    named: dict[str, list[frozenset[str]]] = {}
    written: set[str] = set()
    for line in filter(None, _GROUPS.split("\n")):
        group = line.split(" | ")
        names = [frozenset(terms(name)) for name in group]
        for name in group:
            if not re.fullmatch(r"[A-Z][a-z]?", name):
                named.setdefault(" ".join(terms(name)), []).extend(names)
                written.add(name)
    ordered = sorted(written, key=len, reverse=True)
    pattern = "|".join(rf"{re.escape(name)}(?:e?s)?" for name in ordered)
    found = re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)
    return found, {key: tuple(dict.fromkeys(names)) for key, names in named.items()}


def alike(question: str) -> list[tuple[int, int, Names, bool]]:
    """Start, end, all names, and whether it is an element, of what the table has.

    >>> [(start, end, element) for start, end, _, element in alike("positive electrode with gold")]
    [(0, 18, False), (24, 28, True)]
    """
    pattern, table = _table()
    found = []
    for match in pattern.finditer(question):
        names = table.get(" ".join(terms(match.group())))
        if names:
            is_element = match.group().casefold() in _ELEMENTS
            found.append((match.start(), match.end(), names, is_element))
    return found
