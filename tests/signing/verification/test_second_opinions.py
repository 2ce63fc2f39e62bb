# SPDX-License-Identifier: GPL-3.0-or-later
"""Two other programs on the same documents: OpenSSL for the message and the chain, pdfsig for the digest.

Neither looks at what was changed afterwards, so they can only ever be more lenient than our verdict, never stricter.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader

from signing.verdicts.verdict import Verdict
from tests.signing.pki import NOW, PublicKeyInfrastructure
from tests.signing.verification.conftest import Judge
from tests.signing.verification.documents import HOUR, change_message, long_term, sign, stamp_document, stamp_inside

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def documents(pki_of_session: PublicKeyInfrastructure, paper: bytes, bb: bytes) -> dict[str, tuple[bytes, bool]]:
    """Documents, and whether the signature in them holds as far as these programs look."""
    pki = pki_of_session
    altered = bytearray(bb)
    altered[bb.index(b"/MediaBox") + 20] ^= 1

    def forge(message: cms.ContentInfo) -> None:
        signer = message["content"]["signer_infos"][0]
        signer["signature"] = bytes([signer["signature"].native[0] ^ 1]) + signer["signature"].native[1:]

    stamped = stamp_inside(pki, bb, NOW + HOUR)
    return {
        "B-B": (bb, True),
        "two": (sign(pki, bb, "chairman", visible=True), True),
        "way A": (stamped, True),
        "way B": (stamp_document(pki, bb, NOW + HOUR), True),
        "B-LTA": (long_term(pki, stamped, NOW + 2 * HOUR), True),
        "altered": (bytes(altered), False),
        "broken": (change_message(bb, forge), False),
    }


NAMES = ["B-B", "two", "way A", "way B", "B-LTA", "altered", "broken"]


@pytest.mark.parametrize("name", NAMES)
def test_openssl_agrees(
    name: str,
    documents: dict[str, tuple[bytes, bool]],
    judge: Judge,
    pki: PublicKeyInfrastructure,
    tmp_path: Path,
) -> None:
    content, holds = documents[name]
    signature = PdfFileReader(io.BytesIO(content)).embedded_regular_signatures[0]
    _, first, second, rest = (int(number) for number in signature.byte_range)
    (tmp_path / "signed").write_bytes(content[:first] + content[second : second + rest])
    (tmp_path / "message").write_bytes(cms.ContentInfo.load(signature.pkcs7_content, strict=False).dump())
    root = x509.load_der_x509_certificate(pki.der("root")).public_bytes(Encoding.PEM)
    (tmp_path / "root.pem").write_bytes(root)
    command = ["openssl", "cms", "-verify", "-inform", "DER", "-in", "message", "-content", "signed", "-binary"]
    options = ["-CAfile", "root.pem", "-purpose", "any", "-attime", str(int(NOW.timestamp())), "-out", "nothing"]
    ended = subprocess.run([*command, *options], cwd=tmp_path, capture_output=True, check=False)
    assert (ended.returncode == 0) is holds, ended.stderr
    assert (judge(content, NOW + 3 * HOUR).signatures[0].verdict is Verdict.VALID) is holds


@pytest.mark.parametrize("name", NAMES)
def test_pdfsig_agrees(name: str, documents: dict[str, tuple[bytes, bool]], judge: Judge, tmp_path: Path) -> None:
    if shutil.which("pdfsig") is None:
        pytest.skip("poppler-utils is not installed")
    content, holds = documents[name]
    (tmp_path / "a.pdf").write_bytes(content)
    ended = subprocess.run(
        ["pdfsig", "-nocert", "a.pdf"], cwd=tmp_path, capture_output=True, check=False, env={"HOME": str(tmp_path)}
    )
    found = re.findall(rb"Signature Validation: (.*)", ended.stdout)
    assert (found[0] == b"Signature is Valid.") is holds, ended.stdout
    (first, *_) = judge(content, NOW + 3 * HOUR).signatures
    assert first.valid is holds
