# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua bench AREA``: measure an area against a peer or a limit, in one run.

Prints a table, and writes the rows as JSON when asked; docs/benchmarks.md says what each row means.

Exit codes: 0 measured, whatever came out; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import importlib
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.rows import Row

AREAS: Final = ("accuracy", "desk", "localdb", "scanning", "signing")
"""Modules of this package with ``add_options(parser)`` and ``measure(options) -> list[Row]``."""

REFERENCE_MS: Final = 22.0
"""What the calibration takes on the machine of docs/benchmarks.md."""

_STEPS: Final = 600_000
_HASHED: Final = bytes(8 * 1024 * 1024)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; see the module."""
    parser = argparse.ArgumentParser(prog="motcua bench", description=__doc__.splitlines()[0] if __doc__ else "")
    areas = parser.add_subparsers(dest="area", metavar="AREA", required=True, help=", ".join(AREAS))
    modules = {area: importlib.import_module(f"benchmarks.{area}") for area in AREAS}
    for area, module in modules.items():
        options = areas.add_parser(area, help=(module.__doc__ or "").splitlines()[0])
        options.add_argument("--json", type=Path, metavar="FILE", help="also write the rows to FILE")
        module.add_options(options)
    chosen = parser.parse_args(arguments)
    before = calibration()
    rows: list[Row] = modules[chosen.area].measure(chosen)
    speed = min(before, calibration())
    rows.append(Row.overhead("calibration", speed, REFERENCE_MS, "reference machine", "ms"))
    print(table(rows))
    if chosen.json:
        text = json.dumps([dataclasses.asdict(row) for row in rows], ensure_ascii=False, indent=2)
        chosen.json.write_text(text + "\n", encoding="utf-8")
    return 0


def calibration() -> float:
    """Give the milliseconds of a fixed piece of work, so that figures of two machines can be compared; best of five."""
    best = float("inf")
    for _ in range(5):
        started = time.perf_counter()
        total = 0
        for step in range(_STEPS):
            total += step & 7
        hashlib.sha256(_HASHED).digest()
        best = min(best, time.perf_counter() - started)
    return best * 1000


def table(rows: Sequence[Row]) -> str:
    """Write rows for a person."""
    lines = [("name", "ours", "peer or limit", "", "unit", "ratio")]
    lines += [
        (row.name, f"{row.ours:,.2f}", f"{row.peer:,.2f}", row.peer_name, row.unit, f"{row.ratio:.2f}") for row in rows
    ]
    widths = [max(len(line[place]) for line in lines) for place in range(6)]
    return "\n".join(
        f"{line[0]:<{widths[0]}}  {line[1]:>{widths[1]}}  {line[2]:>{widths[2]}}  {line[3]:<{widths[3]}}  "
        f"{line[4]:<{widths[4]}}  {line[5]:>{widths[5]}}"
        for line in lines
    )


if __name__ == "__main__":
    sys.exit(main())
