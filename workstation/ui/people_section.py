# SPDX-License-Identifier: GPL-3.0-or-later
"""The people of the desk: who may sign in, what each may do, whose drafts wait for somebody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from PyQt6.QtCore import QModelIndex, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QPushButton

from casework.records.workplace import Clerk
from casework.rights import Right
from workstation.desk.add_clerk import NewClerk, add_clerk
from workstation.desk.change_clerk import change_roles, rename_clerk
from workstation.desk.change_set import ChangeSet
from workstation.desk.list_clerks import ClerkRow, list_clerks
from workstation.desk.password_rule import require_good_password
from workstation.desk.reset_password import reset_password
from workstation.desk.revoke_clerk import revoke_clerk
from workstation.desk.take_over_drafts import take_over_drafts
from workstation.ui.bench import Bench
from workstation.ui.clerk_form import ClerkForm
from workstation.ui.clerk_model import ClerkColumn, ClerkModel
from workstation.ui.lanes import Lane
from workstation.ui.notice import Notice
from workstation.ui.row_table import RowTable
from workstation.ui.section import Section, primary_button
from workstation.ui.tone import Tone

_ROW_HEIGHT: Final = 34
_TABLE_HEIGHT: Final = 180


@dataclass(frozen=True, slots=True)
class _Done:
    clerk_id: str
    changes: ChangeSet = field(default_factory=ChangeSet)


class PeopleSection(Section):
    """The section.

    Attributes:
        model: Everybody.
        table: The list.
        form: One person.
    """

    def __init__(self, bench: Bench) -> None:
        may_manage = bench.session.may(Right.MANAGE_CLERKS)
        keys = self.tr("Who may sign in at this computer. Insert adds somebody, Enter changes, Delete twice revokes.")
        super().__init__(bench, self.tr("People"), keys if may_manage else self.tr("Who may sign in at this computer."))
        self._may_manage = may_manage
        self._shown: Clerk | None = None
        self.model = ClerkModel(self)
        self.table = _Table(self.model)
        self.table.setAccessibleName(self.tr("People"))
        self.form = ClerkForm()
        self._keep, self._new = primary_button(""), QPushButton(self.tr("Somebody new  Insert"))
        self._take = QPushButton(self.tr("Take over the open drafts"))
        self.add_part(self.table)
        self.add_part(self.form)
        self.finish(self._keep, self._new, self._take)
        for part in (self.form, self._keep, self._new):
            part.setVisible(self._may_manage)
        self._take.setVisible(bench.session.may(Right.TAKE_OVER_DRAFTS) and bench.session.may(Right.RECEIVE))
        selection = self.table.selectionModel()
        if selection is not None:
            selection.currentRowChanged.connect(lambda index, _: self._show(self.model.row_at(index)))
        if may_manage:
            self.table.entered_row.connect(self.form.begin)
        self.table.asked_for_new.connect(self._begin_new)
        self.table.deleted_row.connect(self._revoke)
        self.form.finished.connect(self._on_keep)
        self._keep.clicked.connect(self._on_keep)
        self._new.clicked.connect(self._begin_new)
        self._take.clicked.connect(self._on_take)
        self._show(None)

    def arrive(self) -> None:
        """Override Section::arrive."""
        super().arrive()
        self._refresh()

    def enter(self) -> None:
        """Override Section::enter."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refresh(self, current: str = "") -> None:
        session = self._bench.session
        self._bench.run(
            Lane.DATABASE, lambda: list_clerks(session), lambda rows: self._fill(rows, current), self.say_error
        )

    def _fill(self, rows: tuple[ClerkRow, ...], current: str) -> None:
        self.model.show_rows(rows)
        numbers = [number for number, row in enumerate(rows) if row.clerk.clerk_id == current]
        self.table.setCurrentIndex(self.model.index(numbers[0] if numbers else 0, 0))

    def _show(self, row: ClerkRow | None) -> None:
        self._shown = row.clerk if row is not None else None
        is_here = self._shown is None or self._shown.revoked_at is None
        self.form.show_clerk(self._shown)
        self.form.setEnabled(is_here)
        self._keep.setEnabled(is_here)
        self._keep.setText(self.tr("Add this person") if self._shown is None else self.tr("Keep the changes"))
        own_id = self._bench.session.clerk.clerk_id
        others_drafts = row is not None and row.open_drafts > 0 and row.clerk.clerk_id != own_id
        self._take.setEnabled(others_drafts)

    def _begin_new(self) -> None:
        if self._may_manage:
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())
            self._show(None)
            self.form.begin()

    def _on_keep(self) -> None:
        if not self._keep.isEnabled():
            return
        session, form, shown = self._bench.session, self.form, self._shown
        name, roles, login, password = form.name, form.roles, form.login, form.take_password()
        if shown is None:
            new = NewClerk(login, name, roles, password)
            self._run(
                lambda: _Done(add_clerk(session, new).clerk_id), self.tr("{name} can sign in now.").format(name=name)
            )
            return

        def change() -> _Done:
            if password:
                require_good_password(password)  # before anything is changed
            rename_clerk(session, shown.clerk_id, name)
            change_roles(session, shown.clerk_id, roles)
            if password:
                reset_password(session, shown.clerk_id, password)
            return _Done(shown.clerk_id)

        self._run(change, self.tr("The changes are kept. Other roles count from the next sign-in."))

    def _revoke(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is None or not self._may_manage or row.clerk.revoked_at is not None:
            return
        clerk, session = row.clerk, self._bench.session
        if not self._bench.is_insisted(f"revoke {clerk.clerk_id}"):
            happened = self.tr("{name} shall not sign in any more?").format(name=clerk.full_name)
            self.say(Notice(Tone.WARN, happened, self.tr("Press Delete once more.")))
            return

        def revoke() -> _Done:
            revoke_clerk(session, clerk.clerk_id)
            return _Done(clerk.clerk_id)

        self._run(revoke, self.tr("{name} cannot sign in any more.").format(name=clerk.full_name))

    def _on_take(self) -> None:
        shown, session = self._shown, self._bench.session
        if shown is None or not self._take.isEnabled():
            return

        def take() -> _Done:
            changes = take_over_drafts(session, shown.clerk_id, session.clerk.clerk_id)
            return _Done(shown.clerk_id, changes)

        self._run(take, self.tr("The drafts are in your list now."))

    def _run(self, work: Callable[[], _Done], good: str) -> None:
        """Do something to a person and say that it worked, or why it did not."""
        self._keep.setEnabled(False)
        self.say(None)

        def on_done(done: _Done) -> None:
            self._bench.carried_on.emit()
            self._bench.announce(done.changes)
            self.say(Notice(Tone.GOOD, good))
            self._keep.setEnabled(True)
            self._refresh(done.clerk_id)
            self.enter()

        def on_error(error: Exception) -> None:
            self._keep.setEnabled(True)
            self.say_error(error)
            if self._shown is not None:  # part of it may be done: a revoked clerk whose key slot stays
                self._refresh(self._shown.clerk_id)

        self._bench.run(Lane.DATABASE, work, on_done, on_error)


class _Table(RowTable):
    """The list.

    Signals:
        asked_for_new: Insert.
    """

    asked_for_new = pyqtSignal()

    def __init__(self, model: ClerkModel) -> None:
        super().__init__(model, ClerkColumn.ROLES, _ROW_HEIGHT)
        self.setObjectName("boxed")
        self.setFixedHeight(_TABLE_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Override QWidget::keyPressEvent."""
        if event is not None and event.key() == Qt.Key.Key_Insert:
            self.asked_for_new.emit()
        else:
            super().keyPressEvent(event)
