# SPDX-License-Identifier: GPL-3.0-or-later
"""The sheet that a centre puts up for each procedure: papers, time, fee, where to ask and where to complain.

Everything about the procedure comes from the catalogue version in force, word for word; what the catalogue does not say
is left out or marked, never filled in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from casework.records.procedure import Channel, Duty, Procedure, Requirement, Way
from casework.records.support_contact import SupportContact
from casework.registers.contacts import contacts_for

PORTAL: Final = "https://dichvucong.gov.vn"
NOT_STATED: Final = "chưa công bố trong danh mục"

LONGEST_QR_TEXT: Final = 300
"""Signs; more makes a code too dense to be read from a sheet on a wall."""

_CHANNELS: Final = {Channel.COUNTER: "Trực tiếp", Channel.ONLINE: "Trực tuyến", Channel.POST: "Bưu chính công ích"}
_MOST_CONTACTS: Final = 3


@dataclass(frozen=True, slots=True)
class SheetWay:
    """One way of handing in, as the sheet tells it."""

    channel: str
    time_limit: str
    fee: str


@dataclass(frozen=True, slots=True)
class PublicSheet:
    """What stands on the sheet of a procedure.

    Attributes:
        procedure_code: E.g. ``1.001193``.
        procedure_name: Official name.
        field: Lĩnh vực.
        legal_basis: Number of the decision that published it.
        catalogue_version: The catalogue it was taken from.
        printed_on: The day of which it tells.
        to_submit: Papers to hand in, each with its case where it has one.
        to_present: Papers only to be shown.
        ways: In the catalogue's order.
        unit_name: The centre.
        contacts: Name, post and telephone of who can be asked, at most three.
        feedback_addresses: Where to praise and to complain.
        qr_text: Content of the code beside the title.
    """

    procedure_code: str
    procedure_name: str
    field: str
    legal_basis: str
    catalogue_version: str
    printed_on: dt.date
    to_submit: tuple[str, ...]
    to_present: tuple[str, ...]
    ways: tuple[SheetWay, ...]
    unit_name: str
    contacts: tuple[str, ...]
    feedback_addresses: tuple[str, ...]
    qr_text: str


def public_sheet(
    procedure: Procedure,
    unit_name: str,
    contacts: Iterable[SupportContact],
    feedback_addresses: Iterable[str],
    day: dt.date,
) -> PublicSheet:
    """Lay out the sheet of a procedure.

    Args:
        procedure: From the catalogue in force.
        unit_name: Of the centre.
        contacts: The list of support officers.
        feedback_addresses: Telephone, box, pages, as published.
        day: On which it is put up.
    """
    asked = contacts_for(contacts, day, field=procedure.field)[:_MOST_CONTACTS]
    return PublicSheet(
        procedure_code=procedure.code,
        procedure_name=procedure.name,
        field=procedure.field,
        legal_basis=procedure.legal_basis or NOT_STATED,
        catalogue_version=procedure.catalogue_version,
        printed_on=day,
        to_submit=_papers(procedure.requirements, Duty.SUBMIT),
        to_present=_papers(procedure.requirements, Duty.PRESENT),
        ways=tuple(_way(way) for way in procedure.ways),
        unit_name=unit_name,
        contacts=tuple(", ".join(filter(None, (who.name, who.position, who.phone, who.hours))) for who in asked),
        feedback_addresses=tuple(feedback_addresses),
        qr_text=_qr_text(procedure, unit_name),
    )


def _papers(requirements: Iterable[Requirement], duty: Duty) -> tuple[str, ...]:
    return tuple(
        f"{requirement.name} ({requirement.condition})" if requirement.condition else requirement.name
        for requirement in requirements
        if requirement.duty is duty
    )


def _way(way: Way) -> SheetWay:
    return SheetWay(_CHANNELS[way.channel], _time_limit(way), way.fee.source_text or NOT_STATED)


def _time_limit(way: Way) -> str:
    text = way.time_limit.source_text or NOT_STATED
    return f"{text} (danh mục không ghi đơn vị thời gian)" if text.isdigit() else text


def _qr_text(procedure: Procedure, unit_name: str) -> str:
    """Tell code, portal, centre and name; the name is cut where all would not fit."""
    before = f"{procedure.code}\n{PORTAL}\n{unit_name[:120]}\n"
    return before + procedure.name[: LONGEST_QR_TEXT - len(before)]
