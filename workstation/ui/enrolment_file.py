# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the enrolment file that somebody named."""

from __future__ import annotations

from typing import Final

from casework.errors import KnownError
from workstation.ui.text_fields import typed_path

_LARGEST_FILE: Final = 1 << 20


def read_enrolment_file(typed: str) -> bytes:
    """Read an enrolment file.

    Args:
        typed: Its path as somebody typed it; ``~`` is the home folder.

    Raises:
        KnownError: ``enrolment-missing``, ``enrolment-damaged`` when it is far too large to be one.
    """
    try:
        with typed_path(typed).open("rb") as file:
            content = file.read(_LARGEST_FILE + 1)
    except OSError:
        raise KnownError("enrolment-missing") from None
    if len(content) > _LARGEST_FILE:
        raise KnownError("enrolment-damaged")
    return content
