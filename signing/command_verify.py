# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua verify`` and ``trust``: judge documents without a network, and say whom to believe."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from signing.trust import TrustAnchors, load_trust, pin_root, read_trust_file
from signing.verdicts.facts import facts_of
from signing.verdicts.sentences import ERRORS, PROBLEMS
from signing.verdicts.verdict import DocumentReport, Verdict
from signing.verdicts.written_report import write_report
from signing.verification import verify_received

VALID: Final = 0
INVALID: Final = 1
FAILED: Final = 3
NOT_SIGNED: Final = 4
CANNOT_TELL: Final = 5

_CODES: Final = {
    Verdict.VALID: VALID,
    Verdict.INVALID: INVALID,
    Verdict.CANNOT_TELL: CANNOT_TELL,
    Verdict.NOT_SIGNED: NOT_SIGNED,
}


def add_verify(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse's own is private
    """Describe ``verify`` to the parser."""
    parser = commands.add_parser(
        "verify",
        parents=[common],
        help="verify signatures, offline",
        description="Kiểm tra chữ ký số, không dùng mạng. / Verify signatures without a network.",
        epilog="Exit codes: 0 all valid, 1 an invalid one, 2 wrong use, 3 a file could not be judged, 4 not signed, "
        "5 cannot tell. With several files the worst counts: 3, 1, 5, 4, 0.",
    )
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument(
        "--trust",
        type=Path,
        action="append",
        default=[],
        metavar="FOLDER/FILE",
        help="whom to believe: a folder made by `trust`, or a file of certificates",
    )
    kinds = {
        "--root": "root authority to trust, PEM or DER",
        "--intermediate": "authority below the root, PEM or DER",
        "--crl": "revocation list fetched before, PEM or DER",
        "--ocsp": "OCSP response fetched before, DER",
    }
    for option, text in kinds.items():
        parser.add_argument(option, type=Path, action="append", default=[], metavar="FILE", help=text)
    parser.set_defaults(run=verify)


def add_trust(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse's own is private
    """Describe ``trust`` to the parser."""
    parser = commands.add_parser("trust", parents=[common], help="believe a root authority from now on, for IT")
    parser.add_argument("folder", type=Path, help="trust folder; created when it is not there")
    parser.add_argument("certificate", type=Path, help="the root, PEM or DER")
    parser.add_argument(
        "--fingerprint", required=True, metavar="SHA256", help="its fingerprint, from another source than the file"
    )
    parser.set_defaults(run=trust)


def trust(options: argparse.Namespace) -> int:
    """``trust``: pin one root."""
    now = dt.datetime.now(dt.UTC)
    digest = pin_root(options.folder, options.certificate.read_bytes(), options.fingerprint, now)
    sys.stdout.write(json.dumps({"sha256": digest}) + "\n" if options.json else f"{digest}\n")
    return VALID


def verify(options: argparse.Namespace) -> int:
    """``verify``: judge files, each in a process of its own."""
    anchors = _anchors(options)
    moment = dt.datetime.now(dt.UTC)
    reports = [(path, _judge(path, anchors, moment)) for path in options.files]
    if options.json:
        sys.stdout.write(json.dumps({"files": [_facts(*one) for one in reports]}, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write("\n\n".join(write_report(str(path), report) for path, report in reports) + "\n")
    return exit_code(report for _, report in reports)


def exit_code(reports: Iterable[DocumentReport]) -> int:
    """The code of the worst report."""
    codes = {FAILED if report.error else _CODES[report.verdict] for report in reports}
    return next(code for code in (FAILED, INVALID, CANNOT_TELL, NOT_SIGNED, VALID) if code in codes)


def _judge(path: Path, anchors: TrustAnchors, moment: dt.datetime) -> DocumentReport:
    try:
        content = path.read_bytes()
    except OSError:
        return DocumentReport(Verdict.CANNOT_TELL, error="file-error", judged_at=moment)
    return verify_received(content, anchors, moment)


def _anchors(options: argparse.Namespace) -> TrustAnchors:
    anchors = TrustAnchors(())
    for place in options.trust:
        anchors = anchors.joined_with(load_trust(place))
    for path in options.root:
        found = read_trust_file(path)
        anchors = anchors.joined_with(TrustAnchors(found.roots + found.intermediates))
    for path in options.intermediate:
        found = read_trust_file(path)
        anchors = anchors.joined_with(TrustAnchors((), found.intermediates + found.roots))
    for path in options.crl:
        anchors = anchors.joined_with(read_trust_file(path, kind=".crl"))
    for path in options.ocsp:
        anchors = anchors.joined_with(read_trust_file(path, kind=".ocsp"))
    return anchors


def _facts(path: Path, report: DocumentReport) -> dict[str, Any]:
    facts = {"file": str(path), **facts_of(report)}
    if report.error is not None:
        facts["explanation"] = " ".join(_sentences(ERRORS.get(report.error, (report.error, ""))))
    for described, signature in zip(facts["signatures"], report.signatures, strict=True):
        if signature.problem is not None:
            described["explanation"] = " ".join(_sentences(PROBLEMS[signature.problem]))
    return facts


def _sentences(pair: Sequence[str]) -> list[str]:
    return [sentence for sentence in pair if sentence]
