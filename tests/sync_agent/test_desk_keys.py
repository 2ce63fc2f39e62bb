# SPDX-License-Identifier: GPL-3.0-or-later
"""The keys of an enrolled desk: made once, kept, and missed by name."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import pytest

from casework.errors import KnownError
from localdb.key_file import StoreKeys
from localdb.store import Store
from sync_agent import desk_keys
from sync_agent.configuration import CourierConfiguration
from sync_agent.data_folder import DataFolder
from sync_agent.wire.enrolment import Enrolment
from tests.sync_agent.open_desk import OpenDesk


def test_enrolling_twice_with_the_same_file_changes_nothing(desk: OpenDesk, enrolment: Enrolment) -> None:
    before = desk_keys.load(desk.store, desk.folder)
    configuration = CourierConfiguration.load(desk.folder)
    desk_keys.enrol(desk.store, desk.folder, enrolment)
    after = desk_keys.load(desk.store, desk.folder)
    assert after.signer.private_bytes_raw() == before.signer.private_bytes_raw()
    assert after.reply_private.private_bytes_raw() == before.reply_private.private_bytes_raw()
    assert CourierConfiguration.load(desk.folder) == configuration


def test_a_renewed_enrolment_brings_another_code_and_leaves_the_keys(desk: OpenDesk, enrolment: Enrolment) -> None:
    before = CourierConfiguration.load(desk.folder)
    renewed = dataclasses.replace(enrolment, one_time_code="NEW-CODE", gateway_sign_public=bytes(32))
    for _ in range(2):
        desk_keys.enrol(desk.store, desk.folder, renewed)
        registration = dataclasses.replace(before.registration, one_time_code="NEW-CODE")
        assert CourierConfiguration.load(desk.folder) == dataclasses.replace(before, registration=registration)


def test_a_lost_courier_configuration_is_written_anew(desk: OpenDesk) -> None:
    configuration = CourierConfiguration.load(desk.folder)
    for content in (None, b"", b'{"version":1}'):
        desk.folder.courier_configuration.unlink()
        if content is not None:
            desk.folder.courier_configuration.write_bytes(content)
        desk_keys.load(desk.store, desk.folder)
        assert CourierConfiguration.load(desk.folder) == configuration


def test_a_courier_configuration_in_which_a_bit_turned_over_is_written_anew(desk: OpenDesk) -> None:
    configuration = CourierConfiguration.load(desk.folder)
    content = desk.folder.courier_configuration.read_bytes()
    desk.folder.courier_configuration.write_bytes(content.replace(b"127.0.0.1", b"127.0.0.3"))
    assert CourierConfiguration.load(desk.folder) != configuration
    desk_keys.load(desk.store, desk.folder)
    assert CourierConfiguration.load(desk.folder) == configuration


def test_a_device_key_in_which_a_bit_turned_over_is_not_used(desk: OpenDesk) -> None:
    device_id, key = desk.folder.device_key.read_text().split()
    turned = ("B" if key[5] == "A" else "A").join((key[:5], key[6:]))
    desk.folder.device_key.write_text(f"{device_id}\n{turned}\n")
    with pytest.raises(KnownError) as caught:
        desk_keys.load(desk.store, desk.folder)
    assert caught.value.code == "device-key-damaged"


def test_a_store_belongs_to_one_workstation(desk: OpenDesk, enrolment: Enrolment) -> None:
    with pytest.raises(KnownError) as caught:
        desk_keys.enrol(desk.store, desk.folder, dataclasses.replace(enrolment, device_id="another"))
    assert caught.value.code == "already-enrolled"


def test_a_store_that_was_never_enrolled_has_no_keys(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "data", StoreKeys.new(os.urandom))
    with pytest.raises(KnownError) as caught:
        desk_keys.load(store, DataFolder(tmp_path / "data"))
    store.close()
    assert caught.value.code == "not-enrolled"


def test_a_lost_device_key_is_named(desk: OpenDesk) -> None:
    desk.folder.device_key.unlink()
    with pytest.raises(KnownError) as caught:
        desk_keys.load(desk.store, desk.folder)
    assert caught.value.code == "device-key-missing"
