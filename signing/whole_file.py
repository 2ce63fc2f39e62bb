# SPDX-License-Identifier: GPL-3.0-or-later
"""A file that is written whole or not at all, whatever happens to program or machine meanwhile."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Write beside a file, and put it in its place at the end; after an exception the old one is as it was.

    After a kill an unfinished ``.name.*`` may be left beside it. The new file is the owner's alone unless its mode is
    changed inside.

    Raises:
        OSError: The disk; the old file is as it was.
    """
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        unfinished = Path(file.name)
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            file.close()
            with contextlib.suppress(OSError):
                unfinished.unlink()
            raise
    unfinished.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """See that names of new files in a folder survive a power cut (where the system wants to be told)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
