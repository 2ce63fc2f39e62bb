# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import dataclasses
import os

import pytest

from casework.records.operation import Operation
from casework.records.workplace import Workstation
from localdb import identity, objects, outbox, reissues, workplace
from localdb.store import Store
from tests.localdb import samples
from tests.localdb.test_outbox import append, unsealed

SECOND, THIRD = "second", "third"


def retire(store: Store) -> None:
    with store.transaction() as connection:
        identity.retire(connection, samples.NOON)


def reissue(store: Store, device_id: str, limit: int = 2) -> list[int]:
    """Give everything to a device; tells how many there were each time."""
    counts = []
    while True:
        with store.transaction() as connection:
            counts.append(reissues.reissue_some(connection, device_id, limit))
        if not counts[-1]:
            return counts


def become(store: Store, device_id: str) -> None:
    with store.transaction() as connection:
        workplace.save(connection, Workstation(device_id, 2, samples.WORKSTATION.unit))


def ids(operations: list[Operation]) -> list[str]:
    return [operation.operation_id for operation in operations]


def test_what_had_no_answer_is_told_again_in_its_order_under_the_new_name(store: Store) -> None:
    made = append(store, 5)
    with store.transaction() as connection:
        outbox.mark_sealed(connection, ids(made)[:3], "envelope")
        outbox.mark_acknowledged(connection, made[0].operation_id, 7)
        outbox.mark_rejected(connection, made[1].operation_id, "dossier-code")
    retire(store)
    assert unsealed(store) == [], "nobody seals while the store is nobody"
    assert reissue(store, SECOND) == [2, 1, 0]
    become(store, SECOND)
    told = unsealed(store)
    assert ids(told) == ids(made)[2:]
    assert [(each.device_id, each.device_sequence) for each in told] == [(SECOND, 1), (SECOND, 2), (SECOND, 3)]
    with store.reading() as connection:
        assert outbox.next_device_sequence(connection) == 4
        assert outbox.is_told_by(connection, made[4].operation_id, SECOND)
        assert outbox.is_told_by(connection, made[0].operation_id, samples.WORKSTATION.device_id)


def test_an_operation_itself_never_changes(store: Store) -> None:
    append(store, 3)
    with store.reading() as connection:
        before = connection.rows("SELECT * FROM operations ORDER BY operation_id")
    retire(store)
    reissue(store, SECOND)
    with store.reading() as connection:
        assert connection.rows("SELECT * FROM operations ORDER BY operation_id") == before


def test_a_second_successor_tells_what_the_first_could_not_before_what_that_made(store: Store) -> None:
    old = append(store, 2)
    retire(store)
    reissue(store, SECOND)
    become(store, SECOND)
    with store.transaction() as connection:
        sequence = outbox.next_device_sequence(connection)
        own = dataclasses.replace(samples.make_operation(sequence, "d"), device_id=SECOND)
        outbox.append(connection, own)
    retire(store)
    reissue(store, THIRD)
    become(store, THIRD)
    assert ids(unsealed(store)) == [*ids(old), own.operation_id]
    assert [each.device_sequence for each in unsealed(store)] == [1, 2, 3]


@pytest.mark.parametrize("given", [1, 2, 3])
def test_what_was_given_to_a_device_that_never_came_is_given_to_the_next(store: Store, given: int) -> None:
    made = append(store, 4)
    retire(store)
    with store.transaction() as connection:
        reissues.reissue_some(connection, SECOND, given)
    reissue(store, THIRD)
    become(store, THIRD)
    assert ids(unsealed(store)) == ids(made)


def test_what_was_answered_is_told_again_while_its_objects_may_be_missing(store: Store) -> None:
    object_id = samples.store_content(store, os.urandom(10))
    with store.transaction() as connection:
        operation = samples.make_operation(1, "d", (object_id,))
        outbox.append(connection, operation)
        outbox.mark_acknowledged(connection, operation.operation_id, 1)
    retire(store)
    with store.reading() as connection:
        assert objects.find(connection, object_id) is not None
    assert reissue(store, SECOND) == [1, 0]
    with store.transaction() as connection:
        outbox.mark_acknowledged(connection, operation.operation_id, 2)
        connection.execute("UPDATE objects SET confirmed_at = 1")
    assert reissue(store, THIRD) == [0]
