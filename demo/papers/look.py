# SPDX-License-Identifier: GPL-3.0-or-later
"""A look: what happened to a sheet between the pen and the picture; and the usual conditions by name.

Each condition has a range of strengths, cut into stripes: seeds of the seen half take every second stripe, those of
the unseen half the others, so that nothing is measured at a strength that was tuned on.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, Protocol, TypeVar

from demo.papers.look_parts import Bed, Camera, Colour, Copier, Inks, Machine, Placing, Wear


@dataclass(frozen=True, slots=True)
class Look:
    """A condition; the same values give the same pixels. The default is the clean print.

    Attributes:
        name: What people call it.
        seed: Seed of everything random in it.
        dpi: Resolution of the picture, 75 to 600; of a phone's about the middle of the sheet.
        inks: How ink came to the paper.
        wear: What happened to the paper.
        copier: How it was copied.
        placing: How it lay.
        camera: How it was taken.
    """

    name: str = "clean"
    seed: int = 0
    dpi: int = 300
    inks: Inks = field(default_factory=Inks)
    wear: Wear = field(default_factory=Wear)
    copier: Copier = field(default_factory=Copier)
    placing: Placing = field(default_factory=Placing)
    camera: Camera = field(default_factory=Camera)


class Condition(Protocol):
    """Makes the look of a seed."""

    def __call__(self, seed: int, *, seen: bool = True) -> Look:
        """Choose a look within the range of the condition's half."""


_Choice = TypeVar("_Choice")
_STRIPES: Final = 8
# Bright, dark, purplish, faded, orange and pink; neighbours look alike, and every second one is unseen.
_PADS: Final[Sequence[Colour]] = (
    (196, 24, 38), (210, 18, 30), (160, 16, 30), (152, 22, 38), (158, 26, 88), (172, 30, 104),
    (226, 120, 124), (232, 134, 130), (218, 66, 34), (224, 78, 40), (208, 36, 96), (214, 48, 84),
)  # fmt: skip
_OLD_PAPERS: Final[Sequence[Colour]] = (
    (246, 236, 208), (240, 228, 196), (232, 222, 196), (226, 216, 186), (236, 230, 214), (230, 224, 204),
)  # fmt: skip
_COLOURED_PAPERS: Final[Sequence[Colour]] = (
    (252, 232, 232), (250, 226, 224), (232, 244, 232), (228, 240, 230), (230, 238, 250), (226, 234, 248),
    (252, 248, 220), (250, 244, 212),
)  # fmt: skip
_WHITE_LID: Final[Colour] = (234, 235, 236)
_BLACK_LID: Final[Colour] = (30, 30, 32)


class _Dial:
    """Chooses within one half of every range."""

    def __init__(self, name: str, seed: int, *, seen: bool) -> None:
        self.chance = random.Random(f"{name} {seed} {seen}")
        self._start = 0 if seen else 1

    def between(self, least: float, most: float) -> float:
        stripe = self.chance.randrange(self._start, _STRIPES, 2)
        return least + (most - least) * (stripe + self.chance.random()) / _STRIPES

    def one_of(self, choices: Sequence[_Choice]) -> _Choice:
        return self.chance.choice(choices[self._start :: 2])

    def pad(self) -> Inks:
        return Inks(seal=self.one_of(_PADS), seal_wear=self.between(0.15, 0.75))

    def scanner(self) -> Camera:
        paper = round(self.between(236, 252))
        return Camera(
            blur_mm=self.between(0.035, 0.075),
            ink=round(self.between(14, 46)),
            paper=(paper, paper - round(self.between(0, 4)), paper - round(self.between(-2, 6))),
            light_fall=self.between(0.02, 0.14),
            noise=self.between(1.5, 5.5),
            dust=self.between(0, 0.00003),
            jpeg_quality=round(self.between(74, 94)),
        )

    def skew(self, most: float) -> float:
        return self.between(-most, most)


