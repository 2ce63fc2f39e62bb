# SPDX-License-Identifier: GPL-3.0-or-later
"""The signing area measures what it says; never how fast anything is."""

from __future__ import annotations

import argparse

import pytest

from benchmarks import signing as area


def test_every_row_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("ROUNDS", 1), ("SLOW_DOCUMENTS", 2), ("SLOW_SECONDS", 0.05)):
        monkeypatch.setattr(area, name, value)
    rows = {row.name: row for row in area.measure(argparse.Namespace(documents=3))}
    assert list(rows) == ["plain_pyhanko", "raw_c_sign", "prepare_embed", "token_busy", "pkcs12_against_softhsm"]
    assert all(row.ours > 0 and row.peer > 0 for row in rows.values())
    assert 0 < rows["token_busy"].ours <= 1
