# SPDX-License-Identifier: GPL-3.0-or-later
"""From the gateway to the portal and back: accepted, refused, in trouble, and never in the way of the desks."""

from __future__ import annotations

import dataclasses
import hashlib
import sqlite3
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.records.dossier import PortalState
from casework.records.operation import OperationKind
from demo.national_portal import Fault, NationalPortal
from gateway.relay import Backoff
from sync_agent.portals.mapi import MapiAccount
from sync_agent.wire.reply import PortalStatus, ReplyItem
from tests.gateway.conftest import RunningGateway, eventually, serving
from tests.gateway.desk import ADDRESS, APPLICANT, ID_NUMBER, PDF, PROCEDURE, Desk, DossierAtDesk, SealedObject


@pytest.fixture
def clerk(relaying_gateway: RunningGateway) -> Desk:
    return relaying_gateway.enrol()


def statuses(news: list[ReplyItem], dossier: DossierAtDesk) -> list[PortalStatus]:
    return [item for item in news if isinstance(item, PortalStatus) and item.dossier_id == dossier.dossier_id]


def is_told(dossier: DossierAtDesk, state: PortalState) -> Callable[[list[ReplyItem]], bool]:
    return lambda news: any(status.portal_state is state for status in statuses(news, dossier))


def job_state(folder: Path, dossier: DossierAtDesk) -> tuple[str, str]:
    connection = sqlite3.connect(folder / "gateway.db")
    try:
        state, error = connection.execute(
            "SELECT state, last_error FROM relay_jobs WHERE dossier_id = ?", (dossier.dossier_id,)
        ).fetchone()
    finally:
        connection.close()
    return str(state), str(error)


def test_a_dossier_is_accepted_and_its_desks_hear_of_it(clerk: Desk, portal: NationalPortal) -> None:
    dossier = clerk.receive_dossier()
    clerk.send_dossier(dossier)
    status = statuses(clerk.wait_for(is_told(dossier, PortalState.ACCEPTED)), dossier)[-1]
    assert status.portal_code == ""
    held = portal.dossier(dossier.code)
    assert held is not None
    assert held.fields["ChuHoSo"] == APPLICANT
    assert held.fields["DinhDanhCHS"] == [{"LoaiDinhDanh": "1", "SoDinhDanh": ID_NUMBER}]
    assert held.fields["NgayTiepNhan"] == "20261122083000"
    assert held.fields["MaTTHC"] == PROCEDURE
    assert held.fields["TenLinhVuc"] == "Hộ tịch"
    assert held.fields["DonViXuLy"] == clerk.enrolment.unit.name


def test_the_code_that_the_portal_gives_reaches_the_desks(tmp_path: Path) -> None:
    with NationalPortal({PROCEDURE}, gives_own_codes=True) as portal:
        account = MapiAccount(portal.url, portal.username, portal.password)
        with serving(tmp_path / "gateway", account) as gateway:
            desk = gateway.enrol()
            dossier = desk.receive_dossier()
            desk.send_dossier(dossier)
            news = desk.wait_for(is_told(dossier, PortalState.ACCEPTED))
    assert statuses(news, dossier)[-1].portal_code == f"QG-{dossier.code}"


def test_the_files_follow_when_the_last_one_has_arrived(clerk: Desk, portal: NationalPortal) -> None:
    pdfs = [PDF, PDF + b"% 2\n%%EOF\n" * 60_000]
    dossier = clerk.receive_dossier(pdfs)
    clerk.send_dossier(dossier)
    clerk.wait_for(is_told(dossier, PortalState.ACCEPTED))
    held = portal.dossier(dossier.code)
    assert held is not None
    assert held.files == {}
    clerk.upload(dossier.objects[0])
    clerk.upload(dossier.objects[1])

    def has_both() -> bool:
        found = portal.dossier(dossier.code)
        return found is not None and len(found.files) == 2

    eventually(has_both)
    held = portal.dossier(dossier.code)
    assert held is not None
    papers = [operation.record_id for operation in dossier.operations if operation.kind.value == "paper.added"]
    assert {name: file.sha256 for name, file in held.files.items()} == {
        paper: hashlib.sha256(pdf).hexdigest() for paper, pdf in zip(papers, pdfs, strict=True)
    }
    assert held.revisions == 2
    assert len(statuses(clerk.news(), dossier)) == 1, "the same news is not told twice"


