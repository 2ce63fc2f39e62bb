# SPDX-License-Identifier: GPL-3.0-or-later
"""What the QR code of an identity card says: number, old number, name, birth, sex, address, day of issue."""

from __future__ import annotations

import datetime as dt
from typing import Final

from scanning.codes import PageCode
from scanning.extract.field import Field
from scanning.extract.numbers import is_personal_number

_FEWEST_PARTS: Final = 6
_SEXES: Final = {"nam": "male", "nữ": "female"}


def card_code(code: PageCode) -> dict[str, Field] | None:
    """Take the code of an identity card apart.

    Args:
        code: Any code; cards part their values by ``|`` and may have more of them than are known.

    Returns:
        The fields by name, with confidence 1; ``None`` when it is another code.
    """
    parts = [part.strip() for part in code.text.split("|")]
    if len(parts) < _FEWEST_PARTS or not is_personal_number(parts[0]):
        return None
    birth = _date(parts[3])
    if birth is None or not parts[2]:
        return None
    values = {
        "personal_number": parts[0],
        "full_name": " ".join(word.capitalize() if word.isupper() else word for word in parts[2].split()),
        "birth_date": birth,
        "sex": _SEXES.get(parts[4].lower()),
        "residence": parts[5],
        "issue_date": _date(parts[6]) if len(parts) > _FEWEST_PARTS else None,
    }
    return {name: Field(name, value, 1.0, (code.box,)) for name, value in values.items() if value}


def _date(text: str) -> str | None:
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        return None
    try:
        return dt.date(int(text[4:]), int(text[2:4]), int(text[:2])).isoformat()
    except ValueError:
        return None
