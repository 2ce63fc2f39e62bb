# SPDX-License-Identifier: GPL-3.0-or-later
"""Readers and a scanner that a test has in its hand: they answer at once, and nothing native is started."""

from __future__ import annotations

import dataclasses
import io
import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future
from typing import cast

from PIL import Image

from scanning.classify.guess import ClassGuess, Evidence
from scanning.classify.paper_class import PaperClass
from scanning.devices.driver import ScanRequest
from scanning.errors import ScanningError
from scanning.extract.field import Field
from scanning.page_image import PageImage
from scanning.page_reading import Advice, PageReading, Quality, unreadable
from scanning.reader import PageReader
from scanning.reading.wire import ReadRequest
from scanning.reading_worker import TellGlance
from scanning.scanner import Scanner
from scanning.transforms import Rotation, Transform, total_degrees
from workstation.desk.learn_class import laid_out

FOUND: tuple[Transform, ...] = (Rotation(0.5),)
"""What the reader finds out of every page."""


def thumbnail(words: str) -> bytes:
    """Give a small picture that no page with other words has."""
    content = io.BytesIO()
    Image.new("L", (20, 28), 200).save(content, "JPEG", comment=words)
    return content.getvalue()


class HandReader:
    """Says of every page how it was read.

    Attributes:
        asked: The steps of each request, in order.
        fault: Code with which the next pages are not read, or empty.
        meanwhile: Done while a page is being read.
        guess: What every page seems to be.
        advice: Why to scan every page again.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[Transform, ...] | None] = []
        self.fault = ""
        self.meanwhile: Callable[[], None] = lambda: None
        self.guess = ClassGuess(PaperClass.BIRTH_PROOF, 0.9, Evidence.TITLE, starts_paper=True)
        self.advice: tuple[Advice, ...] = ()

    @property
    def as_reader(self) -> PageReader:
        """The same to the type checker."""
        return cast("PageReader", self)

    def submit(self, page: PageImage, tell_glance: TellGlance | None = None) -> Future[PageReading]:
        """Read a page as the reader finds it."""
        return self.submit_request(ReadRequest(page))

    def submit_request(self, request: ReadRequest, tell_glance: TellGlance | None = None) -> Future[PageReading]:
        """Read a page."""
        self.asked.append(request.transforms)
        meanwhile, self.meanwhile = self.meanwhile, lambda: None
        meanwhile()
        future: Future[PageReading] = Future()
        if self.fault:
            future.set_exception(ScanningError(self.fault))
            return future
        steps = FOUND if request.transforms is None else request.transforms
        words = f"{request.page.width_px} {total_degrees(steps):g}"
        future.set_result(
            dataclasses.replace(
                unreadable(""),
                fault=None,
                transforms=steps,
                text=laid_out(words),
                guess=self.guess,
                fields=(Field("child_name", words, 0.9, ()),),
                quality=Quality(200, 100, 0.2, 0.05, self.advice),
                thumbnail=thumbnail(words),
            )
        )
        return future


class HandScanner:
    """Gives sheets, and fails after them when told to.

    Attributes:
        requests: What was asked for.
    """

    def __init__(self, sheets: Sequence[PageImage], error: str = "", then: Callable[[], None] = lambda: None) -> None:
        self._sheets, self._error, self._then = sheets, error, then
        self.requests: list[ScanRequest] = []

    @property
    def as_scanner(self) -> Scanner:
        """The same to the type checker."""
        return cast("Scanner", self)

    def scan(self, request: ScanRequest, cancel: threading.Event) -> Generator[PageImage, None, None]:
        """Scan."""
        self.requests.append(request)
        yield from self._sheets
        self._then()
        if self._error:
            raise ScanningError(self._error)
