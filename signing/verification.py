# SPDX-License-Identifier: GPL-3.0-or-later
"""What the signatures in a PDF are worth, judged without a network: the front door of ``signing.verdicts``.

``verify_pdf`` judges in this process what was made on this computer. ``verify_received`` is for whatever comes in: a
process of its own with limits, and an answer in any case.
"""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any, Final

from signing.errors import SigningError
from signing.trust import TrustAnchors
from signing.verdicts.facts import report_of
from signing.verdicts.program import LENGTH
from signing.verdicts.verdict import (
    Change,
    ChangeKind,
    DocumentReport,
    Modification,
    Problem,
    Remark,
    Revocation,
    SignatureVerdict,
    TimestampVerdict,
    Verdict,
)

__all__ = [
    "Change",
    "ChangeKind",
    "DocumentReport",
    "Limits",
    "Modification",
    "Problem",
    "Remark",
    "Revocation",
    "SignatureVerdict",
    "TimestampVerdict",
    "Verdict",
    "verify_pdf",
    "verify_received",
]

_MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one verification may cost.

    Attributes:
        seconds: Until the process is ended; the answer comes within 10 s, its start and end included.
        memory_bytes: Besides what the document itself takes; Python and its libraries map 400 MiB before they begin.
        document_bytes: Longer documents are not looked at.
    """

    seconds: float = 9.0
    memory_bytes: int = 1024 * _MEBIBYTE
    document_bytes: int = 400 * _MEBIBYTE


# The document, its signed part for the second reader, and what a parser copies of it: measured with 200 MiB.
_COPIES: Final = 5


def verify_pdf(content: bytes, trust: TrustAnchors, moment: dt.datetime | None = None) -> tuple[SignatureVerdict, ...]:
    """Judge all signatures of people and units in a PDF, in this process. Never asks the network.

    Args:
        content: Anything that claims to be a PDF.
        trust: Whom to believe.
        moment: Aware moment of judgement; ``None`` = now.

    Returns:
        One verdict for each signed field, in the order of the form; empty when nobody signed.

    Raises:
        SigningError: ``pdf-unreadable``, ``pdf-encrypted``.
    """
    from signing.verdicts.document import judge_document  # pyHanko takes 0.4 s to load

    return judge_document(content, trust, moment or dt.datetime.now(dt.UTC)).signatures


def verify_received(
    content: bytes, trust: TrustAnchors, moment: dt.datetime | None = None, limits: Limits | None = None
) -> DocumentReport:
    """Judge a document that came from anywhere, in a process of its own. Never asks the network and never raises.

    Args:
        content: Anything at all.
        trust: Whom to believe.
        moment: Aware moment of judgement; ``None`` = now.
        limits: What it may cost.

    Returns:
        The report; with ``error`` set and the verdict ``cannot-tell`` when the document could not be judged.
    """
    limits = limits or Limits()
    moment = moment or dt.datetime.now(dt.UTC)
    if len(content) > limits.document_bytes:
        return _failed("pdf-too-large", content, moment)
    order = json.dumps(
        {
            "moment": moment.isoformat(),
            "memory_bytes": limits.memory_bytes + _COPIES * len(content),
            "cpu_seconds": int(limits.seconds) + 1,
            "trust": {
                kind: [base64.b64encode(one).decode() for one in getattr(trust, kind)]
                for kind in ("roots", "intermediates", "revocation_lists", "ocsp_responses")
            },
        }
    ).encode()
    try:
        answer = _ask(LENGTH.pack(len(order)) + order, content, limits.seconds)
        if "error" in answer:
            return _failed(str(answer["error"]), content, moment)
        return report_of(answer["report"])
    except SigningError as error:
        return _failed(error.code, content, moment)
    except (ValueError, KeyError, TypeError):  # half an answer, or none
        return _failed("verification-crashed", content, moment)


def _ask(order: bytes, content: bytes, seconds: float) -> dict[str, Any]:
    try:
        program = subprocess.Popen(
            [sys.executable, "-I", "-m", "signing.verdicts.program"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a parser's complaints quote the document
            env={**os.environ, "PYTHONMALLOC": "malloc", "MALLOC_ARENA_MAX": "1"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        raise SigningError("verification-crashed") from None
    with program:
        try:
            output, _ = program.communicate(order + content, timeout=seconds)
        except subprocess.TimeoutExpired:
            raise SigningError("verification-timeout") from None
        finally:
            with contextlib.suppress(OSError):
                program.kill()
    answer = json.loads(output)
    if not isinstance(answer, dict):
        raise TypeError
    return answer


def _failed(code: str, content: bytes, moment: dt.datetime) -> DocumentReport:
    digest = hashlib.sha256(content).hexdigest()
    return DocumentReport(Verdict.CANNOT_TELL, error=code, sha256=digest, judged_at=moment)
