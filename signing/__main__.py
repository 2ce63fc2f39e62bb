# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua token``, ``sign`` and ``verify``: signing for IT and for scripts.

Exit codes:

- 0: done; for ``verify``: every file is signed and every signature is valid
- 1: ``verify``: at least one signature is not valid
- 2: wrong use of the command line
- 3: something went wrong; its code is on stderr, or in the JSON
- 4: ``verify``: at least one file has no signature, and nothing worse

A PIN is asked for at the terminal or read from stdin (``--pin-stdin``, one line), never taken from the command line,
where every user of the machine could read it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from signing.certificates import SigningCertificate, read_certificate_file
from signing.errors import SigningError
from signing.modules import AllowedModule, ModuleAllowList
from signing.signer import SignerProgram
from signing.stamp import Box, StampPlace
from signing.tokens import Token
from signing.trust import TrustAnchors

DONE: Final = 0
NOT_VALID: Final = 1
FAILED: Final = 3
NOT_SIGNED: Final = 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        return code
    except SigningError as error:
        return _fail(options, error)
    except OSError as error:
        return _fail(options, SigningError("file-error", reason=error.strerror or type(error).__name__))


def list_tokens(options: argparse.Namespace) -> int:
    """``token``: list what is plugged in."""
    with _program(options) as program:
        tokens = program.tokens()
    if options.json:
        _write_json({"tokens": [_token_facts(token) for token in tokens]})
        return DONE
    for token in tokens:
        _write_line(f"{token.label}  serial {token.serial}  PIN {token.pin_state}  {token.manufacturer} {token.model}")
        for held in token.certificates:
            certificate = held.certificate
            _write_line(f"  {certificate.subject_name}, {certificate.organisation}")
            _write_line(f"    SHA-256 {certificate.sha256}")
            _write_line(f"    {certificate.not_before:%Y-%m-%d} … {certificate.not_after:%Y-%m-%d}")
    return DONE


def sign(options: argparse.Namespace) -> int:
    """``sign``: sign one document into a new file."""
    from signing.pdf_signature import SignatureRequest  # pyHanko takes 0.4 s to load; token does without

    if options.output.exists():
        raise SigningError("output-exists")
    pdf = options.input.read_bytes()
    request = SignatureRequest(
        signing_time=dt.datetime.now(dt.UTC),
        unit=options.unit,
        place=None if options.invisible else StampPlace(options.page, options.box),
        reason=options.reason,
        intermediates=_certificates(options.intermediate),
    )
    with _program(options) as program:
        pin = _read_pin(from_stdin=options.pin_stdin)
        program.log_in(options.token, options.certificate, pin, allow_final_try=options.allow_final_try)
        signed = program.sign_pdf(pdf, request)
    _write_file(options.output, signed.content)
    facts = {
        "level": signed.level,
        "field_name": signed.field_name,
        "byte_range_digest": signed.byte_range_digest,
        "signature_value_sha256": signed.signature_value_sha256,
    }
    if options.json:
        _write_json(facts)
    else:
        _write_line(f"{options.output}: {signed.level} {signed.field_name}")
    return DONE


def verify(options: argparse.Namespace) -> int:
    """``verify``: judge the signatures in files, without a network."""
    trust = TrustAnchors(_certificates(options.root), _certificates(options.intermediate))
    codes = []
    files = []
    for path in options.files:
        facts, code = _judge_file(path, trust)
        codes.append(code)
        files.append(facts)
    if options.json:
        _write_json({"files": files})
    else:
        for facts in files:
            _write_verdicts(facts)
    return next(code for code in (FAILED, NOT_VALID, NOT_SIGNED, DONE) if code in codes)


def _judge_file(path: Path, trust: TrustAnchors) -> tuple[dict[str, object], int]:
    from signing.verification import verify_pdf  # pyHanko takes 0.4 s to load; token does without

    try:
        verdicts = verify_pdf(path.read_bytes(), trust)
    except SigningError as error:
        return {"file": str(path), "error": error.code, "signatures": []}, FAILED
    except OSError:
        return {"file": str(path), "error": "file-error", "signatures": []}, FAILED
    signatures = [
        {
            "field_name": verdict.field_name,
            "valid": verdict.valid,
            "problem": verdict.problem,
            "intact": verdict.intact,
            "trusted": verdict.trusted,
            "modification": verdict.modification,
            "covers_entire_file": verdict.covers_entire_file,
            "signer_name": verdict.signer_name,
            "organisation": verdict.organisation,
            "certificate_sha256": verdict.certificate_sha256,
            "claimed_time": verdict.claimed_time.isoformat() if verdict.claimed_time else None,
            "level": verdict.level,
            "revocation": verdict.revocation,
            "byte_range_digest": verdict.byte_range_digest,
            "signature_value_sha256": verdict.signature_value_sha256,
        }
        for verdict in verdicts
    ]
    facts: dict[str, object] = {"file": str(path), "error": None, "signatures": signatures}
    if not verdicts:
        return facts, NOT_SIGNED
    return facts, DONE if all(verdict.valid for verdict in verdicts) else NOT_VALID


