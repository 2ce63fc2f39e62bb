# SPDX-License-Identifier: GPL-3.0-or-later
"""Which layout of an official form is in force on a day."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from casework.errors import BugError


class Form(enum.StrEnum):
    """Official forms of the one-stop desk."""

    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class Template:
    """One layout of a form.

    Attributes:
        file: Name in ``workstation/forms/templates``.
        legal_basis: The circular that lays it down.
        effective_from: First day in force.
        effective_to: Last day in force, or None.
    """

    file: str
    legal_basis: str
    effective_from: dt.date
    effective_to: dt.date | None = None

    def is_in_force(self, day: dt.date) -> bool:
        """Whether a form issued on a day takes this layout."""
        return self.effective_from <= day <= (self.effective_to or dt.date.max)


TEMPLATES: Final[Mapping[Form, tuple[Template, ...]]] = {
    # The two circulars state the same fields for the receipt, so that one layout serves both.
    Form.RECEIPT: (
        Template("receipt.typ", "TT 01/2018/TT-VPCP, Mẫu số 01", dt.date(2019, 1, 15), dt.date(2025, 9, 14)),
        Template("receipt.typ", "TT 03/2025/TT-VPCP, Phụ lục I, Mẫu số 01", dt.date(2025, 9, 15)),
    ),
}


def template_of(form: Form, day: dt.date) -> str:
    """Give the template file of a form on a day.

    Raises:
        BugError: No layout of the form was in force then.
    """
    for template in TEMPLATES[form]:
        if template.is_in_force(day):
            return template.file
    raise BugError(f"no layout of {form} for that day")
