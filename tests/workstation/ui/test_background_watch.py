# SPDX-License-Identifier: GPL-3.0-or-later
"""The background program of a shift."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.workstation.ui.rooms import Heart
from workstation.desk.background_wire import BackgroundNews
from workstation.desk.check_integrity import want_check
from workstation.ui.background_watch import BackgroundWatch
from workstation.ui.bench import Bench
from workstation.ui.lanes import Lane, Lanes


def programs() -> int:
    """How many background programs this process has."""
    return len(pids())


def pids() -> list[int]:
    """The background programs of this process."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) == os.getpid() and b"workstation.background" in (process / "cmdline").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue
    return found


@pytest.fixture
def watch(bench: Bench) -> Iterator[BackgroundWatch]:
    watch = BackgroundWatch(bench)
    yield watch
    watch.let_go()
    watch.finish()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_news_reach_the_window_and_the_window_never_waits(watch: BackgroundWatch, bench: Bench, qtbot: QtBot) -> None:
    want_check(bench.session.folder.root)
    heart = Heart()
    heart.beat_from_now()
    wanted = BackgroundNews("check-integrity", "integrity-checked")
    with qtbot.waitSignal(watch.told, timeout=30_000, check_params_cb=lambda news: news == wanted):
        watch.begin()
    assert programs() == 1
    watch.let_go()
    gap = heart.longest_gap
    assert gap < 0.1 + 2 * heart.stop()
    watch.finish()
    assert programs() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_shift_that_ends_while_the_program_starts_leaves_none_behind(
    watch: BackgroundWatch, bench: Bench, lanes: Lanes, qtbot: QtBot
) -> None:
    bench.run(Lane.DATABASE, lambda: time.sleep(0.2))
    watch.begin()
    watch.let_go()
    bench.end()
    qtbot.waitUntil(lambda: lanes.is_idle, timeout=30_000)
    watch.finish()
    assert programs() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_program_that_was_killed_is_started_again_and_not_after_the_shift(
    watch: BackgroundWatch, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr("workstation.ui.background_watch._BEFORE_ANOTHER_SECONDS", 0.05)
    watch.begin()
    qtbot.waitUntil(lambda: programs() == 1, timeout=30_000)
    first = pids()
    os.kill(first[0], signal.SIGKILL)
    qtbot.waitUntil(lambda: programs() == 1 and pids() != first, timeout=30_000)
    watch.let_go()
    watch.finish()
    assert programs() == 0
