# SPDX-License-Identifier: GPL-3.0-or-later
"""The national portal's ``mapi`` JSON: the only module that knows its field names (research of 2020–2025 sources).

Every call is a POST of JSON: ``login`` gives a session, the services take ``{session, madonvi, service, …}`` and answer
``{error_code, …}``. "0" is yes; "3" and "-3" with "đã tồn tại" mean that the portal has the dossier already.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import time
import unicodedata
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import requests
import urllib3

from casework.errors import KnownError
from casework.records.procedure import Channel
from sync_agent.portals.portal import DossierFacts, PaperFacts, PersonFacts, PortalAnswer, Verdict
from sync_agent.transports.adapters import OperatingSystemRoots

_Json = Mapping[str, object]

_DESTINATION: Final = "VN:GOV:000.00.00.G22:vpcpdvcprovider"
_PORTAL_ZONE: Final = zoneinfo.ZoneInfo("Asia/Ho_Chi_Minh")
_CHANNELS: Final = {Channel.COUNTER: "1", Channel.ONLINE: "2", Channel.POST: "3"}
_CITIZEN: Final = "1"
_FILED_AT_COUNTER_OF_UNIT: Final = "2"
_FEE_WHEN_RECEIVED: Final = "1"
_CHARGE: Final = "1"
_SUMMARY_LIMIT: Final = 1_000
_FILE_NAME_LIMIT: Final = 4_000
_MESSAGE_LIMIT: Final = 1_000
_ANSWER_LIMIT_BYTES: Final = 1_048_576
_CONNECT_TIMEOUT_S: Final = 10.0
_SESSION_TROUBLE: Final = re.compile(r"\bsession\b|\bphiên (?:làm việc|đăng nhập|kết nối)\b", re.IGNORECASE)
_OWN_TROUBLE: Final = re.compile(r"lỗi hệ thống|quá tải|bảo trì|thử lại|time-?out|không tải được", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MapiAccount:
    """Where the portal is and who we are there.

    Attributes:
        url: Address of the services without a slash at its end, e.g. ``https://…/XrdAdapter/RestService/forward/mapi``.
        username: Account name.
        password: Its password.
    """

    url: str
    username: str
    password: str = field(repr=False)


class MapiPortal:
    """The national portal over HTTP; the ``Portal`` of :mod:`sync_agent.portals.portal`. For one thread."""

    def __init__(self, account: MapiAccount, *, timeout_s: float = 60.0) -> None:
        """Remember the account; nothing is sent before the first submission.

        Args:
            account: Where and who.
            timeout_s: Longest silence, and longest answer, of the portal.
        """
        self._account = account
        self._timeout_s = timeout_s
        self._http = requests.Session()
        self._http.auth = _without_netrc
        self._http.mount("https://", OperatingSystemRoots())
        self._session = ""

    def submit(self, facts: DossierFacts, *, update: bool) -> PortalAnswer:
        """Hand over a dossier (``DongBoHoSoMC``); see :meth:`sync_agent.portals.portal.Portal.submit`."""
        answer = self._synchronise(facts, update=update)
        if not update and _exists_already(answer):
            answer = self._synchronise(facts, update=True)
        verdict = Verdict.ACCEPTED if _code(answer) == "0" else Verdict.REFUSED
        portal_code = _given_code(answer) if verdict is Verdict.ACCEPTED else ""
        return PortalAnswer(verdict, "" if portal_code == facts.code else portal_code, _message(answer))

    def close(self) -> None:
        """Close the connection to the portal."""
        self._http.close()

    def _synchronise(self, facts: DossierFacts, *, update: bool) -> _Json:
        request = {
            "madonvi": facts.unit_code,
            "service": "DongBoHoSoMC",
            "isUpdating": str(update),
            "data": [dossier_payload(facts)],
        }
        had_session = bool(self._session)
        if not had_session:
            self._log_in()
        answer = self._post("g", {"session": self._session, **request})
        if had_session and _session_is_over(answer):
            self._log_in()
            answer = self._post("g", {"session": self._session, **request})
        if _session_is_over(answer):
            self._session = ""
            raise KnownError("portal-login-failed")
        return answer

    def _log_in(self) -> None:
        self._session = ""
        answer = self._post("login", {"username": self._account.username, "password": self._account.password})
        session = answer.get("session")
        if _code(answer) != "0" or not isinstance(session, str) or not session:
            raise KnownError("portal-login-failed")
        self._session = session

    def _post(self, path: str, body: _Json) -> _Json:
        """Post JSON and read a bounded JSON answer in bounded time."""
        deadline = time.monotonic() + self._timeout_s
        try:
            with self._http.post(
                f"{self._account.url}/{path}",
                params={"dstcode": _DESTINATION},
                headers={"dstcode": _DESTINATION, "Content-Type": "application/json; charset=utf-8"},
                data=json.dumps(body, ensure_ascii=False).encode(),
                timeout=(_CONNECT_TIMEOUT_S, self._timeout_s),
                allow_redirects=False,
                stream=True,
            ) as response:
                status = response.status_code
                content = bytearray()
                while piece := response.raw.read1(65_536, decode_content=True):
                    content += piece
                    if len(content) > _ANSWER_LIMIT_BYTES or time.monotonic() > deadline:
                        raise KnownError("portal-garbled", retryable=True)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            # The error's own text names the address and may quote what was sent.
            raise KnownError("portal-unreachable", retryable=True, reason=type(error).__name__) from None
        if status >= 500:
            raise KnownError("portal-unreachable", retryable=True, reason=f"HTTP {status}")
        answer = _parsed(bytes(content))
        if _is_own_trouble(answer):
            raise KnownError("portal-unreachable", retryable=True, reason="its-own-trouble")
        return answer


def _without_netrc(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keep passwords of a ``.netrc`` file off our requests."""
    return request


