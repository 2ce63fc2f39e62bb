# SPDX-License-Identifier: GPL-3.0-or-later
"""How states, moments and amounts are said on the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Final

from PyQt6.QtCore import QCoreApplication

from casework.identity_card import CardWarning
from casework.reception import ItemState
from casework.records.dossier import DossierState, HistoryAction, PortalState
from casework.records.paper import PaperForm
from casework.records.person import Sex
from casework.records.procedure import Channel, Fee
from casework.records.workplace import Role
from casework.work_calendar import VIET_NAM
from workstation.ui.tone import Tone

translate = QCoreApplication.translate

PORTAL_TONES: Final = {
    PortalState.WAITING: Tone.WARN,
    PortalState.AT_GATEWAY: Tone.PLAIN,
    PortalState.ACCEPTED: Tone.GOOD,
    PortalState.REJECTED: Tone.BAD,
    PortalState.KEPT_HERE: Tone.SOFT,
}

ITEM_TONES: Final = {
    ItemState.SATISFIED: Tone.GOOD,
    ItemState.MISSING: Tone.BAD,
    ItemState.ONE_OF: Tone.WARN,
    ItemState.COVERED: Tone.SOFT,
    ItemState.CONDITIONAL: Tone.SOFT,
    ItemState.TO_PRESENT: Tone.PLAIN,
    ItemState.TO_LOOK_UP: Tone.WARN,
    ItemState.LOOKED_UP: Tone.GOOD,
}


def portal_words(state: PortalState) -> str:
    """Say how far the dossier has got on its way to the portal."""
    return {
        PortalState.WAITING: translate("Words", "Waiting to be sent"),
        PortalState.AT_GATEWAY: translate("Words", "At the gateway"),
        PortalState.ACCEPTED: translate("Words", "Accepted by the portal"),
        PortalState.REJECTED: translate("Words", "Rejected by the portal"),
        PortalState.KEPT_HERE: translate("Words", "Of a former system"),
    }[state]


def advice_words(advice: str) -> str:
    """Say what is wrong with a page that had better be scanned again."""
    return {
        "blurred": translate("Words", "blurred"),
        "too-dark": translate("Words", "too dark"),
        "too-pale": translate("Words", "too pale"),
        "cut-off": translate("Words", "cut off"),
        "low-resolution": translate("Words", "too coarse"),
    }[advice]


def advice_sentence(advice: Iterable[str]) -> str:
    """Say that a page had better be scanned again, and why."""
    reasons = ", ".join(advice_words(each) for each in advice)
    return translate("Words", "This page had better be scanned again: {reasons}.").format(reasons=reasons)


def advice_step(advice: str) -> str:
    """Say how a page is scanned better, with the key for it."""
    return {
        "blurred": translate("Words", "Wipe the glass, smooth the sheet, and press F5 to scan this page again."),
        "too-dark": translate("Words", "Lay the sheet flat, close the lid, and press F5 to scan this page again."),
        "too-pale": translate("Words", "If there is a clearer copy, put that in and press F5 to scan it again."),
        "cut-off": translate("Words", "Put the sheet in straight, with all its edges, and press F5 to scan it again."),
        "low-resolution": translate("Words", "Put in the paper itself, not a small picture of it, and press F5."),
    }[advice]


def whole_percent(share: float) -> int:
    """Give a share that was measured or guessed in whole percent, rounded down: what is not certain is never 100 %."""
    return min(99, int(share * 100 + 1e-9))


def item_words(state: ItemState) -> str:
    """Say how a requirement stands."""
    return {
        ItemState.SATISFIED: translate("Words", "There"),
        ItemState.MISSING: translate("Words", "Missing"),
        ItemState.ONE_OF: translate("Words", "One of these"),
        ItemState.COVERED: translate("Words", "Not needed any more"),
        ItemState.CONDITIONAL: translate("Words", "Only in that case"),
        ItemState.TO_PRESENT: translate("Words", "To be shown"),
        ItemState.TO_LOOK_UP: translate("Words", "To be looked up by the office"),
        ItemState.LOOKED_UP: translate("Words", "Looked up"),
    }[state]


def state_words(state: DossierState) -> str:
    """Say where the work on a dossier stands."""
    return {
        DossierState.REGISTERED: translate("Words", "Registered online"),
        DossierState.RECEIVED: translate("Words", "Received"),
        DossierState.REFUSED: translate("Words", "Not accepted"),
        DossierState.PROCESSING: translate("Words", "Being processed"),
        DossierState.SUPPLEMENT_REQUESTED: translate("Words", "Papers requested"),
        DossierState.PAYMENT_REQUESTED: translate("Words", "Payment requested"),
        DossierState.WITHDRAWAL_REQUESTED: translate("Words", "Withdrawal requested"),
        DossierState.STOPPED: translate("Words", "Stopped"),
        DossierState.FINISHED: translate("Words", "Finished"),
        DossierState.RETURNED: translate("Words", "Result returned"),
    }[state]


def history_words(action: HistoryAction) -> str:
    """Say what happened to a dossier."""
    return {
        HistoryAction.RECEIVED: translate("Words", "Received at the counter"),
        HistoryAction.STATE_CHANGED: translate("Words", "State changed"),
        HistoryAction.PORTAL_ANSWERED: translate("Words", "The portal answered"),
    }[action]


def role_words(role: Role) -> str:
    """Say what somebody does at the centre."""
    return {
        Role.CLERK: translate("Words", "Clerk"),
        Role.SIGNER: translate("Words", "Signer"),
        Role.SUPERVISOR: translate("Words", "Supervisor"),
        Role.IT_ADMIN: translate("Words", "IT admin"),
    }[role]


def roles_words(roles: Collection[Role]) -> str:
    """Say what somebody may do, in the order of the roles."""
    return ", ".join(role_words(role) for role in Role if role in roles)


def sex_words(sex: Sex | None) -> str:
    """Say a sex as it is printed on the card; empty when unknown."""
    if sex is None:
        return ""
    return translate("Words", "Male") if sex is Sex.MALE else translate("Words", "Female")


def channel_words(channel: Channel) -> str:
    """Say how a file came in."""
    return {
        Channel.COUNTER: translate("Words", "at the counter"),
        Channel.ONLINE: translate("Words", "online"),
        Channel.POST: translate("Words", "by post"),
    }[channel]


def form_words(form: PaperForm) -> str:
    """Say in what form a paper was handed in."""
    return {
        PaperForm.ORIGINAL: translate("Words", "original"),
        PaperForm.CERTIFIED_COPY: translate("Words", "certified copy"),
        PaperForm.PHOTOCOPY: translate("Words", "photocopy"),
    }[form]


def card_warning_words(warning: CardWarning) -> str:
    """Say what does not fit together on a card."""
    return {
        CardWarning.UNKNOWN_PROVINCE: translate("Words", "The number names a province that does not exist."),
        CardWarning.SEX_DISAGREES: translate("Words", "The number does not fit the sex on the card."),
        CardWarning.BIRTH_YEAR_DISAGREES: translate("Words", "The number does not fit the year of birth."),
        CardWarning.ISSUED_BEFORE_BIRTH: translate("Words", "The card was issued before the date of birth."),
        CardWarning.NO_ISSUE_DATE: translate("Words", "The card does not tell its date of issue."),
        CardWarning.NO_ADDRESS: translate("Words", "The card does not tell the address."),
        CardWarning.NAME_IN_DOUBT: translate("Words", "The name may be mistyped; compare it with the card."),
        CardWarning.ADDRESS_IN_DOUBT: translate("Words", "The input method may have changed the address."),
        CardWarning.KEYSTROKES_CONVERTED: translate("Words", "Keystrokes became accents; compare with the card."),
        CardWarning.ACCENTS_LOST: translate("Words", "The reader dropped the accents; type name and address."),
    }[warning]


def fee_words(fee: Fee) -> str:
    """Say what a procedure costs, with the unit that the amount is for."""
    if fee.amount is None:
        return fee.source_text or translate("Words", "not stated")
    amount = money_words(fee.amount)
    return f"{amount}/{fee.per}" if fee.per else amount


def money_words(amount: int) -> str:
    """Say an amount of đồng."""
    if amount == 0:
        return translate("Words", "Free of charge")
    return translate("Words", "{amount} đồng").format(amount=f"{amount:,}".replace(",", "."))


def moment_words(moment: dt.datetime) -> str:
    """Say hour and day in Viet Nam: ``17:00 · 25/11/2026``."""
    return f"{moment.astimezone(VIET_NAM):%H:%M · %d/%m/%Y}"


def short_moment_words(moment: dt.datetime, now: dt.datetime) -> str:
    """Say a past moment: only the hour when it was today, without the year when it was this year."""
    local, today = moment.astimezone(VIET_NAM), now.astimezone(VIET_NAM)
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return f"{local:%H:%M · %d/%m}" if local.year == today.year else moment_words(moment)


def date_words(day: dt.date | None) -> str:
    """Say a day, ``dd/mm/yyyy``; empty for none."""
    return f"{day:%d/%m/%Y}" if day else ""


def age_words(age: dt.timedelta) -> str:
    """Say how long something has waited, in its largest unit."""
    minutes = max(0, int(age.total_seconds() // 60))
    if minutes < 1:
        return translate("Words", "less than a minute")
    if minutes < 60:
        return translate("Words", "{count} min").format(count=minutes)
    if minutes < 24 * 60:
        return translate("Words", "{count} h").format(count=minutes // 60)
    return translate("Words", "{count} d").format(count=minutes // (24 * 60))
