# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages that scanning is timed with, as a feeder gives them: forms of a counter, and full pages of running text."""

from __future__ import annotations

import io
import random
from typing import Final

from PIL import Image

from demo.papers import press
from demo.papers.generator import generate, setting_of
from demo.papers.look import CONDITIONS
from demo.papers.made_up import MadeUp
from demo.papers.plan import PagePlan, heading, paragraph, signatures, signer, space, title
from demo.papers.shot import photographed
from scanning.page_image import ColorMode, PageImage

_DPI: Final = 300
_QUALITY: Final = 88
_CONDITION: Final = "scan-seal"
_CLASSES: Final = (
    "birth-certificate", "land-use-certificate", "power-of-attorney", "residence-change-declaration",
    "marital-status-confirmation", "land-transfer-contract", "household-business-application", "other",
    "death-registration-declaration", "birth-proof",
)  # fmt: skip
_CLAUSES: Final = (
    "Bên A đồng ý giao và bên B đồng ý nhận toàn bộ tài sản nêu tại Điều {n} theo đúng hiện trạng vào ngày {date}.",
    "Trong thời hạn {n} ngày kể từ ngày ký, hai bên cùng nhau đến cơ quan có thẩm quyền để làm thủ tục sang tên.",
    "Mọi khoản thuế, lệ phí phát sinh từ hợp đồng này do bên B chịu trách nhiệm nộp theo quy định của pháp luật.",
    "Ông (bà) {name} cam đoan những thông tin về nhân thân và tài sản đã ghi trong hợp đồng là đúng sự thật.",
    "Bên A cam kết thửa đất không có tranh chấp, không bị kê biên để bảo đảm thi hành án và chưa thế chấp ở đâu.",
    "Nếu một bên chậm thực hiện nghĩa vụ thì phải trả cho bên kia số tiền {money} đồng cho mỗi ngày chậm trễ.",
    "Trường hợp có tranh chấp, các bên thương lượng trên tinh thần hòa giải; nếu không thành thì yêu cầu tòa án.",
    "Hợp đồng này được lập thành {n} bản có giá trị như nhau, mỗi bên giữ một bản, một bản lưu tại nơi chứng thực.",
)


def form(number: int) -> PageImage:
    """Make a form or certificate of the unseen half: colour, a little askew, a red seal and a pen over the print."""
    condition = CONDITIONS[_CONDITION](number, seen=False)
    made = generate(_CLASSES[number % len(_CLASSES)], 70_000 + number, seen=False, condition=condition)
    return _scanned(made.picture)


def full_page(number: int) -> PageImage:
    """Make a page of a contract that is full of text, some 2,000 letters, scanned like the forms."""
    condition = CONDITIONS[_CONDITION](number, seen=False)
    chance = random.Random(f"full page {number}")  # noqa: S311  # pages, no secrets
    people = MadeUp(chance)
    clauses = [
        f"{clause + 1}. "
        + chance.choice(_CLAUSES).format(
            n=chance.randrange(2, 40),
            date=f"{chance.randrange(1, 29):02}/{chance.randrange(1, 13):02}/2026",
            name=people.person().full_name,
            money=f"{chance.randrange(1, 90)}0.000",
        )
        for clause in range(22)
    ]
    plan = PagePlan(
        "land-transfer-contract",
        "full-page",
        [
            heading(),
            title("HỢP ĐỒNG CHUYỂN NHƯỢNG QUYỀN SỬ DỤNG ĐẤT"),
            *(paragraph(clause, align="justify") for clause in clauses),
            space(2),
            signatures(signer(["BÊN A"], people.person().full_name), signer(["BÊN B"], people.person().full_name)),
        ],
        size_pt=12,
    )
    setting = setting_of(number, False, condition.inks.machine)
    return _scanned(photographed([press.set_page(plan, setting, condition.dpi)], condition).picture)


def _scanned(picture: Image.Image) -> PageImage:
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=_QUALITY, dpi=(_DPI, _DPI))
    return PageImage(content.getvalue(), *picture.size, _DPI, ColorMode.COLOR)
