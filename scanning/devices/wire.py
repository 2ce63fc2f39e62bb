# SPDX-License-Identifier: GPL-3.0-or-later
"""The frames between ``Scanner`` and the scan worker.

To the worker: ``list``, ``scan``, ``cancel``. From the worker, for ``list`` and ``scan``: first ``accepted``; then
``devices``, or any number of ``page`` and ``moved`` (a sign of life) until ``done``, or at any point ``error``; at
last, when the driver has cleaned up, ``settled``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from scanning.devices.driver import Device, PaperSource, ScanRequest
from scanning.errors import ScanningError
from scanning.frames import BrokenFrameError, Frame
from scanning.page_image import ColorMode, PageImage

LIST: Final = Frame("list")
CANCEL: Final = Frame("cancel")
MOVED: Final = Frame("moved")
DONE: Final = Frame("done")
ACCEPTED: Final = Frame("accepted")
SETTLED: Final = Frame("settled")


def scan_frame(request: ScanRequest) -> Frame:
    """Ask for a scan."""
    return Frame(
        "scan",
        {
            "device_id": request.device_id,
            "resolution_dpi": request.resolution_dpi,
            "color_mode": request.color_mode.value,
            "source": request.source.value,
        },
    )


def read_scan(frame: Frame) -> ScanRequest:
    """The request in a ``scan`` frame."""
    return ScanRequest(
        device_id=_text(frame, "device_id"),
        resolution_dpi=_number(frame, "resolution_dpi"),
        color_mode=ColorMode(_text(frame, "color_mode")),
        source=PaperSource(_text(frame, "source")),
    )


def devices_frame(devices: Sequence[Device]) -> Frame:
    """Tell what was found."""
    return Frame("devices", {"devices": [[each.device_id, each.vendor, each.model] for each in devices]})


def read_devices(frame: Frame) -> list[Device]:
    """The scanners in a ``devices`` frame."""
    return [Device(*each) for each in cast("list[tuple[str, str, str]]", frame.fields["devices"])]


def page_frame(page: PageImage) -> Frame:
    """Hand over a page."""
    return Frame(
        "page",
        {
            "width_px": page.width_px,
            "height_px": page.height_px,
            "dpi": page.dpi,
            "color_mode": page.color_mode.value,
        },
        page.content,
    )


def read_page(frame: Frame) -> PageImage:
    """The page in a ``page`` frame."""
    return PageImage(
        content=frame.payload,
        width_px=_number(frame, "width_px"),
        height_px=_number(frame, "height_px"),
        dpi=_number(frame, "dpi"),
        color_mode=ColorMode(_text(frame, "color_mode")),
    )


def error_frame(error: ScanningError) -> Frame:
    """Tell what went wrong."""
    return Frame("error", {"code": error.code, "retryable": error.retryable, "details": dict(error.details)})


def read_error(frame: Frame) -> ScanningError:
    """The error in an ``error`` frame."""
    details = cast("dict[str, str]", frame.fields["details"])
    return ScanningError(_text(frame, "code"), retryable=bool(frame.fields["retryable"]), **details)


def _text(frame: Frame, name: str) -> str:
    value = frame.fields.get(name)
    if not isinstance(value, str):
        raise BrokenFrameError(f"{frame.kind} frame without {name}")
    return value


def _number(frame: Frame, name: str) -> int:
    value = frame.fields.get(name)
    if not isinstance(value, int):
        raise BrokenFrameError(f"{frame.kind} frame without {name}")
    return value
