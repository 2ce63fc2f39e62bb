# SPDX-License-Identifier: GPL-3.0-or-later
"""Lanes: what waits, waits elsewhere; what comes back arrives on the GUI thread, in order."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from workstation.ui.lanes import Lane, Lanes


def ignore(error: Exception) -> None:
    raise AssertionError(error)


def test_work_runs_elsewhere_and_its_result_arrives_here(lanes: Lanes, qtbot: QtBot) -> None:
    threads: list[str] = []

    def work() -> int:
        threads.append(threading.current_thread().name)
        return 7

    def done(result: int) -> None:
        threads.append(f"{threading.current_thread().name} {result}")

    lanes.run(Lane.DATABASE, work, on_done=done, on_error=ignore)
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads == ["lane-database", "MainThread 7"]


def test_a_lane_keeps_its_order_and_another_one_does_not_wait(lanes: Lanes, qtbot: QtBot) -> None:
    gate, heard = threading.Event(), list[str]()
    lanes.run(Lane.SCANNER, gate.wait, on_done=lambda _: heard.append("slow"), on_error=ignore)
    lanes.run(Lane.SCANNER, lambda: None, on_done=lambda _: heard.append("behind it"), on_error=ignore)
    lanes.run(Lane.DATABASE, lambda: None, on_done=lambda _: heard.append("elsewhere"), on_error=ignore)
    qtbot.waitUntil(lambda: heard == ["elsewhere"])
    gate.set()
    qtbot.waitUntil(lambda: heard == ["elsewhere", "slow", "behind it"])


def test_an_error_arrives_instead_of_a_result(lanes: Lanes, qtbot: QtBot) -> None:
    errors: list[str] = []

    def fail() -> None:
        raise LookupError("no such thing")

    lanes.run(Lane.TOKEN, fail, on_done=lambda _: errors.append("done"), on_error=lambda e: errors.append(str(e)))
    qtbot.waitUntil(lambda: errors != [])
    assert errors == ["no such thing"]


def test_steps_arrive_one_by_one_and_those_before_an_error_are_kept(lanes: Lanes, qtbot: QtBot) -> None:
    heard: list[object] = []

    def steps() -> Iterator[int]:
        yield 1
        yield 2
        raise LookupError("the third")

    lanes.follow(
        Lane.SCANNER,
        steps,
        on_step=heard.append,
        on_done=lambda: heard.append("done"),
        on_error=lambda error: heard.append(str(error)),
    )
    qtbot.waitUntil(lambda: len(heard) == 3)
    assert heard == [1, 2, "the third"]


def test_it_is_idle_when_everything_has_come_back_even_through_a_faulty_answer(lanes: Lanes, qtbot: QtBot) -> None:
    def fail(_: object) -> None:
        raise LookupError("in the answer")

    with qtbot.captureExceptions() as exceptions, qtbot.waitSignal(lanes.idled):
        lanes.run(Lane.DATABASE, lambda: None, on_done=fail, on_error=ignore)
    assert lanes.is_idle
    assert [kind for kind, *_ in exceptions] == [LookupError]


@pytest.mark.usefixtures("dressed")
def test_stopping_tells_about_a_lane_that_does_not_end() -> None:
    gate, lanes = threading.Event(), Lanes()
    lanes.run(Lane.COURIER, gate.wait, on_error=ignore)
    assert not lanes.stop(0.05)
    gate.set()


def test_what_is_given_up_comes_back_to_nobody_and_new_work_does_not_wait_for_it(lanes: Lanes, qtbot: QtBot) -> None:
    gate, began, ended, heard = threading.Event(), threading.Event(), threading.Event(), list[object]()

    def hang() -> None:
        began.set()
        gate.wait()
        ended.set()
        raise LookupError("too late")

    lanes.run(Lane.SCANNER, hang, on_error=heard.append)
    lanes.run(Lane.SCANNER, lambda: heard.append("behind it"), on_error=heard.append)
    assert began.wait(10)
    lanes.give_up()
    assert lanes.is_idle
    lanes.run(Lane.SCANNER, lambda: "new", on_done=heard.append, on_error=heard.append)
    qtbot.waitUntil(lambda: heard == ["new"])
    gate.set()
    assert ended.wait(10)
    lanes.run(Lane.SCANNER, lambda: "newer", on_done=heard.append, on_error=heard.append)
    qtbot.waitUntil(lambda: lanes.is_idle)
    assert heard == ["new", "newer"]
