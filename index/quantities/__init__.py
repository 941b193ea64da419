"""Quantities with units: found in passages, wanted in queries, and compared."""

from index.quantities.conditions import Condition, find_conditions, satisfies
from index.quantities.find import find_quantities
from index.quantities.records import Quantity
from index.quantities.units import Unit, read_unit
from index.quantities.where import parse_where

__all__ = [
    "Condition",
    "Quantity",
    "Unit",
    "find_conditions",
    "find_quantities",
    "parse_where",
    "read_unit",
    "satisfies",
]
