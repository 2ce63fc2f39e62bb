# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from casework.counter.immediate_results import (
    ImmediateObjection,
    is_receipt_owed,
    is_same_day,
    judge_immediate,
    signing_order,
    time_taken,
)
from casework.lifecycle import TransitionRequest, judge
from casework.progress.transitions import Actor, Evidence
from casework.records.dossier import Dossier, DossierState, PortalState
from casework.records.immediate_service import ImmediateService
from casework.records.procedure import Channel, Route
from casework.work_calendar import VIET_NAM

Local = Callable[[str], dt.datetime]
Against = ImmediateObjection
START = dt.datetime(2026, 11, 20, 8, 0, tzinfo=VIET_NAM)
SERVICE = ImmediateService("s", "d", START, signer_id="vice-chair")

DOSSIER = Dossier(
    dossier_id="d",
    code="H56.14-261120-0001",
    procedure_code="2.000815",
    procedure_name="Chứng thực bản sao từ bản chính",
    catalogue_version="v",
    state=DossierState.RECEIVED,
    portal_state=PortalState.WAITING,
    channel=Channel.COUNTER,
    applicant_id="a",
    submitter_id="a",
    received_at=START,
    due_at=START,
    time_limit_text="",
    fee_amount=None,
    sets=1,
    received_by="c",
    unit_code="H56.14",
)


def test_a_recorded_dossier_with_a_signer_on_the_spot_may_be_settled_at_once() -> None:
    assert judge_immediate(SERVICE, DOSSIER, may_be_immediate=True).is_allowed


def test_what_is_settled_at_once_is_recorded_all_the_same() -> None:
    for dossier in (None, replace(DOSSIER, dossier_id="other")):
        assert judge_immediate(SERVICE, dossier, may_be_immediate=True).reasons == (Against.NOT_RECORDED,)


@pytest.mark.parametrize("state", DossierState)
def test_only_what_was_just_received_is_settled_at_once(state: DossierState) -> None:
    verdict = judge_immediate(SERVICE, replace(DOSSIER, state=state), may_be_immediate=True)
    assert verdict.reasons == (() if state is DossierState.RECEIVED else (Against.NOT_JUST_RECEIVED,))


def test_what_needs_verification_or_a_signer_gets_an_appointment_instead() -> None:
    verdict = judge_immediate(replace(SERVICE, signer_id=""), None, may_be_immediate=False)
    assert verdict.reasons == (Against.NOT_RECORDED, Against.NEEDS_VERIFICATION, Against.NOBODY_SIGNS)
    just = judge_immediate(SERVICE, replace(DOSSIER, state=DossierState.FINISHED), may_be_immediate=True)
    for objection in (*verdict.objections, *just.objections):
        assert re.fullmatch(r"[A-ZĐ].*\.", objection.words)
        assert re.fullmatch(r"NĐ 61/2018/NĐ-CP Đ17\.4 \(.*\)", objection.legal_basis)
    appointment = "Cấp giấy tiếp nhận hồ sơ và hẹn trả kết quả (Mẫu số 01), ghi cả giờ và ngày hẹn."
    assert [objection.instead for objection in verdict.objections] == ["", appointment, appointment]


@pytest.mark.parametrize(("signer", "may"), [("", True), ("vice-chair", False)])
def test_each_of_the_two_alone_is_enough_to_refuse(signer: str, may: bool) -> None:
    verdict = judge_immediate(replace(SERVICE, signer_id=signer), DOSSIER, may_be_immediate=may)
    assert verdict.reasons == ((Against.NEEDS_VERIFICATION,) if signer else (Against.NOBODY_SIGNS,))


@pytest.mark.parametrize(
    ("wants_receipt", "finished", "now", "is_owed"),
    [
        (False, None, "2026-11-20 17:00", False),
        (True, None, "2026-11-20 08:01", True),
        (True, "2026-11-20 09:00", "2026-11-20 09:00", True),
        (False, None, "2026-11-20 23:59", False),
        (False, None, "2026-11-21 00:00", True),
        (False, "2026-11-20 16:00", "2026-11-23 08:00", False),
        (False, "2026-11-21 07:00", "2026-11-23 08:00", True),
    ],
)
def test_a_receipt_is_owed_when_asked_for_or_when_the_day_ended_without_a_result(
    wants_receipt: bool, finished: str | None, now: str, is_owed: bool, local: Local
) -> None:
    service = replace(SERVICE, wants_receipt=wants_receipt, finished_at=None if finished is None else local(finished))
    assert is_receipt_owed(service, local(now)) is is_owed
    assert is_same_day(service, local(now)) is (not is_owed or wants_receipt)


def test_the_day_is_that_of_viet_nam() -> None:
    # 17:00 UTC on the 20th is the 21st in Viet Nam.
    assert is_same_day(SERVICE, dt.datetime(2026, 11, 20, 16, 59, tzinfo=dt.UTC))
    assert not is_same_day(SERVICE, dt.datetime(2026, 11, 20, 17, 0, tzinfo=dt.UTC))
    early = replace(SERVICE, started_at=dt.datetime(2026, 11, 19, 23, 30, tzinfo=dt.UTC))
    assert is_same_day(early, START)


def test_the_stamps_tell_how_long_it_took() -> None:
    assert time_taken(SERVICE) is None
    assert time_taken(replace(SERVICE, finished_at=START + dt.timedelta(minutes=21))) == dt.timedelta(minutes=21)


def test_people_with_priority_are_signed_for_first() -> None:
    old = replace(SERVICE, service_id="old", started_at=START + dt.timedelta(hours=1), has_priority=True)
    assert signing_order([SERVICE, old]) == (old, SERVICE)
    assert not SERVICE.has_priority


def test_the_signer_serves_who_has_waited_longest() -> None:
    later = replace(SERVICE, service_id="a", started_at=START + dt.timedelta(seconds=1))
    twin = replace(SERVICE, service_id="r")
    done = replace(SERVICE, service_id="0", finished_at=START)
    assert signing_order([later, SERVICE, done, twin]) == (twin, SERVICE, later)


def test_an_immediate_result_needs_no_receipt_and_is_finished_and_returned() -> None:
    waived = frozenset({Evidence.RECEIPT_WAIVED, Evidence.RESULT, Evidence.RECIPIENT})
    for before, after in ((2, 9), (9, 10)):
        request = TransitionRequest(
            DossierState(before),
            DossierState(after),
            START,
            None,
            Route.PROVINCIAL_SYSTEM,
            frozenset({Actor.CLERK}),
            on_file=waived,
        )
        assert judge(request).is_allowed
    owed = TransitionRequest(
        DossierState.RECEIVED,
        DossierState.FINISHED,
        START,
        None,
        Route.PROVINCIAL_SYSTEM,
        frozenset({Actor.CLERK}),
        on_file=frozenset({Evidence.RESULT}),
    )
    assert judge(owed).reasons == (Evidence.RECEIPT,)


def test_a_new_service_has_no_signer_no_end_and_no_receipt() -> None:
    bare = ImmediateService("s", "d", START)
    assert (bare.signer_id, bare.finished_at, bare.wants_receipt, bare.event) == ("", None, False, "")
    assert {str(member) for member in ImmediateObjection} == {
        "not-recorded",
        "not-just-received",
        "needs-verification",
        "nobody-signs",
    }
