# SPDX-License-Identifier: GPL-3.0-or-later
"""A courier that runs in the test's own process, and where its envelopes lie afterwards."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sync_agent.configuration import CourierConfiguration
from sync_agent.courier import Courier, Until
from sync_agent.data_folder import DataFolder, make_folder
from sync_agent.device_key import FileKeyStore
from sync_agent.spool import Spool, Station
from sync_agent.transports.https import HttpsTransport
from tests.sync_agent.material import moment


@contextmanager
def courier_of(folder: DataFolder, uniform: Callable[[], float] = lambda: 0.0) -> Iterator[Courier]:
    """A courier as the program makes it, but with a die that never makes it wait long."""
    make_folder(folder.courier)
    configuration = CourierConfiguration.load(folder)
    transports = [
        HttpsTransport(
            url,
            device_id=configuration.device_id,
            signer=FileKeyStore(folder.device_key).load(configuration.device_id),
            gateway_sign_public=configuration.gateway_sign_public,
            clock=time.time,
            random_bytes=os.urandom,
        )
        for url in configuration.gateway_urls
    ]
    try:
        yield Courier(folder, configuration, transports, now=moment, steady=time.monotonic, uniform=uniform)
    finally:
        for transport in transports:
            transport.close()


def run(folder: DataFolder, until: Until = Until.IDLE) -> Courier:
    with courier_of(folder) as courier:
        courier.run(until)
        return courier


def stations(folder: DataFolder) -> dict[Station, int]:
    return {station: Spool(folder.spool).count(station) for station in Station}


def all_sent(count: int) -> dict[Station, int]:
    return {Station.WAITING: 0, Station.DELIVERED: 0, Station.SENT: count, Station.REFUSED: 0}
