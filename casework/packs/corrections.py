# SPDX-License-Identifier: GPL-3.0-or-later
"""Correct the faults of single pages, each with its reason in ``source/corrections.json``."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, Final

from casework.packs.papers import ReadPaper, in_order
from casework.records.procedure import Channel, DataSource, Duty
from casework.text import clean

Correction = Mapping[str, Any]

_KNOWN: Final = frozenset(
    {
        "code", "paper", "lines", "reason",
        "cut_before", "head", "duty", "originals", "copies", "channels", "condition", "alternatives", "options",
        "looked_up_in", "is_for_delegation", "only_case_of_heading", "becomes_note", "note",
        "split_before", "split_off",
    }
)  # fmt: skip


class Corrections:
    """All corrections, and which of them have found their line.

    Args:
        entries: Content of ``corrections.json``. ``code`` names the page; ``paper`` (how the line starts) or ``lines``
            (first and last position on the page, from 1) the lines; the other keys say what becomes of them:
            ``cut_before``, ``head``, ``duty``, ``originals``, ``copies``, ``channels``, ``condition``,
            ``alternatives``, ``options``, ``looked_up_in``, ``is_for_delegation`` replace what was read;
            ``only_case_of_heading`` drops the case that the line itself was read to name; ``becomes_note`` takes the
            line out of the demands; ``note`` adds a sentence for the clerk. ``split_before`` takes a line that asks for
            two papers apart at these words; ``split_off`` says, with the same keys, how the second of them stands.

    Raises:
        ValueError: When an entry has a key that nobody knows.
    """

    def __init__(self, entries: Sequence[Correction]) -> None:
        unknown = sorted({key for entry in entries for key in (*entry, *entry.get("split_off", ()))} - _KNOWN)
        if unknown:
            raise ValueError(f"unknown keys of corrections: {unknown}")
        self._entries = entries
        self._used: set[int] = set()

    @property
    def unused(self) -> tuple[str, ...]:
        """Codes of the corrections that found no line: the source has changed under them."""
        return tuple(entry["code"] for number, entry in enumerate(self._entries) if number not in self._used)

    def applied(
        self, code: str, demands: Sequence[ReadPaper], notes: Sequence[str]
    ) -> tuple[tuple[ReadPaper, ...], tuple[str, ...]]:
        """Give the demands and notes of a page as they should have been read."""
        corrected: list[ReadPaper] = []
        added = list(notes)
        for demand in demands:
            changed, becomes_note = demand, False
            split_off: list[ReadPaper] = []
            for number, entry in enumerate(self._entries):
                if entry["code"] != code or not _speaks_of(entry, demand):
                    continue
                self._used.add(number)
                if "split_before" in entry:
                    changed, second = _split(changed, entry["split_before"])
                    split_off.append(_changed(second, entry["split_off"]))
                changed = _changed(changed, entry)
                becomes_note = becomes_note or entry.get("becomes_note", False)
                if "note" in entry and clean(entry["note"]) not in added:
                    added.append(clean(entry["note"]))
            if becomes_note:
                added.append(changed.name)
            elif changed not in corrected:
                corrected.append(changed)
            corrected.extend(split_off)
        return tuple(in_order(corrected)), tuple(added)


def _speaks_of(entry: Correction, demand: ReadPaper) -> bool:
    first, last = entry.get("lines", (demand.line, demand.line))
    return first <= demand.line <= last and demand.name.startswith(entry.get("paper", ""))


def _split(demand: ReadPaper, words: str) -> tuple[ReadPaper, ReadPaper]:
    end = demand.name.index(words)
    second = dataclasses.replace(demand, name=demand.name[end:], alternatives="", options=(), looked_up_in=())
    return dataclasses.replace(demand, name=demand.name[:end].rstrip(" ,;")), second


def _changed(demand: ReadPaper, entry: Correction) -> ReadPaper:
    kept = ("head", "originals", "copies", "condition", "alternatives", "is_for_delegation")
    values: dict[str, Any] = {name: entry[name] for name in kept if name in entry}
    if entry.get("only_case_of_heading"):
        values["condition"] = demand.condition.rpartition("; ")[0]
    if "cut_before" in entry:
        values["name"] = demand.name[: demand.name.index(entry["cut_before"])]
    if "duty" in entry:
        values["duty"] = Duty(entry["duty"])
    if "channels" in entry:
        values["channels"] = tuple(Channel(channel) for channel in entry["channels"])
    if "options" in entry:
        values["options"] = tuple(entry["options"])
    if "looked_up_in" in entry:
        values["looked_up_in"] = tuple(DataSource(source) for source in entry["looked_up_in"])
    return dataclasses.replace(demand, **values)
