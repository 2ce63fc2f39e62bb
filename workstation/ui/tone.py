# SPDX-License-Identifier: GPL-3.0-or-later
"""The five tones in which the screen speaks; a tone never stands alone, there is always a word beside the colour."""

from __future__ import annotations

import enum


class Tone(enum.StrEnum):
    """How something is meant; the value is what style sheets select by."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    PLAIN = "plain"
    SOFT = "soft"
