# SPDX-License-Identifier: GPL-3.0-or-later
"""A verification's words in Vietnamese: for each reason, what was found and what to do now."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from signing.verdicts.verdict import ChangeKind, Problem, Remark, Verdict

VERDICTS: Final[Mapping[Verdict, str]] = MappingProxyType(
    {
        Verdict.VALID: "HỢP LỆ",
        Verdict.INVALID: "KHÔNG HỢP LỆ",
        Verdict.CANNOT_TELL: "CHƯA KẾT LUẬN ĐƯỢC",
        Verdict.NOT_SIGNED: "KHÔNG CÓ CHỮ KÝ SỐ",
    }
)

PROBLEMS: Final[Mapping[Problem, tuple[str, str]]] = MappingProxyType(
    {
        Problem.MALFORMED: (
            "Ô chữ ký không chứa một chữ ký số đúng cấu trúc.",
            "Không nhận tệp này; đề nghị người nộp gửi lại bản gốc.",
        ),
        Problem.UNREADABLE: (
            "Chữ ký thuộc loại mà chương trình không kiểm tra được, hoặc dữ liệu của nó bị hỏng.",
            "Đề nghị người nộp gửi lại bản gốc, hoặc kiểm tra bằng công cụ của đơn vị cấp chữ ký số.",
        ),
        Problem.BYTE_RANGE: (
            "Phạm vi được ký chừa ra nhiều hơn chính chữ ký: có chỗ để giấu nội dung khác.",
            "Không nhận tệp này; báo cho lãnh đạo bộ phận.",
        ),
        Problem.ALTERED: (
            "Nội dung đã bị sửa sau khi ký.",
            "Không nhận tệp này; đề nghị người nộp gửi lại bản gốc.",
        ),
        Problem.BROKEN: (
            "Chữ ký không phải do khóa của chứng thư này tạo ra.",
            "Không nhận tệp này; báo cho lãnh đạo bộ phận.",
        ),
        Problem.WEAK_ALGORITHM: (
            "Chữ ký dùng thuật toán quá yếu (SHA-1 hoặc khóa ngắn), không còn chứng minh được điều gì.",
            "Đề nghị ký lại bằng thiết bị hiện hành.",
        ),
        Problem.CHANGED_AFTER_SIGNING: (
            "Sau khi ký, tệp đã bị thêm hoặc thay những thứ mà chữ ký không cho phép.",
            "Không nhận tệp này; đề nghị người nộp gửi lại bản gốc.",
        ),
        Problem.READERS_DISAGREE: (
            "Tệp hiện ra khác nhau tùy chương trình đọc, nên không biết người ký đã thấy gì.",
            "Không nhận tệp này; đề nghị người nộp gửi lại bản gốc.",
        ),
        Problem.FILLED_LATER: (
            "Có ô biểu mẫu được điền sau khi ký; chữ ký không xác nhận phần điền thêm.",
            "Hỏi người ký về phần điền thêm, hoặc đề nghị ký lại sau khi điền đủ.",
        ),
        Problem.STAMPED_LATER: (
            "Sau chữ ký này có một hình khác được đặt lên trang, mà chữ ký đi kèm hình đó không hợp lệ.",
            "Xem kết quả của chữ ký đến sau; chỉ nhận tệp khi mọi chữ ký đều hợp lệ.",
        ),
        Problem.REVOKED: (
            "Chứng thư của người ký đã bị thu hồi, và không có gì chứng minh chữ ký có trước khi thu hồi.",
            "Không dựa vào chữ ký này; đề nghị ký lại bằng chứng thư còn hiệu lực.",
        ),
        Problem.CERTIFICATE_EXPIRED: (
            "Chứng thư của người ký đã hết hạn, và không có dấu thời gian chứng minh chữ ký có trước ngày đó.",
            "Đối chiếu với bản gốc, hoặc đề nghị ký lại.",
        ),
        Problem.CERTIFICATE_NOT_YET_VALID: (
            "Chứng thư của người ký chưa bắt đầu có hiệu lực.",
            "Kiểm tra ngày giờ của máy này; nếu đúng thì không dựa vào chữ ký.",
        ),
        Problem.NOT_FOR_SIGNING: (
            "Chứng thư này không được cấp để ký văn bản.",
            "Đề nghị ký lại bằng chứng thư chữ ký số.",
        ),
        Problem.NOT_TRUSTED: (
            "Chứng thư không dẫn về cơ quan chứng thực nào mà máy này tin cậy.",
            "Nếu biết rõ cơ quan chứng thực, nhờ bộ phận CNTT nhập chứng thư gốc; nếu không, không dựa vào chữ ký.",
        ),
        Problem.TIMESTAMP: (
            "Dấu thời gian của chữ ký sai, hoặc của nơi cấp mà máy này không tin cậy.",
            "Kiểm tra lại sau khi bộ phận CNTT nhập chứng thư của nơi cấp dấu thời gian, hoặc đề nghị ký lại.",
        ),
        Problem.REVOCATION_UNKNOWN: (
            "Chữ ký nguyên vẹn và đúng người, nhưng không có dữ liệu mới để biết chứng thư có bị thu hồi hay không.",
            "Kiểm tra lại khi có mạng hoặc khi bộ phận CNTT đã cập nhật danh sách thu hồi.",
        ),
        Problem.NOT_ACCEPTED: (
            "Chữ ký vi phạm một quy tắc khác của tiêu chuẩn.",
            "Kiểm tra bằng công cụ của đơn vị cấp chữ ký số, hoặc đề nghị ký lại.",
        ),
    }
)

ERRORS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "pdf-unreadable": (
            "Tệp không phải PDF, bị cắt cụt hoặc hỏng.",
            "Đề nghị người nộp gửi lại tệp.",
        ),
        "pdf-encrypted": (
            "Tệp PDF bị khóa bằng mật khẩu hoặc mã hóa nên không kiểm tra được.",
            "Đề nghị người nộp gửi bản không khóa.",
        ),
        "pdf-too-large": (
            "Tệp quá lớn để kiểm tra.",
            "Đề nghị người nộp chia tệp ra hoặc quét lại ở độ phân giải thấp hơn.",
        ),
        "verification-timeout": (
            "Kiểm tra tệp này mất quá nhiều thời gian nên đã dừng.",
            "Thử lại một lần; nếu vẫn vậy thì không nhận tệp.",
        ),
        "verification-crashed": (
            "Chương trình kiểm tra dừng giữa chừng vì tệp này.",
            "Thử lại một lần; nếu vẫn vậy thì không nhận tệp.",
        ),
        "file-error": (
            "Không đọc được tệp.",
            "Kiểm tra đường dẫn và quyền đọc tệp.",
        ),
    }
)

REMARKS: Final[Mapping[Remark, str]] = MappingProxyType(
    {
        Remark.SCRIPTS: "Tệp có chứa chương trình (JavaScript); nội dung hiện ra có thể thay đổi.",
        Remark.LAYERS: "Tệp có các lớp bật tắt được; nội dung hiện ra có thể thay đổi.",
        Remark.TIME_NOT_PROVEN: "Thời điểm ký là theo đồng hồ của người ký, chưa có dấu thời gian chứng minh.",
        Remark.CLAIMED_TIME_OUTSIDE: "Thời điểm ký tự khai nằm ngoài thời hạn của chứng thư.",
    }
)

CHANGES: Final[Mapping[ChangeKind, str]] = MappingProxyType(
    {
        ChangeKind.SIGNATURE: "thêm chữ ký",
        ChangeKind.TIMESTAMP: "thêm dấu thời gian",
        ChangeKind.VALIDATION_DATA: "thêm dữ liệu kiểm tra",
        ChangeKind.FIELD: "điền ô",
        ChangeKind.OTHER: "thay đổi khác, không được phép",
    }
)
