# SPDX-License-Identifier: GPL-3.0-or-later
"""Roots are believed by fingerprint, once IT has said so, and by nothing else."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from signing.errors import SigningError
from signing.trust import PIN_FILE, TrustAnchors, load_trust, pin_root
from tests.signing.pki import NOW, PublicKeyInfrastructure
from tests.signing.verification.documents import YEAR


def pem(der: bytes) -> bytes:
    return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)


def fingerprint(der: bytes) -> str:
    """As authorities print it."""
    return hashlib.sha256(der).digest().hex(":").upper()


def code_of(*arguments: object) -> str:
    with pytest.raises(SigningError) as caught:
        pin_root(*arguments)  # type: ignore[arg-type]
    return caught.value.code


@pytest.fixture
def folder(tmp_path: Path, pki: PublicKeyInfrastructure) -> Path:
    root = pki.der("root")
    pin_root(tmp_path / "trust", pem(root), fingerprint(root), NOW)
    return tmp_path / "trust"


def test_a_root_is_believed_by_its_fingerprint(folder: Path, pki: PublicKeyInfrastructure) -> None:
    assert load_trust(folder) == TrustAnchors((pki.der("root"),))


def test_a_second_root_joins_the_first(folder: Path, pki: PublicKeyInfrastructure) -> None:
    other = pki.der("foreign-root")
    assert pin_root(folder, other, fingerprint(other), NOW) == hashlib.sha256(other).hexdigest()
    assert set(load_trust(folder).roots) == {pki.der("root"), other}


def test_files_beside_the_roots_are_taken_along_but_no_root_that_nobody_pinned(
    folder: Path, pki: PublicKeyInfrastructure
) -> None:
    (folder / "intermediate.pem").write_bytes(pem(pki.der("intermediate")))
    (folder / "sneaked-in.cer").write_bytes(pki.der("foreign-root"))
    (folder / "today.crl").write_bytes(pki.crl("root", NOW))
    found = load_trust(folder)
    assert found.roots == (pki.der("root"),)
    assert found.intermediates == (pki.der("intermediate"),)
    assert found.revocation_lists == (pki.crl("root", NOW),)


def test_what_is_refused(tmp_path: Path, pki: PublicKeyInfrastructure) -> None:
    root, between = pki.der("root"), pki.der("intermediate")
    assert code_of(tmp_path / "t", root, fingerprint(between), NOW) == "root-fingerprint-differs"
    assert code_of(tmp_path / "t", root, "", NOW) == "root-fingerprint-differs"
    assert code_of(tmp_path / "t", between, fingerprint(between), NOW) == "root-not-an-authority"
    signer = pki.der("signer")
    assert code_of(tmp_path / "t", signer, fingerprint(signer), NOW) == "root-not-an-authority"
    assert code_of(tmp_path / "t", root, fingerprint(root), NOW + 40 * YEAR) == "certificate-expired"
    assert code_of(tmp_path / "t", b"<html>", "", NOW) == "certificate-unreadable"
    assert code_of(tmp_path / "t", pem(root) + pem(between), fingerprint(root), NOW) == "certificate-unreadable"
    assert not (tmp_path / "t").exists()


def test_a_folder_that_was_tampered_with_is_an_error_and_not_a_shorter_list(
    folder: Path, pki: PublicKeyInfrastructure
) -> None:
    (file,) = folder.glob("root-*.cer")
    content = file.read_bytes()
    file.write_bytes(pki.der("foreign-root"))
    for damage in (lambda: None, file.unlink, lambda: (file.write_bytes(content), (folder / PIN_FILE).write_text("{"))):
        damage()
        with pytest.raises(SigningError) as caught:
            load_trust(folder)
        assert caught.value.code == "trust-changed"
    assert code_of(folder, pki.der("foreign-root"), fingerprint(pki.der("foreign-root")), NOW) == "trust-changed"


def test_a_folder_without_pins_or_that_others_may_write_to_is_not_believed(
    folder: Path, tmp_path: Path, pki: PublicKeyInfrastructure
) -> None:
    (tmp_path / "loose").mkdir()
    (tmp_path / "loose" / "root.cer").write_bytes(pki.der("root"))
    with pytest.raises(SigningError) as caught:
        load_trust(tmp_path / "loose")
    assert caught.value.code == "trust-not-pinned"
    for path in (folder, folder / PIN_FILE):
        mode = path.stat().st_mode
        path.chmod(mode | 0o022)
        with pytest.raises(SigningError) as caught:
            load_trust(folder)
        assert caught.value.code == "trust-unsafe"
        path.chmod(mode)
    assert load_trust(folder).roots


def test_a_single_file_is_vouched_for_by_who_names_it(tmp_path: Path, pki: PublicKeyInfrastructure) -> None:
    bundle = tmp_path / "bundle.pem"
    bundle.write_bytes(pem(pki.der("root")) + pem(pki.der("intermediate")))
    assert load_trust(bundle) == TrustAnchors((pki.der("root"),), (pki.der("intermediate"),))
    bundle.write_bytes(b"rubbish")
    with pytest.raises(SigningError):
        load_trust(bundle)


def test_the_list_of_pins_says_when_each_was_made(folder: Path) -> None:
    pins = json.loads((folder / PIN_FILE).read_text())["roots"]
    assert list(pins.values()) == ["2026-12-01T01:00:00+00:00"]
