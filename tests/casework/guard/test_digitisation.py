# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from casework.guard.digitisation import (
    LEGAL_BASES,
    Digitisation,
    Gate,
    Lack,
    NotDigital,
    at_reception,
    at_return,
    in_processing,
)
from casework.reception import ChecklistItem, ItemState
from casework.records.paper import Paper
from casework.records.procedure import Duty, Requirement
from casework.records.result import Result

MakePaper = Callable[..., Paper]
LAWS = {
    Gate.RECEPTION: "Nghị định 61/2018/NĐ-CP Điều 17 khoản 1: quét, lưu hồ sơ điện tử khi tiếp nhận",
    Gate.PROCESSING: "Nghị định 107/2021/NĐ-CP: số hóa giấy tờ phát sinh trong quá trình giải quyết",
    Gate.RETURN: "Nghị định 107/2021/NĐ-CP: kết quả giải quyết là bản điện tử có chữ ký số",
}


def item(paper: Paper | None, duty: Duty = Duty.SUBMIT, replaced_by: tuple[str, ...] = ()) -> ChecklistItem:
    requirement = Requirement("p/01", "Paper", "Paper", duty, 1, 0, replaced_by=replaced_by)
    return ChecklistItem(requirement, ItemState.SATISFIED if paper else ItemState.MISSING, paper)


def digital(paper: Paper, object_id: str | None, level: str) -> Paper:
    return replace(paper, object_id=object_id, signature_level=level)


def test_every_gate_names_its_law() -> None:
    assert LEGAL_BASES == LAWS


@pytest.mark.parametrize(
    ("object_id", "level", "lack"),
    [
        ("object", "B-B", None),
        ("object", "", Lack.NOT_SIGNED),
        (None, "", Lack.NOT_SCANNED),
        (None, "B-B", Lack.NOT_SCANNED),
    ],
)
def test_a_paper_is_scanned_and_signed(
    object_id: str | None, level: str, lack: Lack | None, make_paper: MakePaper
) -> None:
    paper = digital(make_paper("a"), object_id, level)
    result = Result("r", "d", "KQ.1", "Giấy khai sinh", object_id=object_id, signature_level=level)
    rows = [
        (Gate.RECEPTION, "a", paper.title, at_reception([item(paper)])),
        (Gate.PROCESSING, "a", paper.title, in_processing([paper])),
        (Gate.RETURN, "r", "Giấy khai sinh", at_return([result])),
    ]
    for gate, record_id, title, judged in rows:
        open_items = (NotDigital(gate, title, record_id, lack, LAWS[gate]),) if lack else ()
        assert judged == Digitisation(1, open_items)


def test_what_is_only_presented_or_not_there_is_not_due(make_paper: MakePaper) -> None:
    assert at_reception([item(make_paper("a"), Duty.PRESENT), item(None)]) == Digitisation(0, ())


def test_what_was_issued_before_is_reused_first(make_paper: MakePaper) -> None:
    kinds = ("KQ.1", "KQ.2")
    issued = [
        Result("r1", "d", "KQ.2", "T", object_id="o1"),
        Result("r2", "d", "KQ.1", "T", object_id="o2"),
        Result("r3", "d", "KQ.1", "T", object_id="o3"),
        Result("on paper only", "d", "KQ.1", "T"),
        Result("r4", "d", "KQ.3", "T", object_id="o4"),
    ]
    paper = make_paper("a")
    (reusable,) = at_reception([item(paper, replaced_by=kinds)], issued).open_items
    assert (reusable.lack, reusable.result_ids) == (Lack.REUSABLE, ("r2", "r3", "r1"))
    (other,) = at_reception([item(paper, replaced_by=("KQ.9",))], issued).open_items
    assert (other.lack, other.result_ids) == (Lack.NOT_SCANNED, ())
    unsigned = digital(paper, "object", "")
    (signed,) = at_reception([item(unsigned, replaced_by=kinds)], issued).open_items
    assert (signed.lack, signed.result_ids) == (Lack.NOT_SIGNED, ())
    done = digital(paper, "object", "B-T")
    assert at_reception([item(done, replaced_by=kinds)], issued).open_items == ()


def test_the_share_is_of_what_is_due(make_paper: MakePaper) -> None:
    done, open_one = digital(make_paper("a"), "object", "B-B"), make_paper("b")
    assert at_reception([]).share == 1.0
    assert in_processing([done]).share == 1.0
    assert in_processing([done, done, done, open_one]).share == 0.75
    assert at_reception([item(open_one), item(done)]).share == 0.5
    assert at_return([Result("r", "d", "KQ.1", "T")]).share == 0.0
    mixed = at_reception([item(open_one), item(done), item(make_paper("c"))])
    assert [entry.record_id for entry in mixed.open_items] == ["b", "c"]


def test_gates_and_lacks_are_known_by_these_names() -> None:
    assert [gate.value for gate in Gate] == ["reception", "processing", "return"]
    assert [lack.value for lack in Lack] == ["reusable", "not-scanned", "not-signed"]
