# SPDX-License-Identifier: GPL-3.0-or-later
"""The background program: whose turn it is, and when it ends."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casework.errors import KnownError
from localdb.key_file import StoreKeys, create_key_file
from localdb.store import DATABASE_NAME, Store
from tests.localdb import samples
from workstation.background import Rota
from workstation.desk.background_program import BackgroundProgram
from workstation.desk.background_wire import BackgroundNews, BackgroundOrders
from workstation.desk.check_integrity import want_check

NOON = dt.datetime(2026, 11, 22, 5, 0, tzinfo=dt.UTC)


class Watch:
    """Seconds that a test lets pass."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Errand:
    """A job that does what it is told."""

    rest_seconds = 60.0

    def __init__(self, name: str, watch: Watch, slices: Iterator[bool | Exception], seconds: float = 0.0) -> None:
        self.name = name
        self.done_at: list[float] = []
        self._watch = watch
        self._slices = slices
        self._seconds = seconds

    def run_slice(self, now: dt.datetime) -> bool:
        self.done_at.append(self._watch())
        self._watch.now += self._seconds
        answer = next(self._slices)
        if isinstance(answer, Exception):
            raise answer
        return answer


def always(answer: bool) -> Iterator[bool]:
    while True:
        yield answer


def make_rota(watch: Watch, *jobs: Errand, writing: Callable[[], bool] = lambda: False) -> tuple[Rota, list[str]]:
    told: list[str] = []
    rota = Rota(jobs, lambda news: told.append(news.code), is_desk_writing=writing, clock=lambda: NOON, seconds=watch)
    return rota, told


def let_pass(rota: Rota, watch: Watch, seconds: float) -> None:
    end = watch.now + seconds
    while watch.now < end:
        pause = rota.turn()
        watch.now += pause


def test_jobs_take_turns_a_slice_each() -> None:
    watch = Watch()
    first = Errand("first", watch, always(True), seconds=0.05)
    second = Errand("second", watch, always(True), seconds=0.05)
    rota, _ = make_rota(watch, first, second)
    let_pass(rota, watch, 10)
    assert abs(len(first.done_at) - len(second.done_at)) <= 1
    assert len(first.done_at) > 20


def test_half_of_the_time_belongs_to_others() -> None:
    watch = Watch()
    busy = Errand("busy", watch, always(True), seconds=0.1)
    rota, _ = make_rota(watch, busy)
    let_pass(rota, watch, 100)
    assert len(busy.done_at) * 0.1 == pytest.approx(50, abs=1)


def test_a_job_without_more_to_do_rests() -> None:
    watch = Watch()
    rare = Errand("rare", watch, always(False))
    rota, _ = make_rota(watch, rare)
    let_pass(rota, watch, 600)
    assert len(rare.done_at) == 10


