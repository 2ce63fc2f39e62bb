# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from casework.lifecycle import check_transition
from casework.progress.online_dossiers import (
    REFUSAL_GROUNDS,
    STATE_AFTER,
    Acceptance,
    AnswerObjection,
    Duplicate,
    acceptance,
    answered,
    find_duplicates,
    is_late,
    judge_answer,
    open_for_checking,
)
from casework.records.dossier import DossierState
from casework.records.online_dossier import AnswerGround, AnswerToOnline, OnlineAnswer, OnlineDossier
from casework.work_calendar import VIET_NAM

Against = AnswerObjection
SUBMITTED = dt.datetime(2026, 11, 23, 8, 0, tzinfo=VIET_NAM)
ANSWER_BY = dt.datetime(2026, 11, 23, 17, 0, tzinfo=VIET_NAM)
SECOND = dt.timedelta(seconds=1)
PAPERS = ("1.001193/01", "1.001193/02")
NOTHING: frozenset[str] = frozenset()

ONLINE = OnlineDossier("d", "G22.99-261123-0007", "1.001193", "038190012345", SUBMITTED, ANSWER_BY)
ACCEPTANCE = AnswerToOnline(OnlineAnswer.ACCEPT, ANSWER_BY, "c")
GUIDANCE = AnswerToOnline(
    OnlineAnswer.SUPPLEMENT,
    ANSWER_BY,
    "c",
    grounds=frozenset({AnswerGround.UNCLEAR_PICTURE}),
    reason="Ảnh giấy chứng sinh bị mờ.",
    demands=PAPERS,
)
REFUSAL = AnswerToOnline(
    OnlineAnswer.REFUSE,
    ANSWER_BY,
    "c",
    grounds=frozenset({AnswerGround.NOT_THIS_OFFICE}),
    reason="Thuộc thẩm quyền của Sở Tư pháp.",
    legal_basis="Luật Hộ tịch 60/2014/QH13",
)
ANSWERS = [ACCEPTANCE, GUIDANCE, REFUSAL]


def reasons(
    answer: AnswerToOnline,
    dossier: OnlineDossier = ONLINE,
    missing: frozenset[str] | None = None,
    allowed: frozenset[str] = frozenset(PAPERS),
) -> list[AnswerObjection]:
    if missing is None:
        missing = NOTHING if answer.answer is OnlineAnswer.ACCEPT else frozenset(PAPERS)
    return [AnswerObjection(because) for because in judge_answer(dossier, answer, missing, allowed).reasons]


def named(answer: AnswerToOnline) -> str:
    return answer.answer.value


@pytest.mark.parametrize("answer", ANSWERS, ids=named)
def test_a_good_answer_may_be_given(answer: AnswerToOnline) -> None:
    assert reasons(answer) == []


@pytest.mark.parametrize(
    ("answer", "state"), [(ACCEPTANCE, 2), (GUIDANCE, 5), (REFUSAL, 3)], ids=["accept", "supplement", "refuse"]
)
def test_an_answer_moves_the_dossier_and_keeps_the_portals_code(answer: AnswerToOnline, state: int) -> None:
    after = answered(ONLINE, answer)
    assert after == replace(ONLINE, state=DossierState(state))
    check_transition(ONLINE.state, after.state)
    assert STATE_AFTER[answer.answer] == state


@pytest.mark.parametrize(("late_by", "expected"), [(0 * SECOND, False), (SECOND, True)])
def test_a_dossier_is_received_when_it_is_accepted_under_the_portals_code(
    late_by: dt.timedelta, expected: bool
) -> None:
    at = ANSWER_BY + late_by
    assert acceptance(ONLINE, replace(ACCEPTANCE, at=at)) == Acceptance("d", "G22.99-261123-0007", at, expected)


ANSWERABLE = {OnlineAnswer.ACCEPT: {1, 5}, OnlineAnswer.SUPPLEMENT: {1}, OnlineAnswer.REFUSE: {1}}


@pytest.mark.parametrize("state", DossierState)
@pytest.mark.parametrize("answer", ANSWERS, ids=named)
def test_an_answer_is_given_once_and_an_acceptance_after_the_supplement(
    answer: AnswerToOnline, state: DossierState
) -> None:
    expected = [] if state in ANSWERABLE[answer.answer] else [Against.ALREADY_ANSWERED]
    if not expected:
        check_transition(state, STATE_AFTER[answer.answer])
    assert reasons(answer, replace(ONLINE, state=state)) == expected


