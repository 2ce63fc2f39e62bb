# SPDX-License-Identifier: GPL-3.0-or-later
"""Scanning through real SANE with its ``test`` backend, which can report every status that a scanner has."""

from __future__ import annotations

import io
import os
import re
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from scanning.devices.driver import Device, PaperSource, ScanRequest
from scanning.errors import ScanningError
from scanning.page_image import ColorMode, PageImage
from scanning.scanner import Scanner

SaneTestBackend = Callable[..., Scanner]

_DEVICE = "sane:test:0"
_FLATBED = ScanRequest(_DEVICE, 75, ColorMode.GRAY, PaperSource.FLATBED)
_FEEDER = ScanRequest(_DEVICE, 75, ColorMode.GRAY, PaperSource.FEEDER)
_A4_AT_75_DPI = (620, 877)


def _picture(page: PageImage) -> Image.Image:
    return Image.open(io.BytesIO(page.content))


def test_the_device_is_listed(sane_test_backend: SaneTestBackend) -> None:
    assert sane_test_backend().list_devices() == [Device(_DEVICE, "Noname", "frontend-tester")]


@pytest.mark.parametrize("dpi", [75, 200, 300])
@pytest.mark.parametrize("color_mode", ColorMode)
def test_a_page_has_the_size_resolution_and_colour_that_were_asked_for(
    sane_test_backend: SaneTestBackend, dpi: int, color_mode: ColorMode
) -> None:
    (page,) = sane_test_backend().scan(ScanRequest(_DEVICE, dpi, color_mode, PaperSource.FLATBED))
    picture = _picture(page)
    assert abs(page.width_px - 210 / 25.4 * dpi) < 2
    assert abs(page.height_px - 297 / 25.4 * dpi) < 2
    assert picture.size == (page.width_px, page.height_px)
    assert picture.info["dpi"] == (dpi, dpi)
    assert (page.dpi, page.color_mode) == (dpi, color_mode)
    assert picture.mode == ("RGB" if color_mode is ColorMode.COLOR else "L")


def test_a_feeder_gives_every_page_until_it_is_empty(sane_test_backend: SaneTestBackend) -> None:
    assert len(list(sane_test_backend().scan(_FEEDER))) == 10


def test_the_glass_gives_one_page(sane_test_backend: SaneTestBackend) -> None:
    assert len(list(sane_test_backend().scan(_FLATBED))) == 1


def test_a_resolution_that_is_not_offered_becomes_the_nearest(sane_test_backend: SaneTestBackend) -> None:
    scanner = sane_test_backend({"resolution_max": "100.0"})
    (page,) = scanner.scan(ScanRequest(_DEVICE, 300, ColorMode.GRAY, PaperSource.FLATBED))
    assert page.dpi == 100
    assert abs(page.width_px - 210 / 25.4 * 100) < 2


def test_a_page_whose_height_nobody_knows_before_is_read_to_its_end(sane_test_backend: SaneTestBackend) -> None:
    (page,) = sane_test_backend({"hand-scanner": "true"}).scan(_FLATBED)
    assert page.height_px > 100


def test_padding_at_the_end_of_lines_is_left_out(sane_test_backend: SaneTestBackend) -> None:
    scanner = sane_test_backend({"ppl-loss": "20", "test-picture": '"Solid white"'})
    (page,) = scanner.scan(_FLATBED)
    assert page.width_px == _A4_AT_75_DPI[0] - 20
    assert _picture(page).getextrema() == (255, 255)


def test_small_buffers_make_the_same_page(sane_test_backend: SaneTestBackend) -> None:
    settings = {"test-picture": '"Grid"'}
    (whole,) = sane_test_backend(settings).scan(_FLATBED)
    (pieces,) = sane_test_backend({**settings, "read-limit": "true", "read-limit-size": "999"}).scan(_FLATBED)
    assert pieces == whole


@pytest.mark.parametrize(
    ("status", "code", "retryable"),
    [
        ("JAMMED", "scanner-jammed", False),
        ("COVER_OPEN", "cover-open", False),
        ("NO_DOCS", "feeder-empty", False),
        ("DEVICE_BUSY", "scanner-busy", True),
        ("IO_ERROR", "scanner-gone", True),
        ("ACCESS_DENIED", "scanner-access-denied", False),
        ("NO_MEM", "scanner-failed", False),
        ("UNSUPPORTED", "scanner-unsupported", False),
        ("EOF", "page-truncated", False),
    ],
)
def test_every_status_of_sane_has_its_code(
    sane_test_backend: SaneTestBackend, status: str, code: str, retryable: bool
) -> None:
    scanner = sane_test_backend({"read-status-code": f'"SANE_STATUS_{status}"'})
    with pytest.raises(ScanningError) as caught:
        list(scanner.scan(_FEEDER))
    assert (caught.value.code, caught.value.retryable) == (code, retryable)
    assert caught.value.details["pages"] == "0"


