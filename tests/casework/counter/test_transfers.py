# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.counter.transfers import (
    check_list,
    control_slip_row,
    is_closed,
    is_postal_number,
    on_their_way,
    open_items,
    receive_all,
    receive_item,
    with_tracking_number,
)
from casework.errors import BugError, KnownError
from casework.progress.lateness import Punctuality
from casework.records.transfer import Carrier, ItemTrouble, Transfer, TransferItem, TransferKind
from casework.work_calendar import VIET_NAM

GIVEN = dt.datetime(2026, 12, 1, 16, tzinfo=VIET_NAM)
TAKEN = GIVEN + dt.timedelta(hours=1)
CODES = ("H56.14-261201-0001", "H56.14-261201-0002", "H56.14-261201-0003")


def a_list(*codes: str, carrier: Carrier = Carrier.BY_HAND, transfer_id: str = "t") -> Transfer:
    items = tuple(TransferItem(f"d{code}", code, "Đăng ký thường trú", 3) for code in codes)
    return Transfer(transfer_id, TransferKind.TO_AGENCY, "Trung tâm", "Công an xã", carrier, GIVEN, "hoa", items)


@given(st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from(ItemTrouble)), max_size=12))
def test_a_list_is_closed_exactly_when_every_item_was_received(steps: list[tuple[str, ItemTrouble]]) -> None:
    transfer, received = a_list(*CODES), set()
    for code, trouble in steps:
        transfer = receive_item(transfer, code, TAKEN, "Lan", trouble)
        if trouble is not ItemTrouble.MISSING:
            received.add(code)
        assert is_closed(transfer) == (received == set(CODES))
        assert {item.code for item in open_items(transfer)} == set(CODES) - received


def test_a_confirmation_notes_who_when_and_what_was_amiss() -> None:
    item = receive_item(a_list(*CODES), CODES[1], TAKEN, "Lan", ItemTrouble.DAMAGED, "rách góc").items[1]
    assert (item.received_at, item.received_by, item.trouble, item.note) == (
        TAKEN,
        "Lan",
        ItemTrouble.DAMAGED,
        "rách góc",
    )


def test_scanning_an_item_twice_changes_nothing() -> None:
    once = receive_item(a_list(*CODES), CODES[0], TAKEN, "Lan")
    assert receive_item(once, CODES[0], TAKEN + dt.timedelta(hours=1), "Mai", ItemTrouble.MISSING) == once


def test_a_missing_item_stays_open_until_it_is_found() -> None:
    missing = receive_item(a_list(CODES[0]), CODES[0], TAKEN, "Lan", ItemTrouble.MISSING, "không có trong bì")
    assert (is_closed(missing), missing.items[0].received_by, missing.items[0].note) == (False, "", "không có trong bì")
    assert not is_closed(receive_all(missing, TAKEN, "Lan"))
    found = receive_item(missing, CODES[0], TAKEN, "Lan")
    assert (is_closed(found), found.items[0].trouble) == (True, ItemTrouble.NONE)


def test_all_others_are_confirmed_at_one_go() -> None:
    partly = receive_item(a_list(*CODES), CODES[0], TAKEN, "Lan", ItemTrouble.DAMAGED)
    partly = receive_item(partly, CODES[1], TAKEN, "Lan", ItemTrouble.MISSING)
    whole = receive_all(partly, TAKEN, "Mai")
    assert [item.received_by for item in whole.items] == ["Lan", "", "Mai"]
    assert [item.code for item in open_items(whole)] == [CODES[1]]


def test_a_dossier_that_is_not_on_the_list_is_not_confirmed() -> None:
    with pytest.raises(KnownError, match="transfer-item-unknown"):
        receive_item(a_list(*CODES), "H56.14-261201-0009", TAKEN, "Lan")


def test_the_clocks_of_two_agencies_may_differ() -> None:
    early = receive_item(a_list(CODES[0]), CODES[0], GIVEN - dt.timedelta(minutes=3), "Lan")
    assert is_closed(early)


