# SPDX-License-Identifier: GPL-3.0-or-later
"""A day of work leaves nothing readable behind, and what a careless program would leave is found."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.commune import DemoCommune
from demo.people import FATHER, MOTHER
from demo.play import until_delivered
from tests.end_to_end.working_day import PHONE, READING_WORKER, WorkingDay, core_files
from workstation.desk.reconcile import sync_now

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="the process list is looked at in /proc"
)


@pytest.fixture
def day(commune: DemoCommune) -> Iterator[WorkingDay]:
    """A day in a commune whose programs may dump their memory as far as the computer is concerned."""
    before = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
    day = WorkingDay(commune)
    with day.watch:
        yield day
    resource.setrlimit(resource.RLIMIT_CORE, before)
    shutil.rmtree(day.stick)


def work(day: WorkingDay) -> None:
    """Do what a short day brings, and search after each part of it."""
    day.mistype_the_password()
    with day.signed_in() as session:
        with day.in_the_background(session):
            dossier_id = day.fill_in(session, FATHER)
            day.scan(session, dossier_id, ["identity-card"], kills_the_reader=True)
            day.hand_in_the_rest(session, dossier_id)
            day.sign(session, dossier_id)
            day.receive(session, dossier_id)
            day.search(session, FATHER.full_name, "thanh", PHONE[-4:])
        day.take_snapshots(session)
        day.fill_in(session, MOTHER)
        assert day.leaks() == ()
        day.change_keys(session)
    with day.signed_in() as session, day.commune.gateway_running():
        day.start_courier()
        sync_now(day.commune.desk)
        until_delivered(day.commune, session, dossier_id)
        day.commune.stop_courier()
        assert day.leaks() == ()
    assert day.leaks() == ()


@pytest.mark.expects_log("scanning.reader")
def test_a_day_of_work_leaves_nothing_readable_behind(day: WorkingDay) -> None:
    dumps = core_files(Path.cwd(), day.commune.root)
    work(day)
    assert core_files(Path.cwd(), day.commune.root) == dumps
    assert len(day.keys) == len(set(day.keys)) == 3
    assert {READING_WORKER, "signing.program", "workstation.background", "sync_agent", "gateway"} <= day.watch.programs
