# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua verify`` and ``trust`` as a script and a clerk see them, and the report in Vietnamese."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from signing.__main__ import main
from signing.command_verify import exit_code
from signing.verdicts.sentences import CHANGES, PROBLEMS, REMARKS, VERDICTS
from signing.verdicts.verdict import (
    Change,
    ChangeKind,
    DocumentReport,
    Problem,
    Remark,
    SignatureVerdict,
    TimestampVerdict,
    Verdict,
)
from signing.verdicts.written_report import write_report
from tests.signing.pki import PublicKeyInfrastructure
from tests.signing.verification.documents import plain_pdf

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    pki: PublicKeyInfrastructure,
    bb: bytes,
) -> Run:
    """Runs a command in a folder with documents, a root, and revocation lists of this very moment."""
    monkeypatch.chdir(tmp_path)
    now = dt.datetime.now(dt.UTC)
    (tmp_path / "root.cer").write_bytes(pki.der("root"))
    (tmp_path / "intermediate.cer").write_bytes(pki.der("intermediate"))
    for authority in ("root", "intermediate"):
        (tmp_path / f"{authority}.crl").write_bytes(pki.crl(authority, now))
    (tmp_path / "signed.pdf").write_bytes(bb)
    (tmp_path / "changed.pdf").write_bytes(bb + b"%changed")
    (tmp_path / "unsigned.pdf").write_bytes(plain_pdf())
    (tmp_path / "page.pdf").write_bytes(b"<html></html>")

    def run_command(*arguments: str) -> tuple[int, str]:
        code = main(arguments)
        return code, capsys.readouterr().out

    return run_command


BELIEVING = ("--trust", "root.cer", "--crl", "root.crl", "--crl", "intermediate.crl")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("signed.pdf", *BELIEVING), 0),
        pytest.param(("signed.pdf", "--root", "root.cer"), 5, marks=pytest.mark.full),
        pytest.param(("changed.pdf", "unsigned.pdf", *BELIEVING), 1, marks=pytest.mark.full),
        (("nowhere.pdf",), 3),
        (("signed.pdf", "--root", "page.pdf"), 3),
        (("signed.pdf", "--trust", "nowhere"), 3),
        (("signed.pdf", "--trust", "."), 3),
        pytest.param(("unsigned.pdf",), 4, marks=pytest.mark.full),
    ],
)
def test_the_exit_code_says_the_verdict(run: Run, arguments: tuple[str, ...], code: int) -> None:
    assert run("verify", *arguments)[0] == code


def test_of_several_files_the_worst_counts() -> None:
    reports = [
        DocumentReport(Verdict.VALID),
        DocumentReport(Verdict.NOT_SIGNED),
        DocumentReport(Verdict.CANNOT_TELL),
        DocumentReport(Verdict.INVALID),
        DocumentReport(Verdict.CANNOT_TELL, "pdf-unreadable"),
    ]
    assert [exit_code(reports[: number + 1]) for number in range(5)] == [0, 4, 5, 1, 3]


def test_a_trust_folder_is_made_by_fingerprint_and_believed(
    run: Run, tmp_path: Path, pki: PublicKeyInfrastructure
) -> None:
    assert run("trust", "trusted", "root.cer", "--fingerprint", "00" * 32)[0] == 3
    digest = hashlib.sha256(pki.der("root")).hexdigest()
    assert run("trust", "trusted", "root.cer", "--fingerprint", digest) == (0, digest + "\n")
    for name in ("root.crl", "intermediate.crl"):
        (tmp_path / name).rename(tmp_path / "trusted" / name)
    assert run("verify", "signed.pdf", "--trust", "trusted")[0] == 0


def test_programs_get_facts(run: Run) -> None:
    _, output = run("verify", "changed.pdf", "page.pdf", *BELIEVING, "--json")
    changed, page = json.loads(output)["files"]
    (signature,) = changed["signatures"]
    assert (changed["file"], signature["valid"], signature["signer_name"]) == (
        "changed.pdf",
        False,
        "Nguyễn Thị Ngọc Ánh",
    )
    assert (changed["verdict"], signature["problem"]) == ("invalid", "changed-after-signing")
    assert signature["explanation"].startswith("Sau khi ký")
    assert (page["verdict"], page["error"]) == ("cannot-tell", "pdf-unreadable")
    assert page["explanation"].startswith("Tệp không phải PDF")


def test_clerks_get_sentences(run: Run) -> None:
    _, text = run("verify", "changed.pdf", "page.pdf", *BELIEVING)
    assert "Người ký: Nguyễn Thị Ngọc Ánh, Ủy ban nhân dân xã Tân Lập" in text
    assert "changed.pdf: KHÔNG HỢP LỆ" in text
    assert "Việc cần làm: Không nhận tệp này" in text
    assert "page.pdf: CHƯA KẾT LUẬN ĐƯỢC" in text
    assert "Đề nghị người nộp gửi lại tệp." in text


def test_every_word_has_its_sentence() -> None:
    assert set(PROBLEMS) == set(Problem)
    assert set(VERDICTS) == set(Verdict)
    assert set(REMARKS) == set(Remark)
    assert set(CHANGES) == set(ChangeKind)


def test_all_that_is_known_is_written() -> None:
    moment = dt.datetime(2026, 12, 1, 1, 0, tzinfo=dt.UTC)
    signature = SignatureVerdict(
        "Signature1",
        Verdict.CANNOT_TELL,
        Problem.REVOKED,
        trusted=False,
        signer_name="Trần\x1b[31m Đạt\u202e",
        claimed_time=moment,
        proven_time=moment,
        revoked_since=moment,
        level="B-T",
        changes=(Change(ChangeKind.FIELD, "Số tiền", visible=True), Change(ChangeKind.VALIDATION_DATA)),
        remarks=(Remark.CLAIMED_TIME_OUTSIDE,),
    )
    timestamps = (
        TimestampVerdict("Signature1", True, Verdict.VALID, None, moment),
        TimestampVerdict("Stamp", False, Verdict.CANNOT_TELL, Problem.CERTIFICATE_EXPIRED, moment),
    )
    text = write_report("a.pdf", DocumentReport(Verdict.CANNOT_TELL, None, (signature,), timestamps, (Remark.SCRIPTS,)))
    assert "Chứng thư bị thu hồi từ: 08:00:00 ngày 01/12/2026" in text
    assert "Sau chữ ký này: điền ô Số tiền (thấy trên trang); thêm dữ liệu kiểm tra" in text
    assert "Người ký (tự khai): Trần [31m Đạt" in text
    assert "Dấu thời gian của tệp Stamp, 08:00:00 ngày 01/12/2026: CHƯA KẾT LUẬN ĐƯỢC" in text
    assert "JavaScript" in text
    assert "\x1b" not in text
    assert "\u202e" not in text
