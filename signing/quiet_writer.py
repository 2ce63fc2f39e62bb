# SPDX-License-Identifier: GPL-3.0-or-later
"""Appending a revision to a PDF without touching what describes it."""

from __future__ import annotations

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


class QuietWriter(IncrementalPdfFileWriter):
    """Leaves XMP and Info as they are: pyHanko would write itself into them, which breaks their PDF/A conformance.

    The hook is private; pyHanko is pinned for it, and a test sees that it still works.
    """

    def _update_meta(self) -> None:
        pass
