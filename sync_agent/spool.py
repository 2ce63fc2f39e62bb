# SPDX-License-Identifier: GPL-3.0-or-later
"""The spool: a folder of envelopes in which the place of a file tells how far it has got.

``spool/`` holds what the gateway has not got yet, ``spool/delivered/`` envelopes whose objects are still under way,
``spool/sent/`` those that have arrived with all their objects, ``spool/refused/`` those that cannot be delivered. One
rename takes an envelope a step further, so a courier that is killed forgets nothing.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from localdb import durable_file
from sync_agent.data_folder import make_folder

_NAME = re.compile(r"(?P<sequence>[0-9]{12})-(?P<envelope_id>[0-9A-Za-z][0-9A-Za-z._-]{0,127})\.envelope\Z")


class Station(enum.StrEnum):
    """How far an envelope has got; the value is the folder's name."""

    WAITING = ""
    DELIVERED = "delivered"
    SENT = "sent"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SpooledEnvelope:
    """An envelope in the spool.

    Attributes:
        path: Its file.
        first_sequence: ``device_sequence`` of its first operation.
        envelope_id: Its identity.
    """

    path: Path
    first_sequence: int
    envelope_id: str


class Spool:
    """A spool folder; the folders are made when they are missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for station in Station:
            make_folder(folder / station.value)

    def put(self, first_sequence: int, envelope_id: str, data: bytes) -> SpooledEnvelope:
        """File a sealed envelope durably.

        Raises:
            KnownError: ``disk-full``, ``no-access``, ``disk-error``; nothing is left behind.
        """
        path = self._folder / f"{first_sequence:012d}-{envelope_id}.envelope"
        with durable_file.replacing(path) as file:
            file.write(data)
        return SpooledEnvelope(path, first_sequence, envelope_id)

    def envelopes(self, station: Station) -> list[SpooledEnvelope]:
        """List the envelopes of one station in the order of their operations; other files are passed over."""
        found = []
        for path in (self._folder / station.value).iterdir():
            match = _NAME.match(path.name)
            if match:
                found.append(SpooledEnvelope(path, int(match["sequence"]), match["envelope_id"]))
        return sorted(found, key=lambda envelope: (envelope.first_sequence, envelope.path.name))

    def count(self, station: Station) -> int:
        """Count the envelopes of one station."""
        return len(self.envelopes(station))

    def move(self, envelope: SpooledEnvelope, station: Station) -> SpooledEnvelope:
        """Take an envelope to another station, durably, and give it as it lies there.

        What is sent carries the time at which it was; see ``prune``.

        Raises:
            KnownError: ``no-access``, ``disk-error``.
        """
        target = self._folder / station.value / envelope.path.name
        try:
            envelope.path.replace(target)
            if station is Station.SENT:
                os.utime(target)
            durable_file.sync_folder(target.parent)
            durable_file.sync_folder(envelope.path.parent)
        except OSError as error:
            raise durable_file.explain(error) from error
        return dataclasses.replace(envelope, path=target)

    def remove(self, envelope: SpooledEnvelope) -> None:
        """Remove an envelope whose operations will be sealed anew.

        Raises:
            KnownError: ``no-access``, ``disk-error``.
        """
        with durable_file.explained():
            envelope.path.unlink(missing_ok=True)

    def prune(self, before: dt.datetime, keep: Collection[str], limit: int) -> int:
        """Remove envelopes that were sent long ago.

        Args:
            before: Those sent after this moment stay: a gateway that is restored from a backup gets them again.
            keep: ``envelope_id`` of those that hold an operation without an answer; they stay.
            limit: At most so many at once.

        Returns:
            How many were removed.

        Raises:
            KnownError: ``no-access``, ``disk-error``.
        """
        removed = 0
        with durable_file.explained():
            for spooled in self.envelopes(Station.SENT):
                if removed == limit:
                    break
                if spooled.envelope_id not in keep and spooled.path.stat().st_mtime < before.timestamp():
                    spooled.path.unlink(missing_ok=True)
                    removed += 1
        return removed

    def sweep(self) -> int:
        """Remove what a crash left half written and tell how many files that were; the desk does it at start."""
        leftovers = list(self._folder.glob(f".*{durable_file.PART_SUFFIX}"))
        for path in leftovers:
            path.unlink(missing_ok=True)
        return len(leftovers)
