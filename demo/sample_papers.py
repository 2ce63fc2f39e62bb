# SPDX-License-Identifier: GPL-3.0-or-later
"""Sample papers of the made-up people: what is written on each of them, and what a reader should find."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from demo import people
from demo.identity_card import card_data, printed_address
from demo.people import BABY, FATHER, LANDOWNER, MOTHER, SINGLE_WOMAN, Baby, Citizen, sex_in_vietnamese
from demo.sheets import SamplePaper


def identity_card_copy(citizen: Citizen) -> SamplePaper:
    """A photocopy of both sides of the citizen's identity card."""
    return SamplePaper(
        "identity-card",
        card_data(citizen),
        {
            "personal_number": citizen.personal_number,
            "full_name": citizen.full_name,
            "birth_date": citizen.birth_date.isoformat(),
            "sex": citizen.sex.value,
            "residence": printed_address(citizen.address),
            "issue_date": citizen.issue_date.isoformat(),
        },
    )


def birth_registration_declaration(requester: Citizen, father: Citizen, mother: Citizen, child: Baby) -> SamplePaper:
    """Tờ khai đăng ký khai sinh, filled in by one of the parents."""
    return SamplePaper(
        "birth-registration-declaration",
        {
            "authority": f"Ủy ban nhân dân {people.COMMUNE_NAME}, {people.PROVINCE_NAME}",
            "requester_name": requester.full_name,
            "requester_number": requester.personal_number,
            "requester_address": requester.address,
            "relation": "Cha" if requester == father else "Mẹ",
            "child_name": child.full_name,
            "child_birth_date": _slashed(child.birth_time.date()),
            "child_birth_date_in_words": "Ngày mười hai, tháng mười, năm hai nghìn không trăm hai mươi sáu",
            "child_sex": sex_in_vietnamese(child.sex),
            "birth_place": child.birth_place,
            "home_place": "Xã Hoằng Phú, tỉnh Thanh Hóa",
            "mother_name": mother.full_name,
            "mother_birth_year": str(mother.birth_date.year),
            "mother_number": mother.personal_number,
            "mother_address": mother.address,
            "father_name": father.full_name,
            "father_birth_year": str(father.birth_date.year),
            "father_number": father.personal_number,
            "father_address": father.address,
            "copies": "03",
            "place_and_date": "Làm tại: Hoằng Phú, ngày 20 tháng 10 năm 2026",
        },
        {
            "requester_name": requester.full_name,
            "requester_number": requester.personal_number,
            "child_name": child.full_name,
            "child_birth_date": child.birth_time.date().isoformat(),
            "child_sex": child.sex.value,
            "birth_place": child.birth_place,
            "mother_name": mother.full_name,
            "mother_number": mother.personal_number,
            "father_name": father.full_name,
            "father_number": father.personal_number,
        },
    )


def birth_proof(father: Citizen, mother: Citizen, child: Baby) -> SamplePaper:
    """Giấy chứng sinh of the district hospital."""
    return SamplePaper(
        "birth-proof",
        {
            "document_number": "1187/GCS-BVHH",
            "book_number": "04/2026",
            "mother_name": mother.full_name,
            "mother_birth_year": str(mother.birth_date.year),
            "mother_number": mother.personal_number,
            "mother_address": mother.address,
            "insurance_number": "GD4383821504716",
            "father_name": father.full_name,
            "birth_time": f"{child.birth_time:%H giờ %M phút, ngày %d tháng %m năm %Y}",
            "birth_place": child.birth_place,
            "child_sex": sex_in_vietnamese(child.sex),
            "weight": f"{child.weight_grams} gam",
            "child_name": child.full_name,
            "midwife": "Phạm Thị Kiều Oanh",
            "clerk": "Đỗ Thị Quỳnh",
            "director": "Vũ Ngọc Khánh",
            "place_and_date": "Hoằng Hóa, ngày 14 tháng 10 năm 2026",
        },
        {
            "document_number": "1187/GCS-BVHH",
            "mother_name": mother.full_name,
            "mother_number": mother.personal_number,
            "father_name": father.full_name,
            "child_name": child.full_name,
            "child_birth_date": child.birth_time.date().isoformat(),
            "child_sex": child.sex.value,
            "weight_grams": str(child.weight_grams),
        },
    )


