"""Mutations that keep an input well-formed, so that they reach what lies behind the parser.

Every mutator takes the bytes, a generator of random numbers and libFuzzer's own mutation for the
parts inside; where it cannot read the bytes, it returns None.
"""

from __future__ import annotations

import copy
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable
from random import Random
from typing import Any

from lxml import etree

Plain = Callable[[bytes], bytes]
Mutator = Callable[[bytes, Random, Plain], bytes | None]

# Values that code tends not to expect.
TEXTS = (
    "", " ", "0", "-1", "00000000", "99999999999999999999", "2019-13-45", "20190230", "0001-01-01",
    "1e999", "nan", "²", "１２３", "٣", "\u200b", "\u202e", "\ufeff", "İ", "ß", "ﬁ", "硼", "양극재",
    "(", "[", "((((((((", "US", "US 10,123,456 B2", "EP", "H01M 4/36", "H01M", "1. ", "claim 1",
    "claims 1 to 99999999", "according to any of claims 1-3", "1-99999999", "[0001]", "A" * 300,
    "1" * 5000, " " * 3000, "a." * 500, "1,2," * 500, "\t", "\f", "\x0b", "\x85", "\u2028", "&#0;",
    "%s", "{}", "..", "../../x", "C:\\x", "=1+1", "\\", "'", '"', "<", ">", "&", ";;", ";; ;;", "|",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**63, 1e308, float("nan"), [], {}, [[]], [None], [{}], {"": ""},
    {"a": [1, {"b": None}]}, [1, "a", None, {}, []], *TEXTS,
)  # fmt: skip


_FIRST_TAG = re.compile(rb"<[A-Za-z_]")


def in_json(data: bytes, random: Random, plain: Plain) -> bytes | None:
    """Another value, key or nesting somewhere in a JSON value, or in one of its lines."""
    lines = data.splitlines(keepends=True) if data.count(b"\n{") else [data]
    at = random.randrange(len(lines)) if lines else 0
    try:
        value = json.loads(lines[at])
    except (ValueError, IndexError, RecursionError):
        return None
    for _ in range(random.randint(1, 4)):
        value = _changed(value, random)
    lines[at] = json.dumps(value, ensure_ascii=random.random() < 0.5).encode("utf-8", "replace")
    return b"\n".join(lines)


def _changed(value: Any, random: Random) -> Any:
    """The value with one change in a random place."""
    if isinstance(value, dict) and value and random.random() < 0.85:
        key = random.choice(list(value))
        choice = random.random()
        if choice < 0.1:
            return {k: v for k, v in value.items() if k != key}
        if choice < 0.2:
            return {**value, str(random.choice(TEXTS)): value[key]}
        return {**value, key: _changed(value[key], random)}
    if isinstance(value, list) and value and random.random() < 0.85:
        at = random.randrange(len(value))
        choice = random.random()
        if choice < 0.15:
            return value[:at] + value[at + 1 :]
        if choice < 0.3:
            return [*value, copy.deepcopy(value[at])]
        return [*value[:at], _changed(value[at], random), *value[at + 1 :]]
    wrapped = ([value], {"a": value}, str(value)[:200])
    return random.choice(wrapped) if random.random() < 0.2 else random.choice(VALUES)


def in_xml(data: bytes, random: Random, plain: Plain) -> bytes | None:
    """Elements of an XML document removed, copied, renamed, moved, or with other content."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    elements = [e for e in root.iter() if isinstance(e.tag, str)]
    first = _FIRST_TAG.search(data)
    start = data[: first.start()] if first else b""
    for _ in range(random.randint(1, 4)):
        _changed_element(elements, random)
    return start[:2000] + bytes(etree.tostring(root))


def _changed_element(elements: list[etree._Element], random: Random) -> None:
    one, other = random.choice(elements), random.choice(elements)
    parent = one.getparent()
    choice = random.randrange(7)
    text = random.choice([t for t in TEXTS if t.isprintable()])
    if choice == 0 and parent is not None:
        parent.remove(one)
    elif choice == 1 and len(elements) < 3000 and sum(1 for _ in one.iter()) < 300:
        other.insert(random.randint(0, len(other)), copy.deepcopy(one))
    elif choice == 2:
        one.tag = other.tag
    elif choice == 3 and one.attrib:
        key = random.choice(list(one.attrib))
        one.attrib[key] = text
    elif choice == 4:
        one.text = random.choice((text, other.text))
    elif choice == 5:
        one.tail = random.choice((text, other.tail))
    else:
        one.attrib.clear()


def in_lines(data: bytes, random: Random, plain: Plain) -> bytes | None:
    """Lines of a text removed, doubled, swapped, or with a strange value in place of a word."""
    lines = data.split(b"\n")
    for _ in range(random.randint(1, 6)):
        at, to = random.randrange(len(lines)), random.randrange(len(lines))
        choice = random.randrange(5)
        if choice == 0 and len(lines) > 1:
            del lines[at]
        elif choice == 1:
            lines.insert(to, lines[at])
        elif choice == 2:
            lines[at], lines[to] = lines[to], lines[at]
        else:
            separator = random.choice((b" ", b" ", b",", b"\t", b": "))
            words = lines[at].split(separator)
            words[random.randrange(len(words))] = random.choice(TEXTS).encode()
            lines[at] = separator.join(words)
    return b"\n".join(lines)


def in_zip(data: bytes, random: Random, plain: Plain) -> bytes | None:
    """One member of a ZIP archive mutated, by its own kind."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(i, archive.read(i)) for i in archive.infolist() if i.file_size < 1 << 20]
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError):
        return None
    if not parts:
        return None
    at = random.randrange(len(parts))
    info, content = parts[at]
    changed = in_xml(content, random, plain) if random.random() < 0.8 else None
    parts[at] = info, changed if changed is not None else plain(content)
    if random.random() < 0.1:
        del parts[at]
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for info, content in parts:
            archive.writestr(zipfile.ZipInfo(info.filename or "x"), content)
    return written.getvalue()


def in_bytes(data: bytes, random: Random, plain: Plain) -> bytes | None:
    """Only libFuzzer's own mutation."""
    return None