def test_nothing_is_accepted_without_the_portals_code_or_with_papers_missing() -> None:
    assert reasons(ACCEPTANCE, replace(ONLINE, portal_code=" ")) == [Against.NO_CODE]
    assert reasons(ACCEPTANCE, missing=frozenset(PAPERS[:1])) == [Against.STILL_INCOMPLETE]
    assert reasons(ACCEPTANCE, replace(ONLINE, portal_code=""), frozenset(PAPERS)) == [
        Against.NO_CODE,
        Against.STILL_INCOMPLETE,
    ]


def test_guidance_is_complete_founded_and_allowed() -> None:
    assert reasons(replace(GUIDANCE, reason=" ")) == [Against.NO_REASON]
    assert reasons(replace(GUIDANCE, grounds=frozenset())) == [Against.NO_GROUND]
    assert reasons(replace(GUIDANCE, demands=PAPERS[:1])) == [Against.NOT_COMPLETE]
    assert reasons(replace(GUIDANCE, demands=(*PAPERS, "Sổ hộ khẩu"))) == [Against.NOT_ALLOWED_DEMAND]
    assert reasons(replace(GUIDANCE, demands=()), missing=NOTHING) == [Against.NO_DEMANDS]
    assert reasons(GUIDANCE, missing=frozenset(PAPERS[1:])) == []
    nothing = replace(GUIDANCE, reason="", grounds=frozenset(), demands=())
    assert reasons(nothing, replace(ONLINE, state=DossierState.RETURNED)) == [
        Against.ALREADY_ANSWERED,
        Against.NO_REASON,
        Against.NO_GROUND,
        Against.NO_DEMANDS,
        Against.NOT_COMPLETE,
    ]


def test_a_refusal_names_its_reason_its_law_and_its_ground() -> None:
    assert reasons(replace(REFUSAL, reason=" ")) == [Against.NO_REASON]
    assert reasons(replace(REFUSAL, legal_basis=" ")) == [Against.NO_LEGAL_BASIS]
    assert reasons(replace(REFUSAL, grounds=frozenset())) == [Against.NO_GROUND]
    assert reasons(replace(REFUSAL, reason="", legal_basis="", grounds=frozenset())) == [
        Against.NO_REASON,
        Against.NO_LEGAL_BASIS,
        Against.NO_GROUND,
    ]


FOR_SUPPLEMENT = {AnswerGround.UNCLEAR_PICTURE, AnswerGround.MISSING_PAPER, AnswerGround.WRONG_ENTRY}


@pytest.mark.parametrize("ground", AnswerGround)
def test_an_unclear_picture_asks_for_a_supplement_and_never_refuses(ground: AnswerGround) -> None:
    grounds = frozenset({ground})
    mixed = frozenset({ground, AnswerGround.NOT_ELIGIBLE})
    is_for_supplement = ground in FOR_SUPPLEMENT
    assert (ground in REFUSAL_GROUNDS) != is_for_supplement
    unfit = [Against.GROUND_FOR_SUPPLEMENT] if is_for_supplement else []
    assert reasons(replace(REFUSAL, grounds=grounds)) == unfit
    assert reasons(replace(REFUSAL, grounds=mixed)) == unfit
    assert reasons(replace(GUIDANCE, grounds=grounds)) == ([] if is_for_supplement else [Against.GROUND_FOR_REFUSAL])
    assert reasons(replace(GUIDANCE, grounds=mixed)) == [Against.GROUND_FOR_REFUSAL]


def test_an_answer_is_late_after_its_moment_and_is_given_all_the_same() -> None:
    assert not is_late(ONLINE, ANSWER_BY)
    assert is_late(ONLINE, ANSWER_BY + SECOND)
    for answer in ANSWERS:
        assert reasons(replace(answer, at=ANSWER_BY + dt.timedelta(days=9))) == []


def test_looking_at_a_dossier_changes_no_state_and_the_first_look_counts() -> None:
    looked = open_for_checking(ONLINE, "minh", SUBMITTED + SECOND)
    assert looked == replace(ONLINE, opened_at=SUBMITTED + SECOND, opened_by="minh")
    assert looked.state is DossierState.REGISTERED
    assert open_for_checking(looked, "lan", ANSWER_BY) == looked


