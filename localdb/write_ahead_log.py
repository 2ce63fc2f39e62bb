# SPDX-License-Identifier: GPL-3.0-or-later
"""What a damaged write-ahead log has lost.

The engine reads the log up to the first frame that does not fit and passes over the rest without a word. After a power
cut that is right: what was not synced yet was told to nobody. But every commit is synced before the next one begins, so
at most one can be unfinished. When more than one lies behind the frame that does not fit, the disk has changed what it
had confirmed, and what was told is lost. (Damage to the very last commit looks the same as a power cut.)

The format of the log: https://sqlite.org/fileformat2.html, 4. The Write-Ahead Log.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from localdb import durable_file
from localdb.connection import Connection

_HEADER_SIZE: Final = 32
_FRAME_HEADER_SIZE: Final = 24
_BIG_ENDIAN_MAGIC: Final = 0x377F0683

_Sums = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Frame:
    """A frame: its header and a page."""

    content: bytes

    @property
    def is_commit(self) -> bool:
        return self.content[4:8] != bytes(4)

    @property
    def salt(self) -> bytes:
        return self.content[8:16]

    @property
    def sums(self) -> _Sums:
        return _pair(self.content[16:24])

    def follows(self, before: _Sums, order: str) -> bool:
        return self.summed(before, order) == self.sums

    def summed(self, before: _Sums, order: str) -> _Sums:
        return _summed(self.content[:8] + self.content[_FRAME_HEADER_SIZE:], before, order)


def lost_commits(connection: Connection, database: Path) -> int:
    """Count the commits that were durable and are lost; to be asked before anything is written.

    Args:
        connection: Open on the database; nobody else may write meanwhile.
        database: Its file.

    Returns:
        At least so many are lost; 0 for a log that is whole, or cut off at its end.

    Raises:
        KnownError: ``no-access``, ``disk-error``.
    """
    ((_, valid, _),) = connection.rows("PRAGMA wal_checkpoint(NOOP)")
    ((page_size,),) = connection.rows("PRAGMA page_size")
    with durable_file.explained():
        try:
            content = database.with_name(f"{database.name}-wal").read_bytes()
        except FileNotFoundError:
            return 0
    size = _FRAME_HEADER_SIZE + int(page_size)
    header = content[:_HEADER_SIZE]
    starts = range(_HEADER_SIZE, len(content) - size + 1, size)
    frames = [_Frame(content[start : start + size]) for start in starts[max(valid, 0) :]]
    if len(header) < _HEADER_SIZE or len(frames) < 2:
        return 0
    noted = _pair(header[24:32])
    order = ">" if int.from_bytes(header[:4], "big") == _BIG_ENDIAN_MAGIC else "<"
    if _summed(header[:24], (0, 0), order) == noted:
        before = _Frame(content[starts[valid - 1] :][:size]).sums if valid > 0 else noted
        commits = _commits(frames, header[16:24], [before], order)
    else:
        commits = max(
            _commits(frames, frames[0].salt, [noted, _summed(header[:24], (0, 0), either)], either, is_one_passed=True)
            for either in "<>"
        )
    return max(0, commits - 1)


def _commits(
    frames: Sequence[_Frame], salt: bytes, follows_from: list[_Sums], order: str, *, is_one_passed: bool = False
) -> int:
    """Count the commits among frames of which each follows from the one before, but for one that does not fit.

    Returns:
        0 when there is no such one: somebody is writing at this moment.
    """
    commits = 0
    for frame in frames:
        if frame.salt == salt and any(frame.follows(sums, order) for sums in follows_from):
            follows_from = [frame.sums]
        elif not is_one_passed:
            is_one_passed = True
            # Either its content is changed, or the sums that it notes.
            follows_from = [frame.sums, frame.summed(follows_from[0], order)]
        else:
            break
        commits += frame.is_commit
    return commits if is_one_passed else 0


def _pair(content: bytes) -> _Sums:
    first, second = struct.unpack(">II", content)
    return first, second


def _summed(content: bytes, before: _Sums, order: str) -> _Sums:
    first, second = before
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second
