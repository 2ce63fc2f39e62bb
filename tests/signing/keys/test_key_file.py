# SPDX-License-Identifier: GPL-3.0-or-later
"""A key in a PKCS#12 file: opened once, in the signer program, and only when nobody else can read it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

from signing.errors import SigningError
from signing.keys.key_file import KeyFileProgram
from signing.keys.signing_key import KeyKind
from signing.pdf_signature import SignatureRequest, sign_pdf
from tests.signing.software_person import PASSPHRASE, key_file, person

DIGEST = hashlib.sha256(b"a document").digest()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return put(tmp_path / "key.p12", key_file(person()))


def put(path: Path, content: bytes, mode: int = 0o600) -> Path:
    path.write_bytes(content)
    path.chmod(mode)
    return path


def code_of(path: Path, passphrase: str = PASSPHRASE, certificate_sha256: str = "") -> str:
    with KeyFileProgram() as program, pytest.raises(SigningError) as caught:
        program.open_file(path, bytearray(passphrase.encode()), certificate_sha256=certificate_sha256)
    return caught.value.code


def test_a_file_signs_as_often_as_wanted_after_one_passphrase(file: Path) -> None:
    passphrase = bytearray(PASSPHRASE.encode())
    with KeyFileProgram() as program:
        program.open_file(file, passphrase, certificate_sha256=person().certificate.sha256)
        file.unlink()  # the key is in the program
        signatures = {program.sign_digest(DIGEST) for _ in range(3)}
        assert program.certificate == person().certificate
        assert program.chain == ()
    (signature,) = signatures
    public = person().private_key.public_key()
    public.verify(signature, DIGEST, padding.PKCS1v15(), Prehashed(hashes.SHA256()))
    assert not any(passphrase)
    assert program.kind is KeyKind.FILE


def test_a_document_is_signed_with_a_file_as_with_a_token(file: Path, pdf: bytes, wish: SignatureRequest) -> None:
    with KeyFileProgram() as program:
        program.open_file(file, bytearray(PASSPHRASE.encode()))
        signed = sign_pdf(pdf, wish, program)
    assert signed.content.startswith(pdf)


def test_a_wrong_passphrase_opens_nothing_and_is_not_kept(file: Path) -> None:
    wrong = bytearray(b"wrong")
    with KeyFileProgram() as program:
        with pytest.raises(SigningError, match=r"^p12-wrong-passphrase$"):
            program.open_file(file, wrong)
        with pytest.raises(SigningError, match=r"^not-logged-in$"):
            program.sign_digest(DIGEST)
    assert not any(wrong)


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such permissions")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_file_that_others_may_read_is_refused(file: Path, mode: int) -> None:
    file.chmod(mode)
    assert code_of(file) == "p12-open-to-others"


def test_files_that_are_none_are_told_apart(file: Path, tmp_path: Path) -> None:
    with KeyFileProgram() as program:  # one program is enough: nothing of a refused file stays
        codes = []
        for path, certificate in (
            (tmp_path / "nothing.p12", ""),
            (tmp_path, ""),
            (put(tmp_path / "text.p12", b"not a key"), ""),
            (put(tmp_path / "half.p12", file.read_bytes()[:900]), ""),
            (put(tmp_path / "huge.p12", bytes(2_000_000)), ""),
            (file, "00" * 32),
        ):
            with pytest.raises(SigningError) as caught:
                program.open_file(path, bytearray(PASSPHRASE.encode()), certificate_sha256=certificate)
            codes.append(caught.value.code)
    assert codes == [
        "p12-missing",
        "p12-missing",
        "p12-unreadable",
        "p12-unreadable",
        "p12-unreadable",
        "certificate-not-found",
    ]


def test_a_key_without_its_certificate_is_no_key_to_sign_with(tmp_path: Path) -> None:
    bare = pkcs12.serialize_key_and_certificates(b"k", person().private_key, None, None, NoEncryption())
    path = put(tmp_path / "bare.p12", bare)
    assert code_of(path, "") == "key-not-found"


def test_a_module_is_not_needed_and_not_there(file: Path) -> None:
    with KeyFileProgram() as program:
        program.open_file(file, bytearray(PASSPHRASE.encode()))
        with pytest.raises(SigningError, match=r"^module-not-loaded$"):
            program._ask({"command": "tokens"})
