# SPDX-License-Identifier: GPL-3.0-or-later
"""The two kinds of failure: the world's fault and our own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class KnownError(Exception):
    """Something outside the program went wrong; the clerk is told what happened and what to do now.

    The sentences for each code are in ``workstation/desk/sentences.py``; this class carries no text of its own,
    so that nothing personal can slip into a log by way of an exception.

    Attributes:
        code: Stable kebab-case name of the condition, e.g. ``wrong-password``.
        retryable: Whether the same action may succeed later without anything being changed.
        details: Facts for the sentence (counts, file names, seconds); never personal data.
    """

    def __init__(self, code: str, *, retryable: bool = False, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.retryable = retryable
        self.details: Mapping[str, str] = MappingProxyType(details)

    def __str__(self) -> str:
        return " ".join([self.code, *(f"{name}={value}" for name, value in self.details.items())])


class BugError(Exception):
    """The program contradicts itself; nothing the clerk does will help, and the change is not applied."""
