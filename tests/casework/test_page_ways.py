# SPDX-License-Identifier: GPL-3.0-or-later
"""How the ways of the procedure pages are read: steps, blanks, contradictions, fees."""

from __future__ import annotations

import pytest

from casework.packs.ways import NOTE_OF_THE_PAGE, STEPS_OF_THE_PAGE, in_steps, read_fee, read_time_limit
from casework.records.procedure import Channel, Fee, TimeLimit, TimeUnit, Way


def step(channel: Channel, amount: int | None, unit: TimeUnit = TimeUnit.WORKING_DAY) -> Way:
    return Way(channel, TimeLimit(amount, unit, f"{amount} bước"), Fee(0, is_certain=True), f"Bước {amount}")


def test_steps_of_a_channel_become_one_way_with_the_sum_of_their_time_limits() -> None:
    counter, online = Channel.COUNTER, Channel.ONLINE
    first, second = in_steps([step(counter, 2), step(online, 4), step(counter, 5), step(counter, 3)])
    assert (first.channel, second) == (counter, step(online, 4))
    assert first.time_limit == TimeLimit(10, TimeUnit.WORKING_DAY, "2 bước + 5 bước + 3 bước", STEPS_OF_THE_PAGE)
    assert first.note == "Bước 2\nBước 5\nBước 3"


@pytest.mark.parametrize(
    "other",
    [
        step(Channel.COUNTER, None),
        step(Channel.COUNTER, 3, TimeUnit.CALENDAR_DAY),
        step(Channel.COUNTER, 3, TimeUnit.UNSTATED),
    ],
)
def test_steps_that_cannot_be_added_stop_the_compiler(other: Way) -> None:
    with pytest.raises(ValueError, match="cannot be added"):
        in_steps([step(Channel.COUNTER, 2), other])


@pytest.mark.parametrize(
    ("text", "note", "limit"),
    [
        (
            None,
            "05 ngày làm việc kể từ ngày nhận đủ hồ sơ",
            TimeLimit(5, TimeUnit.WORKING_DAY, "05 ngày làm việc kể từ ngày nhận đủ hồ sơ", NOTE_OF_THE_PAGE),
        ),
        (None, "a) 02 ngày làm việc; b) 33 ngày làm việc", TimeLimit(None, TimeUnit.UNSTATED)),
        ("7 Ngày", "07 ngày làm việc, kể từ ngày nhận đủ hồ sơ", TimeLimit(7, TimeUnit.UNSTATED, "7 Ngày")),
        ("25 Ngày làm việc", "25 ngày kể từ ngày thẩm định", TimeLimit(25, TimeUnit.UNSTATED, "25 Ngày làm việc")),
        ("7 Ngày làm việc", "07 ngày làm việc", TimeLimit(7, TimeUnit.WORKING_DAY, "7 Ngày làm việc")),
        ("10 Ngày", "20 ngày làm việc đối với cây cần bảo tồn", TimeLimit(10, TimeUnit.CALENDAR_DAY, "10 Ngày")),
        ("1", "", TimeLimit(1, TimeUnit.UNSTATED, "1")),
    ],
)
def test_the_note_completes_a_blank_and_casts_doubt_on_a_contradiction(
    text: str | None, note: str, limit: TimeLimit
) -> None:
    assert read_time_limit(text, note) == limit


@pytest.mark.parametrize(
    ("text", "note", "amount", "is_certain", "per"),
    [
        ("Miễn phí", "(Miễn lệ phí. Phí cấp bản sao Trích lục kết hôn (nếu có yêu cầu) thực hiện theo quy định tại "
         "Thông tư số 281/2016/TT-BTC ngày 14/11/2016.)", 0, True, ""),
        ("Miễn phí", "(Miễn lệ phí cho người thuộc hộ nghèo; người khuyết tật.)", 0, False, ""),
        ("Miễn phí", "(Chưa quy định.)", 0, False, ""),
        ("Miễn phí", "(Không)", 0, True, ""),
        ("5,000 Việt Nam Đồng", "(nộp qua cổng dịch vụ công trực tuyến thu 7.000 đồng/lần đăng ký.)", 5000, False,
         "lần đăng ký"),
        ("10,000 Việt Nam Đồng", "(thu 10.000 đồng/lần đăng ký;)", 10000, True, "lần đăng ký"),
        ("10,000 Việt Nam Đồng", "(theo danh sách: 10.000 đồng/người/lần)", 10000, False, "người"),
        ("50,000 VNĐ", "(Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định)", 50000, False, ""),
        ("8,000 VNĐ", "(8.000 đồng/Văn bản xác nhận về một việc.)", 8000, False, "Văn bản xác nhận về một việc"),
        ("2,000 Việt Nam Đồng", "(2.000 đồng/trang; từ trang thứ 3 thu 1.000 đồng/trang)", 2000, False, "trang"),
        ("70,000 VNĐ", "(70.000 đồng/Giấy chứng nhận)", 70000, True, "Giấy chứng nhận"),
        ("40 Việt Nam Đồng", "(4.000 đ/giấy thông hành)", None, False, "giấy thông hành"),
        ("10,000 Việt Nam Đồng", "(/trường hợp)", 10000, False, "trường hợp"),
        ("20,000 Việt Nam Đồng", "(Trường hợp công dân thuộc diện được miễn phí)", 20000, False, ""),
        ("50,000 Việt Nam Đồng", "(/giao dịch)Hộ gia đình vay vốn thì không phải nộp phí", 50000, False, "giao dịch"),
        ("400,000 Việt Nam Đồng", "(Miễn lệ phí đối với cha dượng, mẹ kế)", 400000, False, ""),
        ("50,000 Việt Nam Đồng", "(50.000 đồng/thẻ; nay bằng 50% mức thu nêu trên)", 50000, False, "thẻ"),
    ],
)  # fmt: skip
def test_a_fee_is_believed_only_as_far_as_the_note_beside_it_agrees(
    text: str, note: str, amount: int | None, is_certain: bool, per: str
) -> None:
    assert read_fee(text, note) == Fee(amount, is_certain, text, per)