def test_a_new_online_dossier_is_registered_and_unseen() -> None:
    assert ONLINE.state is DossierState.REGISTERED
    assert (ONLINE.opened_at, ONLINE.opened_by) == (None, "")
    assert (ACCEPTANCE.grounds, ACCEPTANCE.demands) == (frozenset(), ())
    assert (ACCEPTANCE.reason, ACCEPTANCE.legal_basis) == ("", "")


def other(**changes: object) -> OnlineDossier:
    return replace(ONLINE, **{"dossier_id": "other", "portal_code": "G22.99-261123-0008", **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("another", "expected"),
    [
        (other(), False),
        (other(portal_code=ONLINE.portal_code), True),
        (other(portal_code=ONLINE.portal_code, applicant_number="1", procedure_code="2"), True),
        (other(applicant_number="038190099999"), None),
        (other(procedure_code="1.000894"), None),
        # The day is that of Viet Nam: 17:00 UTC is midnight there.
        (other(submitted_at=dt.datetime(2026, 11, 23, 16, 59, tzinfo=dt.UTC)), False),
        (other(submitted_at=dt.datetime(2026, 11, 23, 17, 0, tzinfo=dt.UTC)), None),
        (other(submitted_at=dt.datetime(2026, 11, 22, 17, 0, tzinfo=dt.UTC)), False),
        (other(submitted_at=dt.datetime(2026, 11, 22, 16, 59, tzinfo=dt.UTC)), None),
    ],
)
def test_the_same_code_or_person_procedure_and_day_is_flagged(another: OnlineDossier, expected: bool | None) -> None:
    found = find_duplicates(ONLINE, [another])
    assert found == (() if expected is None else (Duplicate("other", expected),))


def test_a_dossier_is_not_its_own_duplicate_and_the_search_goes_on_after_it() -> None:
    assert find_duplicates(ONLINE, [ONLINE]) == ()
    assert find_duplicates(ONLINE, [ONLINE, other(), other(dossier_id="third")]) == (
        Duplicate("other", False),
        Duplicate("third", False),
    )


def test_two_dossiers_without_a_code_do_not_have_the_same_code() -> None:
    nameless = replace(ONLINE, portal_code="")
    assert find_duplicates(nameless, [other(portal_code="", procedure_code="1.000894")]) == ()
    assert find_duplicates(nameless, [other(portal_code="")]) == (Duplicate("other", False),)


def test_every_objection_has_words_a_law_and_a_way_out_where_there_is_one() -> None:
    bad = [
        (replace(ACCEPTANCE, reason=""), replace(ONLINE, portal_code="", state=DossierState.STOPPED)),
        (
            replace(GUIDANCE, reason="", grounds=frozenset({AnswerGround.DUPLICATE}), demands=("x",)),
            ONLINE,
        ),
        (replace(GUIDANCE, grounds=frozenset(), demands=()), ONLINE),
        (replace(REFUSAL, reason="", legal_basis="", grounds=frozenset({AnswerGround.WRONG_ENTRY})), ONLINE),
    ]
    told = {
        objection.because: objection
        for answer, dossier in bad
        for objection in judge_answer(dossier, answer, frozenset(PAPERS), NOTHING).objections
    }
    assert set(told) == set(AnswerObjection)
    for objection in told.values():
        assert re.fullmatch(r"[A-ZĐẢ].*\.", objection.words)
        assert re.fullmatch(r"NĐ 61/2018/NĐ-CP .*\)", objection.legal_basis)
        assert re.fullmatch(r"([A-ZĐ].*\.)?", objection.instead)
    assert {because for because, objection in told.items() if objection.instead} == {
        Against.STILL_INCOMPLETE,
        Against.GROUND_FOR_SUPPLEMENT,
        Against.GROUND_FOR_REFUSAL,
    }


def test_the_stored_names_stay() -> None:
    for member in (*OnlineAnswer, *AnswerGround, *AnswerObjection):
        assert str(member) == member.name.lower().replace("_", "-")
    assert (len(OnlineAnswer), len(AnswerGround), len(AnswerObjection)) == (3, 6, 11)