def test_pictures_in_three_passes_are_refused(sane_test_backend: SaneTestBackend) -> None:
    scanner = sane_test_backend({"three-pass": "true", "mode": "Color"})
    with pytest.raises(ScanningError) as caught:
        list(scanner.scan(ScanRequest(_DEVICE, 75, ColorMode.COLOR, PaperSource.FLATBED)))
    assert caught.value.code == "scanner-unsupported"


def test_a_scanner_without_a_duplex_feeder_says_so(sane_test_backend: SaneTestBackend) -> None:
    with pytest.raises(ScanningError) as caught:
        list(sane_test_backend().scan(ScanRequest(_DEVICE, source=PaperSource.FEEDER_DUPLEX)))
    assert caught.value.code == "source-not-offered"


@pytest.mark.parametrize("device_id", ["sane:test:7", "sane:nobody:1", "sane:", "wia:1", "nonsense"])
def test_an_unknown_device_is_no_scanner(sane_test_backend: SaneTestBackend, device_id: str) -> None:
    with pytest.raises(ScanningError) as caught:
        list(sane_test_backend().scan(ScanRequest(device_id)))
    assert caught.value.code == "no-scanner"


def test_a_slow_page_can_be_cancelled_and_the_next_scan_works(sane_test_backend: SaneTestBackend) -> None:
    # About half a minute for the page, if it were read to the end.
    scanner = sane_test_backend({"read-delay": "true", "read-delay-duration": "200000"})
    worker = scanner.list_devices() and scanner.worker_pid
    cancel = threading.Event()
    cancel.set()
    started = time.monotonic()
    with pytest.raises(ScanningError) as caught:
        list(scanner.scan(ScanRequest(_DEVICE, 300, ColorMode.COLOR, PaperSource.FLATBED), cancel))
    assert caught.value.code == "scan-cancelled"
    assert time.monotonic() - started < 10
    assert scanner.worker_pid == worker
    assert len(list(scanner.scan(ScanRequest(_DEVICE, 10, ColorMode.GRAY, PaperSource.FLATBED)))) == 1


def test_a_slow_scanner_that_moves_is_not_called_silent(sane_test_backend: SaneTestBackend) -> None:
    scanner = sane_test_backend({"read-delay": "true", "read-delay-duration": "100000"}, silence_seconds=1.5)
    scanner.list_devices()
    started = time.monotonic()
    (page,) = scanner.scan(ScanRequest(_DEVICE, 75, ColorMode.COLOR, PaperSource.FLATBED))
    assert time.monotonic() - started > 1.5
    assert page.dpi == 75


def test_one_scanner_does_one_thing_at_a_time(sane_test_backend: SaneTestBackend) -> None:
    scanner = sane_test_backend()
    pages = scanner.scan(_FEEDER)
    next(pages)
    with pytest.raises(ScanningError) as caught:
        scanner.list_devices()
    assert (caught.value.code, caught.value.retryable) == ("scanner-busy", True)
    pages.close()
    assert len(scanner.list_devices()) == 1


def test_a_scan_that_nobody_reads_on_is_ended(sane_test_backend: SaneTestBackend) -> None:
    scanner = sane_test_backend()
    pages = scanner.scan(_FEEDER)
    next(pages)
    pages.close()
    assert scanner.worker_pid is None
    assert len(list(scanner.scan(_FEEDER))) == 10


def test_a_worker_that_died_while_nobody_needed_it_is_replaced_unnoticed(sane_test_backend: SaneTestBackend) -> None:
    scanner = sane_test_backend()
    scanner.list_devices()
    first = scanner.worker_pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert len(list(scanner.scan(_FEEDER))) == 10
    assert scanner.worker_pid != first


def test_a_worker_that_hangs_while_nobody_needs_it_is_replaced_unnoticed(sane_test_backend: SaneTestBackend) -> None:
    scanner = sane_test_backend()
    scanner.list_devices()
    first = scanner.worker_pid
    assert first is not None
    os.kill(first, signal.SIGSTOP)
    assert len(list(scanner.scan(_FEEDER))) == 10
    assert scanner.worker_pid != first


def test_a_worker_that_crashes_leaves_no_memory_on_the_disk(sane_test_backend: SaneTestBackend) -> None:
    scanner = sane_test_backend()
    scanner.list_devices()
    limits = Path(f"/proc/{scanner.worker_pid}/limits").read_text(encoding="ascii")
    assert re.search(r"Max core file size +0 +0 ", limits)
