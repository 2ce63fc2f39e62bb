# SPDX-License-Identifier: GPL-3.0-or-later
"""Names that scanner drivers give to the same things, as data. A new scanner that differs is a new line here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from scanning.devices.driver import PaperSource
from scanning.page_image import ColorMode

OPTION_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "resolution": ("resolution", "scan-resolution", "x-resolution"),
    "source": ("source", "doc-source"),
    "mode": ("mode", "scan-mode"),
}
"""Our name of an option → the names that drivers use; Lexmark and Samsung have their own."""

MODE_NAMES: Final[Mapping[ColorMode, tuple[str, ...]]] = {
    ColorMode.COLOR: ("color", "24bit color", "24bit color[fast]", "24 bit color", "color - 16 million colors", "rgb"),
    ColorMode.GRAY: (
        "gray",
        "grey",
        "grayscale",
        "8-bit gray",
        "true gray",
        "grayscale - 256 levels",
        "256 levels gray",
    ),
}
_MODE_WORDS: Final[Mapping[ColorMode, tuple[str, ...]]] = {
    ColorMode.COLOR: ("color", "colour"),
    ColorMode.GRAY: ("gray", "grey"),
}

SOURCE_NAMES: Final[Mapping[PaperSource, tuple[str, ...]]] = {
    PaperSource.FLATBED: ("flatbed", "document table", "platen", "fb", "normal"),
    PaperSource.FEEDER: ("adf", "automatic document feeder", "adf front", "adf simplex", "document feeder", "feeder"),
    PaperSource.FEEDER_DUPLEX: (
        "adf duplex",
        "duplex",
        "adf both",
        "dp",
        "2-sided (binding top)",
        "automatic document feeder duplex",
    ),
}
_FEEDER_WORDS: Final = ("adf", "feeder")
_DUPLEX_WORDS: Final = ("duplex", "2-sided", "both sides")
_NOT_A_SIMPLE_FEEDER: Final = (*_DUPLEX_WORDS, "back")

CAMERA_BACKENDS: Final = ("v4l:",)
"""SANE lists webcams as scanners."""


def mode_name(wanted: ColorMode, offered: Sequence[str]) -> str | None:
    """The offered name of a colour mode, or ``None``."""
    return _exact(MODE_NAMES[wanted], offered) or _containing(_MODE_WORDS[wanted], offered)


def source_name(wanted: PaperSource, offered: Sequence[str]) -> str | None:
    """The offered name of a paper source, or ``None``; never one that was not offered (some drivers crash on it)."""
    found = _exact(SOURCE_NAMES[wanted], offered)
    if found is None and wanted is PaperSource.FEEDER:
        simple = [name for name in offered if not _containing(_NOT_A_SIMPLE_FEEDER, [name])]
        found = _containing(_FEEDER_WORDS, simple)
    elif found is None and wanted is PaperSource.FEEDER_DUPLEX:
        found = _containing(_DUPLEX_WORDS, offered)
    return found


def _exact(known: Sequence[str], offered: Sequence[str]) -> str | None:
    by_folded_name = {name.casefold().strip(): name for name in reversed(offered)}
    return next((by_folded_name[name] for name in known if name in by_folded_name), None)


def _containing(words: Sequence[str], offered: Sequence[str]) -> str | None:
    return next((name for name in offered if any(word in name.casefold() for word in words)), None)
