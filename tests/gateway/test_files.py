# SPDX-License-Identifier: GPL-3.0-or-later
"""Links for the portal: a PDF in the clear for those who hold one, for a week."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import urllib3

from gateway.files import PortalFiles
from gateway.folder import open_gateway
from gateway.objects import ObjectStore
from tests.gateway.conftest import RunningGateway, serving
from tests.gateway.desk import PDF, Desk, SealedObject
from tests.gateway.test_contact import refusal

BIG_PDF = PDF + os.urandom(700_000) + b"%%EOF\n"


@pytest.fixture
def own_gateway(tmp_path: Path) -> Iterator[RunningGateway]:
    with serving(tmp_path / "gateway") as running:
        yield running


@pytest.fixture
def clerk(own_gateway: RunningGateway) -> Desk:
    return own_gateway.enrol()


def send(clerk: Desk, pdf: bytes) -> SealedObject:
    dossier = clerk.receive_dossier([pdf])
    clerk.send_dossier(dossier)
    return dossier.objects[0]


def link(gateway: RunningGateway, clerk: Desk, item: SealedObject) -> str:
    with open_gateway(gateway.folder) as opened:
        files = PortalFiles(opened, ObjectStore(opened), gateway.url)
        return files.link(clerk.device_id, item.announced.object_id, dt.datetime.now(dt.UTC))


@pytest.mark.parametrize("pdf", [PDF, BIG_PDF, PDF.ljust(262_144, b"\n"), b""], ids=["small", "big", "even", "empty"])
def test_a_link_gives_the_file_in_the_clear(own_gateway: RunningGateway, clerk: Desk, pdf: bytes) -> None:
    item = send(clerk, pdf)
    clerk.upload(item)
    answer = requests.get(link(own_gateway, clerk, item), timeout=20)
    assert answer.status_code == 200
    assert answer.content == pdf
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert int(answer.headers["Content-Length"]) == len(pdf)


def test_there_is_no_link_before_the_file_is_complete(own_gateway: RunningGateway, clerk: Desk) -> None:
    item = send(clerk, BIG_PDF)
    clerk.append(item, 0, item.content[:1000])
    assert link(own_gateway, clerk, item) == ""


def test_a_link_ends_after_a_week(own_gateway: RunningGateway, clerk: Desk) -> None:
    item = send(clerk, PDF)
    clerk.upload(item)
    url = link(own_gateway, clerk, item)
    own_gateway.clock.error = dt.timedelta(days=6, hours=23)
    assert requests.get(url, timeout=20).status_code == 200
    own_gateway.clock.error = dt.timedelta(days=7, seconds=5)
    assert refusal(requests.get(url, timeout=20), 410) == "link-expired"


def test_a_forged_link_opens_nothing(own_gateway: RunningGateway, clerk: Desk) -> None:
    item = send(clerk, PDF)
    clerk.upload(item)
    url = link(own_gateway, clerk, item)
    base, ticket = url.rsplit("/", 1)
    changed = ticket[:-3] + ("A" if ticket[-3] != "A" else "B") + ticket[-2:]
    for forged in [changed, ticket[:-4], item.announced.transport_id, "%00", "é"]:
        assert refusal(requests.get(f"{base}/{forged}", timeout=20), 404) == "not-found"


def test_a_ticket_of_another_gateway_opens_nothing(own_gateway: RunningGateway, clerk: Desk, tmp_path: Path) -> None:
    item = send(clerk, PDF)
    clerk.upload(item)
    with serving(tmp_path / "other") as other:
        neighbour = other.enrol()
        theirs = send(neighbour, PDF)
        neighbour.upload(theirs)
        ticket = link(other, neighbour, theirs).rsplit("/", 1)[1]
    assert refusal(requests.get(f"{own_gateway.url}/portal-files/{ticket}", timeout=20), 404) == "not-found"


@pytest.mark.expects_log("uvicorn.error", level="ERROR")
@pytest.mark.expects_log("gateway.app", level="ERROR")
def test_a_file_that_rotted_on_the_disk_is_cut_off_before_the_rot(own_gateway: RunningGateway, clerk: Desk) -> None:
    item = send(clerk, BIG_PDF)
    clerk.upload(item)
    url = link(own_gateway, clerk, item)
    name = item.announced.transport_id
    path = own_gateway.folder / "objects" / name[:2] / f"{name}.enc"
    rotten = bytearray(path.read_bytes())
    rotten[400_000] ^= 1
    path.write_bytes(bytes(rotten))
    with requests.get(url, timeout=20, stream=True) as answer:
        received = answer.raw.read(262_144)
        with pytest.raises(urllib3.exceptions.ProtocolError):
            answer.raw.read()
    assert received == BIG_PDF[:262_144]
