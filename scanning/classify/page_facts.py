# SPDX-License-Identifier: GPL-3.0-or-later
"""What the look of a page says about its class when the words do not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Measured on the picture; the defaults say that nothing was measured.

    Attributes:
        picture_share: Share of the page that is a photograph, 0 to 1.
        ink_coverage: Share of the page that carries ink, 0 to 1.
        pen_share: Share of the ink that is blue as from a pen, 0 to 1.
        has_card_code: Whether a code with the fields of an identity card is on it.
    """

    picture_share: float = 0.0
    ink_coverage: float = 0.0
    pen_share: float = 0.0
    has_card_code: bool = False


NO_FACTS = PageFacts()
