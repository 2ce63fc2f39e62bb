# SPDX-License-Identifier: GPL-3.0-or-later
"""The top of a small sheet: agency and national heading side by side, in letters that fit half the width."""

from __future__ import annotations

from collections.abc import Sequence

from demo.papers.plan import Block, column, paragraph, row


def small_letterhead(agency: Sequence[str], place_and_date: str, size_pt: float, *before: Block) -> Block:
    """Do what ``letterhead`` does, without rules.

    Args:
        agency: Lines on the left, the last one bold.
        place_and_date: Below the national heading.
        size_pt: Of the capitals.
        before: What stands in the corner left of it, e.g. a QR code.
    """
    lines = [
        paragraph(line, align="center", size_pt=size_pt, style="bold" if line == agency[-1] else "plain")
        for line in agency
    ]
    return row(
        *before,
        column(*lines),
        column(
            paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", align="center", size_pt=size_pt, style="bold"),
            paragraph("Độc lập - Tự do - Hạnh phúc", align="center", size_pt=size_pt + 0.5, style="bold"),
            paragraph(place_and_date, align="center", size_pt=size_pt + 0.5, style="italic"),
        ),
        shares=(*(0.8 for _ in before), 1.8, 2.7),
    )
