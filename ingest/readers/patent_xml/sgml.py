"""Make XML of the SGML in which the USPTO published grants in 2001."""

from __future__ import annotations

import re

_EMPTY = rb"EMI|CITED-BY-EXAMINER|CITED-BY-OTHER|B597US|B221US|B473US|BR|colspec|COLSPEC|CHEMCDX"
_EMPTY += rb"|CHEMMOL|MATHEMATICA|mspace|CUSTOM-CHARACTER|REL|FLA"
_OPEN = re.compile(rb"<(" + _EMPTY + rb")(\s[^<>]*?)?(?<!/)>(?!\s*</\1>)")
# In SGML a public identifier may stand alone, in XML a system identifier only.
_PUBLIC = re.compile(rb"(<!DOCTYPE\s+PATDOC\s+)PUBLIC(\s+(?:\"[^\"]*\"|'[^']*')\s*[\[>])")


def mend_sgml(data: bytes, start: int) -> bytes:
    """A PATDOC of the SGML years as XML: its empty elements closed. Other files stay as they are.

    start: of the root element, which stays where it is.

    >>> mend_sgml(b"<PATDOC><B597US></PATDOC>", 0)
    b'<PATDOC><B597US/></PATDOC>'
    """
    if not data.startswith(b"<PATDOC", start):
        return data
    before = _PUBLIC.sub(rb"\1SYSTEM\2", data[:start])
    return before + _OPEN.sub(lambda m: b"<%b%b/>" % (m[1], m[2] or b""), data[start:])
