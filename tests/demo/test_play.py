# SPDX-License-Identifier: GPL-3.0-or-later
"""``python -m demo`` as a person and as a program calls it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from demo import soft_token
from demo.__main__ import main
from demo.sample_papers import SAMPLE_PAPERS

SIX_CLASSES = list(SAMPLE_PAPERS)
SUMMARY = ("Hồ sơ:", "Hẹn trả kết quả:", "Ngoại tuyến:", "Cổng dịch vụ công:", "Dấu vết đọc được:", "Xem giấy tờ tại:")


def run_demo(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "demo", *arguments],
        cwd=folder,
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=110,
    )


def test_the_demo_plays_the_main_job_and_reports_it_to_people_and_programs(tmp_path: Path) -> None:
    of_last_time = tmp_path / "demo-out" / "giay-to-9.pdf"
    of_last_time.parent.mkdir()
    of_last_time.write_bytes(b"old")
    done = run_demo(tmp_path, "--json", "report.json")
    assert (done.returncode, done.stderr) == (0, "")

    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["dossier_code"].startswith("H56.15-")
    assert report["procedure"] == {"code": "1.001193", "name": "Thủ tục đăng ký khai sinh"}
    assert report["pages"] == 6
    assert [paper["class"] for paper in report["papers"]] == SIX_CLASSES
    assert all(0.5 < paper["confidence"] <= 1 for paper in report["papers"])
    assert [paper["matched_requirement"] is not None for paper in report["papers"]] == [True] * 3 + [False] * 3
    assert report["refused_demand"]["because"] == "address-confirmation"
    assert report["signature"] == {"level": "B-B", "valid": True, "count": 3}
    assert report["portal"]["state"] == "accepted"
    assert report["portal"]["seconds_offline"] > 0
    assert report["portal"]["operations_waiting_offline"] == 7  # who set the desk up, and the dossier
    assert report["portal"]["answered_at"].endswith("+07:00")
    assert report["audit"]["chain_ok"] is True
    assert report["audit"]["entries"] > 10
    assert report["plaintext_leaks"] == []
    assert report["planted_leak_found"] is True
    assert {"sign_in", "card", "procedure", "digitise", "sign", "receive", "receipt", "reconcile"} <= set(
        report["seconds"]
    )
    assert all(seconds >= 0 for seconds in report["seconds"].values())

    shown = {path.name for path in of_last_time.parent.iterdir()}
    names = ["giay-tiep-nhan", "giay-to-1", "giay-to-2", "giay-to-3"]
    assert shown == {f"{name}.{kind}" for name in names for kind in ("pdf", "png")}
    for name in names:
        with pypdfium2.PdfDocument(of_last_time.with_name(f"{name}.pdf")) as document:
            assert len(document) == 1

    lines = done.stdout.splitlines()
    assert all(any(line.startswith(name) for line in lines) for name in SUMMARY)
    assert any(report["dossier_code"] in line for line in lines)
    assert any("ĐÃ TIẾP NHẬN lúc" in line for line in lines)
    assert lines[-1].endswith(str(of_last_time.parent))


def test_a_folder_that_is_not_there_is_said_before_anything_is_played(tmp_path: Path) -> None:
    done = run_demo(tmp_path, "--json", "nowhere/report.json")
    assert done.returncode == 2
    assert "--json" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_the_machine_lacks_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(soft_token, "_LIBRARIES", (str(tmp_path / "nowhere.so"),))
    assert main([]) == 1
    assert "softhsm2" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
