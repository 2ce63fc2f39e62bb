# SPDX-License-Identifier: GPL-3.0-or-later
"""Identity cards: the bar code card of 2016, the chip card of 2021 and the card of 2024, alone and photocopied."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from casework.records.person import Sex
from demo.identity_card import machine_readable_zone
from demo.papers.made_up import MadeUp, written_date
from demo.papers.made_up_civil import WITHOUT_DISTRICTS, committee, day_between, facts, home_place, official, proper
from demo.papers.plan import (
    Block,
    Layout,
    PagePlan,
    card,
    column,
    handwriting,
    machine_readable,
    paragraph,
    photo,
    qr,
    row,
    signatures,
    signer,
    space,
)
from demo.papers.wording import slashed
from demo.people import Citizen, card_qr_text

_CHIP_CARDS: Final = (dt.date(2021, 3, 1), dt.date(2024, 6, 30))
_BAR_CODE_CARDS: Final = (dt.date(2016, 1, 1), dt.date(2020, 12, 31))
_NEW_CARDS: Final = (dt.date(2024, 7, 1), dt.date(2026, 11, 1))
_FEATURES: Final = (
    "Nốt ruồi cách 2 cm dưới sau đuôi mắt trái",
    "Sẹo chấm cách 1,5 cm trên sau cánh mũi phải",
    "Nốt ruồi trên sau khóe mép trái 1 cm",
    "Sẹo chấm ở đuôi lông mày phải",
)


@dataclass(frozen=True, slots=True)
class _Card:
    citizen: Citizen
    origin: str
    registered_at: str
    features: str
    director: str

    @property
    def zone(self) -> list[str]:
        return machine_readable_zone(self.citizen)

    @property
    def expiry(self) -> dt.date | None:
        """As in the machine-readable zone, so that both agree; ``None`` for a card without end."""
        digits = self.zone[1][8:14]
        return None if digits == "991231" else dt.date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))

    @property
    def expiry_words(self) -> str:
        return slashed(self.expiry) if self.expiry else "Không thời hạn"

    @property
    def sex_word(self) -> str:
        return "Nam" if self.citizen.sex is Sex.MALE else "Nữ"

    def fields(self, *names: str) -> Mapping[str, str]:
        citizen = self.citizen
        known = facts(
            personal_number=citizen.personal_number,
            full_name=citizen.full_name,
            birth_date=citizen.birth_date,
            sex=citizen.sex.value,
            origin=self.origin,
            residence=citizen.address,
            expiry_date=self.expiry,
            issue_date=citizen.issue_date,
        )
        return {name: known[name] for name in names if name in known}


def _make(made_up: MadeUp, issued: tuple[dt.date, dt.date]) -> _Card:
    issue_date = day_between(made_up, *issued)
    person = made_up.person(born=(1948, issue_date.year - 15))
    birth_date = person.birth_date
    if (birth_date.month, birth_date.day) == (2, 29):  # no birthday in the year of expiry
        birth_date = birth_date.replace(day=28)
    residence = person.place.today if issue_date >= WITHOUT_DISTRICTS else person.place.before
    hamlet, *units = residence.split(", ")
    citizen = Citizen(
        full_name=person.full_name,
        personal_number=person.personal_number,
        old_number=made_up.random.choice(("", f"{made_up.random.randrange(10**8, 4 * 10**8)}")),
        birth_date=birth_date,
        sex=Sex(person.sex),
        address=", ".join([hamlet[0].upper() + hamlet[1:], *map(proper, units)]),
        issue_date=issue_date,
    )
    origin = ", ".join(map(proper, home_place(person, issue_date).split(", ")))
    registered_at = committee(made_up, made_up.place(), birth_date).whole_name.removeprefix("Ủy ban nhân dân ")
    return _Card(
        citizen,
        origin,
        ", ".join(map(proper, registered_at.split(", "))),
        made_up.random.choice(_FEATURES),
        made_up.name(is_female=False),
    )


def _small(text: str, size_pt: float, *, style: str = "plain", align: str = "left") -> Block:
    return paragraph(text, style=style, align=align, size_pt=size_pt)


def _head(name: str, english: str = "") -> Block:
    blocks = [
        _small("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc", 5.8, style="bold", align="center"),
    ]
    if english:
        lines = "SOCIALIST REPUBLIC OF VIET NAM\nIndependence - Freedom - Happiness"
        blocks.append(_small(lines, 4.4, align="center"))
    blocks.append(_small(name, 9.6, style="bold", align="center"))
    if english:
        blocks.append(_small(english, 5.4, align="center"))
    return column(*blocks)


def _chip_front(it: _Card) -> list[Block]:
    citizen = it.citizen
    return [
        row(
            space(8),
            _head("CĂN CƯỚC CÔNG DÂN", "Citizen Identity Card"),
            qr(card_qr_text(citizen), 14),
            shares=(2, 9, 2.8),
        ),
        row(
            column(photo(20, 25.5), _small(f"Có giá trị đến: {it.expiry_words}\nDate of expiry", 4.8)),
            column(
                _small(f"Số / No.: {citizen.personal_number}", 9, style="bold"),
                _small("Họ và tên / Full name:", 5.4),
                _small(citizen.full_name.upper(), 8, style="bold"),
                _small(f"Ngày sinh / Date of birth: {slashed(citizen.birth_date)}", 6.4),
                _small(f"Giới tính / Sex: {it.sex_word}     Quốc tịch / Nationality: Việt Nam", 6.4),
                _small(f"Quê quán / Place of origin:\n{it.origin}", 6.4),
                _small(f"Nơi thường trú / Place of residence: {citizen.address}", 6.4),
            ),
            shares=(1, 2.6),
        ),
    ]


def _chip_back(it: _Card) -> list[Block]:
    day = slashed(it.citizen.issue_date)
    office = "CỤC TRƯỞNG CỤC CẢNH SÁT\nQUẢN LÝ HÀNH CHÍNH VỀ TRẬT TỰ XÃ HỘI"
    in_english = "DIRECTOR GENERAL OF THE POLICE DEPARTMENT\nFOR ADMINISTRATIVE MANAGEMENT OF SOCIAL ORDER"
    return [
        row(
            column(
                _small(f"Đặc điểm nhận dạng / Personal identification:\n{it.features}", 6.2),
                _small(f"Ngày, tháng, năm / Date, month, year: {day}", 6.2),
                space(1.5),
                _small(office, 5.4, style="bold", align="center"),
                _small(in_english, 4.2, align="center"),
                space(7),
                _small(it.director, 6.4, style="bold", align="center"),
            ),
            column(
                space(18), _small("Ngón trỏ trái           Ngón trỏ phải\nLeft index finger    Right index finger", 4.4)
            ),
            shares=(1.7, 1),
        ),
        space(2.5),
        machine_readable(it.zone),
    ]


def _new_front(it: _Card) -> list[Block]:
    citizen = it.citizen
    return [
        _head("CĂN CƯỚC", "IDENTITY CARD"),
        space(1),
        row(
            photo(21, 27),
            column(
                _small("Số định danh cá nhân / Personal identification number:", 5.6),
                _small(citizen.personal_number, 10, style="bold"),
                _small("Họ, chữ đệm và tên khai sinh / Full name:", 5.6),
                _small(citizen.full_name.upper(), 8.2, style="bold"),
                space(0.6),
                _small(f"Ngày, tháng, năm sinh / Date of birth:\n{slashed(citizen.birth_date)}", 6.4),
                _small(f"Giới tính / Sex: {it.sex_word}", 6.4),
                _small("Quốc tịch / Nationality: Việt Nam", 6.4),
            ),
            shares=(1, 2.5),
        ),
    ]


def _new_back(it: _Card) -> list[Block]:
    citizen = it.citizen
    return [
        row(
            column(
                _small(f"Nơi cư trú / Place of residence:\n{citizen.address}", 6.2),
                space(0.6),
                _small(f"Nơi đăng ký khai sinh / Place of birth:\n{it.registered_at}", 6.2),
                space(0.6),
                _small(f"Ngày, tháng, năm cấp / Date of issue: {slashed(citizen.issue_date)}", 6),
                _small(f"Ngày, tháng, năm hết hạn / Date of expiry: {it.expiry_words}", 6),
                space(1.5),
                _small("BỘ CÔNG AN\nMINISTRY OF PUBLIC SECURITY", 5.4, style="bold", align="center"),
            ),
            qr(card_qr_text(citizen), 18.5),
            shares=(2.9, 1),
        ),
        space(5),
        machine_readable(it.zone),
    ]


def _bar_code_front(it: _Card) -> list[Block]:
    citizen = it.citizen
    return [
        _head("CĂN CƯỚC CÔNG DÂN"),
        space(1),
        row(
            column(photo(20, 26.5), _small(f"Có giá trị đến:\n{it.expiry_words}", 5.4)),
            column(
                _small(f"Số: {citizen.personal_number}", 10, style="bold"),
                _small(f"Họ và tên: {citizen.full_name.upper()}", 7.2),
                _small(f"Ngày, tháng, năm sinh: {slashed(citizen.birth_date)}", 6.8),
                _small(f"Giới tính: {it.sex_word}      Quốc tịch: Việt Nam", 6.8),
                _small(f"Quê quán: {it.origin}", 6.8),
                _small(f"Nơi thường trú: {citizen.address}", 6.8),
            ),
            shares=(1, 2.6),
        ),
    ]


def _bar_code_back(it: _Card) -> list[Block]:
    day = it.citizen.issue_date
    written = f"Ngày {day.day:02} tháng {day.month:02} năm {day.year}"
    office = "CỤC TRƯỞNG CỤC CẢNH SÁT\nĐKQL CƯ TRÚ VÀ DLQG VỀ DÂN CƯ"
    return [
        space(8),
        row(
            column(space(5), _small("Ngón trỏ trái", 5), space(14), _small("Ngón trỏ phải", 5)),
            column(
                _small(f"Đặc điểm nhận dạng:\n{it.features}", 6.8),
                space(2),
                _small(written, 6.8, style="italic", align="center"),
                _small(office, 6, style="bold", align="center"),
                space(11),
                _small(it.director, 7, style="bold", align="center"),
            ),
            shares=(1, 2.4),
        ),
    ]


_ON_FRONT: Final = ("personal_number", "full_name", "birth_date", "sex", "origin", "residence", "expiry_date")
_ON_NEW_FRONT: Final = ("personal_number", "full_name", "birth_date", "sex")
_ON_BACK: Final = ("personal_number", "birth_date", "sex", "expiry_date", "issue_date")
_ON_BOTH_NEW: Final = (*_ON_NEW_FRONT, "residence", "expiry_date", "issue_date")


def _card_page(paper_class: str, layout: str, blocks: list[Block], fields: Mapping[str, str]) -> PagePlan:
    fill = "#e3eee9" if layout.startswith("new") else "#dceaf0"
    return PagePlan(paper_class, layout, blocks, fields, format="card", fill=fill, size_pt=6, margins_mm=(2, 2, 2, 2.5))


def _sheet(
    paper_class: str, layout: str, blocks: list[Block], fields: Mapping[str, str], *, is_wide: bool = False
) -> PagePlan:
    return PagePlan(
        paper_class, layout, blocks, fields, format="a4-landscape" if is_wide else "a4", margins_mm=(15, 15, 15, 15)
    )


def _front_2021(made_up: MadeUp) -> PagePlan:
    it = _make(made_up, _CHIP_CARDS)
    return _card_page("identity-card-front", "chip-2021", _chip_front(it), it.fields(*_ON_FRONT))


def _front_2024(made_up: MadeUp) -> PagePlan:
    it = _make(made_up, _NEW_CARDS)
    return _card_page("identity-card-front", "new-2024", _new_front(it), it.fields(*_ON_NEW_FRONT))


def _front_2016(made_up: MadeUp) -> PagePlan:
    it = _make(made_up, _BAR_CODE_CARDS)
    return _card_page("identity-card-front", "bar-code-2016", _bar_code_front(it), it.fields(*_ON_FRONT))


def _front_photocopied(made_up: MadeUp) -> PagePlan:
    it = _make(made_up, _CHIP_CARDS)
    blocks = [space(made_up.random.uniform(5, 110)), card(*_chip_front(it))]
    return _sheet("identity-card-front", "chip-on-sheet", blocks, it.fields(*_ON_FRONT))


def _back_2021(made_up: MadeUp) -> PagePlan:
    it = _make(made_up, _CHIP_CARDS)
    return _card_page("identity-card-back", "chip-2021", _chip_back(it), it.fields(*_ON_BACK))


def _back_2024(made_up: MadeUp) -> PagePlan:
    it = _make(made_up, _NEW_CARDS)
    return _card_page("identity-card-back", "new-2024", _new_back(it), it.fields(*_ON_BACK))


def _back_2016(made_up: MadeUp) -> PagePlan:
    it = _make(made_up, _BAR_CODE_CARDS)
    return _card_page("identity-card-back", "bar-code-2016", _bar_code_back(it), it.fields("issue_date"))


def _back_photocopied(made_up: MadeUp) -> PagePlan:
    it = _make(made_up, _CHIP_CARDS)
    blocks = [space(made_up.random.uniform(5, 110)), card(*_chip_back(it))]
    return _sheet("identity-card-back", "chip-on-sheet", blocks, it.fields(*_ON_BACK))


def _both_2021(made_up: MadeUp) -> PagePlan:
    it = _make(made_up, _CHIP_CARDS)
    chance = made_up.random
    blocks = [space(chance.uniform(8, 50)), card(*_chip_front(it)), space(chance.uniform(6, 30)), card(*_chip_back(it))]
    return _sheet("identity-card", "chip-2021", blocks, it.fields(*_ON_FRONT, "issue_date"))


def _both_2024(made_up: MadeUp) -> PagePlan:
    it = _make(made_up, _NEW_CARDS)
    blocks = [card(*_new_front(it)), space(made_up.random.uniform(4, 60)), card(*_new_back(it))]
    if made_up.random.random() < 0.4:
        blocks.append(handwriting(f"Bản photo nộp kèm hồ sơ\nSĐT: 0{made_up.random.randrange(3 * 10**8, 10**9)}"))
    return _sheet("identity-card", "new-2024", blocks, it.fields(*_ON_BOTH_NEW))


def _both_certified(made_up: MadeUp) -> PagePlan:
    """A certified photocopy: both sides, below them what the people's committee attests."""
    is_new = made_up.random.random() < 0.5
    it = _make(made_up, _NEW_CARDS if is_new else _CHIP_CARDS)
    day = day_between(made_up, it.citizen.issue_date)
    authority = committee(made_up, made_up.place(), day)
    number, book = made_up.random.randrange(20, 4000), made_up.random.randrange(1, 9)
    front, back = (_new_front(it), _new_back(it)) if is_new else (_chip_front(it), _chip_back(it))
    attested: Sequence[Block] = (
        paragraph("CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH", style="bold", align="center", size_pt=11),
        paragraph(f"Số chứng thực: {number}, quyển số: {book:02}/{day.year} - SCT/BS", align="center", size_pt=11),
        paragraph(f"{authority.town}, {written_date(day)}", style="italic", align="center", size_pt=11),
    )
    name = made_up.name(is_female=made_up.random.random() < 0.3)
    blocks = [
        card(*front),
        space(6),
        card(*back),
        space(10),
        *attested,
        signatures(signer([""], "", pen="none"), official(made_up, authority, name, may_delegate=False)),
    ]
    names = _ON_BOTH_NEW if is_new else (*_ON_FRONT, "issue_date")
    return _sheet("identity-card", "certified-copy", blocks, it.fields(*names))


def _both_side_by_side(made_up: MadeUp) -> PagePlan:
    it = _make(made_up, _BAR_CODE_CARDS)
    blocks = [space(made_up.random.uniform(10, 60)), row(card(*_bar_code_front(it)), card(*_bar_code_back(it)))]
    return _sheet("identity-card", "bar-code-2016-wide", blocks, it.fields(*_ON_FRONT, "issue_date"), is_wide=True)


LAYOUTS: Final[Mapping[str, Sequence[Layout]]] = {
    "identity-card": (_both_2021, _both_certified, _both_2024, _both_side_by_side),
    "identity-card-front": (_front_2021, _front_2016, _front_2024, _front_photocopied),
    "identity-card-back": (_back_2021, _back_2016, _back_2024, _back_photocopied),
}
"""Even index: seen by the classifier when it learns; odd: never."""
