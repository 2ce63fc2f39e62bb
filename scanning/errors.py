# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong between the paper on the scanner and the finished page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class ScanningError(Exception):
    """Something outside the program went wrong while paper was being read.

    Carries no sentence of its own, so that nothing personal can slip into a log by way of an exception.

    Attributes:
        code: Stable kebab-case name of the condition, e.g. ``scanner-jammed``.
        retryable: Whether the same action may succeed later without anything being changed.
        details: Facts for the sentence (counts, seconds, option names); never personal data.
    """

    def __init__(self, code: str, *, retryable: bool = False, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.retryable = retryable
        self.details: Mapping[str, str] = MappingProxyType(details)

    def __str__(self) -> str:
        return " ".join([self.code, *(f"{name}={value}" for name, value in self.details.items())])
