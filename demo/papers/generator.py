# SPDX-License-Identifier: GPL-3.0-or-later
"""The generator: made-up pages of every class under every condition, with the truth that recognition is measured by.

Layouts, typefaces, seals and the ranges of conditions fall into two halves. Rules are tuned on the seen half; only
what was measured on the unseen half may be claimed.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from PIL import Image

from demo.papers import fonts, press
from demo.papers.forms import (
    business,
    civil_certificates,
    civil_declarations,
    civil_extracts,
    contracts,
    identity,
    land,
    others,
    receipts,
    residence,
)
from demo.papers.look import Look
from demo.papers.look_parts import Machine
from demo.papers.made_up import MadeUp
from demo.papers.plan import Layout, PagePlan
from demo.papers.press import SealStyle, Setting
from demo.papers.shot import photographed
from scanning.classify.paper_class import PaperClass
from scanning.transforms import Corners

CLASSES: Final = tuple(each.value for each in PaperClass if each is not PaperClass.UNKNOWN)
"""Every class of which pages can be made."""

_MODULES: Final = (
    identity,
    civil_certificates,
    civil_extracts,
    civil_declarations,
    residence,
    land,
    contracts,
    business,
    receipts,
    others,
)
_CARD_SIDES: Final = frozenset(
    each.value for each in (PaperClass.IDENTITY_CARD, PaperClass.IDENTITY_CARD_FRONT, PaperClass.IDENTITY_CARD_BACK)
)
_BLUE_PENS: Final = ("#1c3096", "#2a3fb0", "#14246b", "#3450a8")
_BLACK_PENS: Final = ("#1e1e26", "#26262a", "#33333c", "#15151a")
# Authorities cut their seals with one or two inner rings; which middle they show is what the halves divide.
_SEALS: Final = (
    SealStyle(rings=2, ring_mm=1.3),
    SealStyle(rings=3, ring_mm=0.6, emblem=True),
    SealStyle(rings=2, ring_mm=1.0, emblem=True),
    SealStyle(rings=3, ring_mm=0.9),
    SealStyle(rings=1, ring_mm=1.5),
    SealStyle(rings=1, ring_mm=1.1, emblem=True),
)


@dataclass(frozen=True, slots=True)
class PageTruth:
    """What a reader of the picture should find.

    Attributes:
        paper_class: Value of ``PaperClass``.
        layout: Name of the layout within the class.
        text: Everything printed, in the order of the plan; without handwriting and the letters of seals.
        hand_text: What was filled in or written with a pen; without signatures.
        fields: Canonical values, whether printed or written.
        skew_degrees: How far the sheet is turned clockwise, besides quarter turns.
        quarter_turns: How often the upright sheet was turned clockwise by 90 degrees, 0 to 3.
        corners: Where the sheet's own top left, top right, bottom right and bottom left lie in the picture.
        other_corners: Of the second card, when both sides of a card lie on the glass together.
        has_print: Whether anything is printed, pictures included.
        has_hand: Whether a pen touched it, signatures included.
        condition: Name of the condition.
    """

    paper_class: str
    layout: str
    text: str
    hand_text: str
    fields: Mapping[str, str]
    skew_degrees: float
    quarter_turns: int
    corners: Corners
    other_corners: Corners | None
    has_print: bool
    has_hand: bool
    condition: str


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """A picture as it reaches the reader, and the truth about it.

    Attributes:
        picture: RGB.
        dpi: Resolution that the picture claims.
        truth: What is in it.
    """

    picture: Image.Image
    dpi: int
    truth: PageTruth


def plan_page(paper_class: str, seed: int, seen: bool) -> PagePlan:
    """Draw up a page of a class; the same seed gives the same people, and the same design to both sides of a card.

    Raises:
        LookupError: No layout of the class belongs to that half.
    """
    layouts = _layouts().get(paper_class, ())[0 if seen else 1 :: 2]
    if not layouts:
        raise LookupError(f"no layout for {paper_class}")
    half = "seen" if seen else "unseen"
    layout = random.Random(f"{half} layout {seed}").choice(layouts)
    return layout(MadeUp(random.Random(f"{half} people {seed}")))


def setting_of(seed: int, seen: bool, machine: Machine = Machine.LASER) -> Setting:
    """Choose typefaces, pens and the cut of seals for a page that a machine prints."""
    chance = random.Random(f"{'seen' if seen else 'unseen'} setting {seed}")
    seal = chance.choice(_SEALS[0 if seen else 1 :: 2])
    return Setting(
        typefaces=fonts.choose(chance, seen=seen, needles=machine is Machine.DOT_MATRIX),
        seed=chance.randrange(10**6),
        fields_pen="blue" if chance.random() < 0.8 else "black",
        blue=chance.choice(_BLUE_PENS),
        black=chance.choice(_BLACK_PENS),
        seal=SealStyle(seal.rings, seal.ring_mm, seal.emblem, tilt=chance.uniform(-20, 20)),
    )


def generate(paper_class: str, seed: int, *, seen: bool, condition: Look) -> GeneratedPage:
    """Make a page up.

    Args:
        paper_class: One of ``CLASSES``.
        seed: The same seed, half and condition give the same pixels.
        seen: Whether layout, typefaces and seals come from the half that rules may be tuned on.
        condition: What happened to the sheet and how its picture was taken.
    """
    together = condition.placing.together and paper_class in _CARD_SIDES
    classes = (
        (PaperClass.IDENTITY_CARD_FRONT.value, PaperClass.IDENTITY_CARD_BACK.value) if together else (paper_class,)
    )
    plans = [plan_page(each, seed, seen) for each in classes]
    setting = setting_of(seed, seen, condition.inks.machine)
    sheets = [press.set_page(plan, setting, condition.dpi) for plan in plans]
    shot = photographed(sheets, condition)
    return GeneratedPage(
        picture=shot.picture,
        dpi=condition.dpi,
        truth=PageTruth(
            paper_class=PaperClass.IDENTITY_CARD.value if together else paper_class,
            layout=" and ".join(plan.layout for plan in plans),
            text="\n".join(sheet.text for sheet in sheets),
            hand_text="\n".join(filter(None, map(press.hand_text, plans))),
            fields=MappingProxyType({name: value for plan in plans for name, value in plan.fields.items()}),
            skew_degrees=shot.skew_degrees,
            quarter_turns=shot.quarter_turns,
            corners=shot.corners[0],
            other_corners=shot.corners[1] if together else None,
            has_print=any(sheet.text for sheet in sheets)
            or any(block["kind"] == "photo" for plan in plans for block in plan.blocks),
            has_hand=any(map(press.has_hand, plans)),
            condition=condition.name,
        ),
    )


@functools.cache
def _layouts() -> Mapping[str, Sequence[Layout]]:
    """Collect what the modules of ``forms/`` offer."""
    found: dict[str, list[Layout]] = {}
    for module in _MODULES:
        for paper_class, layouts in module.LAYOUTS.items():
            found.setdefault(paper_class, []).extend(layouts)
    return found
