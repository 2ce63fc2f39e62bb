# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest

from casework.errors import KnownError
from casework.records.workplace import Workstation
from localdb import identity, outbox, workplace
from localdb.identity import FormerDevice, Reason
from localdb.store import Store
from tests.localdb import samples

HERE = b"0123456789abcdef0123456789abcdef"
ELSEWHERE = b"fedcba9876543210fedcba9876543210"


def retire(store: Store, reason: Reason = Reason.RESTORED, at: dt.datetime = samples.NOON) -> FormerDevice | None:
    with store.transaction() as connection:
        return identity.retire(connection, at, reason)


def check(store: Store, machine: bytes | None) -> bool:
    with store.transaction() as connection:
        return identity.check_machine(connection, machine, samples.NOON)


def trouble(store: Store) -> str:
    with store.reading() as connection, pytest.raises(KnownError) as caught:
        identity.enrolled(connection)
    return caught.value.code


def test_a_retired_store_is_enrolled_no_longer_and_remembers_whom_it_was(store: Store) -> None:
    former = retire(store)
    assert former == FormerDevice(samples.WORKSTATION.device_id, 1, samples.NOON, Reason.RESTORED)
    with store.reading() as connection:
        assert identity.former_devices(connection) == [former]
        assert identity.is_own(connection, samples.WORKSTATION.device_id)
        assert not identity.is_own(connection, "another")
    assert trouble(store) == "not-enrolled"


def test_retiring_twice_is_retiring_once(store: Store) -> None:
    retire(store)
    assert retire(store, Reason.ROLLED_BACK) is None
    with store.reading() as connection:
        assert len(identity.former_devices(connection)) == 1


def test_nothing_is_told_under_a_retired_identity(store: Store) -> None:
    retire(store)
    with pytest.raises(KnownError, match="not-enrolled"), store.transaction() as connection:
        outbox.next_device_sequence(connection)


@pytest.mark.parametrize("reason", [Reason.OTHER_MACHINE, Reason.ROLLED_BACK])
def test_the_reason_is_told_until_there_is_a_new_enrolment(store: Store, reason: Reason) -> None:
    retire(store, reason)
    assert trouble(store) == reason.value
    successor = Workstation("0198b6a0-0000-7000-8000-00000000d0d1", 2, samples.WORKSTATION.unit)
    with store.transaction() as connection:
        workplace.save(connection, successor)
    with store.reading() as connection:
        assert identity.enrolled(connection) == successor


def test_the_last_identity_is_last_whatever_the_clock_said(store: Store) -> None:
    retire(store)
    with store.transaction() as connection:
        workplace.save(connection, Workstation("second", 2, samples.WORKSTATION.unit))
    retire(store, Reason.OTHER_MACHINE, samples.NOON - dt.timedelta(days=730))
    with store.reading() as connection:
        assert [former.device_id for former in identity.former_devices(connection)][-1] == "second"
    assert trouble(store) == "other-machine"


def test_a_store_on_its_own_machine_stays_enrolled(store: Store) -> None:
    assert check(store, HERE)
    assert check(store, HERE)
    with store.reading() as connection:
        assert identity.enrolled(connection) == samples.WORKSTATION


def test_a_copy_on_another_machine_is_retired(store: Store) -> None:
    check(store, HERE)
    assert not check(store, ELSEWHERE)
    assert trouble(store) == "other-machine"
    assert check(store, HERE), "back on the first machine it is still nobody"
    assert trouble(store) == "other-machine"


def test_a_machine_without_an_identity_proves_nothing(store: Store) -> None:
    assert check(store, None)
    assert check(store, HERE)
    assert check(store, None)
    assert check(store, HERE)


def test_the_machine_is_not_readable_in_the_store(store: Store) -> None:
    check(store, HERE)
    with store.reading() as connection:
        ((kept,),) = connection.rows("SELECT machine FROM workstation")
    assert len(kept) == 32
    assert HERE not in kept
