# SPDX-License-Identifier: GPL-3.0-or-later
"""Where Tesseract's knowledge of Vietnamese lies on this machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from scanning.errors import ScanningError

VIETNAMESE: Final = "vie"


def language_folder(configured: Path | None = None, language: str = VIETNAMESE) -> Path:
    """Find the folder that holds ``<language>.traineddata``.

    Args:
        configured: The folder that the installation was told to use; nothing else is tried then.
        language: Tesseract's name of the language.

    Raises:
        ScanningError: ``ocr-language-missing``.
    """
    for folder in [configured] if configured else _usual_folders():
        if (folder / f"{language}.traineddata").is_file():
            return folder
    raise ScanningError("ocr-language-missing", language=language)


def _usual_folders() -> Iterator[Path]:
    if prefix := os.environ.get("TESSDATA_PREFIX"):
        yield Path(prefix)
    yield Path(sys.prefix) / "tessdata"
    yield Path("/usr/share/tesseract-ocr/5/tessdata")  # Debian, Ubuntu
    yield Path("/usr/share/tesseract/tessdata")  # Fedora, openSUSE
    yield Path("/usr/share/tessdata")  # Arch, and Tesseract's own default
