# SPDX-License-Identifier: GPL-3.0-or-later
"""Declarations that concern an entry which is already in a register: to change it, or to have a copy of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from demo.papers.forms.declaration_parts import NOTES_2020, NOTES_2024, copies_wanted, notes, oath, signed_at
from demo.papers.made_up import MadeUp, Person, written_date
from demo.papers.made_up_civil import (
    TODAY,
    Authority,
    address,
    committee,
    day_between,
    facts,
    filler,
    registered_number,
)
from demo.papers.plan import (
    Block,
    Layout,
    PagePlan,
    boxes,
    form_code,
    heading,
    paragraph,
    row,
    signatures,
    signer,
    table,
    ticks,
    title,
)
from demo.papers.wording import dated, identity_paper, in_capitals_or_not, slashed

_CHANGE: Final = "civil-status-change-declaration"
_COPY: Final = "civil-status-copy-request"
_CHANGES: Final = (
    ("Cải chính hộ tịch", "Cải chính ngày sinh của con trong Giấy khai sinh", "Ghi sai do sai sót khi đăng ký"),
    ("Thay đổi hộ tịch", "Thay đổi chữ đệm", "Theo nguyện vọng của gia đình"),
    ("Bổ sung thông tin hộ tịch", "Bổ sung quê quán", "Giấy khai sinh bỏ trống"),
    ("Cải chính hộ tịch", "Cải chính họ, chữ đệm, tên người mẹ", "Không thống nhất với căn cước của mẹ"),
    ("Xác định lại dân tộc", "Xác định lại dân tộc theo dân tộc của cha", "Theo nguyện vọng cá nhân"),
)
_RECORDS: Final = ("khai sinh", "khai tử", "kết hôn", "giám hộ", "nhận cha, mẹ, con")


@dataclass(frozen=True, slots=True)
class _Request:
    requester: Person
    person: Person
    relation: str
    day: dt.date
    authority: Authority
    entry: str
    entered: dt.date

    @property
    def written(self) -> str:
        return f"{self.authority.town}, {written_date(self.day)}"

    def fields(self, **printed_otherwise: str | dt.date | None) -> Mapping[str, str]:
        known: dict[str, str | dt.date | None] = {
            "requester_name": self.requester.full_name,
            "requester_number": self.requester.personal_number,
            "full_name": self.person.full_name,
            "birth_date": self.person.birth_date,
            "personal_number": self.person.personal_number,
            "issue_date": self.day,
        }
        return facts(**known | printed_otherwise)


def _request(made_up: MadeUp, first: dt.date, last: dt.date = TODAY) -> _Request:
    day = day_between(made_up, first, last)
    requester = made_up.person(born=(1950, 1995))
    person, relation = made_up.person(born=(1965, 2014)), made_up.random.choice(("Cha", "Mẹ", "Anh ruột", "Con"))
    if made_up.random.random() < 0.4:
        person, relation = requester, "Bản thân"
    entered = day_between(made_up, person.birth_date + dt.timedelta(days=5), min(day, dt.date(2016, 1, 1)))
    return _Request(
        requester,
        person,
        relation,
        day,
        committee(made_up, person.place, day),
        registered_number(made_up, entered),
        entered,
    )


def _change_2020(made_up: MadeUp) -> PagePlan:
    it = _request(made_up, dt.date(2016, 2, 1), dt.date(2024, 7, 30))
    person, fill = it.person, filler(made_up, 0.6)
    kind, what, why = made_up.random.choice(_CHANGES)
    blocks: list[Block] = [
        heading(),
        title("TỜ KHAI ĐĂNG KÝ VIỆC THAY ĐỔI, CẢI CHÍNH,\nBỔ SUNG THÔNG TIN HỘ TỊCH, XÁC ĐỊNH LẠI DÂN TỘC", size_pt=13),
        fill("Kính gửi: (1)", it.authority.name),
        fill("Họ, chữ đệm, tên người yêu cầu", in_capitals_or_not(made_up, it.requester.full_name)),
        fill("Nơi cư trú: (2)", address(it.requester, it.day)),
        fill("Giấy tờ tùy thân: (3)", identity_paper(made_up, it.requester, it.day)),
        fill("Quan hệ với người được thay đổi, cải chính, xác định lại dân tộc, bổ sung thông tin", it.relation),
        fill("Đề nghị cơ quan đăng ký việc (4)", f"{kind.lower()} cho người có tên dưới đây"),
        fill("Họ, chữ đệm, tên", in_capitals_or_not(made_up, person.full_name), bold=True),
        fill("Ngày, tháng, năm sinh", slashed(person.birth_date)),
        row(fill("Giới tính", person.sex_word), fill("Dân tộc", person.ethnic_group), fill("Quốc tịch", "Việt Nam")),
        fill("Nơi cư trú: (2)", address(person, it.day)),
        fill("Giấy tờ tùy thân: (3)", f"Số định danh {person.personal_number}"),
        fill("Đã đăng ký (5)", f"khai sinh ngày {slashed(it.entered)}"),
        row(fill("tại số", it.entry), fill("quyển số", f"01/{it.entered.year}")),
        fill("Nội dung (6)", what),
        fill("Lý do", why),
        *oath("những nội dung khai"),
        signed_at(it.authority, it.day, it.requester, beside=copies_wanted(made_up)),
    ]
    if made_up.random.random() < 0.4:
        blocks.append(notes(NOTES_2020))
    return PagePlan(_CHANGE, "2020", blocks, it.fields(), size_pt=13, margins_mm=(14, 16, 10, 25))


def _change_boxes(made_up: MadeUp) -> PagePlan:
    """What to change is ticked; before and after stand side by side."""
    it = _request(made_up, dt.date(2018, 2, 1))
    person, fill = it.person, filler(made_up, 0.6)
    kind, what, why = made_up.random.choice(_CHANGES)
    kinds = ("Thay đổi hộ tịch", "Cải chính hộ tịch", "Bổ sung thông tin hộ tịch", "Xác định lại dân tộc")
    blocks = [
        form_code("Mẫu HT-TĐCC"),
        heading(),
        title("TỜ KHAI\nTHAY ĐỔI, CẢI CHÍNH, BỔ SUNG HỘ TỊCH", size_pt=15),
        paragraph(f"Kính gửi: {it.authority.whole_name}", style="italic", align="center"),
        fill("Tôi tên là", it.requester.full_name, rule="line"),
        boxes("CCCD số", it.requester.personal_number),
        fill("Nơi cư trú", address(it.requester, it.day), rule="line"),
        ticks("Đề nghị", [(each, each == kind) for each in kinds]),
        fill("Cho ông/bà/cháu", person.full_name, bold=True, rule="line"),
        fill("Sinh ngày", slashed(person.birth_date), rule="line"),
        boxes("Số định danh", person.personal_number),
        fill("Là gì của người khai", it.relation.lower(), rule="line"),
        table(("Nội dung đã đăng ký", "Nội dung đề nghị"), (("", what), ("", "")), (1, 1.3)),
        fill("Lý do", why, rule="line"),
        paragraph("Kèm theo tờ khai: bản sao Giấy khai sinh và giấy tờ chứng minh.", style="italic"),
        paragraph(it.written, style="italic", align="right"),
        signatures(signer([""], "", pen="none"), signer(["NGƯỜI KHAI"], it.requester.full_name)),
    ]
    return PagePlan(_CHANGE, "boxes", blocks, it.fields(), size_pt=13.5)


def _change_2024(made_up: MadeUp) -> PagePlan:
    it = _request(made_up, dt.date(2024, 8, 1))
    person, fill = it.person, filler(made_up, 0.4)
    kind, what, why = made_up.random.choice(_CHANGES)
    blocks = [
        heading(),
        title("TỜ KHAI ĐĂNG KÝ\nTHAY ĐỔI, CẢI CHÍNH, BỔ SUNG THÔNG TIN HỘ TỊCH,\nXÁC ĐỊNH LẠI DÂN TỘC", size_pt=13),
        paragraph(f"Kính gửi: (1) {it.authority.whole_name}", align="center"),
        fill("Họ, chữ đệm, tên người yêu cầu", it.requester.full_name.upper(), bold=True, rule="line"),
        fill("Số định danh cá nhân", it.requester.personal_number, rule="line"),
        fill("Quan hệ với người được đề nghị", it.relation, rule="line"),
        paragraph(f"Đề nghị {kind.lower()} cho người có tên dưới đây:", style="bold"),
        fill("Họ, chữ đệm, tên", person.full_name.upper(), bold=True, rule="line"),
        row(
            fill("Ngày, tháng, năm sinh", slashed(person.birth_date), rule="line"),
            fill("Giới tính", person.sex_word, rule="line"),
        ),
        fill("Số định danh cá nhân/Giấy tờ tùy thân", person.personal_number, rule="line"),
        fill("Nơi cư trú: (2)", made_up.random.choice(("", address(person, it.day))), rule="line"),
        fill("Đã đăng ký khai sinh tại", it.authority.name, rule="line"),
        row(fill("Số", it.entry, rule="line"), fill("ngày", slashed(it.entered), rule="line")),
        fill("Nội dung", what, rule="line"),
        fill("Lý do", why, rule="line"),
        *oath("nội dung đề nghị"),
        signed_at(it.authority, it.day, it.requester, beside=copies_wanted(made_up, "Đề nghị cấp bản sao (3)")),
        notes(NOTES_2024),
    ]
    return PagePlan(_CHANGE, "2024", blocks, it.fields(), margins_mm=(14, 16, 10, 25), size_pt=13.5)


def _change_prose(made_up: MadeUp) -> PagePlan:
    it = _request(made_up, dt.date(2017, 2, 1))
    person = it.person
    kind, what, why = made_up.random.choice(_CHANGES)
    blocks = [
        heading(),
        title(f"TỜ KHAI {kind.upper()}", size_pt=16),
        paragraph(f"Kính gửi: {it.authority.whole_name}", align="center"),
        paragraph(
            f"Họ và tên người khai: {it.requester.full_name.upper()}, giấy tờ tùy thân: "
            f"{identity_paper(made_up, it.requester, it.day)}.",
            align="justify",
        ),
        paragraph(f"Quan hệ với người được {kind.lower()}: {it.relation}."),
        paragraph("Nội dung của người có hộ tịch cần điều chỉnh:", style="bold"),
        paragraph(f"- Họ và tên: {person.full_name.upper()}"),
        paragraph(f"- Sinh ngày: {dated(made_up, person.birth_date)}"),
        paragraph(f"- Số định danh cá nhân: {person.personal_number}"),
        paragraph(f"- Nơi cư trú: {address(person, it.day)}"),
        paragraph(f"- Giấy khai sinh số {it.entry}, đăng ký ngày {slashed(it.entered)}"),
        paragraph(f"Yêu cầu: {what}. Lý do: {why.lower()}.", align="justify", indent_mm=10),
        paragraph("Tôi xin chịu trách nhiệm về lời khai của mình.", indent_mm=10),
        paragraph(it.written, style="italic", align="right"),
        signatures(
            signer(["Ý kiến của người được đề nghị\n(nếu đủ 9 tuổi)"], "", pen="none"),
            signer(["Người khai"], it.requester.full_name, note="(Ký tên)"),
        ),
    ]
    return PagePlan(_CHANGE, "prose", blocks, it.fields(), size_pt=13)


def _copy_2020(made_up: MadeUp) -> PagePlan:
    it = _request(made_up, dt.date(2016, 2, 1), dt.date(2024, 7, 30))
    person, fill, record = it.person, filler(made_up, 0.6), made_up.random.choice(_RECORDS)
    blocks: list[Block] = [
        heading(),
        title("TỜ KHAI CẤP BẢN SAO TRÍCH LỤC HỘ TỊCH"),
        fill("Kính gửi: (1)", it.authority.name),
        fill("Họ, chữ đệm, tên người yêu cầu", in_capitals_or_not(made_up, it.requester.full_name)),
        fill("Nơi cư trú: (2)", address(it.requester, it.day)),
        fill("Giấy tờ tùy thân: (3)", identity_paper(made_up, it.requester, it.day)),
        fill("Quan hệ với người được cấp bản sao trích lục hộ tịch", it.relation),
        fill("Đề nghị cơ quan cấp bản sao trích lục (4)", f"{record} cho người có tên dưới đây"),
        fill("Họ, chữ đệm, tên", in_capitals_or_not(made_up, person.full_name), bold=True),
        fill("Ngày, tháng, năm sinh", slashed(person.birth_date)),
        row(fill("Giới tính", person.sex_word), fill("Dân tộc", person.ethnic_group), fill("Quốc tịch", "Việt Nam")),
        fill("Nơi cư trú: (2)", address(person, it.day)),
        fill("Đã đăng ký tại (5)", it.authority.whole_name),
        row(fill("ngày", slashed(it.entered)), fill("Số", it.entry), fill("Quyển số", "01")),
        fill("Số lượng bản sao yêu cầu cấp", f"{made_up.random.randrange(1, 9):02} bản"),
        *oath("những nội dung khai"),
        signed_at(it.authority, it.day, it.requester),
    ]
    if made_up.random.random() < 0.5:
        blocks.append(notes(NOTES_2020))
    return PagePlan(_COPY, "2020", blocks, it.fields(personal_number=None), margins_mm=(14, 16, 10, 25), size_pt=13.5)


def _copy_ticks(made_up: MadeUp) -> PagePlan:
    it = _request(made_up, dt.date(2018, 2, 1))
    person, fill, record = it.person, filler(made_up, 0.6), made_up.random.choice(_RECORDS)
    blocks = [
        heading(),
        title("TỜ KHAI YÊU CẦU\nCẤP BẢN SAO TRÍCH LỤC HỘ TỊCH", f"Kính gửi: {it.authority.name}", size_pt=15),
        paragraph("Người yêu cầu", style="bold-italic"),
        fill("Họ và tên", it.requester.full_name, rule="line"),
        boxes("Số CCCD/Hộ chiếu", it.requester.personal_number),
        row(fill("Điện thoại", it.requester.phone, rule="line"), fill("Email", "", rule="line")),
        ticks("Loại bản sao", [(each, each == record) for each in _RECORDS]),
        paragraph("Thông tin của người có trong sổ hộ tịch", style="bold-italic"),
        fill("Họ và tên", person.full_name, bold=True, rule="line"),
        fill("Sinh ngày", dated(made_up, person.birth_date), rule="line"),
        fill("Nơi đã đăng ký hộ tịch", it.authority.whole_name, rule="line"),
        fill("Năm đăng ký", f"{it.entered.year}", rule="line"),
        fill("Số bản", f"{made_up.random.randrange(1, 9)}", rule="line"),
        ticks("Nhận kết quả", (("Tại bộ phận một cửa", True), ("Qua bưu điện", False))),
        paragraph(it.written, style="italic", align="right"),
        signatures(
            signer(["NGƯỜI TIẾP NHẬN"], made_up.name(is_female=True), pen="black"),
            signer(["NGƯỜI YÊU CẦU"], it.requester.full_name),
        ),
    ]
    return PagePlan(_COPY, "ticks", blocks, it.fields(personal_number=None), size_pt=13.5)


def _copy_2024(made_up: MadeUp) -> PagePlan:
    it = _request(made_up, dt.date(2024, 8, 1))
    person, fill, record = it.person, filler(made_up, 0.4), made_up.random.choice(_RECORDS)
    blocks = [
        heading(),
        title("TỜ KHAI CẤP BẢN SAO\nTRÍCH LỤC HỘ TỊCH"),
        paragraph(f"Kính gửi: (1) {it.authority.whole_name}", align="center"),
        fill("Họ, chữ đệm, tên người yêu cầu", it.requester.full_name.upper(), bold=True),
        row(
            fill("Ngày, tháng, năm sinh", slashed(it.requester.birth_date)),
            fill("Quan hệ", it.relation),
        ),
        fill("Số định danh cá nhân", it.requester.personal_number),
        fill("Đề nghị cấp bản sao", f"trích lục {record} cho người có tên dưới đây"),
        fill("Họ, chữ đệm, tên", person.full_name.upper(), bold=True),
        row(fill("Ngày, tháng, năm sinh", slashed(person.birth_date)), fill("Giới tính", person.sex_word)),
        fill("Số định danh cá nhân/Giấy tờ tùy thân", person.personal_number),
        fill("Đã đăng ký tại", it.authority.name),
        row(fill("Số", it.entry), fill("ngày", slashed(it.entered))),
        fill("Số lượng bản sao", f"{made_up.random.randrange(1, 9):02}"),
        *oath("nội dung khai"),
        signed_at(it.authority, it.day, it.requester, title="NGƯỜI YÊU CẦU"),
        notes(NOTES_2024),
    ]
    return PagePlan(_COPY, "2024", blocks, it.fields(personal_number=None), size_pt=13.5)


def _copy_table(made_up: MadeUp) -> PagePlan:
    it = _request(made_up, dt.date(2020, 2, 1))
    person, record = it.person, made_up.random.choice(_RECORDS)
    rows = (
        ("1", "Người yêu cầu", it.requester.full_name),
        ("2", "Giấy tờ tùy thân số", it.requester.personal_number),
        ("3", "Nơi cư trú", address(it.requester, it.day)),
        ("4", "Cấp bản sao cho", person.full_name.upper()),
        ("5", "Sinh ngày", slashed(person.birth_date)),
        ("6", "Quan hệ với người yêu cầu", it.relation),
        ("7", "Bản sao trích lục về việc", record),
        ("8", "Số, ngày đăng ký trước đây", f"{it.entry}; {slashed(it.entered)}"),
        ("9", "Số lượng", f"{made_up.random.randrange(1, 9):02} bản"),
    )
    blocks = [
        heading(),
        title("TỜ KHAI\nCẤP BẢN SAO TRÍCH LỤC HỘ TỊCH", f"({it.authority.name})", size_pt=16),
        table(("STT", "Nội dung", "Phần kê khai"), rows, (0.35, 1.2, 1.8)),
        paragraph("Tôi chịu trách nhiệm về những nội dung đã khai.", indent_mm=10),
        paragraph(f"{written_date(it.day).capitalize()}", style="italic", align="right"),
        signatures(signer([""], "", pen="none"), signer(["Người khai"], it.requester.full_name)),
    ]
    return PagePlan(_COPY, "table", blocks, it.fields(personal_number=None), size_pt=13.5)


LAYOUTS: Final[Mapping[str, Sequence[Layout]]] = {
    _CHANGE: (_change_2020, _change_boxes, _change_2024, _change_prose),
    _COPY: (_copy_2020, _copy_ticks, _copy_2024, _copy_table),
}
"""Even index: seen by the classifier when it learns; odd: never."""