def _clean(seed: int, *, seen: bool = True) -> Look:
    return Look("clean", seed, inks=Inks(seal_wear=0))


def _scan(seed: int, *, seen: bool = True) -> Look:
    dial = _Dial("scan", seed, seen=seen)
    lid = _WHITE_LID if dial.chance.random() < 0.8 else _BLACK_LID
    return Look(
        "scan", seed, inks=dial.pad(), placing=Placing(skew_degrees=dial.skew(5), lid=lid), camera=dial.scanner()
    )


def _scan_seal(seed: int, *, seen: bool = True) -> Look:
    """Further seals anywhere over the print."""
    look, dial = _scan(seed, seen=seen), _Dial("scan-seal", seed, seen=seen)
    square = dial.chance.random() < 0.35
    inks = replace(dial.pad(), stamps=dial.chance.randint(1, 3), square_stamps=square)
    return replace(look, name="scan-seal", inks=inks)


def _photocopy(seed: int, *, seen: bool = True) -> Look:
    look, dial = _scan(seed, seen=seen), _Dial("photocopy", seed, seen=seen)
    copier = Copier(
        generations=1,
        darkness=dial.between(0.4, 0.62),
        dirt=dial.between(0.02, 0.3),
        gray=dial.between(0, 0.1),
        edge=dial.between(0, 3) if dial.chance.random() < 0.4 else 0,
    )
    return replace(look, name="photocopy", copier=copier)


def _bad_photocopy(seed: int, *, seen: bool = True) -> Look:
    look, dial = _scan(seed, seen=seen), _Dial("bad-photocopy", seed, seen=seen)
    copier = Copier(
        generations=dial.chance.randint(2, 3),
        darkness=dial.between(0.3, 0.68),
        dirt=dial.between(0.3, 1),
        gray=dial.between(0.04, 0.3),
        edge=dial.between(1, 8),
    )
    return replace(look, name="bad-photocopy", copier=copier)


def _fax(seed: int, *, seen: bool = True) -> Look:
    look, dial = _scan(seed, seen=seen), _Dial("fax", seed, seen=seen)
    copier = Copier(darkness=dial.between(0.4, 0.6), gray=dial.between(0, 0.05), fax_dpi=round(dial.between(170, 210)))
    return replace(look, name="fax", copier=copier)


def _dot_matrix(seed: int, *, seen: bool = True) -> Look:
    look, dial = _scan(seed, seen=seen), _Dial("dot-matrix", seed, seen=seen)
    inks = replace(
        look.inks,
        machine=Machine.DOT_MATRIX,
        needles_per_inch=round(dial.between(118, 172)),
        ribbon_wear=dial.between(0.1, 0.8),
    )
    return replace(look, name="dot-matrix", inks=inks)


def _old_paper(seed: int, *, seen: bool = True) -> Look:
    look, dial = _scan(seed, seen=seen), _Dial("old-paper", seed, seen=seen)
    wear = Wear(
        tint=dial.one_of(_OLD_PAPERS),
        age=dial.between(0.3, 1),
        folds=dial.chance.choice((0, 1, 3)),
        holes=dial.chance.random() < 0.4,
        show_through=dial.between(0, 0.12),
    )
    return replace(look, name="old-paper", wear=wear)


def _coloured_paper(seed: int, *, seen: bool = True) -> Look:
    look, dial = _scan(seed, seen=seen), _Dial("coloured-paper", seed, seen=seen)
    return replace(look, name="coloured-paper", wear=Wear(tint=dial.one_of(_COLOURED_PAPERS)))


def _folded(seed: int, *, seen: bool = True) -> Look:
    look, dial = _scan(seed, seen=seen), _Dial("folded", seed, seen=seen)
    wear = Wear(age=dial.between(0, 0.25), folds=dial.chance.choice((1, 2, 3)))
    return replace(look, name="folded", wear=wear)


