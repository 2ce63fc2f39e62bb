# SPDX-License-Identifier: GPL-3.0-or-later
"""A private folder that lies in memory, for a program that insists on files: a page must never touch a disk.

Only a mount of type tmpfs or ramfs counts; a folder that merely has the usual name may lie on a disk. The folder is
locked while it is in use, so that the next one can sweep away what a killed program left, and nothing else.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from scanning.errors import ScanningError

_MOUNTS: Final = Path("/proc/self/mountinfo")
_IN_MEMORY: Final = frozenset({"tmpfs", "ramfs"})
_PREFIX: Final = "motcua-ocr-"
# A folder is locked right after it is made; one that young and not locked may be about to be.
_SURELY_LEFT_SECONDS: Final = 60.0
_OCTAL_ESCAPE: Final = re.compile(r"\\([0-7]{3})")


class MemoryFolder:
    """A folder of mode 0700 in memory; gone with everything in it when it is closed."""

    def __init__(self, places: Sequence[Path] | None = None) -> None:
        """Make the folder.

        Args:
            places: Where it may lie; the first that is in memory and can be written is taken. The usual ones by
                default.

        Raises:
            ScanningError: ``ocr-needs-memory-folder``.
        """
        made = next(filter(None, map(_made_in, _usual_places() if places is None else places)), None)
        if made is None:
            raise ScanningError("ocr-needs-memory-folder")
        self.path, self._lock = made

    def close(self) -> None:
        """Remove the folder; a second time does nothing."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def lies_in_memory(place: Path, mounts: Path = _MOUNTS) -> bool:
    """Say whether a folder lies on a file system that has no disk.

    Args:
        place: The folder.
        mounts: The table of mounts (proc_pid_mountinfo(5)); a machine without one has no such folder.
    """
    try:
        rows = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
        wanted = place.resolve(strict=True)
    except OSError:
        return False
    best: tuple[int, str] = (-1, "")
    for row in rows:
        fields, _, kind = row.partition(" - ")
        point = Path(_OCTAL_ESCAPE.sub(lambda match: chr(int(match[1], 8)), fields.split(" ")[4]))
        # Of two mounts on one point the later one lies on top.
        if wanted.is_relative_to(point) and len(point.parts) >= best[0]:
            best = len(point.parts), kind.split(" ")[0]
    return best[1] in _IN_MEMORY


def _made_in(place: Path) -> tuple[Path, int | None] | None:
    """Make a folder and lock it; ``None`` where it would lie on a disk or cannot be made."""
    if not lies_in_memory(place):
        return None
    try:
        _sweep(place)
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
        return folder, _locked(folder)
    except OSError:
        return None


def _usual_places() -> Iterator[Path]:
    if own := os.environ.get("XDG_RUNTIME_DIR"):
        yield Path(own)
    yield Path("/dev/shm")  # noqa: S108 — a private folder is made in it


def _sweep(place: Path) -> None:
    """Remove folders of programs that were killed."""
    long_ago = time.time() - _SURELY_LEFT_SECONDS
    for folder in place.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if folder.stat().st_mtime < long_ago and (lock := _locked(folder)) is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(lock)


def _locked(folder: Path) -> int | None:
    """Lock a folder and give the descriptor that holds the lock; ``None`` where there are no such locks.

    Raises:
        OSError: Somebody else holds it.
    """
    if sys.platform == "win32":
        return None
    import fcntl  # not on Windows

    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
