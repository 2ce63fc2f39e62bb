# SPDX-License-Identifier: GPL-3.0-or-later
"""No use case forgets to ask whether the person may."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SESSION = "DeskSession"

NO_USE_CASES = frozenset({"session.py"})
"""Where the session itself is made."""


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


def requires_first(function: ast.FunctionDef, session: str) -> bool:
    """Whether nothing is done before the right is asked for; a ``try`` that cleans up may stand around everything."""
    body = function.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    while body and isinstance(body[0], ast.Try):
        body = body[0].body
    if not body or not isinstance(body[0], ast.Expr) or not isinstance(body[0].value, ast.Call):
        return False
    call = body[0].value
    return (
        ast.unparse(call.func) == f"{session}.require"
        and len(call.args) == 1
        and isinstance(call.args[0], ast.Attribute)
        and ast.unparse(call.args[0].value) == "Right"
    )


def use_cases(tree: ast.Module) -> Iterator[tuple[str, bool]]:
    for function in public_functions(tree.body):
        session = session_parameter(function)
        if session is not None:
            yield function.name, requires_first(function, session)


def test_every_use_case_asks_for_its_right_before_anything_else(root: Path) -> None:
    found = {
        f"{path.stem}.{name}": asks
        for path in sorted((root / "workstation" / "desk").glob("*.py"))
        if path.name not in NO_USE_CASES
        for name, asks in use_cases(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert len(found) > 20
    assert [name for name, asks in found.items() if not asks] == []


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
        "forgets": False,
        "asks_too_late": False,
        "asks_of_another": False,
        "asks_for_nothing": False,
        "asks_in_time": True,
    }
