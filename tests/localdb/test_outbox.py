# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import os
from pathlib import Path

import pytest

from casework.errors import BugError, KnownError
from casework.records.operation import Operation
from localdb import code_numbers, outbox, secrets, sync_state
from localdb.key_file import StoreKeys
from localdb.outbox import UnsentSummary
from localdb.store import Store
from tests.localdb import samples

DAY = dt.date(2026, 11, 22)


class Interrupted(Exception):
    pass


def append(store: Store, count: int, dossier_id: str = "d") -> list[Operation]:
    made = []
    with store.transaction() as connection:
        for _ in range(count):
            operation = samples.make_operation(outbox.next_device_sequence(connection), dossier_id)
            outbox.append(connection, operation)
            made.append(operation)
    return made


def unsealed(store: Store) -> list[Operation]:
    with store.reading() as connection:
        return outbox.unsealed(connection, 100)


def test_an_operation_comes_back_as_it_was_stated(store: Store) -> None:
    object_ids = tuple(samples.store_content(store, os.urandom(10)) for _ in range(3))
    operation = samples.make_operation(1, "d", object_ids)
    with store.transaction() as connection:
        outbox.append(connection, operation)
    assert unsealed(store) == [operation]
    assert {name: type(value) for name, value in unsealed(store)[0].fields.items()} == {
        name: type(value) for name, value in operation.fields.items()
    }


def test_a_change_and_its_operation_come_together_or_not_at_all(store: Store) -> None:
    with contextlib.suppress(Interrupted), store.transaction() as connection:
        secrets.put(connection, "change", b"1")
        outbox.append(connection, samples.make_operation(1, "d"))
        raise Interrupted
    assert unsealed(store) == []
    with store.reading() as connection:
        assert outbox.next_device_sequence(connection) == 1
        with pytest.raises(KnownError):
            secrets.get(connection, "change")


def test_sequences_have_no_gaps_over_restarts(store: Store, folder: Path, keys: StoreKeys) -> None:
    append(store, 2)
    store.close()
    again = Store.open(folder, keys)
    append(again, 2)
    assert [operation.device_sequence for operation in unsealed(again)] == [1, 2, 3, 4]
    again.close()


@pytest.mark.parametrize("sequence", [1, 2, 4, 100])
def test_an_operation_out_of_sequence_is_a_bug(store: Store, sequence: int) -> None:
    append(store, 2)
    with pytest.raises(BugError), store.transaction() as connection:
        outbox.append(connection, samples.make_operation(sequence, "d"))


def test_a_desk_that_is_not_enrolled_has_no_operations(folder: Path, keys: StoreKeys) -> None:
    store = Store.create(folder, keys)
    with store.reading() as connection, pytest.raises(KnownError) as caught:
        outbox.next_device_sequence(connection)
    assert caught.value.code == "not-enrolled"
    store.close()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE operations SET fields = '{}'",
        "UPDATE operations SET operation_id = 'x'",
        "DELETE FROM operations",
        "REPLACE INTO operations SELECT * FROM operations",
        "UPDATE operation_objects SET object_id = 'x'",
        "DELETE FROM operation_objects",
    ],
)
def test_an_operation_can_not_be_changed_or_removed(store: Store, sql: str) -> None:
    operation = samples.make_operation(1, "d", (samples.store_content(store, b"a page"),))
    with store.transaction() as connection:
        outbox.append(connection, operation)
    with pytest.raises(BugError), store.transaction() as connection:
        connection.execute(sql)
    assert unsealed(store) == [operation]


def test_an_operation_is_sealed_once(store: Store) -> None:
    first, second, third = append(store, 3)
    with store.transaction() as connection:
        outbox.mark_sealed(connection, [first.operation_id, second.operation_id], "envelope-1")
    assert unsealed(store) == [third]
    with pytest.raises(BugError), store.transaction() as connection:
        outbox.mark_sealed(connection, [third.operation_id, first.operation_id], "envelope-2")
    assert unsealed(store) == [third]


def test_an_answer_that_overtakes_the_sealing_note_is_not_sealed_again(store: Store) -> None:
    first, second = append(store, 2)
    with store.transaction() as connection:
        assert outbox.mark_acknowledged(connection, first.operation_id, 17)
    assert unsealed(store) == [second]


