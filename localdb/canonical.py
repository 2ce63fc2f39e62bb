# SPDX-License-Identifier: GPL-3.0-or-later
"""Canonical JSON: one value, one sequence of bytes, so that it can be signed, hashed and compared."""

from __future__ import annotations

import json

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def encode(value: object) -> bytes:
    """Encode a JSON value with sorted names, no spaces, UTF-8.

    Args:
        value: Strings, finite numbers, booleans, None, lists, and dictionaries with string names.

    Raises:
        ValueError: For a number that JSON does not know (infinite, not a number).
    """
    return _ENCODER.encode(value).encode()
