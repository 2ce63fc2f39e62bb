# SPDX-License-Identifier: GPL-3.0-or-later
"""Bytes as text in JSON: Base64 with padding, one spelling only (RFC 4648 §3.5)."""

from __future__ import annotations

import base64


def to_text(value: bytes) -> str:
    """Spell bytes."""
    return base64.b64encode(value).decode("ascii")


def from_text(text: str) -> bytes:
    """Read bytes.

    Raises:
        ValueError: When the text is no Base64, or not the one spelling of its bytes.
        TypeError: When it is no text.
    """
    value = base64.b64decode(text, validate=True)
    if to_text(value) != text:
        raise ValueError("a second spelling")
    return value
