# SPDX-License-Identifier: GPL-3.0-or-later
"""What the clerk reads when a demand is refused."""

from __future__ import annotations

import pytest

from casework.guard.black_list import ForbiddenPaper
from casework.guard.demands import LEGAL_REASONS, RefusedBecause


def test_every_reason_has_its_law() -> None:
    assert set(LEGAL_REASONS) == set(RefusedBecause)
    assert {paper.value for paper in ForbiddenPaper} <= {reason.value for reason in RefusedBecause}
    assert len(set(LEGAL_REASONS.values())) == len(RefusedBecause)
    book = LEGAL_REASONS[RefusedBecause.HOUSEHOLD_BOOK]
    assert book.startswith("Luật Cư trú 68/2020/QH14 Điều 38 khoản 3; Nghị định 104/2022/NĐ-CP Điều 14")
    look_up = LEGAL_REASONS[RefusedBecause.LOOK_UP_FIRST]
    assert look_up.startswith("Nghị định 104/2022/NĐ-CP Điều 14 khoản 2")
    assert LEGAL_REASONS[RefusedBecause.ALREADY_FOUND].startswith(look_up)
    others = set(RefusedBecause) - {
        RefusedBecause.HOUSEHOLD_BOOK,
        RefusedBecause.LOOK_UP_FIRST,
        RefusedBecause.ALREADY_FOUND,
    }
    staff = "Nghị định 61/2018/NĐ-CP Điều 5 (nay thay bằng Nghị định 118/2025/NĐ-CP): "
    assert all(LEGAL_REASONS[reason].startswith(staff) for reason in others)


LAWS = {
    RefusedBecause.ADDRESS_CONFIRMATION: "giấy xác nhận tên đơn vị hành chính cũ và mới; máy tự đối chiếu",
    RefusedBecause.SAME_PERSON: "cơ quan tự đối chiếu số định danh và số giấy tờ cũ",
    RefusedBecause.VNEID_IN_PERSON: "không bắt buộc VNeID khi người dân nộp trực tiếp",
    RefusedBecause.HOUSEHOLD_BOOK: "không còn giá trị, thông tin cư trú do cơ quan tự khai thác",
    RefusedBecause.CERTIFIED_COPY: "đối chiếu bản chụp với bản chính và ký xác nhận, không yêu cầu bản sao chứng thực",
    RefusedBecause.NOT_IN_FORCE: "thủ tục ở phiên bản này không còn (hoặc chưa) có hiệu lực",
    RefusedBecause.OTHER_VERSION: "hồ sơ theo phiên bản danh mục có hiệu lực khi tiếp nhận, không theo phiên bản khác",
    RefusedBecause.OTHER_CHANNEL: "giấy tờ này chỉ dành cho hình thức nộp khác",
    RefusedBecause.OTHER_CASE: "giấy tờ này chỉ dành cho trường hợp khác",
    RefusedBecause.NOT_DELEGATED: "người có yêu cầu tự nộp, không cần giấy tờ ủy quyền",
    RefusedBecause.LOOK_UP_FIRST: "cơ quan tự khai thác dữ liệu trước khi yêu cầu giấy tờ",
    RefusedBecause.ALREADY_FOUND: "thông tin này đã khai thác được",
    RefusedBecause.TOO_MANY: "không yêu cầu nhiều bản hơn quy định",
    RefusedBecause.NOT_IN_CATALOGUE: "không yêu cầu thêm giấy tờ ngoài quy định",
    RefusedBecause.BASIS_UNCLEAR: "giấy tờ ngoài danh mục phải ghi rõ số, năm của văn bản quy định",
    RefusedBecause.TOO_LONG: "yêu cầu phải ghi gọn, rõ tên từng giấy tờ",
}


@pytest.mark.parametrize("reason", RefusedBecause)
def test_the_clerk_reads_why(reason: RefusedBecause) -> None:
    assert LEGAL_REASONS[reason].endswith(LAWS[reason])


def test_reasons_are_stored_by_these_names() -> None:
    assert [reason.value for reason in RefusedBecause] == [
        "address-confirmation",
        "same-person",
        "vneid-in-person",
        "household-book",
        "certified-copy",
        "not-in-force",
        "other-version",
        "other-channel",
        "other-case",
        "not-delegated",
        "look-up-first",
        "already-found",
        "too-many",
        "not-in-catalogue",
        "basis-unclear",
        "too-long",
    ]
