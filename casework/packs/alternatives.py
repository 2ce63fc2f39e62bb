# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers of which one is enough: several lines of a page, or several papers named within one line."""

from __future__ import annotations

import re
from typing import Final

from casework.packs import wording
from casework.text import fold

_ONE_OF_PAPERS: Final = re.compile(r"\bmot trong (?:cac|nhung) (?:loai )?(?:giay|van ban|tai lieu|chung tu)\b")
_NOT_ITS_OWN: Final = re.compile(r"^truong hop chua co tai khoan dinh danh")
LAND_PAPERS: Final = re.compile(r"mot trong (?:cac|nhung) (?:loai )?giay to hop phap ve dat dai\b.*\bbao gom\b")
LAND_CERTIFICATE: Final = re.compile(r"^giay chung nhan quyen s(?:u dung|o huu)")

_PAPER: Final = (
    r"(?:(?:các )?giấy(?! phép)|văn bản|biên bản|quyết định|hợp đồng|thẻ|hộ chiếu|căn cước|chứng minh nhân dân|phiếu"
    r"|chứng từ|hóa đơn|thông báo|trích lục|trích sao|mảnh trích đo|sơ đồ|bản trích lục|bản ghi lời|bản án|bản khai"
    r"|bằng tốt nghiệp|học bạ|chứng chỉ|lý lịch|biên lai|tờ khai phương tiện)\b"
)
_COPY: Final = r"(?:bản (?:sao|chính) )?(?:hồ sơ, )?"
_OR: Final = re.compile(rf"\s*,?\s+hoặc\s+(?:là\s+|bằng\s+)?(?={_PAPER})", re.IGNORECASE)
_ASKS: Final = re.compile(r"^(?:to khai|don|giay de nghi|van ban de nghi|to trinh|phieu de nghi|thong bao|bao cao)\b")
_LIST: Final = re.compile(
    r"\bmột trong (?:các|những) (?:loại )?(?:giấy tờ|văn bản|tài liệu|giấy chứng nhận|chứng từ)[^:;]{0,160}:\s*",
    re.IGNORECASE,
)
_LIST_ITEM: Final = re.compile(rf"\s*[;+]\s*(?:hoặc\s+)?|\s*,?\s+hoặc\s+(?={_PAPER})|,\s+(?={_PAPER})", re.IGNORECASE)
_SLASHES: Final = re.compile(r"^[^/;.:()]{3,60}(?:/[^/;.:()]{3,60}){1,6}")
_INSTEAD: Final = re.compile(
    r"[;.,]\s*(?:trường hợp|nếu) (?=[^;.,]*(?:không có|không cấp|ngoài cơ sở))(?:(?!thì\b)[^;.,]){3,90}?,?\s*"
    r"thì (?:phải (?:có|nộp)|nộp|người đi khai sinh phải làm|giấy chứng sinh được thay bằng)\s+"
    rf"(?={_COPY}{_PAPER})",
    re.IGNORECASE,
)
_INSTEAD_AFTER: Final = re.compile(
    r"\.\s*Đối với trường hợp (?:(?!thì\b)[^;.]){3,80} thì nộp ([^;.]{3,80}?) thay cho giấy chứng sinh", re.IGNORECASE
)
_LAST_RESORT: Final = re.compile(r"^tr[ưu][ờở]ng hợp .*? thì (?:phải )?nộp\s+", re.IGNORECASE)
_BY_CASES: Final = re.compile(r"một trong (?:các|những) trường hợp", re.IGNORECASE)
_IN_BRACKETS: Final = re.compile(r"\s*\([^()]*\)")
_FIRST_END: Final = re.compile(r"\s*(?:\(|,?\s+(?:để (?!ở\b)|do người|trong trường hợp|đối với|nếu có)\b|:\s)")
_TAIL: Final = " .;:,-"


def name_of_group(group: str, line: str) -> str:
    """Give the name shared by the lines of a heading "… một trong những giấy tờ sau", or empty.

    Args:
        group: The heading.
        line: The line; one that is asked for beside the others has no share in it.
    """
    folded = fold(group)
    if not _ONE_OF_PAPERS.search(folded) or _NOT_ITS_OWN.search(fold(wording.unnumbered(line))):
        return ""
    return folded


def options(text: str) -> tuple[str, ...]:
    """Give the papers that one line names, whichever applies, in its order; empty when it names one.

    Every option is made of the line's own words; what stands in brackets is left out.
    """
    text = _IN_BRACKETS.sub("", wording.unnumbered(wording.without_channel_clause(text)))
    listed = _LIST.search(text)
    if listed:
        found = _parts(_LIST_ITEM, wording.up_to_full_stop(text[listed.end() :]))
    else:
        found = _instead(text) or _in_first_sentence(wording.without_form_words(wording.first_sentence(text)))
    found = list(dict.fromkeys(found))
    return tuple(found) if len(found) > 1 else ()


def _instead(text: str) -> list[str]:
    """Read "A; trường hợp không có A thì nộp B; nếu không có B thì phải có C"."""
    seams = list(_INSTEAD.finditer(text))
    if not seams or not re.match(_COPY + _PAPER, text, re.IGNORECASE):
        return []
    starts = [0, *(seam.end() for seam in seams)]
    ends = [*(seam.start() for seam in seams), len(text)]
    found = [_trimmed(wording.first_sentence(text[start:end])) for start, end in zip(starts, ends, strict=True)]
    after = _INSTEAD_AFTER.search(text)
    return [*found, _trimmed(after.group(1))] if after else found


def _in_first_sentence(sentence: str) -> list[str]:
    if _BY_CASES.search(sentence) or not re.match(_COPY + _PAPER, sentence, re.IGNORECASE):
        return []
    slashed = _SLASHES.match(sentence)
    if slashed:
        *firsts, _ = slashed.group().split("/")
        rest = sentence[len("/".join(firsts)) + 1 :]
        if all(re.match(_PAPER, part, re.IGNORECASE) for part in (*firsts[1:], rest)):
            return [_trimmed(part) for part in (*firsts, *_OR.split(rest))]
    return [] if _ASKS.match(fold(sentence)) else _parts(_OR, sentence)


def _parts(seam: re.Pattern[str], text: str) -> list[str]:
    found = (_trimmed(_LAST_RESORT.sub("", wording.unnumbered(part))) for part in seam.split(text))
    return [option for option in found if len(option) > 2]


def _trimmed(text: str) -> str:
    text = wording.unnumbered(text.strip(_TAIL + "+ "))
    end = next((end for end in _FIRST_END.finditer(text) if end.start() > 8), None)
    text = (text[: end.start()] if end else text).strip(_TAIL + "+ ")
    return text[:1].upper() + text[1:]
