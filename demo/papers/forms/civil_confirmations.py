# SPDX-License-Identifier: GPL-3.0-or-later
"""Giấy xác nhận tình trạng hôn nhân."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from demo.papers.made_up import MadeUp, Person, written_date
from demo.papers.made_up_civil import (
    TODAY,
    WITHOUT_DISTRICTS,
    Authority,
    address,
    committee,
    day_between,
    facts,
    filler,
    official,
    registered_number,
)
from demo.papers.plan import (
    Block,
    Layout,
    PagePlan,
    column,
    letterhead,
    paragraph,
    qr,
    row,
    signatures,
    table,
    title,
)
from demo.papers.wording import identity_paper, in_capitals_or_not, slashed

_CLASS: Final = "marital-status-confirmation"
_STATES: Final = (
    "Chưa đăng ký kết hôn với ai",
    "Hiện tại chưa đăng ký kết hôn với ai",
    "Đã ly hôn theo Bản án số 12/2019/HNGĐ-ST; chưa đăng ký kết hôn với ai",
    "Có vợ hoặc chồng nhưng đã chết; hiện tại chưa đăng ký kết hôn với ai",
)
_PURPOSES: Final = (
    "bổ sung hồ sơ vay vốn tại ngân hàng, không dùng để đăng ký kết hôn",
    "làm thủ tục đăng ký kết hôn",
    "làm thủ tục chuyển nhượng quyền sử dụng đất",
    "bổ túc hồ sơ xin việc làm ở nước ngoài",
    "làm thủ tục mua nhà, đất",
)
_VALIDITY: Final = (
    "Giấy này có giá trị đến khi thay đổi tình trạng hôn nhân hoặc trong thời hạn 06 tháng kể từ ngày cấp, tùy theo "
    "thời điểm nào đến trước."
)


@dataclass(frozen=True, slots=True)
class _Confirmation:
    person: Person
    authority: Authority
    day: dt.date
    number: str
    chief: str
    state: str
    purpose: str

    @property
    def residence(self) -> str:
        return address(self.person, self.day)

    @property
    def place_and_date(self) -> str:
        return f"{self.authority.town}, {written_date(self.day)}"

    def fields(self) -> Mapping[str, str]:
        return facts(
            document_number=self.number,
            full_name=self.person.full_name,
            birth_date=self.person.birth_date,
            sex=self.person.sex,
            personal_number=self.person.personal_number,
            residence=self.residence,
            issue_date=self.day,
            issuer=self.authority.name,
            signer=self.chief,
        )


def _make(made_up: MadeUp, first: dt.date, last: dt.date = TODAY) -> _Confirmation:
    day = day_between(made_up, first, last)
    person = made_up.person(born=(1960, day.year - 19))
    return _Confirmation(
        person,
        committee(made_up, person.place, day),
        day,
        registered_number(made_up, day, made_up.random.choice(("UBND-XNTTHN", "XN-UBND", "UBND-TTHN", ""))),
        made_up.name(is_female=made_up.random.random() < 0.25),
        made_up.random.choice(_STATES),
        made_up.random.choice(_PURPOSES),
    )


def _of_2015(made_up: MadeUp) -> PagePlan:
    it = _make(made_up, dt.date(2016, 2, 1), dt.date(2024, 7, 30))
    person, fill = it.person, filler(made_up, 0)
    polite = "bà" if person.is_female else "ông"
    since = day_between(made_up, dt.date(2010, 1, 1), dt.date(2015, 12, 31))
    blocks: list[Block] = [
        letterhead(it.authority.letterhead, it.number, it.place_and_date),
        title("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN"),
        paragraph(it.authority.name.upper(), style="bold", align="center"),
        paragraph(
            "Căn cứ Luật Hộ tịch ngày 20 tháng 11 năm 2014; Nghị định số 123/2015/NĐ-CP ngày 15 tháng 11 năm 2015 của "
            "Chính phủ quy định chi tiết một số điều và biện pháp thi hành Luật Hộ tịch;",
            align="justify",
            indent_mm=10,
        ),
        paragraph(
            f"Xét đề nghị của {polite} {person.full_name} về việc cấp Giấy xác nhận tình trạng hôn nhân,",
            align="justify",
            indent_mm=10,
        ),
        paragraph("XÁC NHẬN:", style="bold", align="center"),
        fill("Họ, chữ đệm, tên", person.full_name.upper(), bold=True),
        fill("Ngày, tháng, năm sinh", slashed(person.birth_date)),
        row(fill("Giới tính", person.sex_word), fill("Dân tộc", person.ethnic_group), fill("Quốc tịch", "Việt Nam")),
        fill("Giấy tờ tùy thân", identity_paper(made_up, person, it.day)),
        fill("Nơi cư trú", it.residence),
    ]
    if made_up.random.random() < 0.6:
        blocks += [
            fill("Trong thời gian cư trú tại", it.residence),
            fill(f"từ {written_date(since)} đến", written_date(it.day)),
        ]
    blocks += [
        fill("Tình trạng hôn nhân", it.state),
        paragraph(f"Giấy này được cấp để: {it.purpose}.", indent_mm=10),
        paragraph(_VALIDITY, align="justify", indent_mm=10),
        row(
            paragraph("Nơi nhận:\n- Như trên;\n- Lưu: VT, HT.", style="italic", size_pt=11),
            signatures(official(made_up, it.authority, it.chief)),
            shares=(1, 1.4),
        ),
    ]
    return PagePlan(_CLASS, "2015", blocks, it.fields(), size_pt=13)


def _prose(made_up: MadeUp) -> PagePlan:
    """The person stands in a sentence instead of a list of entries."""
    it = _make(made_up, dt.date(2018, 1, 1))
    person = it.person
    polite = "Bà" if person.is_female else "Ông"
    blocks = [
        letterhead(it.authority.letterhead, it.number, it.place_and_date),
        title("GIẤY XÁC NHẬN\nTình trạng hôn nhân", size_pt=16),
        paragraph(f"{it.authority.whole_name} xác nhận:", style="bold", indent_mm=10),
        paragraph(
            f"{polite}: {person.full_name.upper()}; giới tính: {person.sex_word}; "
            f"sinh ngày {slashed(person.birth_date)}; dân tộc: {person.ethnic_group}; quốc tịch: Việt Nam.",
            align="justify",
            indent_mm=10,
        ),
        paragraph(f"Căn cước công dân số: {person.personal_number}.", indent_mm=10),
        paragraph(f"Nơi cư trú: {it.residence}.", indent_mm=10),
        paragraph(f"Về tình trạng hôn nhân: {it.state}.", align="justify", indent_mm=10),
        paragraph(f"Mục đích sử dụng: {it.purpose}.", indent_mm=10),
        paragraph("Giấy xác nhận có giá trị 06 tháng kể từ ngày ký.", style="italic", indent_mm=10),
        row(
            column(
                paragraph("Nơi nhận:", style="bold-italic", size_pt=11),
                paragraph("- Người yêu cầu;\n- Lưu: VT, TP-HT.", size_pt=11),
            ),
            signatures(official(made_up, it.authority, it.chief)),
            shares=(1, 1.4),
        ),
    ]
    return PagePlan(_CLASS, "prose", blocks, it.fields(), size_pt=14)


def _of_2024(made_up: MadeUp) -> PagePlan:
    """Without the legal grounds, with the number of the person."""
    it = _make(made_up, dt.date(2024, 8, 1))
    person, fill = it.person, filler(made_up, 0)
    is_today = it.day >= WITHOUT_DISTRICTS
    blocks: list[Block] = [
        letterhead(it.authority.letterhead, it.number, it.place_and_date),
        title("GIẤY XÁC NHẬN\nTÌNH TRẠNG HÔN NHÂN"),
        paragraph(
            f"Xét đề nghị của ông/bà {person.full_name} về việc cấp Giấy xác nhận tình trạng hôn nhân,", indent_mm=10
        ),
        paragraph(f"{it.authority.name.upper()} XÁC NHẬN:", style="bold", align="center"),
        fill("Họ, chữ đệm, tên", in_capitals_or_not(made_up, person.full_name), bold=True, rule="line"),
        row(
            fill("Ngày, tháng, năm sinh", slashed(person.birth_date), rule="line"),
            fill("Giới tính", person.sex_word, rule="line"),
            shares=(1.7, 1),
        ),
        row(fill("Dân tộc", person.ethnic_group, rule="line"), fill("Quốc tịch", "Việt Nam", rule="line")),
        fill("Số định danh cá nhân", person.personal_number, rule="line"),
        fill("Nơi cư trú", it.residence, rule="line"),
        fill("Tình trạng hôn nhân", it.state, rule="line"),
    ]
    if is_today:
        blocks.append(paragraph("Kết quả tra cứu: Cơ sở dữ liệu hộ tịch điện tử.", style="italic", size_pt=11))
    blocks += [
        fill("Giấy này được cấp để", it.purpose, rule="line"),
        paragraph(_VALIDITY, align="justify", style="italic"),
        row(qr(f"{it.number}|{person.personal_number}", 20), signatures(official(made_up, it.authority, it.chief))),
    ]
    return PagePlan(_CLASS, "2024", blocks, it.fields(), size_pt=14)


def _table(made_up: MadeUp) -> PagePlan:
    it = _make(made_up, dt.date(2020, 8, 1))
    person = it.person
    blocks = [
        letterhead(it.authority.letterhead, it.number, it.place_and_date),
        title("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", "(Cấp theo yêu cầu của cá nhân)", size_pt=14),
        table(
            ("", ""),
            (
                ("1. Họ và tên", person.full_name),
                ("2. Giới tính", person.sex_word),
                ("3. Ngày sinh", slashed(person.birth_date)),
                ("4. Dân tộc / Quốc tịch", f"{person.ethnic_group} / Việt Nam"),
                ("5. Số CCCD/Hộ chiếu", person.personal_number),
                ("6. Nơi thường trú", it.residence),
                ("7. Tình trạng hôn nhân hiện nay", it.state),
                ("8. Mục đích sử dụng", it.purpose),
            ),
            (1, 1.7),
        ),
        paragraph("Thời hạn sử dụng: 06 tháng, hoặc đến khi tình trạng hôn nhân thay đổi.", style="italic"),
        row(paragraph("Lưu: HT.", size_pt=10), signatures(official(made_up, it.authority, it.chief)), shares=(1, 1.6)),
    ]
    return PagePlan(_CLASS, "table", blocks, it.fields(), size_pt=13.5)


LAYOUTS: Final[Mapping[str, Sequence[Layout]]] = {_CLASS: (_of_2015, _prose, _of_2024, _table)}
"""Even index: seen by the classifier when it learns; odd: never."""
