"""Units as documents write them, each in the canonical unit of its dimension (by pint).

Fractions by mass, amount, atoms and volume are dimensions of their own: 5 wt% is not 5 mol%.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from index.quantities.unit_names import CANONICAL, CELSIUS, FAHRENHEIT, PLAIN, PREFIXED, WRITTEN


def _atoms() -> dict[str, str]:
    """Patterns of simple units to pint's names."""
    atoms = {pattern: name for name, group in WRITTEN.items() for pattern in group.split(" | ")}
    long = {"k": "kilo", "c": "centi", "m": "milli", "µ": "micro", "n": "nano", "p": "pico"}
    long |= {"f": "femto", "M": "mega", "G": "giga", "h": "hecto", "d": "deci"}
    for symbol, (name, prefixes) in PREFIXED.items():
        atoms[symbol] = name
        for prefix in prefixes.split():
            letters = "[µu]" if prefix == "µ" else prefix
            atoms[letters + symbol] = long[prefix] + name
    return atoms


_ATOMS = _atoms()
_ATOM = "|".join(sorted(_ATOMS, key=len, reverse=True))
_POWER = r"\^?\{?-?[1-4]\}?|[⁻]?[¹²³⁴]"
_NEGATIVE = r"\^?\{?-[1-4]\}?|⁻[¹²³⁴]"
_PRODUCT = re.compile(
    rf"(?P<first>{_ATOM})"
    rf"(?P<power>\^?[2-4](?![.\d])|\^?\{{?-[1-3]\}}?(?![\d]|\.\d| ?[\w°%])|⁻?[¹²³⁴])?"
    rf"(?P<rest>(?: ?[/·⋅•∙*] ?\(?(?:{_ATOM})(?:{_POWER})?|[ .](?:{_ATOM})(?:{_NEGATIVE})\)?"
    rf"|(?<=[AW]h)(?:g|kg|cm|L|l)(?:{_NEGATIVE})|(?<=mA)(?:g|cm)(?:{_NEGATIVE})"  # mAhg-1
    r"|(?<=Pa)[ .\-]s(?!\w)|(?<=Ω) cm[2²]?){0,3})"
)
_REST = re.compile(rf"([/·⋅•∙* .\-]?) ?\(?({_ATOM})({_POWER})?")
_END = r"(?![A-Za-z0-9µΩ°]|[-⁻][1-3](?!\d|\.\d| ?[\w°%]))"
_SPECIAL = re.compile("|".join(f"(?P<p{i}>{p})" for i, (_, _, p) in enumerate(PLAIN)))
_TEMPERATURE = re.compile(rf"(?P<celsius>{CELSIUS})|(?P<fahrenheit>{FAHRENHEIT})|(?P<kelvin>K)")
_WHOLE_END = re.compile(_END)
_PER = re.compile(r" ?/ ?[A-Za-z]|/")
_ENERGY = ("watt*hour", "joule", "calorie")


@dataclass(frozen=True)
class Unit:
    """A unit. canonical: that of `value * factor + offset`; dimension: what it measures."""

    canonical: str
    dimension: str
    factor: float = 1.0
    offset: float = 0.0

    def convert(self, value: float) -> float:
        """A value in this unit as one in the canonical unit, rounded to twelve digits.

        >>> read_unit("nm").convert(250), read_unit("K").convert(298.15)
        (0.25, 25.0)
        """
        return float(f"{value * self.factor + self.offset:.12g}")


def read_unit(text: str) -> Unit | None:
    """The unit that is the whole text; None where there is no such unit.

    >>> [read_unit(t).canonical for t in ("micron", "wt. %", "deg C", "mA h g−1", "% by weight")]
    ['µm', 'wt%', '°C', 'mAh/g', 'wt%']
    >>> read_unit("furlongs") is None
    True
    """
    found = unit_at(text.strip().translate(SIGNS), 0)
    return found[0] if found and found[1] == len(text.strip()) else None


# One character for one, as in index.chemistry.formulas, but superscripts stay what they are.
SIGNS = str.maketrans(
    "μ−–‐‑‒~˜∼～〜≦≧⩽⩾＜＞％´\u00a0\u2009\u202f\u2005\u2002\u2003\n",
    "µ-----~~~~~≤≥≤≥<>%×       ",
)


