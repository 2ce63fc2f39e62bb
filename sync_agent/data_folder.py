# SPDX-License-Identifier: GPL-3.0-or-later
"""The places in a workstation's data folder where desk and courier meet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from localdb import durable_file


@dataclass(frozen=True, slots=True)
class DataFolder:
    """A workstation's data folder.

    Attributes:
        root: The folder itself.
    """

    root: Path

    @property
    def spool(self) -> Path:
        """Sealed envelopes on their way out; written by the desk, moved on by the courier."""
        return self.root / "spool"

    @property
    def inbox(self) -> Path:
        """Sealed replies; written by the courier, removed by the desk."""
        return self.root / "inbox"

    @property
    def arrived_objects(self) -> Path:
        """Sealed objects that were fetched back; written by the courier, taken away by the desk."""
        return self.inbox / "objects"

    @property
    def wanted(self) -> Path:
        """What the desk wants to have back; written by the desk, read by the courier."""
        return self.root / "wanted"

    @property
    def objects(self) -> Path:
        """Sealed object files; the courier only reads here."""
        return self.root / "objects"

    @property
    def courier(self) -> Path:
        """The courier's own: lock, status, log, door."""
        return self.root / "courier"

    @property
    def courier_configuration(self) -> Path:
        """What the courier needs to know, no secrets."""
        return self.root / "courier.json"

    @property
    def device_key(self) -> Path:
        """The device key, where the operating system keeps none."""
        return self.root / "device.key"

    @property
    def lock(self) -> Path:
        """Held by the one running courier."""
        return self.courier / "lock"

    @property
    def memory(self) -> Path:
        """What the courier remembers of the gateway."""
        return self.courier / "memory.json"

    @property
    def status(self) -> Path:
        """What the courier last said of itself."""
        return self.courier / "status.json"

    @property
    def door(self) -> Path:
        """Where the running courier listens, and the word that opens."""
        return self.courier / "door.json"

    @property
    def log(self) -> Path:
        """The courier's log."""
        return self.courier / "courier.log"


def make_folder(path: Path) -> None:
    """Make a folder for its owner only, with its parents, durably; nothing happens when it is there.

    Raises:
        KnownError: ``disk-full``, ``no-access``, ``disk-error``.
    """
    durable_file.make_folder(path)
