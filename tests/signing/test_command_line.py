# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua token``, ``sign`` and ``verify``, as a script sees them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

if TYPE_CHECKING:
    from tests.signing.conftest import PluggedInToken

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def run(token: PluggedInToken, tmp_path: Path) -> Run:
    """Runs one command in an empty folder that holds the authorities' certificates."""
    (tmp_path / "root.pem").write_bytes(pem(token.soft.trust.roots[0]))
    (tmp_path / "intermediate.der").write_bytes(token.soft.trust.intermediates[0])
    for number, content in enumerate(token.soft.trust.revocation_lists):
        (tmp_path / f"{number}.crl").write_bytes(content)

    def run_command(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "signing", *arguments],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, **token.soft.environment},
            check=False,
        )

    return run_command


def pem(der: bytes) -> bytes:
    return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)


def sign_arguments(token: PluggedInToken, *more: str) -> tuple[str, ...]:
    soft = token.soft
    chosen = ("--module", str(soft.module_path), "--token", soft.serial, "--certificate", soft.certificate_sha256)
    return ("sign", "in.pdf", "out.pdf", *chosen, "--intermediate", "intermediate.der", "--pin-stdin", *more)


def answer_of(ended: subprocess.CompletedProcess[bytes]) -> Any:
    return json.loads(ended.stdout)


def test_tokens_are_listed_for_people_and_for_programs(token: PluggedInToken, run: Run) -> None:
    soft = token.soft
    ended = run("token", "--module", str(soft.module_path), "--json")
    (found,) = answer_of(ended)["tokens"]
    assert ended.returncode == 0
    assert found["serial"] == soft.serial
    assert found["pin_state"] == "ok"
    assert found["certificates"][0]["sha256"] == soft.certificate_sha256
    text = run("token", "--module", str(soft.module_path)).stdout.decode()
    assert soft.serial in text
    assert "Nguyễn Thị Ngọc Ánh" in text
    assert soft.certificate_sha256 in text


def test_a_document_is_signed_and_verified(token: PluggedInToken, run: Run, tmp_path: Path, pdf: bytes) -> None:
    (tmp_path / "in.pdf").write_bytes(pdf)
    ended = run(*sign_arguments(token, "--json"), stdin=token.pin + b"\n")
    assert ended.returncode == 0, ended.stderr
    made = answer_of(ended)
    assert made["level"] == "B-B"
    ended = run("verify", "out.pdf", "--root", "root.pem", "--crl", "0.crl", "--crl", "1.crl", "--json")
    (file,) = answer_of(ended)["files"]
    (signature,) = file["signatures"]
    assert ended.returncode == 0
    assert signature["valid"]
    assert signature["revocation"] == "not-revoked"
    assert signature["byte_range_digest"] == made["byte_range_digest"]
    assert signature["signer_name"] == "Nguyễn Thị Ngọc Ánh"


def test_place_and_text_of_the_stamp_can_be_told(token: PluggedInToken, run: Run, tmp_path: Path, pdf: bytes) -> None:
    (tmp_path / "in.pdf").write_bytes(pdf)
    stamp = ("--page", "-1", "--box", "100,200,330,260", "--unit", "Sở Tư pháp")
    assert run(*sign_arguments(token, *stamp), stdin=token.pin).returncode == 0
    text = subprocess.run(["pdftotext", "-f", "2", "out.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    assert "Cơ quan: Sở Tư pháp" in text.stdout.decode()


def test_a_wrong_pin_ends_it_with_its_code_and_leaves_no_file(
    token: PluggedInToken, run: Run, tmp_path: Path, pdf: bytes
) -> None:
    (tmp_path / "in.pdf").write_bytes(pdf)
    before = set(tmp_path.iterdir())
    ended = run(*sign_arguments(token, "--json"), stdin=b"00000000\n")
    assert ended.returncode == 3
    assert answer_of(ended)["error"] == {"code": "wrong-pin", "retryable": False, "details": {"pin_state": "low"}}
    assert b"wrong-pin" in ended.stderr
    assert set(tmp_path.iterdir()) == before


def test_a_file_that_is_there_is_not_written_over(token: PluggedInToken, run: Run, tmp_path: Path, pdf: bytes) -> None:
    (tmp_path / "in.pdf").write_bytes(pdf)
    (tmp_path / "out.pdf").write_bytes(b"precious")
    ended = run(*sign_arguments(token), stdin=token.pin)
    assert ended.returncode == 3
    assert ended.stderr == b"motcua: output-exists\n"
    assert (tmp_path / "out.pdf").read_bytes() == b"precious"


def test_a_pin_is_not_taken_from_a_pipe_that_nobody_mentioned(
    token: PluggedInToken, run: Run, tmp_path: Path, pdf: bytes
) -> None:
    (tmp_path / "in.pdf").write_bytes(pdf)
    arguments = [argument for argument in sign_arguments(token) if argument != "--pin-stdin"]
    ended = run(*arguments, stdin=token.pin)
    assert ended.returncode == 3
    assert b"pin-needs-terminal" in ended.stderr


@pytest.mark.parametrize("arguments", [("--page", "0"), ("--box", "1,2,3"), ("--box", "9,9,1,1"), ("--pin", "1234")])
def test_wrong_use_ends_with_2(token: PluggedInToken, run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*sign_arguments(token, *arguments)).returncode == 2
