# SPDX-License-Identifier: GPL-3.0-or-later
"""Says which words of a page were probably misread, and what they say instead; never puts it in their place."""

from __future__ import annotations

from scanning.ocr.text import PageText
from scanning.page_reading import Suggestion


def suggest(text: PageText) -> tuple[Suggestion, ...]:
    """Propose readings for words that cannot be right.

    Args:
        text: What was read.
    """
    return ()
