# SPDX-License-Identifier: GPL-3.0-or-later
"""A procedure as a row of a catalogue pack: plain JSON with named keys, what has its default left out."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from casework.records.paper import PaperClass
from casework.records.procedure import (
    Channel,
    DataSource,
    Duty,
    Fee,
    Level,
    Procedure,
    Requirement,
    ResultKind,
    Route,
    TimeLimit,
    TimeUnit,
    Way,
)

Row = Mapping[str, Any]


def to_procedure(row: Row, notes: Sequence[str], catalogue_version: str) -> Procedure:
    """Build the record of a row.

    Args:
        row: As ``from_procedure`` gives it; its notes are positions.
        notes: All notes of the pack.
        catalogue_version: Version of the pack.

    Raises:
        KeyError: When a key is missing.
        ValueError: When a value is none that this version of the program knows.
        IndexError: When a note is named that is not there.
    """
    code = row["code"]
    return Procedure(
        code=code,
        name=row["name"],
        field=row["field"],
        ministry=row["ministry"],
        legal_basis=row["legal_basis"],
        offered_at_counter=row["offered_at_counter"],
        requirements=tuple(
            _to_requirement(f"{code}/{number:02}", requirement)
            for number, requirement in enumerate(row["requirements"], start=1)
        ),
        notes=tuple(notes[position] for position in row.get("notes", ())),
        ways=tuple(_to_way(way) for way in row["ways"]),
        results=tuple(ResultKind(**result) for result in row["results"]),
        catalogue_version=catalogue_version,
        effective_from=_to_day(row.get("effective_from")),
        effective_to=_to_day(row.get("effective_to")),
        levels=tuple(Level(level) for level in row.get("levels", ())),
        route=Route(row.get("route", Route.UNDECIDED)),
        subjects=tuple(row.get("subjects", ())),
        conditions=row.get("conditions", ""),
        no_papers_because=row.get("no_papers_because", ""),
        may_come_without_appointment=row.get("may_come_without_appointment"),
        is_boundary_free=row.get("is_boundary_free"),
        local_decision=row.get("local_decision", ""),
    )


def from_procedure(procedure: Procedure, notes: dict[str, int]) -> dict[str, Any]:
    """Give the row of a record.

    Args:
        procedure: The record.
        notes: Positions of the notes of the pack; new ones are added.
    """
    row = _without_defaults(procedure)
    row["requirements"] = [_without_defaults(requirement) for requirement in procedure.requirements]
    for requirement in row["requirements"]:
        del requirement["requirement_id"]
    row["notes"] = [notes.setdefault(note, len(notes)) for note in procedure.notes]
    row["ways"] = [_without_defaults(way) for way in procedure.ways]
    for way in row["ways"]:
        way["time_limit"] = _without_defaults(way["time_limit"])
        way["fee"] = _without_defaults(way["fee"])
    row["results"] = [_without_defaults(result) for result in procedure.results]
    for name in ("effective_from", "effective_to"):
        if name in row:
            row[name] = row[name].isoformat()
    del row["catalogue_version"]
    return row


def _to_requirement(requirement_id: str, row: Row) -> Requirement:
    return Requirement(
        requirement_id=requirement_id,
        name=row["name"],
        short_name=row["short_name"],
        duty=Duty(row["duty"]),
        originals=row["originals"],
        copies=row["copies"],
        condition=row.get("condition", ""),
        paper_classes=tuple(PaperClass(paper_class) for paper_class in row.get("paper_classes", ())),
        channels=tuple(Channel(channel) for channel in row.get("channels", ())),
        alternatives=row.get("alternatives", ""),
        options=tuple(row.get("options", ())),
        is_for_delegation=row.get("is_for_delegation", False),
        looked_up_in=tuple(DataSource(source) for source in row.get("looked_up_in", ())),
        replaced_by=tuple(row.get("replaced_by", ())),
    )


def _to_way(row: Row) -> Way:
    limit, fee = row["time_limit"], row["fee"]
    return Way(
        Channel(row["channel"]),
        TimeLimit(limit["amount"], TimeUnit(limit["unit"]), limit.get("source_text", ""), limit.get("legal_basis", "")),
        Fee(fee["amount"], fee["is_certain"], fee.get("source_text", ""), fee.get("per", "")),
        row.get("note", ""),
    )


def _to_day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _without_defaults(record: Any) -> dict[str, Any]:  # noqa: ANN401 - any of our dataclasses
    values = {field: getattr(record, field.name) for field in dataclasses.fields(record)}
    return {field.name: value for field, value in values.items() if value != field.default}
