"""Formulas in MathML as text on one line: `(a)/(b)`, `x^2`, `√(x)`. Source: MathML Core."""

from __future__ import annotations

from lxml import etree

from ingest.text import one_line

_SIGNS: dict[str, tuple[str, ...]] = {
    "msup": ("^",),
    "mover": ("^",),
    "msub": ("_",),
    "munder": ("_",),
}
_SIGNS |= {"msubsup": ("_", "^"), "munderover": ("_", "^"), "mfrac": ("/",)}


def mathml_text(formula: etree._Element) -> str:
    """The formula: in TeX where the page has that, else as its signs in a row.

    >>> page = "<math><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mn>4</mn></math>"
    >>> mathml_text(etree.fromstring(page))
    'x^2=4'
    """
    for note in formula.iter("annotation"):
        if "tex" in (note.get("encoding") or "").lower():
            return one_line(note.text or "")
    return one_line(formula.get("alttext") or _text(formula))


def _text(element: etree._Element) -> str:
    if not isinstance(element.tag, str) or element.tag.startswith("annotation"):
        return ""
    parts = [_text(child) for child in element if isinstance(child.tag, str)]
    signs = _SIGNS.get(element.tag)
    if signs and len(parts) == len(signs) + 1:
        first = _grouped(parts[0]) if signs == ("/",) else parts[0]
        rest = [f"{sign}{_grouped(part)}" for sign, part in zip(signs, parts[1:], strict=True)]
        return first + "".join(rest)
    if element.tag in ("msqrt", "mroot"):
        degree = parts.pop() if element.tag == "mroot" and len(parts) > 1 else ""
        return f"{degree}√({''.join(parts)})"
    return one_line(element.text or "") + "".join(parts)


def _grouped(text: str) -> str:
    return text if text.replace(".", "").isalnum() else f"({text})"
