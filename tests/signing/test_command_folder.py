# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua sign`` with a folder, and with a key in a file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.signing.software_person import PASSPHRASE, key_file, person

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def run(tmp_path: Path, pdf: bytes) -> Run:
    """Runs ``sign`` in a folder with a key file and a folder of two documents."""
    (tmp_path / "in").mkdir()
    for name in ("đơn của Nguyễn Văn A.pdf", "b.PDF"):
        (tmp_path / "in" / name).write_bytes(pdf)
    (tmp_path / "in" / "ghi chú.txt").write_text("no document")
    (tmp_path / "key.p12").touch(mode=0o600)
    (tmp_path / "key.p12").write_bytes(key_file(person()))

    def run_command(*arguments: str, stdin: str = PASSPHRASE) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "signing", "sign", *arguments]
        return subprocess.run(command, input=stdin.encode() + b"\n", capture_output=True, cwd=tmp_path, check=False)

    return run_command


def test_a_folder_is_signed_and_the_same_command_goes_on_with_it(run: Run, tmp_path: Path, pdf: bytes) -> None:
    (tmp_path / "in" / "broken.pdf").write_bytes(b"nothing")
    arguments = ("in", "out", "--p12", "key.p12", "--pin-stdin", "--json")
    ended = run(*arguments)
    answer = json.loads(ended.stdout)
    assert (ended.returncode, answer["done"], answer["total"]) == (3, 2, 3)
    errors = {document["file"]: document["error"] for document in answer["documents"]}
    assert errors == {"broken.pdf": "pdf-unreadable", "b.PDF": None, "đơn của Nguyễn Văn A.pdf": None}
    (tmp_path / "in" / "broken.pdf").write_bytes(b"nothing")
    again = json.loads(run(*arguments).stdout)
    assert [document["file"] for document in again["documents"]] == ["broken.pdf"], "the others are not signed again"
    assert (tmp_path / "out" / "b.PDF").read_bytes().startswith(pdf)
    assert "Nguyễn" not in (tmp_path / "out" / ".signing" / "journal").read_text()


def test_a_finished_folder_needs_no_passphrase(run: Run) -> None:
    ended = run("in", "out", "--p12", "key.p12", "--pin-stdin")
    assert ended.returncode == 0
    assert ended.stdout.decode().splitlines()[-1].startswith("2/2 ")
    ended = run("in", "out", "--p12", "key.p12")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")


def test_a_file_is_signed_with_a_key_file(run: Run, tmp_path: Path, pdf: bytes) -> None:
    ended = run("in/b.PDF", "out.pdf", "--p12", "key.p12", "--pin-stdin", "--certificate", person().certificate.sha256)
    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "out.pdf").read_bytes().startswith(pdf)


def test_what_is_missing_is_said_before_anything_is_asked(run: Run) -> None:
    ended = run("in/b.PDF", "out.pdf")
    assert ended.returncode == 2
    assert b"--p12" in ended.stderr
    ended = run("in/b.PDF", "out.pdf", "--p12", "key.p12", "--pin-stdin", stdin="wrong")
    assert (ended.returncode, ended.stderr) == (3, b"motcua: p12-wrong-passphrase\n")
