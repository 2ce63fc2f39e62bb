# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages without a form, household books, and all that says what it is and is none of the classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from demo.papers.forms import handwritten, household_books
from demo.papers.forms import others_near as near
from demo.papers.forms import others_official as official
from demo.papers.forms import others_private as private
from demo.papers.plan import Layout

_SEEN_AND_UNSEEN: Sequence[tuple[Layout, Layout]] = (
    (official.letter, official.proposal),
    (official.decision, near.divorce),
    (official.announcement, near.tax_code_notice),
    (official.invitation, official.introduction),
    (official.minutes, official.report),
    (private.curriculum, private.job_application),
    (private.school_report, private.diploma),
    (private.invoice, private.health_check),
    (private.labour_contract, near.lease),
    (private.petition, near.splitting_application),
    (near.building_permit, near.map_extract),
    (near.slip_for_more_papers, near.poor_household),
    (near.shares_of_an_estate, near.tax_declaration),
)

LAYOUTS: Mapping[str, Sequence[Layout]] = {
    "other": tuple(layout for seen_and_unseen in _SEEN_AND_UNSEEN for layout in seen_and_unseen),
    **household_books.LAYOUTS,
    **handwritten.LAYOUTS,
}
