# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanning.errors import ScanningError
from scanning.ocr.memory_folder import MemoryFolder, lies_in_memory

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the table of mounts is Linux's")

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108
HELD_BY_ANOTHER = "import sys; from scanning.ocr.memory_folder import *; f = MemoryFolder([Path(sys.argv[1])])"


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder of its own, in memory."""
    with MemoryFolder([SHARED_MEMORY]) as folder:
        yield folder.path


def table_of_mounts(path: Path, *mounts: tuple[str, str]) -> Path:
    rows = [f"{number} 1 0:{number} / {point} rw - {kind} none rw\n" for number, (point, kind) in enumerate(mounts)]
    path.write_text("".join(rows))
    return path


def made_long_ago(folder: Path) -> Path:
    hour_ago = time.time() - 3600
    os.utime(folder, (hour_ago, hour_ago))
    return folder


def test_the_folder_is_private_and_gone_after_use(place: Path) -> None:
    with MemoryFolder([place]) as folder:
        assert folder.path.parent == place
        assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
        (folder.path / "page.pgm").write_bytes(b"a page")
    assert list(place.iterdir()) == []
    folder.close()


def test_the_first_place_in_memory_is_taken(place: Path, tmp_path: Path) -> None:
    with MemoryFolder([tmp_path / "missing", Path("/proc"), place]) as folder:
        assert folder.path.parent == place


def test_a_place_that_cannot_be_written_is_passed_over(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> str:
        raise PermissionError

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(ScanningError) as caught:
        MemoryFolder([place])
    assert caught.value.code == "ocr-needs-memory-folder"


@pytest.mark.parametrize(
    ("mounts", "in_memory"),
    [
        ((("/", "ext4"),), False),
        ((("/", "ext4"), ("{}", "tmpfs")), True),
        ((("/", "tmpfs"), ("{}", "ext4")), False),
        ((("/", "tmpfs"), ("{}/deeper", "ext4")), True),
        ((("{}", "tmpfs"), ("{}", "btrfs")), False),
        ((("{}", "ext4"), ("{}", "ramfs")), True),
        ((("/", "ext4"), ("{}-other", "tmpfs")), False),
        ((), False),
    ],
)
def test_the_kind_of_the_nearest_mount_decides(
    mounts: tuple[tuple[str, str], ...], in_memory: bool, tmp_path: Path
) -> None:
    folder = tmp_path / "with space"
    folder.mkdir()
    escaped = str(folder).replace(" ", "\\040")
    table = table_of_mounts(tmp_path / "mountinfo", *((point.format(escaped), kind) for point, kind in mounts))
    assert lies_in_memory(folder, table) is in_memory


def test_a_link_out_of_memory_does_not_lie_in_memory(tmp_path: Path, place: Path) -> None:
    (place / "link").symlink_to(tmp_path)
    table = table_of_mounts(tmp_path / "mountinfo", ("/", "ext4"), (str(SHARED_MEMORY), "tmpfs"))
    assert lies_in_memory(place, table)
    assert not lies_in_memory(place / "link", table)


def test_a_machine_without_a_table_of_mounts_has_no_folder_in_memory(place: Path, tmp_path: Path) -> None:
    assert not lies_in_memory(place, tmp_path / "missing")


def test_what_a_killed_program_left_is_swept_away(place: Path) -> None:
    killed = [sys.executable, "-c", f"{HELD_BY_ANOTHER}; import os, signal; os.kill(os.getpid(), signal.SIGKILL)"]
    subprocess.run([*killed, str(place)], check=False, timeout=30)
    (left,) = place.iterdir()
    with MemoryFolder([place]):
        assert left.exists()  # too young: it may be about to be locked
    made_long_ago(left)
    with MemoryFolder([place]) as folder:
        assert list(place.iterdir()) == [folder.path]


def test_what_another_program_uses_stays(place: Path) -> None:
    holding = [sys.executable, "-c", f"{HELD_BY_ANOTHER}; print(flush=True); input()"]
    with subprocess.Popen([*holding, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        (used,) = place.iterdir()
        made_long_ago(used)
        with MemoryFolder([place]):
            assert used.exists()
        other.communicate(b"\n")
