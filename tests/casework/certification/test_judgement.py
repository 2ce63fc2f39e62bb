# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest

from casework.catalogue import Catalogue
from casework.certification.judgement import COPY_GROUNDS, SIGNATURE_GROUNDS, Ground, Obstacle, judge, responsibility
from casework.records.certification import Delegation
from casework.records.workplace import Clerk, Role

DAY = dt.date(2026, 12, 1)
CLERK = Clerk("hoa", "hoa", "Trần Thị Hoa", frozenset({Role.CLERK}))
SIGNER = Clerk("long", "long", "Phạm Văn Long", frozenset({Role.SIGNER}))


def a_delegation(
    delegation_id: str = "d",
    clerk_id: str = "hoa",
    first: dt.date = dt.date(2026, 1, 1),
    last: dt.date | None = None,
    code: str = "2.000815",
) -> Delegation:
    return Delegation(delegation_id, clerk_id, "long", "12/QĐ-UBND", frozenset({code}), first, last)


def test_a_copy_is_certified_when_nothing_was_found() -> None:
    assert judge([], COPY_GROUNDS).is_allowed


@pytest.mark.parametrize("obstacle", COPY_GROUNDS)
def test_each_thing_found_on_an_original_forbids_the_copy_with_its_article(obstacle: Obstacle) -> None:
    verdict = judge([obstacle], COPY_GROUNDS)
    assert verdict.reasons == (obstacle,)
    assert verdict.objections[0].legal_basis
    assert verdict.objections[0].words.endswith(".")


def test_grounds_stand_in_the_order_of_the_checklist() -> None:
    found = [Obstacle.PRIVATE_PAPER, Obstacle.NO_ORIGINAL, Obstacle.PRIVATE_PAPER]
    assert judge(found, COPY_GROUNDS).reasons == (Obstacle.NO_ORIGINAL, Obstacle.PRIVATE_PAPER)


def test_what_is_on_another_checklist_is_no_ground() -> None:
    assert judge([Obstacle.IS_TRANSACTION], COPY_GROUNDS).is_allowed
    assert not judge([Obstacle.IS_TRANSACTION], SIGNATURE_GROUNDS).is_allowed
    assert judge([Obstacle.NO_ORIGINAL], SIGNATURE_GROUNDS).is_allowed


def test_every_obstacle_is_on_a_checklist_and_knowledge_without_a_text_is_marked() -> None:
    assert set(COPY_GROUNDS) | set(SIGNATURE_GROUNDS) == set(Obstacle)
    uncertain = [
        obstacle
        for grounds in (COPY_GROUNDS, SIGNATURE_GROUNDS)
        for obstacle, ground in grounds.items()
        if not ground.is_certain
    ]
    assert uncertain == [Obstacle.SUSPECTED_FORGERY, Obstacle.NOT_SIGNED_HERE]


@pytest.mark.parametrize(
    ("code", "ground", "exceptions"),
    [
        (
            "2.000815",
            COPY_GROUNDS[Obstacle.NOT_LEGALISED],
            "hộ chiếu, thẻ căn cước, thẻ thường trú, thẻ cư trú, giấy phép lái xe, bằng tốt nghiệp, chứng chỉ và bảng "
            "điểm kèm theo",
        ),
        ("2.000884", SIGNATURE_GROUNDS[Obstacle.IS_TRANSACTION], "nhận hộ hồ sơ, giấy tờ"),
        ("2.000884", SIGNATURE_GROUNDS[Obstacle.IS_TRANSACTION], "nhận hộ lương hưu, bưu phẩm, trợ cấp, phụ cấp"),
        ("2.000884", SIGNATURE_GROUNDS[Obstacle.IS_TRANSACTION], "trông nom nhà cửa"),
        ("2.000884", SIGNATURE_GROUNDS[Obstacle.IS_TRANSACTION], "vay vốn tại Ngân hàng chính sách xã hội"),
    ],
)
def test_what_the_page_excepts_from_a_ground_is_told_with_it(
    code: str, ground: Ground, exceptions: str, catalogue: Catalogue
) -> None:
    assert exceptions in catalogue.get(code).conditions
    assert exceptions in ground.words


def test_a_signer_certifies_by_virtue_of_office() -> None:
    answer = responsibility(SIGNER, "hoa", "2.000815", DAY)
    assert (answer.may_certify, answer.clerk_id, answer.delegation, answer.is_receiver) == (True, "long", None, False)


def test_an_authorised_clerk_receives_certifies_and_answers_for_it() -> None:
    answer = responsibility(CLERK, "hoa", "2.000815", DAY, [a_delegation()])
    assert (answer.may_certify, answer.clerk_id, answer.is_receiver) == (True, "hoa", True)
    assert answer.delegation == a_delegation()


@pytest.mark.parametrize(
    "delegation",
    [
        a_delegation(clerk_id="lan"),
        a_delegation(code="2.000884"),
        a_delegation(first=dt.date(2026, 12, 2)),
        a_delegation(last=dt.date(2026, 11, 30)),
    ],
)
def test_an_authorisation_of_somebody_else_or_for_something_else_or_another_time_does_not_hold(
    delegation: Delegation,
) -> None:
    answer = responsibility(CLERK, "hoa", "2.000815", DAY, [delegation])
    assert (answer.may_certify, answer.delegation) == (False, None)


def test_an_authorisation_holds_on_its_first_and_its_last_day() -> None:
    assert responsibility(CLERK, "hoa", "2.000815", DAY, [a_delegation(first=DAY, last=DAY)]).may_certify


def test_of_several_authorisations_the_latest_is_named() -> None:
    later = a_delegation("e", first=dt.date(2026, 7, 1))
    assert responsibility(CLERK, "x", "2.000815", DAY, [later, a_delegation()]).delegation == later
