# SPDX-License-Identifier: GPL-3.0-or-later
"""The portal's JSON: what we say, what we make of its answers."""

from __future__ import annotations

import dataclasses
import datetime as dt
import http.server
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import KnownError
from casework.records.dossier import DossierState
from casework.records.procedure import Channel
from demo.national_portal import Fault, NationalPortal
from demo.national_portal_rules import check_dossier
from sync_agent.portals.mapi import MapiAccount, MapiPortal, dossier_payload
from sync_agent.portals.portal import DossierFacts, PaperFacts, PersonFacts, Verdict

PROCEDURE = "1.001193"
FACTS = DossierFacts(
    code="H56.14-261122-0601",
    procedure_code=PROCEDURE,
    procedure_name="Đăng ký khai sinh",
    procedure_field="Hộ tịch",
    channel=Channel.COUNTER,
    state=DossierState.RECEIVED,
    received_at=dt.datetime(2026, 11, 22, 18, 30, 5, tzinfo=dt.UTC),
    due_at=dt.datetime(2026, 11, 24, 17, 0, tzinfo=dt.timezone(dt.timedelta(hours=7))),
    fee_amount=8000,
    unit_code="H56.14",
    unit_name="Trung tâm Phục vụ hành chính công xã Tân Lập",
    applicant=PersonFacts("Lê Văn Thành", "038094012745", "174102358", "Thôn Trung Hậu", "0912345678"),
    papers=(PaperFacts("paper-1", "Giấy chứng sinh", f"{PROCEDURE}/01", 0, "object-1"),),
)


@pytest.fixture
def portal() -> Iterator[NationalPortal]:
    with NationalPortal({PROCEDURE}) as running:
        yield running


@contextmanager
def client_of(portal: NationalPortal, timeout_s: float = 20.0) -> Iterator[MapiPortal]:
    client = MapiPortal(MapiAccount(portal.url, portal.username, portal.password), timeout_s=timeout_s)
    try:
        yield client
    finally:
        client.close()


@contextmanager
def impostor(*answers: bytes, status: int = 200) -> Iterator[MapiPortal]:
    """Something that gives these answers one after the other, whatever it is asked."""
    left = list(answers)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()
            self.wfile.write(left.pop(0))

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        client = MapiPortal(MapiAccount(f"http://127.0.0.1:{server.server_port}/mapi", "u", "p"), timeout_s=5)
        try:
            yield client
        finally:
            client.close()
            server.shutdown()
            thread.join()


def code_of(client: MapiPortal) -> tuple[str, bool]:
    with pytest.raises(KnownError) as caught:
        client.submit(FACTS, update=False)
    return caught.value.code, caught.value.retryable


def test_a_dossier_has_the_fields_that_the_portal_demands() -> None:
    payload = dossier_payload(FACTS)
    check_dossier(payload, {PROCEDURE})
    assert payload["MaHoSo"] == "H56.14-261122-0601"
    assert payload["KenhThucHien"] == "1"
    assert payload["TrangThaiHoSo"] == "2"
    assert payload["TenLinhVuc"] == "Hộ tịch"
    assert payload["SoDienThoai"] == "0912345678"
    assert payload["HoSoCoThanhPhanSoHoa"] == "1"
    assert payload["DanhSachLePhi"] == [
        {"TenPhiLePhi": "Phí, lệ phí", "MaPhiLePhi": "", "HinhThucThu": "1", "Gia": "8000", "LoaiPhiLePhi": "1"}
    ]


def test_moments_are_told_in_the_time_of_ha_noi() -> None:
    payload = dossier_payload(FACTS)
    assert payload["NgayTiepNhan"] == "20261123013005"
    assert payload["NgayHenTra"] == "20261124170000"


@pytest.mark.parametrize(
    ("id_number", "former", "expected"),
    [
        ("038094012745", "174102358", [{"LoaiDinhDanh": "1", "SoDinhDanh": "038094012745"}]),
        ("", "174102358", [{"LoaiDinhDanh": "2", "SoDinhDanh": "174102358"}]),
        ("P0123456", "", []),
        ("", "", []),
    ],
)
def test_an_identity_is_told_as_what_it_is(id_number: str, former: str, expected: object) -> None:
    applicant = dataclasses.replace(FACTS.applicant, id_number=id_number, former_id_number=former)
    assert dossier_payload(dataclasses.replace(FACTS, applicant=applicant))["DinhDanhCHS"] == expected


