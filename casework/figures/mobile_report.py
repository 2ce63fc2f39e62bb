# SPDX-License-Identifier: GPL-3.0-or-later
"""The report of mobile sessions: what was received in the villages, settled on the spot, appointed to another day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from casework.figures.share import Share, share_of
from casework.records.mobile_session import MobileSession, SessionEntry, SessionOutcome

_FURTHEST_FIRST: Final = (
    SessionOutcome.ON_THE_SPOT,
    SessionOutcome.APPOINTED,
    SessionOutcome.SUPPLEMENT_ASKED,
    SessionOutcome.REFUSED,
)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session.

    Attributes:
        session: The session.
        on_the_spot: Settled while it lasted, out of all received; what was refused was not received.
        appointed: How many were appointed to another day.
        supplement_asked: How many lacked papers.
        refused: How many were not taken in.
    """

    session: MobileSession
    on_the_spot: Share
    appointed: int
    supplement_asked: int
    refused: int


@dataclass(frozen=True, slots=True)
class MobileReport:
    """Some sessions together.

    Attributes:
        lines: By day, then by place.
        on_the_spot: Over all sessions.
        appointed: Over all sessions.
        supplement_asked: Over all sessions.
        refused: Over all sessions.
    """

    lines: tuple[SessionLine, ...]
    on_the_spot: Share
    appointed: int
    supplement_asked: int
    refused: int


def mobile_report(sessions: Iterable[MobileSession], entries: Iterable[SessionEntry]) -> MobileReport:
    """Report on sessions, those to which nobody came too.

    Args:
        sessions: What to report on.
        entries: Their dossiers in any order; those of other sessions are passed over. A dossier that is there more than
            once counts once, as far as it got.
    """
    by_session: dict[str, dict[str, SessionOutcome]] = defaultdict(dict)
    for entry in entries:
        outcomes = by_session[entry.session_id]
        known = outcomes.get(entry.dossier_id, entry.outcome)
        outcomes[entry.dossier_id] = min(known, entry.outcome, key=_FURTHEST_FIRST.index)
    lines = tuple(
        _line(session, list(by_session[session.session_id].values()))
        for session in sorted(sessions, key=lambda item: (item.day, item.place, item.session_id))
    )
    return MobileReport(
        lines=lines,
        on_the_spot=sum((line.on_the_spot for line in lines), Share(0, 0)),
        appointed=sum(line.appointed for line in lines),
        supplement_asked=sum(line.supplement_asked for line in lines),
        refused=sum(line.refused for line in lines),
    )


def _line(session: MobileSession, outcomes: list[SessionOutcome]) -> SessionLine:
    return SessionLine(
        session=session,
        on_the_spot=share_of(
            outcome is SessionOutcome.ON_THE_SPOT for outcome in outcomes if outcome is not SessionOutcome.REFUSED
        ),
        appointed=outcomes.count(SessionOutcome.APPOINTED),
        supplement_asked=outcomes.count(SessionOutcome.SUPPLEMENT_ASKED),
        refused=outcomes.count(SessionOutcome.REFUSED),
    )