@pytest.mark.expects_log("workstation.background")
def test_a_job_that_fails_is_tried_again_with_growing_pauses_and_holds_nobody_up() -> None:
    watch = Watch()
    broken = Errand("broken", watch, iter([KnownError("no-access")] * 6 + [ValueError("Nguyễn Văn An")] * 100))
    sound = Errand("sound", watch, always(False))
    rota, told = make_rota(watch, broken, sound)
    let_pass(rota, watch, 6 * 3600)
    pauses = [round(later - earlier) for earlier, later in zip(broken.done_at, broken.done_at[1:], strict=False)]
    assert pauses[:8] == [60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert len(sound.done_at) > 300
    assert told == ["no-access"]


@pytest.mark.expects_log("workstation.background")
def test_what_may_pass_by_itself_is_not_told_and_a_success_forgets_the_failures() -> None:
    watch = Watch()
    busy = KnownError("database-busy", retryable=True)
    answers: list[bool | Exception] = [busy, busy, False]
    shaky = Errand("shaky", watch, iter([*answers, *answers, *answers]))
    rota, told = make_rota(watch, shaky)
    let_pass(rota, watch, 60 + 120 + 60 + 1)
    assert [round(moment - 100) for moment in shaky.done_at] == [0, 60, 180, 240]
    assert told == []


def test_no_slice_begins_while_the_desk_is_writing_unless_it_writes_for_ever() -> None:
    watch = Watch()
    patient = Errand("patient", watch, always(True))
    rota, _ = make_rota(watch, patient, writing=lambda: watch.now < 100.35)
    let_pass(rota, watch, 2)
    assert 100.35 <= patient.done_at[0] < 100.5
    watch = Watch()
    squeezed = Errand("squeezed", watch, always(True))
    rota, _ = make_rota(watch, squeezed, writing=lambda: True)
    let_pass(rota, watch, 20)
    assert 30 <= len(squeezed.done_at) <= 40


@pytest.mark.expects_log("workstation.background")
def test_a_database_that_cannot_be_read_for_a_moment_ends_nothing() -> None:
    watch = Watch()
    steady = Errand("steady", watch, always(False))
    errors = iter([None, KnownError("disk-error"), KnownError("database-busy", retryable=True)])

    def writing() -> bool:
        if error := next(errors, None):
            raise error
        return False

    rota, told = make_rota(watch, steady, writing=writing)
    let_pass(rota, watch, 600)
    assert len(steady.done_at) >= 8
    assert told == []


class Unresting(Errand):
    """A job that cannot say how long it rests."""

    @property
    def rest_seconds(self) -> float:  # type: ignore[override]  # the same to whoever reads it
        raise KnownError("disk-error")


@pytest.mark.expects_log("workstation.background")
def test_a_job_that_cannot_say_how_long_it_rests_holds_nobody_up() -> None:
    watch = Watch()
    unresting, sound = Unresting("unresting", watch, always(False)), Errand("sound", watch, always(False))
    rota, told = make_rota(watch, unresting, sound)
    let_pass(rota, watch, 600)
    assert len(sound.done_at) == 10
    assert 3 <= len(unresting.done_at) <= 5
    assert told == ["disk-error"]


# --- as a program ----------------------------------------------------------------------------------------------------


@pytest.fixture
def orders(tmp_path: Path) -> Iterator[BackgroundOrders]:
    """A store that is open here, as at a desk."""
    folder = tmp_path / "data"
    folder.mkdir()
    keys = create_key_file(
        folder / "keys.json",
        login="lan",
        password="mật khẩu",
        escrow_public_key=None,
        random_bytes=os.urandom,
        cost=samples.CHEAP,
    )
    store = Store.create(folder, keys)
    want_check(store.folder)
    yield BackgroundOrders(store.folder, keys)
    store.close()


def of_check(program: BackgroundProgram) -> BackgroundNews:
    """The first news of the check; other jobs are at work as well."""
    return next(news for news in program.news() if news.job == "check-integrity")


def wait_until(condition: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] not in "ZX"
    except FileNotFoundError:
        return False


def test_orders_and_news_survive_the_pipe(tmp_path: Path) -> None:
    orders = BackgroundOrders(tmp_path, StoreKeys.new(os.urandom))
    assert BackgroundOrders.from_line(orders.to_line()) == orders
    assert orders.keys.database_key.hex() not in repr(orders)
    news = BackgroundNews("job", "disk-full", is_trouble=True, details={"folder": "/mnt/đĩa"})
    assert BackgroundNews.from_line(news.to_line()) == news


def test_the_program_makes_a_check_that_is_wanted_and_ends_when_it_is_let_go(orders: BackgroundOrders) -> None:
    program = BackgroundProgram(orders)
    assert of_check(program) == BackgroundNews("check-integrity", "integrity-checked")
    assert [path.name for path in orders.folder.iterdir() if "wanted" in path.name] == []
    start = time.monotonic()
    program.stop()
    assert time.monotonic() - start < 2
    assert not is_running(program.pid)


def test_a_damaged_page_is_told(orders: BackgroundOrders) -> None:
    database = orders.folder / DATABASE_NAME
    with Store.open(orders.folder, orders.keys).transaction() as connection:
        connection.rows("SELECT 1")
    with database.open("r+b") as file:
        file.seek(4096 * 5 + 100)
        file.write(b"damage")
    program = BackgroundProgram(orders)
    assert of_check(program) == BackgroundNews("check-integrity", "database-damaged", is_trouble=True)
    program.stop()
    assert (orders.folder / "integrity-check-wanted").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_neither_the_command_line_nor_the_environment_nor_the_log_tells_the_key(orders: BackgroundOrders) -> None:
    program = BackgroundProgram(orders)
    next(program.news())
    secrets = [orders.keys.database_key, orders.keys.object_name_key]
    process = Path(f"/proc/{program.pid}")
    told = [(process / "cmdline").read_bytes(), (process / "environ").read_bytes()]
    seen = [*told, *(path.read_bytes() for path in orders.folder.glob("log/*"))]
    program.stop()
    assert all(told)
    for secret in secrets:
        assert not any(secret in text or secret.hex().encode() in text for text in seen)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_store_that_does_not_open_ends_the_program(tmp_path: Path) -> None:
    orders = BackgroundOrders(tmp_path, StoreKeys.new(os.urandom))
    program = BackgroundProgram(orders)
    assert list(program.news()) == []
    program.stop()
    assert "database-missing" in (tmp_path / "log" / "background.log").read_text()


DESK = """
import sys, time
from workstation.desk.background_program import BackgroundProgram
from workstation.desk.background_wire import BackgroundOrders
program = BackgroundProgram(BackgroundOrders.from_line(sys.stdin.buffer.readline()))
next(program.news())
print(program.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_desk_that_is_killed_leaves_no_orphan(orders: BackgroundOrders) -> None:
    desk = subprocess.Popen([sys.executable, "-c", DESK], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert desk.stdin is not None
    assert desk.stdout is not None
    desk.stdin.write(orders.to_line())
    desk.stdin.flush()
    pid = int(desk.stdout.readline())
    assert is_running(pid)
    desk.send_signal(signal.SIGKILL)
    desk.wait()
    wait_until(lambda: not is_running(pid), seconds=5)
    desk.stdin.close()
    desk.stdout.close()
