"""What made an index: format, passage settings, rules. Compared at every opening.

The encoder is in the catalogue (index.encoder_table), beside the vectors that it made.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import msgspec

from index.analysis import ANALYSIS_RULES
from index.checksums import sync_folder
from index.encoder_table import StoredEncoder
from index.errors import BrokenLibrary, NewerFormat, NoLibrary, OtherEncoder, OtherRules
from ingest.passages import PASSAGE_RULES, PassageSettings

MANIFEST_FILE = "manifest.json"
FORMAT_VERSION = 3


@dataclass(frozen=True)
class Manifest:
    """The content of manifest.json. The rules' numbers are those of the code that wrote it."""

    passages: PassageSettings
    format_version: int = FORMAT_VERSION
    passage_rules: int = PASSAGE_RULES
    analysis_rules: int = ANALYSIS_RULES


def read_manifest(folder: Path, *, older: Collection[int] = ()) -> Manifest:
    """The manifest in a library's folder. older: formats that are taken as well.

    Raises NoLibrary, BrokenLibrary, NewerFormat or OtherRules.
    """
    path = folder / MANIFEST_FILE
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise NoLibrary(
            f"there is no index in {folder}; make one with `prior-art --index {folder} ingest PATH`"
        ) from None
    except OSError as error:
        raise BrokenLibrary(f"{path} cannot be read: {error.strerror or error}") from error
    try:
        version = msgspec.json.decode(data).get("format_version")
        if not isinstance(version, int):
            raise BrokenLibrary(f"{path} names no format version; restore it from a backup")
        if version > FORMAT_VERSION:
            raise NewerFormat(
                f"{folder} has format {version}, this release reads up to {FORMAT_VERSION}; "
                "upgrade, or ingest again into a new folder"
            )
        if version < FORMAT_VERSION and version not in older:
            raise OtherRules(
                f"{folder} has format {version} of an older release; {_older(version)}"
            )
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.MsgspecError, AttributeError) as error:
        raise BrokenLibrary(f"{path} is damaged ({error}); restore it from a backup") from error
    if (manifest.passage_rules, manifest.analysis_rules) != (PASSAGE_RULES, ANALYSIS_RULES):
        raise OtherRules(
            f"{folder} was made by a release that cuts passages or words otherwise; ingest the "
            "same paths into a new folder with `prior-art --index NEW ingest PATH...`"
        )
    return manifest


def _older(version: int) -> str:
    """What to do about an older format."""
    if version == FORMAT_VERSION - 1:
        return "`prior-art ingest` of any path brings it to the present one, reading nothing again"
    return "ingest the same paths into a new folder with `prior-art --index NEW ingest PATH...`"


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write it in one step."""
    temporary = folder / f"{MANIFEST_FILE}.{os.getpid()}.tmp"
    with temporary.open("wb") as stream:
        stream.write(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")
        stream.flush()
        os.fsync(stream.fileno())  # Else a power cut may leave an empty file under the name.
    temporary.replace(folder / MANIFEST_FILE)
    sync_folder(folder)


def check_encoder(folder: Path, made: StoredEncoder, name: str, fingerprint: str) -> None:
    """Raise OtherEncoder unless this is the encoder that made the vectors in use."""
    if made.fingerprint != fingerprint:
        raise OtherEncoder(
            f"{folder} was made with the encoder {made.name} ({made.fingerprint}), not with "
            f"{name} ({fingerprint}); open it without --encoder and $PRIOR_ART_ENCODER, or change "
            f"the encoder with `prior-art --index {folder} reembed --encoder {name}`: until it is "
            "done, searches use the old one"
        )
