# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom to send a citizen to: the support officers of a day, the nearest in field and area first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from casework.records.support_contact import SupportContact
from casework.text import fold


def contacts_for(
    contacts: Iterable[SupportContact], day: dt.date, *, field: str = "", area: str = ""
) -> list[SupportContact]:
    """Give the officers who can help; those for the very field first, then those for the very area, then by name.

    An officer for all fields, or for the whole commune, helps everybody; one for another field or area helps nobody
    here.

    Args:
        contacts: The whole list.
        day: On which somebody asks.
        field: As the catalogue names it, or empty for any.
        area: As the citizen says it, or empty for any.
    """
    wanted_field, wanted_area = fold(field), fold(area)
    fitting = []
    for contact in contacts:
        fields, own_area = {fold(each) for each in contact.fields}, fold(contact.area)
        is_listed = contact.listed_from <= day and (contact.listed_to is None or day <= contact.listed_to)
        helps_field = not wanted_field or not fields or wanted_field in fields
        helps_area = not wanted_area or not own_area or wanted_area == own_area
        if is_listed and helps_field and helps_area:
            is_near = (wanted_field not in fields, wanted_area != own_area)
            fitting.append((*is_near, fold(contact.name), contact.contact_id, contact))
    return [row[-1] for row in sorted(fitting, key=lambda row: row[:-1])]


def find_contacts(contacts: Iterable[SupportContact], day: dt.date, query: str) -> list[SupportContact]:
    """Give the listed officers in whose name, post, area, fields or telephone every typed word begins a word."""
    words = fold(query).split()
    found = []
    for contact in contacts_for(contacts, day):
        text = fold(" ".join((contact.name, contact.position, contact.area, *contact.fields, contact.phone)))
        if all(f" {word}" in f" {text}" for word in words):
            found.append(contact)
    return found
