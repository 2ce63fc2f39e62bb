# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the wire and the courier share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.records.workplace import Unit
from demo.national_portal import NationalPortal
from sync_agent.configuration import CourierConfiguration
from sync_agent.data_folder import DataFolder
from sync_agent.device_key import FileKeyStore, KeyPlace
from sync_agent.portals.mapi import MapiAccount
from sync_agent.wire.enrolment import Enrolment, Registration
from tests.sync_agent.material import COMMUNE, DEVICE, Keyring
from tests.sync_agent.open_desk import OpenDesk
from tests.sync_agent.province import Province
from tests.sync_agent.small_gateway import SmallGateway
from tests.sync_agent.test_with_the_gateway import desk_at, serving


@pytest.fixture(scope="session")
def keyring() -> Keyring:
    return Keyring()


@pytest.fixture
def gateway(keyring: Keyring) -> Iterator[SmallGateway]:
    """A gateway that is running and knows nobody yet."""
    with SmallGateway(keyring).served() as gateway:
        yield gateway


@pytest.fixture
def folder(tmp_path: Path, keyring: Keyring, gateway: SmallGateway) -> DataFolder:
    """The data folder of a workstation that is enrolled at the gateway and has sent nothing yet."""
    folder = DataFolder(tmp_path / "data")
    folder.objects.mkdir(parents=True)
    FileKeyStore(folder.device_key).save(DEVICE, keyring.device)
    CourierConfiguration(
        commune=COMMUNE,
        gateway_urls=(gateway.url,),
        gateway_sign_public=keyring.gateway_sign_public,
        key_place=KeyPlace.FILE,
        registration=Registration(DEVICE, gateway.one_time_code, keyring.device_public, keyring.reply_public),
    ).save(folder)
    return folder


@pytest.fixture
def enrolment(keyring: Keyring) -> Enrolment:
    """The file that IT handed out for the desk."""
    return Enrolment(
        device_id=DEVICE,
        lineage=DEVICE,
        slot=1,
        unit=Unit("H56.14", "Trung tâm PVHCC xã Tân Lập", "UBND XÃ TÂN LẬP", "Tân Lập", COMMUNE),
        one_time_code="ABCD-EFGH",
        gateway_urls=("http://127.0.0.1:1",),
        gateway_seal_public=keyring.gateway_seal_public,
        gateway_sign_public=keyring.gateway_sign_public,
        commune_seal_private=keyring.commune.private_bytes_raw(),
        commune_seal_public=keyring.commune_public,
    )


@pytest.fixture
def desk(tmp_path: Path, enrolment: Enrolment) -> Iterator[OpenDesk]:
    """A desk with a real store, enrolled, that has sent nothing yet."""
    desk = OpenDesk.create(tmp_path / "data", enrolment)
    yield desk
    desk.store.close()


@pytest.fixture
def province(tmp_path: Path) -> Iterator[Province]:
    """A gateway that runs, with a portal behind it."""
    with NationalPortal({"1.001193"}) as portal:
        account = MapiAccount(portal.url, portal.username, portal.password)
        with serving(tmp_path / "gateway", account) as url:
            yield Province(tmp_path / "gateway", url, portal)


@pytest.fixture
def first(tmp_path: Path, province: Province) -> Iterator[OpenDesk]:
    """The first desk of a lineage, enrolled at the province's gateway."""
    with desk_at(tmp_path / "data", province.folder, province.url) as desk:
        yield desk