@given(name=st.text(min_size=1, max_size=3000), title=st.text(max_size=6000))
def test_texts_keep_the_portals_limits(name: str, title: str) -> None:
    facts = dataclasses.replace(FACTS, procedure_name=name, papers=(dataclasses.replace(FACTS.papers[0], title=title),))
    payload = dossier_payload(facts)
    assert len(str(payload["TrichYeuHoSo"])) <= 1000
    papers = payload["TaiLieuNop"]
    assert isinstance(papers, list)
    assert len(papers[0]["TenTepDinhKem"]) <= 4000
    assert papers[0]["TenTepDinhKem"].endswith(".pdf")


def test_what_is_not_known_is_left_empty() -> None:
    payload = dossier_payload(dataclasses.replace(FACTS, fee_amount=None, papers=()))
    assert payload["DanhSachLePhi"] == payload["TaiLieuNop"] == []
    assert payload["HoSoCoThanhPhanSoHoa"] == "0"


def test_a_new_dossier_is_accepted(portal: NationalPortal) -> None:
    with client_of(portal) as client:
        answer = client.submit(FACTS, update=False)
    assert (answer.verdict, answer.portal_code) == (Verdict.ACCEPTED, "")
    held = portal.dossier(FACTS.code)
    assert held is not None
    assert held.fields["ChuHoSo"] == "Lê Văn Thành"


def test_a_dossier_that_is_there_already_is_sent_as_an_update(portal: NationalPortal) -> None:
    with client_of(portal) as client:
        client.submit(FACTS, update=False)
        assert client.submit(FACTS, update=False).verdict is Verdict.ACCEPTED
        assert client.submit(FACTS, update=True).verdict is Verdict.ACCEPTED
    held = portal.dossier(FACTS.code)
    assert held is not None
    assert held.revisions == 3


def test_a_code_of_the_portals_own_is_reported() -> None:
    with NationalPortal({PROCEDURE}, gives_own_codes=True) as portal, client_of(portal) as client:
        assert client.submit(FACTS, update=False).portal_code == f"QG-{FACTS.code}"


def test_a_refusal_is_an_answer_with_the_portals_words(portal: NationalPortal) -> None:
    with client_of(portal) as client:
        answer = client.submit(dataclasses.replace(FACTS, procedure_code="9.999999"), update=False)
    assert answer.verdict is Verdict.REFUSED
    assert answer.message == "Mã thủ tục hành chính không tồn tại"
    assert answer.message not in repr(answer)


def test_one_session_serves_many_dossiers_and_is_renewed_once(portal: NationalPortal) -> None:
    with client_of(portal) as client:
        client.submit(FACTS, update=False)
        client.submit(FACTS, update=True)
        assert portal.requests == 3
        portal.forget_sessions()
        assert client.submit(FACTS, update=True).verdict is Verdict.ACCEPTED
        assert portal.requests == 6


def test_a_wrong_password_is_not_worth_another_try(portal: NationalPortal) -> None:
    portal.password = "changed at the portal"
    client = MapiPortal(MapiAccount(portal.url, portal.username, "old"))
    assert code_of(client) == ("portal-login-failed", False)
    assert portal.requests == 1
    client.close()


def test_a_portal_that_ends_every_session_at_once_is_not_asked_for_ever(portal: NationalPortal) -> None:
    with client_of(portal) as client:
        client.submit(FACTS, update=False)
        portal.fail(*[Fault.SESSION_LOST] * 9)
        assert code_of(client) == ("portal-login-failed", False)
        assert portal.faults_left >= 6


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault.DOWN, "portal-unreachable"),
        (Fault.CUT, "portal-unreachable"),
        (Fault.CUT_AFTER_EFFECT, "portal-unreachable"),
        (Fault.HTML, "portal-garbled"),
        (Fault.SLOW, "portal-unreachable"),
        (Fault.ERROR, "portal-unreachable"),
    ],
)
def test_trouble_has_a_name(portal: NationalPortal, fault: Fault, code: str) -> None:
    with client_of(portal, timeout_s=0.3) as client:
        client.submit(FACTS, update=False)
        portal.fail(fault, slow_for_s=2)
        assert code_of(client) == (code, True)


