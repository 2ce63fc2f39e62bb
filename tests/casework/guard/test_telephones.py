# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from dataclasses import replace

import pytest

from casework.guard.telephones import Notice, comparable_phone, contact_phone, notices
from casework.records.participation import HelperKind, Part, Participation
from casework.records.person import Person

HER = Person("her", "Lê Thị Hoa", id_number="038190000001", phone="0912 345 678")
HIM = Person("him", "Lê Văn Nam", id_number="038090000002", phone="0987654321")
HELPER = Participation("d", "team", Part.HELPER, helper_kind=HelperKind.DIGITAL_TEAM, phone="0900000009", account="t1")


@pytest.mark.parametrize(
    ("phone", "comparable"),
    [
        ("0912 345 678", "912345678"),
        ("+84 912.345.678", "912345678"),
        ("0084912345678", "912345678"),
        ("84912345678", "912345678"),
        ("+84 0912 345 678", "912345678"),
        ("0843456789", "843456789"),
        ("841234567", "841234567"),
        ("8412345678", "12345678"),
        ("", ""),
        ("không có", ""),
    ],
)
def test_phones_are_compared_by_their_national_digits(phone: str, comparable: str) -> None:
    assert comparable_phone(phone) == comparable


def test_people_who_are_told_apart_give_no_notice() -> None:
    assert notices(HER, HIM, [HELPER], "her-account") == ()
    assert notices(HER, HER, [HELPER]) == ()
    assert notices(replace(HER, id_number=None), replace(HIM, id_number=None), []) == ()


@pytest.mark.parametrize(
    ("applicant", "submitter", "account", "expected"),
    [
        (HER, replace(HIM, id_number=HER.id_number), "", (Notice.SAME_ID_NUMBER,)),
        (HER, replace(HIM, phone="+84912345678"), "", (Notice.SAME_PHONE,)),
        (HER, replace(HIM, person_id="team"), "", (Notice.HELPER_HANDS_IN,)),
        (replace(HER, phone="0900 000 009"), HIM, "", (Notice.HELPER_PHONE,)),
        (HER, HIM, "t1", (Notice.HELPER_ACCOUNT,)),
        (replace(HER, phone=""), replace(HIM, phone=""), "", (Notice.NO_CONTACT,)),
        (
            replace(HER, phone="0900000009"),
            Person("team", "Trần", id_number=HER.id_number, phone="0900000009"),
            "t1",
            tuple(Notice),
        ),
    ],
)
def test_what_looks_odd_is_told(
    applicant: Person, submitter: Person, account: str, expected: tuple[Notice, ...]
) -> None:
    clerk = Participation("d", "clerk", Part.HELPER, helper_kind=HelperKind.CLERK)
    other = Participation("d", "him", Part.SUBMITTER, phone="0912345678", account="t2")
    assert notices(applicant, submitter, iter([clerk, HELPER, other]), account) == expected


def test_only_helpers_phones_and_accounts_are_suspect() -> None:
    submitting = Participation("d", "him", Part.SUBMITTER, phone=HER.phone, account="a")
    assert notices(HER, HIM, [submitting], "a") == ()


@pytest.mark.parametrize(
    ("hers", "his", "phone"),
    [
        ("0912 345 678", "0987654321", "0912 345 678"),
        ("", "0987654321", "0987654321"),
        ("0900000009", "0987654321", "0987654321"),
        ("+84 900000009", "0900 000 009", ""),
        ("", "", ""),
        ("-", "", ""),
    ],
)
def test_the_office_calls_the_applicant_or_the_submitter_never_a_helper(hers: str, his: str, phone: str) -> None:
    submitting = Participation("d", "him", Part.SUBMITTER, phone="0987654321")
    assert contact_phone(replace(HER, phone=hers), replace(HIM, phone=his), [HELPER, submitting]) == phone


def test_notices_and_helpers_are_known_by_these_names() -> None:
    assert [notice.value for notice in Notice] == [
        "same-id-number",
        "same-phone",
        "helper-hands-in",
        "helper-phone",
        "helper-account",
        "no-contact",
    ]
    assert [kind.value for kind in HelperKind] == ["clerk", "digital-team", "other"]
