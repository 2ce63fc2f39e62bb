# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a workstation keeps its things."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The folder of one workstation; everything personal in it is encrypted.

    Attributes:
        root: The folder itself.
    """

    root: Path

    @classmethod
    def of_this_user(cls) -> DataFolder:
        """Give the standard place for the signed-in user of the operating system."""
        return cls(Path(platformdirs.user_data_dir("motcua", appauthor=False)))

    @property
    def key_file(self) -> Path:
        """The key slots."""
        return self.root / "keys.json"

    @property
    def spool(self) -> Path:
        """Sealed envelopes on their way out."""
        return self.root / "spool"

    @property
    def inbox(self) -> Path:
        """Sealed replies that came in."""
        return self.root / "inbox"

    @property
    def is_set_up(self) -> bool:
        """Whether a desk was set up here."""
        return self.key_file.exists()
