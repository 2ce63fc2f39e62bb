# SPDX-License-Identifier: GPL-3.0-or-later
"""The supervisor's list: demands in free words wait here until somebody answers for them.

What the catalogue does not list is forbidden to demand (NĐ 61/2018/NĐ-CP Điều 5), so a free demand is printed only
once it is approved. While it is open or rejected, the supplement request goes out without it: it is the office that
waits, not the citizen. Nobody decides on a demand of her own, except in a commune where one person holds every role.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable

from casework.errors import BugError, KnownError
from casework.guard.demands import DemandAllowed
from casework.records.free_demand import FreeDemand, FreeDemandState
from casework.records.procedure import Procedure
from casework.records.workplace import Clerk, Role


def enter_demand(
    demand_id: str, allowed: DemandAllowed, procedure: Procedure, dossier_id: str, clerk: Clerk, at: dt.datetime
) -> FreeDemand:
    """Put a free demand on the list.

    Args:
        demand_id: UUIDv7 of the new entry.
        allowed: The verdict on it.
        procedure: The version that does not list the paper.
        dossier_id: The dossier (or its draft).
        clerk: Who demands.
        at: Aware moment.

    Raises:
        BugError: When the demand rests on the catalogue and needs nobody's approval.
    """
    if not allowed.needs_supervisor:
        raise BugError("a demand of the catalogue is not for the supervisor's list")
    return FreeDemand(
        demand_id=demand_id,
        dossier_id=dossier_id,
        procedure_code=procedure.code,
        catalogue_version=procedure.catalogue_version,
        words=allowed.text,
        legal_basis=allowed.legal_basis,
        demanded_by=clerk.clerk_id,
        demanded_at=at,
    )


def approve(demand: FreeDemand, supervisor: Clerk, at: dt.datetime, *, is_alone: bool = False) -> FreeDemand:
    """Let a demand be printed.

    Args:
        demand: An open one.
        supervisor: Who answers for it.
        at: Aware moment.
        is_alone: Whether no other supervisor works at this desk; only then may she approve her own demand.

    Raises:
        KnownError: ``not-allowed`` (details ``right``), ``demand-decided``, ``demand-own``.
    """
    return _decided(demand, supervisor, at, FreeDemandState.APPROVED, "", is_alone=is_alone)


def reject(
    demand: FreeDemand, supervisor: Clerk, at: dt.datetime, reason: str, *, is_alone: bool = False
) -> FreeDemand:
    """Forbid a demand.

    Args:
        demand: An open one.
        supervisor: Who decides.
        at: Aware moment.
        reason: Why, for the clerk who demanded.
        is_alone: Whether no other supervisor works at this desk.

    Raises:
        KnownError: ``rejection-reason-missing``, ``not-allowed`` (details ``right``), ``demand-decided``,
            ``demand-own``.
    """
    if not reason.strip():
        raise KnownError("rejection-reason-missing")
    return _decided(demand, supervisor, at, FreeDemandState.REJECTED, reason.strip(), is_alone=is_alone)


def may_be_printed(demand: FreeDemand) -> bool:
    """Whether a demand may stand on a supplement request."""
    return demand.state is FreeDemandState.APPROVED


def open_demands(demands: Iterable[FreeDemand]) -> tuple[FreeDemand, ...]:
    """Give the demands that wait for the supervisor, the oldest first."""
    waiting = (demand for demand in demands if demand.state is FreeDemandState.OPEN)
    return tuple(sorted(waiting, key=lambda demand: (demand.demanded_at, demand.demand_id)))


def _decided(
    demand: FreeDemand, supervisor: Clerk, at: dt.datetime, state: FreeDemandState, reason: str, *, is_alone: bool
) -> FreeDemand:
    if Role.SUPERVISOR not in supervisor.roles:
        raise KnownError("not-allowed", right="decide-free-demands")
    if demand.state is not FreeDemandState.OPEN:
        raise KnownError("demand-decided")
    if demand.demanded_by == supervisor.clerk_id and not is_alone:
        raise KnownError("demand-own")
    return dataclasses.replace(demand, state=state, decided_by=supervisor.clerk_id, decided_at=at, reason=reason)
