# SPDX-License-Identifier: GPL-3.0-or-later
"""Running a gateway: one process, its own listening socket, the relay beside the routes."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import uvicorn
from fastapi import FastAPI

from gateway.app import create_app
from gateway.connections import ConnectionLimits, limited_protocol
from gateway.files import PortalFiles
from gateway.folder import open_gateway, serving_place
from gateway.held_objects import tell_all_held
from gateway.objects import ObjectStore
from gateway.relay import Backoff, Relay
from gateway.service import Service
from sync_agent.portals.mapi import MapiAccount, MapiPortal

_BACKLOG: Final = 512
_LAST_REQUESTS_S: Final = 10
_IDLE_CONNECTION_S: Final = 30


@dataclass(frozen=True, slots=True)
class Settings:
    """How a gateway is to run.

    Attributes:
        folder: Its folder.
        portal: The portal account, or None to keep the dossiers until one is set.
        public_url: Where the portal reaches this gateway; empty for the address that it listens on.
        backoff: How the relay rests when the portal is in trouble.
    """

    folder: Path
    portal: MapiAccount | None = None
    public_url: str = ""
    backoff: Backoff = field(default_factory=Backoff)


def listen(host: str, port: int) -> socket.socket:
    """Open the listening socket; with port 0 the system chooses one. Clients may connect from now on.

    Raises:
        OSError: The address is taken or not ours.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    # asyncio turns Nagle's delay off only on sockets that say they are TCP; without it each answer waits 40 ms.
    return socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, fileno=listener.detach())


def address(listener: socket.socket) -> str:
    """Give the base URL of a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextmanager
def built_app(settings: Settings, url: str, now: Callable[[], dt.datetime]) -> Iterator[FastAPI]:
    """Put a gateway together; its folder is closed when the block ends.

    Args:
        settings: How it is to run.
        url: The address that it listens on.
        now: The clock.

    Raises:
        KnownError: ``gateway-already-running``, or as :func:`gateway.folder.open_gateway`.
    """
    with serving_place(settings.folder), open_gateway(settings.folder) as gateway:
        objects = ObjectStore(gateway)
        tell_all_held(gateway, now())
        files = PortalFiles(gateway, objects, (settings.public_url or url).rstrip("/"))
        if settings.portal is None:
            yield create_app(Service(gateway, objects, files, None, now))
            return
        portal = MapiPortal(settings.portal)
        try:
            relay = Relay(
                gateway, files, portal, now=now, chance=random.SystemRandom().random, backoff=settings.backoff
            )
            yield create_app(Service(gateway, objects, files, relay, now))
        finally:
            portal.close()


def make_server(app: FastAPI, limits: ConnectionLimits | None = None) -> uvicorn.Server:
    """Wrap the application into a server that logs no addresses: they hold tickets.

    Args:
        app: The application.
        limits: What it bears; as much as the system lets it, without.
    """
    config = uvicorn.Config(
        app,
        http=limited_protocol(limits or ConnectionLimits()),
        ws="none",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_keep_alive=_IDLE_CONNECTION_S,
        timeout_graceful_shutdown=_LAST_REQUESTS_S,
    )
    return uvicorn.Server(config)


def write_ready_file(path: Path, url: str) -> None:
    """Tell whoever started us, in one whole file, where we listen: JSON with ``url`` and ``pid``."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"url": url, "pid": os.getpid()}, file)
    Path(temporary).replace(path)
