# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated national portal is as strict as the real one is described to be."""

from __future__ import annotations

import hashlib
import http.server
import threading
from collections.abc import Iterator, Mapping

import pytest
import requests

from demo.national_portal import Fault, NationalPortal

GOOD: dict[str, object] = {
    "MaHoSo": "H56.14-261122-0601",
    "MaTTHC": "1.001193",
    "TenTTHC": "Đăng ký khai sinh",
    "KenhThucHien": "1",
    "ChuHoSo": "Lê Văn Thành",
    "LoaiDoiTuong": "1",
    "TrichYeuHoSo": "Đăng ký khai sinh",
    "NgayTiepNhan": "20261122083000",
    "NgayHenTra": "20261123170000",
    "TrangThaiHoSo": "2",
    "HinhThuc": "0",
    "DonViXuLy": "Trung tâm xã Hoằng Phú",
    "NoiNopHoSo": "2",
}
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def portal() -> Iterator[NationalPortal]:
    with NationalPortal({"1.001193"}) as running:
        yield running


@pytest.fixture
def files() -> Iterator[str]:
    """A place with a PDF, a picture and nothing else."""
    content = {"/good.pdf": PDF, "/bad.pdf": b"\xff\xd8\xff JPEG"}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path in content else 404)
            self.end_headers()
            self.wfile.write(content.get(self.path, b""))

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def ask(portal: NationalPortal, service: str = "", **fields: object) -> dict[str, object]:
    """Log in, ask a service, give its answer."""
    account = {"username": portal.username, "password": portal.password}
    session = requests.post(f"{portal.url}/login", json=account, timeout=10).json()["session"]
    request = {"session": session, "madonvi": "H56.14", "service": service, **fields}
    answer = requests.post(f"{portal.url}/g", json=request, timeout=10)
    found: dict[str, object] = answer.json()
    return found


def tell(portal: NationalPortal, dossier: Mapping[str, object], update: str = "False") -> dict[str, object]:
    return ask(portal, "DongBoHoSoMC", isUpdating=update, data=[dossier])


def test_it_wants_its_account(portal: NationalPortal) -> None:
    answer = requests.post(f"{portal.url}/login", json={"username": portal.username, "password": "x"}, timeout=10)
    assert answer.json()["error_code"] == "1"
    unknown = {"session": "x", "madonvi": "H56.14", "service": "TraCuuHoSo", "mahoso": "y"}
    assert "Phiên" in requests.post(f"{portal.url}/g", json=unknown, timeout=10).json()["error_message"]


def test_it_takes_a_dossier_and_finds_it_again(portal: NationalPortal) -> None:
    answer = tell(portal, GOOD)
    assert answer["error_code"] == "0"
    assert ask(portal, "TraCuuHoSo", mahoso=GOOD["MaHoSo"])["result"] == [GOOD]
    assert ask(portal, "TraCuuHoSo", mahoso="H56.14-261122-0602")["result"] == []
    held = portal.dossier("H56.14-261122-0601")
    assert held is not None
    assert held.revisions == 1


def test_a_dossier_is_new_once(portal: NationalPortal) -> None:
    tell(portal, GOOD)
    again = tell(portal, GOOD)
    assert again["error_code"] == "3"
    assert "đã tồn tại" in str(again["error_message"])
    assert tell(portal, {**GOOD, "TrangThaiHoSo": "4"}, update="True")["error_code"] == "0"
    held = portal.dossier("H56.14-261122-0601")
    assert held is not None
    assert (held.fields["TrangThaiHoSo"], held.revisions) == ("4", 2)


def test_what_it_does_not_have_it_can_not_update(portal: NationalPortal) -> None:
    assert tell(portal, GOOD, update="True")["error_code"] == "3"
    assert portal.dossiers() == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *((name, "") for name in GOOD),
        ("MaHoSo", "601"),
        ("MaHoSo", "H56.14-261322-0601"),
        ("MaTTHC", "9.999999"),
        ("KenhThucHien", "4"),
        ("TrangThaiHoSo", "11"),
        ("NgayHenTra", "2026-11-23"),
        ("NgayTiepNhan", "20261322083000"),
        ("TrichYeuHoSo", "x" * 1001),
    ],
)
def test_it_refuses_what_breaks_the_rules(portal: NationalPortal, field: str, value: str) -> None:
    assert tell(portal, {**GOOD, field: value})["error_code"] == "2"
    assert portal.dossiers() == {}