def test_a_paper_that_comes_later_is_told_as_an_update(clerk: Desk, portal: NationalPortal) -> None:
    dossier = clerk.receive_dossier([PDF])
    early, late = dossier.operations[:2], dossier.operations[2:]
    clerk.send(clerk.seal(early))
    clerk.wait_for(is_told(dossier, PortalState.ACCEPTED))
    clerk.send(clerk.seal(late, dossier.objects))
    clerk.upload(dossier.objects[0])

    def has_file() -> bool:
        held = portal.dossier(dossier.code)
        return held is not None and len(held.files) == 1

    eventually(has_file)


def test_a_neighbour_that_uses_a_dossiers_names_changes_nothing_of_it(
    relaying_gateway: RunningGateway, clerk: Desk, portal: NationalPortal
) -> None:
    """Not before the dossier comes, not after, and not with the key of its scan."""
    rogue = relaying_gateway.enrol(near=clerk)
    dossier = clerk.receive_dossier([PDF])
    person, received, paper, *_ = dossier.operations
    forged = [
        dataclasses.replace(
            operation,
            operation_id=str(uuid.uuid4()),
            device_id=rogue.device_id,
            device_sequence=number,
            fields={**operation.fields, **changes},
        )
        for number, (operation, changes) in enumerate(
            [
                (person, {"full_name": "Ai Đó"}),
                (received, {"code": f"{rogue.enrolment.unit.code}-261122-0601", "procedure_code": "9.999999"}),
                (paper, {"title": "Giấy giả"}),
            ]
            * 2,
            start=1,
        )
    ]
    wrong_key = dataclasses.replace(dossier.objects[0].announced, file_key=bytes(32), plaintext_size=5)
    objects = [SealedObject(wrong_key, b"")]
    rogue.send(rogue.seal(forged[:3], objects))
    rogue.wait_for(is_told(dossier, PortalState.REJECTED))
    clerk.send_dossier(dossier)
    clerk.upload(dossier.objects[0])
    clerk.wait_for(is_told(dossier, PortalState.ACCEPTED))
    rogue.send(rogue.seal([forged[3], forged[5]], objects))

    def has_file() -> bool:
        held = portal.dossier(dossier.code)
        return held is not None and len(held.files) == 1

    eventually(has_file)
    held = portal.dossier(dossier.code)
    assert held is not None
    assert held.fields["ChuHoSo"] == APPLICANT
    assert held.files[paper.record_id].sha256 == hashlib.sha256(PDF).hexdigest()
    told = {(item.device_id, item.portal_state) for item in statuses(clerk.news(), dossier)}
    assert told >= {(rogue.device_id, PortalState.REJECTED), (clerk.device_id, PortalState.ACCEPTED)}
    assert (clerk.device_id, PortalState.REJECTED) not in told


def test_a_dossier_without_its_applicant_waits_for_him(
    relaying_gateway: RunningGateway, clerk: Desk, portal: NationalPortal
) -> None:
    dossier = clerk.receive_dossier()
    person, *others = dossier.operations
    clerk.send(clerk.seal(others))
    eventually(lambda: job_state(relaying_gateway.folder, dossier) == ("incomplete", "dossier-incomplete"))
    assert portal.requests == 0
    clerk.send(clerk.seal([person]))
    clerk.wait_for(is_told(dossier, PortalState.ACCEPTED))


@pytest.mark.expects_log("gateway.relay", level="ERROR")
def test_a_dossier_that_can_not_be_read_does_not_stand_before_the_others(
    tmp_path: Path, portal: NationalPortal, account: MapiAccount
) -> None:
    folder = tmp_path / "gateway"
    with serving(folder) as gateway:
        desk = gateway.enrol()
        broken, good = desk.receive_dossier(), desk.receive_dossier()
        desk.send_dossier(broken)
        desk.send_dossier(good)
    connection = sqlite3.connect(folder / "gateway.db")
    connection.execute("UPDATE operations SET sealed = zeroblob(64) WHERE dossier_id = ?", (broken.dossier_id,))
    connection.commit()
    connection.close()
    with serving(folder, account) as gateway:
        desk.url = gateway.url
        desk.wait_for(is_told(good, PortalState.ACCEPTED))
    assert set(portal.dossiers()) == {good.code}
    assert job_state(folder, broken) == ("waiting", "gateway-fault")


