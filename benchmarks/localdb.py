# SPDX-License-Identifier: GPL-3.0-or-later
"""The encrypted store: its cost against plain SQLite, and search, list and start with five years of a busy ward."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks import big_store, desk_speed, search_speed, store_speed
from benchmarks.rows import Row

DOSSIERS = 300_000
SMALLER = 10_000
"""Of this size the background program gets through its first work in some minutes."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this area."""
    parser.add_argument(
        "--dossiers", type=int, default=DOSSIERS, metavar="N", help=f"size of the made-up store (default {DOSSIERS})"
    )
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path(tempfile.gettempdir()) / "motcua-bench",
        help="where the made-up store is kept and found again; 6 GB for the default size (default %(default)s)",
    )
    parser.add_argument("--only", choices=("store", "search"), help="leave the other half out")


def measure(options: argparse.Namespace) -> list[Row]:
    """Give the rows of this area."""
    rows: list[Row] = []
    if options.only != "search":
        rows += store_speed.measure()
    if options.only != "store":
        made = big_store.big_store(options.folder / str(options.dossiers), options.dossiers, _say)
        rows += desk_speed.receiving(made)
        smaller = min(options.dossiers, SMALLER)
        rows += desk_speed.committing_beside_the_background(
            big_store.big_store(options.folder / str(smaller), smaller, _say)
        )
        rows += search_speed.measure(made, _say)
    return rows


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
