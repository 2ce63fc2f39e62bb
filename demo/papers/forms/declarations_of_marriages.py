# SPDX-License-Identifier: GPL-3.0-or-later
"""Declarations to marry, and to have it confirmed that one is not married."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from demo.papers.forms.declaration_parts import NOTES_2020, NOTES_2024, copies_wanted, notes, oath, signed_at
from demo.papers.made_up import MadeUp, Person, written_date
from demo.papers.made_up_civil import TODAY, Authority, address, committee, day_between, facts, filler
from demo.papers.made_up_records import Marriage, marriage
from demo.papers.plan import (
    Block,
    Layout,
    PagePlan,
    boxes,
    column,
    form_code,
    heading,
    paragraph,
    photo,
    row,
    signatures,
    signer,
    space,
    table,
    ticks,
    title,
)
from demo.papers.wording import dated, identity_paper, in_capitals_or_not, slashed

_MARRIAGE: Final = "marriage-registration-declaration"
_STATUS: Final = "marital-status-declaration"
_FREE_WILL: Final = (
    "Chúng tôi cam đoan những lời khai trên đây là đúng sự thật, việc kết hôn của chúng tôi là tự nguyện, không vi "
    "phạm quy định của Luật Hôn nhân và gia đình Việt Nam."
)
_STATES: Final = ("Chưa đăng ký kết hôn với ai", "Đã ly hôn, chưa kết hôn lại", "Độc thân")
_PURPOSES: Final = ("Để đăng ký kết hôn", "Vay vốn ngân hàng", "Mua bán nhà, đất", "Đi lao động nước ngoài", "Nhập học")


def _of_couple(it: Marriage) -> Mapping[str, str]:
    return facts(
        wife_name=it.wife.full_name,
        wife_birth_date=it.wife.birth_date,
        wife_number=it.wife.personal_number,
        husband_name=it.husband.full_name,
        husband_birth_date=it.husband.birth_date,
        husband_number=it.husband.personal_number,
        issue_date=it.day,
    )


def _marriage_2020(made_up: MadeUp) -> PagePlan:
    it = marriage(made_up, dt.date(2016, 2, 1), dt.date(2024, 7, 30))
    both = (it.wife, it.husband)
    blocks: list[Block] = [
        row(heading(), photo(20, 26), shares=(5, 1)) if made_up.random.random() < 0.3 else heading(),
        title("TỜ KHAI ĐĂNG KÝ KẾT HÔN", f"Kính gửi: (1) {it.authority.name}"),
        table(
            ("Thông tin", "Bên nữ", "Bên nam"),
            (
                ("Họ, chữ đệm, tên", *(in_capitals_or_not(made_up, each.full_name) for each in both)),
                ("Ngày, tháng, năm sinh", *(slashed(each.birth_date) for each in both)),
                ("Dân tộc", *(each.ethnic_group for each in both)),
                ("Quốc tịch", "Việt Nam", "Việt Nam"),
                ("Nơi cư trú (2)", *(address(each, it.day) for each in both)),
                ("Giấy tờ tùy thân (3)", *(identity_paper(made_up, each, it.day) for each in both)),
                ("Kết hôn lần thứ mấy", "Lần thứ nhất", made_up.random.choice(("Lần thứ nhất", "Lần thứ hai"))),
            ),
            (1, 1.4, 1.4),
        ),
        space(2),
        paragraph(_FREE_WILL, align="justify", indent_mm=10),
        paragraph("Chúng tôi hoàn toàn chịu trách nhiệm trước pháp luật về nội dung cam đoan của mình.", indent_mm=10),
        paragraph("Đề nghị Quý cơ quan đăng ký.", indent_mm=10),
        row(
            copies_wanted(made_up, "Đề nghị cấp bản sao (4)"),
            paragraph(f"{it.authority.town}, {written_date(it.day)}", style="italic", align="center"),
        ),
        signatures(
            signer(["Bên nữ"], it.wife.full_name, note="(Ký, ghi rõ họ, chữ đệm, tên)"),
            signer(["Bên nam"], it.husband.full_name, note="(Ký, ghi rõ họ, chữ đệm, tên)"),
        ),
    ]
    if made_up.random.random() < 0.5:
        blocks.append(notes(NOTES_2020))
    return PagePlan(_MARRIAGE, "2020", blocks, _of_couple(it), size_pt=13, margins_mm=(14, 16, 10, 25))


def _marriage_columns(made_up: MadeUp) -> PagePlan:
    """Man on the left, woman on the right, boxes for numbers."""
    it = marriage(made_up, dt.date(2017, 2, 1))
    fill = filler(made_up, 0.7)

    def half(word: str, person: Person) -> Block:
        return column(
            paragraph(word, style="bold", align="center"),
            fill("Họ và tên", person.full_name, bold=True),
            fill("Sinh ngày", slashed(person.birth_date)),
            fill("Dân tộc", person.ethnic_group),
            fill("CCCD số", person.personal_number),
            fill("Chỗ ở hiện nay", address(person, it.day)),
            fill("Kết hôn lần thứ", "01"),
            fill("Nghề nghiệp", ""),
        )

    blocks = [
        form_code("TP/HT-TKKH"),
        heading(),
        title("TỜ KHAI\nĐĂNG KÝ KẾT HÔN", size_pt=17),
        paragraph(f"Kính gửi: {it.authority.whole_name}", align="center", style="italic"),
        row(half("NGƯỜI NAM", it.husband), half("NGƯỜI NỮ", it.wife)),
        paragraph(
            "Hai bên tự nguyện xin đăng ký kết hôn và cam đoan không thuộc trường hợp cấm kết hôn.",
            align="justify",
            indent_mm=10,
        ),
        paragraph(f"{written_date(it.day).capitalize()}", style="italic", align="right"),
        signatures(signer(["CHỮ KÝ BÊN NAM"], it.husband.full_name), signer(["CHỮ KÝ BÊN NỮ"], it.wife.full_name)),
    ]
    return PagePlan(_MARRIAGE, "columns", blocks, _of_couple(it), size_pt=13.5)


def _marriage_2024(made_up: MadeUp) -> PagePlan:
    """One below the other, numbers of persons instead of identity papers."""
    it = marriage(made_up, dt.date(2024, 8, 1))
    fill = filler(made_up, 0.5)
    blocks: list[Block] = [
        heading(),
        title("TỜ KHAI ĐĂNG KÝ KẾT HÔN"),
        fill("Kính gửi: (1)", it.authority.name),
    ]
    for word, person in (("Bên nữ", it.wife), ("Bên nam", it.husband)):
        blocks += [
            paragraph(f"{word}:", style="bold"),
            fill("Họ, chữ đệm, tên", person.full_name.upper(), bold=True),
            fill("Ngày, tháng, năm sinh", slashed(person.birth_date)),
            row(fill("Dân tộc", person.ethnic_group), fill("Quốc tịch", "Việt Nam")),
            fill("Số định danh cá nhân/Giấy tờ tùy thân", person.personal_number),
            fill("Nơi cư trú: (2)", made_up.random.choice(("", address(person, it.day)))),
            fill("Kết hôn lần thứ mấy", "Lần thứ nhất"),
        ]
    blocks += [
        paragraph(_FREE_WILL, align="justify", indent_mm=10),
        row(
            copies_wanted(made_up, "Đề nghị cấp bản sao (3)"),
            paragraph(f"Làm tại: {it.authority.town}, {written_date(it.day)}", style="italic", align="center"),
        ),
        signatures(
            signer(["Bên nữ"], it.wife.full_name, note="(Ký, ghi rõ họ, chữ đệm, tên)"),
            signer(["Bên nam"], it.husband.full_name, note="(Ký, ghi rõ họ, chữ đệm, tên)"),
        ),
        notes(NOTES_2024),
    ]
    return PagePlan(_MARRIAGE, "2024", blocks, _of_couple(it), size_pt=13, margins_mm=(14, 16, 10, 25))


def _marriage_prose(made_up: MadeUp) -> PagePlan:
    it = marriage(made_up, dt.date(2018, 2, 1))

    def told(polite: str, person: Person) -> list[Block]:
        return [
            paragraph(
                f"{polite} là: {person.full_name.upper()}, sinh ngày {dated(made_up, person.birth_date)}, dân tộc "
                f"{person.ethnic_group}.",
                align="justify",
                indent_mm=10,
            ),
            paragraph(f"Giấy tờ tùy thân: {identity_paper(made_up, person, it.day)}.", indent_mm=10),
            paragraph(f"Nơi cư trú: {address(person, it.day)}.", align="justify", indent_mm=10),
        ]

    blocks = [
        heading(),
        title("TỜ KHAI ĐĂNG KÝ KẾT HÔN", "(Dùng cho hai bên nam, nữ cùng khai)", size_pt=14),
        paragraph(f"Kính gửi: {it.authority.whole_name}", style="bold", align="center"),
        *told("Tôi (bên nữ)", it.wife),
        *told("Tôi (bên nam)", it.husband),
        paragraph(
            "Chúng tôi đề nghị được đăng ký kết hôn, hiện cả hai đều chưa có vợ, chưa có chồng và tự nguyện lấy nhau.",
            align="justify",
            indent_mm=10,
        ),
        paragraph(f"{it.authority.town}, {written_date(it.day)}", style="italic", align="right"),
        signatures(signer(["NGƯỜI NỮ"], it.wife.full_name), signer(["NGƯỜI NAM"], it.husband.full_name)),
    ]
    return PagePlan(_MARRIAGE, "prose", blocks, _of_couple(it), size_pt=13)


@dataclass(frozen=True, slots=True)
class _Request:
    requester: Person
    person: Person
    relation: str
    day: dt.date
    authority: Authority
    state: str
    purpose: str

    def fields(self) -> Mapping[str, str]:
        return facts(
            requester_name=self.requester.full_name,
            requester_number=self.requester.personal_number,
            full_name=self.person.full_name,
            birth_date=self.person.birth_date,
            sex=self.person.sex,
            personal_number=self.person.personal_number,
            residence=address(self.person, self.day),
            issue_date=self.day,
        )


def _request(made_up: MadeUp, first: dt.date, last: dt.date = TODAY) -> _Request:
    day = day_between(made_up, first, last)
    person = made_up.person(born=(1965, day.year - 19))
    requester, relation = person, made_up.random.choice(("Bản thân", "Tự khai", "Là chính tôi"))
    if made_up.random.random() < 0.3:
        requester, relation = made_up.person(born=(1945, 1975)), made_up.random.choice(("Cha", "Mẹ", "Anh", "Chị"))
    return _Request(
        requester,
        person,
        relation,
        day,
        committee(made_up, person.place, day),
        made_up.random.choice(_STATES),
        made_up.random.choice(_PURPOSES),
    )


def _status_2020(made_up: MadeUp) -> PagePlan:
    it = _request(made_up, dt.date(2016, 2, 1), dt.date(2024, 7, 30))
    person, fill = it.person, filler(made_up, 0.6)
    blocks: list[Block] = [
        heading(),
        title("TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN"),
        fill("Kính gửi: (1)", it.authority.name),
        fill("Họ, chữ đệm, tên người yêu cầu", in_capitals_or_not(made_up, it.requester.full_name)),
        fill("Nơi cư trú: (2)", address(it.requester, it.day)),
        fill("Giấy tờ tùy thân: (3)", identity_paper(made_up, it.requester, it.day)),
        fill("Quan hệ với người được cấp Giấy xác nhận tình trạng hôn nhân", it.relation),
        paragraph("Đề nghị cấp Giấy xác nhận tình trạng hôn nhân cho người có tên dưới đây:", style="bold"),
        fill("Họ, chữ đệm, tên", in_capitals_or_not(made_up, person.full_name), bold=True),
        fill("Ngày, tháng, năm sinh", slashed(person.birth_date)),
        row(fill("Giới tính", person.sex_word), fill("Dân tộc", person.ethnic_group), fill("Quốc tịch", "Việt Nam")),
        fill("Nơi cư trú: (2)", address(person, it.day)),
        fill("Giấy tờ tùy thân: (3)", identity_paper(made_up, person, it.day)),
        fill("Tình trạng hôn nhân: (4)", it.state),
        fill("Trong thời gian cư trú tại: (5)", made_up.random.choice(("", address(person, it.day)))),
        fill("Mục đích sử dụng Giấy xác nhận tình trạng hôn nhân: (6)", it.purpose),
        *oath("những nội dung khai"),
        signed_at(it.authority, it.day, it.requester),
    ]
    if made_up.random.random() < 0.5:
        blocks.append(notes(NOTES_2020))
    return PagePlan(_STATUS, "2020", blocks, it.fields(), margins_mm=(14, 16, 10, 25), size_pt=13.5)


def _status_boxes(made_up: MadeUp) -> PagePlan:
    """Boxes for numbers and for the state; the person first."""
    it = _request(made_up, dt.date(2019, 2, 1))
    person, fill = it.person, filler(made_up, 0.6)
    is_single = it.state != "Đã ly hôn, chưa kết hôn lại"
    blocks = [
        form_code("Mẫu HT-TTHN"),
        heading(),
        title("TỜ KHAI\nCẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", size_pt=14),
        paragraph(f"Kính gửi: {it.authority.whole_name}", style="italic", align="center"),
        paragraph("1. NGƯỜI ĐƯỢC XÁC NHẬN", style="bold"),
        fill("Họ và tên", person.full_name, bold=True, rule="line"),
        row(
            fill("Ngày sinh", slashed(person.birth_date), rule="line"),
            fill("Giới tính", person.sex_word, rule="line"),
        ),
        boxes("Số định danh cá nhân", person.personal_number),
        fill("Nơi thường trú", address(person, it.day), rule="line"),
        ticks("Tình trạng hôn nhân", (("Chưa kết hôn", is_single), ("Đã ly hôn", not is_single), ("Góa", False))),
        paragraph("2. NGƯỜI KHAI", style="bold"),
        fill("Họ và tên", it.requester.full_name, rule="line"),
        boxes("Số định danh cá nhân", it.requester.personal_number),
        fill("Quan hệ", it.relation, rule="line"),
        paragraph("3. MỤC ĐÍCH SỬ DỤNG", style="bold"),
        fill("", it.purpose, rule="line"),
        paragraph(f"{it.authority.town}, {written_date(it.day)}", style="italic", align="right"),
        signatures(signer([""], "", pen="none"), signer(["NGƯỜI KHAI"], it.requester.full_name)),
    ]
    return PagePlan(_STATUS, "boxes", blocks, it.fields(), size_pt=13.5)


def _status_2024(made_up: MadeUp) -> PagePlan:
    it = _request(made_up, dt.date(2024, 8, 1))
    person, fill = it.person, filler(made_up, 0.4)
    blocks = [
        heading(),
        title("TỜ KHAI CẤP GIẤY XÁC NHẬN\nTÌNH TRẠNG HÔN NHÂN"),
        paragraph(f"Kính gửi: (1) {it.authority.whole_name}", align="center"),
        fill("Họ, chữ đệm, tên người yêu cầu", it.requester.full_name.upper(), bold=True),
        fill("Số định danh cá nhân", it.requester.personal_number),
        fill("Quan hệ với người được cấp", it.relation),
        paragraph("Đề nghị cấp Giấy xác nhận tình trạng hôn nhân cho người có tên dưới đây:", style="bold"),
        fill("Họ, chữ đệm, tên", person.full_name.upper(), bold=True),
        row(
            fill("Ngày, tháng, năm sinh", slashed(person.birth_date)),
            fill("Giới tính", person.sex_word),
            shares=(1.6, 1),
        ),
        row(fill("Dân tộc", person.ethnic_group), fill("Quốc tịch", "Việt Nam")),
        fill("Số định danh cá nhân/Giấy tờ tùy thân", person.personal_number),
        fill("Nơi cư trú", address(person, it.day)),
        fill("Tình trạng hôn nhân", it.state),
        fill("Mục đích sử dụng", it.purpose),
        *oath("nội dung khai"),
        signed_at(it.authority, it.day, it.requester, title="NGƯỜI YÊU CẦU"),
        notes(NOTES_2024),
    ]
    return PagePlan(_STATUS, "2024", blocks, it.fields(), size_pt=13.5)


def _status_table(made_up: MadeUp) -> PagePlan:
    it = _request(made_up, dt.date(2021, 2, 1))
    person = it.person
    blocks = [
        heading(),
        title("TỜ KHAI ĐỀ NGHỊ CẤP\nGIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", size_pt=14),
        paragraph(f"Nơi nhận: {it.authority.name}"),
        table(
            ("", ""),
            (
                ("Người đề nghị", it.requester.full_name),
                ("CCCD của người đề nghị", it.requester.personal_number),
                ("Cấp cho", f"{person.full_name.upper()} ({it.relation.lower()})"),
                ("Sinh ngày", slashed(person.birth_date)),
                ("Giới tính", person.sex_word),
                ("CCCD của người được cấp", person.personal_number),
                ("Nơi cư trú", address(person, it.day)),
                ("Tình trạng hôn nhân", it.state),
                ("Dùng vào việc", it.purpose),
            ),
            (1, 1.8),
        ),
        paragraph("Tôi đã đọc lại tờ khai và chịu trách nhiệm về nội dung đã khai.", indent_mm=10),
        paragraph(f"{written_date(it.day).capitalize()}", style="italic", align="right"),
        signatures(
            signer(["Cán bộ tiếp nhận"], made_up.name(is_female=True), pen="black"),
            signer(["Người đề nghị"], it.requester.full_name),
        ),
    ]
    return PagePlan(_STATUS, "table", blocks, it.fields(), size_pt=13.5)


LAYOUTS: Final[Mapping[str, Sequence[Layout]]] = {
    _MARRIAGE: (_marriage_2020, _marriage_columns, _marriage_2024, _marriage_prose),
    _STATUS: (_status_2020, _status_boxes, _status_2024, _status_table),
}
"""Even index: seen by the classifier when it learns; odd: never."""
