"""Readers: one small file per format family, chosen by content, each `SourceFile -> documents`."""

from ingest.readers.choose import read_file

__all__ = ["read_file"]
