# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desk shows and does with a dossier once it is received: list, history, sealing, audit."""

from __future__ import annotations

import datetime as dt

import pytest

from casework.errors import KnownError
from casework.records.dossier import HistoryAction, HistoryEntry
from demo.people import FATHER, MOTHER
from localdb import history
from tests.workstation.desk.counter import Hand, ready, reopened
from workstation.desk.change_set import ChangeSet
from workstation.desk.list_dossiers import list_dossiers, show_dossier
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.reconcile import glance, reconcile
from workstation.desk.search_dossiers import search_dossiers
from workstation.desk.session import DeskSession


def audit_entries(session: DeskSession) -> int:
    with session.store.reading() as connection:
        return int(connection.rows("SELECT count(*) FROM audit_entries")[0][0])


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
    before = audit_entries(session)
    show_dossier(session, dossier_id)
    assert audit_entries(session) == before + 1
    with pytest.raises(KnownError, match="no-such-record"):
        show_dossier(session, session.new_identifier())
    assert audit_entries(session) == before + 1


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
