# SPDX-License-Identifier: GPL-3.0-or-later
"""A draft as the database holds it, with everything that the form works out from it; made in a lane."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from PyQt6.QtGui import QImage

from casework.errors import KnownError
from workstation.desk.find_procedure import ProcedureSheet, lay_out_procedure
from workstation.desk.keep_draft import DraftField, DraftForm, open_draft
from workstation.desk.session import DeskSession
from workstation.ui.pictures import small_picture


@dataclass(frozen=True, slots=True)
class DraftSnapshot:
    """What the form shows of a draft.

    Attributes:
        form: Fields, pages and papers.
        sheet: The procedure for these papers; None while none is chosen, or when it cannot be laid out.
        pictures: Small, by ``page_id``; those that were not known before.
        problem: Why the procedure cannot be laid out, or None.
    """

    form: DraftForm
    sheet: ProcedureSheet | None = None
    pictures: Mapping[str, QImage] = field(default_factory=dict, repr=False)
    problem: KnownError | None = None


EMPTY = DraftSnapshot(DraftForm("", {}, (), ()))
"""What an empty form shows."""


def load_draft(session: DeskSession, dossier_id: str, known_pictures: Collection[str]) -> DraftSnapshot:
    """Read a draft; a procedure that is no longer in the catalogue keeps nobody from opening it.

    Args:
        session: The desk.
        dossier_id: The draft.
        known_pictures: ``page_id`` of pages whose picture is already on the screen.
    """
    form = open_draft(session, dossier_id)
    code = form.fields.get(DraftField.PROCEDURE_CODE, "")
    sheet, problem = None, None
    try:
        sheet = lay_out_procedure(session, code, form.papers, form.fields) if code else None
    except KnownError as error:
        problem = error
    pictures = {
        page.page_id: small_picture(page.thumbnail)
        for page in form.pages
        if page.thumbnail and page.page_id not in known_pictures
    }
    return DraftSnapshot(form, sheet, pictures, problem)
