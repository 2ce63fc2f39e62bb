# SPDX-License-Identifier: GPL-3.0-or-later
"""What hospitals and communes write when somebody is born or dies: giấy chứng sinh and giấy báo tử."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from demo.papers.made_up import MadeUp, Person, written_date
from demo.papers.made_up_civil import (
    Family,
    Hospital,
    address,
    committee,
    day_between,
    days_later,
    facts,
    family,
    filler,
    home_place,
    hospital,
    official,
    registered_number,
)
from demo.papers.made_up_records import death, moment
from demo.papers.plan import (
    Block,
    Layout,
    PagePlan,
    column,
    heading,
    letterhead,
    paragraph,
    row,
    signatures,
    signer,
    space,
    table,
    ticks,
    title,
)
from demo.papers.wording import dated, in_capitals_or_not, slashed

_PROOF: Final = "birth-proof"
_NOTICE: Final = "death-notice"


@dataclass(frozen=True, slots=True)
class _Delivery:
    people: Family
    at: dt.datetime
    day: dt.date
    hospital: Hospital
    number: str
    weight: int
    midwife: str
    clerk: str
    chief: str

    @property
    def mother(self) -> Person:
        return self.people.mother

    @property
    def place_and_date(self) -> str:
        return f"{self.hospital.town}, {written_date(self.day)}"

    def seal(self) -> tuple[str, str]:
        return self.hospital.name.upper(), self.hospital.superior

    def fields(self, **printed_otherwise: str | dt.date | None) -> Mapping[str, str]:
        child = self.people.child
        known: dict[str, str | dt.date | None] = {
            "document_number": self.number,
            "mother_name": self.mother.full_name,
            "mother_number": self.mother.personal_number,
            "father_name": self.people.father.full_name,
            "child_name": child.full_name,
            "child_birth_date": child.birth_date,
            "child_sex": child.sex,
            "weight_grams": f"{self.weight}",
            "issue_date": self.day,
            "signer": self.chief,
        }
        return facts(**known | printed_otherwise)


def _delivery(made_up: MadeUp, first: dt.date, last: dt.date, suffix: str) -> _Delivery:
    chance = made_up.random
    born = day_between(made_up, first, last)
    people = family(made_up, born)
    where = hospital(made_up, people.mother.place, born)
    return _Delivery(
        people,
        dt.datetime.combine(born, dt.time(chance.randrange(24), chance.randrange(60))),
        days_later(born, chance.randrange(1, 5)),
        where,
        registered_number(made_up, born, suffix),
        chance.randrange(2300, 4100, 50),
        made_up.name(is_female=True),
        made_up.name(is_female=True),
        made_up.name(is_female=False),
    )


def _proof_2012(made_up: MadeUp) -> PagePlan:
    it = _delivery(made_up, dt.date(2016, 3, 1), dt.date(2025, 9, 30), "GCS")
    fill, mother, child = filler(made_up, 0.45), it.mother, it.people.child
    blocks = [
        letterhead((it.hospital.superior, it.hospital.name.upper()), it.number),
        paragraph(f"Quyển số: {it.day.month:02}/{it.day.year}", align="right", size_pt=11.5),
        title("GIẤY CHỨNG SINH", size_pt=17),
        fill("Họ và tên mẹ/Người nuôi dưỡng", mother.full_name.upper(), bold=True),
        row(fill("Năm sinh", f"{mother.birth_date.year}"), fill("Dân tộc", mother.ethnic_group)),
        fill("Nơi đăng ký thường trú", address(mother, it.day)),
        fill("Số CMND/CCCD/Hộ chiếu", mother.personal_number),
        fill("Mã số BHXH/Thẻ BHYT số", made_up.random.choice(("", f"GD4{made_up.random.randrange(10**11, 10**12)}"))),
        fill("Họ và tên cha", in_capitals_or_not(made_up, it.people.father.full_name), bold=True),
        fill("Đã sinh con vào lúc", moment(it.at)),
        fill("Tại", it.hospital.whole_name),
        row(fill("Số lần sinh", "01"), fill("Số con hiện sống", "01")),
        row(fill("Số con trong lần sinh này", "01"), fill("Giới tính của con", child.sex_word)),
        row(fill("Cân nặng", f"{it.weight} gam"), fill("Tình trạng con", "Khỏe mạnh")),
        fill("Dự định đặt tên con là", child.full_name.upper(), bold=True),
        fill("Người đỡ đẻ", it.midwife),
        paragraph(
            "Ghi chú: Giấy chứng sinh này có giá trị để làm thủ tục đăng ký khai sinh; tên dự định đặt có thể thay đổi "
            "khi đăng ký khai sinh. Trước khi đăng ký khai sinh, cha, mẹ hoặc người nuôi dưỡng kiểm tra lại các nội "
            "dung trên.",
            style="italic",
            align="justify",
            size_pt=11,
        ),
        paragraph(it.place_and_date, style="italic", align="right"),
        signatures(
            signer(["Cha/Mẹ"], mother.full_name, note="(Ký, ghi rõ họ tên)"),
            signer(["Người ghi phiếu"], it.clerk, note="(Ký, ghi rõ họ tên)", pen="black"),
            signer(["Thủ trưởng cơ sở y tế"], it.chief, note="(Ký tên, đóng dấu)", seal=it.seal()),
        ),
    ]
    return PagePlan(_PROOF, "2012", blocks, it.fields(), size_pt=13)


def _proof_short(made_up: MadeUp) -> PagePlan:
    """A half sheet torn off a book of a commune's health station."""
    it = _delivery(made_up, dt.date(2016, 3, 1), dt.date(2025, 6, 1), "")
    fill, mother, child = filler(made_up, 0.8), it.mother, it.people.child
    station = f"Trạm Y tế {committee(made_up, mother.place, it.day).commune}"
    blocks = [
        row(
            column(
                paragraph(station.upper(), style="bold", size_pt=10),
                paragraph(f"Số: {it.number}\nQuyển số: 02", size_pt=10),
            ),
            heading(),
            shares=(1, 1.7),
        ),
        title("GIẤY CHỨNG SINH", "(Sinh con tại trạm y tế)", size_pt=15),
        fill("Họ tên mẹ", mother.full_name, bold=True),
        row(
            fill("Sinh năm", f"{mother.birth_date.year}", rule="dots"),
            fill("CCCD số", mother.personal_number),
            shares=(1, 1.8),
        ),
        fill("Thường trú", address(mother, it.day)),
        fill("Họ tên cha", it.people.father.full_name),
        fill("Sinh con hồi", moment(it.at)),
        ticks("Con", (("Trai", not child.is_female), ("Gái", child.is_female))),
        row(fill("Nặng", f"{it.weight} g"), fill("Dự kiến đặt tên", child.full_name), shares=(1, 2)),
        paragraph(it.place_and_date, style="italic", align="right"),
        signatures(
            signer(["NGƯỜI ĐỠ ĐẺ"], it.midwife),
            signer(["TRƯỞNG TRẠM"], it.chief, seal=(station.upper(), it.hospital.superior)),
        ),
    ]
    return PagePlan(
        _PROOF,
        "short",
        blocks,
        it.fields(child_sex=child.sex),
        format=made_up.random.choice(("a5", "a4")),
        size_pt=10.5,
        margins_mm=(10, 10, 8, 14),
    )


