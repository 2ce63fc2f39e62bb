# SPDX-License-Identifier: GPL-3.0-or-later
"""Identities that need no network: UUIDv7 (RFC 9562), ordered by the time they were made."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

RandomBytes = Callable[[int], bytes]
"""A source of randomness such as ``os.urandom``: number of bytes in, that many bytes out."""


def new_identifier(moment: dt.datetime, random_bytes: RandomBytes) -> str:
    """Make a UUIDv7 as lower-case text with hyphens.

    Args:
        moment: Aware date and time; its milliseconds since 1970 become the sortable first 48 bits.
        random_bytes: Source of the 74 random bits.
    """
    milliseconds = int(moment.timestamp() * 1000)
    value = bytearray(milliseconds.to_bytes(6, "big") + random_bytes(10))
    value[6] = 0x70 | (value[6] & 0x0F)
    value[8] = 0x80 | (value[8] & 0x3F)
    return str(uuid.UUID(bytes=bytes(value)))
