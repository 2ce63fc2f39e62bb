# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from casework.errors import KnownError
from casework.lifecycle import (
    FIRST_STATES,
    TRANSITIONS,
    StepFault,
    StepObjection,
    System,
    TransitionRequest,
    check_transition,
    confirming_system,
    is_final,
    judge,
    next_states,
)
from casework.progress.transitions import LEGAL_TRANSITIONS, OWN_DESIGN, RESUMPTIONS, Actor, Evidence, Transition
from casework.records.dossier import DossierState
from casework.records.procedure import Route
from casework.work_calendar import VIET_NAM
from tests.casework.legal_steps import LEGAL

DUE = dt.datetime(2026, 11, 24, 17, 0, tzinfo=VIET_NAM)
IN_TIME = DUE - dt.timedelta(hours=3)
SECOND = dt.timedelta(seconds=1)
ALL_STEPS = (*LEGAL_TRANSITIONS, *RESUMPTIONS)


def step_id(step: Transition) -> str:
    return f"{int(step.before)}-{int(step.after)}"


def complete_request(step: Transition) -> TransitionRequest:
    """Everything that a step needs, and not more: of each group one."""
    return TransitionRequest(
        before=step.before,
        after=step.after,
        at=IN_TIME,
        due_at=None,
        route=Route.PROVINCIAL_SYSTEM,
        actors=frozenset({min(step.actors)}),
        on_file=frozenset(min(group) for group in step.needs),
        came_from=step.after if step in RESUMPTIONS else None,
    )


def find(before: int, after: int) -> Transition:
    return next(step for step in ALL_STEPS if (step.before, step.after) == (before, after))


@pytest.mark.parametrize("before", DossierState)
@pytest.mark.parametrize("after", DossierState)
def test_only_the_legal_changes_of_state_are_allowed(before: DossierState, after: DossierState) -> None:
    if after in LEGAL[before]:
        check_transition(before, after)
        return
    with pytest.raises(KnownError) as caught:
        check_transition(before, after)
    assert caught.value.code == "state-change-not-allowed"
    assert caught.value.details == {"before": str(int(before)), "after": str(int(after))}


def test_a_refused_a_stopped_and_a_returned_dossier_are_at_their_end() -> None:
    ends = {state for state in DossierState if is_final(state)}
    assert ends == {DossierState.REFUSED, DossierState.STOPPED, DossierState.RETURNED}


def test_an_immediate_result_skips_the_processing() -> None:
    check_transition(DossierState.RECEIVED, DossierState.FINISHED)
    assert next_states(DossierState.FINISHED) == (DossierState.RETURNED,)


def test_every_transition_says_what_makes_it_happen() -> None:
    assert set(TRANSITIONS) == set(DossierState)
    for step in LEGAL_TRANSITIONS:
        assert TRANSITIONS[step.before][step.after] == f"{step.event}, {step.legal_basis}"


def test_the_states_of_the_portal_keep_their_numbers() -> None:
    assert [(state.name, int(state)) for state in DossierState] == [
        ("REGISTERED", 1),
        ("RECEIVED", 2),
        ("REFUSED", 3),
        ("PROCESSING", 4),
        ("SUPPLEMENT_REQUESTED", 5),
        ("PAYMENT_REQUESTED", 6),
        ("WITHDRAWAL_REQUESTED", 7),
        ("STOPPED", 8),
        ("FINISHED", 9),
        ("RETURNED", 10),
    ]
    assert {1, 2} == FIRST_STATES


# ---- judging one change -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ALL_STEPS, ids=step_id)
def test_a_change_with_everything_on_file_is_allowed(step: Transition) -> None:
    verdict = judge(complete_request(step))
    assert verdict.is_allowed
    assert verdict.reasons == ()


@pytest.mark.parametrize(
    ("step", "group"),
    [(step, group) for step in ALL_STEPS for group in step.needs],
    ids=lambda value: step_id(value) if isinstance(value, Transition) else "+".join(sorted(value)),
)
def test_each_single_missing_thing_refuses_a_change_and_is_named(step: Transition, group: frozenset[Evidence]) -> None:
    request = complete_request(step)
    verdict = judge(replace(request, on_file=request.on_file - group))
    assert verdict.reasons == (next(evidence for evidence in Evidence if evidence in group),)
    assert verdict.objections[0].legal_basis == step.legal_basis
    assert verdict.objections[0].instead == ""
    for evidence in group:
        assert judge(replace(request, on_file=(request.on_file - group) | {evidence})).is_allowed


