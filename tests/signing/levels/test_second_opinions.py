# SPDX-License-Identifier: GPL-3.0-or-later
"""What programs of others say of our timestamps: OpenSSL of the messages and tokens, pdfsig of the files."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from signing.levels.document_state import OpenedDocument, open_document, own_timestamps
from tests.signing.pki import NOW, PublicKeyInfrastructure

pytestmark = pytest.mark.full


@pytest.fixture
def authorities(pki: PublicKeyInfrastructure, tmp_path: Path) -> dict[str, Path]:
    """Certificates as PEM files."""
    files = {}
    for name in ("root", "intermediate"):
        files[name] = tmp_path / f"{name}.pem"
        files[name].write_bytes(x509.load_der_x509_certificate(pki.der(name)).public_bytes(Encoding.PEM))
    return files


def said_by(command: Sequence[str | Path]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def signed_part(document: OpenedDocument, folder: Path) -> Path:
    """Everything but the hole, as OpenSSL takes it."""
    _, first, second, rest = (int(number) for number in document.signatures[0].byte_range)
    path = folder / "signed-part"
    path.write_bytes(document.content[:first] + document.content[second : second + rest])
    return path


@pytest.mark.parametrize("level", ["basic", "timestamped", "archived"])
def test_openssl_verifies_the_signature_at_every_level(
    level: str, authorities: dict[str, Path], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    document = open_document(request.getfixturevalue(level))
    message = tmp_path / "message.der"
    message.write_bytes(document.signatures[0].pkcs7_content.rstrip(b"\0"))
    content = signed_part(document, tmp_path)
    command: list[str | Path] = [
        *("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", message, "-content", content),
        *("-purpose", "any", "-CAfile", authorities["root"], "-attime", str(int(NOW.timestamp()))),
        *("-out", tmp_path / "out"),
    ]
    assert "CMS Verification successful" in said_by(command)
    content.write_bytes(content.read_bytes() + b" ")
    assert "CMS Verification successful" not in said_by(command)


def verified_token(token: cms.ContentInfo, stamped: bytes, authorities: dict[str, Path], folder: Path) -> str:
    (folder / "token.der").write_bytes(token.dump())
    (folder / "stamped").write_bytes(stamped)
    moment = str(int(NOW.timestamp()))
    return said_by(
        [
            *("openssl", "ts", "-verify", "-token_in", "-in", folder / "token.der", "-data", folder / "stamped"),
            *("-CAfile", authorities["root"], "-attime", moment),
        ]
    )


@pytest.mark.parametrize("level", ["timestamped", "archived"])
def test_openssl_verifies_the_timestamp_in_the_signature(
    level: str, authorities: dict[str, Path], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    document = open_document(request.getfixturevalue(level))
    (token,) = own_timestamps(document.signatures[0])
    value = document.signatures[0].signer_info["signature"].native
    assert "Verification: OK" in verified_token(token, value, authorities, tmp_path)
    assert "Verification: OK" not in verified_token(token, value + b"x", authorities, tmp_path)


def test_openssl_verifies_the_timestamp_over_the_document(
    archived: bytes, authorities: dict[str, Path], tmp_path: Path
) -> None:
    document = open_document(archived)
    (stamp,) = document.timestamps
    _, first, second, rest = (int(number) for number in stamp.byte_range)
    stamped = archived[:first] + archived[second : second + rest]
    token = cms.ContentInfo.load(stamp.pkcs7_content)
    assert "Verification: OK" in verified_token(token, stamped, authorities, tmp_path)


@pytest.mark.parametrize("level", ["basic", "timestamped", "archived", "two_signers"])
def test_pdfsig_finds_every_signature_valid(level: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(request.getfixturevalue(level))
    said = said_by(["pdfsig", "-nocert", path])
    signatures = len(open_document(path.read_bytes()).signatures)
    assert said.count("Signature is Valid.") == signatures
    assert said.count("Total document signed") == 1
