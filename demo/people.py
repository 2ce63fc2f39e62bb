# SPDX-License-Identifier: GPL-3.0-or-later
"""The made-up people of the demo commune; nobody here exists.

All of them live in what is today the commune Hoằng Phú (unit code 15889) in Thanh Hóa. Their identity cards are
older than July 2025, so they still show the former communes Hoằng Trung and Hoằng Kim of the district Hoằng Hóa,
which went undivided into Hoằng Phú.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from casework.records.person import Sex

COMMUNE_NAME: Final = "xã Hoằng Phú"
COMMUNE_CODE: Final = "15889"
PROVINCE_NAME: Final = "tỉnh Thanh Hóa"
PROVINCE_CODE: Final = "38"


@dataclass(frozen=True, slots=True)
class Citizen:
    """A made-up person with an identity card.

    Attributes:
        full_name: As printed on the card, NFC.
        personal_number: 12 digits: old province code of birth registration, century and sex, year, serial.
        old_number: 9-digit number of the former identity card, or empty.
        birth_date: Date of birth.
        sex: As printed on the card.
        address: Residence as printed on the card: hamlet, former commune, former district, province.
        issue_date: Date of issue of the card.
    """

    full_name: str
    personal_number: str
    old_number: str
    birth_date: dt.date
    sex: Sex
    address: str
    issue_date: dt.date


@dataclass(frozen=True, slots=True)
class Baby:
    """A child whose birth is not registered yet, so without a number.

    Attributes:
        full_name: The name that the parents chose, NFC.
        birth_time: When it was born, local time.
        sex: As noted by the midwife.
        weight_grams: At birth.
        birth_place: The hospital and where it stands.
    """

    full_name: str
    birth_time: dt.datetime
    sex: Sex
    weight_grams: int
    birth_place: str


FATHER: Final = Citizen(
    full_name="Lê Văn Thành",
    personal_number="038094012745",
    old_number="174102358",
    birth_date=dt.date(1994, 3, 17),
    sex=Sex.MALE,
    address="Thôn Trung Hậu, Xã Hoằng Trung, Huyện Hoằng Hóa, Tỉnh Thanh Hóa",
    issue_date=dt.date(2021, 5, 10),
)
"""The main applicant: comes to the counter to have his son's birth registered."""

MOTHER: Final = Citizen(
    full_name="Nguyễn Thị Hồng Nhung",
    personal_number="038196008213",
    old_number="",
    birth_date=dt.date(1996, 11, 8),
    sex=Sex.FEMALE,
    address="Thôn Nghĩa Phú, Xã Hoằng Kim, Huyện Hoằng Hóa, Tỉnh Thanh Hóa",
    issue_date=dt.date(2022, 8, 24),
)

SINGLE_WOMAN: Final = Citizen(
    full_name="Hoàng Thị Ánh Tuyết",
    personal_number="038301015926",
    old_number="",
    birth_date=dt.date(2001, 6, 30),
    sex=Sex.FEMALE,
    address="Thôn Kim Sơn, Xã Hoằng Kim, Huyện Hoằng Hóa, Tỉnh Thanh Hóa",
    issue_date=dt.date(2021, 12, 2),
)

LANDOWNER: Final = Citizen(
    full_name="Trịnh Quốc Bảy",
    personal_number="038068004471",
    old_number="171533902",
    birth_date=dt.date(1968, 9, 2),
    sex=Sex.MALE,
    address="Thôn Trung Tây, Xã Hoằng Trung, Huyện Hoằng Hóa, Tỉnh Thanh Hóa",
    issue_date=dt.date(2021, 7, 19),
)

BABY: Final = Baby(
    full_name="Lê Nguyễn Minh Khôi",
    birth_time=dt.datetime(2026, 10, 12, 4, 35),  # noqa: DTZ001 — written on paper without a zone
    sex=Sex.MALE,
    weight_grams=3250,
    birth_place="Bệnh viện Đa khoa huyện Hoằng Hóa, tỉnh Thanh Hóa",
)

CAST: Final = (FATHER, MOTHER, SINGLE_WOMAN, LANDOWNER)

_SEX_ON_CARD: Final = {Sex.MALE: "Nam", Sex.FEMALE: "Nữ"}


def sex_in_vietnamese(sex: Sex) -> str:
    """The word that cards and forms print: ``Nam`` or ``Nữ``."""
    return _SEX_ON_CARD[sex]


def card_qr_text(citizen: Citizen) -> str:
    """What a reader gets from the QR code of the citizen's identity card.

    Returns:
        Seven fields separated by pipes: number, former number (may be empty), name, birth date ``ddMMyyyy``, sex,
        address, date of issue ``ddMMyyyy``.
    """
    return "|".join(
        [
            citizen.personal_number,
            citizen.old_number,
            citizen.full_name,
            f"{citizen.birth_date:%d%m%Y}",
            sex_in_vietnamese(citizen.sex),
            citizen.address,
            f"{citizen.issue_date:%d%m%Y}",
        ]
    )
