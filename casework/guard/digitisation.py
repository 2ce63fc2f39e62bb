# SPDX-License-Identifier: GPL-3.0-or-later
"""What must be digital at the three gates: reception, processing, return.

At reception every paper that is submitted is scanned before the dossier goes on (NĐ 61/2018/NĐ-CP Đ17.1); what is only
presented is looked at and given back. In processing it is what the office itself makes on paper, at the return the
result. A digitised copy carries the office's signature (NĐ 30/2020/NĐ-CP Đ25). What an office has issued before is
reused, not scanned again (TT 01/2023/TT-VPCP). The two later gates and whose signature it is are from knowledge of
NĐ 107/2021 and TT 01/2023, not from their text.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from casework.reception import ChecklistItem
from casework.records.paper import Paper
from casework.records.procedure import Duty
from casework.records.result import Result


class Gate(enum.StrEnum):
    """Where something is digitised."""

    RECEPTION = "reception"
    PROCESSING = "processing"
    RETURN = "return"


class Lack(enum.StrEnum):
    """What a paper lacks."""

    REUSABLE = "reusable"
    NOT_SCANNED = "not-scanned"
    NOT_SIGNED = "not-signed"


LEGAL_BASES: Final = {
    Gate.RECEPTION: "Nghị định 61/2018/NĐ-CP Điều 17 khoản 1: quét, lưu hồ sơ điện tử khi tiếp nhận",
    Gate.PROCESSING: "Nghị định 107/2021/NĐ-CP: số hóa giấy tờ phát sinh trong quá trình giải quyết",
    Gate.RETURN: "Nghị định 107/2021/NĐ-CP: kết quả giải quyết là bản điện tử có chữ ký số",
}
"""The law of each gate, in the words shown to the clerk."""


@dataclass(frozen=True, slots=True)
class NotDigital:
    """A paper that is not digital as it should be.

    Attributes:
        gate: Where.
        title: What the clerk sees.
        record_id: ``paper_id`` or ``result_id``.
        lack: What is missing; ``REUSABLE`` when a result issued before stands for it and nothing is to be scanned.
        legal_basis: The law.
        result_ids: Results that can be reused in its place.
    """

    gate: Gate
    title: str
    record_id: str
    lack: Lack
    legal_basis: str
    result_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Digitisation:
    """How far a gate has come.

    Attributes:
        due: Number of papers that must be digital.
        open_items: Those that are not.
    """

    due: int
    open_items: tuple[NotDigital, ...]

    @property
    def share(self) -> float:
        """Share of the due papers that are digital, 0 to 1; 1 when none is due."""
        return 1.0 if self.due == 0 else (self.due - len(self.open_items)) / self.due


def at_reception(items: Sequence[ChecklistItem], issued: Iterable[Result] = ()) -> Digitisation:
    """Judge the papers handed in.

    Args:
        items: The check list; papers that are presented or not there are not due.
        issued: Results issued to this applicant before, to be reused first.
    """
    by_kind: dict[str, list[str]] = {}
    for result in issued:
        if result.object_id is not None:
            by_kind.setdefault(result.kind_code, []).append(result.result_id)
    due = [(item, item.paper) for item in items if item.paper and item.requirement.duty is Duty.SUBMIT]
    open_items = []
    for item, paper in due:
        lack = _lack(paper.object_id, paper.signature_level)
        if lack is None:
            continue
        reusable = tuple(result_id for kind in item.requirement.replaced_by for result_id in by_kind.get(kind, ()))
        if lack is Lack.NOT_SCANNED and reusable:
            lack = Lack.REUSABLE
        open_items.append(
            NotDigital(
                Gate.RECEPTION,
                paper.title,
                paper.paper_id,
                lack,
                LEGAL_BASES[Gate.RECEPTION],
                reusable if lack is Lack.REUSABLE else (),
            )
        )
    return Digitisation(len(due), tuple(open_items))


def in_processing(papers: Sequence[Paper]) -> Digitisation:
    """Judge the papers that the office made itself."""
    rows = [(paper.title, paper.paper_id, _lack(paper.object_id, paper.signature_level)) for paper in papers]
    return _judged(Gate.PROCESSING, rows)


def at_return(results: Sequence[Result]) -> Digitisation:
    """Judge the results before they are handed over."""
    rows = [(result.title, result.result_id, _lack(result.object_id, result.signature_level)) for result in results]
    return _judged(Gate.RETURN, rows)


def _judged(gate: Gate, rows: Sequence[tuple[str, str, Lack | None]]) -> Digitisation:
    return Digitisation(
        len(rows),
        tuple(NotDigital(gate, title, record_id, lack, LEGAL_BASES[gate]) for title, record_id, lack in rows if lack),
    )


def _lack(object_id: str | None, signature_level: str) -> Lack | None:
    if object_id is None:
        return Lack.NOT_SCANNED
    return None if signature_level else Lack.NOT_SIGNED
