# SPDX-License-Identifier: GPL-3.0-or-later
"""``python -m workstation.background``: works at the store while a clerk is signed in, in small slices.

The desk starts it and gives it its orders through the standard input; when that pipe closes, because the desk locked,
ended or was killed, the program ends at once, wherever it is: every job can be left at any moment. News go to the
standard output.

It asks for little: a low priority, and after a slice a pause as long. Four threads take turns among their own jobs: one
copies the log, one checks (a check reads a whole database in one slice), one carries snapshots elsewhere, one does the
rest. A slice waits while the desk itself is writing, but never longer than half a second, or a desk that writes without
a pause would never be backed up.

Exit codes: 0 the desk let it go; 3 the store does not open.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO, Final, NoReturn

from casework.errors import KnownError
from localdb.store import Store
from sync_agent.data_folder import DataFolder
from sync_agent.wire.core_dumps import forbid_core_dumps
from workstation.desk import discreet_log
from workstation.desk.anchor_audit import AnchorAudit
from workstation.desk.background_job import Job
from workstation.desk.background_wire import BackgroundNews, BackgroundOrders, Tell
from workstation.desk.backup_jobs import CarrySnapshots, CheckIntegrity, CopyLog, ProveSnapshots, TakeSnapshots
from workstation.desk.clear_drafts import ClearDrafts
from workstation.desk.evict_objects import EvictObjects
from workstation.desk.prune_spool import PruneSpool
from workstation.desk.refresh_search import RefreshSearch
from workstation.desk.sweep_objects import SweepObjects

_log = logging.getLogger("workstation.background")

_NICENESS: Final = 10
"""Not lower: who holds the right to write must get its turn, or the desk waits for it (priority inversion)."""
_SHORTEST_PAUSE: Final = 0.01
_LONGEST_PAUSE: Final = 60.0
_QUIET_SECONDS: Final = 0.1
_LONGEST_POSTPONEMENT: Final = 0.5
_FIRST_RETRY: Final = 60.0
_LAST_RETRY: Final = 3600.0


@dataclass(slots=True)
class _Entry:
    job: Job
    ready_at: float
    failures: int = 0


class Rota:
    """Whose turn it is. One slice a turn; a job that fails waits longer each time and holds nobody up."""

    def __init__(
        self,
        jobs: Sequence[Job],
        tell: Tell,
        *,
        is_desk_writing: Callable[[], bool],
        clock: Callable[[], dt.datetime],
        seconds: Callable[[], float],
    ) -> None:
        """Make the rota.

        Args:
            jobs: What there is to do.
            tell: Passes news on to the desk.
            is_desk_writing: Whether somebody else has written since it was asked last.
            clock: The present moment, aware.
            seconds: A clock that never goes back.
        """
        self._tell = tell
        self._is_desk_writing = is_desk_writing
        self._clock = clock
        self._seconds = seconds
        self._entries = [_Entry(job, seconds()) for job in jobs]
        self._postponed_since: float | None = None

    def turn(self) -> float:
        """Run one slice of the job that has waited longest. Whatever goes wrong is logged, and tried again later.

        Returns:
            Seconds to leave the computer alone.
        """
        try:
            return self._turn()
        except Exception as error:
            _log.warning("no turn, again in %d s", _FIRST_RETRY, exc_info=error)
            return _FIRST_RETRY

    def _turn(self) -> float:
        start = self._seconds()
        entry = min(self._entries, key=lambda entry: entry.ready_at, default=None)
        if entry is None or entry.ready_at > start:
            return min(_LONGEST_PAUSE, entry.ready_at - start) if entry else _LONGEST_PAUSE
        if self._has_to_wait(start):
            return _QUIET_SECONDS
        entry.ready_at = self._run(entry)
        self._is_desk_writing()  # what was written by the slice is our own
        return max(_SHORTEST_PAUSE, self._seconds() - start)

    def _has_to_wait(self, now: float) -> bool:
        if not self._is_desk_writing():
            self._postponed_since = None
            return False
        if self._postponed_since is None:
            self._postponed_since = now
        if now - self._postponed_since < _LONGEST_POSTPONEMENT:
            return True
        self._postponed_since = None
        return False

    def _run(self, entry: _Entry) -> float:
        """Run a slice, and give the moment from which the next one may begin."""
        try:
            is_more = entry.job.run_slice(self._clock())
            rest = 0.0 if is_more else entry.job.rest_seconds
        except Exception as error:
            entry.failures += 1
            pause: float = min(_LAST_RETRY, _FIRST_RETRY * 2 ** (entry.failures - 1))
            _log.warning("%s failed, again in %d s", entry.job.name, pause, exc_info=error)
            if entry.failures == 1 and isinstance(error, KnownError) and not error.retryable:
                self._tell(BackgroundNews(entry.job.name, error.code, is_trouble=True, details=dict(error.details)))
            return self._seconds() + pause
        entry.failures = 0
        return self._seconds() + rest


class _Witness:
    """Notices that another program has written into the database."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._version = -1

    def has_written(self) -> bool:
        with self._store.reading() as connection:
            ((version,),) = connection.rows("PRAGMA data_version")
        has_changed = bool(version != self._version)
        self._version = version
        return has_changed


