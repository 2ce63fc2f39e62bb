# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from casework.catalogue import Catalogue
from casework.errors import BugError, KnownError
from casework.guard.demands import DemandAllowed
from casework.guard.supervisor_list import approve, enter_demand, may_be_printed, open_demands, reject
from casework.records.free_demand import FreeDemand, FreeDemandState
from casework.records.workplace import Clerk, Role
from casework.work_calendar import VIET_NAM

NOW = dt.datetime(2026, 11, 23, 8, 30, tzinfo=VIET_NAM)
LATER = NOW + dt.timedelta(hours=1)
CLERK = Clerk("clerk", "mai", "Mai", frozenset({Role.CLERK}))
SUPERVISOR = Clerk("supervisor", "lan", "Lan", frozenset({Role.SUPERVISOR}))
EVERYTHING = Clerk("clerk", "mai", "Mai", frozenset(Role))
DEMAND = FreeDemand("one", "dossier", "1.001193", "2026", "Giấy khám", "NĐ 1/2026", "clerk", NOW)


def test_a_free_demand_is_entered_with_who_when_what_and_by_which_law(catalogue: Catalogue) -> None:
    allowed = DemandAllowed(None, "Giấy khám", "NĐ 1/2026", needs_supervisor=True)
    procedure = replace(catalogue.get("1.001193"), catalogue_version="2026")
    assert enter_demand("one", allowed, procedure, "dossier", CLERK, NOW) == DEMAND
    assert (DEMAND.state, DEMAND.decided_by, DEMAND.decided_at, DEMAND.reason) == (FreeDemandState.OPEN, "", None, "")


def test_a_demand_of_the_catalogue_is_not_for_the_list(catalogue: Catalogue) -> None:
    allowed = DemandAllowed(None, "Giấy khám", "163/QĐ-BTP", needs_supervisor=False)
    with pytest.raises(BugError, match=r"^a demand of the catalogue is not for the supervisor's list$"):
        enter_demand("one", allowed, catalogue.get("1.001193"), "dossier", CLERK, NOW)


def test_only_an_approved_demand_is_printed() -> None:
    approved = approve(DEMAND, SUPERVISOR, LATER)
    rejected = reject(DEMAND, SUPERVISOR, LATER, " outside the law ")
    assert [may_be_printed(demand) for demand in (DEMAND, approved, rejected)] == [False, True, False]
    assert approved == replace(DEMAND, state=FreeDemandState.APPROVED, decided_by="supervisor", decided_at=LATER)
    assert rejected == replace(
        DEMAND,
        state=FreeDemandState.REJECTED,
        decided_by="supervisor",
        decided_at=LATER,
        reason="outside the law",
    )


def test_who_is_no_supervisor_decides_nothing() -> None:
    other = replace(CLERK, clerk_id="other", roles=frozenset(set(Role) - {Role.SUPERVISOR}))
    with pytest.raises(KnownError) as approving:
        approve(DEMAND, other, NOW)
    with pytest.raises(KnownError) as rejecting:
        reject(DEMAND, other, NOW, "no")
    for error in (approving.value, rejecting.value):
        assert (error.code, error.details) == ("not-allowed", {"right": "decide-free-demands"})


def test_a_decision_is_final() -> None:
    for decided in (approve(DEMAND, SUPERVISOR, NOW), reject(DEMAND, SUPERVISOR, NOW, "no")):
        with pytest.raises(KnownError, match=r"^demand-decided$"):
            approve(decided, SUPERVISOR, NOW)
        with pytest.raises(KnownError, match=r"^demand-decided$"):
            reject(decided, SUPERVISOR, NOW, "no")


def test_nobody_decides_on_a_demand_of_her_own_but_who_is_alone() -> None:
    with pytest.raises(KnownError, match=r"^demand-own$"):
        approve(DEMAND, EVERYTHING, NOW)
    with pytest.raises(KnownError, match=r"^demand-own$"):
        reject(DEMAND, EVERYTHING, NOW, "no")
    assert may_be_printed(approve(DEMAND, EVERYTHING, NOW, is_alone=True))
    assert reject(DEMAND, EVERYTHING, NOW, "no", is_alone=True).state is FreeDemandState.REJECTED


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_rejection_says_why(reason: str) -> None:
    with pytest.raises(KnownError, match=r"^rejection-reason-missing$"):
        reject(DEMAND, SUPERVISOR, NOW, reason)


def test_the_oldest_open_demand_comes_first() -> None:
    old = replace(DEMAND, demand_id="z", demanded_at=NOW - dt.timedelta(days=1))
    twin = replace(DEMAND, demand_id="a")
    done = approve(DEMAND, SUPERVISOR, NOW)
    assert open_demands([DEMAND, done, twin, old]) == (old, twin, DEMAND)


def test_states_are_stored_by_these_names() -> None:
    assert [state.value for state in FreeDemandState] == ["open", "approved", "rejected"]
