# SPDX-License-Identifier: GPL-3.0-or-later
"""What a password of the desk must be."""

from __future__ import annotations

from typing import Final

from casework.errors import KnownError

SHORTEST_PASSWORD: Final = 8


def require_good_password(password: str) -> None:
    """See that a new password is not too short; further rules only make people write passwords down.

    Raises:
        KnownError: ``password-too-short`` (details ``shortest``).
    """
    if len(password) < SHORTEST_PASSWORD:
        raise KnownError("password-too-short", shortest=str(SHORTEST_PASSWORD))
