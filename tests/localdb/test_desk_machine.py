# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever happens to a desk, in whatever order: what its clerk was told is there."""

from __future__ import annotations

import pytest

from tests.localdb import desk_machine


def test_a_desk_keeps_what_it_told_whatever_happens() -> None:
    desk_machine.run(10, derandomize=True)


@pytest.mark.full
@pytest.mark.timeout(590)
@pytest.mark.parametrize("_part", range(2))
def test_many_desks_keep_what_they_told_whatever_happens(_part: int) -> None:
    desk_machine.run(desk_machine.NIGHTLY, derandomize=False)
