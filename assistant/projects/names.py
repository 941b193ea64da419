"""Names of projects and users: any text in, one safe folder name out."""

from __future__ import annotations

import getpass
import hashlib
import json
import re
import unicodedata

from assistant.projects.errors import BadName
from index.clearance import EVERYTHING, Clearance
from ingest.text import clean

LONGEST_NAME = 200
_SLUG_CHARS = 40
UNKNOWN_USER = "unknown"


def shown(text: str) -> str:
    r"""Text on one line that a terminal or a file list cannot be fooled with.

    Control characters, marks that turn the direction of writing and other invisible ones become
    blanks. No other character is changed.

    >>> shown("Anode\x1b[31m\u202e\n coating")
    'Anode [31m coating'
    """
    visible = (" " if unicodedata.category(c)[0] == "C" else c for c in clean(text))
    return " ".join("".join(visible).split())


def project_name(text: str) -> str:
    """The name that a project is kept and found under. Raises BadName.

    >>> project_name("  Blade   coating ")
    'Blade coating'
    """
    name = shown(unicodedata.normalize("NFC", clean(text)))
    if not name:
        raise BadName("the project's name is empty; write any words")
    if len(name) > LONGEST_NAME:
        raise BadName(
            f"the project's name has {len(name):,} characters, {LONGEST_NAME} are the most; "
            "put the rest into a note"
        )
    return name


def slug(name: str, clearance: Clearance = EVERYTHING) -> str:
    """The folder's name: small letters, digits and hyphens, with 12 digits of the name's SHA-256.

    Two names never share one by looking alike, and none can name another folder. A clearance for
    less than everything adds 12 digits of its own, so that a name that is taken under one is free
    under another.

    >>> slug("../A = b"), slug("a b")
    ('a-b-9ad44652a136', 'a-b-c8687a08aa5d')
    >>> slug("a b", Clearance.of("public"))
    'a-b-c8687a08aa5d-1aa4e4078a74'
    """
    ascii_ = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_)[:_SLUG_CHARS].strip("-")
    digest = hashlib.sha256(name.encode()).hexdigest()[:12]
    known = f"{words}-{digest}" if words else digest
    labels = clearance.to_list()
    if labels is None:
        return known
    return f"{known}-{hashlib.sha256(json.dumps(labels).encode()).hexdigest()[:12]}"


def full_name(name: str, clearance: Clearance) -> str:
    """The name with its labels, which tells projects of one name from each other.

    >>> full_name("Blades", Clearance.of("public", "internal")), full_name("Blades", EVERYTHING)
    ('Blades@internal+public', 'Blades@everything')
    """
    labels = clearance.to_list()
    return f"{name}@{'everything' if labels is None else '+'.join(map(shown, labels))}"


def user_name(text: str | None = None) -> str:
    """Who writes an entry: as given, else the system's user, else "unknown"."""
    if text is None:
        try:
            text = getpass.getuser()
        except (OSError, KeyError, ImportError):  # An account without a name, as in a container.
            text = ""
    return shown(text)[:LONGEST_NAME] or UNKNOWN_USER
