# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest

from casework.progress.official_forms import FORMS, FormKind, form_on

LAST_OLD, FIRST_NEW = dt.date(2025, 9, 14), dt.date(2025, 9, 15)
FIRST_OLD = dt.date(2019, 1, 15)
OLD, NEW = "TT 01/2018/TT-VPCP, Mẫu số ", "TT 03/2025/TT-VPCP, Mẫu số "

SAME = {
    "receipt": "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    "supplement-request": "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    "refusal": "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
    "control-slip": "Phiếu kiểm soát quá trình giải quyết hồ sơ",
    "register": "Sổ theo dõi hồ sơ",
}


@pytest.mark.parametrize(
    ("kind", "old_number", "new_number"),
    [
        ("receipt", 1, 1),
        ("supplement-request", 2, 2),
        ("refusal", 3, 3),
        ("extension-letter", 4, 4),
        ("stop-notice", None, 5),
        ("control-slip", 5, 6),
        ("register", 6, 7),
    ],
)
def test_each_form_has_its_number_before_and_since_the_new_circular(
    kind: str, old_number: int | None, new_number: int
) -> None:
    old, new = form_on(FormKind(kind), LAST_OLD), form_on(FormKind(kind), FIRST_NEW)
    assert new is not None
    assert (new.number, new.legal_basis) == (new_number, f"{NEW}0{new_number}")
    if old_number is None:
        assert old is None
    else:
        assert old is not None
        assert (old.number, old.legal_basis) == (old_number, f"{OLD}0{old_number}")
    if kind in SAME:
        assert old is not None
        assert old.name == new.name == SAME[kind]


def test_the_letter_of_apology_has_changed_its_name_and_the_stop_notice_is_new() -> None:
    names = [form_on(FormKind.EXTENSION_LETTER, day) for day in (LAST_OLD, FIRST_NEW)]
    assert [form and form.name for form in names] == [
        "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
        "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
    ]
    stop = form_on(FormKind.STOP_NOTICE, FIRST_NEW)
    assert stop is not None
    assert stop.name == "Thông báo dừng giải quyết hồ sơ"


def test_six_forms_were_replaced_by_seven_that_are_still_in_force() -> None:
    old = [form for form in FORMS if form.circular == "TT 01/2018/TT-VPCP"]
    new = [form for form in FORMS if form.circular == "TT 03/2025/TT-VPCP"]
    assert [form.number for form in old] == [1, 2, 3, 4, 5, 6]
    assert [form.number for form in new] == [1, 2, 3, 4, 5, 6, 7]
    assert {(form.effective_from, form.effective_to) for form in old} == {(FIRST_OLD, LAST_OLD)}
    assert {(form.effective_from, form.effective_to) for form in new} == {(FIRST_NEW, None)}
    assert len(FORMS) == 13


@pytest.mark.parametrize("kind", FormKind)
def test_no_form_is_older_than_its_circular(kind: FormKind) -> None:
    assert form_on(kind, FIRST_OLD - dt.timedelta(days=1)) is None
    assert (form_on(kind, FIRST_OLD) is None) == (kind is FormKind.STOP_NOTICE)
    later = form_on(kind, dt.date(2031, 1, 1))
    assert later is not None
    assert later.kind is kind