def test_history_is_not_told_to_the_portal(clerk: Desk, portal: NationalPortal) -> None:
    dossier = clerk.receive_dossier()
    clerk.send_dossier(dossier)
    clerk.wait_for(is_told(dossier, PortalState.ACCEPTED))
    entry = clerk.operation(
        OperationKind.HISTORY_ADDED,
        {"at": "2026-11-22T09:00:00+07:00", "action": "received", "note": ""},
        dossier_id=dossier.dossier_id,
    )
    clerk.send(clerk.seal([entry]))
    after = clerk.receive_dossier()
    clerk.send_dossier(after)
    clerk.wait_for(is_told(after, PortalState.ACCEPTED))
    held = portal.dossier(dossier.code)
    assert held is not None
    assert held.revisions == 1


def test_a_refusal_reaches_the_desks_with_the_portals_words(
    relaying_gateway: RunningGateway, clerk: Desk, portal: NationalPortal
) -> None:
    dossier = clerk.receive_dossier(procedure_code="9.999999")
    clerk.send_dossier(dossier)
    status = statuses(clerk.wait_for(is_told(dossier, PortalState.REJECTED)), dossier)[-1]
    assert status.message == "Mã thủ tục hành chính không tồn tại"
    assert job_state(relaying_gateway.folder, dossier) == ("refused", "portal-refused")
    asked = portal.requests
    good = clerk.receive_dossier()
    clerk.send_dossier(good)
    clerk.wait_for(is_told(good, PortalState.ACCEPTED))
    assert portal.requests == asked + 1, "a refused dossier is not offered again unchanged"


@pytest.mark.expects_log("gateway.relay")
@pytest.mark.parametrize("fault", [Fault.DOWN, Fault.HTML, Fault.ERROR, Fault.CUT, Fault.CUT_AFTER_EFFECT])
def test_trouble_at_the_portal_is_waited_out(clerk: Desk, portal: NationalPortal, fault: Fault) -> None:
    before = clerk.receive_dossier()
    clerk.send_dossier(before)
    clerk.wait_for(is_told(before, PortalState.ACCEPTED))
    portal.fail(*[fault] * 3)
    dossiers = [clerk.receive_dossier() for _ in range(3)]
    for dossier in dossiers:
        assert clerk.send_dossier(dossier).status_code == 200
    for dossier in dossiers:
        news = clerk.wait_for(is_told(dossier, PortalState.ACCEPTED))
        assert [status.portal_state for status in statuses(news, dossier)] == [PortalState.ACCEPTED]
    assert portal.faults_left == 0
    assert set(portal.dossiers()) == {dossier.code for dossier in [before, *dossiers]}


def test_a_lost_session_is_opened_again(clerk: Desk, portal: NationalPortal) -> None:
    first, second = clerk.receive_dossier(), clerk.receive_dossier()
    clerk.send_dossier(first)
    clerk.wait_for(is_told(first, PortalState.ACCEPTED))
    portal.fail(Fault.SESSION_LOST)
    clerk.send_dossier(second)
    clerk.wait_for(is_told(second, PortalState.ACCEPTED))


def test_a_slow_portal_does_not_slow_the_desks(clerk: Desk, portal: NationalPortal) -> None:
    portal.fail(Fault.SLOW, slow_for_s=1.5)
    slow = clerk.receive_dossier()
    clerk.send_dossier(slow)
    eventually(lambda: portal.requests == 1)
    began = time.monotonic()
    for _ in range(5):
        assert clerk.send_dossier(clerk.receive_dossier()).status_code == 200
    assert len([item for item in clerk.news() if not isinstance(item, PortalStatus)]) == 18
    assert time.monotonic() - began < 1.5, "the desks were served while the portal was thinking"
    assert portal.dossiers() == {}
    clerk.wait_for(is_told(slow, PortalState.ACCEPTED))


@pytest.mark.expects_log("gateway.relay")
def test_a_portal_that_is_away_is_found_when_it_is_back(
    tmp_path: Path, portal: NationalPortal, account: MapiAccount
) -> None:
    folder = tmp_path / "gateway"
    with serving(folder, MapiAccount("http://127.0.0.1:9", "nobody", "nothing")) as gateway:
        desk = gateway.enrol()
        dossier = desk.receive_dossier()
        assert desk.send_dossier(dossier).status_code == 200
        eventually(lambda: job_state(folder, dossier) == ("waiting", "portal-unreachable"))
    with serving(folder, account) as gateway:
        desk.url = gateway.url
        desk.wait_for(is_told(dossier, PortalState.ACCEPTED))


