# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known of a file that a person brought, before its pages are read."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from scanning.ocr.text import PageText
from scanning.page_image import PageImage


class FileKind(str, enum.Enum):  # noqa: UP042 — travels as JSON
    """What sort of file it is."""

    PICTURE = "picture"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file as a whole.

    Attributes:
        kind: Picture or PDF.
        page_count: At least 1.
        is_signed: Whether it carries digital signatures; such a file is never altered.
        has_text: Whether every page brings its own text, so that nothing has to be read from pictures.
    """

    kind: FileKind
    page_count: int
    is_signed: bool = False
    has_text: bool = False


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """One page of a file.

    Attributes:
        image: Its picture; ``None`` when this page cannot be shown, the others can.
        text: The text that the file itself has for it, or ``None``.
        fault: Code of the ``ScanningError`` that kept it from being shown.
    """

    image: PageImage | None = field(repr=False)
    text: PageText | None = None
    fault: str | None = None
