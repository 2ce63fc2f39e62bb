# SPDX-License-Identifier: GPL-3.0-or-later
"""Scanning from a network scanner: our worker, real SANE, real ``sane-airscan``, HTTP to the virtual eSCL scanner."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from demo.counter_scanner import SCANNER_NAME, CounterScanner
from demo.escl_scanner import Fault, FaultKind, Picture, Sheet
from scanning.devices.driver import PaperSource, ScanRequest
from scanning.errors import ScanningError
from scanning.page_image import ColorMode, PageImage
from scanning.scanner import Scanner

_ORPHANING_PARENT = """
import os, signal
from scanning.scanner import Scanner
scanner = Scanner()
scanner.list_devices()
os.kill(os.getpid(), signal.SIGKILL)
"""


def _gray(level: int) -> Picture:
    """A page that can be told from others by its brightness."""

    def picture(dpi: int) -> Image.Image:
        return Image.new("RGB", (round(210 / 25.4 * dpi), round(297 / 25.4 * dpi)), (level, level, level))

    return picture


def _held_until_told_to_stop(counter: CounterScanner) -> Picture:
    """A page that does not come before the driver has ended its job."""
    pause = threading.Event()

    def picture(dpi: int) -> Image.Image:
        while counter.machine.working:
            pause.wait(0.01)
        return _gray(10)(dpi)

    return picture


def _stack(*levels: int) -> list[Sheet]:
    return [Sheet(_gray(level)) for level in levels]


def _brightness(page: PageImage) -> int:
    """To the nearest ten."""
    (mean,) = ImageStat.Stat(Image.open(io.BytesIO(page.content)).convert("L")).mean
    return round(mean / 10) * 10


def _from_feeder(device_id: str) -> ScanRequest:
    return ScanRequest(device_id, 100, ColorMode.GRAY, PaperSource.FEEDER)


def _until_it_fails(pages: Iterator[PageImage]) -> tuple[list[int], ScanningError]:
    arrived = []
    try:
        for page in pages:
            arrived.append(_brightness(page))
    except ScanningError as error:
        return arrived, error
    pytest.fail("nothing went wrong")


def test_the_scanner_is_listed_by_its_name(scanner: Scanner) -> None:
    (device,) = scanner.list_devices()
    assert device.model == SCANNER_NAME
    assert device.device_id.startswith("sane:airscan:")


def test_a_stack_comes_out_page_by_page_in_its_order(counter: CounterScanner, scanner: Scanner, device_id: str) -> None:
    counter.machine.load_feeder(_stack(50, 100, 150, 200))
    assert [_brightness(page) for page in scanner.scan(_from_feeder(device_id))] == [50, 100, 150, 200]
    assert counter.machine.sheets_left == 0


@pytest.mark.parametrize("color_mode", ColorMode)
@pytest.mark.parametrize(("dpi", "size"), [(200, (1654, 2339)), (300, (2480, 3508))])
def test_a_page_is_a4_at_the_resolution_and_colour_that_were_asked_for(
    counter: CounterScanner,
    scanner: Scanner,
    device_id: str,
    dpi: int,
    size: tuple[int, int],
    color_mode: ColorMode,
) -> None:
    counter.machine.load_feeder(_stack(90))
    (page,) = scanner.scan(ScanRequest(device_id, dpi, color_mode))
    picture = Image.open(io.BytesIO(page.content))
    assert picture.size == (page.width_px, page.height_px) == size
    assert picture.info["dpi"] == (dpi, dpi)
    assert picture.mode == ("RGB" if color_mode is ColorMode.COLOR else "L")
    assert (page.dpi, page.color_mode) == (dpi, color_mode)


def test_the_glass_gives_its_sheet_and_leaves_the_feeder_alone(
    counter: CounterScanner, scanner: Scanner, device_id: str
) -> None:
    counter.machine.load_feeder(_stack(50))
    counter.machine.lay_on_glass(_gray(120))
    (page,) = scanner.scan(ScanRequest(device_id, 100, ColorMode.GRAY, PaperSource.FLATBED))
    assert _brightness(page) == 120
    assert counter.machine.sheets_left == 1


def test_a_duplex_scan_gives_front_and_back_of_each_sheet(
    counter: CounterScanner, scanner: Scanner, device_id: str
) -> None:
    counter.machine.load_feeder([Sheet(_gray(50), _gray(60)), Sheet(_gray(100), _gray(110))])
    pages = scanner.scan(ScanRequest(device_id, 100, ColorMode.GRAY, PaperSource.FEEDER_DUPLEX))
    assert [_brightness(page) for page in pages] == [50, 60, 100, 110]


def test_a_page_is_there_before_the_next_one_is_pulled_in(
    counter: CounterScanner, scanner: Scanner, device_id: str
) -> None:
    gate = threading.Event()

    def behind_the_gate(dpi: int) -> Image.Image:
        gate.wait()
        return _gray(100)(dpi)

    counter.machine.load_feeder([Sheet(_gray(50)), Sheet(behind_the_gate)])
    pages = scanner.scan(_from_feeder(device_id))
    assert _brightness(next(pages)) == 50
    gate.set()
    assert [_brightness(page) for page in pages] == [100]


def test_an_empty_feeder_says_so(scanner: Scanner, device_id: str) -> None:
    arrived, error = _until_it_fails(scanner.scan(_from_feeder(device_id)))
    assert (arrived, error.code) == ([], "feeder-empty")


@pytest.mark.parametrize(
    ("fault", "code", "retryable"),
    [
        (FaultKind.JAM, "scanner-jammed", False),
        (FaultKind.COVER_OPEN, "cover-open", False),
        (FaultKind.CONNECTION_CUT, "scanner-gone", True),
        (FaultKind.GONE, "scanner-gone", True),
    ],
)
def test_pages_that_arrived_before_a_fault_stay(
    counter: CounterScanner, scanner: Scanner, device_id: str, fault: FaultKind, code: str, retryable: bool
) -> None:
    gate = threading.Event()

    def behind_the_gate(dpi: int) -> Image.Image:
        gate.wait()
        return _gray(150)(dpi)

    counter.machine.load_feeder([*_stack(50, 100), Sheet(behind_the_gate), *_stack(200)])
    counter.machine.order_fault(Fault(fault, after_pages=3))
    pages = scanner.scan(_from_feeder(device_id))
    arrived = [_brightness(next(pages)), _brightness(next(pages))]
    gate.set()
    # The driver reads ahead; whether it still hands over what it had read when the fault came is up to it.
    later, error = _until_it_fails(pages)
    arrived += later
    assert arrived in ([50, 100], [50, 100, 150])
    assert (error.code, error.retryable, error.details["pages"]) == (code, retryable, str(len(arrived)))


def test_after_a_jam_the_rest_of_the_stack_can_be_scanned(
    counter: CounterScanner, scanner: Scanner, device_id: str
) -> None:
    counter.machine.load_feeder(_stack(50, 100, 150))
    counter.machine.order_fault(Fault(FaultKind.JAM, after_pages=1))
    _until_it_fails(scanner.scan(_from_feeder(device_id)))
    arrived, error = _until_it_fails(scanner.scan(_from_feeder(device_id)))
    assert (arrived, error.code) == ([], "scanner-jammed")
    counter.machine.load_feeder(_stack(100, 150))
    assert [_brightness(page) for page in scanner.scan(_from_feeder(device_id))] == [100, 150]


def test_a_scanner_that_is_switched_off_is_gone(counter: CounterScanner, scanner: Scanner, device_id: str) -> None:
    counter.server.unplug()
    arrived, error = _until_it_fails(scanner.scan(_from_feeder(device_id)))
    assert (arrived, error.code) == ([], "scanner-gone")


def test_a_scanner_that_is_busy_for_a_moment_is_waited_for(
    counter: CounterScanner, scanner: Scanner, device_id: str
) -> None:
    counter.machine.load_feeder(_stack(50))
    counter.machine.order_fault(Fault(FaultKind.BUSY))
    assert [_brightness(page) for page in scanner.scan(_from_feeder(device_id))] == [50]


@pytest.mark.expects_log("scanning.scanner")
def test_a_scanner_that_falls_silent_costs_its_worker_and_nothing_else(counter: CounterScanner) -> None:
    with Scanner(environment=counter.environment, silence_seconds=3.0) as scanner:
        (device,) = scanner.list_devices()
        counter.machine.load_feeder(_stack(50, 100))
        counter.machine.order_fault(Fault(FaultKind.SILENT, after_pages=1))
        arrived, error = _until_it_fails(scanner.scan(_from_feeder(device.device_id)))
        assert arrived == [50]
        assert (error.code, error.retryable) == ("scanner-silent", True)
        assert len(scanner.list_devices()) == 1
        assert [_brightness(page) for page in scanner.scan(_from_feeder(device.device_id))] == [100]


@pytest.mark.expects_log("scanning.scan_worker")
def test_a_worker_that_is_killed_costs_the_rest_of_the_batch_and_nothing_else(
    counter: CounterScanner, scanner: Scanner, device_id: str
) -> None:
    gate = threading.Event()

    def behind_the_gate(dpi: int) -> Image.Image:
        gate.wait()
        return _gray(100)(dpi)

    counter.machine.load_feeder([Sheet(_gray(50)), Sheet(behind_the_gate)])
    pages = scanner.scan(_from_feeder(device_id))
    assert _brightness(next(pages)) == 50
    assert scanner.worker_pid is not None
    os.kill(scanner.worker_pid, signal.SIGKILL)
    arrived, error = _until_it_fails(pages)
    gate.set()
    assert (arrived, error.code, error.retryable) == ([], "scanner-crashed", True)
    counter.machine.load_feeder(_stack(70))
    assert [_brightness(page) for page in scanner.scan(_from_feeder(device_id))] == [70]


def test_a_cancelled_scan_keeps_its_pages_and_leaves_the_rest_of_the_stack(
    counter: CounterScanner, scanner: Scanner, device_id: str
) -> None:
    counter.machine.load_feeder(_stack(*[50] * 100))
    worker = scanner.worker_pid
    cancel = threading.Event()
    pages = scanner.scan(_from_feeder(device_id), cancel)
    assert _brightness(next(pages)) == 50
    cancel.set()
    arrived, error = _until_it_fails(pages)
    assert (error.code, error.details["pages"]) == ("scan-cancelled", str(1 + len(arrived)))
    assert counter.machine.sheets_left > 0
    assert not counter.machine.working
    assert scanner.worker_pid == worker


def test_a_slow_sheet_on_the_glass_is_let_be_when_the_scan_is_cancelled(
    counter: CounterScanner, scanner: Scanner, device_id: str
) -> None:
    counter.machine.lay_on_glass(_held_until_told_to_stop(counter))
    worker = scanner.worker_pid
    cancel = threading.Event()
    cancel.set()
    request = ScanRequest(device_id, 100, ColorMode.GRAY, PaperSource.FLATBED)
    arrived, error = _until_it_fails(scanner.scan(request, cancel))
    assert (arrived, error.code) == ([], "scan-cancelled")
    assert scanner.worker_pid == worker


def test_a_driver_that_does_not_stop_is_stopped(counter: CounterScanner) -> None:
    with Scanner(environment=counter.environment, cancel_seconds=0.5) as scanner:
        (device,) = scanner.list_devices()
        counter.machine.load_feeder(_stack(50, 100))
        counter.machine.order_fault(Fault(FaultKind.SILENT, after_pages=1))
        cancel = threading.Event()
        pages = scanner.scan(_from_feeder(device.device_id), cancel)
        assert _brightness(next(pages)) == 50
        cancel.set()
        arrived, error = _until_it_fails(pages)
        assert (arrived, error.code) == ([], "scan-cancelled")
        assert scanner.worker_pid is None


def test_the_worker_leaves_when_its_parent_dies(counter: CounterScanner) -> None:
    parent = subprocess.run(
        [sys.executable, "-c", _ORPHANING_PARENT],
        env={**os.environ, **counter.environment, "PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    # The worker holds the parent's stderr: run() returned only because the worker had left, too.
    assert parent.returncode == -signal.SIGKILL
    assert "Traceback" not in parent.stderr