@pytest.mark.expects_log("gateway.relay")
def test_a_refused_log_in_is_not_hammered_at(tmp_path: Path, portal: NationalPortal) -> None:
    folder = tmp_path / "gateway"
    wrong = MapiAccount(portal.url, portal.username, "wrong")
    patient = Backoff(first_s=0.01, longest_s=3600)
    with serving(folder, wrong, patient) as gateway:
        desk = gateway.enrol()
        first = desk.receive_dossier()
        desk.send_dossier(first)
        eventually(lambda: job_state(folder, first) == ("waiting", "portal-login-failed"))
        asked = portal.requests
        for _ in range(3):
            desk.send_dossier(desk.receive_dossier())
        assert portal.requests == asked


def test_without_a_portal_the_dossiers_are_kept_for_it(
    tmp_path: Path, portal: NationalPortal, account: MapiAccount
) -> None:
    folder = tmp_path / "gateway"
    with serving(folder) as gateway:
        desk = gateway.enrol()
        dossier = desk.receive_dossier()
        desk.send_dossier(dossier)
    assert job_state(folder, dossier) == ("waiting", "")
    with serving(folder, account) as gateway:
        desk.url = gateway.url
        desk.wait_for(is_told(dossier, PortalState.ACCEPTED))


def test_a_job_that_a_wrong_clock_put_off_for_years_is_done_now(tmp_path: Path, account: MapiAccount) -> None:
    folder = tmp_path / "gateway"
    with serving(folder) as gateway:
        desk = gateway.enrol()
        dossier = desk.receive_dossier()
        desk.send_dossier(dossier)
    connection = sqlite3.connect(folder / "gateway.db")
    connection.execute("UPDATE relay_jobs SET next_at_ms = 4102444800000")
    connection.commit()
    connection.close()
    with serving(folder, account) as gateway:
        desk.url = gateway.url
        desk.wait_for(is_told(dossier, PortalState.ACCEPTED))


@given(failures=st.integers(1, 10_000), chance=st.floats(0, 1))
def test_a_rest_is_never_longer_than_the_cap(failures: int, chance: float) -> None:
    backoff = Backoff(first_s=2, longest_s=900)
    assert 0 <= backoff.rest_s(failures, lambda: chance) <= 900
    assert backoff.rest_s(failures, lambda: 1) == min(900, 2 * 2 ** min(failures - 1, 30))


def test_nothing_personal_lies_in_the_clear_in_the_gateways_folder(
    relaying_gateway: RunningGateway, clerk: Desk, portal: NationalPortal
) -> None:
    words = [APPLICANT, APPLICANT.upper(), "Le Van Thanh", ID_NUMBER, ADDRESS, "0912345678", "Giấy chứng sinh"]
    dossier = clerk.receive_dossier([PDF * 20_000])
    refused = clerk.receive_dossier(procedure_code="9.999999")
    clerk.send_dossier(dossier)
    clerk.send_dossier(refused)
    clerk.append(dossier.objects[0], 0, dossier.objects[0].content[:100_000])
    clerk.wait_for(is_told(refused, PortalState.REJECTED))
    half_way = leaks(relaying_gateway.folder, words)
    clerk.upload(dossier.objects[0])

    def has_file() -> bool:
        held = portal.dossier(dossier.code)
        return held is not None and len(held.files) == 1

    eventually(has_file)
    assert half_way == leaks(relaying_gateway.folder, words) == []
    planted = relaying_gateway.folder / "objects" / "planted.tmp"
    planted.write_bytes(b"..." + ID_NUMBER.encode("utf-16-le"))
    assert leaks(relaying_gateway.folder, words) == ["planted.tmp"]


def leaks(folder: Path, words: list[str]) -> list[str]:
    """Files of a folder that hold one of the words in a common encoding, as text or as JSON writes it."""
    needles = [
        spelling.encode(encoding)
        for word in words
        for spelling in {word, word.encode("unicode_escape").decode("ascii").replace("\\x", "\\u00")}
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    ]
    return [
        path.name
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]
