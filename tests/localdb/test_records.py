# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import BugError, KnownError
from casework.records.dossier import Dossier, PortalState
from casework.records.paper import ExtractedField
from casework.records.person import Person
from casework.records.workplace import Role, Unit, Workstation
from localdb import clerks, dossiers, history, moments, pages, papers, persons, secrets, workplace
from localdb.store import Store
from tests.localdb import samples


@pytest.fixture
def draft_id(store: Store) -> str:
    return samples.begin_draft(store)


def receive(store: Store, applicant: Person, code: str, received_at: dt.datetime = samples.NOON) -> Dossier:
    dossier = samples.make_dossier(samples.new_id(), applicant.person_id, code, received_at)
    with store.transaction() as connection:
        persons.add(connection, applicant)
        dossiers.add(connection, dossier)
    return dossier


def test_a_person_comes_back_as_recorded(store: Store) -> None:
    full, bare = samples.make_person(), Person(samples.new_id(), "Y Ban")
    with store.transaction() as connection:
        persons.add(connection, full)
        persons.add(connection, bare)
    with store.reading() as connection:
        assert persons.get(connection, full.person_id) == full
        assert persons.get(connection, bare.person_id) == bare


def test_a_person_who_was_here_before_is_found_by_number_as_last_recorded(store: Store) -> None:
    first, second = samples.make_person(), samples.make_person()
    second = dataclasses.replace(second, person_id="f" + second.person_id[1:], phone="0987")
    moved = dataclasses.replace(second, address="Số 5 đường Trần Phú")
    with store.transaction() as connection:
        persons.add(connection, second)
        persons.add(connection, first)
        persons.update(connection, moved)
    with store.reading() as connection:
        assert persons.with_id_number(connection, samples.SECRET_NUMBER) == moved
        assert persons.with_id_number(connection, "000000000000") is None


def test_a_dossier_comes_back_in_utc_as_received(store: Store) -> None:
    dossier = receive(store, samples.make_person(), "H56.14-261122-0601")
    with store.reading() as connection:
        found = dossiers.get(connection, dossier.dossier_id)
    assert found == dossier
    assert found.received_at.utcoffset() == dt.timedelta(0)


def test_two_dossiers_never_have_one_code(store: Store) -> None:
    receive(store, samples.make_person(), "H56.14-261122-0601")
    with pytest.raises(BugError):
        receive(store, samples.make_person(), "H56.14-261122-0601")


def test_the_list_is_newest_first_with_what_belongs_to_each(store: Store, draft_id: str) -> None:
    page = samples.store_content(store, b"a page")
    person = samples.make_person()
    older = receive(store, samples.make_person("Trần Văn Bình"), "H56.14-261121-0601", samples.NOON - dt.timedelta(1))
    newer = samples.make_dossier(draft_id, person.person_id)
    with store.transaction() as connection:
        for position in range(3):
            pages.add(connection, samples.make_page(draft_id, page, position))
        papers.add(connection, samples.make_paper(draft_id))
        persons.add(connection, person)
        dossiers.add(connection, newer)
    with store.reading() as connection:
        rows = dossiers.newest(connection, 10)
        assert dossiers.newest(connection, 1) == rows[:1]
    assert [row.dossier for row in rows] == [newer, older]
    assert [(row.applicant_name, row.paper_count, row.page_count) for row in rows] == [
        (samples.SECRET_NAME, 1, 3),
        ("Trần Văn Bình", 0, 0),
    ]


def test_the_portals_answer_changes_the_state_but_not_the_version(store: Store) -> None:
    dossier = receive(store, samples.make_person(), "H56.14-261122-0601")
    with store.transaction() as connection:
        assert dossiers.set_portal_state(connection, dossier.dossier_id, PortalState.ACCEPTED, "G22-1")
        assert dossiers.set_portal_state(connection, dossier.dossier_id, PortalState.AT_GATEWAY)
        assert not dossiers.set_portal_state(connection, samples.new_id(), PortalState.ACCEPTED)
        found = dossiers.get(connection, dossier.dossier_id)
    assert found == dataclasses.replace(dossier, portal_state=PortalState.AT_GATEWAY, portal_code="G22-1")


def test_pages_exist_before_the_dossier_does_and_keep_their_order(store: Store, draft_id: str) -> None:
    object_id = samples.store_content(store, b"a page")
    with store.transaction() as connection:
        made = []
        for _ in range(3):
            page = samples.make_page(draft_id, object_id, pages.next_position(connection, draft_id))
            pages.add(connection, page)
            made.append(page)
    with store.reading() as connection:
        assert pages.of_dossier(connection, draft_id) == made
        assert [page.position for page in made] == [0, 1, 2]


def test_what_reading_gave_is_kept_with_the_page(store: Store, draft_id: str) -> None:
    page = samples.make_page(draft_id, samples.store_content(store, b"a page"))
    paper = samples.make_paper(draft_id)
    read = dataclasses.replace(
        page,
        rotation_degrees=-1.5,
        is_blank=True,
        text="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        confidence=0.87,
        thumbnail=b"\xff\xd8",
        paper_id=paper.paper_id,
        steps="[-90.0]",
        advice=("too-dark", "cut-off"),
    )
    with store.transaction() as connection:
        papers.add(connection, paper)
        pages.add(connection, page)
        pages.update_reading(connection, read)
    with store.reading() as connection:
        assert pages.of_dossier(connection, draft_id) == [read]


