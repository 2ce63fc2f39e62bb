# SPDX-License-Identifier: GPL-3.0-or-later
"""The parent's hold on a reading worker: started at once, given a page again when it crashes, given up when silent."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from typing import Final

from scanning.child_program import ChildGoneError, ChildProgram, ChildSilentError
from scanning.classify.paper_class import PaperClass
from scanning.devices.wire import read_error
from scanning.errors import ScanningError
from scanning.frames import BrokenFrameError
from scanning.ocr.text import PageText
from scanning.page_reading import Glance, PageReading
from scanning.reading.wire import (
    ReadRequest,
    corrections_frame,
    learn_frame,
    read_corrections,
    read_glance,
    read_reading,
    read_request_frame,
)

logger = logging.getLogger(__name__)

_START_SECONDS: Final = 30.0
_PAGE_SECONDS: Final = 60.0
_ATTEMPTS: Final = 2
_LARGEST_FILE_BYTES: Final = 128 * 1024 * 1024

TellGlance = Callable[[Glance], None]
"""Called in the thread that reads, at most once a page."""


class ReadingWorker:
    """One worker program and its successors. ``read`` belongs to one thread at a time."""

    def __init__(self, arguments: Sequence[str], corrections: bytes) -> None:
        """Start the program.

        Args:
            arguments: Its command line.
            corrections: What was learnt from the clerks, or empty.
        """
        self._arguments = arguments
        self._corrections = corrections
        self._told = b""
        self._lock = threading.Lock()
        self._closed = False
        self._ready = False
        self._child: ChildProgram | None = ChildProgram("scanning.reading", arguments=arguments)

    def read(self, request: ReadRequest, tell_glance: TellGlance | None) -> PageReading:
        """Have a page read.

        Raises:
            ScanningError: As ``PageReader.submit`` says.
            CancelledError: The worker was closed meanwhile.
        """
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._ask(request, tell_glance)
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

    def know(self, corrections: bytes) -> None:
        """Take over what was learnt, from the next page on. Any thread."""
        self._corrections = corrections

    def learn(self, text: PageText, paper_class: PaperClass) -> bytes:
        """Learn what a page really is, and give all that is learnt so far.

        Raises:
            ScanningError: ``reading-unavailable``, ``ocr-language-missing``.
            CancelledError: The worker was closed meanwhile.
        """
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                child = self._told_child()
                child.send(learn_frame(text, paper_class))
                corrections = read_corrections(child.receive(_PAGE_SECONDS))
            except (ChildGoneError, ChildSilentError, BrokenFrameError) as error:
                self._end_child()
                if self._closed:
                    raise CancelledError from None
                if isinstance(error, ChildSilentError):
                    break
                logger.warning("reading worker ended before it had learnt, attempt %d of %d", attempt, _ATTEMPTS)
            else:
                self._corrections = self._told = corrections
                return corrections
        raise ScanningError("reading-unavailable", reason="cannot-learn")

    def close(self) -> None:
        """End the program at once."""
        with self._lock:
            self._closed = True
        self._end_child()

    def _ask(self, request: ReadRequest, tell_glance: TellGlance | None) -> PageReading:
        if len(request.page.content) > _LARGEST_FILE_BYTES:
            raise ScanningError("page-too-large", bytes=str(len(request.page.content)))
        child = self._told_child()
        child.send(read_request_frame(request))
        answer = child.receive(_PAGE_SECONDS)
        if answer.kind == "glance":
            glance = read_glance(answer)
            if tell_glance:
                self._tell(tell_glance, glance)
            answer = child.receive(_PAGE_SECONDS)
        if answer.kind == "error":
            raise read_error(answer)
        return read_reading(answer)

    def _tell(self, tell_glance: TellGlance, glance: Glance) -> None:
        try:
            tell_glance(glance)
        except BaseException:
            # The page's reading is still under way; the next page must not be given it.
            self._end_child()
            raise

    def _told_child(self) -> ChildProgram:
        """Give a program that is ready and knows what was learnt."""
        child = self._running_child()
        if not self._ready:
            greeting = child.receive(_START_SECONDS)
            if greeting.kind == "error":
                self._end_child()
                raise read_error(greeting)
            self._ready = True
            self._told = b""
        if self._told != self._corrections:
            self._told = self._corrections
            child.send(corrections_frame(self._told))
        return child

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
