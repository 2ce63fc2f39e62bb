# SPDX-License-Identifier: GPL-3.0-or-later
"""What the background program clears away by itself, and what it never touches."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from casework.errors import KnownError
from casework.records.paper import Page
from localdb import drafts, object_sweep, outbox, pages, papers
from sync_agent.wanted import WantedObjects
from tests.workstation.desk.counter import Hand, hand_in, ready
from tests.workstation.desk.retention import (
    acknowledge,
    days_go_by,
    documents,
    draft_with_scans,
    is_here,
    make_old,
    picture,
    received,
    settled,
)
from workstation.desk.background_wire import BackgroundNews
from workstation.desk.clear_drafts import ClearDrafts
from workstation.desk.keep_draft import abandon_draft, open_draft
from workstation.desk.prune_spool import PruneSpool
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.reconcile import reconcile
from workstation.desk.remove_page import remove_page
from workstation.desk.session import DeskSession
from workstation.desk.sweep_objects import SweepObjects, want_sweep


def object_ids(session: DeskSession) -> set[str]:
    with session.store.reading() as connection:
        return {object_id for (object_id,) in connection.rows("SELECT object_id FROM objects")}


def audit_actions(session: DeskSession, subject_id: str) -> list[str]:
    with session.store.reading() as connection:
        rows = connection.rows("SELECT action FROM audit_entries WHERE subject_id = ? ORDER BY number", (subject_id,))
    return [action for (action,) in rows]


def clear(session: DeskSession) -> int:
    """Run the job to its end; gives its slices."""
    make_old(session, 2)
    job, slices = ClearDrafts(session.store), 0
    while job.run_slice(session.clock()):
        slices += 1
    return slices


def test_an_abandoned_draft_goes_for_good_and_its_trace_stays(session: DeskSession, clock: Hand) -> None:
    dossier_id, _ = draft_with_scans(session)
    ids = object_ids(session)
    abandon_draft(session, dossier_id)
    days_go_by(session, clock, 29)
    assert clear(session) == 0
    days_go_by(session, clock, 2)
    assert clear(session) == 1
    with session.store.reading() as connection:
        assert pages.of_dossier(connection, dossier_id) == []
        assert papers.of_dossier(connection, dossier_id) == []
        assert connection.rows("SELECT outcome FROM drafts") == [(drafts.DraftOutcome.ABANDONED.value,)]
    assert object_ids(session) == set()
    assert not any(is_here(session, object_id) for object_id in ids)
    assert audit_actions(session, dossier_id)[-1] == "draft.cleared"
    assert clear(session) == 0


def test_a_thick_draft_goes_in_several_slices(session: DeskSession, clock: Hand) -> None:
    dossier_id, first = draft_with_scans(session)
    with session.store.transaction() as connection:
        for number in range(90):
            page = Page(f"page-{number}", dossier_id, 10 + number, first[0].object_id, 160, 160, 50, paper_id=None)
            pages.add(connection, page)
    abandon_draft(session, dossier_id)
    days_go_by(session, clock, 31)
    assert clear(session) == 3
    assert object_ids(session) == set()
    assert audit_actions(session, dossier_id).count("draft.cleared") == 1


def test_open_drafts_received_dossiers_and_what_they_share_with_an_abandoned_one_stay(
    session: DeskSession, clock: Hand
) -> None:
    kept, _ = received(session)
    still_open, _ = draft_with_scans(session)
    abandoned = ready(session)
    shared = documents(session, kept)[0]
    hand_in_again = session.store.objects.content(shared)
    with session.store.reading() as connection:
        paper_class = papers.of_dossier(connection, kept)[0].paper_class
    hand_in(session, abandoned, paper_class, pdf=hand_in_again)
    before = object_ids(session)
    abandon_draft(session, abandoned)
    days_go_by(session, clock, 400)
    assert clear(session) == 1
    assert shared.object_id in object_ids(session)
    assert is_here(session, shared.object_id)
    assert len(before - object_ids(session)) == 2
    assert len(open_draft(session, still_open).pages) == 3


def test_a_page_that_belongs_to_no_paper_is_taken_out_for_good(session: DeskSession) -> None:
    dossier_id, made = draft_with_scans(session)
    with session.store.transaction() as connection:
        pages.assign(connection, [made[0].page_id], None)
    session.store.objects.path(made[0].object_id).unlink()
    with pytest.raises(KnownError, match="pages-unread"):
        receive_dossier(session, dossier_id)
    assert remove_page(session, dossier_id, made[0].page_id).drafts == {dossier_id}
    assert [page.page_id for page in open_draft(session, dossier_id).pages] == [page.page_id for page in made[1:]]
    assert made[0].object_id not in object_ids(session)
    assert audit_actions(session, made[0].page_id) == ["page.removed"]
    receive_dossier(session, dossier_id)


def test_only_a_loose_page_of_an_open_draft_can_be_taken_out(session: DeskSession) -> None:
    dossier_id, made = draft_with_scans(session)
    other, others = draft_with_scans(session)
    for draft, page, code in (
        (dossier_id, made[0].page_id, "page-in-paper"),
        (dossier_id, others[0].page_id, "no-such-record"),
        (dossier_id, session.new_identifier(), "no-such-record"),
    ):
        with pytest.raises(KnownError, match=code):
            remove_page(session, draft, page)
    receive_dossier(session, other)
    with pytest.raises(KnownError, match="no-such-draft"):
        remove_page(session, other, others[0].page_id)
    assert len(open_draft(session, dossier_id).pages) == 3


def envelopes(session: DeskSession) -> list[Path]:
    return sorted((session.folder.spool / "sent").iterdir())


def send(session: DeskSession, *, days_ago: float) -> None:
    """Do the courier's work: every sealed envelope was sent so many days ago."""
    moment = session.clock().timestamp() - days_ago * 86_400
    for path in session.folder.spool.glob("*.envelope"):
        target = path.parent / "sent" / path.name
        path.rename(target)
        os.utime(target, (moment, moment))


