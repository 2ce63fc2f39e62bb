# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom a verification believes: root authorities that IT has put in, and nobody else."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TrustAnchors:
    """Authorities for verification; the operating system's list is never used.

    Attributes:
        roots: Root certificates, DER. None at all means that nothing is trusted.
        intermediates: Authorities below them that a document may have left out, DER; not trusted by themselves.
    """

    roots: tuple[bytes, ...] = field(repr=False)
    intermediates: tuple[bytes, ...] = field(default=(), repr=False)
