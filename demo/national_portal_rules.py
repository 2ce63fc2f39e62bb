# SPDX-License-Identifier: GPL-3.0-or-later
"""What the simulated national portal demands of a request; see :mod:`demo.national_portal`."""

from __future__ import annotations

import datetime as dt
import hashlib
import http.client
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Final

Json = Mapping[str, object]

_DOSSIER_CODE: Final = re.compile(
    r"(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.[0-9A-Z]+){0,6})-(?P<day>\d{6})-\d{4,6}"
)
_REQUIRED: Final = (
    "MaHoSo", "MaTTHC", "TenTTHC", "KenhThucHien", "ChuHoSo", "LoaiDoiTuong", "TrichYeuHoSo", "NgayTiepNhan",
    "NgayHenTra", "TrangThaiHoSo", "HinhThuc", "DonViXuLy", "NoiNopHoSo",
)  # fmt: skip
_REQUIRED_PROGRESS: Final = ("MaHoSo", "NguoiXuLy", "ThoiDiemXuLy", "NoiDungXuLy", "TrangThai")
_MOMENTS: Final = ("NgayNopHoSo", "NgayTiepNhan", "NgayHenTra", "NgayTra", "NgayKetThucXuLy", "NgayTuChoi")
_CHOICES: Final = {
    "KenhThucHien": {"1", "2", "3"},
    "LoaiDoiTuong": {"1", "2", "3", "4"},
    "HinhThuc": {"0", "1"},
    "TrangThaiHoSo": {str(state) for state in range(1, 11)},
}
_LIMITS: Final = {"TrichYeuHoSo": 1_000, "NguoiXuLy": 50}
_PROGRESS_CHUNK: Final = 10
_MAX_FILE_BYTES: Final = 64 * 1_048_576
_FETCH_TIMEOUT_S: Final = 20


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file that the portal fetched by a link.

    Attributes:
        file_id: ``TepDinhKemId``.
        size: Bytes.
        sha256: Of its content, hex.
    """

    file_id: str
    size: int
    sha256: str


class ComplaintError(Exception):
    """What the portal has against a request: code and words."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def check_dossier(item: Json, procedure_codes: Container[str]) -> None:
    """Hold a dossier against the rules of the interface.

    Raises:
        ComplaintError: What is wrong with it.
    """
    for name in _REQUIRED:
        if not item.get(name):
            raise ComplaintError(2, f"Thiếu trường bắt buộc {name}")
    match = _DOSSIER_CODE.fullmatch(str(item["MaHoSo"]))
    if match is None or _moment(f"20{match['day']}000000") is None:
        raise ComplaintError(2, "Mã hồ sơ không đúng định dạng")
    if item["MaTTHC"] not in procedure_codes:
        raise ComplaintError(2, "Mã thủ tục hành chính không tồn tại")
    for name, choices in _CHOICES.items():
        if item[name] not in choices:
            raise ComplaintError(2, f"Giá trị của {name} không hợp lệ")
    for name in _MOMENTS:
        if item.get(name) and _moment(str(item[name])) is None:
            raise ComplaintError(2, f"{name} phải có dạng yyyyMMddHHmmss")
    for name, limit in _LIMITS.items():
        if len(str(item.get(name, ""))) > limit:
            raise ComplaintError(2, f"{name} quá dài")


def check_progress(items: list[Json]) -> None:
    """Hold progress items against the rules of the interface.

    Raises:
        ComplaintError: What is wrong with them.
    """
    if len(items) > _PROGRESS_CHUNK:
        raise ComplaintError(2, f"Mỗi lần gửi tối đa {_PROGRESS_CHUNK} tiến độ")
    for item in items:
        if any(not item.get(name) for name in _REQUIRED_PROGRESS):
            raise ComplaintError(2, "Thiếu trường bắt buộc")


def items(request: Json) -> list[Json]:
    """Give the items of a request's ``data``."""
    data = request.get("data")
    if not isinstance(data, list) or not data or not all(isinstance(item, dict) for item in data):
        raise ComplaintError(2, "data phải là danh sách hồ sơ")
    return data


def linked_papers(item: Json) -> list[Json]:
    """Give the papers of a dossier that have a link."""
    papers = item.get("TaiLieuNop", [])
    if not isinstance(papers, list):
        raise ComplaintError(2, "TaiLieuNop phải là danh sách")
    return [paper for paper in papers if paper.get("DuongDanTaiTepTin")]


def fetch(paper: Json) -> HeldFile:
    """Download a paper and look whether it is a PDF."""
    name = paper.get("TenTepDinhKem")
    url = str(paper["DuongDanTaiTepTin"])
    if urllib.parse.urlsplit(url).scheme not in {"http", "https"}:
        raise ComplaintError(2, f"Đường dẫn tệp {name} không hợp lệ")
    try:
        with urllib.request.urlopen(url, timeout=_FETCH_TIMEOUT_S) as response:
            content = response.read(_MAX_FILE_BYTES + 1)
    except (OSError, urllib.error.URLError, http.client.HTTPException):
        raise ComplaintError(2, f"Không tải được tệp {name}") from None
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-1024:] or len(content) > _MAX_FILE_BYTES:
        raise ComplaintError(2, f"Tệp {name} không phải PDF")
    return HeldFile(str(paper.get("TepDinhKemId", "")), len(content), hashlib.sha256(content).hexdigest())


def _moment(text: str) -> dt.datetime | None:
    if not re.fullmatch(r"\d{14}", text):
        return None
    try:
        return dt.datetime.strptime(text, "%Y%m%d%H%M%S")  # noqa: DTZ007 — the interface has no zone; it means Ha Noi
    except ValueError:
        return None
