"""The text inside paragraphs of patent XML: sub- and superscripts, lists, formulas, rows.

Element names are those of WIPO ST.36; other vocabularies are renamed to them first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from ingest.text import one_line

_BREAK_BEFORE = {
    "li", "claim-text", "row", "tr", "br", "dt", "dd", "table", "tables", "p", "maths", "title",
    "in-line-formula", "chemistry",
}  # fmt: skip
_CELLS = {"entry", "td", "th"}
_NO_TEXT = {"img", "figure", "us-math", "us-chemistry", "chem-file", "colspec", "mathematica"}
# Of no text of their own: white space between their children is layout.
_ROWS = {"tables", "table", "tgroup", "thead", "tbody", "tfoot", "row", "tr"}
# Standing for operators that are not written: function application, times, separator.
_INVISIBLE = dict.fromkeys(map(ord, "\u2061\u2062\u2063\u2064"))
_OPERAND = re.compile(r"[\w.°′∞]*|\(.*\)")


def local_name(element: etree._Element) -> str:
    """Name of an element without namespace; "" for comments and processing instructions.

    >>> local_name(etree.fromstring('<m:mi xmlns:m="urn:x"/>'))
    'mi'
    """
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def plain_text(element: etree._Element) -> str:
    r"""All text of an element: blocks on lines of their own, table cells joined by bars.

    Subscripts stay inline (LiNi0.8Co0.1Mn0.1O2); a superscript after a digit is marked, so that
    a power of ten does not become another number. A formula is written on one line; one that
    only a picture shows is named.

    >>> plain_text(etree.fromstring("<p>10<sup>-3</sup> of Li<sub>2</sub>O<br/>and</p>"))
    '10^-3 of Li2O\nand'
    >>> plain_text(etree.fromstring('<p>Of <chemistry id="CHEM-US-00001"><img/></chemistry></p>'))
    'Of \n[structure CHEM-US-00001]'
    """
    pieces: list[str] = []
    _write(element, local_name(element), pieces)
    return "".join(pieces).strip()


def _collect(element: etree._Element, pieces: list[str]) -> None:
    tag = local_name(element)
    if tag in _BREAK_BEFORE and pieces:
        pieces.append("\n")
    elif tag in _CELLS and element.getprevious() is not None:
        pieces.append(" | ")
    elif tag == "sup" and pieces and pieces[-1][-1:].isdigit() and one_line(_text(element)):
        pieces.append("^")
    _write(element, tag, pieces)


def _write(element: etree._Element, tag: str, pieces: list[str]) -> None:
    """An element's own text, whatever stands around it."""
    if tag in ("maths", "chemistry", "math"):
        pieces.append(_formula(element, tag))
    elif tag == "img" and _is_character(element):
        pieces.append("[character]")
    elif tag == "tables" and not one_line(_text(element)):
        pieces.append(f"[table {element.get('id') or element.get('num') or ''}".rstrip() + "]")
    elif tag and tag not in _NO_TEXT:
        _add(element.text, tag, pieces)
        for child in element:
            _collect(child, pieces)
            _add(child.tail, tag, pieces)


def _add(text: str | None, tag: str, pieces: list[str]) -> None:
    if text and not (tag in _ROWS and text.isspace()):
        pieces.append(text)


def _text(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext())


def _is_character(image: etree._Element) -> bool:
    """Whether a picture stands for one letter of the text."""
    named = (image.get("id") or "").startswith("CUSTOM-CHARACTER")
    return named or image.get("img-content") == "character"


def _formula(element: etree._Element, tag: str) -> str:
    """A mathematical or chemical formula as text, or its name where only a picture shows it."""
    nested = element.iter() if tag != "math" else [element]
    roots = [e for e in nested if local_name(e) == "math"]
    written = " ".join(filter(None, map(math_text, roots))) if roots else ""
    if not written and tag != "math" and not roots:
        written = one_line("".join(_loose_text(element)))
    if written or tag == "math":
        return written
    name = element.get("id") or element.get("num") or ""
    kind = "formula" if tag == "maths" else "structure"
    return f"[{kind} {name}]" if name else f"[{kind}]"


def _loose_text(element: etree._Element) -> Iterator[str]:
    for child in element.iter():
        if local_name(child) not in ("", "img"):
            yield child.text or ""
        yield child.tail or "" if child is not element else ""


def math_text(math: etree._Element) -> str:
    """MathML on one line, with brackets where a fraction or an index needs them.

    >>> left = "<msub><mi>E</mi><mn>0</mn></msub>"
    >>> right = "<mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow>"
    >>> fraction = f"<mfrac>{right}<mi>b</mi></mfrac>"
    >>> math_text(etree.fromstring(f"<math>{left}<mo>=</mo>{fraction}</math>"))
    'E_0=(a+1)/b'
    """
    return one_line(_math(math).translate(_INVISIBLE))


def _math(element: etree._Element) -> str:
    children = [child for child in element if local_name(child)]
    if not children:
        return one_line(_text(element)) if local_name(element) != "mspace" else " "
    parts = [_math(child) for child in children]
    form = _FORMS.get((local_name(element), len(parts)))
    if form is not None:
        return form([_bracketed(part) for part in parts])
    if local_name(element) == "mfenced":
        inside = (element.get("separators") or ",")[:1].join(parts)
        return f"{element.get('open') or '('}{inside}{element.get('close') or ')'}"
    if local_name(element) in ("mtr", "mlabeledtr"):
        return " ".join(filter(None, parts))
    return ("; " if local_name(element) == "mtable" else "").join(filter(None, parts))


def _bracketed(part: str) -> str:
    part = part.translate(_INVISIBLE)
    return part if _OPERAND.fullmatch(part) else f"({part})"


_UNDER: Callable[[list[str]], str] = lambda p: f"{p[0]}_{p[1]}"  # noqa: E731
_OVER: Callable[[list[str]], str] = lambda p: f"{p[0]}^{p[1]}"  # noqa: E731
_BOTH: Callable[[list[str]], str] = lambda p: f"{p[0]}_{p[1]}^{p[2]}"  # noqa: E731
_FORMS: dict[tuple[str, int], Callable[[list[str]], str]] = {
    ("mfrac", 2): lambda p: f"{p[0]}/{p[1]}",
    ("msub", 2): _UNDER,
    ("munder", 2): _UNDER,
    ("msup", 2): _OVER,
    ("mover", 2): lambda p: p[0] + p[1] if len(p[1]) == 1 else f"{p[0]}^{p[1]}",
    ("msubsup", 3): _BOTH,
    ("munderover", 3): _BOTH,
    ("mroot", 2): lambda p: f"{p[0]}^(1/{p[1]})",
    ("msqrt", 1): lambda p: f"√{p[0]}",
}
