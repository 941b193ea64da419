"""Abbreviations of the field and their full names, so that a query finds either spelling.

The table is abbreviations.tsv in this folder; a library's own `abbreviations.tsv` and the file
named in PRIOR_ART_ABBREVIATIONS add to it, change it and take out of it.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.errors import BadAbbreviations

FILE_NAME = "abbreviations.tsv"
ENVIRONMENT = "PRIOR_ART_ABBREVIATIONS"
_PACKAGED = Path(__file__).parent / FILE_NAME
_HEADER = ("abbreviation", "names", "other languages", "kind", "case")
_TOKEN = re.compile(r"[^\W_]+")
_SPELLINGS = (("sulph", "sulf"), ("aluminium", "aluminum"), ("fibre", "fiber"), ("vapour", "vapor"))


@dataclass(frozen=True)
class Entry:
    """One meaning of an abbreviation.

    short: spellings, the usual one first; names: English ones, the usual first; others: names in
    other languages; any_case: whether lower case is the abbreviation too.
    """

    short: tuple[str, ...]
    names: tuple[str, ...]
    others: tuple[str, ...] = ()
    kind: str = ""
    any_case: bool = False


@dataclass(frozen=True)
class Expansion:
    """What a query was taken to mean as well. typed: query[start:end]; added: one other name."""

    typed: str
    added: str
    start: int
    end: int


class Abbreviations:
    """A table ready for looking up. Immutable."""

    def __init__(self, entries: Collection[Entry]) -> None:
        self.entries = tuple(entries)
        self._short: dict[str, list[tuple[str, Entry]]] = {}
        self._names: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        for entry in self.entries:
            for short in entry.short:
                self._short.setdefault(_fold(_first(short)), []).append((short, entry))
            for name in (*entry.names, *entry.others):
                words = _words(name)
                self._names.setdefault(words[0], []).append((words, entry))

    def mentions(self, text: str) -> Iterator[tuple[int, int, tuple[Entry, ...]]]:
        """Places of abbreviations and names with their meanings; the longest one at each place."""
        tokens = [(m.start(), m.end(), _fold(m.group())) for m in _TOKEN.finditer(text)]
        place = 0
        while place < len(tokens):
            found = [*self._shorts_at(text, tokens[place]), *self._names_at(tokens, place)]
            end = max((end for end, _ in found), default=0)
            if end:
                entries = tuple(dict.fromkeys(entry for stop, entry in found if stop == end))
                yield tokens[place][0], end, entries
            place += 1
            while place < len(tokens) and tokens[place][0] < end:
                place += 1

    def _shorts_at(self, text: str, token: tuple[int, int, str]) -> Iterator[tuple[int, Entry]]:
        start, _, folded = token
        # "LIBs": the plural of an abbreviation is folded like that of a word.
        for key in {folded, folded.removesuffix("s")}:
            for short, entry in self._short.get(key, ()):
                end = start + len(short)
                written = text[start:end]
                same = written == short or (
                    entry.any_case and written.casefold() == short.casefold()
                )
                end += text[end : end + 1] == "s"
                if same and not re.match(r"\w", text[end : end + 1]):
                    yield end, entry

    def _names_at(
        self, tokens: list[tuple[int, int, str]], place: int
    ) -> Iterator[tuple[int, Entry]]:
        for words, entry in self._names.get(tokens[place][2], ()):
            last = place + len(words) - 1
            if last >= len(tokens) or any(
                tokens[place + i][2] != word for i, word in enumerate(words[:-1])
            ):
                continue
            written = tokens[last][2]
            # Korean particles stick to the noun.
            if written == words[-1] or (words[-1] >= "가" and written.startswith(words[-1])):
                yield tokens[last][1], entry


def expansions(
    query: str, table: Abbreviations | None = None, off: Collection[str] = ()
) -> tuple[Expansion, ...]:
    """Other names of what a query says, in its order. off: typed or added names to leave alone.

    Two- and three-letter abbreviations count only as the table writes them, nearly all in
    capitals; an abbreviation with several meanings in the field gives all of them.

    >>> [e.added for e in expansions("FEC content")][:2]
    ['fluoroethylene carbonate', '4-fluoro-1,3-dioxolan-2-one']
    >>> expansions("an ice pick, a pc and a vc")
    ()
    >>> [(e.typed, e.added) for e in expansions("fluoroethylene carbonate")][0]
    ('fluoroethylene carbonate', 'FEC')
    """
    unwanted = {name.casefold() for name in off}
    found: dict[tuple[int, str], Expansion] = {}
    for start, end, entries in (table or packaged_abbreviations()).mentions(query):
        typed = query[start:end]
        for entry in entries:
            for added in (*entry.short, *entry.names, *entry.others):
                key = (start, " ".join(_words(added)))
                same = _words(added) == _words(typed)
                if not same and not unwanted & {typed.casefold(), added.casefold()}:
                    found.setdefault(key, Expansion(typed, added, start, end))
    return tuple(found.values())


@lru_cache(maxsize=1)
def packaged_abbreviations() -> Abbreviations:
    """The table that comes with the program."""
    return Abbreviations(_read(_PACKAGED))


def load_abbreviations(library: str | Path | None = None) -> Abbreviations:
    """The packaged table with the library's own and the one that the environment names.

    A line of a later table replaces what earlier ones say of the same abbreviation; a line without
    names takes it out. Raises BadAbbreviations.
    """
    own = [Path(library) / FILE_NAME] if library and (Path(library) / FILE_NAME).exists() else []
    named = [Path(os.environ[ENVIRONMENT])] if os.environ.get(ENVIRONMENT) else []
    entries = list(packaged_abbreviations().entries)
    for path in (*own, *named):
        added = _read(path)
        replaced = {short for entry in added for short in entry.short}
        entries = [entry for entry in entries if not replaced & set(entry.short)]
        entries += [entry for entry in added if entry.names]
    return Abbreviations(entries) if own or named else packaged_abbreviations()


def _read(path: Path) -> list[Entry]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadAbbreviations(
            f"the abbreviations in {path} cannot be read: {error}; the file is text in UTF-8, "
            "columns separated by tabs"
        ) from error
    return [
        _entry(line, f"{path}, line {number}")
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.startswith("#") and not line.startswith(_HEADER[0])
    ]


def _entry(line: str, place: str) -> Entry:
    columns = [column.strip() for column in line.split("\t")]
    short, names, others, kind, case = (*columns, "", "", "", "", "")[:5]
    if (
        len(columns) < 2
        or len(columns) > 5
        or not _parts(short)
        or case not in ("", "any", "exact")
    ):
        raise BadAbbreviations(
            f"{place} is no abbreviation; the columns are {', '.join(_HEADER)}, separated by tabs, "
            "several names by |, and the last one is empty, any or exact"
        )
    # Short lower-case words are ordinary ones far too often: ice, can, pc.
    any_case = case == "any" or (case == "" and len(_first(short)) > 3)
    return Entry(_parts(short), _parts(names), _parts(others), kind, any_case)


def _parts(column: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in column.split("|") if _TOKEN.search(part))


def _first(short: str) -> str:
    match = _TOKEN.search(short)
    return match.group() if match else short


@lru_cache(maxsize=20_000)
def _fold(token: str) -> str:
    """One form for spellings and numbers of a word.

    >>> [_fold(word) for word in ("Sulphonyl", "batteries", "FEC")]
    ['sulfonyl', 'battery', 'fec']
    """
    token = unicodedata.normalize("NFKC", token).casefold()
    for spelling, ours in _SPELLINGS:
        token = token.replace(spelling, ours)
    if token.endswith("ies") and len(token) > 5:
        return token[:-3] + "y"
    plural = token.endswith("s") and not token.endswith("ss") and len(token) > 4
    return token[:-1] if plural else token


def _words(name: str) -> tuple[str, ...]:
    return tuple(_fold(token) for token in _TOKEN.findall(name))
