# SPDX-License-Identifier: GPL-3.0-or-later
"""Settle an address in the units of today, or ask; never guess, and never ask for a paper.

A former ward that went as a whole to one commune is converted. One that was divided is a question for the hamlet, and
the clerk chooses; so are namesakes, older names and addresses without a district. Nobody may be asked to prove that the
old and the new address are the same (duty 5), so both texts are kept and shown side by side.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from casework.errors import BugError
from casework.records.address import Address, AddressDecision
from casework.text import clean, fold
from casework.units import Commune, UnitMatch, UnitMatchKind, Units

_LINE_BREAK: Final = re.compile(r"[\s,]*\n[\s,]*")


class QuestionKind(enum.StrEnum):
    """Why an address cannot be settled without the clerk."""

    DIVIDED = "divided"
    SEVERAL = "several"
    CONFIRM = "confirm"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class AddressQuestion:
    """What the clerk has to find out.

    Attributes:
        kind: ``DIVIDED`` when one former ward went to several communes, ``SEVERAL`` when several units are meant by the
            text, ``CONFIRM`` when one answer is likely, ``UNKNOWN`` when no unit was recognised.
        match: What was recognised.
        written: As on the paper, NFC.
    """

    kind: QuestionKind
    match: UnitMatch
    written: str

    @property
    def candidates(self) -> tuple[Commune, ...]:
        """What to choose from; empty for ``UNKNOWN``, where every commune may be meant."""
        return self.match.candidates

    @property
    def hamlet_written(self) -> str:
        """House number, street, hamlet as the paper has them in front of the units."""
        return self.match.rest if self.match.candidates else ""

    @property
    def words(self) -> str:
        """The question in Vietnamese."""
        names = ", ".join(commune.name for commune in self.candidates)
        former = self.match.former.split(",", 1)[0]
        return {
            QuestionKind.DIVIDED: f"{former} cũ nay thuộc {names}. Nơi cư trú ở thôn, ấp, tổ dân phố nào?",
            QuestionKind.SEVERAL: f"Địa chỉ này có thể thuộc {names}. Nơi cư trú ở xã, phường nào?",
            QuestionKind.CONFIRM: f"Địa chỉ này nay có phải thuộc {names} không?",
            QuestionKind.UNKNOWN: "Chưa nhận ra xã, phường trong địa chỉ. Nơi cư trú nay thuộc xã, phường nào?",
        }[self.kind]


def settle(written: str, units: Units | None = None) -> Address | AddressQuestion:
    """Find the commune of today.

    Args:
        written: The address as on the paper, in old or new units; it is kept to the letter.
        units: The units to look in; None for those that ship with the product.
    """
    kept = unicodedata.normalize("NFC", written)
    match = (units or Units.shipped()).find(written)
    if match.kind is UnitMatchKind.CURRENT and match.commune is not None:
        return Address(kept, "", match.commune.code, _on_one_line(kept), AddressDecision.ALREADY_CURRENT)
    if match.kind is UnitMatchKind.CONVERTED and match.commune is not None:
        return Address(kept, "", match.commune.code, match.new_address, AddressDecision.CONVERTED)
    return AddressQuestion(_kind(match), match, kept)


def answer(question: AddressQuestion, hamlet: str, commune: Commune) -> Address:
    """Settle an address by what the citizen said.

    Args:
        question: What was asked.
        hamlet: As told, or empty when the paper has it.
        commune: The clerk's choice. Only a divided ward is certain enough to rule out every commune that is not among
            the candidates; where the text was not, the citizen knows better.

    Raises:
        BugError: When a divided ward never went to that commune.
    """
    if question.kind is QuestionKind.DIVIDED and commune not in question.candidates:
        raise BugError("a commune that was not offered")
    told = clean(hamlet)
    rest = question.hamlet_written
    parts = [rest, told] if told and not _names(rest, told) else [rest]
    current = ", ".join(part for part in (*parts, commune.name, commune.province_name) if part)
    return Address(question.written, told, commune.code, current, AddressDecision.CHOSEN_BY_CLERK)


def leave_open(question: AddressQuestion, hamlet: str = "") -> Address:
    """Keep an address undecided, with what was told; the dossier is received all the same."""
    return Address(question.written, clean(hamlet))


def both_addresses(address: Address) -> str:
    """Give the line for screen and forms: old and new address side by side, or one when there is only one."""
    written = _on_one_line(address.written)
    if not address.current or fold(address.current) == fold(written):
        return written
    return f"{written} ⇄ {address.current}"


def conversion_note(address: Address) -> str:
    """Give the note on a form that makes any paper about the new names needless; empty when names are the same."""
    written = _on_one_line(address.written)
    if not address.current or fold(address.current) == fold(written):
        return ""
    return f"{address.current} (trước ngày 01/7/2025: {written})"


def _on_one_line(text: str) -> str:
    return clean(_LINE_BREAK.sub(", ", text.strip()))


def _kind(match: UnitMatch) -> QuestionKind:
    if not match.candidates:
        return QuestionKind.UNKNOWN
    if len(match.candidates) == 1:
        return QuestionKind.CONFIRM
    return QuestionKind.DIVIDED if match.former else QuestionKind.SEVERAL


def _names(rest: str, told: str) -> bool:
    return fold(told) in {fold(part) for part in rest.split(",")}