@pytest.mark.parametrize("step", ALL_STEPS, ids=step_id)
@pytest.mark.parametrize("actor", Actor)
def test_only_those_whose_work_it_is_make_a_change(step: Transition, actor: Actor) -> None:
    verdict = judge(replace(complete_request(step), actors=frozenset({actor})))
    if actor in step.actors:
        assert verdict.is_allowed
        return
    (objection,) = verdict.objections
    assert objection.because is StepObjection.NOT_BY_THIS_ACTOR
    assert objection.words == "Việc này không thuộc vai trò của người đang thao tác."
    assert objection.legal_basis == step.legal_basis


def test_a_person_with_several_roles_needs_only_one_that_fits() -> None:
    request = replace(complete_request(find(4, 8)), actors=frozenset({Actor.CLERK, Actor.SIGNER}))
    assert judge(request).is_allowed
    assert judge(replace(request, actors=frozenset())).reasons == (StepObjection.NOT_BY_THIS_ACTOR,)


def test_everything_that_is_missing_is_told_at_once() -> None:
    request = TransitionRequest(
        before=DossierState.WITHDRAWAL_REQUESTED,
        after=DossierState.STOPPED,
        at=IN_TIME,
        due_at=DUE,
        route=Route.PROVINCIAL_SYSTEM,
        actors=frozenset({Actor.CLERK}),
        system=System.PORTAL,
    )
    verdict = judge(request)
    assert verdict.reasons == (
        StepObjection.NOT_BY_THIS_ACTOR,
        StepObjection.NOT_BY_THIS_SYSTEM,
        Evidence.STOP_NOTICE,
        Evidence.CITIZEN_REQUEST,
        Evidence.AGENCY_CONSENT,
    )
    assert [objection.words for objection in verdict.objections[2:]] == [
        "Còn thiếu thông báo dừng giải quyết hồ sơ (Mẫu số 05).",
        "Còn thiếu yêu cầu rút hồ sơ của người dân được ghi nhận trên hệ thống.",
        "Còn thiếu văn bản đồng ý của cơ quan có thẩm quyền.",
    ]


def test_a_group_of_which_one_is_enough_is_told_as_a_choice() -> None:
    request = replace(complete_request(find(2, 4)), on_file=frozenset())
    (objection,) = judge(request).objections
    assert objection.words == (
        "Còn thiếu giấy tiếp nhận hồ sơ và hẹn trả kết quả (Mẫu số 01) hoặc "
        "ghi nhận thủ tục trả kết quả ngay, người dân không yêu cầu giấy tiếp nhận."
    )


@pytest.mark.parametrize(
    ("before", "after", "following"),
    [
        (1, 4, "2, 3, 5"),
        (2, 8, "4, 5, 7, 9"),
        (7, 9, "8"),
        (3, 2, "không có"),
        (10, 9, "không có"),
        (9, 9, "10"),
        (4, 2, "5, 6, 7, 8, 9"),
    ],
)
def test_an_illegal_change_names_the_legal_ones_and_nothing_else(before: int, after: int, following: str) -> None:
    request = TransitionRequest(
        DossierState(before),
        DossierState(after),
        IN_TIME,
        DUE,
        Route.PROVINCIAL_SYSTEM,
        frozenset(Actor),
        on_file=frozenset(Evidence),
    )
    (objection,) = judge(request).objections
    assert objection.because is StepObjection.NOT_LEGAL
    assert objection.words.startswith(f"Không thể chuyển hồ sơ từ trạng thái {before} sang {after}; ")
    assert objection.words.endswith(f"; có thể chuyển sang: {following}.")
    assert objection.legal_basis == OWN_DESIGN


@pytest.mark.parametrize("before", DossierState)
@pytest.mark.parametrize("after", DossierState)
def test_whatever_is_on_file_only_legal_changes_pass(before: DossierState, after: DossierState) -> None:
    request = TransitionRequest(
        before,
        after,
        IN_TIME,
        DUE,
        Route.PROVINCIAL_SYSTEM,
        frozenset(Actor),
        on_file=frozenset(Evidence),
        came_from=after,
    )
    assert judge(request).is_allowed == (after in LEGAL[before] or (before, after) in {(7, 2), (7, 4)})


@pytest.mark.parametrize(("after", "other"), [(2, 4), (4, 2)])
def test_a_withdrawal_that_is_not_to_be_goes_back_only_where_it_came_from(after: int, other: int) -> None:
    request = complete_request(find(7, after))
    for came_from in (DossierState(other), None):
        (objection,) = judge(replace(request, came_from=came_from)).objections
        assert objection.because is StepObjection.NOT_THE_STATE_IT_CAME_FROM
        assert objection.words == "Hồ sơ chỉ trở lại đúng trạng thái trước khi người dân yêu cầu rút."
        assert objection.legal_basis == OWN_DESIGN


