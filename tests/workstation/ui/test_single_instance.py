# SPDX-License-Identifier: GPL-3.0-or-later
"""One window for each data folder."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from workstation.ui.single_instance import SingleInstance


def test_a_second_start_brings_the_first_to_the_front_and_gives_way(tmp_path: Path, qtbot: QtBot) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.take_place()
    with qtbot.waitSignal(first.asked_to_front):
        assert not second.take_place()
    first.leave_place()
    assert second.take_place()
    second.leave_place()


def test_another_folder_has_a_window_of_its_own(tmp_path: Path) -> None:
    places = [SingleInstance(tmp_path / name) for name in ("một", "hai")]
    assert all(place.take_place() for place in places)
    for place in places:
        place.leave_place()
