# SPDX-License-Identifier: GPL-3.0-or-later
"""What a signature can look like on the page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TextLook:
    """Who, of which unit, when: a few lines of text."""


@dataclass(frozen=True, slots=True)
class PersonLook:
    """The picture of a person's own signature.

    Attributes:
        image: PNG with a transparent ground, blue; ``None`` = there is no picture, the lines of text stand for it.
    """

    image: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class SealLook:
    """The unit's seal, red, in its real size.

    Attributes:
        image: PNG with a transparent ground; ``None`` = a round seal is drawn from the unit's name.
        width: Real width of the seal in millimetres; ``None`` = as in ``measures``.
        may_touch_text: Whether it may lie on text, as on paper, where no place is free: nothing is hidden, its ink lets
            the text show through.
    """

    image: bytes | None = field(default=None, repr=False)
    width: float | None = None
    may_touch_text: bool = False


@dataclass(frozen=True, slots=True)
class CopyLook:
    """The mark of a digitised copy or of an annex: black text in a corner, no picture.

    Attributes:
        kind: "Bản số hóa", "Sao y" …; may be empty.
        number: Number and sign of the document; may be empty.
        look_up: What a QR code beside the text says; empty = no code.
    """

    kind: str = ""
    number: str = ""
    look_up: str = ""


@dataclass(frozen=True, slots=True)
class QrLook:
    """A QR code alone.

    Attributes:
        look_up: What it says: an address, or the dossier's code.
    """

    look_up: str


Look = TextLook | PersonLook | SealLook | CopyLook | QrLook


@dataclass(frozen=True, slots=True)
class SignerFacts:
    """What a look may tell of a signature.

    Attributes:
        name: Name on the certificate.
        unit: Name of the unit; may be empty.
        moment: Aware; shown as Vietnamese time.
    """

    name: str = field(repr=False)
    unit: str
    moment: dt.datetime
