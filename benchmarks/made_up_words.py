# SPDX-License-Identifier: GPL-3.0-or-later
"""Made-up people and page texts of a commune, as alike to real ones as the published catalogue allows.

Running text is cut from the sentences of the catalogue, so words are as common as they are in such papers; names follow
the shares of Vietnamese family names; reading errors are as frequent as a good recognition makes them.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import dataclass
from typing import Final

from casework.catalogue import Catalogue

_FAMILY: Final = (
    ("Nguyễn", 384), ("Trần", 121), ("Lê", 95), ("Phạm", 70), ("Hoàng", 51), ("Phan", 45), ("Vũ", 39), ("Đặng", 21),
    ("Bùi", 20), ("Đỗ", 14), ("Hồ", 13), ("Ngô", 13), ("Dương", 10), ("Lý", 5), ("Trịnh", 20), ("Đào", 9), ("Đinh", 8),
    ("Mai", 8), ("Tô", 4), ("Lâm", 4), ("Hà", 6), ("Lương", 7), ("Cao", 6), ("Trương", 22), ("Huỳnh", 10), ("Võ", 12),
    ("Thái", 3), ("Tạ", 4), ("Quách", 2), ("Nghiêm", 1), ("Khuất", 1), ("Lường", 2), ("Bạch", 1), ("Kiều", 2),
)  # fmt: skip
_MIDDLE_MALE: Final = "Văn Văn Văn Văn Hữu Đức Minh Quốc Công Xuân Ngọc Đình Thanh Duy Tuấn Quang Anh Bá Trọng Gia"
_MIDDLE_FEMALE: Final = "Thị Thị Thị Thị Thị Ngọc Thu Thanh Phương Hồng Kim Minh Khánh Bích Mỹ Thùy Diệu Như Ánh"
_GIVEN_MALE: Final = (
    "Thành Hùng Dũng Cường Tuấn Anh Nam Long Hải Sơn Minh Đức Hiếu Trung Kiên Khôi Quân Bảo Phúc Huy Khoa Tùng Bình "
    "Hòa Hưng Thắng Lâm Tiến Mạnh Đạt Tài Lộc Thịnh Vinh Toàn Nghĩa Phong Việt Hoàng Bảy Tư Sáu Hậu Đông Hiệp Chiến"
)
_GIVEN_FEMALE: Final = (
    "Lan Huệ Hoa Nhung Hương Trang Linh Hà Thảo Ngân Vân Yến Nga Oanh Tuyết Mai Thủy Hạnh Phượng Quỳnh Dung Hiền Loan "
    "Xuân Hằng Nhàn Liên Tâm Thơm Thu Trâm Trinh Uyên Vy Đào Cúc Bích Diễm Giang Hòa Lụa Mơ Nguyệt Phúc Sen Thoa Ánh"
)
_HAMLETS: Final = (
    "Thôn Trung Hậu",
    "Thôn Nghĩa Phú",
    "Thôn Kim Sơn",
    "Thôn Trung Tây",
    "Thôn Xuân Lập",
    "Thôn Đông Hải",
)
_COMMUNES: Final = ("xã Hoằng Trung", "xã Hoằng Kim", "xã Hoằng Phú", "xã Tân Lập", "phường Hạc Thành", "xã Hải Hòa")
_BIRTH_PROVINCES: Final = ("038", "038", "038", "038", "001", "037")
_DISTRICT: Final = "huyện Hoằng Hóa, tỉnh Thanh Hóa"
_HEAD: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
_TITLES: Final = (
    "GIẤY KHAI SINH", "GIẤY CHỨNG SINH", "TỜ KHAI ĐĂNG KÝ KHAI SINH", "GIẤY CHỨNG NHẬN KẾT HÔN", "ĐƠN ĐỀ NGHỊ",
    "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", "GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT", "HỢP ĐỒNG CHUYỂN NHƯỢNG", "BIÊN BẢN",
    "GIẤY ỦY QUYỀN", "VĂN BẢN THỎA THUẬN", "TỜ TRÌNH", "QUYẾT ĐỊNH", "BẢN CAM KẾT", "GIẤY CHỨNG TỬ", "SƠ YẾU LÝ LỊCH",
)  # fmt: skip
_CARD: Final = "CĂN CƯỚC CÔNG DÂN\nCitizen Identity Card\nSố / No.: {number}\nHọ và tên / Full name:\n{shouted}\n"
_LETTERS: Final = "abcdeghiklmnopqrstuvxyàáâãèéêìíòóôõùúýăđĩũơưạảấầậắằếềệịọỏốồộớờợụủứừựỳ"
_WORD: Final = re.compile(r"\w+")
_PHRASE_WORDS: Final = 18


@dataclass(frozen=True, slots=True)
class MadeUpPerson:
    """Nobody.

    Attributes:
        full_name: NFC.
        is_female: For the number and the papers.
        birth_date: Date of birth.
        id_number: 12 digits.
        former_id_number: 9 digits, or None.
        phone: 10 digits, or empty.
        address: As papers write it.
    """

    full_name: str
    is_female: bool
    birth_date: dt.date
    id_number: str
    former_id_number: str | None
    phone: str
    address: str


class MadeUpWords:
    """A seeded source of people and pages; the same seed gives the same commune.

    Args:
        seed: Any number.
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - made up, no secret
        self._phrases = _phrases()
        self._families = [name for name, _ in _FAMILY]
        self._family_shares = [share for _, share in _FAMILY]
        self._middle = {True: _MIDDLE_FEMALE.split(), False: _MIDDLE_MALE.split()}
        self._given = {True: _GIVEN_FEMALE.split(), False: _GIVEN_MALE.split()}

    def person(self) -> MadeUpPerson:
        """Make a person up."""
        chance = self._random
        is_female = chance.random() < 0.5
        born = dt.date(1940, 1, 1) + dt.timedelta(days=int(chance.betavariate(4, 2) * 24_000))
        family = chance.choices(self._families, self._family_shares)[0]
        given = [chance.choice(self._given[is_female]) for _ in range(1 + (chance.random() < 0.3))]
        names = [family, chance.choice(self._middle[is_female]), *given]
        century = 2 * (born.year // 100 - 19) + is_female
        serial = f"{chance.randrange(10**6):06}"
        return MadeUpPerson(
            full_name=" ".join(names),
            is_female=is_female,
            birth_date=born,
            id_number=f"{chance.choice(_BIRTH_PROVINCES)}{century}{born.year % 100:02}{serial}",
            former_id_number=f"17{chance.randrange(10**7):07}" if chance.random() < 0.4 else None,
            phone=f"09{chance.randrange(10**8):08}" if chance.random() < 0.8 else "",
            address=f"{chance.choice(_HAMLETS)}, {chance.choice(_COMMUNES)}, {_DISTRICT}",
        )

    def page(self, person: MadeUpPerson, other: MadeUpPerson, day: dt.date) -> str:
        """Make the text of one scanned page up: an identity card, a certificate, a form or running text.

        Args:
            person: Whom the page is about.
            other: Who is named in it too.
            day: When it was written.
        """
        chance = self._random
        kind = chance.random()
        if kind < 0.02:
            return ""
        if kind < 0.22:
            text = _CARD.format(number=person.id_number, shouted=person.full_name.upper()) + self._facts(person)
        elif kind < 0.5:
            text = _HEAD + chance.choice(_TITLES) + "\n" + self._facts(person) + self._facts(other) + self._running(2)
        elif kind < 0.8:
            facts = self._facts(person) + f"Kính gửi: Ủy ban nhân dân {chance.choice(_COMMUNES)}\n"
            text = _HEAD + chance.choice(_TITLES) + "\n" + facts + self._running(9) + self._signed(person, day)
        else:
            text = self._running(17) + self._signed(other, day)
        return self._misread(text)

    def _facts(self, person: MadeUpPerson) -> str:
        born = person.birth_date
        return (
            f"Họ và tên: {person.full_name}\nNgày, tháng, năm sinh: {born:%d/%m/%Y} "
            f"Giới tính: {'Nữ' if person.is_female else 'Nam'}\nSố định danh cá nhân: {person.id_number}\n"
            f"Nơi cư trú: {person.address}\n"
        )

    def _signed(self, person: MadeUpPerson, day: dt.date) -> str:
        return f"\nHoằng Phú, ngày {day.day} tháng {day.month} năm {day.year}\nNgười làm đơn\n{person.full_name}\n"

    def _running(self, phrases: int) -> str:
        return "\n".join(self._random.choices(self._phrases, k=phrases))

    def _misread(self, text: str) -> str:
        """Put a wrong letter into about one word of a hundred."""
        chance = self._random
        signs = list(text)
        for _ in range(len(signs) // 450 + (chance.random() < 0.3)):
            position = chance.randrange(len(signs))
            if signs[position].isalpha():
                signs[position] = chance.choice(_LETTERS)
        return "".join(signs)


def _phrases() -> list[str]:
    """Cut the sentences of the catalogue into lines of a page."""
    catalogue = Catalogue.shipped()
    texts = []
    for code in catalogue.codes:
        procedure = catalogue.get(code)
        texts += [procedure.name, *procedure.notes, *(requirement.name for requirement in procedure.requirements)]
    words = [text.split() for text in texts]
    lines = [" ".join(all_[at : at + _PHRASE_WORDS]) for all_ in words for at in range(0, len(all_), _PHRASE_WORDS)]
    return [line for line in lines if len(_WORD.findall(line)) > 3]
