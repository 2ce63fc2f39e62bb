# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects that the desk wants back: a folder of wishes that it writes, and a folder of files that the courier fills.

A wish is a file named after the ``transport_id``. What was fetched lies under the same name in ``inbox/objects/``:
whole and with the right hash, or a word why it could not be had. The desk takes both away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from casework.errors import KnownError
from localdb import durable_file
from sync_agent.data_folder import DataFolder, make_folder
from sync_agent.wire.canonical_json import dump
from sync_agent.wire.json_fields import JsonFields

_NAME = re.compile(r"[0-9a-f]{64}\Z")
_WHOLE, _PART, _REFUSED = ".enc", ".part", ".refused"


@dataclass(frozen=True, slots=True)
class Wish:
    """An object that the desk wants back.

    Attributes:
        transport_id: SHA-256 of its sealed file.
        object_id: As the desk names it.
        sealed_size: Bytes of that file.
    """

    transport_id: str
    object_id: str
    sealed_size: int


class WantedObjects:
    """Both folders; made when they are missing."""

    def __init__(self, folder: DataFolder) -> None:
        self._wishes = folder.wanted
        self._arrived = folder.arrived_objects
        make_folder(self._wishes)
        make_folder(self._arrived)

    def want(self, wish: Wish) -> None:
        """Ask for an object, durably; what stood in the way before may have passed.

        Raises:
            KnownError: ``disk-full``, ``no-access``, ``disk-error``.
        """
        self.note_refused(wish.transport_id, "")
        with durable_file.replacing(self._wishes / wish.transport_id) as file:
            file.write(dump({"object_id": wish.object_id, "sealed_size": wish.sealed_size}))

    def is_wanted(self, transport_id: str) -> bool:
        """Tell whether somebody asked for an object and has not got it yet."""
        return (self._wishes / transport_id).exists()

    def wishes(self) -> list[Wish]:
        """List what is wanted, the oldest wish first; other files are passed over."""
        found = []
        for path in self._wishes.iterdir():
            if not _NAME.match(path.name):
                continue
            try:
                fields = JsonFields.of_bytes(path.read_bytes(), "wish-damaged")
                wish = Wish(path.name, fields.digest("object_id"), fields.integer("sealed_size"))
                found.append((path.stat().st_mtime_ns, wish))
            except FileNotFoundError:
                continue
            except KnownError:
                path.unlink(missing_ok=True)
        return [wish for _asked_at, wish in sorted(found, key=lambda entry: (entry[0], entry[1].transport_id))]

    def forget(self, transport_id: str) -> None:
        """Take a wish away, with whatever came of it.

        Raises:
            KnownError: ``no-access``, ``disk-error``.
        """
        with durable_file.explained():
            (self._wishes / transport_id).unlink(missing_ok=True)
            for path in (self.whole(transport_id), self.part(transport_id)):
                path.unlink(missing_ok=True)
            self._refused(transport_id).unlink(missing_ok=True)

    def whole(self, transport_id: str) -> Path:
        """Where an object lies that was fetched."""
        return self._arrived / f"{transport_id}{_WHOLE}"

    def part(self, transport_id: str) -> Path:
        """Where an object grows that is being fetched."""
        return self._arrived / f"{transport_id}{_PART}"

    def note_refused(self, transport_id: str, code: str) -> None:
        """Write down why an object can not be had for now; nothing stands in the way when the code is empty.

        Raises:
            KnownError: ``disk-full``, ``no-access``, ``disk-error``.
        """
        path = self._refused(transport_id)
        with durable_file.explained():
            if code:
                path.write_text(code, encoding="ascii")
            else:
                path.unlink(missing_ok=True)

    def refusal(self, transport_id: str) -> str:
        """Give the code why an object could not be had, or nothing."""
        try:
            return self._refused(transport_id).read_text(encoding="ascii")
        except (FileNotFoundError, UnicodeDecodeError):
            return ""

    def sweep(self) -> int:
        """Remove what was fetched for wishes that are gone and tell how many files; the courier does it at start."""
        wanted = {wish.transport_id for wish in self.wishes()}
        leftovers = [path for path in self._arrived.iterdir() if path.stem not in wanted]
        for path in leftovers:
            path.unlink(missing_ok=True)
        return len(leftovers)

    def _refused(self, transport_id: str) -> Path:
        return self._arrived / f"{transport_id}{_REFUSED}"
