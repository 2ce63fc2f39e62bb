# SPDX-License-Identifier: GPL-3.0-or-later
"""Read the paper list of a procedure page: which lines are demands, in which case, through which channel."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from casework.packs import alternatives, look_ups, wording
from casework.packs.delegation import is_for_delegation
from casework.packs.fragments import mended, papers_named
from casework.records.procedure import Channel, DataSource, Duty
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
    r"|^truong hop giay chung nhan quyen su dung dat da co trong"
    r"|^gia tri su dung cua|^nguoi uy quyen va nguoi duoc uy quyen|thi viec uy quyen thuc hien theo|^noi dung khai bao"
    r"|^khi co nguoi den luu tru"
    r"|^ho so dang ky [^.]*tren moi truong dien tu bao gom cac giay to theo quy dinh"
    r"|^nguoi duoc uy quyen dang ky thanh lap\b.* duoc ghi trong nghi quyet|\btuong tu muc a\)$"
)
_NOTHING: Final = re.compile(r"khong quy dinh|khong co|khong")
_KIND: Final = re.compile(r"^cac giay to phai (?:nop|xuat trinh):? doi voi ")
_KIND_START: Final = re.compile(r"^Các giấy tờ phải (?:nộp|xuất trình):? đối với ", re.IGNORECASE)
_EMPTY_HEADING: Final = re.compile(
    r"(?:thuc hien viec nop|^doi voi (?:giay to|viec xac dinh)|^giay to phai|noi cu tru cua cong dan bao gom).*:$"
    r"|^hoac$"
)
_DEMAND_START: Final = re.compile(
    r"^(?:giay|ho chieu|to khai|van ban|ban |bien ban|don |quyet dinh|hop dong|the |tai lieu|phieu|ho so|so do|mau |"
    r"danh sach|chung |thong tin|du thao|giao dich|bao cao|mot trong|hoa don|anh |\d\d )"
)
_CASE_WITH_DEMAND: Final = re.compile(
    r"\b(?:phai|can|thi) (?:co|nop|xuat trinh)\b|\b(?:nop|xuat trinh) (?:giay|ban|van)|\bho so con co\b"
)
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
        line: Position on the page, from 1.
        group: The heading, folded.
        options: Papers that the line names, whichever applies.
        is_for_delegation: Whether it is demanded only when somebody else hands the file in.
        looked_up_in: Databases in which the office looks itself.
    """

    name: str
    head: str
    duty: Duty
    originals: int
    copies: int
    condition: str
    channels: tuple[Channel, ...]
    alternatives: str
    line: int
    group: str
    options: tuple[str, ...] = ()
    is_for_delegation: bool = False
    looked_up_in: tuple[DataSource, ...] = ()


def read_papers(papers: Sequence[Mapping[str, object]]) -> tuple[list[ReadPaper], list[str]]:
    """Read the paper list of one procedure.

    The pages list their lines in no order, so the order is ours: what everybody hands in, what everybody presents,
    then what depends on the case, in the order of the page.

    Returns:
        The demands and the notes.
    """
    groups = {fold(wording.unnumbered(clean(str(paper.get("group") or "--")))).rstrip(" .:") for paper in papers}
    sets = {group for group in groups if _SET_HEADING.search(group) and not _BOTH_SETS.search(group)}
    kinds = {group for group in groups if _KIND.search(group) and not _CASE_HEADING.search(group)}
    cases = (sets if len(sets) > 1 else set()) | (kinds if len(kinds) > 1 else set())
    demands: list[ReadPaper] = []
    notes: list[str] = []
    for line, paper in enumerate(mended(papers), start=1):
        if paper is None:
            continue
        name, originals = wording.restore_glued_count(clean(str(paper["name"])), _count(paper.get("originals")))
        if paper.get("form_file"):
            name = wording.without_form_file(name)
        group = wording.unnumbered(clean(str(paper.get("group") or "--"))).rstrip(" .:")
        copies = _count(paper.get("copies")) or 0
        if not any(character.isalpha() for character in name) or _NOTHING.fullmatch(fold(name).strip(" .")):
            continue
        if _is_note(group, name, has_count=bool(originals or copies)):
            if name not in notes and not _EMPTY_HEADING.search(fold(name)):
                notes.append(name)
            continue
        for part in papers_named(name):
            demand = _read_demand(group, part, originals or 0, copies, line, names_a_case=fold(group) in cases)
            if not any(replace(demand, line=other.line, group=other.group) == other for other in demands):
                demands.append(demand)
    demands = [
        replace(demand, looked_up_in=demand.looked_up_in or look_ups.sources_said_of_the_page(demand.head, notes))
        for demand in _with_land_papers(demands)
    ]
    return in_order(demands), notes


