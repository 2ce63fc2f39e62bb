# SPDX-License-Identifier: GPL-3.0-or-later
"""The doctor tells what is there, what is missing, and what of that keeps the desk from working."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workstation import doctor
from workstation.desk.desk_folder import DeskFolder
from workstation.doctor import Verdict

SANE_TEST_DEVICES = ["test:0", "test:1"]


@pytest.fixture
def two_scanners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sane").mkdir()
    (tmp_path / "sane" / "dll.conf").write_text("test\n")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path / "sane"))


@pytest.fixture
def soft_tokens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tokens").mkdir()
    (tmp_path / "softhsm2.conf").write_text(f"directories.tokendir = {tmp_path / 'tokens'}\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm2.conf"))


@pytest.mark.usefixtures("two_scanners", "soft_tokens")
def test_a_new_computer_with_everything_installed_has_warnings_and_no_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert doctor.main(["--json", "--data", str(tmp_path / "not there yet")]) == 0
    findings = {row["check"]: row for row in json.loads(capsys.readouterr().out)["findings"]}
    assert {name: row["code"] for name, row in findings.items() if name != "space"} == {
        "reading": "",
        "scanners": "",
        "tokens": "no-token",
        "desk": "desk-not-set-up",
        "gateway": "courier-not-configured",
    }
    assert [name.endswith(tuple(SANE_TEST_DEVICES)) for name in findings["scanners"]["facts"]["devices"]] == [True] * 2
    assert "/usr/lib/softhsm/libsofthsm2.so" in findings["tokens"]["facts"]["modules"]
    assert not (tmp_path / "not there yet").exists()


def test_no_vietnamese_reading_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanning.ocr.language_data._usual_folders", lambda: iter([tmp_path]))
    finding = doctor.check_reading()
    assert (finding.verdict, finding.code) == (Verdict.PROBLEM, "ocr-language-missing")


def test_the_engine_that_reads_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor.check_reading().facts["engine"] == "tesserocr"
    (tmp_path / "desk.json").write_text('{"reading": {"engine": "pytesseract"}}')
    monkeypatch.setattr("platformdirs.site_config_dir", lambda *_, **__: str(tmp_path))
    assert doctor.check_reading().facts["engine"] == "pytesseract"
    monkeypatch.setattr("workstation.desk.reading_engine.shutil.which", lambda _: None)
    finding = doctor.check_reading()
    assert (finding.verdict, finding.code) == (Verdict.PROBLEM, "ocr-program-missing")
    (tmp_path / "desk.json").write_text('{"reading": 5}')
    assert doctor.check_reading().code == "settings-damaged"


def test_a_module_that_cannot_be_loaded_does_not_hide_the_others(tmp_path: Path) -> None:
    broken = tmp_path / "usr/lib/softhsm/libsofthsm2.so"
    broken.parent.mkdir(parents=True)
    broken.write_bytes(b"not a library")
    modules = doctor.token_modules(tmp_path)
    assert modules == [broken]
    finding = doctor.check_tokens([*modules, Path("/usr/lib/softhsm/libsofthsm2.so")])
    assert finding.facts["unusable"] == [f"{broken}: module-unusable"]
    assert finding.facts["modules"] == ["/usr/lib/softhsm/libsofthsm2.so"]


def test_a_damaged_courier_configuration_is_a_warning_because_the_desk_works_without(tmp_path: Path) -> None:
    folder = DeskFolder(tmp_path)
    folder.courier_configuration.write_text("{")
    finding = doctor.check_gateway(folder)
    assert (finding.verdict, finding.code) == (Verdict.WARNING, "courier-not-configured")


def test_a_desk_that_was_set_up_is_seen(tmp_path: Path) -> None:
    folder = DeskFolder(tmp_path)
    folder.key_file.write_text("{}")
    assert doctor.check_desk(folder).verdict is Verdict.OK
