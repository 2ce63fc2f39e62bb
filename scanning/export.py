# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that a person asked for: whole or not at all, readable by this user only, and none in place of another."""

from __future__ import annotations

import contextlib
import itertools
import os
import secrets
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_LONGEST_NAME_BYTES: Final = 230  # of 255; what is added behind it must fit too


def write_export(path: Path, content: bytes) -> None:
    """Write a file in one step, over an older one of the same name.

    Raises:
        OSError: It cannot be written; nothing is left behind then.
    """
    beginning = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        descriptor = os.open(beginning, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        beginning.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        with contextlib.suppress(OSError):
            beginning.unlink()


def document_names(file_names: Iterable[str]) -> dict[str, str]:
    """Give each file of a folder the name of its document, without suffix; no two are alike on any disk.

    A PDF keeps its name, a picture takes its own without suffix, and where that is taken, with it, or with a number.
    Letters that differ in case or in how Unicode composes them are the same on some disks.

    Args:
        file_names: Names in one folder.
    """
    taken: set[str] = set()
    names: dict[str, str] = {}
    for name in sorted(file_names, key=lambda name: (Path(name).suffix.casefold() != ".pdf", name)):
        candidates = itertools.chain((Path(name).stem, name), (f"{name}-{number}" for number in itertools.count(2)))
        for candidate in map(_shortened, candidates):
            key = unicodedata.normalize("NFC", candidate).casefold()
            if key not in taken:
                taken.add(key)
                names[name] = candidate
                break
    return names


def _shortened(name: str) -> str:
    """Replace what is no Unicode, and cut a name that would be too long at the front, where names are most alike."""
    name = os.fsencode(name).decode(errors="replace")
    while len(os.fsencode(name)) > _LONGEST_NAME_BYTES:
        name = name[1:]
    return name
