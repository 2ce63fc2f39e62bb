# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua scan``: list the scanners, scan to files that the person named, or read a folder of pictures and PDFs.

Exit codes: 0 done; 1 the scanner or the reading did not do it (the error code is on stderr, pages that arrived are
written), or not one page of a folder could be read; 2 wrong usage; 3 a file could not be written; 4 some pages of a
folder could not be read, the report names them; 130 interrupted, the report tells of what was read.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import itertools
import json
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from scanning.devices.driver import PaperSource, ScanRequest
from scanning.errors import ScanningError
from scanning.export import write_export
from scanning.file_importer import FileImporter
from scanning.folder_reading import read_folder
from scanning.folder_report import page_entry
from scanning.page_image import ColorMode, PageImage
from scanning.reader import PageReader
from scanning.scanner import Scanner

DONE: Final = 0
SCANNER_FAILED: Final = 1
CANNOT_WRITE: Final = 3
SOME_UNREAD: Final = 4
INTERRUPTED: Final = 130

REPORT: Final = "papers.json"
"""What was found on every page of a folder; ``scanning.folder_report`` describes it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; see the module for the exit codes."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if bool(options.source_folder) != bool(options.target_folder):
        parser.error("--in FOLDER phải đi cùng --out FOLDER / --in FOLDER and --out FOLDER go together")
    if options.source_folder and options.target_folder.resolve() == options.source_folder.resolve():
        parser.error("--out: hãy chọn thư mục khác / choose another folder")
    try:
        if options.source_folder:
            return _read_folder(options)
        with Scanner() as scanner:
            if options.list:
                return _list(scanner, as_json=options.json)
            return _scan(scanner, options)
    except ScanningError as error:
        sys.stderr.write(f"{error}\n")
        return SCANNER_FAILED
    except OSError as error:
        sys.stderr.write(f"{error.filename or options.to or options.target_folder}: {error.strerror}\n")
        return CANNOT_WRITE
    except KeyboardInterrupt:
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="motcua scan", description="Liệt kê máy quét, hoặc quét ra tệp. / List scanners, or scan to files."
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--list", action="store_true", help="liệt kê máy quét / list the scanners")
    what.add_argument(
        "--to",
        type=_jpeg_path,
        metavar="FILE.jpg",
        help="quét ra FILE-1.jpg, FILE-2.jpg, … / scan to FILE-1.jpg, FILE-2.jpg, …",
    )
    what.add_argument(
        "--in",
        dest="source_folder",
        type=_folder,
        metavar="FOLDER",
        help="đọc ảnh và PDF trong thư mục / read the pictures and PDFs of a folder",
    )
    parser.add_argument(
        "--out",
        dest="target_folder",
        type=_named_path,
        metavar="FOLDER",
        help="với --in: nơi ghi PDF và papers.json / with --in: where the PDFs and papers.json go",
    )
    parser.add_argument(
        "--jobs",
        type=int,
        choices=range(1, 65),
        metavar="1…64",
        help="với --in: số trang đọc cùng lúc; mặc định: số nhân / with --in: pages read at once; default: processors",
    )
    parser.add_argument(
        "--device", metavar="ID", help="máy quét; mặc định: máy đầu tiên / which scanner; default: the first"
    )
    parser.add_argument("--dpi", type=int, default=300, choices=range(75, 1201), metavar="75…1200", help="300")
    parser.add_argument("--gray", action="store_true", help="thang xám / gray instead of colour")
    parser.add_argument(
        "--source", choices=[source.value for source in PaperSource], default=PaperSource.FEEDER.value, help="feeder"
    )
    parser.add_argument("--json", action="store_true", help="kết quả dạng JSON / result as JSON")
    return parser


def _jpeg_path(text: str) -> Path:
    path = Path(text)
    if path.suffix.casefold() not in {".jpg", ".jpeg"}:
        raise argparse.ArgumentTypeError("*.jpg")
    return path


def _folder(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"không có thư mục / no such folder: {text}")
    return path


def _named_path(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("thiếu tên thư mục / no folder named")
    return Path(text)


def _read_folder(options: argparse.Namespace) -> int:
    entries: list[dict[str, object]] = []
    target: Path = options.target_folder
    now = dt.datetime.now().astimezone()
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        (target / REPORT).unlink()  # of an earlier run; this one may be broken off
    try:
        with PageReader(options.jobs) as reader, FileImporter() as importer:
            for page in read_folder(options.source_folder, target, reader, importer, now):
                entry = page_entry(page)
                entries.append(entry)
                if not options.json:
                    _say(f"{entry['file']}\t{page.number}\t{entry['class']}\t{entry['error'] or page.document}\n")
    finally:
        report = json.dumps(entries, ensure_ascii=False, indent=1) + "\n"
        if target.is_dir():
            write_export(target / REPORT, report.encode())
    if options.json:
        _say(report)
    unread = sum(entry["error"] is not None for entry in entries)
    if unread == 0:
        return DONE
    return SOME_UNREAD if unread < len(entries) else SCANNER_FAILED


def _say(text: str) -> None:
    sys.stdout.buffer.write(text.encode(errors="replace"))
    sys.stdout.flush()


def _list(scanner: Scanner, *, as_json: bool) -> int:
    devices = scanner.list_devices()
    if as_json:
        rows = [{"device_id": each.device_id, "vendor": each.vendor, "model": each.model} for each in devices]
        sys.stdout.write(json.dumps({"devices": rows}, ensure_ascii=False) + "\n")
    else:
        sys.stdout.writelines(f"{each.device_id}\t{each.vendor} {each.model}\n" for each in devices)
    return DONE


def _scan(scanner: Scanner, options: argparse.Namespace) -> int:
    device_id = options.device or _first_device(scanner)
    request = ScanRequest(
        device_id=device_id,
        resolution_dpi=options.dpi,
        color_mode=ColorMode.GRAY if options.gray else ColorMode.COLOR,
        source=PaperSource(options.source),
    )
    written: list[str] = []
    failure: ScanningError | None = None
    try:
        with closing(scanner.scan(request)) as pages:
            for page in pages:
                path = _write_new(options.to, page)
                written.append(str(path))
                if not options.json:
                    sys.stdout.write(f"{path}\n")
    except ScanningError as error:
        failure = error
    if options.json:
        result = {"files": written, "error": failure.code if failure else None}
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    if failure:
        sys.stderr.write(f"{failure}\n")
    return SCANNER_FAILED if failure else DONE


def _first_device(scanner: Scanner) -> str:
    devices = scanner.list_devices()
    if not devices:
        raise ScanningError("no-scanner")
    return devices[0].device_id


def _write_new(named: Path, page: PageImage) -> Path:
    """Write an export that only this user can read, under the next free number; never over another file."""
    numbered = (named.with_stem(f"{named.stem}-{number}") for number in itertools.count(1))
    path = next(path for path in numbered if not path.exists())
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(page.content)
    return path


if __name__ == "__main__":
    sys.exit(main())
