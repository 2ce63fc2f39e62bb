# SPDX-License-Identifier: GPL-3.0-or-later
"""Several procedures in one visit (hồ sơ liên thông): one parent, a part for each procedure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casework.records.dossier import DossierState


@dataclass(frozen=True, slots=True)
class JointPart:
    """One procedure of a joint dossier, with a state, a due date and a result of its own.

    Attributes:
        part_id: UUIDv7; the ``dossier_id`` of the part where it is a dossier of its own.
        position: Order of the results, from 0.
        title: E.g. "Đăng ký khai sinh".
        procedure_code: E.g. ``1.001193``; empty when the source names none.
        agency: Who decides it.
        state: Where its work stands.
        due_at: Aware moment, or None while nobody has promised one.
        result_kind: E.g. ``KQ.G15.000031``; empty when none is known.
    """

    part_id: str
    position: int
    title: str
    procedure_code: str
    agency: str
    state: DossierState
    due_at: dt.datetime | None
    result_kind: str = ""


@dataclass(frozen=True, slots=True)
class JointDossier:
    """One visit with one receipt.

    Attributes:
        joint_id: UUIDv7: the ``dossier_id`` of the parent, whose code stands on the receipt.
        procedure_code: E.g. ``2.000986``.
        received_at: Aware moment.
        parts: In order of position, at least two.
    """

    joint_id: str
    procedure_code: str
    received_at: dt.datetime
    parts: tuple[JointPart, ...]
