# SPDX-License-Identifier: GPL-3.0-or-later
"""What a background job is: something that can be done a slice at a time, and left at any moment."""

from __future__ import annotations

import datetime as dt
from typing import Protocol


class Job(Protocol):
    """One job of the background program."""

    @property
    def name(self) -> str:
        """For the log and for news."""

    @property
    def rest_seconds(self) -> float:
        """How long it is left alone when there was nothing more to do."""

    def run_slice(self, now: dt.datetime) -> bool:
        """Do a little: at most 100 ms of writing into the database, no transaction of more than 250 rows.

        The program may end between two slices, and in the middle of one.

        Args:
            now: The present moment, aware.

        Returns:
            Whether there is more to do at once.

        Raises:
            KnownError: What stands in the way; the job is tried again later, with growing pauses.
        """
