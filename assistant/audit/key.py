"""The key of the hashes that stand for what was asked: equal questions can be told, none read."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from pathlib import Path

from assistant.audit.files import KEY_FILE, bytes_of
from assistant.chained.files import replace_file
from ingest.text import clean

_KEY = re.compile(rb"[0-9a-f]{64}\n")
_CHECKED = b"prior-art audit key"


def read_key(folder: Path) -> bytes | None:
    """The key of a log; None where there is none that could be."""
    data = bytes_of(folder / KEY_FILE)
    return bytes.fromhex(data.decode()) if data and _KEY.fullmatch(data) else None


def make_key(folder: Path) -> bytes:
    """A new key beside a log, for its owner only. Raises OSError."""
    key = secrets.token_bytes(32)
    replace_file(folder / KEY_FILE, key.hex().encode() + b"\n")
    return key


def query_hash(key: bytes, text: str) -> str:
    """32 hexadecimal digits for a text, whatever blanks it has: HMAC-SHA-256 (RFC 2104), cut.

    >>> query_hash(b"k", "anode  coating") == query_hash(b"k", "anode coating ")
    True
    """
    return _hmac(key, " ".join(clean(text).split()).encode())[:32]


def key_check(key: bytes) -> str:
    """By which a log knows its key; says nothing of it."""
    return _hmac(key, _CHECKED)


def _hmac(key: bytes, data: bytes) -> str:
    return hmac.new(key, data, hashlib.sha256).hexdigest()