def test_it_fetches_the_files_and_looks_at_them(portal: NationalPortal, files: str) -> None:
    def paper(name: str) -> dict[str, object]:
        return {"TepDinhKemId": name, "TenTepDinhKem": name, "DuongDanTaiTepTin": f"{files}/{name}"}

    assert tell(portal, {**GOOD, "TaiLieuNop": [paper("bad.pdf")]})["error_message"] == "Tệp bad.pdf không phải PDF"
    assert tell(portal, {**GOOD, "TaiLieuNop": [paper("no.pdf")]})["error_message"] == "Không tải được tệp no.pdf"
    assert portal.dossiers() == {}
    without_link = {"TepDinhKemId": "later", "TenTepDinhKem": "later.pdf", "DuongDanTaiTepTin": ""}
    assert tell(portal, {**GOOD, "TaiLieuNop": [paper("good.pdf"), without_link]})["error_code"] == "0"
    held = portal.dossier("H56.14-261122-0601")
    assert held is not None
    assert {name: file.sha256 for name, file in held.files.items()} == {"good.pdf": hashlib.sha256(PDF).hexdigest()}


def test_it_takes_progress_of_dossiers_it_has(portal: NationalPortal) -> None:
    tell(portal, GOOD)
    item = {
        "MaHoSo": GOOD["MaHoSo"],
        "NguoiXuLy": "Trịnh Quốc Bảy",
        "ThoiDiemXuLy": "20261122090000",
        "NoiDungXuLy": "Tiếp nhận",
        "TrangThai": "4",
    }
    assert ask(portal, "CapNhatTienDoHoSoMC", data=[item])["error_code"] == "0"
    held = portal.dossier("H56.14-261122-0601")
    assert held is not None
    assert len(held.progress) == 1
    assert ask(portal, "CapNhatTienDoHoSoMC", data=[item] * 11)["error_code"] == "2"
    assert ask(portal, "CapNhatTienDoHoSoMC", data=[{**item, "MaHoSo": "H56.14-261122-0009"}])["error_code"] == "3"
    assert ask(portal, "CapNhatTienDoHoSoMC", data=[{**item, "NguoiXuLy": ""}])["error_code"] == "2"


def test_faults_strike_in_their_order_and_then_it_is_itself_again(portal: NationalPortal) -> None:
    portal.fail(Fault.ERROR, Fault.HTML, Fault.DOWN, Fault.CUT)
    account = {"username": portal.username, "password": portal.password}
    assert requests.post(f"{portal.url}/login", json=account, timeout=10).json()["error_code"] == "99"
    assert requests.post(f"{portal.url}/login", json=account, timeout=10).text.startswith("<!DOCTYPE html>")
    with pytest.raises(requests.ConnectionError):
        requests.post(f"{portal.url}/login", json=account, timeout=10)
    with pytest.raises(requests.RequestException):
        requests.post(f"{portal.url}/login", json=account, timeout=10)
    assert portal.faults_left == 0
    assert tell(portal, GOOD)["error_code"] == "0"


def test_an_effect_may_come_without_its_answer(portal: NationalPortal) -> None:
    account = {"username": portal.username, "password": portal.password}
    session = requests.post(f"{portal.url}/login", json=account, timeout=10).json()["session"]
    portal.fail(Fault.CUT_AFTER_EFFECT)
    request = {"session": session, "madonvi": "H", "service": "DongBoHoSoMC", "isUpdating": "False", "data": [GOOD]}
    with pytest.raises(requests.RequestException):
        requests.post(f"{portal.url}/g", json=request, timeout=10)
    assert set(portal.dossiers()) == {GOOD["MaHoSo"]}
