# SPDX-License-Identifier: GPL-3.0-or-later
"""Where files of tests lie that need no real disk: in memory, where syncing costs nothing."""

from __future__ import annotations

import os
from pathlib import Path

QUICK = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - each test makes its own folder there
"""A folder in memory, or None for the usual place."""