def dossier_payload(facts: DossierFacts) -> dict[str, object]:
    """Build one item of ``DongBoHoSoMC``'s ``data``; what we do not know yet is left empty, never invented."""
    received = _moment(facts.received_at)
    return {
        "MaHoSo": facts.code,
        "MaTTHC": facts.procedure_code,
        "TenTTHC": facts.procedure_name,
        "MaLinhVuc": "",
        "TenLinhVuc": facts.procedure_field,
        "KenhThucHien": _CHANNELS[facts.channel],
        "ChuHoSo": facts.applicant.full_name,
        "LoaiDoiTuong": _CITIZEN,
        "MaDoiTuong": "",
        "SoGiayToChuHoSo": facts.applicant.id_number or facts.applicant.former_id_number,
        "ThongTinKhac": facts.applicant.address,
        "Email": "",
        "Fax": "",
        "SoDienThoai": facts.applicant.phone,
        "TrichYeuHoSo": f"{facts.procedure_name} - {facts.applicant.full_name}"[:_SUMMARY_LIMIT],
        "NgayNopHoSo": received,
        "NgayTiepNhan": received,
        "NgayHenTra": _moment(facts.due_at),
        "NgayTra": "",
        "NgayKetThucXuLy": "",
        "NgayTuChoi": "",
        "TrangThaiHoSo": str(int(facts.state)),
        "ThongTinTra": "",
        "HinhThuc": "0",
        "DonViXuLy": facts.unit_name,
        "GhiChu": "",
        "NoiNopHoSo": _FILED_AT_COUNTER_OF_UNIT,
        "HoSoCoThanhPhanSoHoa": "1" if any(paper.object_id for paper in facts.papers) else "0",
        "TaiKhoanDuocXacThucVoiVNeID": "0",
        "DuocThanhToanTrucTuyen": "0",
        "DinhDanhCHS": _identity(facts.applicant),
        "TaiLieuNop": [_paper(paper) for paper in facts.papers],
        "DanhSachLePhi": [] if facts.fee_amount is None else [_fee(facts.fee_amount)],
        "DanhSachTepDinhKemKhac": [],
        "DanhSachHoSoBoSung": [],
        "DanhSachGiayToKetQua": [],
        "DSKetNoiCSDL": [],
    }


def _identity(applicant: PersonFacts) -> list[dict[str, str]]:
    if re.fullmatch(r"[0-9]{12}", applicant.id_number):
        return [{"LoaiDinhDanh": "1", "SoDinhDanh": applicant.id_number}]
    if re.fullmatch(r"[0-9]{9}", applicant.former_id_number):
        return [{"LoaiDinhDanh": "2", "SoDinhDanh": applicant.former_id_number}]
    return []


def _paper(paper: PaperFacts) -> dict[str, str]:
    extension = ".pdf"
    return {
        "TepDinhKemId": paper.paper_id,
        "TenTepDinhKem": paper.title[: _FILE_NAME_LIMIT - len(extension)] + extension,
        "IsDeleted": "False",
        "MaThanhPhanHoSo": paper.requirement_id,
        "DuongDanTaiTepTin": paper.file_url,
        "DuocSoHoa": "1" if paper.object_id else "0",
        "DuocTaiSuDung": "0",
        "DuocLayTuKhoDMQG": "0",
        "MaKetQuaThayThe": "",
    }


def _fee(amount: int) -> dict[str, str]:
    return {
        "TenPhiLePhi": "Phí, lệ phí",
        "MaPhiLePhi": "",
        "HinhThucThu": _FEE_WHEN_RECEIVED,
        "Gia": str(amount),
        "LoaiPhiLePhi": _CHARGE,
    }


def _moment(moment: dt.datetime) -> str:
    return moment.astimezone(_PORTAL_ZONE).strftime("%Y%m%d%H%M%S")


def _parsed(content: bytes) -> _Json:
    """Read an answer: a JSON object with an ``error_code``, or it is not the portal that spoke."""
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        raise KnownError("portal-garbled", retryable=True) from None
    if not isinstance(answer, dict) or not isinstance(answer.get("error_code"), int | str):
        raise KnownError("portal-garbled", retryable=True)
    return answer


def _code(answer: _Json) -> str:
    return str(answer["error_code"]).strip()


def _message(answer: _Json) -> str:
    for name in ("error_message", "message", "result"):
        value = answer.get(name)
        if isinstance(value, str) and value.strip():
            return unicodedata.normalize("NFC", value.strip())[:_MESSAGE_LIMIT]
    return ""


def _exists_already(answer: _Json) -> bool:
    return _code(answer) in {"3", "-3"} and "đã tồn tại" in _message(answer).lower()


def _session_is_over(answer: _Json) -> bool:
    return _code(answer) != "0" and _SESSION_TROUBLE.search(_message(answer)) is not None


def _is_own_trouble(answer: _Json) -> bool:
    """Tell whether the portal complains of itself; its codes for that are not published, its words are usual ones."""
    return _code(answer) != "0" and _OWN_TROUBLE.search(_message(answer)) is not None


def _given_code(answer: _Json) -> str:
    result = answer.get("result")
    first = result[0] if isinstance(result, list) and result else None
    code = first.get("MaHoSo") if isinstance(first, dict) else None
    return code if isinstance(code, str) else ""
