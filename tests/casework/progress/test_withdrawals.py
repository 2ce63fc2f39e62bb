# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from casework.lifecycle import TransitionRequest, check_transition, judge
from casework.progress.transitions import OWN_DESIGN, Actor, Evidence
from casework.progress.withdrawals import WithdrawalObjection, judge_closing, judge_request, originals_held, state_after
from casework.records.dossier import Dossier, DossierState, PortalState
from casework.records.procedure import Channel, Route
from casework.records.withdrawal import FeeOutcome, HandedBackOriginal, WithdrawalOutcome, WithdrawalRequest
from casework.work_calendar import VIET_NAM

Against = WithdrawalObjection
AT = dt.datetime(2026, 11, 23, 9, 0, tzinfo=VIET_NAM)

DOSSIER = Dossier(
    dossier_id="d",
    code="H56.14-261122-0601",
    procedure_code="1.001193",
    procedure_name="Đăng ký khai sinh",
    catalogue_version="v",
    state=DossierState.PROCESSING,
    portal_state=PortalState.ACCEPTED,
    channel=Channel.COUNTER,
    applicant_id="applicant",
    submitter_id="submitter",
    received_at=AT,
    due_at=AT + dt.timedelta(days=1),
    time_limit_text="",
    fee_amount=8000,
    sets=1,
    received_by="c",
    unit_code="H56.14",
)
ASKED = WithdrawalRequest("w", "d", AT, "applicant", Channel.COUNTER, "c")
BIRTH_PROOF = HandedBackOriginal("Giấy chứng sinh", 1, AT)
CLOSED = replace(
    ASKED,
    outcome=WithdrawalOutcome.GRANTED,
    decided_at=AT,
    decided_by="s",
    consent_id="consent",
    letter_id="letter",
    originals=(BIRTH_PROOF,),
    fee_outcome=FeeOutcome.PAID_BACK,
)


@pytest.mark.parametrize("state", DossierState)
def test_a_dossier_is_withdrawn_while_it_is_received_or_processed(state: DossierState) -> None:
    verdict = judge_request(replace(DOSSIER, state=state), ASKED)
    if state in {2, 4}:
        assert verdict.is_allowed
        return
    (objection,) = verdict.objections
    assert objection.because is Against.NOT_IN_THIS_STATE
    assert objection.words == "Hồ sơ ở trạng thái hiện tại không rút được."
    assert objection.legal_basis == OWN_DESIGN
    assert re.fullmatch(r"[A-ZĐ].*\.", objection.instead)


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (1, "tự hủy trên Cổng"),
        (3, "không còn gì để rút"),
        (5, "chờ bổ sung"),
        (6, "chờ nộp tiền"),
        (7, "đang chờ xem xét"),
        (8, "đã dừng"),
        (9, "trả kết quả cho người dân"),
        (10, "Kết quả đã được trả"),
    ],
)
def test_elsewhere_the_clerk_is_told_what_to_do_instead(state: int, says: str) -> None:
    verdict = judge_request(replace(DOSSIER, state=DossierState(state)), ASKED)
    assert says in verdict.objections[0].instead


@pytest.mark.parametrize(
    ("requested_by", "authorisation_id", "is_entitled"),
    [
        ("applicant", "", True),
        ("applicant", "paper", True),
        ("submitter", "", False),
        ("submitter", "paper", True),
        ("stranger", "", False),
        ("stranger", "paper", True),
    ],
)
def test_the_applicant_asks_or_who_is_authorised_and_not_who_only_handed_it_in(
    requested_by: str, authorisation_id: str, is_entitled: bool
) -> None:
    request = replace(ASKED, requested_by=requested_by, authorisation_id=authorisation_id)
    assert judge_request(DOSSIER, request).reasons == (() if is_entitled else (Against.NOT_ENTITLED,))


def test_everything_that_speaks_against_a_request_is_told_at_once() -> None:
    verdict = judge_request(
        replace(DOSSIER, state=DossierState.FINISHED), replace(ASKED, dossier_id="other", requested_by="stranger")
    )
    assert verdict.reasons == (Against.OTHER_DOSSIER, Against.NOT_IN_THIS_STATE, Against.NOT_ENTITLED)
    assert [objection.words for objection in verdict.objections] == [
        "Yêu cầu này thuộc hồ sơ khác.",
        "Hồ sơ ở trạng thái hiện tại không rút được.",
        "Người yêu cầu không phải chủ hồ sơ và chưa có giấy ủy quyền.",
    ]
    assert verdict.objections[0].instead == verdict.objections[2].instead == ""


