# SPDX-License-Identifier: GPL-3.0-or-later
"""Which of the two ways to Tesseract the reading workers take; it is only looked for here, and never loaded."""

from __future__ import annotations

import enum
import shutil
from importlib.util import find_spec


class Engine(enum.StrEnum):
    """A setting of the workstation; but for the first the values are those of ``PageReader``."""

    AUTOMATIC = "automatic"
    TESSEROCR = "tesserocr"
    """Inside the worker: the faster one."""
    PYTESSERACT = "pytesseract"
    """A program of its own, where the library cannot be had."""


def engine_in_use(wanted: Engine) -> Engine:
    """Give the engine that is taken: the library where it is there, else the program.

    Where neither is there it is the library: the worker says what it lacks.
    """
    if wanted is not Engine.AUTOMATIC:
        return wanted
    return Engine.PYTESSERACT if not is_there(Engine.TESSEROCR) and is_there(Engine.PYTESSERACT) else Engine.TESSEROCR


def is_there(engine: Engine) -> bool:
    """Tell whether what an engine needs is installed on this computer, but for its language."""
    if engine is Engine.PYTESSERACT and shutil.which("tesseract") is None:
        return False
    return find_spec(engine.value) is not None
