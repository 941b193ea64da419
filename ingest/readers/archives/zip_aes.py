"""Members of ZIP archives that are encrypted with AES, as 7-Zip and WinZip do.

Source: WinZip, "AES Encryption Information: Encryption Specification AE-1 and AE-2".
"""

from __future__ import annotations

import hashlib
import hmac
import io
import struct
import zipfile
import zlib
from typing import IO

from Cryptodome.Cipher import AES as Cipher
from Cryptodome.Util import Counter

from ingest.errors import Encrypted, Malformed, TooLarge, UnsupportedFormat

# Its number among the methods of compression.
AES = 99
_EXTRA_ID = 0x9901
_KEY_BYTES = {1: 16, 2: 24, 3: 32}
_CODE_BYTES, _CHECK_BYTES, _ROUNDS = 10, 2, 1000
_LONGEST = 256 << 20  # A member is held in memory here.
_LOCAL_HEADER = 30


def open_aes(stream: IO[bytes], info: zipfile.ZipInfo, passwords: tuple[str, ...]) -> IO[bytes]:
    """The member's bytes. Raises Encrypted where no password fits."""
    strength, method = _parameters(info.extra)
    if info.compress_size > _LONGEST or info.file_size > _LONGEST:
        raise TooLarge("an encrypted member may have 256 MB at most")
    stream.seek(info.header_offset)
    header = stream.read(_LOCAL_HEADER)
    stream.seek(sum(struct.unpack("<HH", header[26:30])), 1)
    data = stream.read(info.compress_size)
    key_bytes = _KEY_BYTES[strength]
    salt, rest = data[: key_bytes // 2], data[key_bytes // 2 :]
    check, packed, code = rest[:_CHECK_BYTES], rest[_CHECK_BYTES:-_CODE_BYTES], rest[-_CODE_BYTES:]
    for password in passwords:
        keys = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, _ROUNDS, 2 * key_bytes + 2)
        if keys[-_CHECK_BYTES:] != check:
            continue
        found = hmac.new(keys[key_bytes : 2 * key_bytes], packed, "sha1").digest()
        if not hmac.compare_digest(found[:_CODE_BYTES], code):
            continue
        counter = Counter.new(128, initial_value=1, little_endian=True)
        plain = Cipher.new(keys[:key_bytes], Cipher.MODE_CTR, counter=counter).decrypt(packed)
        return io.BytesIO(_unpacked(plain, method, info.file_size))
    raise Encrypted("it opens with a password only")


def _parameters(extra: bytes) -> tuple[int, int]:
    """Strength of the key (1 to 3) and method of compression."""
    at = 0
    while at + 4 <= len(extra):
        identity, length = struct.unpack_from("<HH", extra, at)
        if identity == _EXTRA_ID and length >= 7 and extra[at + 8] in _KEY_BYTES:
            return extra[at + 8], struct.unpack_from("<H", extra, at + 9)[0]
        at += 4 + length
    raise Malformed("it is said to be encrypted with AES, but not how")


def _unpacked(data: bytes, method: int, size: int) -> bytes:
    if method == zipfile.ZIP_STORED:
        return data
    if method != zipfile.ZIP_DEFLATED:
        raise UnsupportedFormat(f"encrypted and packed by method {method}, which is not read")
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    plain = inflate.decompress(data, size + 1)
    if len(plain) != size:
        raise Malformed("it does not have the length that the archive states")
    return plain
