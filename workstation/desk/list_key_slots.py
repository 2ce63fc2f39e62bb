# SPDX-License-Identifier: GPL-3.0-or-later
"""Who and what can open the store."""

from __future__ import annotations

from casework.rights import Right
from localdb.open_key_file import SlotFacts
from workstation.desk.session import DeskSession


def list_key_slots(session: DeskSession) -> tuple[SlotFacts, ...]:
    """Give the key slots: those of the clerks, the province's, the recovery sheet's.

    Raises:
        KnownError: ``not-allowed``.
    """
    session.require(Right.ROTATE_KEYS)
    return session.key_file.slots
