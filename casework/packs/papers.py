# SPDX-License-Identifier: GPL-3.0-or-later
"""Read the paper list of a procedure page: which lines are demands, in which case, through which channel."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from casework.packs import wording
from casework.records.paper import PaperClass
from casework.records.procedure import Channel, Duty
from casework.text import clean, fold

ON_PAPER: Final = (Channel.COUNTER, Channel.POST)

_NOTE_GROUP: Final = re.compile(r"^luu y|^so luong cua tung|^thoi han ")
_NOTE: Final = re.compile(
    r"^hoac$|^luu y\b|^vi du\b|^phieu (?:nay|duoc) |^khi cac co quan|^so luong\b|^ty le ban do"
    r"|^[^.]*\bkhong phai (?:nop|tai len|xuat trinh)\b(?!.*\b(?:thi|phai) (?:nop|xuat trinh|co) )"
    r"|^truong hop giay to tuy than su dung la"
    r"|^truong hop (?:khong )?khai thac duoc|^truong hop co quan [^.]{0,40}khai thac duoc"
    r"|^truong hop gui ho so (?:qua|truc tuyen)"
    r"|^nguoi (?:yeu cau|co yeu cau|tiep nhan)\b.* (?:co trach nhiem|thuc hien viec nop)"
    r"|nguoi yeu cau co trach nhiem cung cap thong tin"
    r"|duoc thay the bang du lieu"
    r"|^gia tri su dung cua|^nguoi uy quyen va nguoi duoc uy quyen|thi viec uy quyen thuc hien theo|^noi dung khai bao"
    r"|^khi co nguoi den luu tru"
)
_EMPTY_HEADING: Final = re.compile(
    r"(?:thuc hien viec nop|^doi voi (?:giay to|viec xac dinh)|^giay to phai|noi cu tru cua cong dan bao gom).*:$"
    r"|^hoac$"
)
_DEMAND_START: Final = re.compile(
    r"^(?:giay|ho chieu|to khai|van ban|ban |bien ban|don |quyet dinh|hop dong|the |tai lieu|phieu|ho so|so do|mau |"
    r"danh sach|chung |thong tin|du thao|giao dich|bao cao|mot trong|hoa don|anh |\d\d )"
)
_CASE_WITH_DEMAND: Final = re.compile(
    r"\b(?:phai|can|thi) (?:co|nop|xuat trinh)\b|\b(?:nop|xuat trinh) (?:giay|ban|van)"
)
_ALTERNATIVES: Final = re.compile(r"\bmot trong (?:cac|nhung)\b")
_CASE_HEADING: Final = re.compile(
    r"^(?:(?:doi voi|truong hop|neu|hoac|tuy tung)\b)|\btruong hop\b|\btuy tung\b|\bmot trong (?:cac|nhung)\b"
)
_SET_HEADING: Final = re.compile(r"\b(?:ho so|thu hoi|dang ky)\b")
_BOTH_SETS: Final = re.compile(r"^ho so cua nguoi\b|^thanh phan ho so$|^giay to phai|^cac giay to phai|phai xuat trinh")
_ONLINE_ONLY: Final = re.compile(r"^mau [^.;]{0,30}dien tu|^bieu mau dien tu|^mau [^.;]{0,12}tuong tac")
_ONLINE_GROUP: Final = re.compile(r"(?:gui|dang ky)[^.]{0,30} tren moi truong dien tu|phuong thuc dien tu")
_PAPER_GROUP: Final = re.compile(r"khong duoc gui tren moi truong dien tu|^nop truc tiep")
_PRESENT: Final = re.compile(r"\bxuat trinh\b")
_MAY_SEND: Final = re.compile(r"\bxuat trinh hoac gui\b")


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """One demand as read from a page.

    Attributes:
        name: The source's full words.
        head: The words that name the paper.
        duty: Submitted or presented.
        originals: Number of originals.
        copies: Number of copies.
        condition: The case in which it is demanded, or empty.
        channels: Channels it is demanded through; empty means all.
        alternatives: Name shared by the papers of which one is enough, or empty.
        paper_classes: Classes of scanned paper that satisfy it.
    """

    name: str
    head: str
    duty: Duty
    originals: int
    copies: int
    condition: str
    channels: tuple[Channel, ...]
    alternatives: str
    paper_classes: tuple[PaperClass, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperClassRule:
    """Which demands a class of scanned paper satisfies; patterns are regular expressions over folded text."""

    paper_class: PaperClass
    head: re.Pattern[str]
    fields: frozenset[str]

    def matches(self, head: str, field: str) -> bool:
        """Whether the rule speaks about a demand with this head in this field of administration."""
        return (not self.fields or field in self.fields) and self.head.search(fold(head)) is not None


def read_paper_class_rules(rules: Sequence[Mapping[str, object]]) -> tuple[PaperClassRule, ...]:
    """Read ``paper_classes.json``: a list of ``{"class", "head", "fields"?}``."""
    read = []
    for rule in rules:
        fields = rule.get("fields", [])
        assert isinstance(fields, list)  # noqa: S101 – our own file, checked at compile time
        read.append(PaperClassRule(PaperClass(str(rule["class"])), re.compile(str(rule["head"])), frozenset(fields)))
    return tuple(read)


def read_papers(
    papers: Sequence[Mapping[str, object]], field: str, rules: Sequence[PaperClassRule]
) -> tuple[list[ReadPaper], list[str]]:
    """Read the paper list of one procedure.

    The pages list their lines in no order, so the order is ours: what everybody hands in, what everybody presents,
    then what depends on the case, in the order of the page.

    Returns:
        The demands and the notes.
    """
    groups = {fold(wording.unnumbered(clean(str(paper.get("group") or "--")))) for paper in papers}
    sets = {group for group in groups if _SET_HEADING.search(group) and not _BOTH_SETS.search(group)}
    demands: list[ReadPaper] = []
    notes: list[str] = []
    for paper in papers:
        name, originals = wording.restore_glued_count(clean(str(paper["name"])), _count(paper.get("originals")))
        if paper.get("form_file"):
            name = wording.without_form_file(name)
        group = wording.unnumbered(clean(str(paper.get("group") or "--"))).rstrip(" .:")
        copies = _count(paper.get("copies")) or 0
        if not any(character.isalpha() for character in name):
            continue
        if _is_note(group, name, has_count=bool(originals or copies)):
            if name not in notes and not _EMPTY_HEADING.search(fold(name)):
                notes.append(name)
            continue
        demand = _read_demand(
            group, name, originals or 0, copies, is_one_of_several_sets=len(sets) > 1 and fold(group) in sets
        )
        if demand not in demands:
            demands.append(demand)
    demands = [
        replace(
            demand,
            paper_classes=tuple(dict.fromkeys(rule.paper_class for rule in rules if rule.matches(demand.head, field))),
        )
        for demand in demands
    ]
    demands.sort(key=_order)
    return demands, notes


def _read_demand(group: str, name: str, originals: int, copies: int, *, is_one_of_several_sets: bool) -> ReadPaper:
    folded_group = fold(group)
    thing, condition = wording.split_demand(name)
    heading = group if is_one_of_several_sets or _CASE_HEADING.search(folded_group) else ""
    if _PAPER_GROUP.search(folded_group) or _ONLINE_GROUP.search(folded_group):
        heading = ""
    heading = wording.case_of_heading(heading)
    if condition.startswith(heading):
        heading = ""
    presented = _PRESENT.search(folded_group) or _PRESENT.search(fold(wording.first_sentence(name)))
    sent = _MAY_SEND.search(folded_group) or "nop/xuat trinh" in folded_group
    return ReadPaper(
        name=name,
        head=wording.head_of(thing),
        duty=Duty.PRESENT if presented and not sent else Duty.SUBMIT,
        originals=originals,
        copies=copies,
        condition="; ".join(part for part in (heading, condition) if part),
        alternatives=folded_group if _ALTERNATIVES.search(folded_group) else "",
        channels=_channels(folded_group, fold(name)),
    )


def _is_note(group: str, name: str, *, has_count: bool) -> bool:
    folded = fold(wording.unnumbered(name)).lstrip("*( ")
    if _NOTE_GROUP.search(fold(group)) or _NOTE.search(folded) or folded.rstrip().endswith(":"):
        return True
    if has_count:
        return False
    return not (_DEMAND_START.search(folded) or _CASE_WITH_DEMAND.search(folded))


def _channels(folded_group: str, folded_name: str) -> tuple[Channel, ...]:
    """Tell through which channels a paper is demanded.

    The pages oppose two ways: "trực tiếp" (on paper, which includes the post) and "trực tuyến".
    """
    if _PAPER_GROUP.search(folded_group):
        return ON_PAPER
    if _ONLINE_GROUP.search(folded_group):
        return (Channel.ONLINE,)
    if _ONLINE_ONLY.search(folded_name.rstrip(" .;")):
        return (Channel.ONLINE,)
    chosen = re.search(r"nop ho so theo hinh thuc ([^()]*)", folded_name)
    if chosen and "(neu" in folded_name:
        if "truc tuyen" not in chosen.group(1):
            return ON_PAPER
        return (Channel.ONLINE, Channel.POST) if "buu chinh" in chosen.group(1) else (Channel.ONLINE,)
    return ()


def _order(demand: ReadPaper) -> tuple[bool, bool, bool, bool]:
    is_declaration = fold(demand.head).startswith(("to khai", "don ", "giay de nghi", "phieu ", "van ban de nghi"))
    always = not demand.condition
    return (
        demand.channels == (Channel.ONLINE,),
        not always,
        always and demand.duty is Duty.PRESENT,
        always and not is_declaration,
    )


def _count(value: object) -> int | None:
    return value if isinstance(value, int) else None
