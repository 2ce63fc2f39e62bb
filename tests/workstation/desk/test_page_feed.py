# SPDX-License-Identifier: GPL-3.0-or-later
"""A scan in a thread of its own: pages and news in order, no page before the one before is safe, no thread left."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import cast

import pytest

from scanning.devices.driver import ScanRequest
from scanning.errors import ScanningError
from scanning.page_image import ColorMode, PageImage
from scanning.scanner import Scanner
from workstation.desk.page_feed import PageFeed

REQUEST = ScanRequest("made-up:1", 200, ColorMode.GRAY)
PATIENCE = 20


def sheet(number: int) -> PageImage:
    return PageImage(b"page %d" % number, 10, 10, 200, ColorMode.GRAY)


class MadeUpScanner:
    """Yields pages as ``scanning.scanner`` does: sheet after sheet until one asks it to stop.

    Attributes:
        asked_for: Numbers of the pages in the order in which they were asked for.
        was_closed: Whether its scan was ended, one way or the other.
    """

    def __init__(self, sheets: int, *, fault: ScanningError | None = None) -> None:
        self._sheets = sheets
        self._fault = fault
        self.asked_for: queue.SimpleQueue[int] = queue.SimpleQueue()
        self.was_closed = threading.Event()

    def scan(self, request: ScanRequest, cancel: threading.Event) -> Generator[PageImage, None, None]:
        assert request is REQUEST
        try:
            for number in range(self._sheets):
                self.asked_for.put(number)
                if cancel.is_set():
                    raise ScanningError("scan-cancelled")
                yield sheet(number)
            if self._fault:
                raise self._fault
        finally:
            self.was_closed.set()


class WaitingScanner(MadeUpScanner):
    """Waits for more paper after its sheets until one asks it to stop; then one sheet more comes out."""

    def scan(self, request: ScanRequest, cancel: threading.Event) -> Generator[PageImage, None, None]:
        yield from super().scan(request, cancel)
        while not cancel.is_set():
            time.sleep(0.005)
        yield sheet(99)
        raise ScanningError("scan-cancelled")


MakeFeed = Callable[[MadeUpScanner], PageFeed[str]]


@pytest.fixture
def cancel() -> threading.Event:
    return threading.Event()


@pytest.fixture
def feed_of(cancel: threading.Event) -> Iterator[MakeFeed]:
    """Makes feeds; whatever happened to them, none leaves a thread behind."""
    yield lambda scanner: PageFeed(cast("Scanner", scanner), REQUEST, cancel)
    assert [thread for thread in threading.enumerate() if thread.name == "page feed"] == []


def test_pages_come_in_the_order_of_the_scanner(feed_of: MakeFeed) -> None:
    with feed_of(MadeUpScanner(3)) as feed:
        assert list(feed.pages_and_news()) == [sheet(0), sheet(1), sheet(2)]


def test_an_empty_scan_ends(feed_of: MakeFeed) -> None:
    with feed_of(MadeUpScanner(0)) as feed:
        assert list(feed.pages_and_news()) == []


def test_the_scanner_is_asked_for_the_next_page_only_when_the_one_before_is_safe(feed_of: MakeFeed) -> None:
    scanner = MadeUpScanner(2)
    with feed_of(scanner) as feed:
        events = feed.pages_and_news()
        assert next(events) == sheet(0)
        assert scanner.asked_for.get(timeout=PATIENCE) == 0
        with pytest.raises(queue.Empty):
            scanner.asked_for.get(timeout=0.05)
        assert next(events) == sheet(1)
        assert scanner.asked_for.get(timeout=PATIENCE) == 1


def test_news_come_before_the_next_page_while_the_scanner_is_still_at_it(feed_of: MakeFeed) -> None:
    with feed_of(WaitingScanner(1)) as feed:
        events = feed.pages_and_news()
        assert next(events) == sheet(0)
        feed.tell("a glance")
        assert next(events) == "a glance"


def test_news_from_many_threads_are_all_told(feed_of: MakeFeed) -> None:
    with feed_of(MadeUpScanner(5)) as feed, ThreadPoolExecutor(4) as threads:
        told = [str(number) for number in range(200)]
        futures = [threads.submit(feed.tell, text) for text in told]
        happened = list(feed.pages_and_news())
        for future in futures:
            future.result()
        happened += [feed.next_news() for _ in range(200 - sum(isinstance(each, str) for each in happened))]
    assert sorted(each for each in happened if isinstance(each, str)) == sorted(told)
    assert [each for each in happened if isinstance(each, PageImage)] == [sheet(number) for number in range(5)]


def test_news_after_the_scan_are_waited_for(feed_of: MakeFeed) -> None:
    with feed_of(MadeUpScanner(1)) as feed:
        assert list(feed.pages_and_news()) == [sheet(0)]
        later = threading.Timer(0.05, feed.tell, ["read"])
        later.start()
        assert feed.next_news() == "read"
        later.join()


def test_an_error_of_the_driver_comes_after_the_pages_before_it(feed_of: MakeFeed) -> None:
    with feed_of(MadeUpScanner(2, fault=ScanningError("scanner-jammed", pages="2"))) as feed:
        events = feed.pages_and_news()
        assert [next(events), next(events)] == [sheet(0), sheet(1)]
        with pytest.raises(ScanningError, match="scanner-jammed") as failure:
            next(events)
        assert failure.value.details["pages"] == "2"
        feed.tell("read")
        assert feed.next_news() == "read"


def test_a_bug_in_the_driver_is_seen_and_not_swallowed(feed_of: MakeFeed) -> None:
    class Broken(MadeUpScanner):
        def scan(self, request: ScanRequest, cancel: threading.Event) -> Generator[PageImage, None, None]:
            yield from super().scan(request, cancel)
            raise ZeroDivisionError

    with feed_of(Broken(1)) as feed, pytest.raises(ZeroDivisionError):
        list(feed.pages_and_news())


def test_who_asked_for_the_end_gets_the_pages_until_then_and_the_driver_s_word(
    feed_of: MakeFeed, cancel: threading.Event
) -> None:
    with feed_of(MadeUpScanner(100)) as feed:
        events = feed.pages_and_news()
        assert [next(events), next(events)] == [sheet(0), sheet(1)]
        cancel.set()
        with pytest.raises(ScanningError, match="scan-cancelled"):
            next(events)


@pytest.mark.parametrize("taken", [0, 1, 2])
def test_leaving_in_the_middle_ends_the_scan_without_asking_for_another_page(feed_of: MakeFeed, taken: int) -> None:
    scanner = MadeUpScanner(100)
    with feed_of(scanner) as feed:
        events = feed.pages_and_news()
        for _ in range(taken):
            next(events)
    assert scanner.was_closed.is_set()
    assert scanner.asked_for.qsize() <= taken + 1


def test_what_goes_wrong_outside_ends_the_scan_and_is_what_is_told(feed_of: MakeFeed) -> None:
    scanner = MadeUpScanner(100)

    def fill_the_disk() -> None:
        with feed_of(scanner) as feed:
            next(feed.pages_and_news())
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        fill_the_disk()
    assert scanner.was_closed.is_set()


def test_leaving_while_the_driver_waits_for_paper_tells_it_to_stop_though_nobody_asked(
    feed_of: MakeFeed, cancel: threading.Event
) -> None:
    with feed_of(WaitingScanner(1)) as feed:
        events = feed.pages_and_news()
        next(events)
        feed.tell("read")
        next(events)  # the scanner waits for the second sheet by now
    assert not cancel.is_set()


def test_news_after_the_end_bother_nobody(feed_of: MakeFeed) -> None:
    with feed_of(MadeUpScanner(1)) as feed:
        pass
    feed.tell("too late")