def test_a_page_gets_another_picture_and_stays_the_page(store: Store, draft_id: str) -> None:
    page = samples.make_page(draft_id, samples.store_content(store, b"a page"))
    scanned = dataclasses.replace(
        page, object_id=samples.store_content(store, b"the page"), width_px=10, height_px=20, resolution_dpi=300
    )
    with store.transaction() as connection:
        pages.add(connection, page)
        pages.update_picture(connection, scanned)
        with pytest.raises(KnownError, match="no-such-record"):
            pages.update_picture(connection, dataclasses.replace(scanned, page_id="another"))
    with store.reading() as connection:
        assert pages.of_dossier(connection, draft_id) == [scanned]


def test_a_page_without_its_object_is_refused(store: Store, draft_id: str) -> None:
    with pytest.raises(BugError), store.transaction() as connection:
        pages.add(connection, samples.make_page(draft_id, "00" * 32))


def test_a_page_that_was_put_to_another_paper_stays_when_the_first_is_taken_out(store: Store, draft_id: str) -> None:
    page = samples.make_page(draft_id, samples.store_content(store, b"a page"))
    first, second = samples.make_paper(draft_id), samples.make_paper(draft_id, position=1)
    with store.transaction() as connection:
        papers.add(connection, first)
        pages.add(connection, dataclasses.replace(page, paper_id=first.paper_id))
    with store.transaction() as connection:
        papers.add(connection, second)
        pages.assign(connection, [page.page_id], second.paper_id)
        papers.remove(connection, first.paper_id)
    with store.reading() as connection:
        assert papers.of_dossier(connection, draft_id) == [second]
        assert pages.of_dossier(connection, draft_id) == [dataclasses.replace(page, paper_id=second.paper_id)]


def test_a_paper_that_is_taken_out_takes_its_pages_along(store: Store, draft_id: str) -> None:
    object_id = samples.store_content(store, b"a page")
    gone, stays = samples.make_paper(draft_id), samples.make_paper(draft_id, position=1)
    both = [samples.make_page(draft_id, object_id, position) for position in range(2)]
    pages_of = {paper.paper_id: page for paper, page in zip((gone, stays), both, strict=True)}
    with store.transaction() as connection:
        for paper in (gone, stays):
            papers.add(connection, paper)
            pages.add(connection, dataclasses.replace(pages_of[paper.paper_id], paper_id=paper.paper_id))
        assert [page.page_id for page in pages.of_paper(connection, gone.paper_id)] == [both[0].page_id]
        papers.remove(connection, gone.paper_id)
        assert papers.of_dossier(connection, draft_id) == [stays]
        assert [page.page_id for page in pages.of_dossier(connection, draft_id)] == [both[1].page_id]
        assert pages.next_position(connection, draft_id) == 2


def test_a_signed_paper_is_the_same_paper_with_more_known_of_it(store: Store, draft_id: str) -> None:
    paper = samples.make_paper(draft_id)
    signed = dataclasses.replace(
        paper,
        fields=(ExtractedField("document_number", "15/2026", 1.0),),
        object_id=samples.store_content(store, b"%PDF"),
        signature_level="B-B",
        signature_digest="ab" * 32,
        signed_by="Ủy ban nhân dân xã Tân Lập",
    )
    with store.transaction() as connection:
        papers.add(connection, paper)
        papers.update(connection, signed)
        assert papers.get(connection, paper.paper_id) == signed


def test_history_is_told_in_the_order_it_happened(store: Store, draft_id: str) -> None:
    later = samples.make_history_entry(draft_id, "Cổng đã tiếp nhận")
    earlier = dataclasses.replace(samples.make_history_entry(draft_id), at=samples.NOON - dt.timedelta(seconds=1))
    with store.transaction() as connection:
        history.add(connection, later)
        history.add(connection, earlier)
    with store.reading() as connection:
        assert history.of_dossier(connection, draft_id) == [earlier, later]


def test_a_clerk_is_found_by_sign_in_name(store: Store) -> None:
    with store.reading() as connection:
        assert clerks.with_login(connection, "lan") == samples.CLERK
        assert clerks.get(connection, samples.CLERK.clerk_id).roles == {Role.CLERK, Role.SIGNER}
        with pytest.raises(KnownError) as caught:
            clerks.with_login(connection, "hoa")
    assert caught.value.code == "no-such-clerk"


def test_a_new_enrolment_takes_the_place_of_the_old(store: Store) -> None:
    other = Workstation("new-device", 2, Unit("H56.15", "a", "b", "c", "14798"))
    with store.transaction() as connection:
        assert workplace.load(connection) == samples.WORKSTATION
        workplace.save(connection, other)
        assert workplace.load(connection) == other


def test_secrets_are_kept_by_name(store: Store) -> None:
    with store.transaction() as connection:
        secrets.put(connection, "reply-key", b"\x00\x01")
        secrets.put(connection, "reply-key", b"\x02")
        assert secrets.get(connection, "reply-key") == b"\x02"


@pytest.mark.parametrize("get", [persons.get, dossiers.get, papers.get, clerks.get])
def test_what_is_not_there_is_said_to_be_not_there(store: Store, get: object) -> None:
    assert callable(get)
    with store.reading() as connection, pytest.raises(KnownError) as caught:
        get(connection, samples.new_id())
    assert caught.value.code == "no-such-record"


@given(st.datetimes(timezones=st.timezones()))
def test_a_moment_keeps_its_instant_to_the_microsecond(moment: dt.datetime) -> None:
    assert moments.from_microseconds(moments.to_microseconds(moment)) == moment.astimezone(dt.UTC)


def test_a_moment_without_a_zone_is_a_bug() -> None:
    with pytest.raises(BugError):
        moments.to_microseconds(dt.datetime(2026, 11, 22))  # noqa: DTZ001 - the point of the test
