# SPDX-License-Identifier: GPL-3.0-or-later
"""Folded text: lower case without accents, đ as d, so that "nguyen" finds "Nguyễn"."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Give a text in lower case without accents."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join("d" if letter == "đ" else letter for letter in decomposed if not unicodedata.combining(letter))
