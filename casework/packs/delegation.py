# SPDX-License-Identifier: GPL-3.0-or-later
"""Tell the papers that are asked for only when somebody else hands the file in (ủy quyền)."""

from __future__ import annotations

import re
from typing import Final

from casework.text import fold

_DELEGATION_CASE: Final = re.compile(
    r"\buy quyen (?:thuc hien|viec|nop|cho (?:ca nhan|to chuc|don vi)|dang ky|ghi chu)\b"
    r"|\buy quyen$|\bthong qua nguoi dai dien\b|\bdai dien theo uy quyen\b"
)
_WITHIN_A_HOUSEHOLD: Final = re.compile(
    r"\bcho (?:mot )?(?:thanh vien|trong cac thanh vien|chu ho)\b|mot trong cac thanh vien"
)


def is_for_delegation(group: str, condition: str, head: str) -> bool:
    """Whether a demand belongs to handing in by somebody else.

    Members of a household who name one of them as its head delegate too, but not the handing in: their paper is asked
    for whoever comes.

    Args:
        group: Heading under which the page lists the line.
        condition: The case in which it is demanded.
        head: The words that name the paper.
    """
    folded_head = fold(head)
    if _WITHIN_A_HOUSEHOLD.search(folded_head):
        return False
    if _DELEGATION_CASE.search(fold(condition)) and not _WITHIN_A_HOUSEHOLD.search(fold(condition)):
        return True
    folded_group = fold(group)
    return folded_group.startswith("truong hop uy quyen thuc hien") or "dai dien theo uy quyen" in folded_group
