# SPDX-License-Identifier: GPL-3.0-or-later
"""The dossier's code in the QR code of a receipt: the first of values parted by ``|``, or somewhere in a link."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import unquote

from scanning.codes import PageCode
from scanning.extract.field import Field
from scanning.extract.numbers import find_dossier_code

_SURE: Final = 0.99
_LINK: Final = re.compile(r"https?://\S+", re.IGNORECASE)


def receipt_code(codes: Sequence[PageCode]) -> Field | None:
    """Find the code of the dossier that a receipt belongs to (TT 01/2023/TT-VPCP); ``None`` without or with several."""
    found = {}
    for code in codes:
        text = unquote(code.text).upper() if _LINK.fullmatch(code.text) else code.text.split("|")[0]
        if dossier := find_dossier_code(text):
            found[dossier.value] = Field("dossier_code", dossier.value, _SURE, (code.box,))
    return next(iter(found.values())) if len(found) == 1 else None
