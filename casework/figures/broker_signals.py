# SPDX-License-Identifier: GPL-3.0-or-later
"""Signals that somebody may be filing for others as a trade ("cò"): the same hand or telephone for many strangers.

A signal is a reason to look, with the dossiers to look at, and nothing more. It names nobody, it is kept in no list of
persons, and no rule anywhere refuses or delays a dossier because of it: whoever is authorised may file for others.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from casework.figures.period import Period
from casework.guard.representation import CLOSE_RELATIVES
from casework.guard.telephones import comparable_phone
from casework.records.participation import HelperKind, Part, Relationship

SHORTEST_PHONE: Final = 9
"""Digits of a Vietnamese telephone number without its leading 0; what is shorter is none."""

_ACTS_FOR_OTHERS: Final = frozenset({Part.LEGAL_REPRESENTATIVE, Part.ORGANISATION_REPRESENTATIVE})
_HELPS_BY_OFFICE: Final = frozenset({HelperKind.CLERK, HelperKind.DIGITAL_TEAM})


class SignalKind(enum.StrEnum):
    """What the dossiers of a signal share."""

    SAME_SUBMITTER = "same-submitter"
    SAME_PHONE = "same-phone"


@dataclass(frozen=True, slots=True)
class Filing:
    """Who filed a dossier for whom. Holds personal data; what is made of it here does not.

    Attributes:
        dossier_id: The dossier.
        received_at: Aware.
        field: Lĩnh vực as the catalogue names it.
        submitter_id: ``person_id`` or identification number of who handed it in; the same kind in all filings.
        applicant_id: The same of whose request it is.
        part: As what the submitter acts.
        relationship: Of the submitter to the applicant, or None when it is not on record.
        helper_kind: Who helped, where the submitter is noted as a helper; anybody may call himself one.
        has_authorisation: Whether an authorisation by the applicant is on record.
        phone: Telephone left with the dossier, as told, or empty.
    """

    dossier_id: str
    received_at: dt.datetime
    field: str
    submitter_id: str
    applicant_id: str
    part: Part = Part.SUBMITTER
    relationship: Relationship | None = None
    helper_kind: HelperKind | None = None
    has_authorisation: bool = False
    phone: str = ""

    @property
    def is_exempt(self) -> bool:
        """Whether it tells nothing: by a representative by law or of an organisation, or by a relative.

        Nor does one by a helper who is a clerk or of the digital team. A relative who is not a close one needs an
        authorisation on record.
        """
        if self.part in _ACTS_FOR_OTHERS or self.relationship in CLOSE_RELATIVES:
            return True
        if self.part is Part.HELPER and self.helper_kind in _HELPS_BY_OFFICE:
            return True
        return self.relationship is Relationship.OTHER_RELATIVE and self.has_authorisation

    @property
    def is_own(self) -> bool:
        """Whether the applicant handed it in herself."""
        return self.part is Part.APPLICANT or self.submitter_id == self.applicant_id

    @property
    def phone_key(self) -> str:
        """The telephone in a form that can be compared, or empty when it is none."""
        digits = comparable_phone(self.phone)
        return digits if len(digits) >= SHORTEST_PHONE else ""


@dataclass(frozen=True, slots=True)
class SignalThresholds:
    """From how many applicants on something is a signal.

    Attributes:
        overall: Different applicants of one period over all fields, at least 2.
        by_field: The same within one field, for fields that deserve a closer look.
    """

    overall: int = 10
    by_field: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BrokerSignal:
    """A reason to look.

    Attributes:
        kind: What the dossiers share.
        field: The field it was found in; empty when over all.
        applicant_count: Number of different applicants.
        threshold: From how many on it is a signal.
        dossier_ids: The evidence, sorted.
        reason: In Vietnamese, without names and numbers of people.
    """

    kind: SignalKind
    field: str
    applicant_count: int
    threshold: int
    dossier_ids: tuple[str, ...]
    reason: str


def broker_signals(filings: Iterable[Filing], period: Period, thresholds: SignalThresholds) -> tuple[BrokerSignal, ...]:
    """Look for the same submitter or telephone for many unrelated applicants, those with the most applicants first.

    Who files her own dossier counts for the telephone, because a telephone of somebody else may be left with it, and
    not for the submitter. A field's own signal stands in for the one over all fields that rests on the same dossiers.
    """
    counted = [filing for filing in filings if period.contains(filing.received_at) and not filing.is_exempt]
    strangers = [filing for filing in counted if not filing.is_own]
    signals = [
        *_signals(SignalKind.SAME_SUBMITTER, strangers, lambda filing: filing.submitter_id, period, thresholds),
        *_signals(SignalKind.SAME_PHONE, counted, lambda filing: filing.phone_key, period, thresholds),
    ]
    return tuple(sorted(signals, key=lambda item: (-item.applicant_count, item.kind, item.field, item.dossier_ids)))


def _signals(
    kind: SignalKind,
    filings: list[Filing],
    shared: Callable[[Filing], str],
    period: Period,
    thresholds: SignalThresholds,
) -> list[BrokerSignal]:
    by_key: dict[str, list[Filing]] = defaultdict(list)
    for filing in filings:
        if shared(filing):
            by_key[shared(filing)].append(filing)
    signals = []
    for group in by_key.values():
        found = [
            _signal(kind, [filing for filing in group if filing.field == name], name, threshold, period)
            for name, threshold in sorted(thresholds.by_field.items())
        ]
        everywhere = _signal(kind, group, "", thresholds.overall, period)
        if everywhere and all(item is None or item.dossier_ids != everywhere.dossier_ids for item in found):
            found.append(everywhere)
        signals += [item for item in found if item]
    return signals


def _signal(kind: SignalKind, group: list[Filing], name: str, threshold: int, period: Period) -> BrokerSignal | None:
    applicants = len({filing.applicant_id for filing in group})
    if applicants < max(threshold, 2):
        return None
    dossier_ids = tuple(sorted({filing.dossier_id for filing in group}))
    shared = "Cùng một người nộp" if kind is SignalKind.SAME_SUBMITTER else "Cùng một số điện thoại liên hệ"
    where = f" lĩnh vực {name}" if name else ""
    reason = (
        f"{shared} ở {len(dossier_ids)} hồ sơ{where} của {applicants} chủ hồ sơ khác nhau, chưa ghi nhận quan hệ thân "
        f"nhân hoặc tổ chức (kỳ xem xét: {period.in_words()}; ngưỡng: {threshold}). Đây chỉ là dấu hiệu để xem xét, "
        "không phải kết luận và không là lý do từ chối hồ sơ. Đề nghị kiểm tra giấy ủy quyền."
    )
    return BrokerSignal(kind, name, applicants, threshold, dossier_ids, reason)