def _filed(seed: int, *, seen: bool = True) -> Look:
    """Punched and stapled, printed on both sides."""
    look, dial = _scan(seed, seen=seen), _Dial("filed", seed, seen=seen)
    wear = Wear(holes=True, staple=dial.chance.random() < 0.6, show_through=dial.between(0.03, 0.22))
    return replace(look, name="filed", wear=wear)


def _lid_open(seed: int, *, seen: bool = True) -> Look:
    look, dial = _scan(seed, seen=seen), _Dial("lid-open", seed, seen=seen)
    camera = replace(look.camera, shadow=dial.between(0.15, 0.5), light_fall=dial.between(0.1, 0.3))
    return replace(look, name="lid-open", placing=replace(look.placing, lid=_BLACK_LID), camera=camera)


def _phone(seed: int, *, seen: bool = True) -> Look:
    dial = _Dial("phone", seed, seen=seen)
    warm = dial.between(-1, 1)
    return Look(
        "phone",
        seed,
        dpi=220,
        inks=dial.pad(),
        wear=Wear(folds=1 if dial.chance.random() < 0.3 else 0),
        placing=Placing(bed=Bed.TABLE, skew_degrees=dial.skew(9), tilt_degrees=dial.between(1, 24)),
        camera=Camera(
            blur_mm=dial.between(0.06, 0.13),
            ink=round(dial.between(10, 40)),
            paper=(round(232 + 12 * warm), 230, round(228 - 16 * warm)),
            light_fall=dial.between(0.15, 0.5),
            shadow=dial.between(0.05, 0.45) if dial.chance.random() < 0.6 else 0,
            noise=dial.between(2, 7),
            jpeg_quality=round(dial.between(62, 90)),
        ),
    )


def _flatbed_card(seed: int, *, seen: bool = True) -> Look:
    """Something smaller than the glass, lying anywhere on it; an A4 sheet fills the glass."""
    look, dial = _scan(seed, seen=seen), _Dial("flatbed-card", seed, seen=seen)
    lid = _WHITE_LID if dial.chance.random() < 0.6 else _BLACK_LID
    return replace(look, name="flatbed-card", placing=Placing(bed=Bed.GLASS, skew_degrees=dial.skew(14), lid=lid))


def _two_cards(seed: int, *, seen: bool = True) -> Look:
    look = _flatbed_card(seed, seen=seen)
    return replace(look, name="two-cards", placing=replace(look.placing, together=True))


def _upside_down(seed: int, *, seen: bool = True) -> Look:
    """Turned by one, two or three quarters."""
    look, dial = _scan(seed, seen=seen), _Dial("upside-down", seed, seen=seen)
    placing = replace(look.placing, quarter_turns=dial.chance.choice((1, 2, 2, 3)))
    return replace(look, name="upside-down", placing=placing)


def _low_dpi(seed: int, *, seen: bool = True) -> Look:
    look, dial = _scan(seed, seen=seen), _Dial("low-dpi", seed, seen=seen)
    return replace(look, name="low-dpi", dpi=dial.one_of((150, 160, 140, 130, 120, 110)))


CONDITIONS: Final[Mapping[str, Condition]] = MappingProxyType(
    {
        "clean": _clean,
        "scan": _scan,
        "scan-seal": _scan_seal,
        "photocopy": _photocopy,
        "bad-photocopy": _bad_photocopy,
        "fax": _fax,
        "dot-matrix": _dot_matrix,
        "old-paper": _old_paper,
        "coloured-paper": _coloured_paper,
        "folded": _folded,
        "filed": _filed,
        "lid-open": _lid_open,
        "phone": _phone,
        "flatbed-card": _flatbed_card,
        "two-cards": _two_cards,
        "upside-down": _upside_down,
        "low-dpi": _low_dpi,
    }
)
"""Every condition by name; ``CONDITIONS["scan"](7, seen=False)`` is how seed 7 of the unseen half is scanned."""
