# SPDX-License-Identifier: GPL-3.0-or-later
"""Scan one page of a draft again, in its place in the paper; the old picture goes when the new one is stored."""

from __future__ import annotations

import dataclasses
import threading
from contextlib import closing

from casework.errors import KnownError
from casework.rights import Right
from scanning.devices.driver import PaperSource, ScanRequest
from scanning.errors import ScanningError
from scanning.page_image import PageImage
from scanning.reader import PageReader
from scanning.scanner import Scanner
from workstation.desk.replace_page import PageReplaced, find_page, own_picture, read_now, replace_page
from workstation.desk.session import DeskSession


def rescan_page(
    session: DeskSession,
    dossier_id: str,
    page_id: str,
    scanner: Scanner,
    request: ScanRequest,
    reader: PageReader,
    cancel: threading.Event,
    *,
    drops_signature: bool = False,
) -> PageReplaced:
    """Take the next sheet in the scanner for a page. Whatever goes wrong, the page stays as it was.

    Args:
        session: The desk.
        dossier_id: The draft.
        page_id: The page.
        scanner: Where the sheet lies.
        request: How to scan; of a sheet in the feeder only the front is taken.
        reader: Reads it; waits for it.
        cancel: Set it to keep the old page.
        drops_signature: Whether the signature of its paper may go.

    Raises:
        KnownError: ``no-such-draft``, ``no-such-record``; ``paper-signed``; ``page-original-gone`` for another page
            of the paper; ``rescan-stopped``; ``page-changed-meanwhile``; ``disk-full``.
        ScanningError: As ``scanning.scanner`` lists, and as ``PageReader.submit``.
    """
    session.require(Right.SCAN)
    before = find_page(session, dossier_id, page_id, drops_signature=drops_signature)
    for other in before.others:
        if other.page_id != page_id:
            own_picture(session, other)  # before a sheet goes through the scanner for nothing
    image, left_out = _one_sheet(scanner, request, cancel)
    reading = read_now(reader, image, None)
    now = dataclasses.replace(
        before.page,
        object_id=session.store.objects.object_id(image.content),
        width_px=image.width_px,
        height_px=image.height_px,
        resolution_dpi=image.dpi,
        steps="",
    )
    replaced = replace_page(session, reader, before, now, (image, reading), "page.rescanned", cancel)
    return dataclasses.replace(replaced, sheets_left_out=left_out)


def _one_sheet(scanner: Scanner, request: ScanRequest, cancel: threading.Event) -> tuple[PageImage, int]:
    """Give the first sheet, and how many more came before the scanner stopped."""
    if request.source is PaperSource.FEEDER_DUPLEX:
        request = dataclasses.replace(request, source=PaperSource.FEEDER)
    image, left_out = None, 0
    try:
        with closing(scanner.scan(request, cancel)) as sheets:
            for sheet in sheets:
                if image is not None:
                    left_out = 1
                    break  # which ends the scan: the rest stays in the feeder, but for what the driver has read ahead
                image = sheet
    except ScanningError:
        if image is None and not cancel.is_set():
            raise
    if cancel.is_set():
        raise KnownError("rescan-stopped")
    if image is None:
        raise ScanningError("feeder-empty", retryable=True)
    return image, left_out
