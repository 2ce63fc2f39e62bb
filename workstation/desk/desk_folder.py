# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a workstation keeps its things: what courier and desk share, and what only the desk opens."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import platformdirs

from localdb import key_file
from sync_agent.data_folder import DataFolder


@dataclass(frozen=True, slots=True)
class DeskFolder(DataFolder):
    """The folder of one workstation; everything personal in it is encrypted."""

    @classmethod
    def of_this_user(cls) -> Self:
        """Give the standard place for the signed-in user of the operating system."""
        return cls(Path(platformdirs.user_data_dir("motcua", appauthor=False)))

    @property
    def key_file(self) -> Path:
        """The key slots."""
        return self.root / "keys.json"

    @property
    def desk_lock(self) -> Path:
        """Held by the program that works here."""
        return self.root / "desk.lock"

    @property
    def password_tries(self) -> Path:
        """How often a wrong password was tried; there is no such file as long as nobody did."""
        return self.root / "tries.json"

    @property
    def is_set_up(self) -> bool:
        """Whether a desk was set up here: there is a key file, or its second copy."""
        return key_file.exists(self.key_file)