def _proof_2025(made_up: MadeUp) -> PagePlan:
    """Numbered sections; the number of the person instead of an identity paper."""
    it = _delivery(made_up, dt.date(2025, 10, 1), dt.date(2026, 11, 15), f"{made_up.random.randrange(10, 99)}/GCS")
    fill, mother, father, child = filler(made_up, 0.1), it.mother, it.people.father, it.people.child
    blocks = [
        letterhead((it.hospital.superior, it.hospital.name.upper()), it.number, it.place_and_date),
        title("GIẤY CHỨNG SINH", size_pt=16),
        paragraph("I. THÔNG TIN CỦA MẸ", style="bold"),
        fill("1. Họ, chữ đệm và tên mẹ", mother.full_name.upper(), bold=True, rule="line"),
        row(
            fill("2. Ngày, tháng, năm sinh", slashed(mother.birth_date), rule="line"),
            fill("3. Dân tộc", mother.ethnic_group, rule="line"),
        ),
        fill("4. Số định danh cá nhân/Hộ chiếu", mother.personal_number, rule="line"),
        fill("5. Nơi cư trú", address(mother, it.day), rule="line"),
        paragraph("II. THÔNG TIN CỦA CHA", style="bold"),
        fill("6. Họ, chữ đệm và tên cha", father.full_name.upper(), bold=True, rule="line"),
        fill("7. Số định danh cá nhân/Hộ chiếu", made_up.random.choice(("", father.personal_number)), rule="line"),
        paragraph("III. THÔNG TIN VỀ TRẺ SINH RA", style="bold"),
        fill("8. Thời gian sinh", moment(it.at), rule="line"),
        fill("9. Nơi sinh", it.hospital.whole_name, rule="line"),
        row(
            fill("10. Giới tính", child.sex_word, rule="line"),
            fill("11. Cân nặng (gam)", f"{it.weight}", rule="line"),
        ),
        row(
            fill("12. Số con trong lần sinh này", "1", rule="line"),
            fill("13. Tình trạng con", made_up.random.choice(("Bình thường", "Khỏe mạnh")), rule="line"),
        ),
        fill("14. Dự định đặt tên con", child.full_name.upper(), bold=True, rule="line"),
        fill("15. Người đỡ đẻ", it.midwife, rule="line"),
        space(2),
        signatures(
            signer(["Cha/Mẹ/Người thân"], father.full_name, note="(Ký, ghi rõ họ tên)"),
            signer(["ĐẠI DIỆN CƠ SỞ\nKHÁM BỆNH, CHỮA BỆNH"], it.chief, note="(Ký, đóng dấu)", seal=it.seal()),
        ),
    ]
    return PagePlan(_PROOF, "2025", blocks, it.fields(), size_pt=13.5)


