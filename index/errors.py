"""What can go wrong with an index.

IndexError_ would shadow Python's own, so the base is called LibraryError, after the folder.

LibraryError
├── NoLibrary        there is no index in the folder
├── OtherEncoder     the vectors in use are another encoder's, or this one's are gone
├── OtherRules       the index was made by other rules for passages or words
├── NewerFormat      the index was written by a newer release
├── BrokenLibrary    files are missing or damaged
├── LibraryLocked    another process is writing
├── CannotWrite      read-only folder, or no space left
├── NoEncoder        the encoder's model cannot be loaded
├── BadSnapshot      half, damaged, no snapshot at all, or it cannot go where it was told to
├── BadLabel         a label that is none, or cannot be given to what was named
├── BadFilter        a filter's value means nothing
├── BadQuery         an empty or too long question, or a mistake in the query language
└── UnknownDocument  no document has this number or id

A message says what is wrong, where, and what to do.
"""

from __future__ import annotations


class LibraryError(Exception):
    """Base of every stated error of the index."""


class NoLibrary(LibraryError):
    """There is no index in the folder."""


class OtherEncoder(LibraryError):
    """The index was made with another encoder."""


class OtherRules(LibraryError):
    """The index was made by other rules for cutting passages or words."""


class NewerFormat(LibraryError):
    """The index was written by a newer release."""


class BrokenLibrary(LibraryError):
    """Files of the index are missing or damaged."""


class LibraryLocked(LibraryError):
    """Another process is writing to the index."""


class CannotWrite(LibraryError):
    """The folder is read-only, or the disk is full."""


class NoEncoder(LibraryError):
    """The encoder's model cannot be loaded."""


class BadSnapshot(LibraryError):
    """A snapshot is not whole, or cannot be made or restored at the place that was named."""


class BadLabel(LibraryError):
    """A confidentiality label is none, or cannot be given to what was named."""


class BadAbbreviations(LibraryError):
    """A table of abbreviations cannot be read, or a line of it says nothing clear."""


class BadFilter(LibraryError):
    """A filter's value means nothing."""


class BadQuery(LibraryError):
    """An empty question, one that is too long, or a mistake in the query language.

    position: 0-based character of the query where the mistake is; None where it has no place.
    """

    position: int | None = None

    @classmethod
    def at(cls, position: int, shown: str, message: str) -> BadQuery:
        """A mistake at a place. shown: the piece of the query that stands there.

        >>> str(BadQuery.at(8, "NEAR/0", "write NEAR/1 or more"))
        'at character 9 (`NEAR/0`): write NEAR/1 or more'
        """
        short = shown if len(shown) <= 40 else f"{shown[:39]}…"
        error = cls(f"at character {position + 1}{f' (`{short}`)' if short else ''}: {message}")
        error.position = position
        return error


class UnknownDocument(LibraryError):
    """No document has this number or id."""
