# SPDX-License-Identifier: GPL-3.0-or-later
"""Where snapshots go: another disk, never the data folder itself."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from casework.errors import KnownError
from workstation.desk.carry_snapshot import carry_snapshot
from workstation.desk.choose_backup_places import add_backup_place, backup_overview, remove_backup_place
from workstation.desk.session import DeskSession
from workstation.desk.take_snapshot import take_snapshot


def test_a_chosen_folder_gets_the_next_snapshot_and_the_overview_tells_so(session: DeskSession, tmp_path: Path) -> None:
    assert backup_overview(session).newest_at is None
    stick = tmp_path / "stick"
    stick.mkdir()
    add_backup_place(session, stick)
    add_backup_place(session, stick)
    now = session.clock()
    for _ in take_snapshot(session.store, now):
        pass
    for _ in carry_snapshot(session.store, now):
        pass
    overview = backup_overview(session)
    assert overview.newest_at is not None
    assert [(place.folder, place.last_snapshot_at) for place in overview.places] == [(stick, overview.newest_at)]
    remove_backup_place(session, stick)
    assert backup_overview(session).places == ()
    assert list(stick.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_place_that_was_named_by_a_link_is_let_go_by_the_same_name(session: DeskSession, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "stick")
    add_backup_place(session, tmp_path / "link")
    assert [place.folder for place in backup_overview(session).places] == [tmp_path / "stick"]
    remove_backup_place(session, tmp_path / "link")
    assert backup_overview(session).places == ()
    with pytest.raises(KnownError, match="no-such-record"):
        remove_backup_place(session, tmp_path / "link")


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("nowhere", "backup-place-missing"),
        ("long" * 100, "backup-place-missing"),
        ("desk", "backup-place-own"),
        ("desk/objects", "backup-place-own"),
    ],
)
def test_a_folder_that_helps_nobody_is_refused(session: DeskSession, tmp_path: Path, place: str, code: str) -> None:
    with pytest.raises(KnownError, match=code):
        add_backup_place(session, tmp_path / place)
    assert backup_overview(session).places == ()


def test_a_relative_path_is_refused(session: DeskSession) -> None:
    with pytest.raises(KnownError, match="backup-place-missing"):
        add_backup_place(session, Path())
