# SPDX-License-Identifier: GPL-3.0-or-later
"""``python -m demo.papers``: writes made-up pages and the truth about them into a folder."""

from __future__ import annotations

import argparse
import itertools
import json
import random
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from demo.papers.generator import CLASSES, GeneratedPage, generate
from demo.papers.look import CONDITIONS

TRUTH_FILE: Final = "truth.json"
_JPEG_QUALITY: Final = 90
_DESCRIPTION: Final = """\
Make pages up, as a scanner or phone would deliver them, and write down the truth about each of them. Nobody on them
exists. The same arguments give the same pages.

FOLDER gets one picture a page (JPEG; PNG under the condition "clean") and truth.json, a list with one entry a page:
  file            name of the picture
  dpi             its resolution
  seed, seen      what it was made from
  paper_class     kind of paper, layout: its design
  text            everything printed, in the order of the design; no handwriting, no letters of seals
  hand_text       what was written by hand
  fields          what should be extracted, canonical (dates YYYY-MM-DD, numbers digits only)
  skew_degrees    how far the sheet is turned clockwise, besides quarter_turns (clockwise, 0 to 3)
  corners         the sheet's own top left, top right, bottom right, bottom left in the picture, in pixels
  other_corners   those of a second card on the glass, or null
  has_print, has_hand, condition
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m demo.papers", description=_DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="folder for the pages; made if missing"
    )
    parser.add_argument("--count", type=int, default=36, metavar="N", help="how many pages (36)")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="where the seeds start (0)")
    parser.add_argument(
        "--class", dest="classes", action="append", choices=CLASSES, metavar="C",
        help="only this kind of paper; may be repeated; by default all in turn: " + ", ".join(CLASSES),
    )  # fmt: skip
    parser.add_argument(
        "--condition", dest="conditions", action="append", choices=tuple(CONDITIONS), metavar="NAME",
        help="only this condition; may be repeated; by default any: " + ", ".join(CONDITIONS),
    )  # fmt: skip
    parser.add_argument(
        "--unseen", action="store_true", help="use the half of designs, fonts and seals that nothing was tuned on"
    )
    chosen = parser.parse_args(arguments)
    chosen.out.mkdir(parents=True, exist_ok=True)
    entries = []
    for seed, paper_class in zip(
        range(chosen.seed, chosen.seed + chosen.count), itertools.cycle(chosen.classes or CLASSES), strict=False
    ):
        name = random.Random(f"condition {seed}").choice(chosen.conditions or tuple(CONDITIONS))
        look = CONDITIONS[name](seed, seen=not chosen.unseen)
        page = generate(paper_class, seed, seen=not chosen.unseen, condition=look)
        entries.append(_written(page, chosen.out, seed, seen=not chosen.unseen))
    (chosen.out / TRUTH_FILE).write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _written(page: GeneratedPage, folder: Path, seed: int, *, seen: bool) -> dict[str, Any]:
    truth = page.truth
    clean = truth.condition == "clean"
    file = f"{seed:05}-{truth.paper_class}-{truth.condition}.{'png' if clean else 'jpg'}"
    if clean:
        page.picture.save(folder / file, dpi=(page.dpi, page.dpi))
    else:
        page.picture.save(folder / file, dpi=(page.dpi, page.dpi), quality=_JPEG_QUALITY)
    known = {each.name: getattr(truth, each.name) for each in fields(truth)}
    return {"file": file, "dpi": page.dpi, "seed": seed, "seen": seen} | known | {"fields": dict(truth.fields)}


if __name__ == "__main__":
    raise SystemExit(main())