def _proof_table(made_up: MadeUp) -> PagePlan:
    it = _delivery(made_up, dt.date(2019, 3, 1), dt.date(2026, 10, 1), "CS-BV")
    mother, child = it.mother, it.people.child
    blocks = [
        letterhead((it.hospital.superior, it.hospital.name.upper(), "KHOA PHỤ SẢN"), it.number),
        title("GIẤY CHỨNG SINH", "(Bản giao cho gia đình)", size_pt=16),
        table(
            ("", ""),
            (
                ("Sản phụ", f"{mother.full_name.upper()}, sinh năm {mother.birth_date.year}"),
                ("Số CCCD", mother.personal_number),
                ("Địa chỉ", address(mother, it.day)),
                ("Họ và tên cha của trẻ", it.people.father.full_name),
                ("Ngày, giờ sinh", f"{it.at:%d/%m/%Y, %H:%M}"),
                ("Giới tính của trẻ", child.sex_word),
                ("Cân nặng", f"{it.weight} gram"),
                ("Phương pháp sinh", made_up.random.choice(("Sinh thường", "Sinh mổ"))),
                ("Tên dự định đặt cho trẻ", child.full_name),
                ("Nữ hộ sinh", it.midwife),
            ),
            (1, 1.8),
        ),
        paragraph("Gia đình mang giấy này đến nơi đăng ký khai sinh trong thời hạn 60 ngày.", style="italic"),
        paragraph(it.place_and_date, style="italic", align="right"),
        signatures(
            signer(["ĐẠI DIỆN GIA ĐÌNH"], it.people.father.full_name),
            signer(["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], it.chief, seal=it.seal()),
        ),
    ]
    return PagePlan(_PROOF, "table", blocks, it.fields(), size_pt=13.5)


def _notice_commune(made_up: MadeUp) -> PagePlan:
    it = death(made_up, dt.date(2016, 2, 1))
    dead, fill = it.dead, filler(made_up, 0.2)
    number = registered_number(made_up, it.day, "UBND-GBT")
    blocks = [
        letterhead(it.authority.letterhead, number, f"{it.authority.town}, {written_date(it.day)}"),
        title("GIẤY BÁO TỬ"),
        fill("Họ, chữ đệm, tên", dead.full_name.upper(), bold=True),
        fill("Ngày, tháng, năm sinh", slashed(dead.birth_date)),
        row(fill("Giới tính", dead.sex_word), fill("Dân tộc", dead.ethnic_group), fill("Quốc tịch", "Việt Nam")),
        fill("Giấy tờ tùy thân", f"CCCD số {dead.personal_number}"),
        fill("Nơi cư trú cuối cùng", address(dead, it.day)),
        fill("Đã chết vào lúc", it.moment),
        fill("Nơi chết", it.place),
        fill("Nguyên nhân chết", it.cause),
        paragraph("Giấy báo tử này được cấp để làm thủ tục đăng ký khai tử.", style="italic", indent_mm=10),
        row(
            paragraph("Nơi nhận:\n- Người yêu cầu;\n- Lưu: VT.", size_pt=11, style="italic"),
            signatures(official(made_up, it.authority, it.chief, may_delegate=False)),
        ),
    ]
    return PagePlan(_NOTICE, "commune", blocks, it.fields(document_number=number), size_pt=13.5)


def _notice_hospital(made_up: MadeUp) -> PagePlan:
    it = death(made_up, dt.date(2020, 12, 28))
    dead, where, fill = it.dead, hospital(made_up, it.dead.place, it.day), filler(made_up, 0.5)
    number = registered_number(made_up, it.day, "GBT")
    blocks = [
        letterhead((where.superior, where.name.upper()), number),
        title("GIẤY BÁO TỬ", size_pt=17),
        fill("1. Họ và tên người tử vong", in_capitals_or_not(made_up, dead.full_name), bold=True),
        row(fill("2. Ngày sinh", slashed(dead.birth_date)), fill("3. Giới tính", dead.sex_word)),
        row(fill("4. Dân tộc", dead.ethnic_group), fill("5. Quốc tịch", "Việt Nam")),
        fill("6. Số CCCD/Hộ chiếu/Mã số định danh cá nhân", dead.personal_number),
        fill(
            "7. Mã số BHXH/Thẻ BHYT số", made_up.random.choice(("", f"HT3{made_up.random.randrange(10**11, 10**12)}"))
        ),
        fill("8. Nơi thường trú/tạm trú", address(dead, it.day)),
        fill("9. Tử vong lúc", it.moment),
        fill("10. Nơi tử vong", where.whole_name),
        fill("11. Nguyên nhân tử vong", it.cause),
        fill("12. Họ và tên thân nhân", f"{it.reporter.full_name} ({it.relation.lower()})"),
        paragraph(f"{where.town}, {written_date(it.day)}", style="italic", align="right"),
        signatures(
            signer(["Thân nhân người tử vong"], it.reporter.full_name, note="(Ký, ghi rõ họ tên)"),
            signer(["Người ghi giấy"], made_up.name(is_female=True), note="(Ký, ghi rõ họ tên)", pen="black"),
            signer(
                ["Thủ trưởng đơn vị"], it.chief, note="(Ký tên, đóng dấu)", seal=(where.name.upper(), where.superior)
            ),
        ),
    ]
    fields = it.fields(document_number=number, death_place=where.whole_name, issuer=where.name)
    return PagePlan(_NOTICE, "hospital", blocks, fields, size_pt=13.5)


def _notice_family(made_up: MadeUp) -> PagePlan:
    """In running text, on the request of a relative."""
    it = death(made_up, dt.date(2018, 1, 1))
    dead = it.dead
    number = registered_number(made_up, it.day, "GBT-UBND")
    polite = "bà" if dead.is_female else "ông"
    blocks: list[Block] = [
        letterhead(it.authority.letterhead, number, f"{it.authority.town}, {written_date(it.day)}"),
        title("GIẤY BÁO TỬ", size_pt=16),
        paragraph(f"{it.authority.whole_name} báo tử cho {polite}:", indent_mm=10),
        paragraph(f"Họ và tên: {dead.full_name.upper()}", style="bold"),
        paragraph(f"Sinh ngày: {slashed(dead.birth_date)}          Giới tính: {dead.sex_word}"),
        paragraph(f"Số định danh cá nhân: {dead.personal_number}"),
        paragraph(f"Quê quán: {home_place(dead, it.day)}"),
        paragraph(f"Nơi cư trú cuối cùng: {address(dead, it.day)}"),
        paragraph(f"Chết hồi: {it.moment}"),
        paragraph(f"Tại: {it.place}"),
        paragraph(f"Nguyên nhân: {it.cause}"),
        paragraph(
            f"Theo lời khai của {it.reporter.full_name} là {it.relation.lower()} của người chết. Đề nghị thân nhân "
            "thực hiện đăng ký khai tử trong thời hạn 15 ngày kể từ ngày có người chết.",
            align="justify",
            indent_mm=10,
        ),
        signatures(
            signer(["NGƯỜI NHẬN GIẤY"], it.reporter.full_name),
            official(made_up, it.authority, it.chief, may_delegate=False),
        ),
    ]
    return PagePlan(_NOTICE, "prose", blocks, it.fields(document_number=number), size_pt=13.5)


def _notice_table(made_up: MadeUp) -> PagePlan:
    it = death(made_up, dt.date(2021, 1, 1))
    dead, where = it.dead, hospital(made_up, it.dead.place, it.day)
    number = registered_number(made_up, it.day, "BT-TTYT")
    blocks = [
        row(
            column(paragraph(where.superior, size_pt=11), paragraph(where.name.upper(), style="bold", size_pt=11)),
            heading(),
            shares=(1, 1.6),
        ),
        title("GIẤY BÁO TỬ", f"Số: {number}"),
        table(
            ("Thông tin", "Nội dung"),
            (
                ("Họ, chữ đệm, tên người chết", dead.full_name),
                ("Sinh ngày", dated(made_up, dead.birth_date)),
                ("Giới tính", dead.sex_word),
                ("Giấy tờ tùy thân (số)", dead.personal_number),
                ("Nơi cư trú", address(dead, it.day)),
                ("Thời điểm chết", f"{it.died:%H:%M} ngày {it.died:%d/%m/%Y}"),
                ("Nơi chết", where.whole_name),
                ("Nguyên nhân chết", it.cause),
            ),
            (1, 1.6),
        ),
        paragraph(f"{where.town}, {written_date(it.day)}", style="italic", align="right"),
        signatures(
            signer([""], "", pen="none"),
            signer(["GIÁM ĐỐC"], it.chief, seal=(where.name.upper(), where.superior)),
        ),
    ]
    fields = it.fields(document_number=number, death_place=where.whole_name, issuer=where.name)
    return PagePlan(_NOTICE, "table", blocks, fields, size_pt=14)


LAYOUTS: Final[Mapping[str, Sequence[Layout]]] = {
    _PROOF: (_proof_2012, _proof_short, _proof_2025, _proof_table),
    _NOTICE: (_notice_commune, _notice_family, _notice_hospital, _notice_table),
}
"""Even index: seen by the classifier when it learns; odd: never."""
