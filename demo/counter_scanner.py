# SPDX-License-Identifier: GPL-3.0-or-later
"""The scanner on the demo's counter, ready for real drivers: used by the demo, training mode and the tests alike."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image

from demo.escl_http import EsclServer, write_sane_config
from demo.escl_scanner import EsclScanner, Sheet
from demo.scan_look import Condition
from demo.sheets import SamplePaper, render_back, render_sheet

SCANNER_NAME: Final = "Máy quét quầy số 1"
"""How the scanner is called in the list of devices."""

_SKEWS_DEGREES: Final = (1.1, -1.4, 0.8, -1.7, 1.9, -0.9)


@dataclass(frozen=True, slots=True, eq=False)
class PaperSide:
    """One side of a paper, lying a little askew; a ``Picture`` for the virtual scanner."""

    paper: SamplePaper
    condition: Condition
    back: bool = False

    def __call__(self, dpi: int) -> Image.Image:
        """Draw it at a resolution."""
        render = render_back if self.back else render_sheet
        return render(self.paper, dpi=dpi, condition=self.condition)


@dataclass(frozen=True, slots=True)
class CounterScanner:
    """The scanner and how to reach it.

    Attributes:
        machine: Load paper and order faults here.
        server: Its network side; ``server.unplug()`` pulls the cable.
        environment: What a scan worker needs to find it and no other: ``Scanner(environment=…)``.
    """

    machine: EsclScanner
    server: EsclServer
    environment: Mapping[str, str]


@contextlib.contextmanager
def counter_scanner(config_folder: Path) -> Iterator[CounterScanner]:
    """Switch the scanner on.

    Args:
        config_folder: An existing empty folder, private to this scanner; gets two configuration files.
    """
    machine = EsclScanner()
    with EsclServer(machine) as server:
        write_sane_config(config_folder, {SCANNER_NAME: server.url})
        yield CounterScanner(machine, server, {"SANE_CONFIG_DIR": str(config_folder)})


def sheets_for_feeder(papers: Sequence[SamplePaper], *, first_seed: int = 1) -> list[Sheet]:
    """Papers as a stack for the feeder: printed on one side, each askew in its own way."""
    return [
        Sheet(
            PaperSide(
                paper, Condition(skew_degrees=_SKEWS_DEGREES[index % len(_SKEWS_DEGREES)], seed=first_seed + index)
            ),
            PaperSide(paper, Condition(skew_degrees=0.4, seed=1000 + first_seed + index), back=True),
        )
        for index, paper in enumerate(papers)
    ]