def test_a_list_has_items_each_once_and_two_sides() -> None:
    check_list(a_list(*CODES))
    with pytest.raises(KnownError, match="transfer-empty"):
        check_list(a_list())
    with pytest.raises(KnownError, match=r"transfer-twice dossier=H56\.14-261201-0001"):
        check_list(a_list(CODES[1], CODES[0], CODES[0]))
    same = dataclasses.replace(a_list(*CODES), to_agency="Trung tâm")
    with pytest.raises(BugError):
        check_list(same)


def test_what_is_long_on_its_way_is_shown_the_oldest_first() -> None:
    older = dataclasses.replace(a_list(CODES[2], transfer_id="o"), handed_over_at=GIVEN - dt.timedelta(days=1))
    newer = receive_item(a_list(CODES[1], CODES[0]), CODES[1], TAKEN, "Lan")
    now = GIVEN + dt.timedelta(days=1)
    found = on_their_way([newer, older], now, dt.timedelta(hours=23))
    assert [(transfer.transfer_id, item.code) for transfer, item in found] == [("o", CODES[2]), ("t", CODES[0])]
    assert [transfer.transfer_id for transfer, _ in on_their_way([newer, older], now, dt.timedelta(days=1))] == ["o"]


def test_a_tracking_number_goes_with_the_post_alone() -> None:
    posted = with_tracking_number(a_list(CODES[0], carrier=Carrier.PUBLIC_POST), " ee 473124829 vn ")
    assert posted.tracking_number == "EE473124829VN"
    with pytest.raises(BugError):
        with_tracking_number(a_list(CODES[0]), "EE473124829VN")


@pytest.mark.parametrize(
    ("number", "is_right"),
    [
        ("RR473124829VN", True),  # 8·4 + 6·7 + 4·3 + 2·1 + 3·2 + 5·4 + 9·8 + 7·2 = 200 = 18·11 + 2; 11 - 2 = 9
        ("RR473124828VN", False),
        ("RR000000116VN", True),  # 9·1 + 7·1 = 16 = 11 + 5; 11 - 5 = 6
        ("RR000000005VN", True),  # 0; 11 - 0 = 11 stands as 5
        ("RR000000080VN", True),  # 7·8 = 56 = 5·11 + 1; 11 - 1 = 10 stands as 0
        ("RR000000081VN", False),
        ("RR00000011VN", False),
        ("rr473124829vn", False),
        ("473124829", False),
    ],
)
def test_the_check_digit_of_the_postal_union_is_known(number: str, is_right: bool) -> None:
    assert is_postal_number(number) is is_right


@pytest.mark.parametrize(
    ("finished", "expected"),
    [
        (dt.datetime(2026, 12, 2, 23, tzinfo=VIET_NAM), Punctuality.EARLY),
        (dt.datetime(2026, 12, 3, 17, tzinfo=VIET_NAM), Punctuality.ON_TIME),
        (dt.datetime(2026, 12, 3, 17, 1, tzinfo=VIET_NAM), Punctuality.LATE),
        (None, None),
    ],
)
def test_a_row_of_the_control_slip_tells_who_gave_who_took_when_and_how_it_ended(
    finished: dt.datetime | None, expected: Punctuality | None
) -> None:
    transfer = receive_item(a_list(*CODES), CODES[0], TAKEN, "Lan", note="đủ giấy")
    row = control_slip_row(transfer, CODES[0], dt.datetime(2026, 12, 3, 17, tzinfo=VIET_NAM), finished, "bước 1")
    assert (row.handed_over_by, row.agency) == ("Trung tâm", "Công an xã")
    assert (row.handed_over_at, row.received_at) == (GIVEN, TAKEN)
    assert (row.punctuality, row.note) == (expected, "bước 1; đủ giấy")


def test_a_row_without_a_named_time_has_no_judgement() -> None:
    row = control_slip_row(a_list(*CODES), CODES[2], finished_at=TAKEN)
    assert (row.punctuality, row.received_at, row.note) == (None, None, "")
    with pytest.raises(KnownError, match="transfer-item-unknown"):
        control_slip_row(a_list(CODES[0]), CODES[1])
