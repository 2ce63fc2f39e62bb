# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk's side of the reading workers: hands pages out, brings readings back in order, outlives every crash."""

from __future__ import annotations

import logging
import os
import queue
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from scanning.child_program import ChildGoneError, ChildProgram, ChildSilentError
from scanning.devices.wire import page_frame, read_error
from scanning.errors import ScanningError
from scanning.frames import BrokenFrameError
from scanning.page_image import PageImage
from scanning.page_reading import PageReading, unreadable
from scanning.reading.wire import read_reading

logger = logging.getLogger(__name__)

_START_SECONDS: Final = 30.0
_PAGE_SECONDS: Final = 60.0
_ATTEMPTS: Final = 2
_PAGES_AHEAD: Final = 8  # a worker; keeps a long stack of paper from filling the memory
_LARGEST_FILE_BYTES: Final = 128 * 1024 * 1024
_PAGE_FAULTS: Final = "page-"


class PageReader:
    """Reads pages on several worker programs; a context manager.

    Workers start with it, so that the first page does not wait for them. A worker that crashes is started again and
    gets its page once more; a page that crashes two, or takes longer than a minute, is unreadable. Methods may be
    called from any thread.
    """

    def __init__(self, workers: int | None = None, *, language_folder: Path | None = None) -> None:
        """Choose the workers.

        Args:
            workers: How many pages are read at the same time, at least 1; as many as there are processors by default.
            language_folder: Where ``vie.traineddata`` lies, when not in a usual place.
        """
        count = max(1, workers or os.cpu_count() or 1)
        arguments = ["--language-folder", str(language_folder)] if language_folder else []
        self._workers = [_Worker(arguments) for _ in range(count)]
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="page reader")
        self._waiting: set[Future[PageReading]] = set()
        self._lock = threading.Lock()

    def submit(self, page: PageImage) -> Future[PageReading]:
        """Have a page read in the background.

        Returns:
            A future of the reading. It raises ``ScanningError``: ``page-unreadable``, ``page-format-unsupported``,
            ``page-resolution-invalid``, ``page-too-small``, ``page-too-large``, or ``ocr-language-missing`` and
            ``reading-unavailable``, which do not blame the page.
        """
        future = self._threads.submit(self._read, page)
        with self._lock:
            self._waiting.add(future)
        future.add_done_callback(self._forget)
        return future

    def read(self, page: PageImage) -> PageReading:
        """Read a page and wait for it; raises what ``submit`` says."""
        return self.submit(page).result()

    def read_all(self, pages: Iterable[PageImage]) -> Iterator[PageReading]:
        """Read pages while they arrive.

        Args:
            pages: May block for the scanner between two pages; those that arrived are read meanwhile.

        Yields:
            A reading for each page, in the order of the pages; a page that cannot be read has a ``fault``. Ends early
            after ``cancel``.

        Raises:
            ScanningError: ``ocr-language-missing``, ``reading-unavailable``; and what ``pages`` raises.
        """
        pending: deque[Future[PageReading]] = deque()
        try:
            for page in pages:
                pending.append(self.submit(page))
                while pending and (pending[0].done() or len(pending) > _PAGES_AHEAD * len(self._workers)):
                    yield _outcome(pending.popleft())
            while pending:
                yield _outcome(pending.popleft())
        except CancelledError:
            return
        finally:
            for future in pending:
                future.cancel()

    def cancel(self) -> None:
        """Give up every page that no worker has begun; their futures are cancelled, what is read stays."""
        with self._lock:
            waiting = list(self._waiting)
        for future in waiting:
            future.cancel()

    def close(self) -> None:
        """Give up all pages and end the workers at once."""
        self.cancel()
        for worker in self._workers:
            worker.close()
        self._threads.shutdown(cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self, page: PageImage) -> PageReading:
        worker = self._idle.get()
        try:
            return worker.read(page)
        finally:
            self._idle.put(worker)

    def _forget(self, future: Future[PageReading]) -> None:
        with self._lock:
            self._waiting.discard(future)


class _Worker:
    """One worker program and its successors. ``read`` belongs to one thread at a time."""

    def __init__(self, arguments: list[str]) -> None:
        self._arguments = arguments
        self._lock = threading.Lock()
        self._closed = False
        self._ready = False
        self._child: ChildProgram | None = ChildProgram("scanning.reading", arguments=arguments)

    def read(self, page: PageImage) -> PageReading:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._ask(page)
            except (ChildGoneError, BrokenFrameError):
                began = self._ready
                self._end_child()
                if self._closed:
                    raise CancelledError from None
                logger.warning("reading worker ended over a page, attempt %d of %d", attempt, _ATTEMPTS)
                if not began and attempt == _ATTEMPTS:
                    raise ScanningError("reading-unavailable", reason="worker-does-not-start") from None
            except ChildSilentError:
                began = self._ready
                self._end_child()
                logger.warning("reading worker was silent for too long, killed")
                if not began:
                    raise ScanningError("reading-unavailable", reason="worker-does-not-start") from None
                raise ScanningError("page-unreadable", reason="took-too-long") from None
        raise ScanningError("page-unreadable", reason="crashes-the-reader")

    def close(self) -> None:
        with self._lock:
            self._closed = True
        self._end_child()

    def _ask(self, page: PageImage) -> PageReading:
        if len(page.content) > _LARGEST_FILE_BYTES:
            raise ScanningError("page-too-large", bytes=str(len(page.content)))
        child = self._running_child()
        if not self._ready:
            greeting = child.receive(_START_SECONDS)
            if greeting.kind == "error":
                self._end_child()
                raise read_error(greeting)
            self._ready = True
        child.send(page_frame(page))
        answer = child.receive(_PAGE_SECONDS)
        if answer.kind == "error":
            raise read_error(answer)
        return read_reading(answer)

    def _running_child(self) -> ChildProgram:
        with self._lock:
            if self._closed:
                raise CancelledError
            if self._child is None:
                self._ready = False
                self._child = ChildProgram("scanning.reading", arguments=self._arguments)
            return self._child

    def _end_child(self) -> None:
        with self._lock:
            child, self._child = self._child, None
        if child is not None:
            child.kill()


def _outcome(future: Future[PageReading]) -> PageReading:
    try:
        return future.result()
    except ScanningError as error:
        if not error.code.startswith(_PAGE_FAULTS):
            raise
        return unreadable(error.code)
