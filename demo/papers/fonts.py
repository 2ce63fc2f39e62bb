# SPDX-License-Identifier: GPL-3.0-or-later
"""The typefaces of made-up papers, in two halves: what recognisers may be tuned on, and what only measures them."""

from __future__ import annotations

import enum
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "fonts"


class Kind(enum.Enum):
    """What a family looks like."""

    SERIF = "serif"
    SANS = "sans"
    TYPEWRITER = "typewriter"
    CONDENSED = "condensed"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Family:
    """A font family in ``fonts/``.

    Attributes:
        name: As typst knows it.
        kind: What it looks like.
        files: Its fonts, the regular one first.
        stretch: Width in per cent; narrow and wide fonts share a family name.
        scale: Factor that makes it as large as Liberation Serif on the line, as an office would choose the size.
    """

    name: str
    kind: Kind
    files: tuple[str, ...]
    stretch: int = 100
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Typefaces:
    """What one page is set in.

    Attributes:
        print: Everything that a machine printed.
        hand: Everything that somebody wrote.
        card: Identity cards, which one authority prints for all.
    """

    print: Family
    hand: Family
    card: Family


SEEN: Final = (
    Family(
        "Liberation Serif",
        Kind.SERIF,
        (
            "LiberationSerif-Regular.ttf",
            "LiberationSerif-Bold.ttf",
            "LiberationSerif-Italic.ttf",
            "LiberationSerif-BoldItalic.ttf",
        ),
    ),
    Family("Liberation Sans", Kind.SANS, ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"), scale=0.92),
    Family("Open Sans", Kind.SANS, ("OpenSans-Regular.ttf", "OpenSans-Bold.ttf", "OpenSans-Italic.ttf"), scale=0.88),
    Family("FreeMono", Kind.TYPEWRITER, ("FreeMono.ttf", "FreeMonoBold.ttf"), scale=0.84),
    Family("Open Sans", Kind.CONDENSED, ("OpenSans-CondLight.ttf", "OpenSans-CondBold.ttf"), stretch=75),
    Family("Patrick Hand", Kind.HAND, ("PatrickHand-Regular.ttf",), scale=1.22),
    Family("Dancing Script", Kind.HAND, ("DancingScript.ttf",), scale=1.2),
)
"""Families of the half that recognisers may be tuned on."""

UNSEEN: Final = (
    Family(
        "TeX Gyre Termes",
        Kind.SERIF,
        (
            "texgyretermes-regular.otf",
            "texgyretermes-bold.otf",
            "texgyretermes-italic.otf",
            "texgyretermes-bolditalic.otf",
        ),
    ),
    Family(
        "TeX Gyre Schola",
        Kind.SERIF,
        ("texgyreschola-regular.otf", "texgyreschola-bold.otf", "texgyreschola-italic.otf"),
        scale=0.88,
    ),
    Family(
        "TeX Gyre Heros",
        Kind.SANS,
        ("texgyreheros-regular.otf", "texgyreheros-bold.otf", "texgyreheros-italic.otf"),
        scale=0.92,
    ),
    Family("TeX Gyre Cursor", Kind.TYPEWRITER, ("texgyrecursor-regular.otf", "texgyrecursor-bold.otf"), scale=0.84),
    Family("TeX Gyre Heros", Kind.CONDENSED, ("texgyreheroscn-regular.otf", "texgyreheroscn-bold.otf"), stretch=75),
    Family("Sriracha", Kind.HAND, ("Sriracha-Regular.ttf",), scale=1.05),
    Family("Playpen Sans", Kind.HAND, ("PlaypenSans-Regular.ttf",), scale=0.95),
)
"""Families of the half that only measures."""

OFFICE: Final = Typefaces(print=SEEN[0], hand=SEEN[-2], card=SEEN[1])
"""What an office uses that never changed a setting."""

# Nearly every paper of an office is set in the Times-like font that NĐ 30/2020 demands; needles print their own.
_OFFICE_SHARES: Final = {Kind.SERIF: 6.0, Kind.SANS: 2.0, Kind.TYPEWRITER: 1.0, Kind.CONDENSED: 1.0}
_NEEDLE_SHARES: Final = {Kind.SERIF: 2.0, Kind.SANS: 2.0, Kind.TYPEWRITER: 5.0, Kind.CONDENSED: 1.0}


def choose(chance: random.Random, *, seen: bool, needles: bool = False) -> Typefaces:
    """Choose the typefaces of a page from one half, for a laser printer or one with needles."""
    half = SEEN if seen else UNSEEN
    prints = [family for family in half if family.kind is not Kind.HAND]
    hands = [family for family in half if family.kind is Kind.HAND]
    sans = next(family for family in half if family.kind is Kind.SANS)
    return Typefaces(
        print=chance.choices(prints, _weights(prints, _NEEDLE_SHARES if needles else _OFFICE_SHARES))[0],
        hand=chance.choice(hands),
        card=sans,
    )


def _weights(families: Sequence[Family], shares: Mapping[Kind, float]) -> list[float]:
    kinds = [family.kind for family in families]
    return [shares[kind] / kinds.count(kind) for kind in kinds]
