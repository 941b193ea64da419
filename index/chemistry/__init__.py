"""Materials, formulas and abbreviations of the field, as terms of the lexical index."""

from index.chemistry.materials import material_terms

__all__ = ["material_terms"]
