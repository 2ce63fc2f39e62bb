# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that a person asked for: whole or not at all, and readable by this user only."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def write_export(path: Path, content: bytes) -> None:
    """Write a file in one step, over an older one of the same name.

    Raises:
        OSError: It cannot be written; nothing is left behind then.
    """
    beginning = path.with_name(f".{path.name}.part")
    descriptor = os.open(beginning, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        beginning.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            beginning.unlink()
        raise
