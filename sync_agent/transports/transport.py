# SPDX-License-Identifier: GPL-3.0-or-later
"""What the courier asks of a line to the gateway, whatever that line is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sync_agent.wire.answers import EnvelopeStored
from sync_agent.wire.enrolment import Registration
from sync_agent.wire.hello import Hello


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload that the gateway has opened.

    Attributes:
        path: Where it is continued.
        offset: Bytes that the gateway holds already.
    """

    path: str
    offset: int


@dataclass(frozen=True, slots=True)
class FetchedReply:
    """What the gateway gave when it was asked for replies.

    Attributes:
        data: A sealed reply, or None when there is nothing new.
        pause_s: Seconds that the gateway wishes to be left alone, or 0.
    """

    data: bytes | None
    pause_s: float


class Transport(Protocol):
    """A line to the gateway.

    Every method raises ``KnownError``. Troubles of one thing: ``envelope-refused``, ``upload-moved`` (the offset is
    another), ``upload-gone`` (begin again), ``object-mismatch``, ``object-refused``. Others are troubles of the line
    and end the round: ``gateway-unreachable``, ``gateway-certificate``, ``proxy-refused``, ``captive-portal``,
    ``gateway-garbled``, ``gateway-error``, ``gateway-busy`` (with ``pause_s`` in its details), ``clock-skew``,
    ``device-unknown``, ``device-revoked`` and so on.
    """

    def hello(self) -> Hello:
        """Prove that the gateway is there."""
        ...

    def register(self, registration: Registration) -> None:
        """Make the workstation's keys known."""
        ...

    def send_envelope(self, data: bytes) -> EnvelopeStored:
        """Hand an envelope over; doing so again changes nothing."""
        ...

    def open_upload(self, transport_id: str, size: int) -> Upload:
        """Open or find the upload of an object."""
        ...

    def upload_offset(self, path: str) -> int:
        """Ask how many bytes of an upload the gateway holds."""
        ...

    def append(self, path: str, offset: int, chunk: bytes) -> int:
        """Add bytes at an offset and give the new one."""
        ...

    def fetch_object(self, transport_id: str, offset: int, length: int) -> bytes:
        """Give a stretch of a stored object, at most ``length`` bytes; ``object-not-held`` when it is not there."""
        ...

    def fetch_reply(self, after: int, limit: int) -> FetchedReply:
        """Ask for the stretch of the feed after a position, at most ``limit`` items of it."""
        ...
