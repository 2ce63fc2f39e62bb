# SPDX-License-Identifier: GPL-3.0-or-later
"""A clock that is set two years ahead or back, between sessions and during one, loses nothing and locks nobody out."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from casework.errors import KnownError
from localdb import audit
from localdb.password_tries import LONGEST_WAIT
from tests.localdb import desk_facts, desk_hands
from tests.localdb.desk_facts import NOTHING
from tests.workstation.desk import counter
from workstation.desk.clear_drafts import ClearDrafts
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.prune_spool import PruneSpool
from workstation.desk.session import DeskSession
from workstation.desk.sign_in import sign_in
from workstation.desk.take_snapshot import is_snapshot_due, take_snapshot

TWO_YEARS = 730


def tidy(session: DeskSession) -> None:
    """Run the jobs that remove things by their age."""
    for job in (ClearDrafts(session.store), PruneSpool(session.store, session.folder)):
        while job.run_slice(session.clock()):
            pass


def snapshot(session: DeskSession) -> None:
    for _ in take_snapshot(session.store, session.clock()):
        pass


@pytest.mark.parametrize("days", [TWO_YEARS, -TWO_YEARS])
def test_a_clock_that_jumps_loses_nothing(folder: Path, days: int) -> None:
    desk_hands.set_up(folder)
    clock = counter.Hand(counter.MONDAY_MORNING)
    session = sign_in(DeskFolder(folder), "lan", counter.PASSWORD, clock=clock, random_bytes=os.urandom)
    desk = desk_hands.Desk(session, random.Random(1), lambda _: None)
    for jump in (0, days, -days):
        clock.go_on(days=jump)  # while somebody works
        for verb in (desk.begin, desk.type, desk.hand_in, desk.begin, desk.receive, desk.reconcile):
            verb()
        abandoned = desk.told
        desk.abandon()
        tidy(desk.session)
        desk.sign_in_again()
        clock.go_on(days=-jump)  # between two sessions
        desk.sign_in_again()
        tidy(desk.session)
        clock.go_on(days=jump)
        assert not desk_facts.compare(desk_facts.facts_of(desk.session.store), abandoned, NOTHING)
    desk_facts.check_house(desk.session.store, desk.session.folder)
    with desk.session.store.reading() as connection:
        assert audit.verify(connection).chain_ok
    desk.session.close()


@pytest.mark.parametrize("days", [TWO_YEARS, -TWO_YEARS])
def test_snapshots_go_on_whatever_the_clock_says(folder: Path, days: int) -> None:
    desk_hands.set_up(folder)
    clock = counter.Hand(counter.MONDAY_MORNING)
    session = sign_in(DeskFolder(folder), "lan", counter.PASSWORD, clock=clock, random_bytes=os.urandom)
    for jump in (0, days, -days):
        clock.go_on(days=jump)
        assert is_snapshot_due(session.store, clock())
        snapshot(session)
        assert not is_snapshot_due(session.store, clock())
        clock.go_on(hours=1)
        assert is_snapshot_due(session.store, clock())
    session.close()


@pytest.mark.parametrize("days", [TWO_YEARS, -TWO_YEARS])
def test_waiting_after_wrong_passwords_does_not_last_two_years(folder: Path, days: int) -> None:
    desk_hands.set_up(folder)
    clock = counter.Hand(counter.MONDAY_MORNING)
    ticks = iter([float(number) for number in range(1_000_000, 1_000_040)])

    def try_password(password: str, seconds: float) -> str:
        try:
            session = sign_in(
                DeskFolder(folder),
                "lan",
                password,
                clock=clock,
                random_bytes=os.urandom,
                ticks=lambda: next(ticks) + seconds,
            )
        except KnownError as error:
            return error.code
        session.close()
        return "signed in"

    assert [try_password("wrong", 0) for _ in range(4)] == ["wrong-password"] * 3 + ["too-many-tries"]
    clock.go_on(days=days)
    assert try_password(counter.PASSWORD, LONGEST_WAIT) == "signed in"


@pytest.mark.parametrize("days", [TWO_YEARS, -TWO_YEARS])
def test_waiting_ends_soon_after_a_restart_with_a_wrong_clock(folder: Path, days: int) -> None:
    desk_hands.set_up(folder)
    clock = counter.Hand(counter.MONDAY_MORNING)
    for _ in range(3):
        with pytest.raises(KnownError, match="wrong-password"):
            sign_in(DeskFolder(folder), "lan", "wrong", clock=clock, random_bytes=os.urandom, ticks=lambda: 90_000.0)
    clock.go_on(days=days)
    since_the_start = LONGEST_WAIT + 1.0
    session = sign_in(
        DeskFolder(folder), "lan", counter.PASSWORD, clock=clock, random_bytes=os.urandom, ticks=lambda: since_the_start
    )
    session.close()
