# SPDX-License-Identifier: GPL-3.0-or-later
"""Learn from a clerk what a paper is: by the text of its first page with print, kept as a sketch of its form."""

from __future__ import annotations

from typing import Final

from casework.rights import Right
from localdb import class_corrections, pages, papers
from localdb.store import Store
from scanning.classify.model_file import shipped_version
from scanning.classify.paper_class import PaperClass
from scanning.ocr.text import Box, Line, PageText, Word
from scanning.reader import PageReader
from workstation.desk.session import DeskSession

# Where the words stood is not kept: they are laid out as on an A4 page at 200 dpi, a line below the other.
_WIDTH_PX: Final = 1654
_HEIGHT_PX: Final = 2339
_LINE_PX: Final = 30
_LETTER_PX: Final = 15


def learn_class(session: DeskSession, reader: PageReader, paper_id: str) -> None:
    """Teach the readers the class of a paper, as its clerk settled it, and keep what they know by now.

    Args:
        session: The desk.
        reader: Waits for an idle one of its workers.
        paper_id: The paper; nothing happens when there is no print on it.

    Raises:
        KnownError: ``not-allowed``, ``no-such-record``, ``disk-full``.
        ScanningError: As ``PageReader.learn``.
        CancelledError: The readers were closed meanwhile.
    """
    session.require(Right.RECEIVE)
    with session.store.reading() as connection:
        paper_class = PaperClass(papers.get(connection, paper_id).paper_class.value)
        texts = [page.text for page in pages.of_paper(connection, paper_id) if page.text.strip()]
    if not texts:
        return
    content = reader.learn(laid_out(texts[0]), paper_class)
    with session.store.transaction() as connection:
        class_corrections.save(connection, shipped_version(), content, session.clock())


def known_corrections(store: Store) -> bytes:
    """Give what the clerks of this desk taught on top of the shipped model; empty when nothing.

    Raises:
        ScanningError: ``model-damaged``.
    """
    version = shipped_version()
    with store.reading() as connection:
        return class_corrections.load(connection, version)


def laid_out(text: str) -> PageText:
    """Put text onto a page, line by line from top to bottom, over all of its height."""
    lines = [line.split() for line in text.splitlines() if line.strip()]
    step = _HEIGHT_PX / (len(lines) + 1)
    return PageText(
        tuple(_line(words, round(step * number)) for number, words in enumerate(lines)), _WIDTH_PX, _HEIGHT_PX
    )


def _line(texts: list[str], top: int) -> Line:
    words, left = [], 0
    for text in texts:
        width = _LETTER_PX * len(text)
        words.append(Word(text, Box(left, top, width, _LINE_PX), 100.0))
        left += width + _LETTER_PX
    return Line(tuple(words))