def main() -> int:
    """Read the orders and work until the desk lets go; see the module."""
    forbid_core_dumps()
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    line = incoming.readline()
    if not line.endswith(b"\n"):
        return 0
    orders = BackgroundOrders.from_line(line)
    del line
    threading.Thread(target=_end_with, args=(incoming,), name="desk", daemon=True).start()
    _step_back()
    discreet_log.keep_log(orders.folder / "log" / "background.log")

    telling = threading.Lock()

    def tell(news: BackgroundNews) -> None:
        # When nobody reads any more, the program is about to end.
        with telling, contextlib.suppress(OSError):
            outgoing.write(news.to_line())
            outgoing.flush()

    try:
        store = Store.open(orders.folder, orders.keys)
        own = _jobs(store, orders, tell)
        beside = {
            "log": (CopyLog(store),),
            "checks": _checks(store, tell),
            "elsewhere": _jobs_elsewhere(store, tell),
        }
    except KnownError as error:
        _log.warning("the store does not open: %s", error)
        return 3
    for name, jobs in beside.items():
        threading.Thread(target=_work, args=(store, jobs, tell), name=name, daemon=True).start()
    _work(store, own, tell)


def _jobs(store: Store, orders: BackgroundOrders, tell: Tell) -> Sequence[Job]:
    folder = DataFolder(orders.folder)
    return (
        RefreshSearch(store),
        TakeSnapshots(store, tell),
        SweepObjects(store, folder, tell),
        EvictObjects(store, tell, lambda: shutil.disk_usage(orders.folder).free),
        ClearDrafts(store),
        PruneSpool(store, folder),
        AnchorAudit(store, folder),
    )


def _checks(store: Store, tell: Tell) -> Sequence[Job]:
    """Jobs that read a whole database in one go, a minute for a large one; the others go on meanwhile."""
    return (CheckIntegrity(store, tell), ProveSnapshots(store, tell))


def _jobs_elsewhere(store: Store, tell: Tell) -> Sequence[Job]:
    """Jobs that a share without an answer may hold up for minutes; the others go on meanwhile."""
    return (CarrySnapshots(store, tell),)


def _work(store: Store, jobs: Sequence[Job], tell: Tell) -> NoReturn:
    rota = Rota(
        jobs,
        tell,
        is_desk_writing=_Witness(store).has_written,
        clock=lambda: dt.datetime.now(dt.UTC),
        seconds=time.monotonic,
    )
    while True:
        time.sleep(rota.turn())


def _end_with(incoming: IO[bytes]) -> None:
    # Past the buffer, whose lock a thread must not hold when the program ends by itself.
    os.read(incoming.fileno(), 1)
    os._exit(0)


def _step_back() -> None:
    if sys.platform != "win32":  # there the desk starts it with a low priority
        with contextlib.suppress(OSError):
            os.nice(_NICENESS)


if __name__ == "__main__":
    sys.exit(main())