def test_a_withdrawal_that_is_settled_may_be_closed() -> None:
    assert judge_closing(CLOSED).is_allowed


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"outcome": None}, Against.NOT_GRANTED),
        ({"outcome": WithdrawalOutcome.NOT_GRANTED}, Against.NOT_GRANTED),
        ({"outcome": WithdrawalOutcome.TAKEN_BACK}, Against.NOT_GRANTED),
        ({"decided_at": None}, Against.NO_DECIDER),
        ({"decided_by": ""}, Against.NO_DECIDER),
        ({"consent_id": ""}, Against.NO_CONSENT),
        ({"letter_id": ""}, Against.NO_STOP_NOTICE),
        ({"originals": (BIRTH_PROOF, HandedBackOriginal("Sổ đỏ", 1))}, Against.ORIGINALS_HELD),
        ({"fee_outcome": None}, Against.FEE_UNDECIDED),
        ({"fee_outcome": FeeOutcome.KEPT}, Against.FEE_KEPT_WITHOUT_BASIS),
        ({"fee_outcome": FeeOutcome.KEPT, "fee_basis": " "}, Against.FEE_KEPT_WITHOUT_BASIS),
        ({"fee_outcome": FeeOutcome.KEPT, "fee_basis": "TT 226/2016/TT-BTC"}, None),
        ({"fee_outcome": FeeOutcome.NONE_PAID}, None),
        ({"originals": ()}, None),
        ({"reason": ""}, None),
    ],
)
def test_each_single_thing_that_is_open_keeps_a_withdrawal_open(
    changes: dict[str, object], because: WithdrawalObjection | None
) -> None:
    verdict = judge_closing(replace(CLOSED, **changes))  # type: ignore[arg-type]
    assert verdict.reasons == (() if because is None else (because,))


def test_everything_that_is_open_is_told_at_once_with_its_law() -> None:
    verdict = judge_closing(replace(ASKED, originals=(HandedBackOriginal("Sổ đỏ", 1),)))
    assert verdict.reasons == (
        Against.NOT_GRANTED,
        Against.NO_DECIDER,
        Against.NO_CONSENT,
        Against.NO_STOP_NOTICE,
        Against.ORIGINALS_HELD,
        Against.FEE_UNDECIDED,
    )
    kept = judge_closing(replace(CLOSED, fee_outcome=FeeOutcome.KEPT)).objections
    for objection in (*verdict.objections, *kept):
        assert re.fullmatch(r"[A-ZĐ].*\.", objection.words)
        assert re.fullmatch(r"(NĐ|TT) .*[\d)]", objection.legal_basis)
        assert objection.instead == ""


def test_the_originals_that_are_still_held_are_listed_in_order() -> None:
    held = (HandedBackOriginal("Sổ đỏ", 1), HandedBackOriginal("Di chúc", 2))
    assert originals_held(replace(ASKED, originals=(held[0], BIRTH_PROOF, held[1]))) == held


@pytest.mark.parametrize("came_from", [DossierState.RECEIVED, DossierState.PROCESSING])
def test_a_request_leads_to_the_stop_or_back_to_where_the_work_stood(came_from: DossierState) -> None:
    outcomes = {outcome: state_after(replace(ASKED, outcome=outcome), came_from) for outcome in WithdrawalOutcome}
    assert outcomes == {
        WithdrawalOutcome.GRANTED: DossierState.STOPPED,
        WithdrawalOutcome.NOT_GRANTED: came_from,
        WithdrawalOutcome.TAKEN_BACK: came_from,
    }
    assert state_after(ASKED, came_from) is DossierState.WITHDRAWAL_REQUESTED
    check_transition(came_from, state_after(ASKED, came_from))
    back = TransitionRequest(
        DossierState.WITHDRAWAL_REQUESTED,
        outcomes[WithdrawalOutcome.TAKEN_BACK],
        AT,
        DOSSIER.due_at,
        Route.PROVINCIAL_SYSTEM,
        frozenset({Actor.CLERK}),
        on_file=frozenset({Evidence.REQUEST_CLOSED, Evidence.REASON}),
        came_from=came_from,
    )
    assert judge(back).is_allowed


def test_a_new_request_is_undecided_and_holds_nothing() -> None:
    assert (ASKED.outcome, ASKED.decided_at, ASKED.fee_outcome) == (None, None, None)
    assert ASKED.originals == ()
    texts = (ASKED.reason, ASKED.authorisation_id, ASKED.decided_by, ASKED.decision_reason, ASKED.consent_id)
    assert {*texts, ASKED.letter_id, ASKED.fee_basis} == {""}
    assert HandedBackOriginal("x", 1).handed_back_at is None


def test_the_stored_names_stay() -> None:
    for member in (*WithdrawalOutcome, *FeeOutcome, *WithdrawalObjection):
        assert str(member) == member.name.lower().replace("_", "-")
    assert (len(WithdrawalOutcome), len(FeeOutcome), len(WithdrawalObjection)) == (3, 3, 10)
