# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether something may be certified, and who certifies it and answers for it.

A clerk at the counter decides where she is authorised in writing (NĐ 61/2018/NĐ-CP Đ17.5; NĐ 118/2025/NĐ-CP replaced it
and its wording was not at hand). She may then be the one who received it: the step to the head is skipped, and her
name stands in the book. The grounds are those of the procedures' pages; a page's exceptions belong to its ground.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from casework.records.certification import Delegation
from casework.records.workplace import Clerk, Role
from casework.verdict import Objection, Verdict


class Obstacle(enum.StrEnum):
    """Why something may not be certified."""

    NO_ORIGINAL = "no-original"
    COPY_DIFFERS = "copy-differs"
    ERASED_OR_ALTERED = "erased-or-altered"
    UNREADABLE = "unreadable"
    NOT_TO_BE_COPIED = "not-to-be-copied"
    UNLAWFUL_CONTENT = "unlawful-content"
    PRIVATE_PAPER = "private-paper"
    SUSPECTED_FORGERY = "suspected-forgery"
    NOT_LEGALISED = "not-legalised"
    NOT_IN_CONTROL = "not-in-control"
    IDENTITY_NOT_SHOWN = "identity-not-shown"
    NOT_SIGNED_HERE = "not-signed-here"
    IS_TRANSACTION = "is-transaction"


@dataclass(frozen=True, slots=True)
class Ground:
    """What stands behind an obstacle.

    Attributes:
        words: Vietnamese, as the refusal slip gives it.
        legal_basis: The article.
        is_certain: False when the article or the case is from knowledge.
    """

    words: str
    legal_basis: str
    is_certain: bool


_COPY_BASIS: Final = "NĐ 23/2015/NĐ-CP Điều 22"
_SIGNATURE_BASIS: Final = "QĐ 858/QĐ-BTP"

COPY_GROUNDS: Final[Mapping[Obstacle, Ground]] = MappingProxyType(
    {
        Obstacle.NO_ORIGINAL: Ground("Không xuất trình bản chính.", "QĐ 3152/QĐ-BTP", is_certain=True),
        Obstacle.COPY_DIFFERS: Ground("Nội dung bản sao không đúng với bản chính.", "QĐ 3152/QĐ-BTP", is_certain=True),
        Obstacle.ERASED_OR_ALTERED: Ground(
            "Bản chính bị tẩy xóa, sửa chữa, thêm, bớt nội dung không hợp lệ.", _COPY_BASIS, is_certain=True
        ),
        Obstacle.UNREADABLE: Ground(
            "Bản chính bị hư hỏng, cũ nát, không xác định được nội dung.", _COPY_BASIS, is_certain=True
        ),
        Obstacle.NOT_TO_BE_COPIED: Ground(
            "Bản chính đóng dấu mật hoặc ghi rõ không được sao chụp.", _COPY_BASIS, is_certain=True
        ),
        Obstacle.UNLAWFUL_CONTENT: Ground(
            "Bản chính có nội dung trái pháp luật, đạo đức xã hội hoặc nội dung khác nêu tại khoản 4 Điều 22.",
            _COPY_BASIS,
            is_certain=True,
        ),
        Obstacle.PRIVATE_PAPER: Ground(
            "Giấy tờ do cá nhân tự lập, không có xác nhận và đóng dấu của cơ quan, tổ chức có thẩm quyền.",
            _COPY_BASIS,
            is_certain=True,
        ),
        Obstacle.SUSPECTED_FORGERY: Ground(
            "Bản chính có dấu hiệu giả mạo; cần xác minh trước khi chứng thực.", "NĐ 23/2015/NĐ-CP", is_certain=False
        ),
        Obstacle.NOT_LEGALISED: Ground(
            "Bản chính do cơ quan, tổ chức nước ngoài cấp, công chứng hoặc chứng nhận chưa được hợp pháp hóa lãnh sự "
            "và không thuộc loại được miễn (hộ chiếu, thẻ căn cước, thẻ thường trú, thẻ cư trú, giấy phép lái xe, bằng "
            "tốt nghiệp, chứng chỉ và bảng điểm kèm theo).",
            "NĐ 23/2015/NĐ-CP Điều 20 khoản 1; QĐ 3152/QĐ-BTP",
            is_certain=True,
        ),
    }
)
"""What the clerk looks for before she certifies a copy."""

