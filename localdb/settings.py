# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings of this workstation: one row that is always there."""

from __future__ import annotations

import dataclasses

from casework.errors import BugError, KnownError
from casework.records.settings import SETTING_RANGES, Settings
from localdb.connection import Connection


def load(connection: Connection) -> Settings:
    """Give the settings."""
    row = connection.row("SELECT idle_lock_minutes, snapshot_minutes, local_window_days, draft_days FROM settings")
    if row is None:
        raise BugError("a store without its row of settings")
    return Settings(*row)


def save(connection: Connection, settings: Settings) -> None:
    """Write the settings, in the place of the earlier ones.

    Raises:
        KnownError: ``setting-out-of-range`` (details ``setting``, ``lowest``, ``highest``); nothing has changed.
    """
    for name, value in dataclasses.asdict(settings).items():
        allowed = SETTING_RANGES[name]
        if value not in allowed:
            raise KnownError(
                "setting-out-of-range", setting=name, lowest=str(allowed.start), highest=str(allowed.stop - 1)
            )
    connection.execute(
        "UPDATE settings SET idle_lock_minutes = ?, snapshot_minutes = ?, local_window_days = ?, draft_days = ?",
        (
            settings.idle_lock_minutes,
            settings.snapshot_minutes,
            settings.local_window_days,
            settings.draft_days,
        ),
    )