def in_order(demands: Sequence[ReadPaper]) -> list[ReadPaper]:
    """Order demands: what everybody hands in, what everybody presents, what depends on the case, online forms."""
    return sorted(demands, key=_order)


def _read_demand(group: str, name: str, originals: int, copies: int, line: int, *, names_a_case: bool) -> ReadPaper:
    folded_group = fold(group)
    otherwise = look_ups.otherwise_presented(name)
    thing, condition = (otherwise.paper, otherwise.condition) if otherwise else wording.split_demand(name)
    head = wording.head_of(thing)
    condition = "; ".join(part for part in (_case(group, condition, names_a_case=names_a_case), condition) if part)
    presented = _PRESENT.search(folded_group) or _PRESENT.search(fold(wording.first_sentence(name))) or otherwise
    sent = _MAY_SEND.search(folded_group) or "nop/xuat trinh" in folded_group
    return ReadPaper(
        name=name,
        head=head,
        duty=Duty.PRESENT if presented and not sent else Duty.SUBMIT,
        originals=originals,
        copies=copies,
        condition=condition,
        alternatives=alternatives.name_of_group(group, name),
        channels=_channels(folded_group, fold(name)),
        line=line,
        group=folded_group,
        options=() if otherwise else alternatives.options(thing),
        is_for_delegation=is_for_delegation(group, condition, head),
        looked_up_in=() if _is_declaration(head) else look_ups.sources_looked_up(name),
    )


def _case(group: str, condition: str, *, names_a_case: bool) -> str:
    """Give the case that a heading names for its lines, or empty."""
    folded = fold(group)
    if _PAPER_GROUP.search(folded) or _ONLINE_GROUP.search(folded):
        return ""
    if not (names_a_case or _CASE_HEADING.search(folded)):
        return ""
    heading = wording.case_of_heading(_KIND_START.sub("Đối với ", group))
    return "" if condition.startswith(heading) else heading


def _with_land_papers(demands: Sequence[ReadPaper]) -> list[ReadPaper]:
    """Let the certificates that stand beside "một trong những giấy tờ hợp pháp về đất đai" be alternatives to it."""
    conditions = {
        demand.group: demand.condition for demand in demands if alternatives.LAND_PAPERS.search(fold(demand.name))
    }
    return [
        replace(
            demand, alternatives=f"{demand.group}: giay to ve dat dai".lstrip(": "), condition=conditions[demand.group]
        )
        if demand.group in conditions
        and (
            alternatives.LAND_PAPERS.search(fold(demand.name))
            or alternatives.LAND_CERTIFICATE.search(fold(demand.name))
        )
        else demand
        for demand in demands
    ]


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


def _is_declaration(head: str) -> bool:
    """Whether the paper is the citizen's own request, which no database can hold."""
    return fold(head).startswith(("to khai", "don ", "giay de nghi", "van ban de nghi", "giay khai"))


def _order(demand: ReadPaper) -> tuple[bool, bool, bool, bool]:
    is_declaration = _is_declaration(demand.head) or fold(demand.head).startswith("phieu ")
    always = not demand.condition
    return (
        demand.channels == (Channel.ONLINE,),
        not always,
        always and demand.duty is Duty.PRESENT,
        always and not is_declaration,
    )


def _count(value: object) -> int | None:
    return value if isinstance(value, int) else None
