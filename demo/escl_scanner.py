# SPDX-License-Identifier: GPL-3.0-or-later
"""A virtual office scanner: a glass, a feeder, pages drawn at the asked resolution, and faults on order.

``demo/escl_http.py`` puts it on the network as an eSCL scanner, so that real drivers (``sane-airscan``, Windows' own)
talk to it as to any scanner of the last ten years. Pages exist in memory only.
"""

from __future__ import annotations

import enum
import io
import itertools
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image

Picture = Callable[[int], Image.Image]
"""Gives one side of an A4 sheet as an RGB picture at a resolution in dpi."""

RESOLUTIONS_DPI: Final = (100, 200, 300)
UNITS_PER_INCH: Final = 300
GLASS_UNITS: Final = (2550, 3508)
"""Width and height of the scan area in 1/300 inch: a little wider than A4."""

_LID_GRAY: Final = (226, 226, 228)
_JPEG_QUALITY: Final = 88


class FaultKind(enum.Enum):
    """What can be ordered to go wrong."""

    JAM = "jam"
    """The feeder jams; the jam stays until the feeder is loaded again."""
    COVER_OPEN = "cover-open"
    """Somebody opens the lid of the feeder; it stays open until the feeder is loaded again."""
    CONNECTION_CUT = "connection-cut"
    """The connection ends in the middle of the next page."""
    GONE = "gone"
    """The scanner leaves the network."""
    SILENT = "silent"
    """The scanner keeps the connection and says nothing any more."""
    BUSY = "busy"
    """Another computer uses the scanner: no job is accepted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An ordered fault: it strikes when the page after ``after_pages`` delivered pages is asked for."""

    kind: FaultKind
    after_pages: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of A4 paper; ``back`` is only seen by a duplex job."""

    front: Picture
    back: Picture | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """What part of the glass is sampled, and how; lengths in 1/300 inch."""

    dpi: int
    gray: bool
    left: int = 0
    top: int = 0
    width: int = GLASS_UNITS[0]
    height: int = GLASS_UNITS[1]


@dataclass(frozen=True, slots=True)
class JobSettings:
    """One scan job: where the paper lies and what is sampled of it."""

    feeder: bool
    duplex: bool
    window: Window


@dataclass(frozen=True, slots=True)
class Struck:
    """Instead of a page: a fault strikes.

    Attributes:
        kind: Which.
        page: For a cut connection, the page of which only a part may arrive.
    """

    kind: FaultKind
    page: bytes = b""


class EsclScanner:
    """The machine; every method may be called from any thread.

    A page that was drawn once for the same window comes from memory the second time.
    """

    def __init__(self, *, make_and_model: str = "Motcua Virtual Scanner") -> None:
        self.make_and_model = make_and_model
        self._lock = threading.Lock()
        self._feeder: list[Sheet] = []
        self._glass: Picture | None = None
        self._fault: Fault | None = None
        self._stuck: FaultKind | None = None
        self._delivered = 0
        self._jobs: dict[str, tuple[JobSettings, list[Picture]]] = {}
        self._job_numbers = itertools.count(1)
        self._drawn: dict[tuple[Picture, Window], bytes] = {}

    def load_feeder(self, sheets: Sequence[Sheet]) -> None:
        """Take out what lies in the feeder and put sheets in; clears a jam and an open cover."""
        with self._lock:
            self._feeder = list(sheets)
            self._stuck = None

    def lay_on_glass(self, picture: Picture) -> None:
        """Put one sheet on the glass."""
        with self._lock:
            self._glass = picture

    def order_fault(self, fault: Fault | None) -> None:
        """Let something go wrong, once, counted from now; ``None`` takes the order back."""
        with self._lock:
            self._fault = fault
            self._delivered = 0

    @property
    def sheets_left(self) -> int:
        """Sheets that still lie in the feeder."""
        with self._lock:
            return len(self._feeder)

    @property
    def stuck(self) -> FaultKind | None:
        """``JAM`` or ``COVER_OPEN`` while that is so."""
        with self._lock:
            return self._stuck

    @property
    def working(self) -> bool:
        """Whether a job is under way."""
        with self._lock:
            return bool(self._jobs)

    def start_job(self, settings: JobSettings) -> str | None:
        """Accept a job.

        Returns:
            The job's id, or ``None`` when the scanner cannot take it now.
        """
        with self._lock:
            if self._fault is not None and self._fault.kind is FaultKind.BUSY:
                self._fault = None
                return None
            if settings.feeder and self._stuck is not None:
                return None
            self._jobs.clear()  # a driver that was killed never ends its job
            job_id = str(next(self._job_numbers))
            pictures = [] if settings.feeder or self._glass is None else [self._glass]
            self._jobs[job_id] = (settings, pictures)
            return job_id

    def cancel_job(self, job_id: str) -> bool:
        """Forget a job; sheets that it has not pulled in stay in the feeder. Says whether there was such a job."""
        with self._lock:
            return self._jobs.pop(job_id, None) is not None

    def next_page(self, job_id: str) -> bytes | Struck | None:
        """The next page of a job as a JPEG; ``None`` at its end, which also ends the job."""
        with self._lock:
            if job_id not in self._jobs:
                return None
            settings, pictures = self._jobs[job_id]
            if not pictures and settings.feeder and self._feeder:
                sheet = self._feeder[0]
                pictures += [sheet.front, *([sheet.back] if settings.duplex and sheet.back else [])]
            if not pictures:
                del self._jobs[job_id]
                return None
            striking = self._strike()
            if striking in (FaultKind.JAM, FaultKind.COVER_OPEN):
                self._stuck = striking
                return Struck(striking)
            if striking is not None and striking is not FaultKind.CONNECTION_CUT:
                return Struck(striking)
            picture = pictures.pop(0)
            if settings.feeder and not pictures:
                del self._feeder[0]
            self._delivered += 1
        page = self._draw(picture, settings.window)
        with self._lock:
            if job_id not in self._jobs:  # cancelled while the sheet went through
                return None
        return page if striking is None else Struck(striking, page)

    def _strike(self) -> FaultKind | None:
        if self._stuck is not None:
            return self._stuck
        if self._fault is None or self._fault.kind is FaultKind.BUSY or self._delivered < self._fault.after_pages:
            return None
        kind = self._fault.kind
        self._fault = None
        return kind

    def _draw(self, picture: Picture, window: Window) -> bytes:
        if (picture, window) not in self._drawn:
            self._drawn[picture, window] = _jpeg(picture(window.dpi), window)
        return self._drawn[picture, window]


def _jpeg(sheet: Image.Image, window: Window) -> bytes:
    left, top, width, height = (
        round(length * window.dpi / UNITS_PER_INCH) for length in (window.left, window.top, window.width, window.height)
    )
    page = Image.new("RGB", (width, height), _LID_GRAY)
    page.paste(sheet, (-left, -top))
    if window.gray:
        page = page.convert("L")
    content = io.BytesIO()
    page.save(content, "JPEG", quality=_JPEG_QUALITY, dpi=(window.dpi, window.dpi))
    return content.getvalue()
