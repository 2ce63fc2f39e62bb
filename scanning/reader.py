# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk's side of the reading workers: hands pages out, brings readings back in order, outlives every crash."""

from __future__ import annotations

import hashlib
import os
import queue
import threading
from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from scanning.classify.paper_class import PaperClass
from scanning.errors import ScanningError
from scanning.ocr.text import PageText
from scanning.page_image import PageImage
from scanning.page_reading import PageReading, unreadable
from scanning.reading.wire import ReadRequest
from scanning.reading_worker import ReadingWorker, TellGlance

_PAGES_AHEAD: Final = 8  # a worker; keeps a long stack of paper from filling the memory
_READINGS_KEPT: Final = 64  # some 10 MB; a clerk goes back to the papers of one dossier
_PAGE_FAULTS: Final = "page-"


class PageReader:
    """Reads pages on several worker programs; a context manager.

    Workers start with it, so that the first page does not wait for them. A worker that crashes is started again and
    gets its page once more; a page that crashes two, or takes longer than a minute, is unreadable. The same bytes are
    read once: the newest readings are remembered, in memory. Methods may be called from any thread.
    """

    def __init__(
        self,
        workers: int | None = None,
        *,
        language_folder: Path | None = None,
        engine: str = "tesserocr",
        corrections: bytes = b"",
    ) -> None:
        """Choose the workers.

        Args:
            workers: How many pages are read at the same time, at least 1; as many as there are processors by default.
            language_folder: Where ``vie.traineddata`` lies, when not in a usual place.
            engine: ``tesserocr``, or ``pytesseract`` where that library does not run.
            corrections: What was learnt from the clerks (``scanning.classify.corrections``), or empty.
        """
        count = max(1, workers or os.cpu_count() or 1)
        arguments = ["--engine", engine]
        if language_folder:
            arguments += ["--language-folder", str(language_folder)]
        self._workers = [ReadingWorker(arguments, corrections) for _ in range(count)]
        self._idle: queue.SimpleQueue[ReadingWorker] = queue.SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="page reader")
        self._waiting: set[Future[PageReading]] = set()
        self._lock = threading.Lock()
        self._learning = threading.Lock()
        self._readings: OrderedDict[bytes, PageReading] = OrderedDict()

    def submit(self, page: PageImage, tell_glance: TellGlance | None = None) -> Future[PageReading]:
        """Have a page read in the background.

        Args:
            page: The page.
            tell_glance: Is told what the title says while the page is still being read, in some other thread; not
                called for a page that is already known or blank.

        Returns:
            A future of the reading. It raises ``ScanningError``: ``page-unreadable``, ``page-format-unsupported``,
            ``page-resolution-invalid``, ``page-too-small``, ``page-too-large``, or ``ocr-language-missing`` and
            ``reading-unavailable``, which do not blame the page.
        """
        return self.submit_request(ReadRequest(page, wants_glance=tell_glance is not None), tell_glance)

    def submit_request(self, request: ReadRequest, tell_glance: TellGlance | None = None) -> Future[PageReading]:
        """Have a page read in a certain way; see ``submit``."""
        future = self._threads.submit(self._read, request, tell_glance)
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
                while pending and (pending[0].done() or len(pending) > self.pages_ahead):
                    yield outcome(pending.popleft())
            while pending:
                yield outcome(pending.popleft())
        except CancelledError:
            return
        finally:
            for future in pending:
                future.cancel()

    def learn(self, text: PageText, paper_class: PaperClass) -> bytes:
        """Learn from a clerk what a page really is; waits for an idle worker. Pages read before stay what they were.

        Args:
            text: What was read on the page.
            paper_class: What it is.

        Returns:
            All that was learnt so far, to be kept (``scanning.classify.corrections``).

        Raises:
            ScanningError: ``reading-unavailable``, ``ocr-language-missing``.
            CancelledError: The readers were closed meanwhile.
        """
        with self._learning:  # two at a time would each know nothing of the other's
            worker = self._idle.get()
            try:
                corrections = worker.learn(text, paper_class)
            finally:
                self._idle.put(worker)
            self.know(corrections)
        return corrections

    def know(self, corrections: bytes) -> None:
        """Take over what was learnt, also elsewhere; empty to forget it."""
        with self._lock:
            self._readings.clear()
        for worker in self._workers:
            worker.know(corrections)

    @property
    def pages_ahead(self) -> int:
        """How many pages should wait at most, so that a long stack of paper does not fill the memory."""
        return _PAGES_AHEAD * len(self._workers)

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

    def _read(self, request: ReadRequest, tell_glance: TellGlance | None) -> PageReading:
        key = _key(request)
        with self._lock:
            if key in self._readings:
                self._readings.move_to_end(key)
                return self._readings[key]
        worker = self._idle.get()
        try:
            reading = worker.read(request, tell_glance)
        finally:
            self._idle.put(worker)
        with self._lock:
            self._readings[key] = reading
            while len(self._readings) > _READINGS_KEPT:
                self._readings.popitem(last=False)
        return reading

    def _forget(self, future: Future[PageReading]) -> None:
        with self._lock:
            self._waiting.discard(future)


def outcome(future: Future[PageReading]) -> PageReading:
    """Give the reading, or an empty one with its fault for a page that cannot be read.

    Raises:
        ScanningError: What does not blame the page.
    """
    try:
        return future.result()
    except ScanningError as error:
        if not error.code.startswith(_PAGE_FAULTS):
            raise
        return unreadable(error.code)


def _key(request: ReadRequest) -> bytes:
    digest = hashlib.sha256(request.page.content)
    digest.update(repr((request.page.dpi, request.transforms, request.text is None)).encode())
    return digest.digest()
