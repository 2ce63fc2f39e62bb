# SPDX-License-Identifier: GPL-3.0-or-later
"""A procedure changes on a day, as civil status does with Luật Hộ tịch 03/2026/QH16 on 1 March 2027."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from typing import Any

import pytest

from casework.catalogue import LARGEST_PACK, Catalogue, shipped_pack
from casework.catalogue_changes import Change, ChangeKind, changes_between
from casework.errors import KnownError
from casework.local_decisions import LocalDecisions
from casework.records.procedure import Channel

BIRTH, COPY = "1.001193", "2.000815"
LAST_OLD, FIRST_NEW = dt.date(2027, 2, 28), dt.date(2027, 3, 1)


def pack() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(gzip.decompress(shipped_pack()))
    return content


def row(content: dict[str, Any], code: str) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in content["procedures"] if row["code"] == code)
    return found


@pytest.fixture
def changed() -> Catalogue:
    """Birth registration under the new law, and the certification of copies abolished with the old year."""
    content = pack()
    old = row(content, BIRTH)
    new = {
        **old,
        "effective_from": FIRST_NEW.isoformat(),
        "name": "Đăng ký khai sinh",
        "folded": "dang ky khai sinh moi",
    }
    new["requirements"] = old["requirements"][:2]
    content["procedures"].append(new)
    old["effective_to"] = LAST_OLD.isoformat()
    row(content, COPY)["effective_to"] = "2026-12-31"
    return Catalogue({**content, "version": "2027-01-01.00000000"})


def test_before_the_day_the_old_text_counts_and_from_it_on_the_new_one(changed: Catalogue) -> None:
    before, after = changed.get(BIRTH, LAST_OLD), changed.get(BIRTH, FIRST_NEW)
    assert (len(before.requirements) > 2, before.effective_to) == (True, LAST_OLD)
    assert (len(after.requirements), after.effective_from, after.name) == (2, FIRST_NEW, "Đăng ký khai sinh")
    assert changed.get(BIRTH) == after
    assert changed.versions_of(BIRTH) == (before, after)


def test_a_procedure_that_has_ended_is_given_as_it_was_last(changed: Catalogue) -> None:
    assert changed.get(COPY, dt.date(2027, 5, 1)).effective_to == dt.date(2026, 12, 31)


def test_a_procedure_that_has_not_begun_is_given_as_it_will_be() -> None:
    content = pack()
    row(content, BIRTH)["effective_from"] = "2027-03-01"
    assert Catalogue(content).get(BIRTH, LAST_OLD).effective_from == FIRST_NEW


def test_what_has_ended_is_found_by_its_code_only(changed: Catalogue) -> None:
    last, first = dt.date(2026, 12, 31), dt.date(2027, 1, 1)

    def codes(query: str, on: dt.date | None) -> list[str]:
        return [procedure.code for procedure in changed.find(query, 600, on=on)]

    name = "chứng thực bản sao từ bản chính"
    assert COPY in codes(name, last)
    assert COPY in codes(name, None)
    assert COPY not in codes(name, first)
    assert COPY not in codes("", first)
    assert codes(COPY, first) == [COPY]


def test_the_name_of_the_day_is_searched(changed: Catalogue) -> None:
    assert changed.find("khai sinh moi", on=FIRST_NEW)[0].code == BIRTH
    assert all(procedure.code != BIRTH for procedure in changed.find("khai sinh moi", on=LAST_OLD))


def test_decisions_of_the_province_are_part_of_the_version_and_of_what_is_offered() -> None:
    text = {
        "format": 1,
        "decisions": [
            {
                "decision": "QĐ 1/2026",
                "codes": [BIRTH],
                "effective_from": "2026-08-08",
                "effective_to": "2026-12-31",
                "is_offered_at_counter": False,
            }
        ],
    }
    decisions = LocalDecisions.from_bytes(json.dumps(text).encode())
    shipped = Catalogue.shipped()
    here = shipped.with_decisions(decisions)
    assert here.version == f"{shipped.version}+{decisions.version}"
    assert here.content_hash == shipped.content_hash
    day = dt.date(2026, 11, 23)
    procedure = here.get(BIRTH, day)
    assert (procedure.offered_at_counter, procedure.catalogue_version) == (False, here.version)
    assert here.find("đăng ký khai sinh", on=day)[0].code != BIRTH
    assert here.find("đăng ký khai sinh", on=dt.date(2027, 1, 1))[0].code == BIRTH
    assert here.find("đăng ký khai sinh")[0].code != BIRTH
    assert shipped.get(BIRTH, day).offered_at_counter
    assert here.get(BIRTH).offered_at_counter, "without a day the national text stands"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no gzip",
        gzip.compress(b"no json", mtime=0),
        gzip.compress(b"[]", mtime=0),
        gzip.compress(b'{"version": "1", "notes": []}', mtime=0),
        gzip.compress(b"[" * 100_000, mtime=0),
        shipped_pack()[:-9],
        gzip.compress(b" " * (LARGEST_PACK + 1), compresslevel=1, mtime=0),
    ],
    ids=["empty", "no-gzip", "no-json", "no-object", "no-procedures", "nested", "truncated", "bomb"],
)
def test_a_pack_that_cannot_be_read_is_refused(data: bytes) -> None:
    with pytest.raises(KnownError, match="catalogue-unreadable"):
        Catalogue.from_bytes(data)


def test_the_same_catalogue_has_no_changes() -> None:
    assert changes_between(Catalogue.shipped(), Catalogue(pack())) == ()


def test_what_is_different_is_named_one_thing_at_a_time() -> None:
    content = pack()
    procedures = content["procedures"]
    procedures[:] = [known for known in procedures if known["code"] != COPY]
    procedures.append({**row(content, BIRTH), "code": "9.000001", "name": "Thủ tục mới"})
    birth = row(content, BIRTH)
    birth["name"] = "Đăng ký khai sinh"
    birth["levels"] = ["commune", "province"]
    removed = birth["requirements"].pop(0)
    birth["requirements"][0]["originals"] = 3
    birth["requirements"].append({**removed, "name": "Giấy mới", "short_name": "Giấy mới"})
    birth["effective_to"] = "2027-02-28"
    birth["ways"] = [way for way in birth["ways"] if way["channel"] != "post"]
    counter = next(way for way in birth["ways"] if way["channel"] == "counter")
    counter["time_limit"] = {"amount": 0, "unit": "working-day"}
    counter["fee"] = {"amount": 5000, "is_certain": True, "per": "bản"}
    birth["results"] = []
    changes = changes_between(Catalogue.shipped(), Catalogue(content))
    name = "Đăng ký khai sinh"
    assert [change for change in changes if change.code == BIRTH and change.what != "requirement"] == [
        Change(BIRTH, name, ChangeKind.CHANGED, "name", "Thủ tục đăng ký khai sinh", name),
        Change(BIRTH, name, ChangeKind.CHANGED, "levels", "commune", "commune, province"),
        Change(BIRTH, name, ChangeKind.ENDED, "effective_to", "", "2027-02-28"),
        Change(BIRTH, name, ChangeKind.CHANGED, "way counter", "1 unstated, 0 đ", "0 working-day, 5000 đ/bản"),
        Change(BIRTH, name, ChangeKind.REMOVED, "way post", "1 unstated, 0 đ", ""),
        Change(BIRTH, name, ChangeKind.CHANGED, "results", "KQ.G15.000031", ""),
    ]
    asked = [
        (change.kind, bool(change.before), bool(change.after)) for change in changes if change.what == "requirement"
    ]
    assert asked == [
        (ChangeKind.REMOVED, True, False),
        (ChangeKind.CHANGED, True, True),
        (ChangeKind.ADDED, False, True),
    ]
    assert Change("9.000001", "Thủ tục mới", ChangeKind.ADDED, "procedure") in changes
    old_name = Catalogue.shipped().get(COPY).name
    assert Change(COPY, old_name, ChangeKind.REMOVED, "procedure") in changes
    assert {change.code for change in changes} == {BIRTH, COPY, "9.000001"}


def test_a_version_that_begins_later_is_told(changed: Catalogue) -> None:
    changes = changes_between(Catalogue.shipped(), changed)
    told = [(change.code, change.kind, change.what, change.after) for change in changes if change.what != "requirement"]
    assert told == [
        (BIRTH, ChangeKind.CHANGED, "name", "Đăng ký khai sinh"),
        (BIRTH, ChangeKind.CHANGED, "effective_from", "2027-03-01"),
        (COPY, ChangeKind.ENDED, "effective_to", "2026-12-31"),
    ]


def test_a_version_in_between_is_told() -> None:
    content = pack()
    birth = row(content, BIRTH)
    content["procedures"] += [{**birth, "effective_from": day} for day in ("2027-03-01", "2028-01-01")]
    changes = changes_between(Catalogue.shipped(), Catalogue(content))
    assert [(change.kind, change.what, change.after) for change in changes] == [
        (ChangeKind.CHANGED, "effective_from", "2028-01-01"),
        (ChangeKind.ADDED, "version", "2027-03-01"),
    ]


def test_a_way_that_is_new_is_an_addition() -> None:
    content = pack()
    birth = row(content, BIRTH)
    birth["ways"] = [way for way in birth["ways"] if way["channel"] == Channel.COUNTER]
    changes = changes_between(Catalogue(content), Catalogue.shipped())
    assert [(change.kind, change.what) for change in changes] == [
        (ChangeKind.ADDED, "way online"),
        (ChangeKind.ADDED, "way post"),
    ]
