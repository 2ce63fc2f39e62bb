# SPDX-License-Identifier: GPL-3.0-or-later
"""A scan under way, in a thread of its own, so that what is read meanwhile can be told before the next page is out."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, Self, TypeVar

from scanning.devices.driver import ScanRequest
from scanning.page_image import PageImage
from scanning.scanner import Scanner

News = TypeVar("News")


@dataclass(frozen=True, slots=True)
class _Ended:
    error: BaseException | None


class PageFeed(Generic[News]):
    """Gives pages and news in the order in which they happen; a context manager that ends the scan with it.

    The scanner goes on to the next page only when the caller asks for more after a page, so that a page is in safety
    before the driver may forget it. News may come from any thread. A page that nobody took before the end is lost, like
    those that the driver had read ahead.
    """

    def __init__(self, scanner: Scanner, request: ScanRequest, cancel: threading.Event) -> None:
        self._stop = _Stop(cancel)
        self._happened: queue.SimpleQueue[PageImage | News | _Ended] = queue.SimpleQueue()
        self._page_is_safe = threading.Semaphore(0)
        self._thread = threading.Thread(target=self._scan, args=(scanner, request), name="page feed", daemon=True)

    def tell(self, news: News) -> None:
        """Put news between the pages."""
        self._happened.put(news)

    def pages_and_news(self) -> Iterator[PageImage | News]:
        """Give what happens until the scanner is done.

        Raises:
            ScanningError: As ``scanning.scanner`` lists; after everything that happened before.
        """
        while not isinstance(happened := self._happened.get(), _Ended):
            yield happened
            if isinstance(happened, PageImage):
                self._page_is_safe.release()
        if happened.error is not None:
            raise happened.error

    def next_news(self) -> News:
        """Wait for the next news after ``pages_and_news`` has ended."""
        while isinstance(happened := self._happened.get(), PageImage | _Ended):
            pass  # only when it was left before its end
        return happened

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._page_is_safe.release()
        self._thread.join()

    def _scan(self, scanner: Scanner, request: ScanRequest) -> None:
        outcome: BaseException | None = None
        try:
            with closing(scanner.scan(request, self._stop)) as pages:
                for page in pages:
                    self._happened.put(page)
                    self._page_is_safe.acquire()
                    if self._stop.is_over():
                        break
        except BaseException as error:
            outcome = error
        self._happened.put(_Ended(outcome))


class _Stop(threading.Event):
    """Set when the person asked for it, or when nobody listens any more."""

    def __init__(self, asked: threading.Event) -> None:
        super().__init__()
        self._asked = asked

    def is_set(self) -> bool:
        return self._asked.is_set() or super().is_set()

    def is_over(self) -> bool:
        """Whether nobody listens any more."""
        return super().is_set()
