# SPDX-License-Identifier: GPL-3.0-or-later
"""What every way to reach a scanner has in common: SANE today; direct eSCL, WIA and TWAIN can join behind it.

Drivers run only inside the scan worker (``python -m scanning.devices``), where a crash or a hang costs nothing but
the worker. The rest of the program uses ``scanning.scanner.Scanner``.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from scanning.page_image import ColorMode, PageImage

A4_WIDTH_MM: Final = 210.0
A4_HEIGHT_MM: Final = 297.0


class PaperSource(enum.Enum):
    """Where the paper lies; the value is what travels between programs."""

    FLATBED = "flatbed"
    FEEDER = "feeder"
    FEEDER_DUPLEX = "feeder-duplex"


@dataclass(frozen=True, slots=True)
class Device:
    """A scanner that a driver can see.

    Attributes:
        device_id: ``<driver>:<name the driver knows it by>``; stable as long as the scanner keeps its place.
        vendor: Maker as the driver tells it, or empty.
        model: Model or network name as the driver tells it, or empty.
    """

    device_id: str
    vendor: str
    model: str


@dataclass(frozen=True, slots=True)
class ScanRequest:
    """One press of the scan key: everything in the feeder, or the sheet on the glass.

    Attributes:
        device_id: Of a listed ``Device``; a device that is not listed may be named too.
        resolution_dpi: Wanted resolution, 75 to 1200; the nearest one that the scanner offers is used.
        color_mode: Colour or gray.
        source: Where the paper lies.
    """

    device_id: str
    resolution_dpi: int = 300
    color_mode: ColorMode = ColorMode.COLOR
    source: PaperSource = PaperSource.FEEDER


@dataclass(frozen=True, slots=True)
class Watch:
    """How the worker follows a driver at work; both are called often.

    Attributes:
        cancelled: Whether the clerk wants to stop.
        moved: Tell that the scanner gave a sign of life.
    """

    cancelled: Callable[[], bool]
    moved: Callable[[], None]


class OpenScanner(Protocol):
    """A scanner that works for one request."""

    def pages(self, watch: Watch) -> Iterator[PageImage]:
        """Scan and yield each page as soon as it is there.

        The area is A4 from the corner where the scanner puts paper, or what the scanner has of it.

        Raises:
            ScanningError: After the pages that arrived; the codes are listed in ``scanning.scanner``.
        """

    def cancel(self) -> None:
        """Make ``pages`` end soon; called from another thread, after ``Watch.cancelled`` turned true.

        A sheet on its way through a feeder should still be read, so that no paper comes out unseen.
        """

    def close(self) -> None:
        """Let the scanner go; may hang with a bad driver, then the worker is killed."""


class ScannerDriver(Protocol):
    """One way to reach scanners."""

    @property
    def name(self) -> str:
        """The part of a device id before the first colon."""

    def list_devices(self) -> Sequence[Device]:
        """Look for scanners; may take seconds.

        Raises:
            ScanningError: ``driver-missing`` or ``scanner-failed``.
        """

    def open(self, request: ScanRequest) -> OpenScanner:
        """Take hold of a scanner; the caller closes it.

        Raises:
            ScanningError: The codes are listed in ``scanning.scanner``.
        """
