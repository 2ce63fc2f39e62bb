# SPDX-License-Identifier: GPL-3.0-or-later
"""Putting an upgraded file in the place of the old one, so that a power cut leaves one of the two, whole."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from signing.errors import SigningError
from signing.whole_file import whole_file


def replace_file(path: Path, content: bytes, *, expected_sha256: str) -> None:
    """Write beside the old file, bring it to the disk, look that nobody changed the old one, then rename.

    Args:
        path: The old file; it stays as it is until the new one is whole.
        content: Of the new file.
        expected_sha256: Hex digest of the file from which the new one was made.

    Raises:
        SigningError: ``file-changed-meanwhile`` (somebody signed in the meantime: take the step again).
        OSError: The disk; the old file is as it was.
    """
    with whole_file(path) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())  # a large file takes seconds; the look at the old one comes right before the rename
        if os.fstat(file.fileno()).st_size != len(content):
            raise OSError("short write")
        with path.open("rb") as old:
            if hashlib.file_digest(old, "sha256").hexdigest() != expected_sha256.lower():
                raise SigningError("file-changed-meanwhile", retryable=True)
            Path(file.name).chmod(os.fstat(old.fileno()).st_mode & 0o777)
