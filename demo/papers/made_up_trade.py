# SPDX-License-Identifier: GPL-3.0-or-later
"""Made-up parcels of land, offices, sums of money and businesses for papers: none of them exists."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Final

from demo.papers.made_up import MadeUp, Person, Place, written_date
from demo.papers.made_up_civil import TODAY, WITHOUT_DISTRICTS
from demo.papers.wording import number_in_words

_TYPES: Final = ("thành phố ", "thị xã ", "thị trấn ", "phường ", "huyện ", "tỉnh ", "quận ", "xã ")

_PROCEDURES: Final = (
    ("Đăng ký khai sinh", "1.001193", "H40.16"),
    ("Đăng ký kết hôn", "1.000894", "G19.02"),
    ("Cấp Giấy xác nhận tình trạng hôn nhân", "1.004873", "H56.15"),
    ("Đăng ký biến động quyền sử dụng đất do nhận chuyển nhượng, tặng cho", "1.012756", "H57.21"),
    ("Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ", "1.013225", "H17.12"),
    ("Đăng ký thành lập hộ kinh doanh", "1.001612", "H15.30"),
    ("Chứng thực bản sao từ bản chính giấy tờ, văn bản", "2.000815", "000.18.26.H23"),
    ("Đăng ký khai tử", "1.000656", "000.05.31.H37"),
    ("Tách thửa hoặc hợp thửa đất", "1.012784", "000.00.21.H08"),
)
_BUSINESSES: Final = (
    ("Tạp hóa", "Bán lẻ lương thực, thực phẩm, đồ uống trong các cửa hàng kinh doanh tổng hợp", "4711"),
    ("Quán ăn", "Nhà hàng và các dịch vụ ăn uống phục vụ lưu động", "5610"),
    ("Cà phê", "Dịch vụ phục vụ đồ uống", "5630"),
    ("Tiệm may", "May trang phục (trừ trang phục từ da lông thú)", "1410"),
    ("Cơ khí", "Gia công cơ khí; xử lý và tráng phủ kim loại", "2592"),
    ("Vật liệu xây dựng", "Bán lẻ đồ ngũ kim, sơn, kính và thiết bị lắp đặt khác trong xây dựng", "4752"),
    ("Nhà trọ", "Dịch vụ lưu trú ngắn ngày", "5510"),
    ("Cắt tóc", "Cắt tóc, làm đầu, gội đầu", "9631"),
    ("Sửa xe", "Bảo dưỡng, sửa chữa mô tô, xe máy", "4542"),
    ("Nhà thuốc", "Bán lẻ thuốc, dụng cụ y tế, mỹ phẩm và vật phẩm vệ sinh", "4772"),
)
_GROUNDS: Final = (
    "Công nhận QSDĐ như giao đất có thu tiền sử dụng đất",
    "Công nhận QSDĐ như giao đất không thu tiền sử dụng đất",
    "Nhận chuyển nhượng đất được Công nhận QSDĐ như giao đất không thu tiền sử dụng đất",
    "Nhận tặng cho đất được Nhà nước giao đất có thu tiền sử dụng đất",
    "Nhận thừa kế đất được Công nhận QSDĐ như giao đất có thu tiền sử dụng đất",
)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A piece of land.

    Attributes:
        number: Số thửa.
        map_sheet: Số tờ bản đồ.
        tenths: Area in tenths of a square metre.
        garden_tenths: Part of the area that is not for dwelling; 0 for none.
        garden_use: What that part is for.
        address: As papers of the day write it.
        ground: Nguồn gốc sử dụng.
        serial: Of the certificate, e.g. ``DG 582947``.
        register: Number in the register of certificates.
    """

    number: str
    map_sheet: str
    tenths: int
    garden_tenths: int
    garden_use: str
    address: str
    ground: str
    serial: str
    register: str

    @property
    def area(self) -> str:
        """As printed: ``356,5``."""
        return decimal(self.tenths)

    @property
    def area_m2(self) -> str:
        """Canonical: ``356.5``."""
        return self.area.replace(",", ".")

    @property
    def area_in_words(self) -> str:
        """E.g. ``ba trăm năm mươi sáu phẩy năm mét vuông``."""
        whole, tenth = divmod(self.tenths, 10)
        return number_in_words(whole) + (f" phẩy {number_in_words(tenth)}" if tenth else "") + " mét vuông"

    @property
    def uses(self) -> str:
        """What the land is for, with the area of each use."""
        dwelling = f"đất ở tại nông thôn {decimal(self.tenths - self.garden_tenths)} m²"
        return f"{dwelling}; {self.garden_use} {decimal(self.garden_tenths)} m²" if self.garden_tenths else dwelling


