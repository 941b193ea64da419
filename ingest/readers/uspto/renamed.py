"""Rename the elements of older vocabularies to those of WIPO ST.36 that mean the same.

So that abstracts, descriptions, tables and claims of all years are composed by one reader.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree


def rename(root: etree._Element, names: Mapping[str, str]) -> None:
    """Give every element below the root its name of ST.36; others keep theirs.

    >>> root = etree.fromstring("<PARA>H<SB>2</SB>O</PARA>")
    >>> rename(root, {"PARA": "p", "SB": "sub"}); etree.tostring(root)
    b'<p>H<sub>2</sub>O</p>'
    """
    for element in root.iter(*names):
        element.tag = names[str(element.tag)]


def unwrap(root: etree._Element, keeps: frozenset[str] = frozenset()) -> None:
    r"""Make the line breaks of a file that wraps its text blanks again.

    keeps: elements that alone have text; blanks outside them are layout and go.

    >>> root = etree.fromstring("<a>\n<b>x\ny</b>\n<b>z</b>\n</a>")
    >>> unwrap(root, frozenset("b")); etree.tostring(root)
    b'<a><b>x y</b><b>z</b></a>'
    """
    for element in root.iter(etree.Element):
        above = element.getparent()
        element.text = _line(element.text, not keeps or element.tag in keeps)
        if above is not None:
            element.tail = _line(element.tail, not keeps or above.tag in keeps)


def _line(text: str | None, kept: bool) -> str | None:
    if not text or (not kept and text.isspace()):
        return None
    return text.replace("\r", "").replace("\n", " ")
