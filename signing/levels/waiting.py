# SPDX-License-Identifier: GPL-3.0-or-later
"""Dates for those who wait: until when a signature needs its next level, and when to try again. No clock in here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from signing.errors import SigningError
from signing.levels.document_state import DocumentState, Level

ALERT_AFTER: Final = dt.timedelta(hours=24)
ALERT_BEFORE_END: Final = dt.timedelta(days=7)

_FIRST_PAUSE: Final = dt.timedelta(minutes=1)
_LONGEST_PAUSE: Final = dt.timedelta(hours=6)
# Authorities were seen to lock callers out for 24 h; whoever names a longer time is not believed.
_LONGEST_RETRY_AFTER: Final = dt.timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A signature that will be lost unless something comes in time.

    Attributes:
        field_name: Name of its field.
        missing: What has to come: B-T while nothing but this machine's clock dates it, and afterwards B-LTA.
        since: When it says it was made; ``None`` = it does not say.
        alert_at: When somebody must be told: after 24 hours without a timestamp, or a week before the end, whichever is
            first.
        lost_at: When its certificate ends. A timestamp that comes later does not save it, and neither does an archive,
            because authorities forget certificates that have ended.
    """

    field_name: str
    missing: Level
    since: dt.datetime | None
    alert_at: dt.datetime
    lost_at: dt.datetime


def deadlines(state: DocumentState) -> tuple[Deadline, ...]:
    """Give the deadlines of all signatures of a file that are not archived yet."""
    waiting = []
    for signature in state.signatures:
        if signature.level is Level.ARCHIVED:
            continue
        missing = Level.TIMESTAMPED if signature.proven_time is None else Level.ARCHIVED
        since, end = signature.claimed_time, signature.certificate_ends
        alert_at = end - ALERT_BEFORE_END
        if missing is Level.TIMESTAMPED and since is not None:
            alert_at = min(alert_at, since + ALERT_AFTER)
        waiting.append(Deadline(signature.field_name, missing, since, alert_at, end))
    return tuple(waiting)


def next_try(error: SigningError, tries: int, now: dt.datetime) -> dt.datetime | None:
    """Say when a failed step should be tried again.

    Args:
        error: Why it failed.
        tries: How often it has failed in a row, this time included.
        now: Aware.

    Returns:
        What the service asked for, if it did, else a pause that doubles up to six hours; ``None`` when nothing will
        change by itself and a person must look.
    """
    if not error.retryable:
        return None
    pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * (1 << min(max(tries - 1, 0), 20)))
    asked = dt.timedelta()
    if after := error.details.get("retry_after"):
        asked = dt.timedelta(seconds=int(after))
    elif at := error.details.get("retry_at"):
        asked = dt.datetime.fromisoformat(at) - now
    return now + max(pause, min(asked, _LONGEST_RETRY_AFTER))
