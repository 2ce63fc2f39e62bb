# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytesseract
import pytest

from scanning.errors import ScanningError
from scanning.ocr.engine import GrayPlane
from scanning.ocr.memory_folder import MemoryFolder
from scanning.ocr.tesseract_program import TesseractProgram

WHITE = GrayPlane(b"\xff" * 300 * 60, 300, 60, 200.0)
HEADING = "level\\tpage_num\\tblock_num\\tpar_num\\tline_num\\tword_num\\tleft\\ttop\\twidth\\theight\\tconf\\ttext"


@pytest.fixture
def folder() -> Iterator[MemoryFolder]:
    with MemoryFolder() as folder:
        yield folder


def use_program(script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a shell script in the place of Tesseract: $1 is the page, $2.tsv the table that is expected."""
    program = tmp_path / "tesseract"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(program))


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("kill -SEGV $$", "status--11"),
        ("echo 'what stands on the page' >&2; exit 3", "status-3"),
        ("exit 0", "no-table"),
        ('printf "no table" > "$2.tsv"', "no-table"),
        (f'printf "{HEADING}\\n5\\t1\\t1\\t1\\t1\\t1\\tx\\t0\\t9\\t9\\t90\\tword\\n" > "$2.tsv"', "no-table"),
        ('printf "level\\t\\377" > "$2.tsv"', "no-table"),
        ("exec sleep 60", "time"),
    ],
)
def test_a_broken_program_is_an_error_without_its_words_and_leaves_nothing(
    script: str, reason: str, folder: MemoryFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_program(script, tmp_path, monkeypatch)
    monkeypatch.setattr("scanning.ocr.tesseract_program._LONGEST_SECONDS", 1)
    with pytest.raises(ScanningError) as caught:
        TesseractProgram(folder=folder)
    assert (caught.value.code, caught.value.details["reason"]) == ("ocr-program-failed", reason)
    assert caught.value.__suppress_context__
    assert not folder.path.exists()


def test_a_machine_without_the_program_says_so(folder: MemoryFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", "no-such-program")
    with pytest.raises(ScanningError) as caught:
        TesseractProgram(folder=folder)
    assert caught.value.code == "ocr-program-missing"


def test_an_engine_goes_on_after_a_page_that_broke_the_program(
    folder: MemoryFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with TesseractProgram(folder=folder) as engine:
        with monkeypatch.context() as broken:
            use_program("kill -SEGV $$", tmp_path, broken)
            with pytest.raises(ScanningError):
                engine.read_line(WHITE)
        assert engine.read(WHITE).lines == ()


def test_a_page_lies_in_the_private_folder_only_while_it_is_read_and_nothing_of_it_is_said_to_the_machine(
    folder: MemoryFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen"
    script = f'printf "%s\\n" "$@" >> {seen}; stat -c %a "$(dirname "$1")" >> {seen}; printf "{HEADING}\\n" > "$2.tsv"'
    use_program(script, tmp_path, monkeypatch)
    with TesseractProgram(folder=folder) as engine:
        seen.unlink()
        engine.read(WHITE)
        page, table, *options, mode = seen.read_text().splitlines()
        assert page == str(folder.path / "page.pgm")
        assert table == str(folder.path / "page")
        assert mode == "700"
        assert options[:4] == ["-l", "vie", "--oem", "1"]
        assert options[-4:] == ["--psm", "3", "--dpi", "200"]
        assert list(folder.path.iterdir()) == []
    assert not folder.path.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="Linux only")
def test_a_crash_of_the_program_leaves_no_memory_behind(
    folder: MemoryFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen"
    script = f'{{ ulimit -c; cat /proc/self/coredump_filter; }} > {seen}; printf "{HEADING}\\n" > "$2.tsv"'
    use_program(script, tmp_path, monkeypatch)
    with TesseractProgram(folder=folder):
        limit, dumped = seen.read_text().split()
    assert (limit, int(dumped, 16)) == ("0", 0)


def test_without_a_folder_in_memory_nothing_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanning.ocr.memory_folder._usual_places", lambda: [Path("/proc"), tmp_path / "missing"])
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("the program was started"))
    with pytest.raises(ScanningError) as caught:
        TesseractProgram()
    assert caught.value.code == "ocr-needs-memory-folder"
