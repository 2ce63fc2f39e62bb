# SPDX-License-Identifier: GPL-3.0-or-later
"""Stores with random pages damaged: what a repair saves and what it says, compared with what was there, row by row."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from localdb.cipher_pages import CipherPages
from localdb.connection import SqlValue
from localdb.repair import repair
from localdb.repair_report import Loss, RepairReport
from localdb.tree_shapes import sorting_key
from tests.localdb import torn_store
from tests.localdb.samples import NOON
from tests.localdb.torn_store import RowKey, Whole

TEARINGS = 6
MANY_TEARINGS = 120


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return torn_store.make(tmp_path_factory.mktemp("large") / "data", 200)


def covers(loss: Loss, key: RowKey, row: dict[str, SqlValue]) -> bool:
    if key in loss.keys:
        return True
    if loss.count is not None and loss.count == len(loss.keys):
        return False
    here = sorting_key([row[name] for name in loss.range_columns])
    after = loss.after is None or sorting_key(loss.after) < here
    return after and (loss.before is None or here < sorting_key(loss.before))


def assert_exact(whole: Whole, torn: Path, damaged: set[int], report: RepairReport) -> None:
    """See that all that is not on a damaged page is there, and that the report tells exactly what is not."""
    assert set(report.damaged_pages) == damaged
    now = torn_store.rows_of(torn / "desk.db", whole.keys)
    told = {table.table: table for table in report.tables}
    mended = report.mending
    made = {(row.table, row.key) for row in mended.stand_ins + mended.rebuilt}
    assert mended.retold == ()
    changed = {(row.table, row.key) for row in mended.loosened}
    dropped = {(row.table, row.key) for row in mended.dropped}
    if report.needs_enrolment:
        # The trail tells that the store is nobody any more.
        assert now["workstation"] == {}
        made.add(("audit_entries", max(now["audit_entries"], key=sorting_key)))
    for table, rows in whole.rows.items():
        if table in {"workstation", "former_devices"} and report.needs_enrolment:
            continue
        losses = told[table].losses if table in told else ()
        shortened = set(told[table].shortened) if table in told else set()
        for key, row in rows.items():
            page, further = whole.places[table][key]
            is_torn = page in damaged or (bool(further & damaged) and table != "pages")
            is_told = any(covers(loss, key, row) for loss in losses)
            assert is_told == is_torn, (table, key, page)
            if is_torn:
                assert (
                    key not in now[table]
                    or (table, key) in made
                    or table in {"settings", "sync_state", "known_key_file"}
                )
            elif (table, key) in dropped:
                assert key not in now[table]
            else:
                assert (key in shortened) == bool(further & damaged)
                differing = {name for name in row if now[table][key][name] != row[name]}
                allowed = {"text", "thumbnail"} if key in shortened else set()
                allowed |= {"paper_id"} if (table, key) in changed else set()
                assert differing <= allowed, (table, key)
        for key in set(now[table]) - set(rows):
            assert (table, key) in made, (table, key)
        for loss in losses:
            if loss.count is not None:
                inside = [key for key, row in rows.items() if covers(loss, key, row)]
                assert loss.count == len(inside), (table, loss)


def tear_and_repair(whole: Whole, folder: Path, seed: int) -> RepairReport:
    chance = random.Random(seed)
    damaged = set(chance.sample(range(2, whole.page_count + 1), chance.choice((1, 1, 2, 3, 5, 12))))
    torn_store.damage(folder / "desk.db", damaged, chance)
    with CipherPages(folder / "desk.db", whole.keys) as pages:
        damaged = {number for number in range(1, pages.count + 1) if pages.page(number) is None}
    before = (folder / "desk.db").read_bytes()
    report = repair(folder, whole.keys, NOON)
    assert report.kept_aside.read_bytes() == before
    assert_exact(whole, folder, damaged, report)
    return report


@pytest.mark.parametrize("seed", range(TEARINGS))
def test_everything_that_is_not_on_a_damaged_page_is_saved_and_the_report_tells_the_rest(
    whole: Whole, torn: Path, seed: int
) -> None:
    tear_and_repair(whole, torn, seed)


@pytest.mark.full
@pytest.mark.timeout(590)
@pytest.mark.parametrize("part", range(3))
def test_many_torn_stores_are_saved_but_for_what_is_on_damaged_pages(large: Whole, tmp_path: Path, part: int) -> None:
    for seed in range(1000 + part * MANY_TEARINGS // 3, 1000 + (part + 1) * MANY_TEARINGS // 3):
        folder = Path(shutil.copytree(large.folder, tmp_path / str(seed)))
        tear_and_repair(large, folder, seed)
        shutil.rmtree(folder)
