# SPDX-License-Identifier: GPL-3.0-or-later
"""Scanning: pages of a scanner to searchable PDF/A and JSON, beside OCRmyPDF and beside bare recognition."""

from __future__ import annotations

import argparse
import functools
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import img2pdf

from benchmarks.rows import Row
from benchmarks.scanning_pages import form, full_page
from scanning.ocr.engine import GrayPlane
from scanning.ocr.tesseract import TesseractEngine
from scanning.ocr.text import PageText
from scanning.page_image import PageImage
from scanning.page_reading import Glance, PageReading
from scanning.reader import PageReader
from scanning.reading.page_pipeline import PagePipeline
from scanning.reading.wire import ReadRequest

_ROOT: Final = Path(__file__).parents[1]
_PROCESSES: Final = 2
_FEEDER_SECONDS: Final = 3.0  # a counter's feeder draws 20 sheets a minute
_LIMIT_PAGES_A_MINUTE: Final = 60.0
_LIMIT_FIRST_CLASS_SECONDS: Final = 1.0
_SETTLED_PAGES: Final = 20  # until then the workers are still growing to their size
_LIMIT_GROWTH_MB: Final = 50.0


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say which options this area has."""
    parser.add_argument("--pages", type=int, default=20, help="pages of each run, 20")
    parser.add_argument("--memory-pages", type=int, default=200, help="pages of the memory run, 200; 0 leaves it out")


def measure(options: argparse.Namespace) -> list[Row]:
    """Measure; see the module."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as name:
        folder = Path(name)
        pages = [form(number) for number in range(options.pages)]
        scans = _written(pages, folder / "scans")
        stack = folder / "stack.pdf"
        stack.write_bytes(img2pdf.convert([page.content for page in pages]))
        rows = _speed(scans, stack, folder, pages)
        rows.append(_full_pages(folder, options.pages))
        rows.append(_first_class(pages))
        if options.memory_pages:
            rows.append(_memory(pages, options.memory_pages))
        return rows


def _speed(scans: Path, stack: Path, folder: Path, pages: Sequence[PageImage]) -> list[Row]:
    ours = _our_seconds(scans, folder / "ours")
    peer = (sys.executable, "-m", "ocrmypdf", "--quiet", "--language", "vie", "--jobs", str(_PROCESSES))
    plain = _seconds(*peer, "--output-type", "pdfa-2", str(stack), str(folder / "plain.pdf"))
    straight = _seconds(
        *peer, "--output-type", "pdfa-2", "--deskew", "--rotate-pages", str(stack), str(folder / "straight.pdf")
    )
    bare = _bare_seconds(pages)
    count = len(pages)
    written = sum(path.stat().st_size for path in (folder / "ours").glob("*.pdf"))
    return [
        Row(
            "pages_a_minute",
            round(60 * count / ours, 1),
            _LIMIT_PAGES_A_MINUTE,
            "aim",
            round(count / ours, 3),
            "pages/min",
        ),
        Row.against("ocrmypdf_plain", ours / count, plain / count, "ocrmypdf --jobs 2", "s a page"),
        Row.against("ocrmypdf_deskew", ours / count, straight / count, "ocrmypdf --deskew --rotate-pages", "s a page"),
        _against_bare("bare_ocr_limit", count, ours, bare),
        Row.limit("page_size", written / count / 1000, 400, "kB a page"),
    ]


def _our_seconds(scans: Path, target: Path) -> float:
    return _seconds(
        sys.executable, "-m", "scanning", "--in", str(scans), "--out", str(target), "--json",
        "--jobs", str(_PROCESSES),
    )  # fmt: skip


def _full_pages(folder: Path, count: int) -> Row:
    """Compare with bare recognition where nearly all of the time is recognition: on pages that are full of text."""
    pages = [full_page(number) for number in range(count)]
    scans = _written(pages, folder / "full")
    ours, bare = _our_seconds(scans, folder / "full-out"), _bare_seconds(pages)
    return _against_bare("bare_ocr_limit_full_pages", count, ours, bare)


