"""Equations of Word (Office Math Markup) as text on one line: `(a)/(b)`, `x^(2)`, `√(x)`.

Source: ECMA-376 part 1, chapter 22.1.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_M = f"{{{MATH}}}"
_PROPERTIES = "Pr"


def math_text(element: etree._Element) -> str:
    """The equation as text; nothing of it is lost where its form is unknown.

    >>> xml = f'<m:f xmlns:m="{MATH}"><m:num><m:r><m:t>a</m:t></m:r></m:num>'
    >>> math_text(etree.fromstring(xml + '<m:den><m:r><m:t>b+1</m:t></m:r></m:den></m:f>'))
    'a/(b+1)'
    """
    tag = etree.QName(element).localname if isinstance(element.tag, str) else ""
    if tag == "t":
        return element.text or ""
    if not tag or tag.endswith(_PROPERTIES):
        return ""
    form = _FORMS.get(tag)
    return form(element) if form else "".join(math_text(child) for child in element)


def _part(element: etree._Element, name: str) -> str:
    child = element.find(f"{_M}{name}")
    return "" if child is None else math_text(child)


def _grouped(text: str) -> str:
    plain = text.replace(".", "").replace("_", "").replace("^", "")
    return text if plain.isalnum() or not text else f"({text})"


def _scripts(element: etree._Element) -> str:
    below, above = _part(element, "sub"), _part(element, "sup")
    text = _part(element, "e")
    text += f"_{_grouped(below)}" if below else ""
    return text + (f"^{_grouped(above)}" if above else "")


def _sum(element: etree._Element) -> str:
    sign = element.find(f"{_M}naryPr/{_M}chr")
    text = (sign.get(f"{_M}val") if sign is not None else None) or "∫"
    below, above = _part(element, "sub"), _part(element, "sup")
    text += f"_{_grouped(below)}" if below else ""
    text += f"^{_grouped(above)}" if above else ""
    return f"{text} {_part(element, 'e')}"


def _bracketed(element: etree._Element) -> str:
    signs = {"begChr": "(", "sepChr": "|", "endChr": ")"}
    for name in signs:
        sign = element.find(f"{_M}dPr/{_M}{name}")
        if sign is not None:
            signs[name] = sign.get(f"{_M}val") or ""
    inner = signs["sepChr"].join(math_text(child) for child in element.iterfind(f"{_M}e"))
    return f"{signs['begChr']}{inner}{signs['endChr']}"


def _root(element: etree._Element) -> str:
    degree = _part(element, "deg")
    return f"{degree}√({_part(element, 'e')})"


def _matrix(element: etree._Element) -> str:
    rows = element.iterfind(f"{_M}mr")
    return "; ".join(", ".join(math_text(cell) for cell in row) for row in rows)


_FORMS: dict[str, Callable[[etree._Element], str]] = {
    "f": lambda e: f"{_grouped(_part(e, 'num'))}/{_grouped(_part(e, 'den'))}",
    "sSup": _scripts,
    "sSub": _scripts,
    "sSubSup": _scripts,
    "sPre": _scripts,
    "nary": _sum,
    "d": _bracketed,
    "rad": _root,
    "m": _matrix,
    "limLow": lambda e: f"{_part(e, 'e')}_{_grouped(_part(e, 'lim'))} ",
    "limUpp": lambda e: f"{_part(e, 'e')}^{_grouped(_part(e, 'lim'))} ",
    "func": lambda e: f"{_part(e, 'fName')} {_grouped(_part(e, 'e'))}".replace("  ", " "),
}
