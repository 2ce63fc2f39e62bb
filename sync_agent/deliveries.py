# SPDX-License-Identifier: GPL-3.0-or-later
"""Envelopes that the gateway has stored, until the last of their objects has followed."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from casework.errors import KnownError
from localdb import durable_file
from sync_agent.spool import Spool, SpooledEnvelope, Station
from sync_agent.upload import Upload
from sync_agent.wire import envelope
from sync_agent.wire.envelope import EnvelopeHeader, ObjectReference

_log = logging.getLogger(__name__)

STUCK_PAUSE_S = 3600.0
"""An object that cannot be sent is tried again after an hour; meanwhile the others go on."""


@dataclass(frozen=True, slots=True)
class _Delivery:
    spooled: SpooledEnvelope
    objects: tuple[ObjectReference, ...]


class Deliveries:
    """What is outstanding, in the order in which it is wanted."""

    def __init__(self, spool: Spool, objects_folder: Path) -> None:
        """Read from the spool what was under way when the courier last stopped.

        What of it has arrived is not known any more; the gateway tells when each upload is opened again.
        """
        self._spool = spool
        self._objects_folder = objects_folder
        self._deliveries: list[_Delivery] = []
        self._missing: dict[str, ObjectReference] = {}
        self._retry_at: dict[str, float] = {}
        self._current: Upload | None = None
        for spooled in spool.envelopes(Station.DELIVERED):
            try:
                with durable_file.explained():
                    data = spooled.path.read_bytes()
                header = envelope.read_header(data)
            except KnownError as error:
                _log.warning("envelope %s can not be read: %s", spooled.envelope_id, error)
                self._set_aside(spooled)
            else:
                self._deliveries.append(_Delivery(spooled, header.objects))
                self._missing.update((reference.transport_id, reference) for reference in header.objects)
        self._finish()

    def stored(self, spooled: SpooledEnvelope, header: EnvelopeHeader, missing: frozenset[str]) -> None:
        """Take over an envelope that the gateway has just stored.

        Args:
            spooled: Where it lies.
            header: Its header.
            missing: ``transport_id`` of the objects that the gateway has not got.
        """
        for reference in header.objects:
            if reference.transport_id in missing:
                self._missing[reference.transport_id] = reference
            else:
                self._missing.pop(reference.transport_id, None)
        self._deliveries.append(_Delivery(self._spool.move(spooled, Station.DELIVERED), header.objects))
        self._finish()

    def current(self, now: float) -> Upload | None:
        """Give the upload to go on with, or None when there is none, or none that can be sent at this time."""
        if self._current is None:
            for transport_id, reference in self._missing.items():
                if self._retry_at.get(transport_id, now) <= now:
                    self._current = Upload(reference, self._objects_folder)
                    break
        return self._current

    def arrived(self, upload: Upload) -> None:
        """Note that an object has arrived whole."""
        self._current = None
        self._missing.pop(upload.reference.transport_id, None)
        self._retry_at.pop(upload.reference.transport_id, None)
        self._finish()

    def stuck(self, upload: Upload, now: float) -> None:
        """Note that an object cannot be sent for now."""
        self._current = None
        self._retry_at[upload.reference.transport_id] = now + STUCK_PAUSE_S

    @property
    def objects_left(self) -> int:
        """Objects that have not arrived."""
        return len(self._missing)

    @property
    def objects_stuck(self) -> int:
        """Objects among them that could not be sent."""
        return len(self._retry_at)

    @property
    def bytes_left(self) -> int:
        """Bytes that have not arrived, as far as is known."""
        total = sum(reference.sealed_size for reference in self._missing.values())
        if self._current is not None:
            total -= self._current.reference.sealed_size - self._current.bytes_left
        return total

    def _set_aside(self, spooled: SpooledEnvelope) -> None:
        """Leave an envelope to the desk, which seals it anew; where even that fails, leave it until the next start."""
        try:
            self._spool.move(spooled, Station.REFUSED)
        except KnownError as error:
            _log.warning("envelope %s stays where it is: %s", spooled.envelope_id, error)

    def _finish(self) -> None:
        """File envelopes that are complete."""
        left = []
        for delivery in self._deliveries:
            if any(reference.transport_id in self._missing for reference in delivery.objects):
                left.append(delivery)
            else:
                self._spool.move(delivery.spooled, Station.SENT)
        self._deliveries = left
