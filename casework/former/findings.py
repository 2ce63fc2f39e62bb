# SPDX-License-Identifier: GPL-3.0-or-later
"""What a clerk reads about a row of a former system's table: what is wrong with it, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from casework.records.former_dossier import Finding, FindingKind

_SENTENCES: Final[Mapping[FindingKind, str]] = MappingProxyType(
    {
        FindingKind.CODE_MISSING: "Thiếu mã hồ sơ.",
        FindingKind.CODE_DAMAGED: "Mã hồ sơ đã bị bảng tính đổi thành số và mất chữ số; lấy lại mã từ hệ thống cũ.",
        FindingKind.CODE_TOO_LONG: "Mã hồ sơ dài quá 100 ký tự; kiểm tra lại cột.",
        FindingKind.CODE_TWICE: "Mã hồ sơ này đã có ở dòng {other_row} với nội dung khác; chỉ giữ một dòng đúng.",
        FindingKind.CODE_OF_TODAY: "Mã hồ sơ của hôm nay hoặc ngày sau; nhập sau khi hết ngày để không trùng số.",
        FindingKind.NAME_MISSING: "Thiếu tên chủ hồ sơ.",
        FindingKind.NAME_TOO_LONG: "Tên chủ hồ sơ dài quá 300 ký tự; kiểm tra lại cột.",
        FindingKind.RECEIVED_MISSING: "Thiếu ngày tiếp nhận.",
        FindingKind.RECEIVED_IN_FUTURE: "Ngày tiếp nhận ở sau thời điểm nhập.",
        FindingKind.DUE_MISSING: "Thiếu ngày hẹn trả; bổ sung ngày hẹn trả vào bảng rồi nhập lại dòng này.",
        FindingKind.DUE_BEFORE_RECEPTION: "Ngày hẹn trả ở trước ngày tiếp nhận.",
        FindingKind.DATE_UNREADABLE: "Không đọc được ngày; viết theo dạng ngày/tháng/năm.",
        FindingKind.STATE_UNKNOWN: "Không rõ trạng thái hồ sơ; dùng số 1 đến 10 hoặc tên trạng thái.",
        FindingKind.SETS_UNREADABLE: "Số bộ phải là số nguyên từ 1 đến 99.",
        FindingKind.CHANNEL_UNKNOWN: "Không rõ hình thức nộp; dùng 1 trực tiếp, 2 trực tuyến, 3 bưu chính.",
        FindingKind.TEXT_UNREADABLE: "Chữ trong ô đã hỏng từ trước; xuất lại bảng từ hệ thống cũ.",
        FindingKind.PERSON_DIFFERS: "Số định danh này đã thuộc người mang tên khác trên máy; đối chiếu giấy tờ.",
        FindingKind.CODE_NOT_STANDARD: "Mã hồ sơ không theo mẫu chung; vẫn giữ nguyên mã cũ.",
        FindingKind.CODE_DAY_DIFFERS: "Ngày trong mã hồ sơ khác ngày tiếp nhận; vẫn giữ nguyên cả hai.",
        FindingKind.CODE_WAS_NUMBER: "Mã hồ sơ nằm trong ô kiểu số, có thể mất số 0 ở đầu; đối chiếu với hệ thống cũ.",
        FindingKind.STATE_MISSING: "Không ghi trạng thái; suy ra từ ngày trả kết quả.",
        FindingKind.STATE_NOT_RETURNED: "Có ngày trả kết quả nhưng trạng thái chưa phải đã trả; giữ trạng thái đã ghi.",
        FindingKind.RETURNED_BEFORE_RECEPTION: "Ngày trả kết quả ở trước ngày tiếp nhận; không ghi ngày trả.",
        FindingKind.RETURNED_IN_FUTURE: "Ngày trả kết quả ở sau thời điểm nhập; không ghi ngày trả.",
        FindingKind.DAY_WITHOUT_TIME: "Ngày không có giờ; tính từ đầu giờ làm việc khi nhận, đến hết giờ khi hẹn trả.",
        FindingKind.ID_ZERO_RESTORED: "Số định danh mất số 0 ở đầu; đã khôi phục đủ 12 chữ số.",
        FindingKind.ID_DIGITS_LOST: "Số định danh đã bị bảng tính làm tròn; không ghi số này.",
        FindingKind.ID_DOUBTFUL: "Số giấy tờ không đúng dạng; chỉ giữ trong ghi chú.",
        FindingKind.BIRTH_DATE_DOUBTFUL: "Ngày sinh không đọc được hoặc không hợp lý; không ghi ngày sinh.",
        FindingKind.PHONE_ZERO_RESTORED: "Số điện thoại mất số 0 ở đầu; đã khôi phục.",
        FindingKind.PHONE_DOUBTFUL: "Số điện thoại không đúng dạng; giữ nguyên như trong bảng.",
        FindingKind.ADDRESS_MISSING: "Thiếu địa chỉ.",
        FindingKind.PROCEDURE_MISSING: "Không ghi thủ tục.",
        FindingKind.PROCEDURE_UNKNOWN: "Thủ tục không có trong danh mục hiện hành; giữ tên cũ.",
        FindingKind.TEXT_CONVERTED: "Chữ theo bảng mã cũ (TCVN3, VNI) đã chuyển sang Unicode; xem lại vài dòng.",
        FindingKind.SUSPECT_TEXT: "Chữ có dấu hiệu sai bảng mã; xem lại trước khi dùng.",
    }
)


def sentence(finding: Finding) -> str:
    """Give the sentence about a finding, in Vietnamese; it repeats nothing of what stands in the row."""
    return _SENTENCES[finding.kind].format(other_row=finding.other_row)
