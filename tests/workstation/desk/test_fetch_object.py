# SPDX-License-Identifier: GPL-3.0-or-later
"""What was let go comes back when somebody wants to see it; she is told how it stands meanwhile."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
from pathlib import Path

import pytest

from casework.errors import KnownError
from localdb import object_sweep, object_whereabouts, sync_state
from localdb.object_file import CHUNK_SIZE
from localdb.sealed_reader import SealedReader
from scanning.pdf.page_pictures import page_picture
from sync_agent.status import CourierState, CourierStatus
from sync_agent.wanted import WantedObjects
from sync_agent.wire.canonical_json import dump
from tests.workstation.desk.counter import Hand
from tests.workstation.desk.retention import (
    bound,
    bring,
    days_go_by,
    documents,
    draft_with_scans,
    is_here,
    make_old,
    picture,
    received,
    settled,
)
from workstation.desk.evict_objects import EvictObjects
from workstation.desk.fetch_object import FetchState, fetch_object, fetch_state, take_in_fetched
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.reconcile import reconcile
from workstation.desk.session import DeskSession
from workstation.desk.show_page import show_page


@pytest.fixture
def evicted(session: DeskSession, clock: Hand) -> tuple[str, list[str], list[bytes]]:
    """A dossier whose files are all let go: its identity, its pages, and the content of its two PDFs."""
    dossier_id, pages = settled(session)
    contents = [session.store.objects.content(stored) for stored in documents(session, dossier_id)]
    days_go_by(session, clock, 100)
    make_old(session, 2)
    job = EvictObjects(session.store, lambda _: None, lambda: 1 << 50)
    while job.run_slice(session.clock()):
        pass
    assert not any(is_here(session, page.object_id) for page in pages)
    return dossier_id, [page.page_id for page in pages], contents


def wanted(session: DeskSession) -> list[str]:
    return [wish.object_id for wish in WantedObjects(session.folder).wishes()]


def test_the_pages_of_a_draft_are_shown_to_nobody_else_and_those_of_a_received_dossier_to_all(
    session: DeskSession,
) -> None:
    colleague = dataclasses.replace(
        session, clerk=dataclasses.replace(session.clerk, clerk_id=session.new_identifier())
    )
    dossier_id, pages = draft_with_scans(session)
    with pytest.raises(KnownError, match="no-such-draft"):
        show_page(colleague, pages[0].page_id)
    receive_dossier(session, dossier_id)
    assert show_page(colleague, pages[0].page_id).picture


def test_of_a_long_pdf_only_the_part_with_the_page_is_read(session: DeskSession) -> None:
    document = bound([picture(number, 500) for number in range(40)], 500)
    chunks = len(document) // CHUNK_SIZE
    stored = session.store.objects.write(document, "application/pdf", os.urandom)
    with session.store.objects.opened(stored) as file:
        assert isinstance(file.raw, SealedReader)  # type: ignore[attr-defined]  # the stream below the buffer
        assert chunks > 20
        page_picture(file, 11)
        assert file.raw.chunks_read < chunks / 2  # type: ignore[attr-defined]


def test_an_evicted_page_is_asked_for_and_shown_when_it_has_come(
    session: DeskSession, evicted: tuple[str, list[str], list[bytes]]
) -> None:
    dossier_id, page_ids, contents = evicted
    document = documents(session, dossier_id)[0]
    shown = show_page(session, page_ids[1])
    assert shown.picture == b""
    assert shown.fetch is not None
    assert shown.fetch.object_id == document.object_id
    assert wanted(session) == [document.object_id]
    assert not take_in_fetched(session)

    bring(session, contents[0], document.object_id)
    assert dossier_id in reconcile(session).dossiers
    assert fetch_state(session, document.object_id).state is FetchState.HERE
    assert wanted(session) == []
    assert list(session.folder.arrived_objects.iterdir()) == []
    assert session.store.objects.content(document) == contents[0]
    again = show_page(session, page_ids[1])
    assert again.fetch is None
    assert again.picture
    assert not take_in_fetched(session)


def test_what_came_back_stays_for_the_whole_window_again(
    session: DeskSession, clock: Hand, evicted: tuple[str, list[str], list[bytes]]
) -> None:
    dossier_id, _, contents = evicted
    document = documents(session, dossier_id)[0]
    fetch_object(session, document.object_id)
    bring(session, contents[0], document.object_id)
    take_in_fetched(session)
    for days, stays in ((80, True), (20, False)):
        days_go_by(session, clock, days)
        make_old(session, 2)
        job = EvictObjects(session.store, lambda _: None, lambda: 1 << 50)
        while job.run_slice(session.clock()):
            pass
        assert is_here(session, document.object_id) is stays


def test_she_is_told_plainly_whether_there_is_a_line(
    session: DeskSession, evicted: tuple[str, list[str], list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier_id, _, _ = evicted
    object_id = documents(session, dossier_id)[0].object_id
    assert fetch_object(session, object_id).state is FetchState.OFFLINE
    monkeypatch.setattr(
        "workstation.desk.fetch_object.courier_status", lambda _folder: CourierStatus(CourierState.ONLINE)
    )
    assert fetch_object(session, object_id).state is FetchState.COMING
    assert len(wanted(session)) == 1


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("object-not-held", FetchState.NOT_HELD),
        ("object-mismatch", FetchState.NOT_HELD),
        ("disk-full", FetchState.NO_ROOM),
    ],
)
def test_she_is_told_why_it_can_not_be_had_and_asking_again_tries_again(
    session: DeskSession, evicted: tuple[str, list[str], list[bytes]], code: str, state: FetchState
) -> None:
    document = documents(session, evicted[0])[0]
    fetch_object(session, document.object_id)
    folders = WantedObjects(session.folder)
    folders.note_refused(document.transport_id, code)
    assert fetch_state(session, document.object_id).state is state
    assert fetch_object(session, document.object_id).state is state
    assert folders.refusal(document.transport_id) == ""


def test_what_comes_damaged_is_thrown_away(session: DeskSession, evicted: tuple[str, list[str], list[bytes]]) -> None:
    dossier_id, _, contents = evicted
    first, second = documents(session, dossier_id)
    fetch_object(session, first.object_id)
    bring(session, contents[0], first.object_id)
    whole = WantedObjects(session.folder).whole(first.transport_id)
    content = bytearray(whole.read_bytes())
    content[100] ^= 1
    whole.write_bytes(content)
    take_in_fetched(session)
    assert not is_here(session, first.object_id)
    assert not whole.exists()
    assert fetch_state(session, first.object_id).state is FetchState.DAMAGED
    assert fetch_state(session, second.object_id).state is FetchState.OFFLINE


def test_what_the_gateway_never_had_is_lost_and_not_asked_for(session: DeskSession) -> None:
    dossier_id, pages = received(session)
    document = documents(session, dossier_id)[0]
    session.store.objects.path(document.object_id).unlink()
    session.store.objects.path(pages[0].object_id).unlink()
    with pytest.raises(KnownError, match="object-missing"):
        show_page(session, pages[0].page_id)
    assert wanted(session) == []


def test_a_lost_file_that_the_gateway_holds_is_fetched_back(session: DeskSession) -> None:
    dossier_id, _ = settled(session)
    document = documents(session, dossier_id)[0]
    content = session.store.objects.content(document)
    session.store.objects.path(document.object_id).unlink()
    assert fetch_object(session, document.object_id).state is FetchState.OFFLINE
    bring(session, content, document.object_id)
    take_in_fetched(session)
    assert session.store.objects.content(document) == content


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.expects_log("localdb.object_sweep", level="ERROR")
def test_a_damaged_file_that_the_gateway_holds_is_let_go_and_fetched_back(session: DeskSession) -> None:
    dossier_id, pages = settled(session)
    document = documents(session, dossier_id)[0]
    content = session.store.objects.content(document)
    session.store.objects.path(pages[0].object_id).unlink()
    damage(session.store.objects.path(document.object_id))
    shown = show_page(session, pages[0].page_id)
    assert shown.fetch is not None
    assert shown.fetch.state is FetchState.OFFLINE
    assert wanted(session) == [document.object_id]
    bring(session, content, document.object_id)
    take_in_fetched(session)
    shown = show_page(session, pages[0].page_id)
    assert session.store.objects.object_id(shown.picture) == pages[0].object_id


def test_a_damaged_file_stays_when_the_gateway_has_not_said_since_its_restore_that_it_holds_it(
    session: DeskSession,
) -> None:
    dossier_id, pages = settled(session)
    document = documents(session, dossier_id)[0]
    session.store.objects.path(pages[0].object_id).unlink()
    damage(session.store.objects.path(document.object_id))
    with session.store.transaction() as connection:
        sync_state.start_epoch(connection, "another life")
    with pytest.raises(KnownError, match="object-damaged"):
        show_page(session, pages[0].page_id)
    assert is_here(session, document.object_id)


def test_a_kill_after_the_file_came_to_its_place_is_finished_by_the_next_look(
    session: DeskSession, clock: Hand, evicted: tuple[str, list[str], list[bytes]]
) -> None:
    dossier_id, _, contents = evicted
    document = documents(session, dossier_id)[0]
    fetch_object(session, document.object_id)
    bring(session, contents[0], document.object_id)
    whole = WantedObjects(session.folder).whole(document.transport_id)
    session.store.objects.take_in(whole, document)
    soon = dt.datetime.now(dt.UTC)
    for number in range(object_sweep.FOLDERS):
        assert object_sweep.sweep_folder(session.store, number, soon).removed == 0
    assert dossier_id in take_in_fetched(session).dossiers
    with session.store.reading() as connection:
        assert object_whereabouts.find(connection, document.object_id).is_here
    assert wanted(session) == []


def test_wishes_for_what_nobody_knows_are_forgotten(session: DeskSession) -> None:
    folder = WantedObjects(session.folder)
    (session.folder.wanted / ("ab" * 32)).write_bytes(dump({"object_id": "cd" * 32, "sealed_size": 7}))
    (session.folder.wanted / ("ef" * 32)).write_bytes(b"not a wish")
    assert not take_in_fetched(session)
    assert folder.wishes() == []
    assert list(session.folder.wanted.iterdir()) == []
