# SPDX-License-Identifier: GPL-3.0-or-later
"""What clerks taught about classes of papers, kept for each version of the model."""

from __future__ import annotations

import datetime as dt

from localdb import class_corrections
from localdb.store import Store

NOON = dt.datetime(2026, 12, 1, 5, tzinfo=dt.UTC)
MODEL, OTHER = "ab" * 16, "cd" * 16


def test_nothing_was_taught_in_the_beginning(store: Store) -> None:
    with store.reading() as connection:
        assert class_corrections.load(connection, MODEL) == b""


def test_what_was_taught_last_is_kept_for_each_model(store: Store) -> None:
    with store.transaction() as connection:
        class_corrections.save(connection, MODEL, b"one", NOON)
        class_corrections.save(connection, OTHER, b"other", NOON)
        class_corrections.save(connection, MODEL, b"one and two", NOON + dt.timedelta(hours=1))
    with store.reading() as connection:
        assert class_corrections.load(connection, MODEL) == b"one and two"
        assert class_corrections.load(connection, OTHER) == b"other"


def test_all_of_it_can_be_forgotten(store: Store) -> None:
    with store.transaction() as connection:
        class_corrections.save(connection, MODEL, b"one", NOON)
        class_corrections.save(connection, OTHER, b"other", NOON)
        class_corrections.forget(connection)
        assert class_corrections.load(connection, MODEL) == class_corrections.load(connection, OTHER) == b""
