# SPDX-License-Identifier: GPL-3.0-or-later
"""The little that the courier remembers of the gateway. If it is lost, the gateway is asked again."""

from __future__ import annotations

from dataclasses import dataclass

from casework.errors import KnownError
from localdb import durable_file
from sync_agent.data_folder import DataFolder
from sync_agent.wire.canonical_json import dump
from sync_agent.wire.json_fields import JsonFields


@dataclass(frozen=True, slots=True)
class CourierMemory:
    """What was learnt.

    Attributes:
        registered_as: The workstation whose keys the gateway has taken, or empty.
        epoch: The life of the gateway's database, or empty before the first contact.
    """

    registered_as: str = ""
    epoch: str = ""

    @classmethod
    def load(cls, folder: DataFolder) -> CourierMemory:
        """Read it; nothing is remembered when the file is missing or damaged."""
        try:
            fields = JsonFields.of_bytes(folder.memory.read_bytes(), "courier-memory-damaged")
            return cls(fields.text("registered_as"), fields.text("epoch"))
        except (OSError, KnownError):
            return cls()

    def save(self, folder: DataFolder) -> None:
        """Write it.

        Raises:
            KnownError: ``disk-full``, ``no-access``, ``disk-error``.
        """
        with durable_file.replacing(folder.memory) as file:
            file.write(dump({"registered_as": self.registered_as, "epoch": self.epoch}))
