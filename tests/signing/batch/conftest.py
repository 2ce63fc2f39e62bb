# SPDX-License-Identifier: GPL-3.0-or-later
"""Batches of small documents in folders, signed with a key in memory."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from signing.batch.documents import FolderDocuments, name_of
from signing.batch.journal import BatchJournal, Progress
from signing.batch.signing_batch import BatchItem, SigningBatch
from signing.pdf_signature import SignatureRequest


class Desk:
    """A folder of documents to sign, and everything that a batch leaves on the disk."""

    def __init__(self, folder: Path, pdf: bytes | None, count: int) -> None:
        """Put copies of a document there, each with a mark of its own; ``None`` = they are there already."""
        self.folder = folder
        self.signed = folder / "signed"
        self.work = folder / "work"
        self.journal = folder / "journal"
        self.files = [folder / "in" / f"giấy {number:02}.pdf" for number in range(count)]
        if pdf is not None:
            (folder / "in").mkdir()
            self.signed.mkdir()
            for number, file in enumerate(self.files):
                file.write_bytes(pdf + b"\n% " + str(number).encode() + b"\n")
        self.names = [name_of(file) for file in self.files]
        self.now = dt.datetime.now(dt.UTC)
        request = SignatureRequest(signing_time=self.now, place=None)
        self.items = [
            BatchItem(name_of(file), hashlib.sha256(file.read_bytes()).hexdigest(), request) for file in self.files
        ]
        self.documents = FolderDocuments(self.files, self.signed, self.work)

    def begin(self, *, tokens_only: bool = False) -> SigningBatch:
        """Open the batch, as a new process would."""
        return SigningBatch(self.items, self.documents, self.journal, clock=lambda: self.now, tokens_only=tokens_only)

    def outputs(self) -> list[str]:
        """Names of the signed files."""
        return sorted(path.name for path in self.signed.iterdir())

    def progress(self) -> dict[str, Progress]:
        """What the journal says."""
        plan = [(item.name, item.displayed_sha256) for item in self.items]
        journal = BatchJournal.open(self.journal, plan)
        journal.close()
        return dict(journal.progress)


@pytest.fixture
def desk(tmp_path: Path, pdf: bytes) -> Desk:
    """Three documents."""
    return Desk(tmp_path, pdf, 3)
