# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue of procedures: which papers, fees and time limits are in force."""

from __future__ import annotations

import functools
import gzip
import hashlib
import importlib.resources
import json
from collections.abc import Mapping, Sequence
from typing import Any

from casework.catalogue_search import ProcedureIndex
from casework.errors import KnownError
from casework.records.paper import PaperClass
from casework.records.procedure import (
    Channel,
    Duty,
    Fee,
    Procedure,
    Requirement,
    ResultKind,
    TimeLimit,
    TimeUnit,
    Way,
)


class Catalogue:
    """One version of the catalogue.

    Records are built when they are asked for, so that opening the catalogue costs little more than reading the file.

    Args:
        pack: Content of a catalogue pack: ``version``, ``notes`` (texts), ``procedures``. A procedure has ``code``,
            ``name``, ``folded`` (name for searching), ``field``, ``ministry``, ``decision``, ``offered``,
            ``requirements`` (name, short name, duty, originals, copies, condition, paper classes, channels,
            alternatives), ``notes`` (positions in the texts), ``ways`` (channel, time limit, fee, note) and ``results``
            (code, name).
        content_hash: SHA-256 of the pack in hex, or empty for one that was not read from bytes.
    """

    def __init__(self, pack: Mapping[str, Any], content_hash: str = "") -> None:
        self.version: str = pack["version"]
        self.content_hash = content_hash
        self._notes: Sequence[str] = pack["notes"]
        self._rows: dict[str, Mapping[str, Any]] = {row["code"]: row for row in pack["procedures"]}
        self._records: dict[str, Procedure] = {}
        self._index: ProcedureIndex | None = None

    @classmethod
    @functools.cache
    def shipped(cls) -> Catalogue:
        """Open the catalogue that ships with the product; the first call reads it, later ones are free."""
        folder = importlib.resources.files("casework.packs")
        return cls.from_bytes(folder.joinpath("catalogue.json.gz").read_bytes())

    @classmethod
    def from_bytes(cls, data: bytes) -> Catalogue:
        """Open a gzipped pack."""
        return cls(json.loads(gzip.decompress(data)), hashlib.sha256(data).hexdigest())

    @property
    def codes(self) -> tuple[str, ...]:
        """Every procedure code, sorted."""
        return tuple(self._rows)

    def get(self, code: str) -> Procedure:
        """Give a procedure.

        Raises:
            KnownError: ``procedure-unknown``.
        """
        record = self._records.get(code)
        if record is None:
            row = self._rows.get(code)
            if row is None:
                raise KnownError("procedure-unknown", procedure=code)
            record = self._records[code] = self._build(row)
        return record

    def find(self, query: str, limit: int = 20, recent: Sequence[str] = ()) -> tuple[Procedure, ...]:
        """Find procedures by code, name with or without accents, initials, with a typing slip; best first.

        Args:
            query: As typed; empty gives the recent procedures and then the others.
            limit: At most this many.
            recent: Codes last used at this desk, newest first.
        """
        if self._index is None:
            self._index = ProcedureIndex(
                (row["code"], row["folded"], row["field"], row["offered"]) for row in self._rows.values()
            )
        return tuple(self.get(code) for code in self._index.find(query, recent)[:limit])

    def _build(self, row: Mapping[str, Any]) -> Procedure:
        return Procedure(
            code=row["code"],
            name=row["name"],
            field=row["field"],
            ministry=row["ministry"],
            legal_basis=row["decision"],
            offered_at_counter=row["offered"],
            requirements=tuple(
                _requirement(f"{row['code']}/{number:02}", *values)
                for number, values in enumerate(row["requirements"], start=1)
            ),
            notes=tuple(self._notes[position] for position in row["notes"]),
            ways=tuple(
                Way(Channel(channel), _time_limit(*limit), Fee(*fee), note) for channel, limit, fee, note in row["ways"]
            ),
            results=tuple(ResultKind(code, name) for code, name in row["results"]),
            catalogue_version=self.version,
        )


def _requirement(
    requirement_id: str,
    name: str,
    short_name: str,
    duty: str,
    originals: int,
    copies: int,
    condition: str,
    paper_classes: Sequence[str],
    channels: Sequence[str],
    alternatives: str,
) -> Requirement:
    return Requirement(
        requirement_id,
        name,
        short_name,
        Duty(duty),
        originals,
        copies,
        condition,
        tuple(PaperClass(paper_class) for paper_class in paper_classes),
        tuple(Channel(channel) for channel in channels),
        alternatives,
    )


def _time_limit(amount: int | None, unit: str, source_text: str, legal_basis: str) -> TimeLimit:
    return TimeLimit(amount, TimeUnit(unit), source_text, legal_basis)
