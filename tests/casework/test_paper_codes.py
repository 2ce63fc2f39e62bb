# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import BugError
from casework.paper_codes import (
    PaperCode,
    TicketCode,
    parse_paper_code,
    parse_ticket_code,
    ticket_code_text,
    ticket_label,
)
from casework.records.queue_ticket import QueueTicket
from casework.text import clean

DAY = dt.date(2026, 12, 1)
RECEIPT = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"


def test_a_paper_states_dossier_procedure_owner_and_title_in_this_order() -> None:
    code = PaperCode("H56.14-261201-0001", "1.001193", "038094012745", RECEIPT)
    assert code.text == f"H56.14-261201-0001|1.001193|038094012745|{RECEIPT}"


def test_a_number_is_shown_with_its_series_and_three_digits() -> None:
    assert [ticket_label("A", 7), ticket_label("", 1234)] == ["A007", "1234"]


@given(st.text(max_size=60), st.sampled_from(["", "038094012745", "0101234567-001"]))
def test_whatever_the_title_a_paper_is_read_back(title: str, owner: str) -> None:
    code = PaperCode("000.00.01.H22-250701-0001", "1.001193", owner, clean(title))
    assert parse_paper_code(code.text) == code


def test_a_separator_in_a_code_is_our_own_mistake() -> None:
    with pytest.raises(BugError):
        _ = PaperCode("H56.14-261201-0001", "1.001193|", "").text


def test_receipts_of_the_first_generation_are_still_read() -> None:
    assert parse_paper_code("H56.14-261201-0001|1.001193") == PaperCode("H56.14-261201-0001", "1.001193")


@pytest.mark.parametrize(
    "text",
    [
        "https://dichvucong.example/tra-cuu?maHoSo=H56.14-250701-0001",
        "HTTPS://dichvucong.example/tra-cuu/h56.14-250701-0001",
        "https://dichvucong.example/?ma=H56%2E14-250701-0001&again=H56.14-250701-0001",
    ],
)
def test_a_bare_link_of_another_system_gives_its_dossier_code(text: str) -> None:
    assert parse_paper_code(text) == PaperCode("H56.14-250701-0001", "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H56.14-261201-0001",
        "038094012745|038094012|Lê Văn Thành",
        "https://dichvucong.example/tra-cuu",
        "https://dichvucong.example/?a=H56.14-250701-0001&b=H56.14-250701-0002",
        "https://dichvucong.example/?a=H56.14-250732-0001",
        "xem https://dichvucong.example/?a=H56.14-250701-0001",
    ],
)
def test_what_names_no_dossier_or_several_is_no_paper_code(text: str) -> None:
    assert parse_paper_code(text) is None


@given(st.dates(), st.sampled_from(["", "A", "Hộ tịch"]), st.integers(1, 9999))
def test_a_queue_ticket_is_read_back_and_names_nobody(day: dt.date, series: str, number: int) -> None:
    ticket = QueueTicket("t", day, series, number, False, dt.datetime(2026, 12, 1, tzinfo=dt.UTC))
    assert parse_ticket_code(ticket_code_text(ticket)) == TicketCode(day, series, number)


@pytest.mark.parametrize(
    "text",
    [
        "STT|2026-12-01|A",
        "STT|2026-12-32|A|1",
        "STT|2026-12-01|A|0",
        "STT|2026-12-01|A|1|2",
        "STT|2026-12-01|A|x",
        "STT|2026-12-01|A|+1",
        "STT|2026-12-01|A|10000",
        "STT|2026-12-01|A|१",
        "ABC|2026-12-01|A|1",
    ],
)
def test_what_is_no_ticket_is_not_taken_for_one(text: str) -> None:
    assert parse_ticket_code(text) is None
