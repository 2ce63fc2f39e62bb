# SPDX-License-Identifier: GPL-3.0-or-later
"""Declarations with which births and deaths are registered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from demo.papers.forms.declaration_parts import NOTES_2020, NOTES_2024, copies_wanted, notes, oath, signed_at
from demo.papers.made_up import MadeUp, Person, written_date
from demo.papers.made_up_civil import WITHOUT_DISTRICTS, address, facts, filler
from demo.papers.made_up_records import Birth, Death, birth, death
from demo.papers.plan import (
    Block,
    Layout,
    PagePlan,
    boxes,
    column,
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
from demo.papers.wording import dated, day_in_words, identity_paper, in_capitals_or_not, slashed

_BIRTH: Final = "birth-registration-declaration"
_DEATH: Final = "death-registration-declaration"


def _of_birth(it: Birth, requester: Person, **printed_otherwise: str | dt.date | None) -> Mapping[str, str]:
    known: dict[str, str | dt.date | None] = {
        "requester_name": requester.full_name,
        "requester_number": requester.personal_number,
        "child_name": it.child.full_name,
        "child_birth_date": it.child.birth_date,
        "child_sex": it.child.sex,
        "birth_place": it.place,
        "mother_name": it.mother.full_name,
        "mother_number": it.mother.personal_number,
        "father_name": it.father.full_name,
        "father_number": it.father.personal_number,
    }
    return facts(**known | printed_otherwise)


def _requester(made_up: MadeUp, it: Birth) -> tuple[Person, str]:
    return made_up.random.choice(((it.father, "Cha"), (it.father, "Bố đẻ"), (it.mother, "Mẹ")))


def _birth_2020(made_up: MadeUp) -> PagePlan:
    it = birth(made_up, dt.date(2016, 2, 1), dt.date(2024, 7, 30))
    child, fill = it.child, filler(made_up, 0.6)
    requester, relation = _requester(made_up, it)
    blocks: list[Block] = [
        heading(),
        title("TỜ KHAI ĐĂNG KÝ KHAI SINH"),
        fill("Kính gửi: (1)", it.authority.name),
        fill("Họ, chữ đệm, tên người yêu cầu", in_capitals_or_not(made_up, requester.full_name)),
        fill("Nơi cư trú: (2)", address(requester, it.day)),
        fill("Giấy tờ tùy thân: (3)", identity_paper(made_up, requester, it.day)),
        fill("Quan hệ với người được khai sinh", relation),
        paragraph("Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:", style="bold"),
        fill("Họ, chữ đệm, tên", in_capitals_or_not(made_up, child.full_name), bold=True),
        fill("Ngày, tháng, năm sinh", f"{slashed(child.birth_date)} ghi bằng chữ: {day_in_words(child.birth_date)}"),
        row(fill("Giới tính", child.sex_word), fill("Dân tộc", child.ethnic_group), fill("Quốc tịch", "Việt Nam")),
        fill("Nơi sinh", it.place),
        fill("Quê quán", it.origin),
    ]
    for role, person in (("người mẹ", it.mother), ("người cha", it.father)):
        blocks += [
            fill(f"Họ, chữ đệm, tên {role}", in_capitals_or_not(made_up, person.full_name)),
            row(
                fill("Năm sinh: (4)", f"{person.birth_date.year}"),
                fill("Dân tộc", person.ethnic_group),
                fill("Quốc tịch", "Việt Nam"),
            ),
            fill("Nơi cư trú: (2)", address(person, it.day)),
        ]
    blocks += [
        paragraph(
            "Tôi cam đoan nội dung đề nghị đăng ký khai sinh trên đây là đúng sự thật, được sự thỏa thuận nhất trí của "
            "các bên liên quan theo quy định pháp luật.",
            align="justify",
            indent_mm=10,
        ),
        paragraph("Tôi chịu hoàn toàn trách nhiệm trước pháp luật về nội dung cam đoan của mình.", indent_mm=10),
        signed_at(it.authority, it.day, requester, beside=copies_wanted(made_up)),
    ]
    if made_up.random.random() < 0.5:
        blocks.append(notes(NOTES_2020))
    fields = _of_birth(it, requester, mother_number=None, father_number=None)
    return PagePlan(_BIRTH, "2020", blocks, fields, size_pt=13, margins_mm=(14, 16, 10, 25))


def _birth_columns(made_up: MadeUp) -> PagePlan:
    """Boxes for the numbers, mother and father side by side."""
    it = birth(made_up, dt.date(2021, 2, 1))
    child, fill = it.child, filler(made_up, 0.5)
    requester, relation = _requester(made_up, it)

    def parent(word: str, person: Person) -> Block:
        return column(
            paragraph(f"THÔNG TIN VỀ NGƯỜI {word}", style="bold", align="center"),
            fill("Họ và tên", person.full_name, rule="line"),
            fill("Năm sinh", f"{person.birth_date.year}", rule="line"),
            fill("Dân tộc", person.ethnic_group, rule="line"),
            fill("Quốc tịch", "Việt Nam", rule="line"),
            fill("CCCD số", person.personal_number, rule="line"),
            fill("Nơi cư trú", address(person, it.day), rule="line"),
        )

    blocks = [
        form_code("Mẫu số 01/HT-KS"),
        heading(),
        title("TỜ KHAI\nĐĂNG KÝ KHAI SINH", f"Kính gửi: {it.authority.whole_name}", size_pt=16),
        paragraph("A. NGƯỜI ĐI KHAI SINH", style="bold"),
        fill("Họ và tên", requester.full_name, rule="line"),
        boxes("Số định danh cá nhân", requester.personal_number),
        fill("Là gì của trẻ", relation.lower(), rule="line"),
        paragraph("B. TRẺ EM ĐƯỢC KHAI SINH", style="bold"),
        fill("Họ và tên", child.full_name.upper(), bold=True, rule="line"),
        row(
            fill("Sinh ngày", dated(made_up, child.birth_date), rule="line"),
            ticks("Giới tính", (("Nam", not child.is_female), ("Nữ", child.is_female))),
        ),
        fill("Sinh tại", it.place, rule="line"),
        fill("Quê quán", it.origin, rule="line"),
        row(
            fill("Dân tộc", child.ethnic_group, rule="line"),
            fill("Quốc tịch", "Việt Nam", rule="line"),
        ),
        paragraph("C. CHA, MẸ CỦA TRẺ", style="bold"),
        row(parent("MẸ", it.mother), parent("CHA", it.father)),
        paragraph(
            "Người khai chịu trách nhiệm về các thông tin đã ghi và xác nhận cha, mẹ đã thống nhất họ, tên, dân tộc, "
            "quê quán của trẻ.",
            style="italic",
            align="justify",
        ),
        row(
            paragraph(f"Số bản sao xin cấp: {made_up.random.randrange(1, 9)}"),
            paragraph(written_date(it.day).capitalize(), style="italic", align="center"),
        ),
        signatures(
            signer(["NGƯỜI TIẾP NHẬN"], "", pen="none"),
            signer(["NGƯỜI ĐI KHAI SINH"], requester.full_name),
        ),
    ]
    return PagePlan(_BIRTH, "columns", blocks, _of_birth(it, requester), size_pt=13, margins_mm=(14, 16, 10, 25))


def _birth_2024(made_up: MadeUp) -> PagePlan:
    it = birth(made_up, dt.date(2024, 8, 1))
    child, fill = it.child, filler(made_up, 0.4)
    requester, relation = _requester(made_up, it)
    blocks: list[Block] = [
        heading(),
        title("TỜ KHAI ĐĂNG KÝ KHAI SINH"),
        paragraph(f"Kính gửi: (1) {it.authority.whole_name}", align="center"),
        fill("Họ, chữ đệm, tên người yêu cầu", requester.full_name.upper(), bold=True),
        row(
            fill("Ngày, tháng, năm sinh", slashed(requester.birth_date)),
            fill("Quan hệ với người được khai sinh", relation),
        ),
        fill("Số định danh cá nhân", requester.personal_number),
        fill("Nơi cư trú: (2)", made_up.random.choice(("", address(requester, it.day)))),
        paragraph("Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:", style="bold"),
        fill("Họ, chữ đệm, tên", child.full_name.upper(), bold=True),
        fill("Ngày, tháng, năm sinh", slashed(child.birth_date)),
        fill("Ghi bằng chữ", day_in_words(child.birth_date)),
        row(fill("Giới tính", child.sex_word), fill("Dân tộc", child.ethnic_group), fill("Quốc tịch", "Việt Nam")),
        fill("Nơi sinh", it.place),
        fill("Quê quán", it.origin),
    ]
    for role, person in (("người mẹ", it.mother), ("người cha", it.father)):
        blocks += [
            fill(f"Họ, chữ đệm, tên {role}", person.full_name.upper(), bold=True),
            row(fill("Ngày, tháng, năm sinh", slashed(person.birth_date)), fill("Dân tộc", person.ethnic_group)),
            fill("Số định danh cá nhân/Giấy tờ tùy thân", person.personal_number),
            fill("Nơi cư trú: (2)", made_up.random.choice(("", address(person, it.day)))),
        ]
    blocks += [
        *oath("nội dung đề nghị đăng ký khai sinh"),
        signed_at(it.authority, it.day, requester, beside=copies_wanted(made_up, "Đề nghị cấp bản sao (3)")),
        notes(NOTES_2024),
    ]
    return PagePlan(_BIRTH, "2024", blocks, _of_birth(it, requester), size_pt=13, margins_mm=(12, 16, 10, 25))


def _birth_joined(made_up: MadeUp) -> PagePlan:
    """Birth, residence and health insurance in one declaration, as printed from the portal."""
    it = birth(made_up, WITHOUT_DISTRICTS)
    child, mother, father = it.child, it.mother, it.father
    requester, relation = _requester(made_up, it)
    blocks = [
        heading(),
        title(
            "TỜ KHAI ĐĂNG KÝ KHAI SINH,\nĐĂNG KÝ THƯỜNG TRÚ, CẤP THẺ BẢO HIỂM Y TẾ\nCHO TRẺ EM DƯỚI 6 TUỔI", size_pt=13
        ),
        paragraph(f"Kính gửi: {it.authority.name}", align="center", style="italic"),
        table(
            ("Mục", "Nội dung kê khai"),
            (
                ("Người yêu cầu", f"{requester.full_name} ({relation.lower()})"),
                ("Số định danh người yêu cầu", requester.personal_number),
                ("Trẻ em", child.full_name.upper()),
                ("Ngày sinh của trẻ", f"{slashed(child.birth_date)}"),
                ("Giới tính của trẻ", child.sex_word),
                ("Nơi sinh", it.place),
                ("Quê quán", it.origin),
                ("Mẹ", f"{mother.full_name}, sinh ngày {slashed(mother.birth_date)}"),
                ("Số định danh của mẹ", mother.personal_number),
                ("Cha", f"{father.full_name}, sinh ngày {slashed(father.birth_date)}"),
                ("Số định danh của cha", father.personal_number),
                ("Nơi đề nghị đăng ký thường trú", address(mother, it.day)),
                ("Nơi đăng ký khám, chữa bệnh ban đầu", f"Trạm Y tế {it.authority.commune}"),
            ),
            (1, 1.8),
        ),
        paragraph("Tôi xin chịu trách nhiệm về những thông tin đã kê khai.", indent_mm=10),
        paragraph(f"{it.authority.town}, {written_date(it.day)}", style="italic", align="right"),
        signatures(
            signer(["Ý KIẾN CHỦ HỘ"], father.full_name, note="(Đồng ý cho đăng ký thường trú)"),
            signer(["NGƯỜI KÊ KHAI"], requester.full_name),
        ),
    ]
    return PagePlan(_BIRTH, "joined", blocks, _of_birth(it, requester), size_pt=13.5)


def _of_death(it: Death, **printed_otherwise: str | dt.date | None) -> Mapping[str, str]:
    known: dict[str, str | dt.date | None] = {
        "requester_name": it.reporter.full_name,
        "requester_number": it.reporter.personal_number,
        "full_name": it.dead.full_name,
        "birth_date": it.dead.birth_date,
        "personal_number": it.dead.personal_number,
        "death_date": it.died.date(),
        "death_place": it.place,
        "issue_date": it.day,
    }
    return facts(**known | printed_otherwise)


def _death_2020(made_up: MadeUp) -> PagePlan:
    it = death(made_up, dt.date(2016, 2, 1), dt.date(2024, 7, 30))
    dead, fill = it.dead, filler(made_up, 0.6)
    blocks: list[Block] = [
        heading(),
        title("TỜ KHAI ĐĂNG KÝ KHAI TỬ"),
        fill("Kính gửi: (1)", it.authority.name),
        fill("Họ, chữ đệm, tên người yêu cầu", in_capitals_or_not(made_up, it.reporter.full_name)),
        fill("Nơi cư trú: (2)", address(it.reporter, it.day)),
        fill("Giấy tờ tùy thân: (3)", identity_paper(made_up, it.reporter, it.day)),
        fill("Quan hệ với người đã chết", it.relation),
        paragraph("Đề nghị cơ quan đăng ký khai tử cho người có tên dưới đây:", style="bold"),
        fill("Họ, chữ đệm, tên", in_capitals_or_not(made_up, dead.full_name), bold=True),
        fill("Ngày, tháng, năm sinh", dated(made_up, dead.birth_date)),
        row(fill("Giới tính", dead.sex_word), fill("Dân tộc", dead.ethnic_group), fill("Quốc tịch", "Việt Nam")),
        fill("Nơi cư trú cuối cùng: (2)", address(dead, it.day)),
        fill("Giấy tờ tùy thân: (3)", identity_paper(made_up, dead, it.day)),
        fill("Đã chết vào lúc", it.moment),
        fill("Nơi chết", it.place),
        fill("Nguyên nhân chết", it.cause),
        fill("Số Giấy báo tử/Giấy tờ thay thế Giấy báo tử: (4)", made_up.random.choice(("", "08/UBND-GBT"))),
        *oath("những nội dung khai"),
        signed_at(it.authority, it.day, it.reporter, beside=copies_wanted(made_up)),
    ]
    if made_up.random.random() < 0.6:
        blocks.append(notes(NOTES_2020))
    return PagePlan(_DEATH, "2020", blocks, _of_death(it), margins_mm=(14, 16, 10, 25), size_pt=13.5)


def _death_numbered(made_up: MadeUp) -> PagePlan:
    """Numbered items, boxes, the dead before the declarant."""
    it = death(made_up, dt.date(2018, 2, 1))
    dead, fill = it.dead, filler(made_up, 0.6)
    blocks = [
        form_code("Mẫu TP/HT - TKKT"),
        heading(),
        title("TỜ KHAI\nĐĂNG KÝ KHAI TỬ", size_pt=16),
        paragraph(f"Kính gửi: {it.authority.whole_name}", align="center"),
        paragraph("I. Phần khai về người chết", style="bold"),
        fill("1. Họ và tên", dead.full_name.upper(), rule="line"),
        row(
            fill("2. Sinh ngày", slashed(dead.birth_date), rule="line"),
            fill("3. Giới tính", dead.sex_word, rule="line"),
        ),
        boxes("4. Số CCCD", dead.personal_number),
        fill("5. Chỗ ở trước khi chết", address(dead, it.day), rule="line"),
        fill("6. Chết hồi", it.moment, rule="line"),
        fill("7. Nơi chết", it.place, rule="line"),
        fill("8. Lý do chết", it.cause, rule="line"),
        paragraph("II. Phần khai về người đi khai tử", style="bold"),
        fill("9. Họ và tên", it.reporter.full_name, rule="line"),
        boxes("10. Số CCCD", it.reporter.personal_number),
        fill("11. Nơi cư trú", address(it.reporter, it.day), rule="line"),
        fill("12. Quan hệ với người chết", it.relation, rule="line"),
        paragraph("Những điều khai trên là đúng, nếu sai tôi xin chịu trách nhiệm.", indent_mm=10),
        paragraph(f"{it.authority.town}, {written_date(it.day)}", style="italic", align="right"),
        signatures(
            signer(["CÁN BỘ TIẾP NHẬN"], made_up.name(is_female=True), pen="black"),
            signer(["NGƯỜI KHAI"], it.reporter.full_name),
        ),
    ]
    return PagePlan(_DEATH, "numbered", blocks, _of_death(it), size_pt=13.5)


def _death_2024(made_up: MadeUp) -> PagePlan:
    it = death(made_up, dt.date(2024, 8, 1))
    dead, fill = it.dead, filler(made_up, 0.4)
    blocks = [
        heading(),
        title("TỜ KHAI ĐĂNG KÝ KHAI TỬ"),
        paragraph(f"Kính gửi: (1) {it.authority.whole_name}", align="center"),
        fill("Họ, chữ đệm, tên người yêu cầu", it.reporter.full_name.upper(), bold=True, rule="line"),
        row(
            fill("Ngày, tháng, năm sinh", slashed(it.reporter.birth_date), rule="line"),
            fill("Quan hệ với người đã chết", it.relation, rule="line"),
        ),
        fill("Số định danh cá nhân", it.reporter.personal_number, rule="line"),
        paragraph("Đề nghị cơ quan đăng ký khai tử cho người có tên dưới đây:", style="bold"),
        fill("Họ, chữ đệm, tên", dead.full_name.upper(), bold=True, rule="line"),
        row(
            fill("Ngày, tháng, năm sinh", slashed(dead.birth_date), rule="line"),
            fill("Giới tính", dead.sex_word, rule="line"),
        ),
        row(fill("Dân tộc", dead.ethnic_group, rule="line"), fill("Quốc tịch", "Việt Nam", rule="line")),
        fill("Số định danh cá nhân/Giấy tờ tùy thân", dead.personal_number, rule="line"),
        fill("Nơi cư trú cuối cùng: (2)", address(dead, it.day), rule="line"),
        fill("Đã chết vào lúc", it.moment, rule="line"),
        fill("Nơi chết", it.place, rule="line"),
        fill("Nguyên nhân chết", it.cause, rule="line"),
        *oath("những nội dung khai"),
        signed_at(it.authority, it.day, it.reporter, beside=copies_wanted(made_up, "Đề nghị cấp bản sao (3)")),
        notes(NOTES_2024),
    ]
    return PagePlan(_DEATH, "2024", blocks, _of_death(it), margins_mm=(14, 16, 10, 25), size_pt=13.5)


def _death_table(made_up: MadeUp) -> PagePlan:
    it = death(made_up, dt.date(2022, 2, 1))
    dead = it.dead
    blocks = [
        heading(),
        title("TỜ KHAI ĐĂNG KÝ KHAI TỬ", f"(Gửi {it.authority.name})", size_pt=14),
        table(
            ("", "Người đi khai", "Người chết"),
            (
                ("Họ tên", it.reporter.full_name, dead.full_name),
                ("Ngày sinh", slashed(it.reporter.birth_date), slashed(dead.birth_date)),
                ("Số giấy tờ", it.reporter.personal_number, dead.personal_number),
                ("Nơi cư trú", address(it.reporter, it.day), address(dead, it.day)),
            ),
            (0.7, 1.5, 1.5),
        ),
        paragraph(f"Quan hệ giữa người đi khai với người chết: {it.relation}"),
        paragraph(f"Thời gian chết: {it.moment}"),
        paragraph(f"Địa điểm chết: {it.place}"),
        paragraph(f"Nguyên nhân: {it.cause}"),
        ticks("Xin cấp bản sao trích lục khai tử", (("01 bản", False), ("02 bản", True), ("Khác", False))),
        paragraph(f"{written_date(it.day).capitalize()}", style="italic", align="right"),
        signatures(signer([""], "", pen="none"), signer(["Người đi khai tử"], it.reporter.full_name, note="(Ký tên)")),
    ]
    return PagePlan(_DEATH, "table", blocks, _of_death(it), size_pt=13.5)


LAYOUTS: Final[Mapping[str, Sequence[Layout]]] = {
    _BIRTH: (_birth_2020, _birth_columns, _birth_2024, _birth_joined),
    _DEATH: (_death_2020, _death_numbered, _death_2024, _death_table),
}
"""Even index: seen by the classifier when it learns; odd: never."""
