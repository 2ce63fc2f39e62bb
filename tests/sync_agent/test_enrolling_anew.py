# SPDX-License-Identifier: GPL-3.0-or-later
"""Enrolling a store that was somebody else before: whatever comes in between, nothing is lost or told twice."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.errors import KnownError
from localdb import identity, outbox
from localdb.connection import Connection
from localdb.key_file import StoreKeys
from localdb.store import Store
from sync_agent import desk_keys, former_identity
from sync_agent.data_folder import DataFolder
from sync_agent.spool import Spool, SpooledEnvelope, Station
from sync_agent.wire.enrolment import Enrolment
from tests.sync_agent.material import code_of_today, moment
from tests.sync_agent.open_desk import OpenDesk
from tests.sync_agent.province import OPERATIONS, Province, copied, device_of, opened, sync
from tests.sync_agent.test_with_the_gateway import pdf, until


class Killed(BaseException):
    """The program ends here."""


def enrol_killed(root: Path, keys: StoreKeys, enrolment: Enrolment, step: int, patching: pytest.MonkeyPatch) -> bool:
    """Enrol until so many steps that last are done; tells whether it was killed before the end."""
    transaction, remove, left = Store.transaction, Spool.remove, [step]

    def die_if_due() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Killed

    @contextlib.contextmanager
    def killed_after(store: Store) -> Iterator[Connection]:
        with transaction(store) as connection:
            yield connection
        die_if_due()

    def killed_before(spool: Spool, envelope: SpooledEnvelope) -> None:
        die_if_due()
        remove(spool, envelope)

    store = opened(root, keys)
    with patching.context() as patch:
        patch.setattr(Store, "transaction", killed_after)
        patch.setattr(Spool, "remove", killed_before)
        try:
            desk_keys.enrol(store, DataFolder(root), enrolment)
        except Killed:
            return True
        finally:
            store.close()
    return False


def test_a_kill_at_any_step_of_enrolling_loses_and_doubles_nothing(
    tmp_path: Path, province: Province, first: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(former_identity, "_AT_A_TIME", 2)
    copy = copied(first, tmp_path / "copy")
    dossiers = [first.receive_dossier([pdf(300)])]
    first.engine.seal_pending()
    shutil.copytree(first.folder.spool, copy / "spool", dirs_exist_ok=True)
    shutil.copytree(first.folder.objects, copy / "objects", dirs_exist_ok=True)
    keys, old = first.store_keys, device_of(first)
    store = opened(copy, keys)
    engine = OpenDesk.start_engine(store, DataFolder(copy))
    desk = OpenDesk(DataFolder(copy), keys, store, engine)
    dossiers += [desk.receive_dossier([pdf(300)], code=code_of_today(700 + number)) for number in range(2)]
    with store.transaction() as connection:
        identity.retire(connection, moment())
    store.close()
    enrolment = province.enrolment(2, replaces=old)
    for step in itertools.count():
        root = shutil.copytree(copy, tmp_path / f"killed-{step}")
        was_killed = enrol_killed(root, keys, enrolment, step, monkeypatch)
        store = opened(root, keys)
        desk_keys.enrol(store, DataFolder(root), enrolment)
        second = OpenDesk(DataFolder(root), keys, store, OpenDesk.start_engine(store, DataFolder(root)))
        with store.reading() as connection:
            told = [operation.device_sequence for operation in outbox.unsealed(connection, 100)]
        assert told == list(range(1, OPERATIONS * len(dossiers) + 1)), step
        assert Spool(second.folder.spool).count(Station.WAITING) == 0, step
        if not was_killed:
            break
        store.close()
    assert step >= 10
    try:
        sync(second)
        until(lambda: province.is_relayed({item.code for item in dossiers}))
        assert province.operations() == OPERATIONS * len(dossiers)
        assert second.unsent().count == 0
    finally:
        second.store.close()


def test_an_enrolment_that_came_to_nothing_leaves_the_order_as_it_was(
    tmp_path: Path, province: Province, first: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossiers = [first.receive_dossier() for _ in range(3)]
    with first.store.reading() as connection:
        made = [operation.operation_id for operation in outbox.unsealed(connection, 100)]
    old = device_of(first)
    with first.store.transaction() as connection:
        identity.retire(connection, moment())
    with monkeypatch.context() as patch:
        patch.setattr(former_identity, "_AT_A_TIME", 2)
        patch.setattr("sync_agent.device_key.keep", lambda *arguments: (_ for _ in ()).throw(KnownError("disk-full")))
        with pytest.raises(KnownError, match="disk-full"):
            desk_keys.enrol(first.store, first.folder, province.enrolment(2, replaces=old))
    desk_keys.enrol(first.store, first.folder, province.enrolment(3, replaces=old))
    with first.store.reading() as connection:
        assert [operation.operation_id for operation in outbox.unsealed(connection, 100)] == made
    assert len(dossiers) == 3


def test_a_store_takes_only_the_enrolment_of_its_own_successor(
    tmp_path: Path, province: Province, first: OpenDesk
) -> None:
    with first.store.reading() as connection:
        known = identity.enrolled(connection)
    with first.store.transaction() as connection:
        identity.retire(connection, moment())
    used = dataclasses.replace(province.enrolment(5), device_id=known.device_id)
    with pytest.raises(KnownError, match="enrolment-used"):
        desk_keys.enrol(first.store, first.folder, used)
    with pytest.raises(KnownError, match="enrolment-lineage") as caught:
        desk_keys.enrol(first.store, first.folder, province.enrolment(6))
    assert caught.value.details["device"] == known.device_id
