# SPDX-License-Identifier: GPL-3.0-or-later
"""What a batch tells while it runs."""

from __future__ import annotations

from dataclasses import dataclass

from signing.errors import SigningError
from signing.pdf_signature import SignedPdf


@dataclass(frozen=True, slots=True)
class DocumentSigned:
    """A document is signed, stored, and was read back.

    Attributes:
        name: Which.
        signed: The document, and what the audit chain keeps of it.
        done: Number of documents of the batch that are signed.
        total: Number of documents of the batch.
    """

    name: str
    signed: SignedPdf
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class DocumentRefused:
    """A document could not be signed; the batch goes on.

    Attributes:
        name: Which.
        error: Why.
        done: Number of documents of the batch that are signed.
        total: Number of documents of the batch.
    """

    name: str
    error: SigningError
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class BatchPaused:
    """The key is out of reach; what was signed is stored. Run the batch again with the key opened anew.

    Attributes:
        error: ``token-gone`` and the like.
        done: Number of documents of the batch that are signed.
        total: Number of documents of the batch.
    """

    error: SigningError
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class BatchCancelled:
    """Somebody said stop; what was signed is stored.

    Attributes:
        done: Number of documents of the batch that are signed.
        total: Number of documents of the batch.
    """

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class BatchFinished:
    """Nothing is left to do.

    Attributes:
        done: Number of documents of the batch that are signed.
        refused: Number of those that could not be.
        total: Number of documents of the batch.
    """

    done: int
    refused: int
    total: int


BatchEvent = DocumentSigned | DocumentRefused | BatchPaused | BatchCancelled | BatchFinished
