# SPDX-License-Identifier: GPL-3.0-or-later
"""Businesses, receipts, household books and letters."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from scanning.classify.paper_class import PaperClass
from scanning.extract import wordings as said
from scanning.extract.layout import FieldRule, Layout, Role
from scanning.extract.values import Kind

_NUMBER: Final = FieldRule("document_number", Kind.DOCUMENT_NUMBER, said.DOCUMENT_NUMBER)
_LETTER_DATE: Final = FieldRule("issue_date", Kind.WRITTEN_ON)
_BUSINESS_NAME: Final = (
    "Tên hộ kinh doanh",
    "Tên hộ kinh doanh viết bằng tiếng Việt",
    "Tên hộ kinh doanh bằng tiếng Việt",
    "Tên hộ kinh doanh đề nghị đăng ký",
    "Tên hộ kinh doanh …",
    "Tên hộ",
    "Tên cơ sở",
    "Tên cửa hàng",
    "Tên cơ sở kinh doanh",
    "Tên gọi",
    "Tên kinh doanh",
    "Tên",
)
_BUSINESS_PLACE: Final = (
    "Địa chỉ trụ sở hộ kinh doanh",
    "Địa chỉ trụ sở",
    "Trụ sở hộ kinh doanh",
    "Trụ sở của hộ kinh doanh",
    "Địa điểm kinh doanh",
    "Địa chỉ kinh doanh",
    "Địa chỉ hộ kinh doanh",
    "Trụ sở",
    "Trụ sở chính",
    "Địa điểm",
    "Trụ sở …",
    "Địa điểm kinh doanh …",
    "Địa chỉ trụ sở …",
    "Nơi kinh doanh",
)
_PERSON: Final = (
    FieldRule(
        "full_name",
        Kind.PERSON_NAME,
        (
            "Họ và tên chủ hộ kinh doanh",
            "Họ và tên chủ hộ",
            "Họ, chữ đệm và tên chủ hộ",
            "Chủ hộ:",
            "Chủ hộ kinh doanh",
            "Tên chủ hộ kinh doanh",
            "Họ và tên cá nhân kinh doanh",
            "Họ và tên cá nhân hoặc đại diện hộ gia đình",
            "Họ và tên đại diện hộ kinh doanh",
            "Đại diện hộ kinh doanh:",
            "Họ, chữ đệm và tên chủ hộ kinh doanh",
            "Họ và tên người đại diện",
            "Họ và tên người đại diện hộ kinh doanh",
            *said.NAME,
        ),
    ),
    FieldRule("birth_date", Kind.DATE, said.BIRTH_DATE),
    FieldRule("sex", Kind.SEX, said.SEX),
    FieldRule("personal_number", Kind.PERSONAL_NUMBER, said.NUMBER, alone=True),
)
_PAYER: Final = (
    "Người nộp tiền",
    "Họ và tên người nộp tiền",
    "Họ tên người nộp tiền",
    "Tên người nộp tiền",
    "Người nộp",
    "Họ và tên người nộp",
    "Tên đơn vị hoặc người nộp tiền",
    "Họ, tên người nộp tiền",
    "Tên đơn vị hoặc người nộp",
    "Người nộp phí",
    "Họ và tên người nộp phí",
    "Họ tên người nộp phí",
    "Họ và tên người nộp phí, lệ phí",
    "Họ, tên người nộp",
    "Tên người nộp phí",
    "Đơn vị nộp",
    "Đã nhận của",
    "Nhận của",
    "Thu của",
    "Đã thu của",
    "Đã thu của ông/bà",
    "Khách hàng",
    "Tên khách hàng",
    "Họ và tên …",
    "Người nộp phí, lệ phí",
)

OFFICE_LAYOUTS: Final[Mapping[PaperClass, Layout]] = MappingProxyType(
    {
        PaperClass.HOUSEHOLD_BUSINESS_APPLICATION: Layout(
            (
                *_PERSON,
                FieldRule("business_name", Kind.BUSINESS_NAME, _BUSINESS_NAME),
                FieldRule("business_place", Kind.PLACE, _BUSINESS_PLACE),
                FieldRule(
                    "capital",
                    Kind.MONEY,
                    (
                        "Vốn kinh doanh",
                        "Vốn kinh doanh …",
                        "Vốn đầu tư",
                        "Số vốn",
                        "Vốn",
                        "Tổng vốn kinh doanh",
                        "Số vốn kinh doanh",
                        "Vốn đăng ký",
                        "Tổng số",
                    ),
                ),
                FieldRule("phone", Kind.PHONE, said.PHONE, alone=True),
                _LETTER_DATE,
            ),
            roles=(Role("full_name", "personal_number", "birth_date"),),
        ),
        PaperClass.HOUSEHOLD_BUSINESS_CERTIFICATE: Layout(
            (
                FieldRule(
                    "document_number",
                    Kind.BUSINESS_CODE,
                    ("Số", "Mã số hộ kinh doanh", "Mã số đăng ký hộ kinh doanh", "Mã số", "Mã số thuế"),
                ),
                FieldRule("business_name", Kind.BUSINESS_NAME, _BUSINESS_NAME),
                FieldRule("business_place", Kind.PLACE, _BUSINESS_PLACE),
                *(rule for rule in _PERSON if rule.name != "sex"),
                FieldRule(
                    "issue_date",
                    Kind.WRITTEN_ON,
                    (
                        "Đăng ký lần đầu",
                        "Đăng ký lần đầu ngày",
                        "Ngày đăng ký lần đầu",
                        "Ngày đăng ký",
                        "Ngày cấp giấy chứng nhận",
                    ),
                    own_labels=("Đăng ký thay đổi lần thứ", "Đăng ký thay đổi", "Thay đổi lần thứ", "Cấp lại lần thứ"),
                ),
            ),
            has_letterhead=True,
            is_signed=True,
            roles=(Role("full_name", "personal_number", "birth_date"),),
        ),
        PaperClass.DOSSIER_RECEIPT: Layout(
            (
                FieldRule(
                    "dossier_code",
                    Kind.DOSSIER_CODE,
                    ("Mã hồ sơ", "Mã số hồ sơ", "Số hồ sơ", "Số biên nhận"),
                    alone=True,
                ),
                FieldRule(
                    "full_name",
                    Kind.PERSON_NAME,
                    (
                        "Tiếp nhận hồ sơ của",
                        "Tiếp nhận hồ sơ của ông/bà",
                        "Tiếp nhận hồ sơ của ông (bà)",
                        "Tên tổ chức/cá nhân",
                        "Tổ chức/cá nhân",
                        "Tên cá nhân, tổ chức",
                        "Cá nhân/tổ chức",
                        "Chủ hồ sơ",
                        "Họ và tên chủ hồ sơ",
                        "Người yêu cầu",
                        "Công dân",
                        "Tổ chức, cá nhân nộp hồ sơ",
                        "Tổ chức/cá nhân nộp hồ sơ",
                        "Cá nhân, tổ chức nộp hồ sơ",
                        "Tên cá nhân, tổ chức nộp hồ sơ",
                        "Họ và tên công dân",
                        "Họ tên công dân",
                        "Người nộp …",
                        "Tổ chức, cá nhân …",
                        "Cá nhân, tổ chức …",
                        "Tên tổ chức …",
                        "Họ và tên …",
                        "Họ tên …",
                        "Họ và tên người nộp",
                        "Họ và tên người nộp hồ sơ",
                        "Người nộp hồ sơ",
                        "Người nộp",
                        "Tên người nộp",
                        "Họ tên người nộp",
                        "Đã tiếp nhận hồ sơ của",
                        "Tên tổ chức, cá nhân",
                        "Tổ chức, cá nhân",
                        "Ông/Bà",
                        "Ông (Bà)",
                        "Ông",
                        "Bà",
                        *said.NAME,
                    ),
                ),
                FieldRule("phone", Kind.PHONE, said.PHONE, alone=True),
                FieldRule(
                    "issue_date",
                    Kind.DATE,
                    (
                        "Thời gian nhận hồ sơ",
                        "Thời gian tiếp nhận hồ sơ",
                        "Thời gian tiếp nhận",
                        "Thời điểm tiếp nhận",
                        "Thời điểm tiếp nhận hồ sơ",
                        "Thời điểm nhận hồ sơ",
                        "Ngày nhận hồ sơ",
                        "Ngày tiếp nhận",
                        "Ngày nhận",
                        "Ngày tiếp nhận hồ sơ",
                        "Tiếp nhận lúc",
                        "Nhận lúc",
                    ),
                ),
                FieldRule(
                    "due_date",
                    Kind.DATE,
                    (
                        "Thời gian trả kết quả giải quyết hồ sơ",
                        "Thời gian trả kết quả",
                        "Thời gian hẹn trả kết quả",
                        "Thời gian hẹn trả",
                        "Thời điểm hẹn trả kết quả",
                        "Thời điểm hẹn trả",
                        "Thời điểm trả kết quả",
                        "Ngày hẹn trả kết quả",
                        "Ngày hẹn trả",
                        "Ngày trả kết quả",
                        "Hẹn trả kết quả",
                        "Hẹn trả",
                        "Hẹn trả kết quả ngày",
                        "Hẹn trả kết quả vào",
                        "Trả kết quả vào",
                    ),
                ),
            ),
        ),
        PaperClass.FEE_RECEIPT: Layout(
            (
                FieldRule(
                    "document_number",
                    Kind.DOCUMENT_NUMBER,
                    (
                        "Số",
                        "Số biên lai",
                        "No",
                        "Biên lai số",
                        "Số phiếu",
                        "Phiếu số",
                        "Phiếu thu số",
                        "Số chứng từ",
                        "Số hóa đơn",
                        "Số seri",
                    ),
                ),
                FieldRule("full_name", Kind.PERSON_NAME, (*_PAYER, "Ông/Bà", "Ông", "Bà", *said.NAME)),
                FieldRule(
                    "amount",
                    Kind.MONEY,
                    (
                        "Số tiền",
                        "Tổng số tiền",
                        "Tổng cộng",
                        "Tổng tiền",
                        "Số tiền thu",
                        "Số tiền đã thu",
                        "Cộng",
                        "Thành tiền",
                        "Tổng thu",
                        "Đã thu",
                        "Số tiền nộp",
                        "Số tiền đã nộp",
                        "Tổng số",
                        "Số tiền bằng số",
                        "Tổng số tiền thu",
                        "Tổng cộng tiền thanh toán",
                        "Mức thu",
                        "Số tiền …",
                    ),
                ),
                FieldRule("issue_date", Kind.DATE, ("Ngày",), alone=True),
            )
        ),
        PaperClass.HOUSEHOLD_BOOK: Layout(
            (
                FieldRule(
                    "document_number", Kind.DOCUMENT_NUMBER, (), own_labels=("Sổ hộ khẩu số", *said.DOCUMENT_NUMBER)
                ),
                FieldRule("head_name", Kind.PERSON_NAME, ("Họ và tên chủ hộ", "Họ tên chủ hộ", "Chủ hộ", *said.NAME)),
                FieldRule("residence", Kind.PLACE, said.RESIDENCE),
                _LETTER_DATE,
            )
        ),
        PaperClass.OTHER: Layout((_NUMBER, _LETTER_DATE), has_letterhead=True, is_signed=True, issuer_signs=True),
    }
)
