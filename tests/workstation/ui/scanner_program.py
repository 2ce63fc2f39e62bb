# SPDX-License-Identifier: GPL-3.0-or-later
"""A virtual scanner in a program of its own, so that drawing its papers takes nothing from the window under test.

``python scanner_program.py FOLDER PAPERS``: FOLDER is an existing empty folder for SANE's configuration, PAPERS how
many of the sample papers lie in the feeder. Prints ``ready``, then runs until its stdin ends.
"""

from __future__ import annotations

import sys
from pathlib import Path

from demo.counter_scanner import counter_scanner, sheets_for_feeder
from demo.sample_papers import SAMPLE_PAPERS


def main() -> None:
    folder, papers = Path(sys.argv[1]), int(sys.argv[2])
    with counter_scanner(folder) as counter:
        counter.machine.load_feeder(sheets_for_feeder(list(SAMPLE_PAPERS.values())[:papers]))
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
