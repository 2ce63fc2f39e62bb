# SPDX-License-Identifier: GPL-3.0-or-later
"""Room is made for new scans, and nothing that is only here is ever let go."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from casework.records.paper import PaperClass
from localdb import object_sweep, object_whereabouts, settings, sync_state
from sync_agent.wanted import WantedObjects
from tests.localdb.samples import missing_files
from tests.workstation.desk.counter import Hand, filled_in, hand_in
from tests.workstation.desk.retention import (
    acknowledge,
    confirm,
    days_go_by,
    documents,
    draft_with_scans,
    is_here,
    make_old,
    picture,
    received,
    scan,
    settled,
)
from workstation.desk.background_wire import BackgroundNews
from workstation.desk.evict_objects import LEAST_FREE_BYTES, PICTURES_KEPT, EvictObjects
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.session import DeskSession
from workstation.desk.sweep_objects import SweepObjects

PLENTY = 100 * LEAST_FREE_BYTES


def evict(
    session: DeskSession, tell: Callable[[BackgroundNews], None] = lambda _: None, free: Callable[[], int] | None = None
) -> None:
    """One pass of the job, with files that nobody has touched for long."""
    make_old(session, 2)
    job = EvictObjects(session.store, tell, free or (lambda: PLENTY))
    while job.run_slice(session.clock()):
        pass


def here(session: DeskSession, dossier_id: str) -> list[bool]:
    return [is_here(session, stored.object_id) for stored in documents(session, dossier_id)]


def agrees(session: DeskSession) -> bool:
    """Whether every row that expects a file has one."""
    return missing_files(session.store) == []


def test_what_the_gateway_holds_is_let_go_after_the_local_window_and_not_before(
    session: DeskSession, clock: Hand
) -> None:
    dossier_id, _ = settled(session)
    days_go_by(session, clock, 89)
    evict(session)
    assert here(session, dossier_id) == [True, True]
    days_go_by(session, clock, 2)
    evict(session)
    assert here(session, dossier_id) == [False, False]
    assert agrees(session)
    with session.store.reading() as connection:
        assert connection.rows("SELECT count(*) FROM papers WHERE object_id IS NOT NULL") == [(2,)]


@pytest.mark.parametrize("days", [730, -730])
def test_a_clock_that_is_set_wrong_by_two_years_lets_nothing_go(session: DeskSession, clock: Hand, days: int) -> None:
    dossier_id, pages = settled(session)
    days_go_by(session, clock, 3)
    clock.go_on(days=days)
    evict(session, free=lambda: 0)
    days_go_by(session, clock, 1)
    evict(session)
    clock.go_on(days=-days)
    days_go_by(session, clock, 1)
    evict(session)
    assert here(session, dossier_id) == [True, True]
    assert all(is_here(session, page.object_id) for page in pages)


def test_what_the_gateway_has_not_confirmed_stays_for_ever(session: DeskSession, clock: Hand) -> None:
    dossier_id, pages = received(session)
    acknowledge(session)
    days_go_by(session, clock, 200)
    evict(session, free=lambda: 0)
    assert here(session, dossier_id) == [True, True]
    assert all(is_here(session, page.object_id) for page in pages)


def test_what_an_unanswered_operation_names_stays_whatever_the_gateway_holds(session: DeskSession, clock: Hand) -> None:
    dossier_id, _ = received(session)
    with session.store.transaction() as connection:
        sync_state.start_epoch(connection, "e")
    confirm(session, dossier_id)
    days_go_by(session, clock, 200)
    evict(session, free=lambda: 0)
    assert here(session, dossier_id) == [True, True]
    acknowledge(session)
    evict(session)
    assert here(session, dossier_id) == [False, False]


def test_what_an_operation_that_was_refused_names_stays(session: DeskSession, clock: Hand) -> None:
    dossier_id, _ = settled(session)
    with session.store.transaction() as connection:
        connection.execute("UPDATE outbox SET acknowledged_sequence = NULL, rejection_code = 'dossier-code-taken'")
    days_go_by(session, clock, 200)
    evict(session, free=lambda: 0)
    assert here(session, dossier_id) == [True, True]


def test_what_an_open_draft_names_too_stays(session: DeskSession, clock: Hand) -> None:
    dossier_id, _ = settled(session)
    stored = documents(session, dossier_id)[0]
    other = filled_in(session)
    hand_in(session, other, PaperClass.BIRTH_PROOF, pdf=session.store.objects.content(stored))
    days_go_by(session, clock, 100)
    evict(session, free=lambda: 0)
    assert here(session, dossier_id) == [True, False]


def test_what_was_opened_lately_stays(session: DeskSession, clock: Hand) -> None:
    dossier_id, _ = settled(session)
    days_go_by(session, clock, 80)
    with session.store.transaction() as connection:
        object_whereabouts.note_use(connection, documents(session, dossier_id)[1].object_id, session.clock())
    days_go_by(session, clock, 20)
    evict(session)
    assert here(session, dossier_id) == [False, True]


def test_a_restored_gateway_must_say_again_what_it_holds(session: DeskSession, clock: Hand) -> None:
    dossier_id, _ = settled(session)
    with session.store.transaction() as connection:
        sync_state.start_epoch(connection, "another life")
    days_go_by(session, clock, 100)
    evict(session, free=lambda: 0)
    assert here(session, dossier_id) == [True, True]
    confirm(session, dossier_id)
    days_go_by(session, clock, 100)
    evict(session)
    assert here(session, dossier_id) == [False, False]


def test_another_file_under_the_same_name_is_no_confirmation(session: DeskSession) -> None:
    dossier_id, _ = received(session)
    stored = documents(session, dossier_id)[0]
    with session.store.transaction() as connection:
        assert not object_whereabouts.confirm(connection, stored.object_id, "00" * 32, "e", session.clock())
        assert not object_whereabouts.find(connection, stored.object_id).is_at_gateway


def test_the_picture_of_a_page_goes_when_the_gateway_holds_the_pdf_with_it(session: DeskSession, clock: Hand) -> None:
    dossier_id, pages = settled(session)
    days_go_by(session, clock, PICTURES_KEPT.days - 1)
    evict(session)
    assert all(is_here(session, page.object_id) for page in pages)
    days_go_by(session, clock, 2)
    evict(session)
    assert not any(is_here(session, page.object_id) for page in pages)
    assert here(session, dossier_id) == [True, True]
    assert agrees(session)


def test_pictures_stay_beside_a_pdf_that_does_not_show_as_many_pages(session: DeskSession, clock: Hand) -> None:
    dossier_id, pages = draft_with_scans(session)
    with session.store.transaction() as connection:
        connection.execute("UPDATE pages SET paper_id = ? WHERE page_id = ?", (pages[2].paper_id, pages[0].page_id))
    receive_dossier(session, dossier_id)
    acknowledge(session)
    confirm(session, dossier_id)
    days_go_by(session, clock, 30)
    evict(session)
    assert [is_here(session, page.object_id) for page in pages] == [True, True, True]


def test_a_picture_of_two_pages_stays_unless_the_pdf_of_each_shows_its_pages(session: DeskSession, clock: Hand) -> None:
    shared = picture(7)

    def dossier() -> str:
        dossier_id = filled_in(session)
        first, *_ = scan(session, dossier_id, PaperClass.BIRTH_REGISTRATION_DECLARATION, [shared, picture(2)])
        scan(session, dossier_id, PaperClass.BIRTH_PROOF, [picture(3)])
        receive_dossier(session, dossier_id)
        acknowledge(session)
        confirm(session, dossier_id)
        return first.object_id

    object_id = dossier()
    with session.store.transaction() as connection:
        ((lost,),) = connection.rows("SELECT page_id FROM pages WHERE position = 1")
        connection.execute("UPDATE pages SET paper_id = NULL WHERE page_id = ?", (lost,))
    assert dossier() == object_id
    days_go_by(session, clock, 30)
    evict(session)
    assert is_here(session, object_id)
    with session.store.transaction() as connection:
        connection.execute(
            """UPDATE pages SET paper_id = (SELECT paper_id FROM papers WHERE papers.dossier_id = pages.dossier_id
                ORDER BY position LIMIT 1) WHERE page_id = ?""",
            (lost,),
        )
    evict(session)
    assert not is_here(session, object_id)


def test_a_picture_stays_while_the_gateway_does_not_hold_the_pdf_of_every_page_with_it(
    session: DeskSession, clock: Hand
) -> None:
    shared = picture(7)
    for is_held in (True, False):
        dossier_id = filled_in(session)
        page, _ = scan(session, dossier_id, PaperClass.BIRTH_REGISTRATION_DECLARATION, [shared, picture(2)])
        scan(session, dossier_id, PaperClass.BIRTH_PROOF, [picture(3)])
        receive_dossier(session, dossier_id)
        acknowledge(session)
        if is_held:
            confirm(session, dossier_id)
    days_go_by(session, clock, 30)
    evict(session)
    assert is_here(session, page.object_id)


def test_pictures_of_a_draft_stay(session: DeskSession, clock: Hand) -> None:
    _, pages = draft_with_scans(session)
    days_go_by(session, clock, 300)
    evict(session, free=lambda: 0)
    assert all(is_here(session, page.object_id) for page in pages)


def test_a_full_disk_shrinks_the_window_step_by_step_down_to_a_week_and_tells_once(
    session: DeskSession, clock: Hand
) -> None:
    told: list[BackgroundNews] = []
    old, _ = settled(session)
    days_go_by(session, clock, 20)
    young, _ = settled(session)
    days_go_by(session, clock, 6)
    make_old(session, 2)
    job = EvictObjects(session.store, told.append, lambda: 0)
    for _ in range(2):
        while job.run_slice(session.clock()):
            pass
    assert here(session, old) == [False, False]
    assert here(session, young) == [True, True]
    assert [(news.code, news.details["days"]) for news in told] == [("disk-nearly-full", "7")]


def test_the_window_shrinks_no_further_than_it_must(session: DeskSession, clock: Hand) -> None:
    told: list[BackgroundNews] = []
    old, _ = settled(session)
    days_go_by(session, clock, 25)
    young, _ = settled(session)
    days_go_by(session, clock, 20)
    evict(session, told.append, lambda: 0 if any(here(session, old)) else PLENTY)
    assert here(session, old) == [False, False]
    assert here(session, young) == [True, True]
    assert [(news.code, news.details["days"]) for news in told] == [("local-window-shrunk", "30")]


def test_the_window_is_the_one_that_was_settled(session: DeskSession, clock: Hand) -> None:
    dossier_id, _ = settled(session)
    with session.store.transaction() as connection:
        settings.save(connection, dataclasses.replace(settings.load(connection), local_window_days=7))
    days_go_by(session, clock, 8)
    evict(session)
    assert here(session, dossier_id) == [False, False]


def test_a_kill_between_the_row_and_the_file_leaves_a_file_for_the_sweep(session: DeskSession, clock: Hand) -> None:
    dossier_id, _ = settled(session)
    stored = documents(session, dossier_id)[0]
    days_go_by(session, clock, 100)
    with session.store.transaction() as connection:
        assert object_whereabouts.evict(connection, stored.object_id, session.clock(), session.clock())
    assert agrees(session)
    make_old(session, 1)
    for number in range(object_sweep.FOLDERS):
        object_sweep.sweep_folder(session.store, number, session.clock())
    assert not is_here(session, stored.object_id)


def test_the_same_paper_handed_in_again_just_before_its_file_goes_is_kept(session: DeskSession, clock: Hand) -> None:
    """The row says that the file is let go; before the file is removed, the desk writes the same content."""
    dossier_id, _ = settled(session)
    stored = documents(session, dossier_id)[0]
    content = session.store.objects.content(stored)
    days_go_by(session, clock, 100)
    make_old(session, 2)
    with session.store.transaction() as connection:
        assert object_whereabouts.evict(connection, stored.object_id, session.clock(), session.clock())
    hand_in(session, filled_in(session), PaperClass.BIRTH_PROOF, pdf=content)
    object_sweep.remove_files(session.store, [stored], session.clock())
    with session.store.reading() as connection:
        assert object_whereabouts.find(connection, stored.object_id).is_here
        assert session.store.objects.read(connection, stored.object_id) == content


@pytest.mark.expects_log("workstation.desk.evict_objects")
@pytest.mark.expects_log("localdb.object_sweep", level="ERROR")
def test_pictures_beside_a_damaged_pdf_stay_and_it_is_fetched_anew(session: DeskSession, clock: Hand) -> None:
    dossier_id, pages = settled(session)
    days_go_by(session, clock, 30)
    for stored in documents(session, dossier_id):
        path = session.store.objects.path(stored.object_id)
        content = bytearray(path.read_bytes())
        content[-20] ^= 1
        path.write_bytes(content)
    evict(session)
    assert all(is_here(session, page.object_id) for page in pages)
    damaged = {stored.object_id for stored in documents(session, dossier_id)}
    assert not any(is_here(session, object_id) for object_id in damaged)
    sweep = SweepObjects(session.store, session.folder, lambda _: None)
    while sweep.run_slice(session.clock()):
        pass
    assert {wish.object_id for wish in WantedObjects(session.folder).wishes()} == damaged
