# SPDX-License-Identifier: GPL-3.0-or-later
"""More desks to which anything happens; a file of its own, so that each runs in less than ten minutes."""

from __future__ import annotations

import pytest

from tests.localdb import desk_machine


@pytest.mark.full
@pytest.mark.timeout(590)
@pytest.mark.parametrize("_part", range(2))
def test_many_more_desks_keep_what_they_told_whatever_happens(_part: int) -> None:
    desk_machine.run(desk_machine.NIGHTLY, derandomize=False)
