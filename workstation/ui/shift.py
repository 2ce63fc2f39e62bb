# SPDX-License-Identifier: GPL-3.0-or-later
"""A clerk's shift, from sign-in to sign-out: her pages, the ways between them, the card reader, the courier."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PyQt6.QtCore import QObject, Qt, QTimer, pyqtSignal
from PyQt6.QtWidgets import QApplication, QDialog

from casework.errors import KnownError
from casework.records.settings import Settings
from casework.rights import Right
from casework.work_calendar import VIET_NAM
from workstation.desk.background_wire import BackgroundNews
from workstation.desk.change_settings import read_settings
from workstation.desk.counter_devices import CounterDevices
from workstation.desk.desk_settings import DeskSettings
from workstation.desk.list_drafts import DraftRow, list_drafts
from workstation.desk.receive_dossier import Received
from workstation.desk.reconcile import SyncGlance
from workstation.desk.sentences import sentence
from workstation.desk.session import DeskSession
from workstation.desk.signing_sitting import open_sitting
from workstation.ui.background_watch import BackgroundWatch
from workstation.ui.bench import Bench
from workstation.ui.courier_watch import CourierWatch
from workstation.ui.dossier_page import DossierPage
from workstation.ui.help_page import HelpPage
from workstation.ui.home_page import HomePage
from workstation.ui.idle_lock import WARNING_SECONDS, IdleLock
from workstation.ui.lanes import Lane, Lanes
from workstation.ui.main_window import MainWindow
from workstation.ui.management_page import ManagementPage
from workstation.ui.management_sections import management_sections
from workstation.ui.notice import Notice
from workstation.ui.page import KeyAction, Page
from workstation.ui.received_page import ReceivedPage
from workstation.ui.reception_page import ReceptionPage
from workstation.ui.tone import Tone
from workstation.ui.wedge import CardWedge

_log = logging.getLogger(__name__)

_PATIENCE_SECONDS: Final = 10.0
"""How long the end of a shift waits for what is under way."""


_LONGEST_OVERDUE_SECONDS: Final = 300.0
"""How long a scanner or a token at work may keep the desk open when nobody is there."""


class Shift(QObject):
    """The shift.

    Signals:
        ended: The next clerk may sign in (whether it locked by itself). Everything is written and closed; where
            something hangs, the closing is still under way in the lane in which she signs in.

    Attributes:
        session: The open desk.
        home: The list.
        reception: F2.
        received: After F12.
        dossier: One dossier whole.
    """

    ended = pyqtSignal(bool)

    def __init__(
        self,
        window: MainWindow,
        lanes: Lanes,
        session: DeskSession,
        settings: DeskSettings,
        usual_modules: Callable[[], Sequence[Path]],
        language: str,
        patience_seconds: float = _PATIENCE_SECONDS,
    ) -> None:
        """Prepare.

        Args:
            window: Where the pages go.
            lanes: For what waits.
            session: The open desk.
            settings: What IT settled.
            usual_modules: Finds token modules where systems put them.
            language: ``vi`` or ``en``, for sentences.
            patience_seconds: How long its end waits for what is under way.
        """
        super().__init__(window)
        self._window = window
        self._lanes = lanes
        self.session = session
        self._devices = CounterDevices(settings)
        self._bench = Bench(session, self._devices, lanes, language, self)
        self.home = HomePage(self._bench)
        self.reception = ReceptionPage(self._bench, lambda: open_sitting(settings, usual_modules, session.clock()))
        self.received = ReceivedPage(self._bench)
        self.dossier = DossierPage(self._bench)
        self.management = ManagementPage(management_sections(self._bench))
        self._help = HelpPage()
        self._first_page: Page = self.home if session.may(Right.SEE_DOSSIERS) else self.management
        self._came_from: Page = self._first_page
        self._pages = (self.home, self.reception, self.received, self.dossier, self.management, self._help)
        self._watch = CourierWatch(self._bench)
        self._background = BackgroundWatch(self._bench)
        self._wedge = CardWedge(self._wants_cards, self)
        self._idle_lock = IdleLock(self)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(round(patience_seconds * 1000))
        self._patience.timeout.connect(self._give_up)
        self._is_over = False
        self._is_closing = False
        self._is_locked = False
        self._connect()

    def begin(self) -> None:
        """Open the desk to the clerk: the form that was on the screen when the power went, else the list."""
        window_keys = {
            Qt.Key.Key_F1: KeyAction(self._show_help),
            Qt.Key.Key_F2: KeyAction(self._receive, is_enabled=self.session.may(Right.RECEIVE)),
            Qt.Key.Key_F9: KeyAction(self._watch.send_now),
            Qt.Key.Key_F10: KeyAction(self._manage),
        }
        unit, clerk = self.session.workstation.unit, self.session.clerk
        self._window.show_somebody(unit.name, clerk.full_name, window_keys)
        self._window.show_page(self._first_page)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self._wedge)
            application.installEventFilter(self._idle_lock)
        self._bench.run(Lane.DATABASE, lambda: read_settings(self.session), self._watch_for_nobody)
        self._bench.run(Lane.SCANNER, self._devices.warm_up)
        self._watch.begin()
        self._background.begin()
        for code in self.session.notices:
            said = sentence(code, {}, self._bench.language)
            self._window.tell(Notice(Tone.WARN, said.happened, said.next_step, said.code, stays=True))
        if self.session.may(Right.RECEIVE):
            self._bench.run(Lane.DATABASE, lambda: list_drafts(self.session), self._offer_drafts)

    def end(self) -> None:
        """Sign out: write what is not written, let the lanes finish, close the desk."""
        if self._is_over:
            return
        if self.reception.is_busy:
            self._tell_busy()
            return
        self.reception.leave()
        self._finish()

    def lock(self, overdue_seconds: float = 0.0) -> None:
        """Nobody is there: close the desk and forget its keys; the form comes back when she signs in again.

        A scanner or a token at work is let finish first, but not for ever: every page that has come is in the store.

        Args:
            overdue_seconds: For how long the desk should have been locked by now.
        """
        if self._is_over:
            return
        # A dialog that waits for a PIN would keep the token at work.
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QDialog) and dialog.isVisible():
                dialog.reject()
        if self.reception.is_busy and overdue_seconds < _LONGEST_OVERDUE_SECONDS:
            return
        self._is_locked = True
        self.reception.keep()
        self._finish()

    def end_now(self) -> None:
        """The window is closing: write what is not written, then close; the form comes back at the next sign-in.

        A sign-out or a lock that is still under way is brought to its end.
        """
        if not self._is_over:
            self._is_over = True
            self.reception.keep()
            self._watch.stop()
            self._background.let_go()
            self._unwatch_keys()
            self._bench.end()
        self._patience.stop()
        if not self._is_closing:  # else a lane is about to do it
            self._is_closing = True
            self._devices.close()
        self._lanes.stop()
        self._lanes.give_up()  # the window goes: nobody hears what comes back from now on
        self._background.finish()
        self.session.close()

    # --- ways between the pages --------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._bench.noticed.connect(self._window.tell)
        self._bench.carried_on.connect(self._window.notices.clear)
        self._watch.glanced.connect(self._on_glanced)
        self._background.told.connect(self._on_background_news)
        self._wedge.card_read.connect(self._on_card)
        self._wedge.burst_broken.connect(self._on_broken_burst)
        self._window.sign_out_wanted.connect(self.end)
        self._idle_lock.warned.connect(self._warn_of_lock)
        self._idle_lock.stirred.connect(self._window.notices.clear)
        self._idle_lock.idled.connect(self.lock)
        self.home.opened.connect(self._open)
        self.home.continued.connect(self._continue)
        self.home.card_laid.connect(self._receive)
        self.home.printed.connect(self._print)
        self.reception.left.connect(lambda: self._go_to(self.home))
        self.reception.received.connect(self._on_received)
        self.reception.saved.connect(self._on_saved)
        self.received.left.connect(lambda: self._go_to(self.home))
        self.received.next_wanted.connect(self._receive)
        self.received.card_laid.connect(self._receive)
        self.dossier.left.connect(lambda: self._go_to(self.home))
        self.dossier.find_wanted.connect(self._find)
        self.management.left.connect(self._leave_management)
        self._help.left.connect(lambda: self._go_to(self._came_from))

    def _go_to(self, page: Page) -> None:
        self._window.strip.show_saved("")
        if page is not self._window.page:
            self._bench.forget_question()
            self._window.notices.clear()
        self._window.show_page(page)

    def _receive(self, card_text: str = "") -> None:
        if self.reception.is_busy:
            self._tell_busy()
            return
        if self._window.page is self._help and self._came_from is self.reception:
            self._go_to(self.reception)
            return
        self.reception.begin_new(card_text)
        self._go_to(self.reception)

    def _tell_busy(self) -> None:
        self._window.tell(Notice(Tone.WARN, self.tr("Scanner or token are still at work.")))

    def _continue(self, dossier_id: str) -> None:
        self.reception.continue_with(dossier_id)
        self._go_to(self.reception)

    def _open(self, dossier_id: str) -> None:
        self.dossier.show_dossier(dossier_id)
        self._go_to(self.dossier)

    def _print(self, dossier_id: str) -> None:
        self._go_to(self.dossier)
        self.dossier.print_receipt(dossier_id)

    def _find(self) -> None:
        self._go_to(self.home)
        self.home.begin_search()

    def _manage(self) -> None:
        self._go_to(self.management)

    def _leave_management(self) -> None:
        if self._first_page is not self.management:
            self._go_to(self._first_page)

    def _show_help(self) -> None:
        page = self._window.page
        if page is self._help:
            self._help.escape()
        elif page is not None:
            self._came_from = page
            self._go_to(self._help)

    def _offer_drafts(self, drafts: tuple[DraftRow, ...]) -> None:
        interrupted = [draft for draft in drafts if draft.was_on_screen]
        if interrupted and self._window.page is self.home:
            self._continue(interrupted[0].dossier_id)
            happened = self.tr("This dossier was on the screen when the program ended.")
            self._window.tell(Notice(Tone.PLAIN, happened, self.tr("Nothing is lost; go on where you were.")))

    def _on_received(self, received: Received) -> None:
        self.received.show_received(received)
        self._go_to(self.received)
        self._watch.look()

    # --- cards and news ----------------------------------------------------------------------------------------------

    def _wants_cards(self) -> bool:
        page = self._window.page
        return QApplication.activeModalWidget() is None and page is not None and page.wants_cards

    def _on_card(self, text: str) -> None:
        page = self._window.page
        if page is not None and page.wants_cards:
            page.take_card(text)

    def _on_broken_burst(self) -> None:
        self._bench.tell_error(KnownError("card-unreadable", retryable=True))

    def _on_glanced(self, glance: SyncGlance) -> None:
        self._window.strip.show_glance(glance, self.session.clock())

    def _on_background_news(self, news: BackgroundNews) -> None:
        if news.is_trouble:
            said = sentence(news.code, news.details, self._bench.language)
            self._bench.tell(Notice(Tone.WARN, said.happened, said.next_step, said.code, stays=True))

    def _on_saved(self) -> None:
        if self._window.page is self.reception:
            now = self.session.clock().astimezone(VIET_NAM)
            self._window.strip.show_saved(self.tr("Draft kept at {time}").format(time=f"{now:%H:%M:%S}"))

    def _watch_for_nobody(self, settings: Settings) -> None:
        self._idle_lock.start(settings.idle_lock_minutes)

    def _warn_of_lock(self) -> None:
        happened = self.tr("Nobody is here? The desk locks in {seconds} seconds.").format(seconds=WARNING_SECONDS)
        self._window.tell(
            Notice(Tone.WARN, happened, self.tr("Press any key to go on; nothing that was typed is lost."))
        )

    # --- the end -----------------------------------------------------------------------------------------------------

    def _finish(self) -> None:
        """Let the lanes finish, then close; a driver that hangs does not keep the keys."""
        self._is_over = True
        self._watch.stop()
        self._background.let_go()
        self._leave_window()
        self._lanes.idled.connect(self._close)
        self._patience.start()
        # Also something to wait for, in case everything is idle already.
        self._lanes.run(Lane.DATABASE, self._background.finish, on_error=self._bench.tell_error)

    def _leave_window(self) -> None:
        self._unwatch_keys()
        self._bench.end()
        self._window.show_nobody()

    def _unwatch_keys(self) -> None:
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self._wedge)
            application.removeEventFilter(self._idle_lock)
        self._idle_lock.stop()

    def _close(self) -> None:
        if self._is_closing:
            return
        self._is_closing = True
        self._lanes.run(
            Lane.DATABASE, self._close_all, on_done=lambda _: self._on_closed(), on_error=self._on_closed_badly
        )

    def _close_all(self) -> None:
        """Not on the GUI thread: the last connection brings the log into the database, with several syncs."""
        self.session.close()
        self._devices.close()

    def _on_closed(self) -> None:
        self._patience.stop()
        self._part()
        self.deleteLater()

    def _on_closed_badly(self, error: Exception) -> None:
        self._on_closed()
        self._on_not_closed(error)

    def _give_up(self) -> None:
        """Take the store and the devices away from what hangs; nobody hears how that ends."""
        _log.warning("something hangs; the desk is closed all the same")
        self._is_closing = True
        self._lanes.give_up()
        self._lanes.run(
            Lane.DATABASE, self._close_store, on_done=lambda _: self.deleteLater(), on_error=self._on_not_closed
        )
        # Not before the keys are gone, nor in their lane: a worker may hang where it cannot even be killed.
        self._lanes.run(Lane.SCANNER, self._devices.close, on_error=self._on_not_closed)
        self._part()

    def _close_store(self) -> None:
        self._background.finish()
        self.session.close()

    def _on_not_closed(self, error: Exception) -> None:
        self._window.tell(Notice.of_error(error, self._bench.language))

    def _part(self) -> None:
        for page in self._pages:
            self._window.remove_page(page)
        self.ended.emit(self._is_locked)
