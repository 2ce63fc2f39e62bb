# SPDX-License-Identifier: GPL-3.0-or-later
"""Compile the sources in ``source/`` into the packs that the product ships: ``python -m casework.packs.compile``.

The same sources give the same bytes. A pack is gzipped JSON; what each key means is said where it is read
(``casework.catalogue``, ``casework.units``).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from casework.packs.papers import PaperClassRule, ReadPaper, read_paper_class_rules, read_papers
from casework.packs.unit_names import compile_units
from casework.packs.ways import CHANNELS, read_fee, read_time_limit
from casework.packs.wording import shortened
from casework.records.procedure import Channel, Duty, Fee, TimeLimit, TimeUnit
from casework.text import clean, fold

PACKS: Final = Path(__file__).parent
SOURCE: Final = PACKS / "source"

READ_ON: Final = "2026-07-20"
"""The day on which the procedure pages were read."""

NOT_AT_THE_COUNTER: Final = frozenset({"Hải quan", "Thuế"})
"""Fields that customs and tax offices handle at their own counters."""

Correction = Mapping[str, Any]


def compile_catalogue(
    pages: Sequence[Mapping[str, Any]],
    rules: Sequence[PaperClassRule],
    corrections: Sequence[Correction],
    time_limits: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Turn procedure pages into the content of the catalogue pack.

    Raises:
        ValueError: When a correction or a statutory time limit fits no page: the source has changed under it.
    """
    used: set[int] = set()
    limits = {code: _statutory(entry) for entry in time_limits for code in entry["codes"]}
    notes: dict[str, int] = {}
    procedures = []
    for page in sorted(pages, key=lambda page: str(page["code"])):
        demands, page_notes = read_papers(page["papers"] or [], clean(page["field"]), rules)
        demands = [_corrected(demand, page["code"], corrections, used) for demand in demands]
        procedures.append(
            {
                "code": page["code"],
                "name": clean(page["name"]),
                "folded": fold(page["name"]),
                "field": clean(page["field"]),
                "ministry": page["ministry"],
                "decision": clean(page["decision"] or ""),
                "offered": clean(page["field"]) not in NOT_AT_THE_COUNTER,
                "requirements": [_requirement_row(demand) for demand in demands],
                "notes": [notes.setdefault(note, len(notes)) for note in page_notes],
                "ways": _way_rows(page["ways"] or [], limits.pop(page["code"], None)),
                "results": [[result["code"] or "", clean(result["name"] or "")] for result in page["results"] or []],
            }
        )
    unused = [correction for number, correction in enumerate(corrections) if number not in used]
    if unused or limits:
        raise ValueError(f"nothing to correct: {[entry['code'] for entry in unused] + sorted(limits)}")
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
        "catalogue.json.gz": compile_catalogue(
            read_source("procedures.json.gz"),
            read_paper_class_rules(read_source("paper_classes.json")),
            read_source("corrections.json"),
            read_source("time_limits.json"),
        ),
        "units.json.gz": compile_units(read_source("units.json.gz")),
    }


def packed(content: object) -> bytes:
    """Give the bytes of a pack: compact JSON, gzipped without a time stamp."""
    return gzip.compress(_plain(content), compresslevel=9, mtime=0)


def _plain(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _corrected(demand: ReadPaper, code: str, corrections: Sequence[Correction], used: set[int]) -> ReadPaper:
    values = {name: getattr(demand, name) for name in ReadPaper.__slots__}
    for number, correction in enumerate(corrections):
        if correction["code"] != code or not demand.name.startswith(correction["paper"]):
            continue
        used.add(number)
        if "cut_before" in correction:
            values["name"] = demand.name[: demand.name.index(correction["cut_before"])]
        if "channels" in correction:
            values["channels"] = tuple(Channel(channel) for channel in correction["channels"])
        if "duty" in correction:
            values["duty"] = Duty(correction["duty"])
        if "alternatives" in correction:
            values["alternatives"] = correction["alternatives"]
    return ReadPaper(**values)


def _requirement_row(demand: ReadPaper) -> list[Any]:
    return [
        demand.name,
        shortened(demand.head),
        demand.duty.value,
        demand.originals,
        demand.copies,
        demand.condition,
        [paper_class.value for paper_class in demand.paper_classes],
        [channel.value for channel in demand.channels],
        demand.alternatives,
    ]


def _way_rows(ways: Sequence[Mapping[str, Any]], statutory: TimeLimit | None) -> list[list[Any]]:
    rows = []
    for way in ways:
        note = clean(way["note"] or "")
        fee = read_fee(way["fee"], note)
        limit = read_time_limit(way["time"])
        if statutory is not None and limit.amount is None:
            limit = statutory
        rows.append([CHANNELS[way["channel"]].value, _limit_row(limit), _fee_row(fee), note])
    return sorted(rows, key=lambda row: "USD" in row[2][2])


def _limit_row(limit: TimeLimit) -> list[Any]:
    return [limit.amount, limit.unit.value, limit.source_text, limit.legal_basis]


def _fee_row(fee: Fee) -> list[Any]:
    return [fee.amount, fee.is_certain, fee.source_text, fee.per]


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
