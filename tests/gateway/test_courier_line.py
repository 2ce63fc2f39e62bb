# SPDX-License-Identifier: GPL-3.0-or-later
"""The courier's own line and the gateway understand each other."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from casework.errors import KnownError
from sync_agent.transports.https import HttpsTransport
from sync_agent.wire import reply
from tests.gateway.conftest import RunningGateway
from tests.gateway.desk import PDF, Desk, seal_object


@contextmanager
def line(desk: Desk, clock: Callable[[], float] = time.time) -> Iterator[HttpsTransport]:
    transport = HttpsTransport(
        desk.url,
        device_id=desk.device_id,
        signer=desk.signing,
        gateway_sign_public=desk.enrolment.gateway_sign_public,
        clock=clock,
        random_bytes=os.urandom,
    )
    try:
        yield transport
    finally:
        transport.close()


@pytest.fixture
def courier(desk: Desk) -> Iterator[HttpsTransport]:
    with line(desk) as transport:
        transport.hello()
        yield transport


def test_a_whole_round(gateway: RunningGateway) -> None:
    desk = gateway.enrol_only()
    dossier = desk.receive_dossier([PDF * 20_000])
    item = dossier.objects[0]
    with line(desk) as courier:
        courier.hello()
        courier.register(desk.registration())
        stored = courier.send_envelope(desk.seal(dossier.operations, dossier.objects))
        assert stored.missing_objects == (item.announced.transport_id,)
        upload = courier.open_upload(item.announced.transport_id, len(item.content))
        assert upload.offset == 0
        offset = courier.append(upload.path, 0, item.content[:300_000])
        assert courier.upload_offset(upload.path) == offset == 300_000
        assert courier.append(upload.path, offset, item.content[offset:]) == len(item.content)
        assert courier.open_upload(item.announced.transport_id, len(item.content)).offset == len(item.content)
        fetched = courier.fetch_reply(0, 2)
        assert fetched.data is not None
        header = reply.verify(fetched.data, desk.enrolment.gateway_sign_public)
        assert (header.after, header.upto) == (0, 2)
        held = len(dossier.operations) + 1  # the last news: the object is here whole
        assert courier.fetch_reply(held - 1, 100).data is not None
        assert courier.fetch_reply(held, 100).data is None


def test_a_desk_whose_clock_is_off_by_years_is_served(desk: Desk) -> None:
    with line(desk, clock=lambda: time.time() - 5 * 365 * 86_400) as courier:
        courier.hello()
        assert courier.send_envelope(desk.seal(desk.receive_dossier().operations)).missing_objects == ()


def test_what_the_gateway_refuses_has_the_name_that_the_courier_acts_upon(
    gateway: RunningGateway, desk: Desk, courier: HttpsTransport
) -> None:
    item = seal_object(PDF)
    dossier = desk.receive_dossier([PDF])
    sealed = desk.seal(dossier.operations, dossier.objects)
    courier.send_envelope(sealed)
    announced = dossier.objects[0]
    path = f"/v1/objects/{announced.announced.transport_id}"
    stranger = gateway.enrol_only()
    with line(stranger) as unknown:
        unknown.hello()
        refusals: dict[str, Callable[[], object]] = {
            "envelope-refused": lambda: courier.send_envelope(sealed[:-1] + b"x"),
            "object-refused": lambda: courier.open_upload(item.announced.transport_id, len(item.content)),
            "upload-moved": lambda: courier.append(path, 7, b"x"),
            "upload-gone": lambda: courier.upload_offset(f"/v1/objects/{'0' * 64}"),
            "feed-behind": lambda: courier.fetch_reply(1_000, 100),
            "device-unknown": lambda: unknown.fetch_reply(0, 100),
        }
        found = {}
        for name, ask in refusals.items():
            with pytest.raises(KnownError) as caught:
                ask()
            found[name] = caught.value.code
    assert found == {name: name for name in refusals}


@pytest.mark.expects_log("gateway.objects")
def test_an_object_that_was_spoilt_on_its_way_is_sent_again(desk: Desk, courier: HttpsTransport) -> None:
    dossier = desk.receive_dossier([PDF])
    item = dossier.objects[0]
    courier.send_envelope(desk.seal(dossier.operations, dossier.objects))
    upload = courier.open_upload(item.announced.transport_id, len(item.content))
    with pytest.raises(KnownError) as caught:
        courier.append(upload.path, 0, bytes(len(item.content)))
    assert (caught.value.code, caught.value.retryable) == ("object-mismatch", True)
    assert courier.open_upload(item.announced.transport_id, len(item.content)).offset == 0
    assert courier.append(upload.path, 0, item.content) == len(item.content)
