# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua token`` and ``sign``: see what is plugged in, sign a document, or a folder of hundreds.

A folder is signed as a batch: whatever stops it, the same command goes on with it.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import getpass
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from signing.certificates import SigningCertificate, read_certificate_file
from signing.errors import SigningError
from signing.keys.key_file import KeyFileProgram
from signing.keys.signing_key import SigningKey
from signing.modules import AllowedModule, ModuleAllowList
from signing.signer import SignerProgram
from signing.stamp import Box, StampPlace
from signing.tokens import Token
from signing.whole_file import whole_file

if TYPE_CHECKING:
    from signing.batch.events import BatchEvent
    from signing.batch.signing_batch import SigningBatch
    from signing.pdf_signature import SignatureRequest, SignedPdf

_DONE: Final = 0
_SOME_REFUSED: Final = 3
_WORK: Final = ".signing"


def add_token(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse's own is private
    """Describe ``token`` to the parser."""
    parser = commands.add_parser("token", parents=[common], help="list tokens and their certificates")
    parser.add_argument("--module", type=Path, required=True, help="absolute path of the token's PKCS#11 module")
    parser.set_defaults(run=list_tokens)


def add_sign(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse's own is private
    """Describe ``sign`` to the parser."""
    parser = commands.add_parser("sign", parents=[common], help="sign a PDF, or all PDFs of a folder (PAdES B-B)")
    parser.add_argument("input", type=Path, help="the PDF, or a folder of PDFs")
    parser.add_argument("output", type=Path, help="the signed PDF, which must not exist; or the folder for them")
    parser.add_argument("--module", type=Path, help="absolute path of the token's PKCS#11 module")
    parser.add_argument("--token", metavar="SERIAL", help="serial number of the token")
    parser.add_argument("--certificate", default="", metavar="SHA256", help="certificate to sign with, hex")
    parser.add_argument("--p12", type=Path, metavar="FILE", help="sign with a PKCS#12 file instead of a token")
    parser.add_argument(
        "--intermediate",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="authority below the root, PEM or DER",
    )
    parser.add_argument("--unit", default="", help="name of the unit in the stamp; else the certificate's")
    parser.add_argument("--reason", default="", help="reason that viewers show")
    parser.add_argument(
        "--page", type=_page_index, default=0, metavar="N", help="page of the stamp, 1 = first, -1 = last"
    )
    parser.add_argument("--box", type=_box, metavar="L,B,R,T", help="place of the stamp, points from the lower left")
    parser.add_argument("--invisible", action="store_true", help="no stamp")
    parser.add_argument(
        "--pin-stdin", action="store_true", help="read the PIN or passphrase from the first line of stdin"
    )
    parser.add_argument(
        "--allow-final-try", action="store_true", help="log in even if a wrong PIN would lock the token"
    )
    parser.set_defaults(run=sign, refuse=parser.error)


def list_tokens(options: argparse.Namespace) -> int:
    """``token``: list what is plugged in."""
    with _program(options) as program:
        tokens = program.tokens()
    if options.json:
        _write_json({"tokens": [_token_facts(token) for token in tokens]})
        return _DONE
    for token in tokens:
        _write_line(f"{token.label}  serial {token.serial}  PIN {token.pin_state}  {token.manufacturer} {token.model}")
        for held in token.certificates:
            certificate = held.certificate
            _write_line(f"  {certificate.subject_name}, {certificate.organisation}")
            _write_line(f"    SHA-256 {certificate.sha256}")
            _write_line(f"    {certificate.not_before:%Y-%m-%d} … {certificate.not_after:%Y-%m-%d}")
    return _DONE


def sign(options: argparse.Namespace) -> int:
    """``sign``: sign one document into a new file, or a folder into another."""
    if options.p12 is None and not (options.module and options.token and options.certificate):
        options.refuse("--module, --token and --certificate are wanted, or --p12")
    return _sign_folder(options) if options.input.is_dir() else _sign_file(options)


def _sign_file(options: argparse.Namespace) -> int:
    from signing.pdf_signature import sign_pdf  # pyHanko takes 0.4 s to load; token does without

    if options.output.exists():
        raise SigningError("output-exists")
    pdf = options.input.read_bytes()
    request = _request(options)
    with _opened_key(options) as key:
        signed = sign_pdf(pdf, request, key)
    _write_file(options.output, signed.content)
    if options.json:
        _write_json(_signature_facts(signed))
    else:
        _write_line(f"{options.output}: {signed.level} {signed.field_name}")
    return _DONE


def _sign_folder(options: argparse.Namespace) -> int:
    from signing.batch.documents import FolderDocuments, name_of
    from signing.batch.signing_batch import BatchItem, SigningBatch

    files = sorted(path for path in options.input.iterdir() if path.suffix.lower() == ".pdf")
    work = options.output / _WORK
    work.mkdir(mode=0o700, parents=True, exist_ok=True)
    request = _request(options)
    items = [BatchItem(name_of(file), hashlib.sha256(file.read_bytes()).hexdigest(), request) for file in files]
    documents = FolderDocuments(files, options.output, work)
    names = {name_of(file): file.name for file in files}
    with SigningBatch(items, documents, work / "journal", clock=lambda: dt.datetime.now(dt.UTC)) as batch:
        if not batch.needs_key:  # then nobody needs to be asked for a PIN
            return _report(batch.finish_signed(), names, options, batch)
        with _opened_key(options) as key:
            return _report(batch.run(key), names, options, batch)


def _report(
    events: Iterator[BatchEvent], names: Mapping[str, str], options: argparse.Namespace, batch: SigningBatch
) -> int:
    from signing.batch.events import BatchPaused, DocumentRefused, DocumentSigned

    documents: list[dict[str, object]] = []
    code = _DONE
    for event in events:
        if isinstance(event, DocumentSigned):
            documents.append({"file": names[event.name], "error": None, **_signature_facts(event.signed)})
        elif isinstance(event, DocumentRefused):
            documents.append({"file": names[event.name], "error": event.error.code})
            code = _SOME_REFUSED
        elif isinstance(event, BatchPaused):
            raise event.error
        if not options.json and isinstance(event, DocumentSigned | DocumentRefused):
            _write_line(f"{batch.done}/{batch.total} {documents[-1]['file']}: {documents[-1]['error'] or 'B-B'}")
    if options.json:
        _write_json({"documents": documents, "done": batch.done, "total": batch.total})
    return code


def _request(options: argparse.Namespace) -> SignatureRequest:
    from signing.pdf_signature import SignatureRequest

    return SignatureRequest(
        signing_time=dt.datetime.now(dt.UTC),
        unit=options.unit,
        place=None if options.invisible else StampPlace(options.page, options.box),
        reason=options.reason,
        intermediates=_certificates(options.intermediate),
    )


@contextlib.contextmanager
def _opened_key(options: argparse.Namespace) -> Iterator[SigningKey]:
    if options.p12 is not None:
        with KeyFileProgram() as key_file:
            key_file.open_file(options.p12, _read_secret(options), certificate_sha256=options.certificate)
            yield key_file
        return
    with _program(options) as program:
        program.log_in(
            options.token, options.certificate, _read_secret(options), allow_final_try=options.allow_final_try
        )
        yield program


def _program(options: argparse.Namespace) -> SignerProgram:
    # Whoever can start this program can load any module without it: the list is for the desk, whose clerk cannot.
    module: Path = options.module
    digest = hashlib.sha256(module.read_bytes()).hexdigest() if module.is_file() else None
    return SignerProgram(module, ModuleAllowList((AllowedModule(module, digest),)))


def _read_secret(options: argparse.Namespace) -> bytearray:
    if options.pin_stdin:
        return bytearray(sys.stdin.buffer.readline().rstrip(b"\r\n"))
    if not sys.stdin.isatty():
        raise SigningError("pin-needs-terminal")
    return bytearray(getpass.getpass("Passphrase: " if options.p12 else "PIN: ").encode())


def _certificates(paths: Sequence[Path]) -> tuple[bytes, ...]:
    found: list[bytes] = []
    for path in paths:
        try:
            found.extend(read_certificate_file(path.read_bytes()))
        except ValueError:
            raise SigningError("certificate-unreadable") from None
    return tuple(found)


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


def _write_file(path: Path, content: bytes) -> None:
    with whole_file(path) as file:
        file.write(content)


def _signature_facts(signed: SignedPdf) -> dict[str, object]:
    return {
        "level": signed.level,
        "field_name": signed.field_name,
        "byte_range_digest": signed.byte_range_digest,
        "signature_value_sha256": signed.signature_value_sha256,
    }


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


def _write_json(facts: Mapping[str, object]) -> None:
    _write_line(json.dumps(facts, ensure_ascii=False, indent=2))


def _write_line(text: str) -> None:
    sys.stdout.write(text + "\n")
