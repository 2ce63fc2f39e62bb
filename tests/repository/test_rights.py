# SPDX-License-Identifier: GPL-3.0-or-later
"""Every use case asks whether the person may, and for the right that belongs to it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SESSION = "DeskSession"

NO_USE_CASES = frozenset({"session.py"})
"""Where the session itself is made."""

ASKED = {
    "LOOK_UP_PROCEDURES": ("find_procedure.find_procedures find_procedure.lay_out_procedure load_rules.catalogue_of"),
    "READ_SETTINGS": ("change_settings.read_settings decide_calendar.read_calendar install_rules.installed_rules"),
    "SYNCHRONISE": (
        "background_program.start_background fetch_object.take_in_fetched reconcile.reconcile reconcile.glance"
    ),
    "CHANGE_OWN_PASSWORD": "change_password.change_password",
    "RECEIVE": (
        "assign_paper.assign_paper counter_devices.learn_class learn_class.learn_class "
        "keep_draft.start_draft keep_draft.keep_fields keep_draft.open_draft "
        "keep_draft.abandon_draft list_drafts.mark_on_screen "
        "receive_dossier.receive_dossier reception_operations.tell_gateway"
    ),
    "SCAN": (
        "counter_devices.digitise counter_devices.read_left_pages digitise_papers.digitise_papers "
        "digitise_papers.read_left_pages counter_devices.turn_page turn_page.turn_page "
        "counter_devices.rescan_page rescan_page.rescan_page "
        "replace_page.find_page replace_page.own_picture replace_page.replace_page"
    ),
    "SIGN": "sign_papers.unsigned_papers sign_papers.sign_papers signing_sitting.sign",
    "SET_ASIDE_PAPERS": "remove_page.remove_page set_aside_papers.set_aside_papers",
    "DEMAND_PAPERS": "find_procedure.demand_paper",
    "SEE_DOSSIERS": (
        "fetch_object.fetch_object fetch_object.fetch_state keep_draft.require_open "
        "list_dossiers.list_dossiers list_drafts.list_drafts list_past_retention.list_past_retention"
    ),
    "SEE_PERSONS": "list_dossiers.show_dossier make_receipt.make_receipt show_page.show_page",
    "SEARCH": "search_dossiers.search_dossiers",
    "EXPORT": "export_receipt.export_receipt",
    "IMPORT_FORMER": "import_dossiers.check_import import_dossiers.import_dossiers",
    "TAKE_OVER_DRAFTS": "take_over_drafts.take_over_drafts",
    "READ_AUDIT_TRAIL": "export_audit.export_audit list_anchors.list_anchors verify_audit.verify_audit",
    "LIST_CLERKS": "list_clerks.list_clerks",
    "MANAGE_CLERKS": (
        "add_clerk.add_clerk change_clerk.change_roles change_clerk.rename_clerk "
        "clerk_operations.tell_recorded clerk_operations.tell_revoked reset_password.reset_password "
        "revoke_clerk.revoke_clerk"
    ),
    "ROTATE_KEYS": "list_key_slots.list_key_slots put_escrow_key.put_escrow_key rotate_keys.rotate_keys",
    "MAKE_RECOVERY_SHEET": "make_recovery_sheet.make_recovery_sheet",
    "TAKE_SNAPSHOT": "choose_backup_places.backup_overview",
    "CHANGE_SETTINGS": (
        "decide_calendar.import_holidays decide_calendar.set_opening_hours install_rules.install_rules "
        "change_settings.change_settings choose_backup_places.add_backup_place choose_backup_places.remove_backup_place"
        " share_corrections.desk_public_key share_corrections.export_corrections share_corrections.import_corrections "
        "share_corrections.forget_corrections"
    ),
}
"""What each use case asks for; one that is new or changed is written here as well."""


def public_functions(body: list[ast.stmt]) -> Iterator[ast.FunctionDef]:
    """Functions and methods that other modules may call."""
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from public_functions(node.body)
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def session_parameter(function: ast.FunctionDef) -> str | None:
    parameters = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
    taken = [each.arg for each in parameters if each.annotation and ast.unparse(each.annotation).strip("'") == SESSION]
    return taken[0] if taken else None


def asked_first(function: ast.FunctionDef, session: str) -> str | None:
    """The right that is asked for before anything is done; a ``try`` that cleans up may stand around everything."""
    body = function.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    while body and isinstance(body[0], ast.Try):
        body = body[0].body
    asking = re.fullmatch(rf"{session}\.require\(Right\.(\w+)\)", ast.unparse(body[0])) if body else None
    return asking[1] if asking else None


def use_cases(tree: ast.Module) -> Iterator[tuple[str, str | None]]:
    for function in public_functions(tree.body):
        session = session_parameter(function)
        if session is not None:
            yield function.name, asked_first(function, session)


def test_every_use_case_asks_for_its_right_before_anything_else(root: Path) -> None:
    found = {
        f"{path.stem}.{name}": right
        for path in sorted((root / "workstation" / "desk").glob("*.py"))
        if path.name not in NO_USE_CASES
        for name, right in use_cases(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == {name: right for right, names in ASKED.items() for name in names.split()}


def test_a_use_case_that_forgets_is_found() -> None:
    tree = ast.parse(
        '''
def forgets(session: DeskSession) -> None:
    """Does it for anybody."""
    session.store.transaction()

def asks_too_late(dossier_id: str, *, desk: DeskSession) -> None:
    desk.store.transaction()
    desk.require(Right.RECEIVE)

def asks_of_another(session: DeskSession, other: DeskSession) -> None:
    other.require(Right.RECEIVE)

def asks_for_nothing(session: DeskSession) -> None:
    session.require(wanted)

class Counter:
    def asks_in_time(self, desk: DeskSession) -> None:
        """Cleans up."""
        try:
            desk.require(Right.RECEIVE)
        finally:
            self.close()
'''
    )
    assert dict(use_cases(tree)) == {
        "forgets": None,
        "asks_too_late": None,
        "asks_of_another": None,
        "asks_for_nothing": None,
        "asks_in_time": "RECEIVE",
    }
