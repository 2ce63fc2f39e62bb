# SPDX-License-Identifier: GPL-3.0-or-later
"""The frames between ``FileImporter`` and its worker.

To the worker: ``file``, its bytes. From the worker: ``facts``, then ``page`` or ``fault`` for each page; or ``error``.
"""

from __future__ import annotations

from typing import Any, Final, cast

from scanning.devices.wire import page_frame, read_page
from scanning.frames import BrokenFrameError, Frame
from scanning.importing.imported_file import FileFacts, FileKind, ImportedPage
from scanning.reading.wire import text_from_json, text_to_json

_MISUNDERSTOOD: Final = (KeyError, TypeError, ValueError)


def file_frame(content: bytes) -> Frame:
    """Hand a file over."""
    return Frame("file", {}, content)


def facts_frame(facts: FileFacts) -> Frame:
    """Tell what sort of file it is."""
    return Frame("facts", {"facts": [facts.kind.value, facts.page_count, facts.is_signed, facts.has_text]})


def read_facts(frame: Frame) -> FileFacts:
    """Take the facts out of a ``facts`` frame.

    Raises:
        BrokenFrameError: It is something else.
    """
    if frame.kind != "facts":
        raise BrokenFrameError(f"{frame.kind} frame where facts were expected")
    try:
        kind, count, is_signed, has_text = cast("list[Any]", frame.fields["facts"])
        return FileFacts(FileKind(kind), int(count), bool(is_signed), bool(has_text))
    except _MISUNDERSTOOD as error:
        raise BrokenFrameError("facts frame is not understood") from error


def imported_page_frame(page: ImportedPage) -> Frame:
    """Hand a page over."""
    if page.image is None:
        return Frame("fault", {"fault": page.fault})
    picture = page_frame(page.image)
    text = None if page.text is None else text_to_json(page.text)
    return Frame("page", {**picture.fields, "text": text}, picture.payload)


def read_imported_page(frame: Frame) -> ImportedPage:
    """Take the page out of a ``page`` or ``fault`` frame.

    Raises:
        BrokenFrameError: It is something else.
    """
    if frame.kind == "fault":
        return ImportedPage(None, fault=str(frame.fields.get("fault")))
    if frame.kind != "page":
        raise BrokenFrameError(f"{frame.kind} frame where a page was expected")
    try:
        text = cast("Any", frame.fields["text"])
        return ImportedPage(read_page(frame), None if text is None else text_from_json(text))
    except _MISUNDERSTOOD as error:
        raise BrokenFrameError("page frame is not understood") from error
