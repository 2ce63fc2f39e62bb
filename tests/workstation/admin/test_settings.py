# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin settings``."""

from __future__ import annotations

from tests.workstation.admin.conftest import Desk


def test_what_is_changed_is_shown_and_the_rest_stays(program: Desk) -> None:
    before = program.administer("settings", "show").facts
    changed = program.administer("settings", "change", "--idle-lock-minutes", "3")
    assert (changed.code, changed.facts) == (0, {**before, "idle_lock_minutes": 3})
    assert program.administer("settings", "show").facts == changed.facts


def test_what_is_out_of_range_is_refused(desk: Desk) -> None:
    refused = desk.administer("settings", "change", "--idle-lock-minutes", "0")
    assert (refused.code, refused.facts["error"]["code"]) == (1, "setting-out-of-range")
