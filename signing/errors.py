# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong between a document and its signature."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class SigningError(Exception):
    """Something outside the program went wrong while a document was being signed or verified.

    Carries no sentence of its own, so that nothing personal can slip into a log by way of an exception.

    Attributes:
        code: Stable kebab-case name of the condition, e.g. ``wrong-pin``.
        retryable: Whether the same action may succeed later without anything being changed.
        details: Facts for the sentence (counts, states, page numbers); never personal data, never a PIN.
    """

    def __init__(self, code: str, *, retryable: bool = False, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.retryable = retryable
        self.details: Mapping[str, str] = MappingProxyType(details)

    def __str__(self) -> str:
        return " ".join([self.code, *(f"{name}={value}" for name, value in self.details.items())])