def test_an_envelope_taken_back_leaves_its_unanswered_operations_to_be_sealed_again(store: Store) -> None:
    first, second, third = append(store, 3)
    with store.transaction() as connection:
        outbox.mark_sealed(connection, [first.operation_id, second.operation_id], "envelope-1")
        outbox.mark_sealed(connection, [third.operation_id], "envelope-2")
        outbox.mark_acknowledged(connection, first.operation_id, 17)
        assert outbox.take_back(connection, "envelope-1") == 1
    assert unsealed(store) == [second]


def test_the_summary_counts_what_has_no_answer_and_what_was_rejected(store: Store) -> None:
    with store.reading() as connection:
        assert outbox.summary(connection) == UnsentSummary(0, None, 0)
    first, second, _ = append(store, 3)
    with store.transaction() as connection:
        outbox.mark_sealed(connection, [first.operation_id, second.operation_id], "envelope-1")
        assert outbox.summary(connection) == UnsentSummary(3, samples.NOON, 0)
        assert outbox.mark_acknowledged(connection, first.operation_id, 17)
        assert outbox.mark_rejected(connection, second.operation_id, "unknown-procedure")
        assert outbox.summary(connection) == UnsentSummary(1, samples.NOON, 1)


def test_the_first_answer_stands(store: Store) -> None:
    first, second = append(store, 2)
    with store.transaction() as connection:
        outbox.mark_acknowledged(connection, first.operation_id, 17)
        outbox.mark_rejected(connection, first.operation_id, "x")
        outbox.mark_acknowledged(connection, first.operation_id, 18)
        outbox.mark_rejected(connection, second.operation_id, "x")
        outbox.mark_acknowledged(connection, second.operation_id, 19)
        rows = connection.rows("SELECT acknowledged_sequence, rejection_code FROM outbox ORDER BY 1")
        assert sorted(rows, key=str) == [(17, None), (None, "x")]


def test_answers_about_the_operations_of_other_desks_are_not_ours(store: Store) -> None:
    with store.transaction() as connection:
        assert not outbox.mark_acknowledged(connection, samples.new_id(), 17)
        assert not outbox.mark_rejected(connection, samples.new_id(), "x")


def test_the_operations_of_a_dossier_stay_in_order(store: Store) -> None:
    a, b = append(store, 1, "a"), append(store, 1, "b")
    a += append(store, 1, "a")
    with store.reading() as connection:
        assert outbox.operations_of(connection, "a") == a
        assert outbox.operations_of(connection, "b") == b
        assert outbox.unsealed(connection, 2) == [a[0], b[0]]


def test_a_number_json_does_not_know_is_refused(store: Store) -> None:
    operation = dataclasses.replace(samples.make_operation(1, "d"), fields={"a": float("nan")})
    with pytest.raises(ValueError, match="JSON"), store.transaction() as connection:
        outbox.append(connection, operation)


def test_the_cursor_moves_only_from_where_the_reply_begins(store: Store) -> None:
    with store.transaction() as connection:
        assert sync_state.cursor(connection) == 0
        assert sync_state.advance(connection, 0, 5)
        assert not sync_state.advance(connection, 0, 9)
        assert not sync_state.advance(connection, 6, 9)
        assert sync_state.cursor(connection) == 5
        with pytest.raises(BugError):
            sync_state.advance(connection, 5, 4)


def test_a_new_epoch_begins_at_the_beginning(store: Store) -> None:
    with store.transaction() as connection:
        assert sync_state.epoch(connection) == ""
        assert sync_state.advance(connection, 0, 5)
        sync_state.start_epoch(connection, "e1")
        assert (sync_state.epoch(connection), sync_state.cursor(connection)) == ("e1", 0)


def test_each_day_counts_its_own_numbers_from_one(store: Store) -> None:
    with store.transaction() as connection:
        assert [code_numbers.next_number(connection, DAY) for _ in range(3)] == [1, 2, 3]
        assert code_numbers.next_number(connection, DAY + dt.timedelta(1)) == 1
        assert code_numbers.next_number(connection, DAY) == 4


def test_a_committed_number_is_never_given_again_and_one_rolled_back_was_never_given(
    store: Store, folder: Path, keys: StoreKeys
) -> None:
    with store.transaction() as connection:
        assert code_numbers.next_number(connection, DAY) == 1
    with contextlib.suppress(Interrupted), store.transaction() as connection:
        assert code_numbers.next_number(connection, DAY) == 2
        raise Interrupted
    store.close()
    again = Store.open(folder, keys)
    with again.transaction() as connection:
        assert code_numbers.next_number(connection, DAY) == 2
    again.close()
