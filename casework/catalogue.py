# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue of procedures: which papers, fees and time limits are in force."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import gzip
import hashlib
import importlib.resources
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from casework.catalogue_search import ProcedureIndex
from casework.errors import KnownError
from casework.local_decisions import LocalDecisions
from casework.procedure_rows import to_procedure
from casework.records.procedure import Procedure

Row = Mapping[str, Any]

LARGEST_PACK: Final = 64 * 1024 * 1024
"""Bytes of an unpacked pack; the shipped one has 3 MB."""

_FIRST_DAY, _LAST_DAY = dt.date.min.isoformat(), dt.date.max.isoformat()


class Catalogue:
    """One version of the catalogue, with what the province decided on top of it.

    A procedure may be in it several times, each for some days. Records are built when they are asked for, so that
    opening the catalogue costs little more than reading the file.

    Args:
        pack: Content of a catalogue pack: ``version``, ``notes`` (texts), ``procedures`` (rows as in
            ``casework.procedure_rows``, each with ``folded``, its name for searching).
        content_hash: SHA-256 of the pack in hex, or empty for one that was not read from bytes.
        decisions: Of the province and the commune.
    """

    def __init__(
        self, pack: Mapping[str, Any], content_hash: str = "", decisions: LocalDecisions | None = None
    ) -> None:
        self.base_version: str = pack["version"]
        self.content_hash = content_hash
        self.decisions = decisions or LocalDecisions()
        self._pack = pack
        self._rows: dict[str, list[Row]] = {}
        for row in pack["procedures"]:
            self._rows.setdefault(row["code"], []).append(row)
        for rows in self._rows.values():
            rows.sort(key=lambda row: row.get("effective_from", _FIRST_DAY))
        self._records: dict[tuple[str, int], Procedure] = {}
        self._index: tuple[dt.date | None, ProcedureIndex] | None = None

    @classmethod
    @functools.cache
    def shipped(cls) -> Catalogue:
        """Open the catalogue that ships with the product; the first call reads it, later ones are free."""
        return cls.from_bytes(shipped_pack())

    @classmethod
    def from_bytes(cls, data: bytes) -> Catalogue:
        """Open a gzipped pack.

        Raises:
            KnownError: ``catalogue-unreadable`` for one that is damaged, too large, or made for a later program.
        """
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
                text = file.read(LARGEST_PACK + 1)
            if len(text) > LARGEST_PACK:
                raise ValueError
            return cls(json.loads(text), hashlib.sha256(data).hexdigest())
        except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise KnownError("catalogue-unreadable") from None

    def with_decisions(self, decisions: LocalDecisions) -> Catalogue:
        """Give this catalogue with other decisions on top of it."""
        return Catalogue(self._pack, self.content_hash, decisions)

    @property
    def version(self) -> str:
        """Name of the version: of the pack, and of the decisions on top of it where there are any."""
        decided = self.decisions.version
        return f"{self.base_version}+{decided}" if decided else self.base_version

    @property
    def codes(self) -> tuple[str, ...]:
        """Every procedure code, sorted."""
        return tuple(self._rows)

    def get(self, code: str, on: dt.date | None = None) -> Procedure:
        """Give a procedure as it is here on a day.

        Args:
            code: E.g. ``1.001193``.
            on: The day. When nothing is in force on it: what was in force last before, else what comes first. None for
                what comes last, without local decisions.

        Raises:
            KnownError: ``procedure-unknown``.
        """
        rows = self._rows.get(code)
        if rows is None:
            raise KnownError("procedure-unknown", procedure=code)
        if on is None:
            return self._record(code, len(rows) - 1)
        begun = [number for number, row in enumerate(rows) if row.get("effective_from", _FIRST_DAY) <= on.isoformat()]
        return self.decisions.apply(self._record(code, begun[-1] if begun else 0), on)

    def versions_of(self, code: str) -> tuple[Procedure, ...]:
        """Give a procedure in every form that is in the pack, earliest first, without local decisions; maybe none."""
        return tuple(self._record(code, number) for number in range(len(self._rows.get(code, ()))))

    def find(
        self, query: str, limit: int = 20, recent: Sequence[str] = (), on: dt.date | None = None
    ) -> tuple[Procedure, ...]:
        """Find procedures by code, name with or without accents, initials, with a typing slip; best first.

        Args:
            query: As typed; empty gives the recent procedures and then the others.
            limit: At most this many.
            recent: Codes last used at this desk, newest first.
            on: The day; what is not in force then is found by its code only. None for every day.
        """
        if self._index is None or self._index[0] != on:
            self._index = on, ProcedureIndex(self._searched(on))
        return tuple(self.get(code, on) for code in self._index[1].find(query, recent)[:limit])

    def _searched(self, on: dt.date | None) -> Iterator[tuple[str, str, str, bool]]:
        here: dict[str, bool] = {}
        for decision in self.decisions.decisions:
            is_offered = decision.is_offered_at_counter
            if is_offered is not None and (on is None or decision.is_in_force(on)):
                here.update(dict.fromkeys(decision.codes, is_offered))
        for code, rows in self._rows.items():
            row = next((row for row in reversed(rows) if on is None or _is_in_force(row, on)), None)
            if row is None:
                yield code, "", "", False
            else:
                yield code, row["folded"], row["field"], here.get(code, bool(row["offered_at_counter"]))

    def _record(self, code: str, number: int) -> Procedure:
        record = self._records.get((code, number))
        if record is None:
            record = to_procedure(self._rows[code][number], self._pack["notes"], self.base_version)
            record = self._records[code, number] = dataclasses.replace(record, catalogue_version=self.version)
        return record


def shipped_pack() -> bytes:
    """Give the bytes of the catalogue that ships with the product."""
    return importlib.resources.files("casework.packs").joinpath("catalogue.json.gz").read_bytes()


def _is_in_force(row: Row, on: dt.date) -> bool:
    first, last = str(row.get("effective_from", _FIRST_DAY)), str(row.get("effective_to", _LAST_DAY))
    return first <= on.isoformat() <= last