def _write_verdicts(facts: dict[str, object]) -> None:
    signatures = facts["signatures"]
    assert isinstance(signatures, list)  # noqa: S101 - made so above
    if facts["error"]:
        _write_line(f"{facts['file']}: {facts['error']}")
    elif not signatures:
        _write_line(f"{facts['file']}: not signed")
    for signature in signatures:
        verdict = "valid" if signature["valid"] else f"not valid ({signature['problem']})"
        _write_line(f"{facts['file']}: {signature['field_name']}: {verdict}")
        _write_line(f"  {signature['signer_name']}, {signature['organisation']}, {signature['claimed_time']}")
        _write_line(f"  level {signature['level'] or '-'}, revocation {signature['revocation']}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="motcua", description="Sign PDFs with a token, and verify signatures.")
    commands = parser.add_subparsers(required=True, metavar="token | sign | verify")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="write one JSON object to stdout")
    module = argparse.ArgumentParser(add_help=False)
    module.add_argument("--module", type=Path, required=True, help="absolute path of the token's PKCS#11 module")
    intermediate = argparse.ArgumentParser(add_help=False)
    intermediate.add_argument(
        "--intermediate",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="authority below the root, PEM or DER",
    )

    token = commands.add_parser("token", parents=[common, module], help="list tokens and their certificates")
    token.set_defaults(run=list_tokens)

    signing = commands.add_parser("sign", parents=[common, module, intermediate], help="sign a PDF (PAdES B-B)")
    signing.add_argument("input", type=Path, help="the PDF")
    signing.add_argument("output", type=Path, help="the signed PDF; must not exist")
    signing.add_argument("--token", required=True, metavar="SERIAL", help="serial number of the token")
    signing.add_argument("--certificate", required=True, metavar="SHA256", help="certificate to sign with, hex")
    signing.add_argument("--unit", default="", help="name of the unit in the stamp; else the certificate's")
    signing.add_argument("--reason", default="", help="reason that viewers show")
    signing.add_argument(
        "--page", type=_page_index, default=0, metavar="N", help="page of the stamp, 1 = first, -1 = last"
    )
    signing.add_argument("--box", type=_box, metavar="L,B,R,T", help="place of the stamp, points from the lower left")
    signing.add_argument("--invisible", action="store_true", help="no stamp")
    signing.add_argument("--pin-stdin", action="store_true", help="read the PIN from the first line of stdin")
    signing.add_argument(
        "--allow-final-try", action="store_true", help="log in even if a wrong PIN would lock the token"
    )
    signing.set_defaults(run=sign)

    verifying = commands.add_parser("verify", parents=[common, intermediate], help="verify signatures, offline")
    verifying.add_argument("files", type=Path, nargs="+", metavar="file")
    verifying.add_argument(
        "--root", type=Path, action="append", default=[], metavar="FILE", help="root authority to trust, PEM or DER"
    )
    verifying.set_defaults(run=verify)
    return parser


def _box(text: str) -> Box:
    left, bottom, right, top = (float(number) for number in text.split(","))
    if left >= right or bottom >= top:
        raise ValueError
    return Box(left, bottom, right, top)


def _page_index(text: str) -> int:
    number = int(text)
    if number == 0:
        raise ValueError
    return number - 1 if number > 0 else number


def _program(options: argparse.Namespace) -> SignerProgram:
    # Whoever can start this program can load any module without it: the list is for the desk, whose clerk cannot.
    return SignerProgram(options.module, ModuleAllowList((AllowedModule(options.module),)))


def _read_pin(*, from_stdin: bool) -> bytearray:
    if from_stdin:
        return bytearray(sys.stdin.buffer.readline().rstrip(b"\r\n"))
    if not sys.stdin.isatty():
        raise SigningError("pin-needs-terminal")
    return bytearray(getpass.getpass("PIN: ").encode())


def _certificates(paths: Sequence[Path]) -> tuple[bytes, ...]:
    found: list[bytes] = []
    for path in paths:
        try:
            found.extend(read_certificate_file(path.read_bytes()))
        except ValueError:
            raise SigningError("certificate-unreadable") from None
    return tuple(found)


def _write_file(path: Path, content: bytes) -> None:
    """Write whole or not at all."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        unfinished = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            unfinished.unlink()
            raise
    unfinished.replace(path)


def _token_facts(token: Token) -> dict[str, object]:
    return {
        "label": token.label,
        "serial": token.serial,
        "manufacturer": token.manufacturer,
        "model": token.model,
        "pin_state": token.pin_state,
        "certificates": [
            {**_certificate_facts(held.certificate), "key_id": held.key_id} for held in token.certificates
        ],
    }


def _certificate_facts(certificate: SigningCertificate) -> dict[str, object]:
    return {
        "subject_name": certificate.subject_name,
        "organisation": certificate.organisation,
        "sha256": certificate.sha256,
        "serial_number": certificate.serial_number,
        "not_before": certificate.not_before.isoformat(),
        "not_after": certificate.not_after.isoformat(),
        "may_sign": certificate.may_sign,
    }


def _fail(options: argparse.Namespace, error: SigningError) -> int:
    if options.json:
        _write_json({"error": {"code": error.code, "retryable": error.retryable, "details": dict(error.details)}})
    sys.stderr.write(f"motcua: {error}\n")
    return FAILED


def _write_json(facts: Mapping[str, object]) -> None:
    _write_line(json.dumps(facts, ensure_ascii=False, indent=2))


def _write_line(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
