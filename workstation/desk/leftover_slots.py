# SPDX-License-Identifier: GPL-3.0-or-later
"""Key slots of people who may not sign in: a power cut left them, or a key file that was put back."""

from __future__ import annotations

import logging

from casework.errors import KnownError
from localdb.key_slots import SlotKind
from localdb.open_key_file import OpenKeyFile

_log = logging.getLogger(__name__)


def remove_leftover_slots(opened: OpenKeyFile, active_logins: frozenset[str]) -> None:
    """Remove the slots of people who were revoked, or not added to the end, when a power cut came in between.

    What cannot be done now is no reason to keep everybody else out.

    Args:
        opened: The key file.
        active_logins: The names under which people may sign in.

    Raises:
        KnownError: ``key-file-changed``; ``disk-full``, ``no-access``, ``disk-error``.
    """
    for slot in opened.slots:
        if slot.kind == SlotKind.CLERK and slot.login not in active_logins:
            try:
                opened.revoke_clerk(slot.login)
            except KnownError as error:
                if error.code not in {"escrow-key-needed", "last-slot"}:
                    raise
                _log.warning("a leftover key slot is not wholly removed code=%s", error.code)