def _against_bare(name: str, count: int, ours: float, bare: float) -> Row:
    return Row(
        name, round(60 * count / ours, 1), round(60 * count / bare, 1), "limit", round(bare / ours, 3), "pages/min"
    )


def _written(pages: Sequence[PageImage], folder: Path) -> Path:
    folder.mkdir()
    for number, page in enumerate(pages):
        (folder / f"{number:03}.jpg").write_bytes(page.content)
    return folder


def _seconds(*command: str) -> float:
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1", "PYTHONPATH": str(_ROOT), "PYTHONSAFEPATH": "1"}
    started = time.perf_counter()
    done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[2]} failed: {done.stderr.decode(errors='replace')[-500:]}")
    return time.perf_counter() - started


def _bare_seconds(pages: Sequence[PageImage]) -> float:
    """Time nothing but recognition of the planes that the pipeline feeds, in two processes that are already warm."""
    with ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn")) as pool:
        planes = [plane for fed in pool.map(_planes_fed, pages) for plane in fed]
        started = time.perf_counter()
        list(pool.map(_recognise, planes))
        return time.perf_counter() - started


class _Listener:
    """An engine that remembers the whole planes that it was given."""

    def __init__(self, engine: TesseractEngine) -> None:
        self.planes: list[GrayPlane] = []
        self._engine = engine
        self.read_block, self.read_line = engine.read_block, engine.read_line

    def read(self, plane: GrayPlane) -> PageText:
        self.planes.append(plane)
        return self._engine.read(plane)


def _planes_fed(page: PageImage) -> list[GrayPlane]:
    listener = _Listener(_engine())
    PagePipeline(listener).read(ReadRequest(page))
    return listener.planes


def _recognise(plane: GrayPlane) -> int:
    return len(_engine().read(plane).lines)


@functools.cache
def _engine() -> TesseractEngine:
    return TesseractEngine()


def _first_class(pages: Sequence[PageImage]) -> Row:
    """Time from the moment a page left the feeder to the moment its class is told, at the pace of a feeder."""
    seconds: list[float] = []

    def told(started: float, _: Glance) -> None:
        seconds.append(time.perf_counter() - started)

    with PageReader(_PROCESSES) as reader:
        reader.read(pages[0])
        readings: list[Future[PageReading]] = []
        for page in pages[1:]:
            started = time.perf_counter()
            readings.append(reader.submit(page, functools.partial(told, started)))
            time.sleep(_FEEDER_SECONDS)
        for reading in readings:
            reading.result()
    ordered = sorted(seconds)
    return Row.limit("first_class", ordered[int(0.95 * (len(ordered) - 1))], _LIMIT_FIRST_CLASS_SECONDS, "s, p95")


def _memory(pages: Sequence[PageImage], count: int) -> Row:
    """Read many different pages, and see whether the workers and this program go on growing."""
    sizes: list[float] = []
    with PageReader(_PROCESSES) as reader:
        for number, _ in enumerate(
            reader.read_all(_marked(pages[index % len(pages)], index) for index in range(count))
        ):
            if number >= _SETTLED_PAGES and number % 10 == 0:
                sizes.append(_resident_mb())
    third = max(1, len(sizes) // 3)
    growth = max(sizes[-third:]) - max(sizes[:third])
    return Row.limit("memory_growth", max(0.0, growth), _LIMIT_GROWTH_MB, f"MB over {count} pages")


def _marked(page: PageImage, number: int) -> PageImage:
    """Make a page of other bytes and the same picture, so that it is read again."""
    mark = f"page {number}".encode()
    comment = b"\xff\xfe" + (len(mark) + 2).to_bytes(2, "big") + mark
    return PageImage(
        page.content[:2] + comment + page.content[2:], page.width_px, page.height_px, page.dpi, page.color_mode
    )


def _resident_mb() -> float:
    own = os.getpid()
    children = Path(f"/proc/{own}/task/{threading.get_native_id()}/children").read_text("ascii").split()
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) for pid in (str(own), *children))
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
