# SPDX-License-Identifier: GPL-3.0-or-later
"""Play one dossier through the whole house, from the identity card to the portal, and report what happened."""

from __future__ import annotations

import contextlib
import datetime as dt
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from casework.records.dossier import HistoryAction, PortalState
from casework.records.paper import Paper
from casework.work_calendar import VIET_NAM
from demo.commune import CLERK_LOGIN, CLERK_PASSWORD, DemoCommune
from demo.counter_scanner import sheets_for_feeder
from demo.people import FATHER, card_qr_text
from demo.plaintext_check import Leak, find_leaks, find_leaks_apart
from demo.sample_papers import SAMPLE_PAPERS
from demo.soft_token import SIGNER
from localdb import audit, objects
from localdb.audit_findings import AuditReport
from scanning.devices.driver import ScanRequest
from scanning.errors import ScanningError
from scanning.reader import PageReader
from scanning.scanner import Scanner
from signing.signer import SignerProgram
from signing.verification import SignatureVerdict, verify_pdf
from workstation.desk.digitise_papers import PageRead, PapersRecognised, digitise_papers
from workstation.desk.find_procedure import (
    DemandAllowed,
    DemandRefused,
    demand_paper,
    find_procedures,
    lay_out_procedure,
)
from workstation.desk.keep_draft import DraftField, keep_fields, open_draft, start_draft
from workstation.desk.list_dossiers import DossierSheet, list_dossiers, show_dossier
from workstation.desk.make_receipt import make_receipt
from workstation.desk.read_card import read_card
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.reconcile import glance, reconcile, start_courier, sync_now
from workstation.desk.session import DeskSession
from workstation.desk.set_aside_papers import set_aside_papers, surplus_papers
from workstation.desk.sign_in import sign_in
from workstation.desk.sign_papers import sign_papers

QUERY = "khai sinh"
UNLAWFUL_DEMAND = "Giấy xác nhận địa chỉ cũ và địa chỉ mới là một"

PORTAL_WORDS: Final = {
    PortalState.WAITING: "chưa gửi",
    PortalState.AT_GATEWAY: "đã tới tỉnh, chờ Cổng quốc gia",
    PortalState.ACCEPTED: "ĐÃ TIẾP NHẬN",
    PortalState.REJECTED: "KHÔNG NHẬN",
}

_TRACES = (FATHER.full_name, FATHER.personal_number)
_PATIENCE_SECONDS = 60.0

Say = Callable[[str], None]
"""Tells the person who watches what is being done."""


@dataclass(frozen=True, slots=True)
class ScannedPaper:
    """A paper that went through the scanner.

    Attributes:
        paper: As recognised.
        requirement: Short name of the requirement it satisfies, or empty: it was given back.
    """

    paper: Paper
    requirement: str


@dataclass(frozen=True, slots=True)
class Played:
    """What happened.

    Attributes:
        sheet: The dossier at the end.
        demand: What the guard said to a demand that no law backs; it must be a refusal.
        page_count: Pages that left the scanner.
        scanned: Every paper that left the scanner.
        verdicts: Of the signature of each kept paper.
        unsent_offline: Operations that waited while there was no line.
        seconds_offline: How long the dossier waited for the gateway.
        audit_report: Of the whole trail.
        leaks: Readable traces of the citizen, found before the line came back or at the end; must be empty.
        planted_leak_found: Whether the search saw a trace that was put there for it to see.
        seconds: By step.
        receipt: Mẫu 01.
        signed_pdfs: Title and content of every kept paper.
    """

    sheet: DossierSheet
    demand: DemandAllowed | DemandRefused
    page_count: int
    scanned: tuple[ScannedPaper, ...]
    verdicts: tuple[SignatureVerdict, ...]
    unsent_offline: int
    seconds_offline: float
    audit_report: AuditReport
    leaks: tuple[Leak, ...]
    planted_leak_found: bool
    seconds: dict[str, float]
    receipt: bytes = field(repr=False)
    signed_pdfs: tuple[tuple[str, bytes], ...] = field(repr=False)

    @property
    def answered_at(self) -> dt.datetime | None:
        """When the portal answered, by the gateway's clock, or None."""
        answers = (entry.at for entry in self.sheet.history if entry.action is HistoryAction.PORTAL_ANSWERED)
        return max(answers, default=None)

    @property
    def is_as_it_should(self) -> bool:
        """Whether every promise was kept."""
        return (
            self.sheet.dossier.portal_state is PortalState.ACCEPTED
            and isinstance(self.demand, DemandRefused)
            and bool(self.verdicts)
            and all(verdict.valid for verdict in self.verdicts)
            and self.audit_report.chain_ok
            and not self.leaks
            and self.planted_leak_found
        )


