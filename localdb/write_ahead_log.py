# SPDX-License-Identifier: GPL-3.0-or-later
"""The write-ahead log, read past the engine: what it has committed, and what a damaged one has lost.

The engine reads the log up to the first frame that does not fit and passes over the rest without a word. After a power
cut that is right: what was not synced yet was told to nobody. But every commit is synced before the next one begins, so
at most one can be unfinished. When more than one lies behind the frame that does not fit, the disk has changed what it
had confirmed, and what was told is lost. (Damage to the very last commit looks the same as a power cut.)

The format of the log: https://sqlite.org/fileformat2.html, 4. The Write-Ahead Log.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from localdb import durable_file

PAGE_SIZE: Final = 4096
"""Bytes of a page of our databases."""

_HEADER_SIZE: Final = 32
_FRAME_HEADER_SIZE: Final = 24
_MAGIC: Final = 0x377F0682
"""The lowest bit says in which order the bytes of a word are summed."""

_Sums = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Frame:
    """A frame: its header and a page."""

    content: bytes

    @property
    def page_number(self) -> int:
        return int.from_bytes(self.content[:4], "big")

    @property
    def page_count(self) -> int:
        """Number of pages that the database has after this commit; 0 when it is none."""
        return int.from_bytes(self.content[4:8], "big")

    @property
    def page(self) -> bytes:
        return self.content[_FRAME_HEADER_SIZE:]

    @property
    def salt(self) -> bytes:
        return self.content[8:16]

    @property
    def sums(self) -> _Sums:
        return _pair(self.content[16:24])

    def follows(self, before: _Sums, order: str) -> bool:
        return self.summed(before, order) == self.sums

    def summed(self, before: _Sums, order: str) -> _Sums:
        return _summed(self.content[:8] + self.page, before, order)


class _Log:
    """The frames of a log, and what its header says of them."""

    def __init__(self, content: bytes) -> None:
        self._header = content[:_HEADER_SIZE].ljust(_HEADER_SIZE, b"\0")
        size = _FRAME_HEADER_SIZE + PAGE_SIZE
        self.frames = [
            _Frame(content[start : start + size]) for start in range(_HEADER_SIZE, len(content) - size + 1, size)
        ]

    @property
    def salt(self) -> bytes:
        return self._header[16:24]

    @property
    def sums(self) -> _Sums:
        return _pair(self._header[24:32])

    @property
    def order(self) -> str:
        return ">" if self._header[3] & 1 else "<"

    @property
    def has_whole_header(self) -> bool:
        magic, _, page_size = struct.unpack(">III", self._header[:12])
        return bool(magic & ~1 == _MAGIC and page_size == PAGE_SIZE and self.summed(self.order) == self.sums)

    def summed(self, order: str) -> _Sums:
        return _summed(self._header[:24], (0, 0), order)

    def fitting(self) -> Iterator[_Frame]:
        """Give the frames that the engine reads: up to the first that does not follow from the one before."""
        if not self.has_whole_header:
            return
        sums = self.sums
        for frame in self.frames:
            if frame.salt != self.salt or not frame.follows(sums, self.order):
                return
            sums = frame.sums
            yield frame


def is_left(database: Path) -> bool:
    """Whether there is a log that nobody has put away; the engine removes it with the last connection.

    Args:
        database: Its file.
    """
    try:
        return _log_of(database).stat().st_size > 0
    except OSError:
        return False


def read(database: Path) -> bytes:
    """Give the content of the log of a database; empty when there is none.

    Raises:
        KnownError: ``no-access``, ``disk-error``.
    """
    with durable_file.explained():
        try:
            return _log_of(database).read_bytes()
        except FileNotFoundError:
            return b""


def committed_pages(content: bytes) -> tuple[dict[int, bytes], int]:
    """Give the pages that a log has committed, and the number of pages of the database then; 0 when it has none."""
    pages: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    count = 0
    for frame in _Log(content).fitting():
        pending[frame.page_number] = frame.page
        if frame.page_count:
            pages.update(pending)
            pending.clear()
            count = frame.page_count
    return pages, count


def lost_commits(content: bytes) -> int:
    """Count the commits that were durable and are lost.

    Args:
        content: Of the log, before anything was written to it or to the database; nobody may have it open.

    Returns:
        At least so many are lost; 0 for a log that is whole, or cut off at its end.
    """
    log = _Log(content)
    if len(log.frames) < 2:
        return 0
    if log.has_whole_header:
        valid, before = 0, log.sums
        for number, frame in enumerate(log.fitting(), 1):
            if frame.page_count:
                valid, before = number, frame.sums
        commits = _commits(log.frames[valid:], log.salt, [before], log.order)
    else:
        commits = max(
            _commits(log.frames, log.frames[0].salt, [log.sums, log.summed(either)], either, is_one_passed=True)
            for either in "<>"
        )
    return max(0, commits - 1)


def _commits(
    frames: Sequence[_Frame], salt: bytes, follows_from: list[_Sums], order: str, *, is_one_passed: bool = False
) -> int:
    """Count the commits among frames of which each follows from the one before, but for one that does not fit.

    Returns:
        0 when there is no such one: the log is whole.
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
        commits += frame.page_count > 0
    return commits if is_one_passed else 0


def _log_of(database: Path) -> Path:
    return database.with_name(f"{database.name}-wal")


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
