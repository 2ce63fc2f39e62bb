# SPDX-License-Identifier: GPL-3.0-or-later
"""Connections: nobody takes the gateway's places away by saying nothing, or by saying it slowly.

A request's header has a deadline. When an address, or everybody together, holds too many connections, the one that has
been silent the longest gives way to the new one; requests under way are never cut.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass, field
from typing import ClassVar, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

_DESCRIPTORS: Final = 8_192
_OWN_DESCRIPTORS: Final = 256
_FEWEST: Final = 64


def allow_descriptors() -> int:
    """Raise this process's limit of open files and sockets as far as it is of use, and give the limit.

    Service managers start programs with 1,024; connections beyond would stop ``accept`` for everybody.
    """
    if sys.platform == "win32":
        return _DESCRIPTORS
    import resource  # not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _DESCRIPTORS if hard == resource.RLIM_INFINITY else min(_DESCRIPTORS, hard)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return wanted
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted


def _places() -> int:
    return max(allow_descriptors() - _OWN_DESCRIPTORS, _FEWEST)


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """What a gateway bears.

    Attributes:
        header_s: Longest time from a connection's or a request's first byte to the end of its header, in seconds.
        per_address: Most connections from one address; a proxy or a commune behind one address has to live with it.
        total: Most connections of all, files and database left aside.
    """

    header_s: float = 10.0
    per_address: int = 256
    total: int = field(default_factory=_places)


def limited_protocol(given: ConnectionLimits) -> type[H11Protocol]:
    """Make the protocol class of a server with these limits."""

    class _WithLimits(_LimitedProtocol):
        limits = given

    return _WithLimits


class _LimitedProtocol(H11Protocol):
    limits: ClassVar[ConnectionLimits]

    _address = ""
    _silent_since = 0.0
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._address = self.client[0] if self.client else ""
        self._silent_since = self.loop.time()
        self._expect_header()
        self._make_room()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._expect_header()
        else:
            self._have_header()

    def connection_lost(self, exc: Exception | None) -> None:
        self._have_header()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        self._silent_since = self.loop.time()
        super().on_response_complete()

    def _expect_header(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self.limits.header_s, self.transport.close)

    def _have_header(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _make_room(self) -> None:
        everybody = [
            connection
            for connection in self.connections
            if isinstance(connection, _LimitedProtocol) and not connection.transport.is_closing()
        ]
        crowd = [connection for connection in everybody if connection._address == self._address]
        if len(crowd) <= self.limits.per_address:
            crowd = everybody
            if len(crowd) <= self.limits.total:
                return
        silent = [connection for connection in crowd if connection.cycle is None or connection.cycle.response_complete]
        min(silent, key=lambda connection: connection._silent_since).transport.close()