def play(commune: DemoCommune, say: Say) -> Played:
    """Do what a clerk does with one birth registration; then let the line come back.

    Raises:
        KnownError, ScanningError, SigningError: As the desk's use cases do.
        TimeoutError: The dossier was not at the portal within a minute.
    """
    clock = _Stopwatch()
    with contextlib.ExitStack() as stack:
        reader = stack.enter_context(PageReader())
        scanner = stack.enter_context(Scanner(environment=commune.scanner.environment))
        with clock.step("sign_in"):
            session = sign_in(commune.desk, CLERK_LOGIN, CLERK_PASSWORD, clock=_now, random_bytes=secrets.token_bytes)
            stack.callback(session.close)
            start_courier(commune.desk)
        say(f"Đăng nhập: {session.clerk.full_name}, {session.workstation.unit.name}. Chưa có đường truyền.")

        dossier_id, demand = _fill_in(session, clock, say)
        scanned, page_count = _digitise(session, dossier_id, commune, scanner, reader, clock, say)
        verdicts = _sign(session, dossier_id, commune, clock, say)

        with clock.step("receive"):
            received = receive_dossier(session, dossier_id)
        left_at = time.monotonic()
        with clock.step("receipt"):
            receipt = make_receipt(session, dossier_id)
        with clock.step("seal"):
            reconcile(session)
        due = received.dossier.due_at.astimezone(VIET_NAM)
        say(f"Đã tiếp nhận: {received.dossier.code}; hẹn trả {due:%H:%M %d/%m/%Y}. Giấy tiếp nhận (Mẫu 01) đã in.")
        waiting = glance(session)
        say(f"Ngoại tuyến: {waiting.unsent} thao tác đã niêm phong, chờ gửi.")
        with clock.step("plaintext_check_offline"):
            leaks = find_leaks_apart([commune.root], _TRACES)

        with clock.step("reconcile"), commune.gateway_running():
            seconds_offline = time.monotonic() - left_at
            say("Đường truyền trở lại: gửi phong bì trước, ảnh quét sau.")
            sync_now(commune.desk)
            sheet = until_delivered(commune, session, dossier_id)
        say(f"Cổng dịch vụ công quốc gia: {PORTAL_WORDS[sheet.dossier.portal_state]}.")

        with session.store.reading() as connection:
            report = audit.verify(connection)
            signed = tuple(
                (paper.title, session.store.objects.read(connection, paper.object_id or "")) for paper in sheet.papers
            )
        with clock.step("plaintext_check"):
            leaks += tuple(leak for leak in find_leaks_apart([commune.root], _TRACES) if leak not in leaks)
            planted_leak_found = _finds_a_planted_leak(commune)
    return Played(
        sheet=sheet,
        demand=demand,
        page_count=page_count,
        scanned=scanned,
        verdicts=verdicts,
        unsent_offline=waiting.unsent,
        seconds_offline=seconds_offline,
        audit_report=report,
        leaks=leaks,
        planted_leak_found=planted_leak_found,
        seconds=clock.seconds,
        receipt=receipt,
        signed_pdfs=signed,
    )


def _fill_in(session: DeskSession, clock: _Stopwatch, say: Say) -> tuple[str, DemandAllowed | DemandRefused]:
    with clock.step("card"):
        draft, _ = start_draft(session)
        card = read_card(card_qr_text(FATHER))
        keep_fields(session, draft.dossier_id, {name.value: value for name, value in card.fields.items()})
    say(f"Quét căn cước: {card.fields[DraftField.FULL_NAME]}; {card.unit.former} → {card.unit.new_address}.")
    with clock.step("procedure"):
        procedure = find_procedures(session, QUERY)[0]
        keep_fields(session, draft.dossier_id, {DraftField.PROCEDURE_CODE: procedure.code})
        sheet = lay_out_procedure(session, procedure.code)
    say(f"Gõ “{QUERY}” → {procedure.code} {procedure.name}: {sheet.time_limit_text}; phí {sheet.fee.source_text}.")
    say(f"  Cần nộp: {', '.join(item.requirement.short_name for item in sheet.missing)}.")
    with clock.step("guard"):
        answer = demand_paper(session, procedure.code, UNLAWFUL_DEMAND)
    verdict = "ĐƯỢC PHÉP" if isinstance(answer, DemandAllowed) else f"TỪ CHỐI: {answer.legal_reason}"
    say(f"Đòi “{UNLAWFUL_DEMAND}” → {verdict}.")
    return draft.dossier_id, answer


