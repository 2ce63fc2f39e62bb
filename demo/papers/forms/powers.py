# SPDX-License-Identifier: GPL-3.0-or-later
"""Powers of attorney: plain, as a contract, as a table, before the commune, and the short form filled in by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from demo.papers.made_up import MadeUp, Person, written_date
from demo.papers.made_up_civil import address, facts
from demo.papers.made_up_trade import bare, office_at, official, parcel, past_day, procedure
from demo.papers.plan import (
    Layout,
    PagePlan,
    column,
    entry,
    heading,
    paragraph,
    row,
    signatures,
    signer,
    space,
    table,
    title,
)
from demo.papers.wording import in_capitals_or_not

_CLASS = "power-of-attorney"


def _pair(made: MadeUp) -> tuple[dt.date, Person, Person]:
    return past_day(made, 2017, 2026), made.person(born=(1945, 2003)), made.person(born=(1960, 2006))


def _found(principal: Person, agent: Person, day: dt.date, *, births: bool = True) -> Mapping[str, str]:
    return facts(
        principal_name=principal.full_name,
        principal_number=principal.personal_number,
        principal_birth_date=principal.birth_date if births else None,
        agent_name=agent.full_name,
        agent_number=agent.personal_number,
        agent_birth_date=agent.birth_date if births else None,
        issue_date=day,
    )


def _errand(made: MadeUp, principal: Person, day: dt.date) -> str:
    land = parcel(made, principal.place, day)
    wanted = procedure(made, day).name
    return made.random.choice(
        (
            f"liên hệ cơ quan có thẩm quyền để nộp hồ sơ, bổ sung giấy tờ và nhận kết quả thủ tục {wanted}",
            "thay mặt tôi làm thủ tục đăng ký, nhận Giấy chứng nhận quyền sử dụng đất đối với thửa đất số"
            f" {land.number},"
            f" tờ bản đồ số {land.map_sheet} tại {land.address}",
            "nhận lương hưu, trợ cấp bảo hiểm xã hội hằng tháng tại cơ quan chi trả",
            f"quản lý, trông nom và cho thuê nhà, đất tại {land.address}; ký các giấy tờ có liên quan",
            "nộp các khoản thuế, phí, lệ phí và nhận bản sao trích lục hộ tịch",
        )
    )


def _plain(made: MadeUp) -> PagePlan:
    day, principal, agent = _pair(made)
    office = office_at(principal.place, day)
    blocks = [
        heading(),
        title("GIẤY ỦY QUYỀN", size_pt=made.random.choice((15, 17))),
        paragraph(f"Hôm nay, {written_date(day)}, tại {office.name}, chúng tôi gồm:", indent_mm=8),
        paragraph("BÊN ỦY QUYỀN (sau đây gọi là Bên A):", style="bold"),
        entry("Họ và tên", in_capitals_or_not(made, principal.full_name)),
        row(entry("Ngày sinh", principal.born), entry("Giới tính", principal.sex_word)),
        entry("Số CCCD/Căn cước", principal.personal_number),
        entry("Nơi thường trú", address(principal, day)),
        paragraph("BÊN ĐƯỢC ỦY QUYỀN (sau đây gọi là Bên B):", style="bold"),
        entry("Họ và tên", in_capitals_or_not(made, agent.full_name)),
        row(entry("Ngày sinh", agent.born), entry("Giới tính", agent.sex_word)),
        entry("Số CCCD/Căn cước", agent.personal_number),
        entry("Nơi thường trú", address(agent, day)),
        paragraph("NỘI DUNG ỦY QUYỀN:", style="bold"),
        paragraph(f"Bên A ủy quyền cho Bên B {_errand(made, principal, day)}.", indent_mm=8, align="justify"),
        paragraph(
            "Thời hạn ủy quyền:"
            f" {made.random.choice(('kể từ ngày ký đến khi hoàn tất công việc', '06 tháng', '01 năm'))}."
        ),
        paragraph("CAM KẾT:", style="bold"),
        paragraph(
            "Hai bên cam kết chịu hoàn toàn trách nhiệm trước pháp luật về mọi thông tin ủy quyền ở trên. Mọi tranh"
            " chấp phát"
            " sinh giữa hai bên sẽ do hai bên tự giải quyết.",
            indent_mm=8,
            align="justify",
        ),
        signatures(
            signer(("BÊN ỦY QUYỀN",), principal.full_name, note="(Ký, ghi rõ họ tên)"),
            signer(("BÊN ĐƯỢC ỦY QUYỀN",), agent.full_name, note="(Ký, ghi rõ họ tên)"),
        ),
    ]
    return PagePlan(_CLASS, "plain", blocks, _found(principal, agent, day), size_pt=13)


def _contract(made: MadeUp) -> PagePlan:
    day, principal, agent = _pair(made)
    blocks = [
        heading(),
        title("HỢP ĐỒNG ỦY QUYỀN", f"Số: {made.random.randrange(1, 900):02}/HĐUQ", 15),
        paragraph(
            "Căn cứ Bộ luật Dân sự ngày 24 tháng 11 năm 2015;\nCăn cứ nhu cầu và khả năng của các bên,", style="italic"
        ),
        paragraph(
            f"1. Người ủy quyền: {principal.full_name}, sinh ngày {principal.born}, CCCD số"
            f" {principal.personal_number}, trú"
            f" tại {address(principal, day)}.",
            align="justify",
        ),
        paragraph(
            f"2. Người nhận ủy quyền: {agent.full_name}, sinh ngày {agent.born}, CCCD số {agent.personal_number}, trú"
            " tại"
            f" {address(agent, day)}.",
            align="justify",
        ),
        paragraph("Điều 1. Phạm vi ủy quyền", style="bold"),
        paragraph(f"Người nhận ủy quyền được {_errand(made, principal, day)}.", align="justify"),
        paragraph("Điều 2. Thời hạn ủy quyền", style="bold"),
        paragraph(f"{made.random.choice(('Mười hai', 'Hai mươi bốn', 'Sáu'))} tháng, tính từ ngày ký hợp đồng này."),
        paragraph("Điều 3. Thù lao", style="bold"),
        paragraph("Hợp đồng ủy quyền này không có thù lao."),
        paragraph("Điều 4. Quyền và nghĩa vụ của các bên", style="bold"),
        paragraph(
            "Người nhận ủy quyền thực hiện công việc đúng phạm vi, báo cáo kết quả và không được ủy quyền lại cho"
            " người thứ ba"
            " nếu chưa được đồng ý bằng văn bản. Người ủy quyền cung cấp giấy tờ cần thiết và chịu chi phí hợp lý.",
            align="justify",
        ),
        paragraph("Điều 5. Chấm dứt hợp đồng", style="bold"),
        paragraph("Hợp đồng chấm dứt khi hết thời hạn, khi công việc hoàn thành hoặc theo thỏa thuận."),
        paragraph(f"{bare(principal.place.province)}, {written_date(day)}", align="right", style="italic"),
        signatures(signer(("NGƯỜI NHẬN ỦY QUYỀN",), agent.full_name), signer(("NGƯỜI ỦY QUYỀN",), principal.full_name)),
    ]
    return PagePlan(_CLASS, "contract-with-articles", blocks, _found(principal, agent, day), size_pt=13)


def _short_form_by_hand(made: MadeUp) -> PagePlan:
    day, principal, agent = _pair(made)
    blocks = [
        heading(),
        title("GIẤY ỦY QUYỀN", made.random.choice(("", "(Nộp hồ sơ, nhận kết quả giải quyết thủ tục hành chính)")), 16),
        entry("Kính gửi", office_at(principal.place, day).centre_name),
        entry("Tôi tên là", principal.full_name, by_hand=True),
        entry("Sinh ngày", principal.born, by_hand=True),
        entry("CCCD số", principal.personal_number, by_hand=True),
        entry("Địa chỉ", address(principal, day), by_hand=True),
        entry("Nay ủy quyền cho ông/bà", agent.full_name, by_hand=True),
        entry("Sinh ngày", agent.born, by_hand=True),
        entry("CCCD số", agent.personal_number, by_hand=True),
        entry("Địa chỉ", address(agent, day), by_hand=True),
        entry("Nội dung ủy quyền", _errand(made, principal, day), by_hand=True),
        entry("", ""),
        paragraph("Tôi xin chịu trách nhiệm về nội dung ủy quyền trên."),
        space(3),
        signatures(
            signer(("Người được ủy quyền",), agent.full_name),
            signer(("Người ủy quyền",), principal.full_name, note=f"Ngày {day:%d/%m/%Y}"),
        ),
    ]
    return PagePlan(_CLASS, "short-form-by-hand", blocks, _found(principal, agent, day), size_pt=13)


def _two_columns(made: MadeUp) -> PagePlan:
    day, principal, agent = _pair(made)
    office = office_at(principal.place, day)
    signed_by = official(made)
    rows = [
        ["Họ, chữ đệm, tên", principal.full_name.upper(), agent.full_name.upper()],
        ["Ngày, tháng, năm sinh", principal.born, agent.born],
        ["Số định danh cá nhân", principal.personal_number, agent.personal_number],
        ["Nơi cư trú", address(principal, day), address(agent, day)],
        ["Số điện thoại", principal.phone, agent.phone],
    ]
    blocks = [
        heading(),
        title("VĂN BẢN ỦY QUYỀN", f"Về việc: {procedure(made, day).name}", 15),
        table(("Thông tin", "Người ủy quyền", "Người được ủy quyền"), rows, (1, 1.5, 1.5)),
        paragraph("I. Công việc ủy quyền", style="bold"),
        paragraph(f"Người được ủy quyền được phép {_errand(made, principal, day)}.", align="justify"),
        paragraph("II. Thời gian", style="bold"),
        paragraph("Văn bản này hết hiệu lực khi công việc hoàn thành hoặc khi có văn bản hủy bỏ."),
        row(
            signatures(signer(("Người ủy quyền",), principal.full_name)),
            signatures(signer(("Người được ủy quyền",), agent.full_name)),
        ),
        paragraph("CHỨNG THỰC CHỮ KÝ", style="bold", align="center"),
        paragraph(
            f"Ngày {day:%d/%m/%Y}, tại {office.name}, tôi là {signed_by} chứng thực hai người có tên trên đã ký trước"
            " mặt tôi."
            f" Số chứng thực: {made.random.randrange(1, 3000)}-SCT/CK,ĐC",
            align="justify",
        ),
        signatures(signer((), "", pen="none"), signer(("TUQ. CHỦ TỊCH",), signed_by, seal=office.seal)),
    ]
    return PagePlan(_CLASS, "two-columns-certified", blocks, _found(principal, agent, day), size_pt=13)


def _contract_before_notary(made: MadeUp) -> PagePlan:
    day, principal, agent = _pair(made)
    name = made.random.choice(("Bình Minh", "Hòa Phát", "Lê Lợi"))
    blocks = [
        heading(),
        title("HỢP ĐỒNG ỦY QUYỀN", size_pt=17),
        paragraph(
            f"Tại trụ sở Văn phòng công chứng {name}, {principal.place.province}, {written_date(day)}, chúng tôi gồm"
            " có:",
            indent_mm=8,
        ),
        paragraph("Bên ủy quyền (Bên A)", style="bold"),
        paragraph(
            f"Ông/Bà: {principal.full_name.upper()}\nSinh ngày: {principal.born}\nCăn cước công dân số:"
            f" {principal.personal_number}\nHộ khẩu thường trú: {address(principal, day)}"
        ),
        paragraph("Bên được ủy quyền (Bên B)", style="bold"),
        paragraph(
            f"Ông/Bà: {agent.full_name.upper()}\nSinh ngày: {agent.born}\nCăn cước công dân số:"
            f" {agent.personal_number}\n"
            f"Hộ khẩu thường trú: {address(agent, day)}"
        ),
        paragraph("ĐIỀU 1: CĂN CỨ VÀ PHẠM VI ỦY QUYỀN", style="bold"),
        paragraph(
            f"Bên A ủy quyền cho Bên B nhân danh Bên A {_errand(made, principal, day)}. Trong phạm vi ủy quyền, Bên B"
            " được ký"
            " tên trên các giấy tờ cần thiết.",
            align="justify",
        ),
        paragraph("ĐIỀU 2: THỜI HẠN VÀ THÙ LAO ỦY QUYỀN", style="bold"),
        paragraph("Thời hạn ủy quyền là 10 năm; việc ủy quyền không có thù lao."),
        paragraph("ĐIỀU 3: NGHĨA VỤ VÀ QUYỀN CỦA BÊN A", style="bold"),
        paragraph(
            "- Cung cấp thông tin, tài liệu; - Chịu trách nhiệm về cam kết do Bên B thực hiện trong phạm vi ủy quyền."
        ),
        signatures(signer(("BÊN A",), principal.full_name), signer(("BÊN B",), agent.full_name)),
        paragraph("Trang 1/2", align="right", size_pt=10),
    ]
    return PagePlan(_CLASS, "contract-before-notary", blocks, _found(principal, agent, day), size_pt=13)


def _as_a_letter(made: MadeUp) -> PagePlan:
    day, principal, agent = _pair(made)
    office = office_at(principal.place, day)
    blocks = [
        heading(),
        paragraph(office.on(day), style="italic", align="right"),
        title("GIẤY ỦY QUYỀN CÁ NHÂN", size_pt=14),
        paragraph(
            f"Tôi là {principal.full_name}, số căn cước {principal.personal_number}, ngụ tại"
            f" {address(principal, day)}. Do"
            f" {made.random.choice(('tuổi cao sức yếu', 'bận công tác xa', 'đang điều trị bệnh'))} không thể trực tiếp"
            " đi"
            " lại, nay tôi làm giấy này ủy quyền cho:",
            indent_mm=10,
            align="justify",
        ),
        column(
            paragraph(f"Ông (Bà): {agent.full_name}", style="bold", indent_mm=10),
            paragraph(f"Số căn cước: {agent.personal_number}", indent_mm=10),
            paragraph(
                f"Quan hệ với người ủy quyền: {made.random.choice(('con', 'em', 'cháu', 'vợ/chồng'))}", indent_mm=10
            ),
        ),
        paragraph(f"được {_errand(made, principal, day)}.", align="justify"),
        paragraph(
            "Người được ủy quyền có trách nhiệm thực hiện đúng việc được giao và thông báo lại cho tôi. Giấy ủy quyền"
            " này có"
            " giá trị trong vòng ba tháng.",
            indent_mm=10,
            align="justify",
        ),
        space(6),
        signatures(
            signer(
                ("XÁC NHẬN CỦA UBND", office.commune.upper()),
                official(made) if made.random.random() < 0.6 else "",
                seal=office.seal,
            ),
            signer(("NGƯỜI VIẾT GIẤY",), principal.full_name),
        ),
    ]
    return PagePlan(_CLASS, "letter", blocks, _found(principal, agent, day, births=False), size_pt=13.5)


LAYOUTS: Mapping[str, Sequence[Layout]] = {
    _CLASS: (_plain, _contract, _short_form_by_hand, _two_columns, _contract_before_notary, _as_a_letter),
}