SIGNATURE_GROUNDS: Final[Mapping[Obstacle, Ground]] = MappingProxyType(
    {
        Obstacle.IDENTITY_NOT_SHOWN: Ground(
            "Người yêu cầu chưa xuất trình giấy tờ tùy thân hợp lệ, còn giá trị sử dụng.",
            _SIGNATURE_BASIS,
            is_certain=True,
        ),
        Obstacle.NOT_SIGNED_HERE: Ground(
            "Người yêu cầu không ký, điểm chỉ trước mặt người tiếp nhận hoặc người chứng thực.",
            "NĐ 23/2015/NĐ-CP Điều 24",
            is_certain=False,
        ),
        Obstacle.NOT_IN_CONTROL: Ground(
            "Tại thời điểm chứng thực, người yêu cầu không nhận thức và làm chủ được hành vi của mình.",
            _SIGNATURE_BASIS,
            is_certain=True,
        ),
        Obstacle.UNLAWFUL_CONTENT: Ground(
            "Giấy tờ, văn bản có nội dung trái pháp luật, đạo đức xã hội hoặc nội dung khác nêu tại khoản 4 Điều 22.",
            f"{_COPY_BASIS} khoản 4; {_SIGNATURE_BASIS}",
            is_certain=True,
        ),
        Obstacle.IS_TRANSACTION: Ground(
            "Giấy tờ, văn bản có nội dung là giao dịch và không phải giấy ủy quyền được chứng thực chữ ký (nộp hộ, "
            "nhận hộ hồ sơ, giấy tờ; nhận hộ lương hưu, bưu phẩm, trợ cấp, phụ cấp; nhờ trông nom nhà cửa; thành viên "
            "hộ gia đình vay vốn tại Ngân hàng chính sách xã hội) hoặc trường hợp khác mà pháp luật cho phép; đề nghị "
            "thực hiện thủ tục chứng thực giao dịch.",
            _SIGNATURE_BASIS,
            is_certain=True,
        ),
    }
)
"""What the clerk looks for before she certifies a signature."""


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Who certifies and answers for it (người thực hiện chứng thực).

    Attributes:
        may_certify: Whether she may.
        clerk_id: Who.
        delegation: The authorisation, or None when by virtue of office, or when she may not.
        is_receiver: Whether she also received it: the step to the head was skipped.
    """

    may_certify: bool
    clerk_id: str
    delegation: Delegation | None
    is_receiver: bool


def judge(findings: Iterable[Obstacle], checklist: Mapping[Obstacle, Ground]) -> Verdict:
    """Judge what the clerk found; what is not on the checklist is no ground to refuse.

    Args:
        findings: What she ticked.
        checklist: ``COPY_GROUNDS`` or ``SIGNATURE_GROUNDS``.

    Returns:
        With an objection for each ground, in the order of the checklist; its words go on the refusal slip.
    """
    found = set(findings)
    return Verdict(
        tuple(
            Objection(obstacle, ground.words, ground.legal_basis)
            for obstacle, ground in checklist.items()
            if obstacle in found
        )
    )


def responsibility(
    certifier: Clerk,
    received_by: str,
    procedure_code: str,
    on: dt.date,
    delegations: Iterable[Delegation] = (),
) -> Responsibility:
    """Tell by what authority somebody certifies.

    A signer does by virtue of office; a clerk under a written authorisation for this procedure and day.

    Args:
        certifier: Who is to certify.
        received_by: ``clerk_id`` of who received it.
        procedure_code: E.g. ``2.000815``.
        on: Day of the certification in Viet Nam.
        delegations: Known authorisations; of several that hold, the latest is named.
    """
    is_receiver = certifier.clerk_id == received_by
    if Role.SIGNER in certifier.roles:
        return Responsibility(True, certifier.clerk_id, None, is_receiver)
    holding = [
        delegation
        for delegation in delegations
        if delegation.clerk_id == certifier.clerk_id
        and procedure_code in delegation.procedure_codes
        and delegation.is_in_force(on)
    ]
    latest = max(holding, key=lambda delegation: delegation.effective_from, default=None)
    return Responsibility(latest is not None, certifier.clerk_id, latest, is_receiver)
