# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person may settle for a workstation while it is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one workstation.

    Attributes:
        idle_lock_minutes: Minutes without a key or a click after which the desk locks itself.
        snapshot_minutes: Minutes between two snapshots.
        local_window_days: Days that scans stay here after the gateway confirmed them.
        draft_days: Days that a draft which somebody threw away is kept with its pages.
    """

    idle_lock_minutes: int = 10
    snapshot_minutes: int = 60
    local_window_days: int = 90
    draft_days: int = 30


SETTING_RANGES: Final[Mapping[str, range]] = MappingProxyType(
    {
        "idle_lock_minutes": range(1, 121),
        "snapshot_minutes": range(5, 1441),
        "local_window_days": range(7, 3661),
        "draft_days": range(1, 366),
    }
)
"""What each setting may be; the database checks the same."""
