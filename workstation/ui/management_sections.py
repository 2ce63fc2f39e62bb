# SPDX-License-Identifier: GPL-3.0-or-later
"""Which sections of the desk's own page a clerk is offered: those in which she may do something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from casework.rights import Right
from workstation.ui.backup_section import BackupSection
from workstation.ui.bench import Bench
from workstation.ui.password_section import PasswordSection
from workstation.ui.people_section import PeopleSection
from workstation.ui.recovery_section import RecoverySection
from workstation.ui.section import Section
from workstation.ui.settings_section import SettingsSection

_SECTIONS: Final[tuple[tuple[Right, Callable[[Bench], Section]], ...]] = (
    (Right.CHANGE_OWN_PASSWORD, PasswordSection),
    (Right.LIST_CLERKS, PeopleSection),
    (Right.TAKE_SNAPSHOT, BackupSection),
    (Right.MAKE_RECOVERY_SHEET, RecoverySection),
    (Right.CHANGE_SETTINGS, SettingsSection),
)


def management_sections(bench: Bench) -> tuple[Section, ...]:
    """Make the sections for the signed-in clerk."""
    return tuple(make(bench) for right, make in _SECTIONS if bench.session.may(right))
