# SPDX-License-Identifier: GPL-3.0-or-later
"""Compile the sources in ``source/`` into the packs that the product ships: ``python -m casework.packs.compile``.

The same sources give the same bytes. A pack is gzipped JSON; what each key means is said where it is read
(``casework.catalogue``, ``casework.units``).
"""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from casework.packs import procedure_facts
from casework.packs.corrections import Correction, Corrections
from casework.packs.papers import ReadPaper, read_papers
from casework.packs.procedure_facts import EmptyListReason, RouteRule, read_empty_list_reasons, read_route_rules
from casework.packs.sets import asked_in_every_set
from casework.packs.substitutes import PaperClassRule, ResultRule, read_paper_class_rules, read_result_rules
from casework.packs.unit_names import compile_units
from casework.packs.ways import CHANNELS, in_steps, read_fee, read_time_limit
from casework.packs.wording import shortened
from casework.procedure_rows import from_procedure
from casework.records.procedure import Channel, Procedure, Requirement, ResultKind, TimeLimit, TimeUnit, Way
from casework.text import clean, fold

PACKS: Final = Path(__file__).parent
SOURCE: Final = PACKS / "source"

READ_ON: Final = "2026-07-20"
"""The day on which the procedure pages were read."""

NOT_AT_THE_COUNTER: Final = frozenset({"Hải quan", "Thuế"})
"""Fields that customs and tax offices handle at their own counters."""


@dataclasses.dataclass(frozen=True, slots=True)
class Rules:
    """What the pages are read with; each field is a file of ``source/``."""

    paper_classes: tuple[PaperClassRule, ...] = ()
    results: tuple[ResultRule, ...] = ()
    corrections: tuple[Correction, ...] = ()
    time_limits: tuple[Mapping[str, Any], ...] = ()
    fee_units: tuple[Mapping[str, Any], ...] = ()
    ways: tuple[Mapping[str, Any], ...] = ()
    routes: tuple[RouteRule, ...] = ()
    empty_lists: tuple[EmptyListReason, ...] = ()

    @classmethod
    def of_the_source(cls) -> Rules:
        """Read every file."""
        return cls(
            paper_classes=read_paper_class_rules(read_source("paper_classes.json")),
            results=read_result_rules(read_source("result_rules.json")),
            corrections=tuple(read_source("corrections.json")),
            time_limits=tuple(read_source("time_limits.json")),
            fee_units=tuple(read_source("fee_units.json")),
            ways=tuple(read_source("ways.json")),
            routes=read_route_rules(read_source("routes.json")),
            empty_lists=read_empty_list_reasons(read_source("empty_lists.json")),
        )


def compile_catalogue(pages: Sequence[Mapping[str, Any]], rules: Rules) -> dict[str, Any]:
    """Turn procedure pages into the content of the catalogue pack.

    Raises:
        ValueError: When a correction, a statutory time limit, a unit of a fee or a rule about ways fits no page: the
            source has changed under it.
    """
    corrections = Corrections(rules.corrections)
    limits, units, ways_as = (_by_code(entries) for entries in (rules.time_limits, rules.fee_units, rules.ways))
    notes: dict[str, int] = {}
    procedures = []
    for page in sorted(pages, key=lambda page: str(page["code"])):
        code = page["code"]
        ways = _ways(page["ways"] or [], limits.pop(code, None), units.pop(code, None))
        ways = _as_they_should_be(ways, ways_as.pop(code, None))
        procedure = _procedure(page, ways, corrections, rules)
        procedures.append({**from_procedure(procedure, notes), "folded": fold(procedure.name)})
    if corrections.unused or limits or units or ways_as:
        raise ValueError(f"nothing to correct: {[*corrections.unused, *sorted(limits | units | ways_as)]}")
    content = {"read_on": READ_ON, "notes": list(notes), "procedures": procedures}
    digest = hashlib.sha256(_plain(content)).hexdigest()
    return {"version": f"{READ_ON}.{digest[:8]}", **content}


def read_source(name: str) -> Any:  # noqa: ANN401 – JSON of our own files
    """Read a source file, gzipped or not."""
    data = (SOURCE / name).read_bytes()
    return json.loads(gzip.decompress(data) if name.endswith(".gz") else data)


def pack_contents() -> dict[str, Any]:
    """Compile every pack; file name to content."""
    return {
        "catalogue.json.gz": compile_catalogue(read_source("procedures.json.gz"), Rules.of_the_source()),
        "units.json.gz": compile_units(read_source("units.json.gz")),
    }


def packed(content: object) -> bytes:
    """Give the bytes of a pack: compact JSON, gzipped without a time stamp."""
    return gzip.compress(_plain(content), compresslevel=9, mtime=0)