def marriage_certificate(wife: Citizen, husband: Citizen) -> SamplePaper:
    """Giấy chứng nhận kết hôn, issued before the communes were merged."""
    registered = dt.date(2023, 2, 15)
    return SamplePaper(
        "marriage-certificate",
        {
            "agency": ["UBND HUYỆN HOẰNG HÓA", "ỦY BAN NHÂN DÂN", "XÃ HOẰNG TRUNG"],
            "document_number": "21/2023",
            "wife_name": wife.full_name,
            "wife_birth_date": _slashed(wife.birth_date),
            "wife_address": wife.address,
            "wife_number": wife.personal_number,
            "husband_name": husband.full_name,
            "husband_birth_date": _slashed(husband.birth_date),
            "husband_address": husband.address,
            "husband_number": husband.personal_number,
            "authority": "Ủy ban nhân dân xã Hoằng Trung, huyện Hoằng Hóa, tỉnh Thanh Hóa",
            "registration_date": _slashed(registered),
            "chairman": "Lương Hữu Nghĩa",
        },
        {
            "document_number": "21/2023",
            "wife_name": wife.full_name,
            "wife_number": wife.personal_number,
            "wife_birth_date": wife.birth_date.isoformat(),
            "husband_name": husband.full_name,
            "husband_number": husband.personal_number,
            "husband_birth_date": husband.birth_date.isoformat(),
            "registration_date": registered.isoformat(),
        },
    )


def marital_status_confirmation(citizen: Citizen) -> SamplePaper:
    """Giấy xác nhận tình trạng hôn nhân of an unmarried woman."""
    return SamplePaper(
        "marital-status-confirmation",
        {
            "agency": ["TỈNH THANH HÓA", "ỦY BAN NHÂN DÂN", "XÃ HOẰNG PHÚ"],
            "document_number": "148/UBND-XNTTHN",
            "place_and_date": "Hoằng Phú, ngày 02 tháng 10 năm 2026",
            "authority_heading": "ỦY BAN NHÂN DÂN XÃ HOẰNG PHÚ",
            "full_name": citizen.full_name,
            "birth_date": _slashed(citizen.birth_date),
            "sex": sex_in_vietnamese(citizen.sex),
            "personal_number": citizen.personal_number,
            "address": citizen.address,
            "former_commune": "Thôn Kim Sơn, Xã Hoằng Kim, Huyện Hoằng Hóa, Tỉnh Thanh Hóa",
            "until": "ngày 02 tháng 10 năm 2026",
            "status": "Chưa đăng ký kết hôn với ai",
            "purpose": "bổ sung hồ sơ vay vốn tại ngân hàng, không dùng để đăng ký kết hôn",
            "signer": "Đặng Thị Phương Thảo",
        },
        {
            "document_number": "148/UBND-XNTTHN",
            "full_name": citizen.full_name,
            "personal_number": citizen.personal_number,
            "birth_date": citizen.birth_date.isoformat(),
            "sex": citizen.sex.value,
            "residence": citizen.address,
            "issue_date": "2026-10-02",
        },
    )


def land_use_certificate(owner: Citizen) -> SamplePaper:
    """The page of Giấy chứng nhận quyền sử dụng đất with holder, parcel and plan."""
    parcel_address = "Thôn Trung Tây, xã Hoằng Trung, huyện Hoằng Hóa, tỉnh Thanh Hóa"
    return SamplePaper(
        "land-use-certificate",
        {
            "owner_name": owner.full_name,
            "owner_birth_year": str(owner.birth_date.year),
            "owner_number": owner.personal_number,
            "owner_address": owner.address,
            "parcel_number": "128",
            "map_sheet": "37",
            "parcel_address": parcel_address,
            "area": "356,5",
            "area_in_words": "ba trăm năm mươi sáu phẩy năm mét vuông",
            "place_and_date": "Hoằng Hóa, ngày 06 tháng 9 năm 2022",
            "signer": "Lê Bá Thuyết",
            "register_number": "CH 02714",
            "document_number": "DG 582947",
        },
        {
            "document_number": "DG 582947",
            "owner_name": owner.full_name,
            "owner_number": owner.personal_number,
            "parcel_number": "128",
            "map_sheet": "37",
            "area_m2": "356.5",
            "parcel_address": parcel_address,
            "issue_date": "2022-09-06",
        },
    )


def _slashed(date: dt.date) -> str:
    return f"{date:%d/%m/%Y}"


SAMPLE_PAPERS: Final[Mapping[str, SamplePaper]] = MappingProxyType(
    {
        paper.kind: paper
        for paper in (
            birth_registration_declaration(FATHER, FATHER, MOTHER, BABY),
            birth_proof(FATHER, MOTHER, BABY),
            identity_card_copy(FATHER),
            marriage_certificate(MOTHER, FATHER),
            marital_status_confirmation(SINGLE_WOMAN),
            land_use_certificate(LANDOWNER),
        )
    }
)
"""One paper of each kind, by class id."""
