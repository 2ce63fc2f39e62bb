# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of the workstation: read by everybody, changed by IT, within their ranges, in the trail."""

from __future__ import annotations

import pytest

from casework.errors import KnownError
from casework.records.settings import Settings
from casework.records.workplace import Role
from tests.workstation.desk.counter import in_roles, trail
from workstation.desk.change_settings import change_settings, read_settings
from workstation.desk.session import DeskSession


def test_a_new_desk_has_the_usual_settings_and_keeps_what_it_is_given(session: DeskSession) -> None:
    assert read_settings(session) == Settings()
    change_settings(session, Settings(idle_lock_minutes=3))
    assert read_settings(session) == Settings(idle_lock_minutes=3)
    assert trail(session)[-1][:2] == (session.clerk.clerk_id, "settings.changed")


def test_who_is_not_of_it_changes_nothing(session: DeskSession) -> None:
    with pytest.raises(KnownError, match="not-allowed"):
        change_settings(in_roles(session, Role.CLERK), Settings(idle_lock_minutes=3))
    assert read_settings(session) == Settings()


def test_a_value_out_of_range_changes_nothing(session: DeskSession) -> None:
    with pytest.raises(KnownError, match="setting-out-of-range"):
        change_settings(session, Settings(idle_lock_minutes=0))
    assert read_settings(session) == Settings()