def _plain(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _procedure(page: Mapping[str, Any], ways: tuple[Way, ...], corrections: Corrections, rules: Rules) -> Procedure:
    code, field, legal_basis = page["code"], clean(page["field"]), clean(page["decision"] or "")
    corrected, notes = corrections.applied(code, *read_papers(page["papers"] or []))
    demands = asked_in_every_set(corrected)
    return Procedure(
        code=code,
        name=clean(page["name"]),
        field=field,
        ministry=page["ministry"],
        legal_basis=legal_basis,
        offered_at_counter=field not in NOT_AT_THE_COUNTER,
        requirements=tuple(_requirement(demand, code, field, rules) for demand in demands),
        notes=notes,
        ways=ways,
        results=tuple(
            ResultKind(result["code"] or "", clean(result["name"] or "")) for result in page["results"] or []
        ),
        catalogue_version="",
        levels=procedure_facts.levels(page),
        route=procedure_facts.route(field, ways, rules.routes),
        subjects=procedure_facts.subjects(page),
        conditions=procedure_facts.conditions(page),
        no_papers_because="" if demands else procedure_facts.no_papers_because(code, field, rules.empty_lists),
        may_come_without_appointment=procedure_facts.may_come_without_appointment(ways),
        is_boundary_free=procedure_facts.is_boundary_free(ways),
    )


def _requirement(demand: ReadPaper, code: str, field: str, rules: Rules) -> Requirement:
    heads = (demand.head, *demand.options)
    return Requirement(
        requirement_id="",
        name=demand.name,
        short_name=shortened(demand.head),
        duty=demand.duty,
        originals=demand.originals,
        copies=demand.copies,
        condition=demand.condition,
        paper_classes=tuple(
            dict.fromkeys(rule.paper_class for rule in rules.paper_classes if rule.matches(demand.head, field))
        ),
        channels=demand.channels,
        alternatives=demand.alternatives,
        options=demand.options,
        is_for_delegation=demand.is_for_delegation,
        looked_up_in=demand.looked_up_in,
        replaced_by=tuple(
            dict.fromkeys(
                result for rule in rules.results if rule.matches(heads, demand.name, code) for result in rule.results
            )
        ),
    )


def _by_code(entries: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {code: entry for entry in entries for code in entry["codes"]}


def _ways(
    ways: Sequence[Mapping[str, Any]], statutory: Mapping[str, Any] | None, fee_unit: Mapping[str, Any] | None
) -> tuple[Way, ...]:
    """Read the ways of a page; amounts in foreign money come last.

    Raises:
        ValueError: When a time limit is to be replaced that no way has.
    """
    read = []
    for way in ways:
        note = clean(way["note"] or "")
        limit = read_time_limit(way["time"], note)
        if statutory is not None and (limit.amount is None or limit.source_text == statutory.get("instead_of")):
            limit = _statutory(statutory)
        fee = read_fee(way["fee"], note)
        if fee_unit is not None:
            fee = dataclasses.replace(fee, per=fee_unit.get("per", fee.per), is_certain=False)
        read.append(Way(CHANNELS[way["channel"]], limit, fee, note))
    if statutory is not None and not any(way.time_limit == _statutory(statutory) for way in read):
        raise ValueError(f"no such time limit: {statutory['codes']}")
    return tuple(sorted(read, key=lambda way: "USD" in way.fee.source_text))


def _as_they_should_be(ways: tuple[Way, ...], rule: Mapping[str, Any] | None) -> tuple[Way, ...]:
    """Join ways that are steps of one another, put the ordinary case first, or add a channel named in words only.

    Raises:
        ValueError: When the rule changes nothing.
    """
    if rule is None:
        return ways
    if rule.get("are_steps"):
        changed = in_steps(ways)
    elif "first" in rule:
        changed = tuple(sorted(ways, key=lambda way: way.time_limit.source_text != rule["first"]))
    else:
        like, channel = Channel(rule["like"]), Channel(rule["also_through"])
        changed = (*(dataclasses.replace(way, channel=channel) for way in ways if way.channel is like), *ways)
    if changed == ways:
        raise ValueError(f"a rule about ways that changes nothing: {rule['codes']}")
    return changed


def _statutory(entry: Mapping[str, Any]) -> TimeLimit:
    return TimeLimit(entry["amount"], TimeUnit(entry["unit"]), entry["words"], entry["legal_basis"])


def main() -> int:
    """Write the packs; return 0."""
    for name, content in pack_contents().items():
        data = packed(content)
        (PACKS / name).write_bytes(data)
        sys.stdout.write(f"{name}: {len(data)} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
