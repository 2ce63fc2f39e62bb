# SPDX-License-Identifier: GPL-3.0-or-later
"""Wrong passwords: a person who mistypes hardly notices, a program that guesses waits."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest

from casework.errors import KnownError
from localdb.password_tries import LONGEST_WAIT, PasswordTries

NOON = dt.datetime(2026, 11, 22, 5, 0, tzinfo=dt.UTC)


class Computer:
    """Two clocks: one that everybody can set, and one that runs since the computer was started."""

    def __init__(self) -> None:
        self.wall = NOON
        self.ticks = 5000.0

    def pass_time(self, seconds: float) -> None:
        self.wall += dt.timedelta(seconds=seconds)
        self.ticks += seconds

    def start_anew(self, after: float, up: float = 60.0) -> None:
        self.wall += dt.timedelta(seconds=after)
        self.ticks = up


@pytest.fixture
def computer() -> Computer:
    return Computer()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tries.json"


def tries(path: Path, computer: Computer) -> PasswordTries:
    return PasswordTries(path, lambda: computer.wall, lambda: computer.ticks)


def fail(path: Path, computer: Computer, code: str = "wrong-password") -> str:
    """Try a wrong password; give what was said."""
    with pytest.raises(KnownError) as caught, tries(path, computer).one():
        raise KnownError(code, retryable=True)
    return caught.value.code


def wait_of(path: Path, computer: Computer) -> int:
    return tries(path, computer).seconds_to_wait()


def test_three_wrong_passwords_cost_no_waiting(path: Path, computer: Computer) -> None:
    assert wait_of(path, computer) == 0
    assert [(fail(path, computer), wait_of(path, computer)) for _ in range(2)] == [("wrong-password", 0)] * 2
    assert fail(path, computer) == "wrong-password"


def test_each_further_one_costs_twice_as_long_up_to_five_minutes(path: Path, computer: Computer) -> None:
    waits = []
    for _ in range(14):
        assert fail(path, computer) == "wrong-password"
        waits.append(wait_of(path, computer))
        computer.pass_time(waits[-1])
    assert waits == [0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300]


def test_who_tries_too_soon_is_told_the_seconds_and_the_password_is_not_tried(path: Path, computer: Computer) -> None:
    for _ in range(5):
        fail(path, computer)
        computer.pass_time(wait_of(path, computer))
    fail(path, computer)
    computer.pass_time(5.5)
    tried = []
    with pytest.raises(KnownError) as caught, tries(path, computer).one():
        tried.append(1)
    error = caught.value
    assert (error.code, error.retryable, error.details) == ("too-many-tries", True, {"seconds": "11"})
    assert tried == []


def test_trying_too_soon_makes_the_wait_no_longer(path: Path, computer: Computer) -> None:
    for _ in range(5):
        fail(path, computer)
        computer.pass_time(wait_of(path, computer))
    fail(path, computer)
    assert fail(path, computer) == "too-many-tries"
    assert wait_of(path, computer) == 16


def test_the_right_password_forgets_everything(path: Path, computer: Computer) -> None:
    for _ in range(6):
        fail(path, computer)
        computer.pass_time(wait_of(path, computer))
    with tries(path, computer).one():
        pass
    assert not path.exists()
    assert wait_of(path, computer) == 0


def test_other_failures_do_not_count(path: Path, computer: Computer) -> None:
    for _ in range(9):
        assert fail(path, computer, "key-file-damaged") == "key-file-damaged"
        assert fail(path, computer, "no-such-clerk") == "no-such-clerk"
    assert not path.exists()


@pytest.mark.parametrize("years", [-2, 2])
def test_setting_the_clock_shortens_and_lengthens_nothing(path: Path, computer: Computer, years: int) -> None:
    for _ in range(6):
        fail(path, computer)
        computer.pass_time(wait_of(path, computer))
    fail(path, computer)
    assert wait_of(path, computer) == 32
    computer.wall += dt.timedelta(days=365 * years)
    assert wait_of(path, computer) == 32
    computer.pass_time(30)
    assert wait_of(path, computer) == 2


def test_starting_the_computer_anew_is_no_way_around(path: Path, computer: Computer) -> None:
    for _ in range(12):
        fail(path, computer)
        computer.pass_time(wait_of(path, computer))
    fail(path, computer)
    computer.start_anew(after=40, up=20)
    assert wait_of(path, computer) == LONGEST_WAIT - 40


def test_after_a_night_nobody_waits(path: Path, computer: Computer) -> None:
    for _ in range(12):
        fail(path, computer)
        computer.pass_time(wait_of(path, computer))
    fail(path, computer)
    computer.start_anew(after=14 * 3600)
    assert wait_of(path, computer) == 0


def test_a_clock_that_lost_its_battery_keeps_nobody_out_longer_than_the_wait(path: Path, computer: Computer) -> None:
    for _ in range(12):
        fail(path, computer)
        computer.pass_time(wait_of(path, computer))
    fail(path, computer)
    computer.wall = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    computer.ticks = 10
    assert wait_of(path, computer) == LONGEST_WAIT - 10
    computer.pass_time(LONGEST_WAIT - 10)
    assert wait_of(path, computer) == 0


def test_nobody_is_ever_locked_out(path: Path, computer: Computer) -> None:
    for failures, wall, ticks in itertools.product((3, 10**9), (0.0, 1e18, -1e18), (0.0, 1e18, -1e18)):
        path.write_text(json.dumps({"failures": failures, "wall": wall, "ticks": ticks}))
        wait = wait_of(path, computer)
        assert wait <= LONGEST_WAIT
        later = Computer()
        later.wall, later.ticks = computer.wall, computer.ticks
        later.pass_time(LONGEST_WAIT)
        assert wait_of(path, later) == 0


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"failures": 9, "wall": NaN, "ticks": 1}'])
def test_a_damaged_count_begins_anew(path: Path, computer: Computer, content: bytes) -> None:
    path.write_bytes(content)
    assert wait_of(path, computer) == 0
    assert fail(path, computer) == "wrong-password"


TRY_AND_DIE = """
import datetime as dt, os, sys
from pathlib import Path
from localdb.password_tries import PasswordTries
with PasswordTries(Path(sys.argv[1]), lambda: dt.datetime.now(dt.UTC)).one():
    os._exit(9)
"""


def test_a_program_that_is_ended_while_it_tries_has_tried(path: Path) -> None:
    for _ in range(4):
        subprocess.run([sys.executable, "-c", TRY_AND_DIE, str(path)], check=False, cwd=Path(__file__).parents[2])
    assert json.loads(path.read_text())["failures"] in {3, 4}
    assert [each.name for each in path.parent.iterdir()] == ["tries.json"]
