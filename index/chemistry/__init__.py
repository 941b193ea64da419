"""Materials, formulas and abbreviations of the field, as terms of the lexical index."""

from index.chemistry.abbreviations import (
    Abbreviations,
    Expansion,
    expansions,
    load_abbreviations,
)
from index.chemistry.materials import material_terms

__all__ = [
    "Abbreviations",
    "Expansion",
    "expansions",
    "load_abbreviations",
    "material_terms",
]