def test_what_was_sent_stays_thirty_days_and_until_it_is_answered(session: DeskSession) -> None:
    received(session)
    reconcile(session)
    send(session, days_ago=31)
    received(session)
    reconcile(session)
    send(session, days_ago=29)
    job = PruneSpool(session.store, session.folder)
    assert not job.run_slice(session.clock())
    assert len(envelopes(session)) == 2
    with session.store.transaction() as connection:
        rows = connection.rows("SELECT operation_id FROM outbox ORDER BY operation_id")
        for number, (operation_id,) in enumerate(rows, start=1):
            outbox.mark_acknowledged(connection, operation_id, number)
    old, young = envelopes(session)
    assert not job.run_slice(session.clock())
    assert envelopes(session) == [young]
    assert old != young


def test_the_look_at_all_files_takes_turns_and_is_due_once_a_day(session: DeskSession, clock: Hand) -> None:
    settled(session)
    job = SweepObjects(session.store, session.folder, lambda _: None)
    slices = 1
    while job.run_slice(session.clock()):
        slices += 1
    assert slices == object_sweep.FOLDERS
    assert not job.run_slice(session.clock())
    clock.go_on(hours=25)
    while job.run_slice(session.clock()):
        pass
    assert not job.run_slice(session.clock())
    want_sweep(session.folder.root)
    assert job.run_slice(session.clock())


@pytest.mark.expects_log("localdb.object_sweep", level="ERROR")
def test_what_is_missing_is_told_and_what_the_gateway_holds_is_fetched_back(session: DeskSession) -> None:
    told: list[BackgroundNews] = []
    arrived, _ = settled(session)
    here_only, _ = received(session)
    acknowledge(session)
    lost = [documents(session, arrived)[0], documents(session, here_only)[0]]
    for stored in lost:
        session.store.objects.path(stored.object_id).unlink()
    job = SweepObjects(session.store, session.folder, told.append)
    while job.run_slice(session.clock()):
        pass
    assert [(news.code, news.details["count"]) for news in told] == [("objects-missing", "2")]
    assert [wish.object_id for wish in WantedObjects(session.folder).wishes()] == [lost[0].object_id]
    SweepObjects(session.store, session.folder, told.append).run_slice(session.clock())
    assert len(told) == 2


@pytest.mark.expects_log("localdb.object_sweep", level="ERROR")
def test_what_nobody_has_any_more_and_what_is_asked_for_already_keep_no_wish_waiting(
    session: DeskSession, clock: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workstation.desk.sweep_objects._MOST_WISHES", 1)
    monkeypatch.setattr("workstation.desk.sweep_objects._OBJECTS_AT_A_TIME", 1)
    here_only, _ = received(session)
    acknowledge(session)
    arrived, _ = settled(session)
    for asked_for, dossier_id in enumerate((here_only, arrived, arrived)):
        for stored in documents(session, dossier_id):
            session.store.objects.path(stored.object_id).unlink(missing_ok=True)
        job = SweepObjects(session.store, session.folder, lambda _: None)
        while job.run_slice(session.clock()):
            pass
        assert len(WantedObjects(session.folder).wishes()) == asked_for
        clock.go_on(hours=25)


def test_a_scanned_page_is_not_cleared_while_its_draft_is_open(session: DeskSession, clock: Hand) -> None:
    dossier_id, made = draft_with_scans(session)
    stored = session.store.objects.write(picture(9), "image/jpeg", session.random_bytes)
    for days in (100, 31):
        days_go_by(session, clock, days)
        make_old(session, 2)
        for number in range(object_sweep.FOLDERS):
            object_sweep.sweep_folder(session.store, number, session.clock())
    assert clear(session) == 0
    assert all(is_here(session, page.object_id) for page in made)
    assert not is_here(session, stored.object_id)
    assert len(open_draft(session, dossier_id).pages) == 3
