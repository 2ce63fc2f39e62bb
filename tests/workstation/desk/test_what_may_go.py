# SPDX-License-Identifier: GPL-3.0-or-later
"""Each condition under which a file may go, by itself; and that it is asked again at the moment when the file goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from casework.records.paper import PaperClass
from localdb import object_whereabouts, sync_state
from localdb.moments import to_microseconds
from localdb.objects import StoredObject
from tests.workstation.desk.counter import Hand, filled_in, hand_in, ready
from tests.workstation.desk.retention import acknowledge, days_go_by, documents, scan, settled
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.session import DeskSession


def may_go(session: DeskSession, before: dt.datetime) -> list[StoredObject]:
    with session.store.reading() as connection:
        return object_whereabouts.evictable(connection, before, 100)


def pictures_that_may_go(session: DeskSession) -> list[str]:
    with session.store.reading() as connection:
        found = object_whereabouts.page_pictures(connection, "", session.clock(), 100)
    return [page.picture.object_id for page in found]


def hand_it_in_again(session: DeskSession, stored: StoredObject) -> None:
    hand_in(session, filled_in(session), PaperClass.BIRTH_PROOF, pdf=session.store.objects.content(stored))


def restore_the_gateway(session: DeskSession, _: StoredObject) -> None:
    with session.store.transaction() as connection:
        sync_state.start_epoch(connection, "another life")


@pytest.mark.parametrize("change", [hand_it_in_again, restore_the_gateway])
def test_an_object_stays_that_was_taken_or_unsaid_since_it_was_chosen(
    session: DeskSession, clock: Hand, change: Callable[[DeskSession, StoredObject], None]
) -> None:
    dossier_id, _ = settled(session)
    days_go_by(session, clock, 100)
    stored, other = documents(session, dossier_id)
    before = session.clock()
    assert {stored, other} == set(may_go(session, before))
    change(session, stored)
    later = before + dt.timedelta(days=1)
    with session.store.transaction() as connection:
        assert not object_whereabouts.evict(connection, stored.object_id, later, later)
        assert object_whereabouts.find(connection, stored.object_id).is_here


def test_a_picture_stays_that_a_draft_took_since_it_was_chosen(session: DeskSession, clock: Hand) -> None:
    _, pages = settled(session)
    days_go_by(session, clock, 30)
    object_id = pages[0].object_id
    assert object_id in pictures_that_may_go(session)
    with session.store.reading() as connection:
        content = session.store.objects.read(connection, object_id)
    scan(session, filled_in(session), PaperClass.BIRTH_PROOF, [content])
    with session.store.transaction() as connection:
        assert not object_whereabouts.evict_picture(connection, object_id, session.clock())
        assert object_whereabouts.find(connection, object_id).is_here


def test_a_picture_that_is_also_a_paper_is_not_chosen(session: DeskSession, clock: Hand) -> None:
    _, pages = settled(session)
    other = ready(session)
    receive_dossier(session, other)
    acknowledge(session)
    days_go_by(session, clock, 30)
    assert pages[0].object_id in pictures_that_may_go(session)
    with session.store.transaction() as connection:
        connection.execute("UPDATE papers SET object_id = ? WHERE dossier_id = ?", (pages[0].object_id, other))
    assert pages[0].object_id not in pictures_that_may_go(session)
    assert pages[1].object_id in pictures_that_may_go(session)


def test_a_picture_that_an_operation_names_is_not_chosen_though_it_was_answered(
    session: DeskSession, clock: Hand
) -> None:
    _, pages = settled(session)
    days_go_by(session, clock, 30)
    with session.store.transaction() as connection:
        connection.execute(
            "INSERT INTO operation_objects SELECT operation_id, 99, ? FROM outbox LIMIT 1", (pages[0].object_id,)
        )
    assert pages[0].object_id not in pictures_that_may_go(session)
    assert pages[1].object_id in pictures_that_may_go(session)


def test_a_result_that_was_returned_lately_stays(session: DeskSession, clock: Hand) -> None:
    dossier_id, _ = settled(session)
    days_go_by(session, clock, 100)
    stored, other = documents(session, dossier_id)
    with session.store.transaction() as connection:
        connection.execute(
            """INSERT INTO results (result_id, dossier_id, kind_code, title, document_number, issued_by, object_id,
                signature_level, signature_digest, signed_by, returned_at, returned_to)
                SELECT 'r', ?1, '', '', '', '', ?2, '', '', '', ?3, person_id FROM persons LIMIT 1""",
            (dossier_id, stored.object_id, to_microseconds(session.clock())),
        )
    before = session.clock() - dt.timedelta(days=1)
    assert may_go(session, before) == [other]
    with session.store.transaction() as connection:
        assert not object_whereabouts.evict(connection, stored.object_id, before, session.clock())
        assert object_whereabouts.evict(connection, other.object_id, before, session.clock())