def unit_at(text: str, place: int) -> tuple[Unit, int] | None:
    """The longest unit that starts at a place of a text translated by SIGNS, and its end."""
    best: tuple[Unit, int] | None = None
    plain = _SPECIAL.match(text, place)
    if plain and _WHOLE_END.match(text, plain.end()) and not _rate(text, plain.end()):
        canonical, dimension, _ = PLAIN[int(str(plain.lastgroup)[1:])]
        best = Unit(canonical, dimension), plain.end()
    warm = _TEMPERATURE.match(text, place)
    if warm and _WHOLE_END.match(text, warm.end()) and not _rate(text, warm.end()):
        unit = _converted(
            {"celsius": "degC", "fahrenheit": "degF", "kelvin": "kelvin"}[str(warm.lastgroup)]
        )
        if unit and (best is None or warm.end() > best[1]):
            best = unit, warm.end()
    product = _PRODUCT.match(text, place)
    longer = product and (best is None or product.end() > best[1])
    if product and longer and _WHOLE_END.match(text, product.end()):
        unit = _read_product(product.group())
        if unit:
            return unit, product.end()
    return best


def _rate(text: str, end: int) -> bool:
    """Whether a unit goes on as a rate: °C/min."""
    match = _PER.match(text, end)
    return bool(match) and bool(
        _PRODUCT.match(text, end - 1) or re.match(r" ?/ ?(?:min|s|h|m)\b", text[end:])
    )


@lru_cache(maxsize=4096)
def _read_product(written: str) -> Unit | None:
    match = _PRODUCT.fullmatch(written)
    if not match:
        return None
    names = [_name(match["first"])]
    expression = f"({names[0]})**({_exponent(match['power'])})"
    rest = match["rest"] or ""
    for sign, symbol, power in _REST.findall(rest):
        names.append(_name(symbol))
        operator = "/" if sign == "/" else "*"
        expression += f"{operator}({names[-1]})**({_exponent(power)})"
    if names == ["kelvin"]:
        return None
    energetic = any(name.endswith(_ENERGY) for name in names) and len(names) > 1
    return _converted(expression.replace("kelvin", "delta_degree_Celsius"), energetic)


def _name(symbol: str) -> str:
    return next(name for pattern, name in _ATOMS.items() if re.fullmatch(pattern, symbol))


def _exponent(power: str | None) -> int:
    flat = (power or "1").translate(str.maketrans("⁻¹²³⁴", "-1234")).strip("^{}")
    return int(flat.strip("{}"))


_Known = dict[Any, tuple[str, str, Any]]  # by pint's dimensionality


@lru_cache(maxsize=1)
def _registry() -> tuple[Any, _Known]:
    import pint  # here, because building its registry takes a third of a second

    registry: Any = pint.UnitRegistry()
    known: _Known = {}
    for canonical, dimension, expression in CANONICAL:
        unit = registry.parse_units(expression)
        known.setdefault(unit.dimensionality, (canonical, dimension, unit))
    return registry, known


@lru_cache(maxsize=4096)
def _converted(expression: str, energetic: bool = False) -> Unit | None:
    registry, known = _registry()
    unit = registry.parse_units(expression)
    if expression in ("degC", "degF", "kelvin"):
        canonical, dimension, target = "°C", "temperature", registry.degC
    elif "electron_volt" in expression and unit.dimensionality == registry.joule.dimensionality:
        canonical, dimension, target = "eV", "energy per particle", registry.electron_volt
    elif energetic and unit.dimensionality == registry.pascal.dimensionality:
        canonical, dimension = "Wh/L", "energy density"
        target = registry.parse_units("W*hour/liter")
    elif unit.dimensionality in known:
        canonical, dimension, target = known[unit.dimensionality]
    else:
        target = registry.get_base_units(unit)[1]
        canonical, dimension = f"{target:~C}", str(unit.dimensionality)
    offset = registry.Quantity(0.0, unit).to(target).magnitude
    factor = registry.Quantity(1.0, unit).to(target).magnitude - offset
    return Unit(canonical, dimension, float(factor), float(offset))
