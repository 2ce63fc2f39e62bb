# SPDX-License-Identifier: GPL-3.0-or-later
"""A late upgrade as a few kilobytes: what was written into the hole, and what was appended.

Who holds the old file makes the new one of it; who holds another file, or gets another splice, finds out by the SHA-256
of both ends.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from signing.errors import SigningError

_MAGIC: Final = b"motcua-splice-1\n"
_HEAD: Final = struct.Struct(">32s32sQQQQ")  # SHA-256 old and new; lengths of old, offset, replaced, appended
# A revision with validation data of a large authority has some megabytes; whoever sends more sends something else.
_LARGEST: Final = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Splice:
    """The way from one file to a longer or equally long one.

    Attributes:
        old_sha256: Hex digest of the file that it fits.
        new_sha256: Hex digest of the file that it makes.
        old_length: Length of the file that it fits.
        offset: Where bytes were replaced.
        replaced: What stands there now; empty = nothing was replaced.
        appended: What follows the old end.
    """

    old_sha256: str
    new_sha256: str
    old_length: int
    offset: int
    replaced: bytes = field(repr=False)
    appended: bytes = field(repr=False)

    def to_bytes(self) -> bytes:
        """Write down; compressed, because holes are mostly zeros and the rest is hexadecimal."""
        head = _HEAD.pack(
            bytes.fromhex(self.old_sha256),
            bytes.fromhex(self.new_sha256),
            self.old_length,
            self.offset,
            len(self.replaced),
            len(self.appended),
        )
        return _MAGIC + head + zlib.compress(self.replaced + self.appended, 9)

    @classmethod
    def from_bytes(cls, content: bytes) -> Splice:
        """Read what ``to_bytes`` wrote.

        Raises:
            SigningError: ``splice-unreadable``.
        """
        packed_at = len(_MAGIC) + _HEAD.size
        if not content.startswith(_MAGIC) or len(content) < packed_at:
            raise SigningError("splice-unreadable")
        old, new, old_length, offset, replaced, appended = _HEAD.unpack(content[len(_MAGIC) : packed_at])
        size = replaced + appended
        if size > _LARGEST or offset + replaced > old_length:
            raise SigningError("splice-unreadable")
        unpacking = zlib.decompressobj()
        try:
            parts = unpacking.decompress(content[packed_at:], size + 1)
        except zlib.error:
            raise SigningError("splice-unreadable") from None
        if len(parts) != size or not unpacking.eof or unpacking.unused_data:
            raise SigningError("splice-unreadable")
        return cls(old.hex(), new.hex(), old_length, offset, parts[:replaced], parts[replaced:])


def splice_between(old: bytes, new: bytes) -> Splice:
    """Find the way from one file to another.

    Raises:
        SigningError: ``splice-impossible``: the new file is shorter, so it is no upgrade of the old one.
    """
    if len(new) < len(old):
        raise SigningError("splice-impossible")
    start = _common(old, new, 0, lambda low, high: slice(low, high))
    end = len(old) - _common(old, new, start, lambda low, high: slice(len(old) - high, len(old) - low))
    return Splice(
        old_sha256=hashlib.sha256(old).hexdigest(),
        new_sha256=hashlib.sha256(new).hexdigest(),
        old_length=len(old),
        offset=start,
        replaced=new[start:end],
        appended=new[len(old) :],
    )


def apply_splice(old: bytes, splice: Splice) -> bytes:
    """Make the new file.

    Raises:
        SigningError: ``splice-does-not-fit`` (another file), ``splice-unreadable`` (what comes out is not what was
            promised).
    """
    if len(old) != splice.old_length or hashlib.sha256(old).hexdigest() != splice.old_sha256:
        raise SigningError("splice-does-not-fit")
    behind = splice.offset + len(splice.replaced)
    new = b"".join((old[: splice.offset], splice.replaced, old[behind:], splice.appended))
    if hashlib.sha256(new).hexdigest() != splice.new_sha256:
        raise SigningError("splice-unreadable")
    return new


def _common(old: bytes, new: bytes, taken: int, part: Callable[[int, int], slice]) -> int:
    """Length of what two files have in common from one end on, without what is ``taken`` at the other.

    Found by halving: comparing slices is a hundred times faster than comparing bytes.
    """
    low, high = 0, len(old) - taken
    left, right = memoryview(old), memoryview(new)
    while low < high:
        middle = (low + high + 1) // 2
        if left[part(low, middle)] == right[part(low, middle)]:
            low = middle
        else:
            high = middle - 1
    return low
