"""What can go wrong with an index.

IndexError_ would shadow Python's own, so the base is called LibraryError, after the folder.

LibraryError
├── NoLibrary        there is no index in the folder
├── OtherEncoder     the index was made with another encoder
├── OtherRules       the index was made by other rules for passages or words
├── NewerFormat      the index was written by a newer release
├── BrokenLibrary    files are missing or damaged
├── LibraryLocked    another process is writing
├── CannotWrite      read-only folder, or no space left
├── NoEncoder        the encoder's model cannot be loaded
├── BadFilter        a filter's value means nothing
├── BadQuery         an empty question, or one that is too long
└── UnknownDocument  no document has this number or id

A message says what is wrong, where, and what to do.
"""


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


class BadFilter(LibraryError):
    """A filter's value means nothing."""


class BadQuery(LibraryError):
    """An empty question, or one that is too long."""


class UnknownDocument(LibraryError):
    """No document has this number or id."""
