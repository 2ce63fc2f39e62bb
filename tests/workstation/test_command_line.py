# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua`` without arguments: options, exit codes, one window a folder."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from casework.errors import KnownError
from workstation import __main__ as command
from workstation.desk.desk_settings import DeskSettings


def test_settings_that_cannot_be_read_end_it_with_their_sentence_and_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> DeskSettings:
        raise KnownError("settings-damaged", file="desk.json")

    monkeypatch.setattr(DeskSettings, "of_this_computer", refuse)
    assert command.main(["--data", str(tmp_path)]) == 3
    told = capsys.readouterr().err
    assert told.startswith("Tệp cấu hình desk.json của máy trạm bị hỏng. Gọi bộ phận CNTT")
    assert told.endswith("\nmotcua: settings-damaged file=desk.json\n")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a screen")
def test_without_a_screen_it_says_so_and_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    assert command.main(["--data", str(tmp_path)]) == 3
    assert "Không có màn hình" in capsys.readouterr().err


def test_another_language_than_ours_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(["--language", "fr"])
    assert ended.value.code == 2
    assert "vi" in capsys.readouterr().err


def test_a_second_start_gives_way_to_the_first(tmp_path: Path) -> None:
    start = [sys.executable, "-m", "workstation", "--data", str(tmp_path / "desk")]
    first = subprocess.Popen(start)
    try:
        wait_for(tmp_path / "desk" / "log")
        assert subprocess.run(start, timeout=30, check=False).returncode == 0
        assert first.poll() is None
    finally:
        first.kill()
        first.wait()


def wait_for(folder: Path) -> None:
    deadline = time.monotonic() + 30
    while not folder.exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
