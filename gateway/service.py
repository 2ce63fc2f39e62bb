# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that the routes of one running gateway share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request

from gateway.files import PortalFiles
from gateway.folder import Gateway
from gateway.objects import ObjectStore
from gateway.relay import Relay


@dataclass(frozen=True, slots=True)
class Service:
    """A running gateway.

    Attributes:
        gateway: Its folder, keys and database.
        objects: Its uploads and objects.
        files: Its links for the portal.
        relay: Its way to the portal, or None while none is set.
        now: The clock; aware dates and times.
    """

    gateway: Gateway
    objects: ObjectStore
    files: PortalFiles
    relay: Relay | None
    now: Callable[[], dt.datetime]

    def wake_relay(self) -> None:
        """Say that the portal may have to hear something."""
        if self.relay is not None:
            self.relay.wake()


def service_of(request: Request) -> Service:
    """Give the running gateway that a request came to."""
    service = request.app.state.service
    assert isinstance(service, Service)  # noqa: S101 — create_app put it there; this tells the type checker
    return service
