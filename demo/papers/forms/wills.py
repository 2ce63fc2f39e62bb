# SPDX-License-Identifier: GPL-3.0-or-later
"""Wills, typed: one's own words, with articles, with witnesses, before a notary or the commune's committee."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from demo.papers.made_up import MadeUp, Person, written_date
from demo.papers.made_up_civil import address, facts
from demo.papers.made_up_trade import bare, beside, office_at, official, parcel, past_day
from demo.papers.plan import Layout, PagePlan, entry, heading, paragraph, row, signatures, signer, space, table, title
from demo.papers.wording import day_in_words, identity_paper

_CLASS = "will"


def _testator(made: MadeUp) -> tuple[dt.date, Person]:
    return past_day(made, 2015, 2026), made.person(born=(1935, 1970))


def _found(person: Person, day: dt.date) -> Mapping[str, str]:
    return facts(
        full_name=person.full_name,
        birth_date=person.birth_date,
        personal_number=person.personal_number,
        issue_date=day,
    )


def _plain_will(made: MadeUp) -> PagePlan:
    day, person = _testator(made)
    office, land = office_at(person.place, day), parcel(made, person.place, day)
    heirs = [beside(made.person(born=(1970, 2004)), person) for _ in range(made.random.choice((1, 2, 3)))]
    blocks = [
        heading(),
        title("DI CHÚC", size_pt=made.random.choice((16, 18, 20))),
        paragraph(f"Hôm nay, {written_date(day)}, tại nhà riêng ở {address(person, day)}.", indent_mm=8),
        paragraph(
            f"Tôi là: {person.full_name.upper()}, sinh ngày {person.born}, {identity_paper(made, person, day)}."
            if made.random.random() < 0.5
            else f"Tên tôi là {person.full_name}, sinh ngày {person.born}, số căn cước {person.personal_number}.",
            indent_mm=8,
        ),
        paragraph(
            "Nay tôi tuổi đã cao, trong trạng thái tinh thần minh mẫn, sáng suốt, không bị ai lừa dối, đe dọa hoặc"
            " cưỡng ép,"
            " tôi lập di chúc này để định đoạt tài sản của tôi sau khi tôi qua đời như sau:",
            indent_mm=8,
            align="justify",
        ),
        paragraph("1. Tài sản của tôi gồm:", style="bold"),
        paragraph(
            f"Quyền sử dụng đất thửa số {land.number}, tờ bản đồ số {land.map_sheet}, diện tích {land.area} m² tại"
            f" {land.address}, Giấy chứng nhận số {land.serial}; nhà ở và vật kiến trúc trên đất.",
            indent_mm=8,
            align="justify",
        ),
        paragraph("2. Tôi để lại toàn bộ tài sản nêu trên cho:", style="bold"),
        *(
            paragraph(f"- {heir.full_name}, sinh năm {heir.birth_date.year}, là con của tôi.", indent_mm=8)
            for heir in heirs
        ),
        paragraph(
            "3. Những người thân khác của tôi không được ngăn cản việc thực hiện di chúc này. Các con phải thương yêu,"
            " đùm"
            " bọc lẫn nhau và lo hương khói cho tổ tiên.",
            align="justify",
        ),
        paragraph("Di chúc này lập thành hai bản, mỗi bản một trang.", indent_mm=8),
        space(4),
        signatures(
            signer((), "", pen="none"),
            signer(("NGƯỜI LẬP DI CHÚC",), person.full_name, note=f"{office.on(day)}\n(Ký và ghi rõ họ tên)"),
        ),
    ]
    return PagePlan(_CLASS, "plain", blocks, _found(person, day), size_pt=made.random.choice((12.5, 13, 13.5)))


def _will_with_witnesses(made: MadeUp) -> PagePlan:
    day, person = _testator(made)
    first, second = (beside(made.person(born=(1950, 1990)), person) for _ in range(2))
    heir = made.person(born=(1970, 2004))
    blocks = [
        heading(),
        title("BẢN DI CHÚC", "(Có người làm chứng)", 17),
        paragraph("I. NGƯỜI LẬP DI CHÚC", style="bold"),
        entry("Họ và tên", person.full_name, bold=True),
        row(entry("Ngày, tháng, năm sinh", person.born), entry("Dân tộc", person.ethnic_group)),
        entry("Số CCCD", person.personal_number),
        entry("Nơi thường trú", address(person, day)),
        paragraph("II. NGƯỜI LÀM CHỨNG", style="bold"),
        *(
            paragraph(f"- {each.full_name}, số CCCD {each.personal_number}; {address(each, day)}")
            for each in (first, second)
        ),
        paragraph("III. NỘI DUNG", style="bold"),
        paragraph(
            f"Tôi giao lại căn nhà đang ở cùng thửa đất số {made.random.randrange(1, 900)} cho {heir.full_name} quản"
            " lý, sử"
            " dụng và làm nơi thờ cúng. Tiền gửi tiết kiệm dùng để lo mai táng, phần còn lại chia đều cho các con.",
            align="justify",
        ),
        paragraph(
            "Người làm chứng xác nhận người lập di chúc hoàn toàn tỉnh táo, tự nói ra ý nguyện và ký trước mặt chúng"
            " tôi.",
            align="justify",
        ),
        paragraph(f"Làm tại {bare(person.place.commune)}, ngày {day:%d/%m/%Y}", align="right", style="italic"),
        signatures(
            signer(("Người làm chứng thứ nhất",), first.full_name),
            signer(("Người làm chứng thứ hai",), second.full_name),
            signer(("Người lập di chúc",), person.full_name),
        ),
    ]
    return PagePlan(_CLASS, "with-witnesses", blocks, _found(person, day), size_pt=13)


def _will_certified_by_commune(made: MadeUp) -> PagePlan:
    day, person = _testator(made)
    office, land = office_at(person.place, day), parcel(made, person.place, day)
    heir = beside(made.person(born=(1970, 2004)), person)
    signed_by = official(made)
    blocks = [
        heading(),
        title("DI CHÚC", size_pt=17),
        paragraph(f"Tại trụ sở {office.name}, tôi là:"),
        row(entry("Họ tên", person.full_name, rule="none", bold=True), entry("Sinh ngày", person.born, rule="none")),
        entry("Căn cước công dân số", person.personal_number, rule="none"),
        entry("Cư trú tại", address(person, day), rule="none"),
        paragraph("Tôi lập di chúc với các nội dung sau:"),
        paragraph("Điều 1. Tài sản", style="bold"),
        paragraph(f"Thửa đất {land.number}, tờ bản đồ {land.map_sheet}, diện tích {land.area} m², tại {land.address}."),
        paragraph("Điều 2. Người được hưởng", style="bold"),
        paragraph(f"{heir.full_name}, sinh ngày {heir.born}, số CCCD {heir.personal_number}."),
        paragraph("Điều 3. Hiệu lực", style="bold"),
        paragraph("Di chúc có hiệu lực từ thời điểm mở thừa kế và thay thế mọi di chúc tôi đã lập trước đây."),
        signatures(signer((), "", pen="none"), signer(("NGƯỜI LẬP DI CHÚC",), person.full_name, note="(Ký, điểm chỉ)")),
        paragraph("LỜI CHỨNG THỰC DI CHÚC", style="bold", align="center"),
        paragraph(
            f"{day_in_words(day)} ({day:%d/%m/%Y}), tại {office.name}, tôi chứng thực ông (bà) có tên trên đã ký vào"
            " di chúc"
            f" này trước mặt tôi. Số chứng thực {made.random.randrange(1, 400)}/SCT-HĐ,GD.",
            align="justify",
        ),
        signatures(
            signer(("Người tiếp nhận",), official(made)),
            signer(("TM. ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH"), signed_by, seal=office.seal),
        ),
    ]
    return PagePlan(
        _CLASS, "certified-by-commune", blocks, _found(person, day), size_pt=12.5, margins_mm=(14, 16, 12, 25)
    )


def _will_before_notary(made: MadeUp) -> PagePlan:
    day, person = _testator(made)
    heirs = [made.person(born=(1965, 2004)) for _ in range(made.random.choice((2, 3)))]
    name = made.random.choice(("An Phúc", "Đại Tín", "Nguyễn Huệ"))
    blocks = [
        paragraph(f"VĂN PHÒNG CÔNG CHỨNG {name.upper()}", style="bold"),
        paragraph(
            f"Số công chứng: {made.random.randrange(100, 9999)}/{day.year}, quyển số {made.random.randrange(1, 9)}",
            size_pt=11,
        ),
        heading(),
        title("DI CHÚC CỦA " + ("BÀ" if person.is_female else "ÔNG") + f"\n{person.full_name.upper()}", size_pt=15),
        paragraph(
            f"Tôi, {person.full_name}, sinh ngày {person.born}, số định danh cá nhân {person.personal_number}, hiện cư"
            " trú"
            f" tại {address(person, day)}, bằng văn bản này bày tỏ ý nguyện cuối cùng về việc chuyển tài sản của mình.",
            align="justify",
        ),
        paragraph("Phần di sản của tôi được chia như bảng sau:"),
        table(
            ("Số TT", "Người thừa kế", "Năm sinh", "Số giấy tờ tùy thân", "Phần được hưởng"),
            [
                [
                    str(place),
                    heir.full_name,
                    str(heir.birth_date.year),
                    heir.personal_number,
                    f"1/{len(heirs)} giá trị nhà, đất",
                ]
                for place, heir in enumerate(heirs, 1)
            ],
            (0.5, 1.8, 0.8, 1.5, 1.6),
        ),
        paragraph(
            "Tôi chỉ định người con cả là người quản lý di sản và công bố di chúc. Không ai được bán, cầm cố phần dùng"
            " vào việc"
            " thờ cúng.",
            align="justify",
        ),
        paragraph("Tôi đã tự đọc lại toàn bộ và đồng ý với nội dung nêu trên."),
        paragraph(f"{bare(person.place.province)}, {written_date(day)}", align="right", style="italic"),
        signatures(
            signer(
                ("CÔNG CHỨNG VIÊN",),
                official(made),
                seal=(f"VĂN PHÒNG CÔNG CHỨNG {name.upper()}", bare(person.place.province).upper()),
            ),
            signer(("NGƯỜI ĐỂ LẠI DI CHÚC",), person.full_name),
        ),
    ]
    return PagePlan(_CLASS, "before-notary", blocks, _found(person, day), size_pt=13)


LAYOUTS: Mapping[str, Sequence[Layout]] = {
    _CLASS: (_plain_will, _will_with_witnesses, _will_certified_by_commune, _will_before_notary),
}
