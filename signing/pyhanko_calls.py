# SPDX-License-Identifier: GPL-3.0-or-later
"""What pyHanko needs around it: silence in the log, and an event loop for functions that never wait."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


def silence() -> None:
    """Cut pyHanko's loggers off from ours.

    They write tracebacks and the names on certificates when a check fails; what that means is in our own verdicts and
    errors.
    """
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logger = logging.getLogger(name)
        logger.propagate = False
        logger.addHandler(logging.NullHandler())


def finish(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """Run one of pyHanko's coroutines to its end; without a network none of those used here ever waits.

    The result travels beside the task: ``asyncio.run`` formats the task when it gives Ctrl-C back, and the text of a
    certificate takes longer to make than a signature.
    """
    results: list[Result] = []

    async def keep() -> None:
        results.append(await coroutine)

    asyncio.run(keep())
    return results[0]
