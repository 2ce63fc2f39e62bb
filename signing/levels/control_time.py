# SPDX-License-Identifier: GPL-3.0-or-later
"""Telling pyHanko's judgement of the past which moment it starts from.

pyHanko takes a moment of validation, but forgets to hand it on to this one step, which then looks at the real clock. An
authority whose clock is a minute ahead of ours would so make fresh timestamps "not yet existing", and a simulated
future would be judged by today. The hook is pyHanko's own module; its version is pinned for it, and a test sees that it
works.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Coroutine, Iterator
from contextvars import ContextVar
from typing import Any

from pyhanko.sign.validation import ades
from pyhanko_certvalidator.ltv.ades_past import past_validate

_control_time: ContextVar[dt.datetime | None] = ContextVar("control_time", default=None)


@contextlib.contextmanager
def judging_from(moment: dt.datetime) -> Iterator[None]:
    """Let every judgement of the past inside the block start from a moment."""
    token = _control_time.set(moment)
    try:
        yield
    finally:
        _control_time.reset(token)


def _past_validate(*arguments: Any, **settings: Any) -> Coroutine[Any, Any, dt.datetime]:  # noqa: ANN401 - handed on
    settings["init_control_time"] = settings.get("init_control_time") or _control_time.get()
    return past_validate(*arguments, **settings)


ades.past_validate = _past_validate  # type: ignore[attr-defined]  # imported there, not exported
