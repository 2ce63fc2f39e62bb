# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be unpacked from any bytes: zlib (so the streams of a PDF), gzip, zip, zstd, wherever they begin."""

from __future__ import annotations

import contextlib
import lzma
import re
import struct
import zlib
from collections.abc import Iterator

import zstandard

_LARGEST = 32 << 20
_DEEPEST = 3
_SHORTEST = 6
_BEGINNINGS = re.compile(
    rb"[\x08\x18\x28\x38\x48\x58\x68\x78][\x00-\xff]|\x1f\x8b\x08|\x28\xb5\x2f\xfd|PK\x03\x04|\xfd7zXZ\x00", re.DOTALL
)
_ZIP_HEADER = struct.Struct("<4s5H3I2H")
_DEFLATED = 8


def streams(content: bytes, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """Give the kind and the plain content of every stream that can be unpacked, as far as it can, and those inside.

    A stream that breaks off is given as far as it goes. Random bytes look like a stream now and then; what comes out of
    them is as random.
    """
    if depth == _DEEPEST:
        return
    place = 0
    while match := _BEGINNINGS.search(content, place):
        place = match.start() + 1
        kind, opened = _open(content, match.start())
        if len(opened) >= _SHORTEST:
            yield kind, opened
            for inner, found in streams(opened, depth + 1):
                yield f"{inner} in {kind}", found


def _open(content: bytes, place: int) -> tuple[str, bytes]:
    if content.startswith(b"\x1f\x8b\x08", place):
        return "gzip", _inflate(content, place, zlib.MAX_WBITS | 16)
    if content.startswith(b"\x28\xb5\x2f\xfd", place):
        return "zstd", _unzstd(content, place)
    if content.startswith(b"\xfd7zXZ\x00", place):
        return "xz", _unxz(content, place)
    if content.startswith(b"PK\x03\x04", place):
        return "zip", _unzip(content, place)
    # A header of two bytes whose number is a multiple of 31 (RFC 1950 §2.2).
    if len(content) > place + 1 and (content[place] * 256 + content[place + 1]) % 31 == 0:
        return "zlib", _inflate(content, place, zlib.MAX_WBITS)
    return "", b""


def _inflate(content: bytes, start: int, window: int) -> bytes:
    decompressor = zlib.decompressobj(window)
    opened = bytearray()
    place, size = start, 512
    try:
        while place < len(content) and not decompressor.eof and len(opened) < _LARGEST:
            opened += decompressor.decompress(content[place : place + size], _LARGEST)
            place += size
            size = min(size * 4, 1 << 20)
    except zlib.error:
        opened += _last_of(content[start:place], content[place : place + size], window)
    return bytes(opened)


def _last_of(good: bytes, broken: bytes, window: int) -> bytes:
    """Give what the block opens to in which a stream breaks off, up to the byte that breaks it."""
    decompressor = zlib.decompressobj(window)
    decompressor.decompress(good)
    opened = bytearray()
    with contextlib.suppress(zlib.error):
        for byte in broken:
            opened += decompressor.decompress(bytes((byte,)))
    return bytes(opened)


def _unzstd(content: bytes, place: int) -> bytes:
    decompressor = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()
    opened = bytearray()
    with contextlib.suppress(zstandard.ZstdError):
        for start in range(place, min(len(content), place + _LARGEST), 1 << 14):
            if decompressor.eof:
                break
            opened += decompressor.decompress(content[start : start + (1 << 14)])
    return bytes(opened)


def _unxz(content: bytes, place: int) -> bytes:
    with contextlib.suppress(lzma.LZMAError):
        return lzma.LZMADecompressor(memlimit=1 << 28).decompress(content[place : place + _LARGEST], _LARGEST)
    return b""


def _unzip(content: bytes, place: int) -> bytes:
    if len(content) < place + _ZIP_HEADER.size:
        return b""
    header = _ZIP_HEADER.unpack_from(content, place)
    method, size, name_size, extra_size = header[3], header[7], header[9], header[10]
    begin = place + _ZIP_HEADER.size
    name = content[begin : begin + name_size]
    begin += name_size + extra_size
    if method == _DEFLATED:
        return name + b"\n" + _inflate(content, begin, -zlib.MAX_WBITS)
    return name + b"\n" + content[begin : begin + size]
