# SPDX-License-Identifier: GPL-3.0-or-later
"""Turn a page of a draft, or undo it: steps beside the untouched picture change, and the page is read as it lies then.

The picture that came from the scanner is what is read again; a week after the gateway has a paper it is let go.
"""

from __future__ import annotations

import dataclasses
import enum
from typing import Final

from casework.rights import Right
from scanning.reader import PageReader
from scanning.transforms import Rotation, Transform
from workstation.desk.replace_page import PageReplaced, find_page, own_picture, read_now, replace_page
from workstation.desk.session import DeskSession
from workstation.desk.stored_page import decided_steps, steps_text


class Turn(enum.Enum):
    """What is done to the page."""

    CLOCKWISE = "a quarter clockwise"
    COUNTER_CLOCKWISE = "a quarter counter-clockwise"
    AS_SCANNED = "as it came from the scanner"
    AS_FOUND = "as the reader finds it"


_QUARTERS: Final = {Turn.CLOCKWISE: -90.0, Turn.COUNTER_CLOCKWISE: 90.0}


def turn_page(
    session: DeskSession,
    dossier_id: str,
    page_id: str,
    turn: Turn,
    reader: PageReader,
    *,
    drops_signature: bool = False,
) -> PageReplaced:
    """Turn a page and read it again; its paper is bound anew. Whatever goes wrong, the page stays as it was.

    Args:
        session: The desk.
        dossier_id: The draft.
        page_id: The page.
        turn: How.
        reader: Reads it; waits for it.
        drops_signature: Whether the signature of its paper may go.

    Raises:
        KnownError: ``no-such-draft``, ``no-such-record``; ``paper-signed``; ``page-original-gone``;
            ``page-changed-meanwhile``; ``disk-full``.
        ScanningError: As ``PageReader.submit``.
    """
    session.require(Right.SCAN)
    before = find_page(session, dossier_id, page_id, drops_signature=drops_signature)
    image = own_picture(session, before.page)
    steps: tuple[Transform, ...] | None = None
    if turn is Turn.AS_SCANNED:
        steps = ()
    elif turn in _QUARTERS:
        there = decided_steps(before.page)
        steps = _turned(read_now(reader, image, None).transforms if there is None else there, _QUARTERS[turn])
    reading = read_now(reader, image, steps)
    now = dataclasses.replace(before.page, steps=steps_text(steps))
    return replace_page(session, reader, before, now, (image, reading), "page.turned")


def _turned(steps: tuple[Transform, ...], degrees: float) -> tuple[Transform, ...]:
    """Add a turn; what quarter turns at the end come to is one step, or none."""
    kept = list(steps)
    while kept and isinstance(last := kept[-1], Rotation) and last.degrees % 90.0 == 0.0:
        degrees += last.degrees
        kept.pop()
    degrees %= 360.0
    return (*kept, Rotation(degrees - 360.0 if degrees > 180.0 else degrees)) if degrees else tuple(kept)