def test_a_portal_in_trouble_at_the_log_in_is_not_a_wrong_password(portal: NationalPortal) -> None:
    portal.fail(Fault.ERROR)
    with client_of(portal) as client:
        assert code_of(client) == ("portal-unreachable", True)


def test_nobody_there(portal: NationalPortal) -> None:
    client = MapiPortal(MapiAccount("http://127.0.0.1:9", "u", "p"))
    assert code_of(client) == ("portal-unreachable", True)
    client.close()


@pytest.mark.parametrize(
    ("answer", "status", "code"),
    [
        (b"<html>", 200, "portal-garbled"),
        (b"", 200, "portal-garbled"),
        (b"[]", 200, "portal-garbled"),
        (b'{"session": "s"}', 200, "portal-garbled"),
        (b'{"error_code": null}', 200, "portal-garbled"),
        (b"\xff\xfe", 200, "portal-garbled"),
        (b"[" * 100_000, 200, "portal-garbled"),
        (b"x" * 2_000_000, 200, "portal-garbled"),
        (b"<html>moved", 302, "portal-garbled"),
        (b"<html>bad gateway", 502, "portal-unreachable"),
        (b'{"error_code": 0}', 200, "portal-login-failed"),
        (b'{"error_code": 0, "session": 5}', 200, "portal-login-failed"),
    ],
)
def test_what_is_not_the_portals_answer_is_not_believed(answer: bytes, status: int, code: str) -> None:
    with impostor(answer, status=status) as client:
        assert code_of(client)[0] == code


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("code", ['"3"', '"-3"', "3", "-3"])
def test_a_duplicate_is_recognised_however_it_is_spelled(form: Literal["NFC", "NFD"], code: str) -> None:
    words = unicodedata.normalize(form, "Hồ sơ ĐÃ TỒN TẠI trên hệ thống")
    duplicate = f'{{"error_code": {code}, "error_message": "{words}"}}'.encode()
    with impostor(b'{"error_code": 0, "session": "s"}', duplicate, b'{"error_code": "0"}') as client:
        assert client.submit(FACTS, update=False).verdict is Verdict.ACCEPTED


def test_a_duplicate_of_an_update_is_a_refusal() -> None:
    duplicate = '{"error_code": "3", "error_message": "đã tồn tại"}'.encode()
    with impostor(b'{"error_code": 0, "session": "s"}', duplicate) as client:
        assert client.submit(FACTS, update=True).verdict is Verdict.REFUSED


def test_no_secret_shows_in_a_repr() -> None:
    shown = repr(MapiAccount("http://x", "user", "hidden")) + repr(FACTS)
    for secret in ["hidden", "Lê Văn Thành", "038094012745", "Giấy chứng sinh"]:
        assert secret not in shown


def test_a_paper_that_was_only_seen_is_not_called_digitised() -> None:
    seen = PaperFacts("paper-2", "Giấy tờ tùy thân", f"{PROCEDURE}/03", 1, "")
    both = dossier_payload(dataclasses.replace(FACTS, papers=(*FACTS.papers, seen)))
    papers = both["TaiLieuNop"]
    assert isinstance(papers, list)
    assert [paper["DuocSoHoa"] for paper in papers] == ["1", "0"]
    assert both["HoSoCoThanhPhanSoHoa"] == "1"
    assert dossier_payload(dataclasses.replace(FACTS, papers=(seen,)))["HoSoCoThanhPhanSoHoa"] == "0"


def test_a_file_that_the_portal_could_not_fetch_is_trouble_and_no_refusal(portal: NationalPortal) -> None:
    gone = dataclasses.replace(FACTS.papers[0], file_url="http://127.0.0.1:9/nothing-listens-here")
    with client_of(portal) as client, pytest.raises(KnownError) as caught:
        client.submit(dataclasses.replace(FACTS, papers=(gone,)), update=False)
    assert (caught.value.code, caught.value.retryable) == ("portal-unreachable", True)
