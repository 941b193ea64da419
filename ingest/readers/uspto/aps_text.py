"""The dot codes of the USPTO's text files of 1976 to 2001, `.alpha.` or `10.sup.-3`, as Unicode."""

from __future__ import annotations

import re

_GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho"
_GREEK += " sigma tau upsilon phi chi psi omega"
_CODES = {
    "TM": "™", "RTM": "®", "SM": "℠", "COPYRG": "©", "degree": "°", "cent": "¢", "sctn": "§",
    "times": "×", "div": "÷", "+-": "±", "-+": "∓", "multidot": "·", "ltoreq": "≤",
    "gtoreq": "≥", "lmtoreq": "≤", "noteq": "≠", "ident": "≡", "congruent": "≅", "approxeq": "≈",
    "apprxeq": "≈", "about": "~", "infin": "∞", "differential": "∂", "increment": "∆",
    "gradient": "∇", "sqroot": "√", "intg": "∫", "varies": "∝", "perp": "⊥", "parallel": "∥",
    "angle": "∠", "therefore": "∴", "thrfore": "∴", "because": "∵", "fwdarw": "→", "rarw": "←",
    "uparw": "↑", "dwnarw": "↓", "revreaction": "⇌", "ANG": "Å", "ang": "å", "angstrom": "Å",
    "prime": "′", "dblprime": "″", "dblquote": '"', "vertline": "|", "permill": "‰",
    "quadrature": "□", "cndot": "•", "smallcircle": "○", "circle": "○", "male": "♂",
    "female": "♀", "dbd": "=", "tbd": "≡", "sym": "⊕", "crclbar": "⊖", "[": "[", "]": "]",
}  # fmt: skip
for _at, _name in enumerate(_GREEK.split()):
    # The Greek block has a final sigma (17) in the middle of its small letters.
    _CODES[_name] = chr(0x3B1 + _at + (_at >= 17))
    _CODES[_name.upper()] = chr(0x391 + _at + (_at >= 17))
_CODE = re.compile(
    r"\.(" + "|".join(sorted(map(re.escape, _CODES), key=len, reverse=True)) + r")\."
)
_POWER = re.compile(r"(?<=\d)\.sup\.(?=[-+(\d])")
_SHIFT = re.compile(r"\.(?:su[bp]|s[bp]s[bp])\.")
# The blank that ends a subscript inside one formula: "Li.sub.2 CO.sub.3", "H.sub.2 O".
_INSIDE = re.compile(r"(\.sub\.[\d.xy]+) (?=(?:[A-Z][a-z]?){1,4}\.sub\.|OH?\b)")


def aps_text(text: str) -> str:
    """Text with its dot codes as characters; codes that are not known stay as they are.

    >>> aps_text("10.sup.-3 g of .alpha.-Al.sub.2 O.sub.3 at 45.degree. C.")
    '10^-3 g of α-Al2O3 at 45° C.'
    """
    if "." not in text:
        return text
    text = _SHIFT.sub("", _POWER.sub("^", _INSIDE.sub(r"\1", text)))
    return _CODE.sub(lambda match: _CODES[match[1]], text)
