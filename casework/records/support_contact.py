# SPDX-License-Identifier: GPL-3.0-or-later
"""An officer whom the centre has named for questions: published, and known without a network."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SupportContact:
    """One line of the published list of support officers.

    Attributes:
        contact_id: UUIDv7.
        name: Full name.
        position: Post; may be empty.
        area: Thôn, tổ dân phố or former commune; empty for the whole commune.
        fields: Fields (lĩnh vực); empty for all.
        phone: As dialled.
        hours: As published, e.g. "7:00–17:00, thứ Hai đến thứ Sáu".
        listed_from: First day on the list.
        listed_to: Last day on the list; None while she is.
    """

    contact_id: str
    name: str
    position: str
    area: str
    fields: tuple[str, ...]
    phone: str
    hours: str
    listed_from: dt.date
    listed_to: dt.date | None = None