@dataclass(frozen=True, slots=True)
class Office:
    """The people's committee of a commune, on a day.

    Attributes:
        commune: E.g. ``xã Hoằng Phú``.
        above: District before July 2025, province since.
        province: E.g. ``tỉnh Thanh Hóa``.
        today: Whether there are no districts any more.
    """

    commune: str
    above: str
    province: str
    today: bool

    @property
    def name(self) -> str:
        """E.g. ``Ủy ban nhân dân xã Hoằng Phú``."""
        return f"Ủy ban nhân dân {self.commune}"

    @property
    def above_name(self) -> str:
        """The committee above it."""
        return f"Ủy ban nhân dân {self.above}"

    @property
    def lines(self) -> tuple[str, ...]:
        """For the top left of a letter."""
        above = () if self.today else (f"UBND {self.above.upper()}",)
        return (*above, "ỦY BAN NHÂN DÂN", self.commune.upper())

    @property
    def above_lines(self) -> tuple[str, ...]:
        """For the top left of a letter of the committee above it."""
        return ("ỦY BAN NHÂN DÂN", self.above.upper())

    @property
    def centre_name(self) -> str:
        """The one-stop centre, or the one-stop department before July 2025."""
        unit = "Trung tâm Phục vụ hành chính công" if self.today else "Bộ phận Tiếp nhận và Trả kết quả"
        return f"{unit} {self.commune}"

    @property
    def seal(self) -> tuple[str, str]:
        """Words around and below in its seal."""
        return (self.name.upper(), bare(self.above).upper())

    @property
    def above_seal(self) -> tuple[str, str]:
        """Words in the seal of the committee above it."""
        return (self.above_name.upper(), bare(self.province).upper())

    @property
    def area(self) -> str:
        """Commune, district if there was one, and province."""
        parts = (self.commune, self.province) if self.today else (self.commune, self.above, self.province)
        return ", ".join(parts)

    def on(self, day: dt.date) -> str:
        """Place and date of a letter."""
        return f"{bare(self.commune)}, {written_date(day)}"

    def above_on(self, day: dt.date) -> str:
        """Place and date of a letter of the committee above it."""
        return f"{bare(self.above)}, {written_date(day)}"


@dataclass(frozen=True, slots=True)
class Business:
    """A household's business.

    Attributes:
        name: Without ``Hộ kinh doanh``.
        line: What it does.
        code: Of that line, four digits.
        capital: In đồng.
    """

    name: str
    line: str
    code: str
    capital: int


@dataclass(frozen=True, slots=True)
class Procedure:
    """What somebody came to the counter for.

    Attributes:
        name: E.g. ``Đăng ký khai sinh``.
        code: E.g. ``1.001193``.
        dossier_code: Mã hồ sơ.
    """

    name: str
    code: str
    dossier_code: str


def past_day(made: MadeUp, first_year: int, last_year: int) -> dt.date:
    """Choose a day between two years (inclusive) that is not in the future."""
    return min(made.date(first_year, last_year), TODAY)


def office_at(place: Place, day: dt.date) -> Office:
    """The people's committee of a place, as it was on a day."""
    if day < WITHOUT_DISTRICTS:
        return Office(place.former_commune, place.district, place.province, today=False)
    return Office(place.commune, place.province, place.province, today=True)


def bare(name: str) -> str:
    """A commune, district or province without the word for its type."""
    for prefix in _TYPES:
        if name.startswith(prefix):
            return name.removeprefix(prefix)
    return name


def beside(person: Person, other: Person) -> Person:
    """The first one, living where the other lives."""
    return dataclasses.replace(person, place=other.place)


def parcel(made: MadeUp, place: Place, day: dt.date, *, long_serial: bool = True) -> Parcel:
    """Make a parcel up.

    Args:
        made: Source of chance.
        place: Where it lies.
        day: When it is written about.
        long_serial: Two letters and six to eight digits; else one letter and six.
    """
    chance = made.random
    tenths = chance.randrange(601, 12_000)
    garden = chance.randrange(200, tenths - 400) if tenths > 1500 and chance.random() < 0.6 else 0
    letters = chance.choice(("AB", "BK", "BX", "CĐ", "CR", "CS", "DA", "DG", "DP", "DI")) if long_serial else "T"
    digits = f"{chance.randrange(10**5, 10**6)}" if day < dt.date(2023, 1, 1) else f"{chance.randrange(10**7, 10**8)}"
    where = place.before if day < WITHOUT_DISTRICTS else place.today
    return Parcel(
        number=str(chance.randrange(1, 1200)),
        map_sheet=chance.choice((str(chance.randrange(1, 90)), f"{chance.randrange(1, 60):02}")),
        tenths=tenths,
        garden_tenths=garden,
        garden_use=chance.choice(("đất trồng cây lâu năm", "đất trồng cây hàng năm khác", "đất vườn")),
        address=where[0].upper() + where[1:],
        ground=chance.choice(_GROUNDS),
        serial=f"{letters} {digits}",
        register=f"{chance.choice(('CH', 'CS', 'VP', 'H'))} {chance.randrange(100, 99_999):05}",
    )


def business(made: MadeUp, owner: Person) -> Business:
    """Make a business up."""
    kind, line, code = made.random.choice(_BUSINESSES)
    called = made.random.choice((owner.full_name.rsplit(" ", 1)[1], owner.full_name, "Phú Quý", "Hoa Mai", "An Khang"))
    capital = made.random.choice((20, 30, 50, 80, 100, 120, 150, 200, 350, 500, 1000)) * 10**6
    return Business(f"{kind} {called}", line, code, capital)


def procedure(made: MadeUp, received: dt.date) -> Procedure:
    """Make up what somebody came for."""
    name, code, unit = made.random.choice(_PROCEDURES)
    return Procedure(name, code, f"{unit}-{received:%y%m%d}-{made.random.randrange(1, 2000):04}")


def official(made: MadeUp) -> str:
    """Somebody who signs."""
    return made.name(is_female=made.random.random() < 0.35)


def money(amount: int) -> str:
    """E.g. ``1.500.000``."""
    return f"{amount:,}".replace(",", ".")


def decimal(tenths: int) -> str:
    """E.g. ``356,5``."""
    return f"{tenths // 10},{tenths % 10}"
