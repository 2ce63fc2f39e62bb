# SPDX-License-Identifier: GPL-3.0-or-later
"""The one door to background work: nothing that waits runs on the GUI thread.

Work is put into a lane; a lane does one thing at a time, in order. What comes back arrives on the GUI thread.
"""

from __future__ import annotations

import contextlib
import enum
import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from PyQt6.QtCore import QObject, pyqtSignal

_T = TypeVar("_T")


class Lane(enum.Enum):
    """What waits for what."""

    DATABASE = "database"
    SCANNER = "scanner"
    TOKEN = "token"  # noqa: S105 - the name of a lane
    FORMS = "forms"
    COURIER = "courier"
    FILES = "files"
    """Folders that people name; a share that is gone may keep the lane for minutes."""


@dataclass(frozen=True, slots=True)
class _Job:
    turn: int
    work: Callable[[], Any]
    on_step: Callable[[Any], None] | None
    on_done: Callable[[Any], None] | None
    on_error: Callable[[Exception], None]


class Lanes(QObject):
    """Runs work off the GUI thread.

    Signals:
        idled: Everything that was put in has come back.
        _arrived: Carries a turn, a callback and its argument over to the GUI thread.
    """

    idled = pyqtSignal()
    _arrived = pyqtSignal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._on_arrived)
        self._queues: dict[Lane, queue.SimpleQueue[_Job | None]] = {}
        self._threads: list[threading.Thread] = []
        self._pending = 0
        self._turn = 0

    @property
    def is_idle(self) -> bool:
        """Whether everything that was put in has come back."""
        return self._pending == 0

    def run(
        self,
        lane: Lane,
        work: Callable[[], _T],
        *,
        on_done: Callable[[_T], None] | None = None,
        on_error: Callable[[Exception], None],
    ) -> None:
        """Do ``work`` in a lane; then one of the two callbacks runs on the GUI thread."""
        self._put(lane, _Job(self._turn, work, None, on_done, on_error))

    def follow(
        self,
        lane: Lane,
        steps: Callable[[], Iterator[_T]],
        *,
        on_step: Callable[[_T], None],
        on_done: Callable[[], None] | None = None,
        on_error: Callable[[Exception], None],
    ) -> None:
        """Go through ``steps`` in a lane; ``on_step`` runs on the GUI thread for each one, in order."""
        done = on_done
        self._put(lane, _Job(self._turn, steps, on_step, None if done is None else lambda _: done(), on_error))

    def give_up(self) -> None:
        """Wait for nothing that was put in: what has not begun never does, and what hangs comes back to nobody.

        What is put in from now on has new lanes.
        """
        for jobs in self._queues.values():
            with contextlib.suppress(queue.Empty):
                while True:
                    jobs.get_nowait()
            jobs.put(None)
        self._queues.clear()
        self._threads.clear()
        self._pending = 0
        self._turn += 1

    def stop(self, seconds: float = 5.0) -> bool:
        """Let each lane finish what it is doing, and end.

        Args:
            seconds: How long a lane may take.

        Returns:
            Whether all ended; one that did not dies with the program.
        """
        for jobs in self._queues.values():
            jobs.put(None)
        for thread in self._threads:
            thread.join(seconds)
        ended = not any(thread.is_alive() for thread in self._threads)
        self._queues.clear()
        self._threads.clear()
        return ended

    def _put(self, lane: Lane, job: _Job) -> None:
        if lane not in self._queues:
            jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
            self._queues[lane] = jobs
            thread = threading.Thread(target=self._work, args=(jobs,), name=f"lane-{lane.value}", daemon=True)
            self._threads.append(thread)
            thread.start()
        self._pending += 1
        self._queues[lane].put(job)

    def _work(self, jobs: queue.SimpleQueue[_Job | None]) -> None:
        while (job := jobs.get()) is not None:
            try:
                result = job.work()
                if job.on_step is not None:
                    for step in result:
                        self._arrived.emit(job.turn, job.on_step, step)
                    result = None
            except Exception as error:
                self._arrived.emit(job.turn, self._finish(job.on_error), error)
            else:
                self._arrived.emit(job.turn, self._finish(job.on_done), result)

    def _finish(self, callback: Callable[[Any], None] | None) -> Callable[[Any], None]:
        def finish(argument: Any) -> None:  # noqa: ANN401 - whatever the work gave
            self._pending -= 1
            try:
                if callback is not None:
                    callback(argument)
            finally:
                if self._pending == 0:
                    self.idled.emit()

        return finish

    def _on_arrived(self, turn: int, callback: Callable[[Any], None], argument: object) -> None:
        if turn == self._turn:
            callback(argument)
