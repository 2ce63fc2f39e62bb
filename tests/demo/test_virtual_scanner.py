# SPDX-License-Identifier: GPL-3.0-or-later
"""The virtual scanner keeps to eSCL, whoever the driver is."""

from __future__ import annotations

import http.client
import io
from collections.abc import Iterator

import pytest
from PIL import Image

from demo.escl_http import EsclServer
from demo.escl_scanner import EsclScanner, Fault, FaultKind, Sheet

_JOB = """<?xml version="1.0"?>
<scan:ScanSettings xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03"
  xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm">
<pwg:ScanRegions><pwg:ScanRegion>
<pwg:XOffset>300</pwg:XOffset><pwg:YOffset>600</pwg:YOffset><pwg:Width>{width}</pwg:Width><pwg:Height>900</pwg:Height>
</pwg:ScanRegion></pwg:ScanRegions>
<pwg:InputSource>Feeder</pwg:InputSource><scan:ColorMode>{color}</scan:ColorMode>
<scan:XResolution>{dpi}</scan:XResolution><scan:YResolution>{dpi}</scan:YResolution>
</scan:ScanSettings>"""


def _job(*, dpi: int = 100, color: str = "Grayscale8", width: int = 1500) -> str:
    return _JOB.format(dpi=dpi, color=color, width=width)


def _half_dark(dpi: int) -> Image.Image:
    """White, black below the third inch."""
    sheet = Image.new("RGB", (round(210 / 25.4 * dpi), round(297 / 25.4 * dpi)), "white")
    sheet.paste((0, 0, 0), (0, 3 * dpi, sheet.width, sheet.height))
    return sheet


@pytest.fixture
def machine() -> EsclScanner:
    machine = EsclScanner()
    machine.load_feeder([Sheet(_half_dark)] * 2)
    return machine


@pytest.fixture
def driver(machine: EsclScanner) -> Iterator[http.client.HTTPConnection]:
    with EsclServer(machine) as server:
        connection = http.client.HTTPConnection(server.url.split("/")[2], timeout=10)
        yield connection
        connection.close()


def _ask(driver: http.client.HTTPConnection, method: str, path: str, body: str = "") -> tuple[int, bytes, str]:
    driver.request(method, path if path.startswith("/") else f"/eSCL/{path}", body)
    answer = driver.getresponse()
    return answer.status, answer.read(), (answer.getheader("Location") or "").partition("/eSCL/")[2]


def test_a_job_gives_its_region_page_by_page_and_then_404(driver: http.client.HTTPConnection) -> None:
    status, _, job = _ask(driver, "POST", "ScanJobs", _job())
    assert status == 201
    for _ in range(2):
        status, page, _ = _ask(driver, "GET", f"{job}/NextDocument")
        picture = Image.open(io.BytesIO(page))
        assert (status, picture.size, picture.mode) == (200, (500, 300), "L")
        assert picture.info["dpi"] == (100, 100)
        # The region starts one inch from the left and two from the top; the dark part lies below the third inch.
        assert [picture.getpixel((250, y)) for y in (20, 280)] == [255, 0]
    assert _ask(driver, "GET", f"{job}/NextDocument")[0] == 404


def test_resolution_and_colour_are_honoured(driver: http.client.HTTPConnection) -> None:
    _, _, job = _ask(driver, "POST", "ScanJobs", _job(dpi=200, color="RGB24"))
    picture = Image.open(io.BytesIO(_ask(driver, "GET", f"{job}/NextDocument")[1]))
    assert (picture.size, picture.mode, picture.info["dpi"]) == ((1000, 600), "RGB", (200, 200))


def test_a_region_beyond_the_paper_shows_the_lid(driver: http.client.HTTPConnection) -> None:
    _, _, job = _ask(driver, "POST", "ScanJobs", _job(width=2550))
    picture = Image.open(io.BytesIO(_ask(driver, "GET", f"{job}/NextDocument")[1]))
    assert picture.width == 850
    assert picture.getpixel((840, 10)) == pytest.approx(226, abs=3)


def test_the_status_tells_of_paper_and_jam(driver: http.client.HTTPConnection, machine: EsclScanner) -> None:
    assert b"ScannerAdfLoaded" in _ask(driver, "GET", "ScannerStatus")[1]
    machine.order_fault(Fault(FaultKind.JAM, after_pages=1))
    _, _, job = _ask(driver, "POST", "ScanJobs", _job())
    assert _ask(driver, "GET", f"{job}/NextDocument")[0] == 200
    assert _ask(driver, "GET", f"{job}/NextDocument")[0] == 503
    assert b"ScannerAdfJam" in _ask(driver, "GET", "ScannerStatus")[1]
    assert _ask(driver, "POST", "ScanJobs", _job())[0] == 503
    machine.load_feeder([])
    assert b"ScannerAdfEmpty" in _ask(driver, "GET", "ScannerStatus")[1]


def test_a_deleted_job_leaves_the_rest_of_the_stack(driver: http.client.HTTPConnection, machine: EsclScanner) -> None:
    _, _, job = _ask(driver, "POST", "ScanJobs", _job())
    _ask(driver, "GET", f"{job}/NextDocument")
    assert _ask(driver, "DELETE", job)[0] == 200
    assert _ask(driver, "DELETE", job)[0] == 404
    assert _ask(driver, "GET", f"{job}/NextDocument")[0] == 404
    assert machine.sheets_left == 1


def test_a_cut_connection_delivers_half_a_page(driver: http.client.HTTPConnection, machine: EsclScanner) -> None:
    machine.order_fault(Fault(FaultKind.CONNECTION_CUT))
    _, _, job = _ask(driver, "POST", "ScanJobs", _job())
    with pytest.raises(http.client.IncompleteRead):
        _ask(driver, "GET", f"{job}/NextDocument")


@pytest.mark.parametrize("body", ["", "<no xml", _job(dpi=77), _job().replace("1500", "wide")])
def test_a_job_that_makes_no_sense_is_refused(driver: http.client.HTTPConnection, body: str) -> None:
    assert _ask(driver, "POST", "ScanJobs", body)[0] == 400


def test_other_paths_are_not_there(driver: http.client.HTTPConnection) -> None:
    assert _ask(driver, "GET", "/")[0] == 404
    assert _ask(driver, "POST", "/eSCL/Elsewhere", "x")[0] == 404
