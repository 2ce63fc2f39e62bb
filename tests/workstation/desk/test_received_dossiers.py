# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desk shows and does with a dossier once it is received: list, history, sealing, audit."""

from __future__ import annotations

import datetime as dt
from typing import NoReturn

import pytest

from casework.errors import KnownError
from casework.records.dossier import HistoryAction, HistoryEntry
from demo.people import FATHER, MOTHER
from localdb import history
from tests.workstation.desk.counter import Hand, as_colleague, ready, reopened, trail
from workstation.desk.change_set import ChangeSet
from workstation.desk.list_dossiers import list_dossiers, show_dossier
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.reconcile import glance, reconcile
from workstation.desk.search_dossiers import search_dossiers
from workstation.desk.session import DeskSession


def test_what_is_received_offline_waits_sealed_and_is_sealed_once(session: DeskSession, clock: Hand) -> None:
    began = clock.moment
    receive_dossier(session, ready(session))
    waiting = glance(session)
    assert (waiting.unsent, waiting.rejected, waiting.is_online) == (6, 0, False)
    assert waiting.oldest_unsent_at is not None
    assert waiting.oldest_unsent_at < began  # the clerk herself was told of when she signed in
    assert reconcile(session) == ChangeSet(outbox=True)
    assert len(list(session.folder.spool.glob("*.envelope"))) == 1
    assert reconcile(session) == ChangeSet()
    assert len(list(session.folder.spool.glob("*.envelope"))) == 1
    assert glance(session).unsent == 6


def test_what_a_crash_left_unsealed_is_sealed_after_the_next_sign_in(session: DeskSession) -> None:
    receive_dossier(session, ready(session))
    again = reopened(session)
    assert reconcile(again).outbox
    assert len(list(again.folder.spool.glob("*.envelope"))) == 1
    again.close()


@pytest.mark.expects_log("sync_agent.engine")
def test_what_the_gateway_would_not_take_is_sealed_anew_after_the_next_sign_in(session: DeskSession) -> None:
    receive_dossier(session, ready(session))
    reconcile(session)
    (envelope,) = session.folder.spool.glob("*.envelope")
    envelope.rename(session.folder.spool / "refused" / envelope.name)
    assert not reconcile(session)
    again = reopened(session)
    assert reconcile(again).outbox
    (anew,) = session.folder.spool.glob("*.envelope")
    assert anew.name != envelope.name
    again.close()


def test_who_opens_a_dossier_goes_into_the_audit_trail(session: DeskSession) -> None:
    dossier_id = ready(session)
    receive_dossier(session, dossier_id)
    show_dossier(session, dossier_id)
    told = trail(session)
    assert told[-1] == (session.clerk.clerk_id, "dossier.shown", dossier_id)
    with pytest.raises(KnownError, match="no-such-record"):
        show_dossier(session, session.new_identifier())
    assert trail(session) == told


def looks(session: DeskSession) -> list[str]:
    """Who looked at the list, by the trail."""
    told = trail(session, "dossiers.listed")
    assert all(actor_id == subject_id for actor_id, _, subject_id in told)
    return [actor_id for actor_id, *_ in told]


def test_who_looks_at_the_list_goes_into_the_trail_once_an_hour_and_once_a_sitting(
    session: DeskSession, clock: Hand
) -> None:
    clerk_id = session.clerk.clerk_id
    list_dossiers(session)
    assert looks(session) == []  # there was no name to see
    dossier_id = ready(session)
    receive_dossier(session, dossier_id)
    for _ in range(3):
        list_dossiers(session)
        show_dossier(session, dossier_id)
    assert looks(session) == [clerk_id]
    clock.go_on(minutes=61)
    list_dossiers(session)
    list_dossiers(session)
    assert looks(session) == [clerk_id] * 2
    again = reopened(session)
    list_dossiers(again)
    list_dossiers(again)
    assert looks(again) == [clerk_id] * 3
    again.close()


def test_what_a_colleague_looked_at_does_not_count_for_oneself(session: DeskSession) -> None:
    receive_dossier(session, ready(session))
    colleague = as_colleague(session)
    list_dossiers(session)
    list_dossiers(colleague)
    list_dossiers(session)
    assert looks(session) == [session.clerk.clerk_id, colleague.clerk.clerk_id]


def test_a_list_that_is_shown_anew_does_not_wait_for_who_writes(session: DeskSession) -> None:
    receive_dossier(session, ready(session))
    rows = list_dossiers(session)

    def no_writing() -> NoReturn:
        raise AssertionError("the list was written about")

    session.store.transaction = no_writing  # type: ignore[method-assign]
    assert list_dossiers(session) == rows


def test_the_history_tells_what_came_first_whatever_the_clock_of_the_portal_says(
    session: DeskSession, clock: Hand
) -> None:
    dossier_id = ready(session)
    receive_dossier(session, dossier_id)
    slow = clock.moment - dt.timedelta(hours=1)
    clock.go_on(minutes=1)
    with session.store.transaction() as connection:
        history.add(
            connection,
            HistoryEntry(session.new_identifier(), dossier_id, slow, "portal", HistoryAction.PORTAL_ANSWERED),
        )
    actions = [entry.action for entry in show_dossier(session, dossier_id).history]
    assert actions == [HistoryAction.RECEIVED, HistoryAction.PORTAL_ANSWERED]


def test_a_dossier_is_found_by_name_without_accents_by_code_and_by_number(session: DeskSession) -> None:
    receive_dossier(session, ready(session))
    receive_dossier(session, ready(session, MOTHER))
    for text in ("le van thanh", "0601", FATHER.personal_number):
        assert [hit.row.applicant_name for hit in search_dossiers(session, text).hits] == ["Lê Văn Thành"]
    assert len(list_dossiers(session, limit=1)) == 1
