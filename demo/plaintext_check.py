# SPDX-License-Identifier: GPL-3.0-or-later
"""Look for a person's name or number on disk, in every encoding that a program is likely to leave behind.

The check is deliberately blunt: it reads every byte of every file, knows nothing of file formats that are encrypted,
and treats a readable picture or PDF as a leak in itself, because its pixels cannot be searched.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import unicodedata
import urllib.parse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from casework.text import fold

_CHUNK = 1 << 20
_READABLE_PICTURES = {
    b"%PDF-": "readable PDF",
    b"\xff\xd8\xff": "readable JPEG",
    b"\x89PNG": "readable PNG",
    b"II*\x00": "readable TIFF",
    b"MM\x00*": "readable TIFF",
    b"PK\x03\x04": "readable archive",
}


@dataclass(frozen=True, slots=True)
class Leak:
    """Something readable where nothing readable may be.

    Attributes:
        path: The file.
        found: What was found: the encoding of the text, or the kind of readable file; never the text itself.
    """

    path: Path
    found: str


def find_leaks(folders: Iterable[Path], texts: Sequence[str]) -> tuple[Leak, ...]:
    """Search folders for texts.

    Args:
        folders: Searched whole, links not followed; a folder that does not exist is empty.
        texts: Names and numbers, at least 6 characters each, or chance matches would drown the check.

    Raises:
        ValueError: A text is shorter than 6 characters.
    """
    if any(len(text) < 6 for text in texts):
        raise ValueError("a text of fewer than 6 characters matches by chance")
    needles = {needle.lower(): name for text in texts for name, needle in _spellings(text)}
    return tuple(
        Leak(path, found) for folder in folders for path in _files(folder) if (found := _search(path, needles))
    )


def _files(folder: Path) -> Iterator[Path]:
    """Give the files below a folder in which programs may be at work: what goes away meanwhile is passed over."""
    for place, folders, names in os.walk(folder, onerror=_refuse):
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            if path.is_file() and not path.is_symlink():
                yield path


def _refuse(error: OSError) -> None:
    """A folder that cannot be looked into is no clean one."""
    if not isinstance(error, FileNotFoundError):
        raise error


def _search(path: Path, needles: dict[bytes, str]) -> str:
    overlap = max(map(len, needles)) - 1
    tail = b""
    with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if not tail:
                for magic, name in _READABLE_PICTURES.items():
                    if chunk.startswith(magic):
                        return name
            window = (tail + chunk).lower()
            for needle, name in needles.items():
                if needle in window:
                    return name
            tail = window[-overlap:]
    return ""


def _spellings(text: str) -> Iterator[tuple[str, bytes]]:
    """Give every spelling and encoding of a text, each with its name.

    Searching is done on ASCII-lower-cased bytes, so upper and lower case of accented letters are spelled out here.
    """
    forms = {
        "as written": text,
        "upper case": text.upper(),
        "lower case": text.lower(),
        "without accents": fold(text),
    }
    for form_name, form in forms.items():
        composed = unicodedata.normalize("NFC", form)
        decomposed = unicodedata.normalize("NFD", form)
        for text_name, encoded in (("", composed), (", decomposed", decomposed)):
            for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le"):
                yield f"{form_name}{text_name}, {encoding}", encoded.encode(encoding)
        yield f"{form_name}, JSON escapes", json.dumps(composed)[1:-1].encode()
        yield f"{form_name}, percent escapes", urllib.parse.quote(composed).encode()
        yield f"{form_name}, form escapes", urllib.parse.quote_plus(composed).encode()
        yield f"{form_name}, hexadecimal", composed.encode().hex().encode()
        yield from ((f"{form_name}, base64", part) for part in _base64_alignments(composed.encode()))


def _base64_alignments(content: bytes) -> Iterator[bytes]:
    """Give the part of the base64 text that does not depend on what stands before and after, for each alignment."""
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + content).rstrip(b"=")
        unstable_head = (shift * 8 + 5) // 6
        stable = encoded[unstable_head : len(encoded) - 1]
        if len(stable) >= 6:
            yield stable
