# SPDX-License-Identifier: GPL-3.0-or-later
"""A page in the store and its reading: the picture that came from the scanner is read as the page's own steps say."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from concurrent.futures import CancelledError, Future

from casework.records.paper import ExtractedField, Page
from localdb.store import Store
from scanning.jpeg import read_jpeg_header
from scanning.page_image import ColorMode, PageImage
from scanning.page_reading import PageReading
from scanning.reader import PageReader
from scanning.reading.wire import ReadRequest, transforms_from_json, transforms_to_json
from scanning.reading_worker import TellGlance
from scanning.transforms import Transform


def stored_image(store: Store, page: Page) -> PageImage:
    """Give a page's own picture, as it came from the scanner.

    Raises:
        KnownError: ``object-missing``, ``object-damaged``, ``disk-error``.
        ScanningError: ``page-unreadable`` for what is no picture.
    """
    with store.reading() as connection:
        content = store.objects.read(connection, page.object_id)
    color_mode = ColorMode.COLOR if read_jpeg_header(content).channels > 1 else ColorMode.GRAY
    return PageImage(content, page.width_px, page.height_px, page.resolution_dpi, color_mode)


def submit(
    reader: PageReader,
    image: PageImage,
    steps: tuple[Transform, ...] | None = None,
    tell_glance: TellGlance | None = None,
) -> Future[PageReading]:
    """Have a page read.

    Args:
        reader: Reads it.
        image: Its picture.
        steps: What sets it upright; None for the reader to find out.
        tell_glance: See ``PageReader.submit``.

    Raises:
        CancelledError: The readers are closed.
    """
    try:
        if steps is None:
            return reader.submit(image, tell_glance)
        return reader.submit_request(ReadRequest(image, tell_glance is not None, steps), tell_glance)
    except RuntimeError:  # of the executor
        raise CancelledError from None


def decided_steps(page: Page) -> tuple[Transform, ...] | None:
    """Give the steps that a person decided, or None."""
    return transforms_from_json(json.loads(page.steps)) if page.steps else None


def steps_text(steps: tuple[Transform, ...] | None) -> str:
    """Write decided steps as they are kept with the page; empty for None."""
    return "" if steps is None else json.dumps(transforms_to_json(steps))


def as_read(page: Page, reading: PageReading) -> Page:
    """Give a page with what was read on it."""
    return dataclasses.replace(
        page,
        rotation_degrees=reading.rotation_degrees,
        is_blank=reading.blank,
        text=reading.text.text,
        confidence=reading.text.mean_confidence / 100,
        thumbnail=reading.thumbnail,
        advice=tuple(advice.value for advice in reading.quality.advice),
    )


def surest_fields(readings: Iterable[PageReading]) -> tuple[ExtractedField, ...]:
    """Give the fields of the pages of one paper; where two pages give the same one, the surer."""
    best: dict[str, ExtractedField] = {}
    for reading in readings:
        for found in reading.fields:
            if found.name not in best or found.confidence > best[found.name].confidence:
                best[found.name] = ExtractedField(found.name, found.value, found.confidence)
    return tuple(best.values())
