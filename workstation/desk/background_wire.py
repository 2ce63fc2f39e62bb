# SPDX-License-Identifier: GPL-3.0-or-later
"""What desk and background program say to each other: orders once, then news, a line of JSON each.

Orders hold the store's keys and travel through a pipe that only the two have; news hold no personal data.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from localdb.key_file import StoreKeys
from localdb.wiping import hex_digits, wipe


@dataclass(frozen=True, slots=True)
class BackgroundOrders:
    """What the program works on.

    Attributes:
        folder: The data folder.
        keys: Of its store.
    """

    folder: Path
    keys: StoreKeys = field(repr=False)

    def to_line(self) -> bytearray:
        """Encode for the pipe; never for a file. Whoever asked wipes the line."""
        document = {"folder": str(self.folder)}
        # The keys are put in past the encoder, which would leave copies of them in memory.
        keys = self.keys
        digits = hex_digits(keys.database_key, keys.database_salt, keys.object_name_key)
        head, tail = json.dumps(document)[:-1].encode() + b', "keys": "', b'"}\n'
        line = bytearray(len(head) + len(digits) + len(tail))
        line[: len(head)], line[len(head) : -len(tail)], line[-len(tail) :] = head, digits, tail
        wipe(digits)
        return line

    @classmethod
    def from_line(cls, line: bytes | bytearray) -> Self:
        """Decode what ``to_line`` made."""
        document = json.loads(line)
        parts = bytes.fromhex(document["keys"])
        keys = StoreKeys(parts[:32], parts[32:48], parts[48:])
        return cls(Path(document["folder"]), keys)


@dataclass(frozen=True, slots=True)
class BackgroundNews:
    """Something that the window may want to know.

    Attributes:
        job: Name of the job.
        code: What it is about; for trouble, a code of the table of sentences.
        is_trouble: Whether somebody has to do something about it.
        details: Facts for the sentence; never personal data.
    """

    job: str
    code: str
    is_trouble: bool = False
    details: Mapping[str, str] = field(default_factory=dict)

    def to_line(self) -> bytes:
        """Encode for the pipe."""
        document = {"job": self.job, "code": self.code, "is_trouble": self.is_trouble, "details": dict(self.details)}
        return json.dumps(document).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> Self:
        """Decode what ``to_line`` made."""
        document = json.loads(line)
        return cls(document["job"], document["code"], document["is_trouble"], document["details"])


Tell = Callable[[BackgroundNews], None]
"""Passes news on to the desk."""
