# SPDX-License-Identifier: GPL-3.0-or-later
"""A commune for the tests that go the whole way: every program is the one that ships."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from demo.commune import DemoCommune, demo_commune
from tests.workstation.desk.counter import CHEAP


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoCommune]:
    """Set up, and without a line to the outside yet; the tests of a module share it."""
    with demo_commune(tmp_path_factory.mktemp("commune"), now=dt.datetime.now(dt.UTC), cost=CHEAP) as commune:
        yield commune
