# SPDX-License-Identifier: GPL-3.0-or-later
"""A code printed on a page: the QR of an identity card, of a receipt, of a separator sheet, or a bar code."""

from __future__ import annotations

from dataclasses import dataclass, field

from scanning.ocr.text import Box


@dataclass(frozen=True, slots=True)
class PageCode:
    """One code.

    Attributes:
        symbology: ``qr``, ``code-128``, …: the reader's name in kebab case.
        text: What it says, NFC. Hidden from ``repr``: the code of an identity card is a person.
        box: Where it stands, in pixels of the plane that was read.
    """

    symbology: str
    text: str = field(repr=False)
    box: Box
