# SPDX-License-Identifier: GPL-3.0-or-later
"""What comes into a draft in the very moment of its reception is received with it or keeps it back; nothing is lost."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest

from casework.errors import KnownError
from casework.records.operation import OperationKind
from casework.records.paper import Page, PaperClass
from localdb import objects, outbox, pages
from localdb.connection import Connection
from tests.workstation.desk.counter import empty_sheet, hand_in, jpeg, ready
from workstation.desk.keep_draft import DraftField, keep_fields, open_draft
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.session import DeskSession


@contextlib.contextmanager
def just_before_writing(session: DeskSession, happens: Callable[[], object]) -> Iterator[None]:
    """Let something happen in another part of the program between a reading and the next transaction."""
    begin = session.store.transaction

    @contextlib.contextmanager
    def transaction() -> Iterator[Connection]:
        session.store.transaction = begin  # type: ignore[method-assign]  # happens once
        happens()
        with begin() as connection:
            yield connection

    session.store.transaction = transaction  # type: ignore[method-assign]
    try:
        yield
    finally:
        session.store.transaction = begin  # type: ignore[method-assign]


def arrives(session: DeskSession, dossier_id: str) -> None:
    """Store a page that nobody has read yet."""
    stored = session.store.objects.write(jpeg(empty_sheet(50), 50), "image/jpeg", session.random_bytes)
    with session.store.transaction() as connection:
        objects.record(connection, stored)
        position = pages.next_position(connection, dossier_id)
        pages.add(connection, Page(session.new_identifier(), dossier_id, position, stored.object_id, 413, 585, 50))


def test_a_page_that_arrives_while_a_dossier_is_being_received_keeps_it_from_being_received(
    session: DeskSession,
) -> None:
    dossier_id = ready(session)
    with (
        just_before_writing(session, lambda: arrives(session, dossier_id)),
        pytest.raises(KnownError, match="pages-unread") as caught,
    ):
        receive_dossier(session, dossier_id)
    assert caught.value.retryable
    assert len(open_draft(session, dossier_id).pages) == 1


def test_what_is_typed_while_a_dossier_is_being_received_is_received(session: DeskSession) -> None:
    dossier_id = ready(session)
    with just_before_writing(session, lambda: keep_fields(session, dossier_id, {DraftField.PHONE: "0912 345 678"})):
        assert receive_dossier(session, dossier_id).applicant.phone == "0912 345 678"


def test_a_paper_that_is_bound_while_a_dossier_is_being_received_is_received_and_told(session: DeskSession) -> None:
    dossier_id = ready(session)
    with just_before_writing(session, lambda: hand_in(session, dossier_id, PaperClass.IDENTITY_CARD)):
        assert len(receive_dossier(session, dossier_id).papers) == 3
    with session.store.reading() as connection:
        told = [operation.kind for operation in outbox.operations_of(connection, dossier_id)]
    assert told.count(OperationKind.PAPER_ADDED) == 3
