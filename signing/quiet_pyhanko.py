# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps pyHanko out of the log: it writes tracebacks and the names on certificates there when a check fails."""

from __future__ import annotations

import logging


def silence() -> None:
    """Cut pyHanko's loggers off from ours; what a failed check means is in our own verdicts and errors."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logger = logging.getLogger(name)
        logger.propagate = False
        logger.addHandler(logging.NullHandler())
