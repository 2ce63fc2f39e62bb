# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts of a look: ink, paper, copier, glass and camera, in the order in which they spoil a page."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Final, TypeAlias

Colour: TypeAlias = tuple[int, int, int]
"""Red, green, blue."""

WHITE: Final[Colour] = (255, 255, 255)


class Machine(enum.Enum):
    """What printed the page."""

    LASER = "laser"
    DOT_MATRIX = "dot-matrix"


class Bed(enum.Enum):
    """On what the sheet lay."""

    FEEDER = "feeder"
    """A scanner whose picture is just as large as the sheet."""

    GLASS = "glass"
    """A flatbed of A4 size, whatever lies on it."""

    TABLE = "table"
    """A table, in front of a phone."""


@dataclass(frozen=True, slots=True)
class Inks:
    """How ink came to the paper.

    Attributes:
        machine: What printed it.
        needles_per_inch: Of a dot-matrix printer; under 110 people cannot read Vietnamese accents either.
        ribbon_wear: How uneven and pale a ribbon is, 0 to 1.
        seal: Colour of the ink pad.
        seal_wear: Share of the seal that stayed dry, 0 to 1.
        stamps: How many further seals fell anywhere over the print.
        square_stamps: Whether those are framed words instead of round seals.
    """

    machine: Machine = Machine.LASER
    needles_per_inch: int = 144
    ribbon_wear: float = 0.0
    seal: Colour = (196, 24, 38)
    seal_wear: float = 0.3
    stamps: int = 0
    square_stamps: bool = False


@dataclass(frozen=True, slots=True)
class Wear:
    """What happened to the paper.

    Attributes:
        tint: Colour of the paper.
        age: Blotches and brown edges, 0 to 1.
        folds: Creases across, and one along if there are more than two.
        holes: Punched for a folder.
        staple: In the top left corner.
        show_through: How much of a printed back shines through, 0 to 0.3.
    """

    tint: Colour = WHITE
    age: float = 0.0
    folds: int = 0
    holes: bool = False
    staple: bool = False
    show_through: float = 0.0


@dataclass(frozen=True, slots=True)
class Copier:
    """How often and how badly the sheet was photocopied; only the last copy is seen.

    Attributes:
        generations: 0 for the sheet itself.
        darkness: 0.5 keeps strokes as thick as they are; less loses thin ones, more fattens them.
        dirt: Toner spots and stripes, 0 to 1.
        gray: How far the background is from white, 0 to 0.4.
        edge: Width of the dark edge in millimetres.
        fax_dpi: Resolution of a fax line; 0 for none.
    """

    generations: int = 0
    darkness: float = 0.5
    dirt: float = 0.0
    gray: float = 0.0
    edge: float = 0.0
    fax_dpi: int = 0


@dataclass(frozen=True, slots=True)
class Placing:
    """How the sheet lay in front of the scanner or phone.

    Attributes:
        bed: On what.
        skew_degrees: Clockwise.
        quarter_turns: Clockwise, 0 to 3, after everything else.
        tilt_degrees: How far a phone is from looking straight down.
        lid: Colour of what is seen beside the sheet.
        together: Whether both sides of a card lie on the glass at once.
    """

    bed: Bed = Bed.FEEDER
    skew_degrees: float = 0.0
    quarter_turns: int = 0
    tilt_degrees: float = 0.0
    lid: Colour = (232, 233, 234)
    together: bool = False


@dataclass(frozen=True, slots=True)
class Camera:
    """What the scanner or phone itself does to the picture.

    Attributes:
        blur_mm: Standard deviation of the softness, in millimetres of the sheet; 0.05 is an ordinary scanner.
        ink: Darkest value that ink comes out as.
        paper: Brightest value that paper comes out as, by colour: the cast of the lamp.
        light_fall: How much darker the far corner is, 0 to 0.6.
        shadow: Darkness of the shadow of a lid or hand, 0 to 0.6.
        noise: Standard deviation of the sensor noise in steps of 255.
        dust: Share of pixels that are specks.
        jpeg_quality: 0 for none.
    """

    blur_mm: float = 0.0
    ink: int = 0
    paper: Colour = WHITE
    light_fall: float = 0.0
    shadow: float = 0.0
    noise: float = 0.0
    dust: float = 0.0
    jpeg_quality: int = 0