def _digitise(
    session: DeskSession,
    dossier_id: str,
    commune: DemoCommune,
    scanner: Scanner,
    reader: PageReader,
    clock: _Stopwatch,
    say: Say,
) -> tuple[tuple[ScannedPaper, ...], int]:
    commune.scanner.machine.load_feeder(sheets_for_feeder(list(SAMPLE_PAPERS.values())))
    papers: tuple[Paper, ...] = ()
    page_count = 0
    with clock.step("digitise"):
        devices = scanner.list_devices()
        if not devices:
            raise ScanningError("no-scanner", retryable=True)
        request = ScanRequest(devices[0].device_id)
        for event in digitise_papers(session, dossier_id, scanner, request, reader, threading.Event()):
            match event:
                case PageRead():
                    page_count += 1
                    say(f"  Trang {page_count}: {event.title}")
                case PapersRecognised():
                    papers = event.papers
                case _:
                    pass
    draft = open_draft(session, dossier_id)
    sheet = lay_out_procedure(session, draft.fields[DraftField.PROCEDURE_CODE], draft.papers, draft.fields)
    satisfied = {item.paper.paper_id: item.requirement.short_name for item in sheet.items if item.paper}
    surplus = surplus_papers(sheet, draft.papers)
    set_aside_papers(session, dossier_id, [paper.paper_id for paper in surplus])
    say(f"Đã số hóa {page_count} trang; khớp {len(satisfied)} giấy tờ; trả lại {len(surplus)} giấy tờ không cần nộp.")
    return tuple(ScannedPaper(paper, satisfied.get(paper.paper_id, "")) for paper in papers), page_count


def _sign(
    session: DeskSession, dossier_id: str, commune: DemoCommune, clock: _Stopwatch, say: Say
) -> tuple[SignatureVerdict, ...]:
    token = commune.token
    verdicts: list[SignatureVerdict] = []
    with clock.step("sign"), SignerProgram(token.module_path, token.allow_list, environment=token.environment) as key:
        key.log_in(token.serial, token.certificate_sha256, bytearray(token.pin.encode()))
        for signed in sign_papers(session, dossier_id, key, intermediates=token.trust.intermediates):
            with session.store.reading() as connection:
                stored = objects.describe(connection, signed.paper.object_id or "")
            verdicts += verify_pdf(session.store.objects.content(stored), token.trust)
    valid = sum(verdict.valid for verdict in verdicts)
    say(f"Đã ký số {len(verdicts)} giấy tờ bằng thiết bị của {SIGNER}; kiểm tra lại: {valid} chữ ký hợp lệ.")
    return tuple(verdicts)


def until_delivered(commune: DemoCommune, session: DeskSession, dossier_id: str) -> DossierSheet:
    """Do what the desk's timer does until the portal has answered, nothing is left to send, and the scans are there.

    Raises:
        TimeoutError: That took longer than a minute.
    """
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        reconcile(session)
        row = next(row for row in list_dossiers(session) if row.dossier.dossier_id == dossier_id)
        state = glance(session)
        answered = row.dossier.portal_state in {PortalState.ACCEPTED, PortalState.REJECTED}
        held = commune.portal.dossier(row.dossier.code)
        is_whole = row.dossier.portal_state is PortalState.REJECTED or (held and len(held.files) == row.paper_count)
        if answered and is_whole and state.unsent == 0 and state.courier.objects_left == 0:
            return show_dossier(session, dossier_id)
        time.sleep(0.1)
    raise TimeoutError("the dossier has not reached the portal")


def _finds_a_planted_leak(commune: DemoCommune) -> bool:
    """Tell whether the search would see what a careless program leaves among the temporary files."""
    planted = commune.temporary / "planted.txt"
    planted.write_text(f"Họ và tên: {FATHER.full_name}", encoding="utf-8")
    try:
        return any(leak.path == planted for leak in find_leaks([commune.temporary], _TRACES))
    finally:
        planted.unlink()


class _Stopwatch:
    """Times the steps of the play."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        begun = time.monotonic()
        yield
        self.seconds[name] = round(time.monotonic() - begun, 3)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
