# SPDX-License-Identifier: GPL-3.0-or-later
"""People, places and numbers for made-up papers: nobody of them exists; the same seed gives the same ones."""

from __future__ import annotations

import datetime as dt
import random
import unicodedata
from dataclasses import dataclass
from typing import Final

FAMILY_NAMES: Final = (
    ("Nguyễn", 384), ("Trần", 121), ("Lê", 95), ("Phạm", 70), ("Hoàng", 51), ("Phan", 45), ("Vũ", 39), ("Đặng", 21),
    ("Bùi", 20), ("Đỗ", 14), ("Hồ", 13), ("Ngô", 13), ("Dương", 10), ("Lý", 5), ("Trịnh", 20), ("Đào", 9), ("Đinh", 8),
    ("Mai", 8), ("Tô", 4), ("Lâm", 4), ("Hà", 6), ("Lương", 7), ("Cao", 6), ("Trương", 22), ("Huỳnh", 10), ("Võ", 12),
    ("Thái", 3), ("Tạ", 4), ("Quách", 2), ("Nghiêm", 1), ("Khuất", 1), ("Lường", 2), ("Bạch", 1), ("Kiều", 2),
    ("Giàng", 1), ("Lò", 2), ("Hà", 2), ("Châu", 2), ("Tăng", 1), ("Doãn", 1), ("Vi", 1), ("Hứa", 1), ("La", 1),
)  # fmt: skip
MIDDLE_MALE: Final = "Văn Văn Văn Hữu Đức Minh Quốc Công Xuân Ngọc Đình Thanh Duy Tuấn Quang Anh Bá Trọng Gia Thế Viết"
MIDDLE_FEMALE: Final = "Thị Thị Thị Thị Ngọc Thu Thanh Phương Hồng Kim Minh Khánh Bích Mỹ Thùy Diệu Như Ánh Hoài Quỳnh"
GIVEN_MALE: Final = (
    "Thành Hùng Dũng Cường Tuấn Anh Nam Long Hải Sơn Minh Đức Hiếu Trung Kiên Khôi Quân Bảo Phúc Huy Khoa Tùng Bình "
    "Hòa Hưng Thắng Lâm Tiến Mạnh Đạt Tài Lộc Thịnh Vinh Toàn Nghĩa Phong Việt Hoàng Bảy Tư Sáu Hậu Đông Hiệp Chiến"
)
GIVEN_FEMALE: Final = (
    "Lan Huệ Hoa Nhung Hương Trang Linh Hà Thảo Ngân Vân Yến Nga Oanh Tuyết Mai Thủy Hạnh Phượng Quỳnh Dung Hiền Loan "
    "Xuân Hằng Nhàn Liên Tâm Thơm Thu Trâm Trinh Uyên Vy Đào Cúc Bích Diễm Giang Hòa Lụa Mơ Nguyệt Phúc Sen Thoa Ánh"
)
_HAMLETS: Final = (
    "thôn Trung Hậu", "thôn Nghĩa Phú", "thôn Kim Sơn", "thôn Xuân Lập", "thôn Đông Hải", "ấp Bình Hòa", "ấp Tân Lợi",
    "bản Nà Sài", "tổ dân phố 7", "khu phố 3", "xóm Đình", "số 12 đường Trần Phú", "số 145/6 đường Nguyễn Trãi",
    "buôn Ea Tul", "khóm Mỹ Phú",
)  # fmt: skip
# Province, code of birth registration, and for each: former commune and district, commune of today.
_PLACES: Final = (
    ("tỉnh Thanh Hóa", "038", "xã Hoằng Trung", "huyện Hoằng Hóa", "xã Hoằng Phú"),
    ("thành phố Hà Nội", "001", "phường Nghĩa Tân", "quận Cầu Giấy", "phường Nghĩa Đô"),
    ("tỉnh Nghệ An", "040", "xã Diễn Kỷ", "huyện Diễn Châu", "xã Diễn Châu"),
    ("thành phố Đà Nẵng", "048", "phường Thạch Thang", "quận Hải Châu", "phường Hải Châu"),
    ("tỉnh Hưng Yên", "034", "xã Phú Lương", "huyện Đông Hưng", "xã Đông Hưng"),
    ("tỉnh Đắk Lắk", "066", "xã Ea Kao", "thành phố Buôn Ma Thuột", "phường Ea Kao"),
    ("thành phố Cần Thơ", "092", "phường An Khánh", "quận Ninh Kiều", "phường Tân An"),
    ("tỉnh Lào Cai", "010", "xã Tả Phìn", "thị xã Sa Pa", "xã Tả Phìn"),
    ("tỉnh Quảng Ninh", "022", "phường Hồng Gai", "thành phố Hạ Long", "phường Hồng Gai"),
    ("tỉnh Tây Ninh", "072", "xã Mỹ Hạnh Nam", "huyện Đức Hòa", "xã Mỹ Hạnh"),
    ("tỉnh Cà Mau", "096", "xã Khánh Bình", "huyện Trần Văn Thời", "xã Khánh Bình"),
    ("tỉnh Bắc Ninh", "027", "phường Đình Bảng", "thành phố Từ Sơn", "phường Từ Sơn"),
)
_ETHNIC_GROUPS: Final = ("Kinh", "Kinh", "Kinh", "Kinh", "Tày", "Thái", "Mường", "Khmer", "Hoa", "Ê Đê", "Dao")


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody lives or an agency sits.

    Attributes:
        hamlet: Hamlet or street, as written inside an address.
        former: Former commune, district and province, e.g. ``xã Diễn Kỷ, huyện Diễn Châu, tỉnh Nghệ An``.
        commune: Commune of today, e.g. ``xã Diễn Châu``.
        former_commune: Commune before July 2025.
        district: District before July 2025.
        province: Province of today.
        province_code: Three digits with which personal numbers of people registered there begin.
    """

    hamlet: str
    former: str
    commune: str
    former_commune: str
    district: str
    province: str
    province_code: str

    @property
    def today(self) -> str:
        """The address of today."""
        return f"{self.hamlet}, {self.commune}, {self.province}"

    @property
    def before(self) -> str:
        """The address with district, as before July 2025."""
        return f"{self.hamlet}, {self.former}"


@dataclass(frozen=True, slots=True)
class Person:
    """Nobody.

    Attributes:
        full_name: NFC, as people write it.
        is_female: For the number and the papers.
        birth_date: Date of birth.
        personal_number: 12 digits that agree with birth and sex.
        phone: 10 digits.
        place: Where the person lives.
        origin: Quê quán: former commune, district and province.
        ethnic_group: E.g. ``Kinh``.
    """

    full_name: str
    is_female: bool
    birth_date: dt.date
    personal_number: str
    phone: str
    place: Place
    origin: str
    ethnic_group: str

    @property
    def sex(self) -> str:
        """Canonical: ``male`` or ``female``."""
        return "female" if self.is_female else "male"

    @property
    def sex_word(self) -> str:
        """As papers print it."""
        return "Nữ" if self.is_female else "Nam"

    @property
    def born(self) -> str:
        """``dd/mm/yyyy``."""
        return f"{self.birth_date:%d/%m/%Y}"


class MadeUp:
    """A source of people, places and numbers.

    Args:
        random: Seeded by the caller.
    """

    def __init__(self, random: random.Random) -> None:
        self.random = random

    def person(self, *, is_female: bool | None = None, born: tuple[int, int] = (1950, 2006)) -> Person:
        """Make a person up, born between two years (inclusive)."""
        chance = self.random
        female = chance.random() < 0.5 if is_female is None else is_female
        birth_date = self.date(*born)
        place = self.place()
        century = 2 * (birth_date.year // 100 - 19) + female
        number = f"{place.province_code}{century}{birth_date.year % 100:02}{chance.randrange(10**6):06}"
        return Person(
            full_name=self.name(is_female=female),
            is_female=female,
            birth_date=birth_date,
            personal_number=number,
            phone=f"0{chance.choice('35789')}{chance.randrange(10**8):08}",
            place=place,
            origin=self.place().former,
            ethnic_group=chance.choice(_ETHNIC_GROUPS),
        )

    def name(self, *, is_female: bool) -> str:
        """Make a full name up."""
        chance = self.random
        names, shares = zip(*FAMILY_NAMES, strict=True)
        given = (GIVEN_FEMALE if is_female else GIVEN_MALE).split()
        middle = (MIDDLE_FEMALE if is_female else MIDDLE_MALE).split()
        parts = [
            chance.choices(names, shares)[0],
            chance.choice(middle),
            *chance.sample(given, 1 + (chance.random() < 0.3)),
        ]
        return unicodedata.normalize("NFC", " ".join(parts))

    def place(self) -> Place:
        """Choose a place."""
        province, code, former, district, today = self.random.choice(_PLACES)
        return Place(
            hamlet=self.random.choice(_HAMLETS),
            former=f"{former}, {district}, {province}",
            commune=today,
            former_commune=former,
            district=district,
            province=province,
            province_code=code,
        )

    def date(self, first_year: int, last_year: int) -> dt.date:
        """Choose a day between two years (inclusive)."""
        first, last = dt.date(first_year, 1, 1), dt.date(last_year, 12, 31)
        return first + dt.timedelta(days=self.random.randrange((last - first).days + 1))


def written_date(day: dt.date) -> str:
    """``ngày 05 tháng 3 năm 2026``, as letters write it (NĐ 30/2020: days and the months 1 and 2 with two digits)."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"
