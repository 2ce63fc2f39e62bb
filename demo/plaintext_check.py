# SPDX-License-Identifier: GPL-3.0-or-later
"""Look for a person's name or number, or for a secret, in every encoding that a program is likely to leave behind.

The check is deliberately blunt: it reads every byte of every file, knows nothing of file formats that are encrypted,
opens whatever is compressed, and treats a readable picture or PDF as a leak in itself, because its pixels cannot be
searched.

Closing a file drops the locks that this process has on it, and with them those of an open database. So whoever has a
store open lets a program of its own search (``find_leaks_apart``): ``python -m demo.plaintext_check`` reads from its
standard input what to search for, because a command line could be seen.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import subprocess
import sys
import unicodedata
import urllib.parse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from casework.text import fold
from demo.compressed_content import streams

_CHUNK = 1 << 20
_LARGEST_OPENED = 256 << 20
_SHORTEST_TEXT = 6
_SHORTEST_KEY = 16
_READABLE_PICTURES = {
    b"%PDF-": "readable PDF",
    b"\xff\xd8\xff": "readable JPEG",
    b"\x89PNG": "readable PNG",
    b"II*\x00": "readable TIFF",
    b"MM\x00*": "readable TIFF",
    b"PK\x03\x04": "readable archive",
}
_READABLE_ANYWHERE = {
    b"%pdf-1.": "readable PDF inside",
    b"\x89png\r\n\x1a\n": "readable PNG inside",
    b"\x00\x10jfif\x00": "readable JPEG inside",
}
"""Long enough not to come up by chance; lower case, as everything that is searched."""


@dataclass(frozen=True, slots=True)
class Leak:
    """Something readable where nothing readable may be.

    Attributes:
        path: The file.
        found: What was found: the encoding of the text, or the kind of readable file; never the text itself.
    """

    path: Path
    found: str


class Traces:
    """Names, numbers and secrets in every spelling."""

    def __init__(self, texts: Sequence[str], keys: Sequence[bytes] = ()) -> None:
        """Spell them out.

        Args:
            texts: Names, numbers, passwords, PINs, at least 6 characters each, or chance matches would drown the check.
            keys: Keys as they are in memory, at least 16 bytes each.

        Raises:
            ValueError: A text or a key is too short.
        """
        if any(len(text) < _SHORTEST_TEXT for text in texts):
            raise ValueError("a text of fewer than 6 characters matches by chance")
        if any(len(key) < _SHORTEST_KEY for key in keys):
            raise ValueError("a key of fewer than 16 bytes matches by chance")
        self._texts, self._keys = tuple(texts), tuple(keys)
        needles = {needle.lower(): name for text in texts for name, needle in _spellings(text)}
        needles |= {needle.lower(): name for key in keys for name, needle in _key_spellings(key)}
        self._needles = needles | _READABLE_ANYWHERE
        self.overlap = max(map(len, self._needles)) - 1

    def found_in(self, content: bytes) -> str:
        """Give the name of the first spelling that is in the content, or an empty text."""
        content = content.lower()
        return next((name for needle, name in self._needles.items() if needle in content), "")

    def found_packed_in(self, content: bytes) -> str:
        """Give what is found in the compressed streams of some content, streams within streams included."""
        for kind, opened in streams(content):
            found = _kind_of_picture(opened) or self.found_in(opened)
            if found:
                return f"{found}, in {kind}"
        return ""

    def to_json(self) -> dict[str, list[str]]:
        """Write them for another program."""
        return {"texts": list(self._texts), "keys": [key.hex() for key in self._keys]}


def find_leaks(folders: Iterable[Path], texts: Sequence[str], keys: Sequence[bytes] = ()) -> tuple[Leak, ...]:
    """Search folders for texts and keys; not for folders of a store that this program has open.

    Args:
        folders: Searched whole, links not followed; a folder that does not exist is empty.
        texts: See ``Traces``.
        keys: See ``Traces``.

    Raises:
        ValueError: A text or a key is too short.
    """
    traces = Traces(texts, keys)
    return tuple(Leak(path, found) for folder in folders for path in _files(folder) if (found := _search(path, traces)))


def find_leaks_apart(folders: Iterable[Path], texts: Sequence[str], keys: Sequence[bytes] = ()) -> tuple[Leak, ...]:
    """Do the same as ``find_leaks`` in a program of its own, so that an open store keeps its locks."""
    orders = {"folders": [str(folder.absolute()) for folder in folders], **Traces(texts, keys).to_json()}
    answer = subprocess.run(
        [sys.executable, "-m", "demo.plaintext_check"],
        input=json.dumps(orders).encode(),
        stdout=subprocess.PIPE,
        check=True,
        cwd=Path(__file__).parent.parent,
    ).stdout
    return tuple(Leak(Path(path), found) for path, found in json.loads(answer))


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


def _search(path: Path, traces: Traces) -> str:
    if found := traces.found_in(os.fsencode(path.name)):
        return f"{found}, in the name"
    tail = b""
    with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if not tail and (found := _kind_of_picture(chunk)):
                return found
            window = tail + chunk
            if found := traces.found_in(window):
                return found
            tail = window[-traces.overlap :]
        if file.tell() <= _LARGEST_OPENED:
            file.seek(0)
            return traces.found_packed_in(file.read(_LARGEST_OPENED))
    return ""


def _kind_of_picture(content: bytes) -> str:
    return next((name for magic, name in _READABLE_PICTURES.items() if content.startswith(magic)), "")


def _spellings(text: str) -> Iterator[tuple[str, bytes]]:
    """Give every spelling and encoding of a text, each with its name.

    Searching is done on ASCII-lower-cased bytes, so upper and lower case of accented letters are spelled out here.
    """
    forms = {
        "as written": text,
        "upper case": text.upper(),
        "lower case": text.lower(),
        "without accents": fold(text),
        "run together": fold(text).replace(" ", ""),
        "with underscores": fold(text).replace(" ", "_"),
        "with hyphens": fold(text).replace(" ", "-"),
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
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            yield f"{form_name}, hexadecimal, {encoding}", composed.encode(encoding).hex().encode()
        yield from ((f"{form_name}, base64", part) for part in _base64_alignments(composed.encode()))


def _base64_alignments(content: bytes) -> Iterator[bytes]:
    """Give the part of the base64 text that does not depend on what stands before and after, for each alignment."""
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + content).rstrip(b"=")
        unstable_head = (shift * 8 + 5) // 6
        stable = encoded[unstable_head : len(encoded) - 1]
        if len(stable) >= 6:
            yield stable


def _key_spellings(key: bytes) -> Iterator[tuple[str, bytes]]:
    """Give the forms in which a key is written down."""
    yield "key, as it is", key
    yield "key, JSON numbers", ", ".join(map(str, key)).encode()
    yield "key, JSON numbers", ",".join(map(str, key)).encode()
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield f"key, hexadecimal, {encoding}", key.hex().encode(encoding)
    for part in _base64_alignments(key):
        yield "key, base64", part
        yield "key, base64 for addresses", part.replace(b"+", b"-").replace(b"/", b"_")


def main() -> None:
    """Search as the standard input says; answer with a list of path and finding."""
    orders = json.load(sys.stdin)
    keys = [bytes.fromhex(key) for key in orders["keys"]]
    leaks = find_leaks([Path(folder) for folder in orders["folders"]], orders["texts"], keys)
    json.dump([[str(leak.path), leak.found] for leak in leaks], sys.stdout)


if __name__ == "__main__":
    main()