def test_the_portals_table_does_not_know_the_way_back_from_a_withdrawal() -> None:
    assert judge(complete_request(find(7, 4))).is_allowed
    with pytest.raises(KnownError):
        check_transition(DossierState.WITHDRAWAL_REQUESTED, DossierState.PROCESSING)


# ---- lateness -----------------------------------------------------------------------------------------------------

LATE_CASES = [
    # step, at, finished_at, is late
    ((4, 9), DUE, None, False),
    ((4, 9), DUE + SECOND, None, True),
    ((2, 9), DUE, None, False),
    ((2, 9), DUE + SECOND, None, True),
    ((9, 10), DUE + dt.timedelta(days=9), DUE, False),
    ((9, 10), DUE + dt.timedelta(days=9), DUE + SECOND, True),
    ((9, 10), DUE + SECOND, None, True),
    ((9, 10), DUE, None, False),
    ((2, 4), DUE + SECOND, None, False),
    ((5, 8), DUE + SECOND, None, False),
    ((4, 5), DUE + SECOND, None, False),
]


@pytest.mark.parametrize(("pair", "at", "finished_at", "is_late"), LATE_CASES)
def test_a_late_result_needs_a_reason_and_a_corrective_action(
    pair: tuple[int, int], at: dt.datetime, finished_at: dt.datetime | None, is_late: bool
) -> None:
    request = replace(complete_request(find(*pair)), at=at, due_at=DUE, finished_at=finished_at)
    verdict = judge(request)
    assert verdict.reasons == ((Evidence.LATE_REASON, Evidence.CORRECTIVE_ACTION) if is_late else ())
    explained = request.on_file | {Evidence.LATE_REASON, Evidence.CORRECTIVE_ACTION}
    assert judge(replace(request, on_file=explained)).is_allowed


@pytest.mark.parametrize(
    ("there", "missing", "words"),
    [
        (Evidence.LATE_REASON, Evidence.CORRECTIVE_ACTION, "Hồ sơ quá hạn, còn thiếu biện pháp khắc phục."),
        (Evidence.CORRECTIVE_ACTION, Evidence.LATE_REASON, "Hồ sơ quá hạn, còn thiếu lý do chậm."),
    ],
)
def test_half_an_explanation_of_lateness_is_not_enough(there: Evidence, missing: Evidence, words: str) -> None:
    request = replace(complete_request(find(4, 9)), at=DUE + SECOND, due_at=DUE)
    (objection,) = judge(replace(request, on_file=request.on_file | {there})).objections
    assert objection.because is missing
    assert objection.words == words
    assert objection.legal_basis.startswith("NĐ 61/2018/NĐ-CP Đ19.9")
    assert objection.instead == "Vẫn trả kết quả: ghi lý do chậm và biện pháp khắc phục, xin lỗi người dân."


def test_without_a_promised_moment_nothing_is_late() -> None:
    assert judge(replace(complete_request(find(4, 9)), at=DUE + dt.timedelta(days=99))).is_allowed


# ---- who confirms -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", DossierState)
@pytest.mark.parametrize("route", Route)
def test_exactly_one_system_confirms_a_state(route: Route, state: DossierState) -> None:
    expected = "ministry" if route is Route.MINISTRY_SYSTEM else "provincial"
    if state is DossierState.REGISTERED and route is not Route.OFFLINE:
        expected = "portal"
    assert confirming_system(route, state) == System(expected)


@pytest.mark.parametrize("route", Route)
@pytest.mark.parametrize("system", System)
def test_no_other_system_may_confirm(route: Route, system: System) -> None:
    verdict = judge(replace(complete_request(find(4, 9)), route=route, system=system))
    if system is confirming_system(route, DossierState.FINISHED):
        assert verdict.is_allowed
        return
    (objection,) = verdict.objections
    assert objection.because is StepObjection.NOT_BY_THIS_SYSTEM
    assert objection.words == (
        "Trạng thái này do hệ thống khác xác nhận; cập nhật tại hệ thống đó, máy sẽ nhận về khi đồng bộ."
    )
    assert objection.legal_basis == "NĐ 224/2026/NĐ-CP Đ15.1"


def test_a_request_is_of_our_own_system_with_nothing_on_file_unless_it_says_otherwise() -> None:
    request = TransitionRequest(
        DossierState.RECEIVED, DossierState.PROCESSING, IN_TIME, DUE, Route.MINISTRY_SYSTEM, frozenset()
    )
    assert request.system is System.PROVINCIAL
    assert request.on_file == frozenset()
    assert (request.finished_at, request.came_from) == (None, None)


def test_the_stored_names_stay() -> None:
    assert [str(system) for system in System] == ["provincial", "ministry", "portal"]
    for member in (*StepObjection, *StepFault):
        assert str(member) == member.name.lower().replace("_", "-")
