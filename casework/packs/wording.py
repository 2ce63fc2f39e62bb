# SPDX-License-Identifier: GPL-3.0-or-later
"""The wording of the national procedure pages: undo what the pages did to it, and find the parts of a demand.

Every function returns words of the source; nothing is ever added to them.
"""

from __future__ import annotations

import re
from typing import Final

from casework.text import clean

SHORT_NAME_LENGTH: Final = 72

_EXTENSION: Final = re.compile(r"\s?\.(?:docx?|pdf|xlsx?)$", re.IGNORECASE)
_GLUE: Final = re.compile(
    r"(?<=[);.”])(?=[^\s);.,])"
    r"|(?<=[a-zà-ỹđ0-9])(?=[A-ZĐ])"
    r"|(?<=[A-ZĐ])(?=[A-ZĐ][a-zà-ỹđ]{2})"
    r"|(?<=[a-zà-ỹđ])(?=văn bản đề nghị)"
)
_GLUE_WINDOW: Final = 120
_STILL_PROSE: Final = re.compile(r"ban hành kèm theo|quy định tại")
_BULLET: Final = re.compile(
    r"^(?:[-+*•;.)\s]+|\(?(?:[a-zđ]|[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*)[).]\s*(?=\D))+", re.IGNORECASE
)
_TAIL: Final = " .;:,-"

_CHANNEL_CLAUSE: Final = re.compile(
    r"\s*\((?:nếu|do người yêu cầu cung cấp)[^()]*?(?:hình thức|hệ thống bưu chính)[^()]*\)\s*;?\)?", re.IGNORECASE
)
_FULL_STOP: Final = re.compile(r"\.(?=\s+[A-ZĐÀ-Ỹ+*-]|$)")
_SENTENCE_END: Final = re.compile(r"\.(?=\s+[A-ZĐÀ-Ỹ+*-])|;|$")
_LEADING_CASE: Final = re.compile(
    r"^((?:Trường hợp|Nếu|Đối với)\b.*?)"
    r"(?:,?\s+thì\b|\s+(?=phải (?:có|nộp)\b)|:\s+|,\s+(?=nộp\b|xuất trình\b|kèm theo hồ sơ\b))",
    re.IGNORECASE,
)
_EXCEPTION_FIRST: Final = re.compile(r"^(?:Trừ trường hợp|Cá nhân ký tên) [^:]* như sau:\s*(?=Trường hợp )")
_DEMAND_VERB: Final = re.compile(
    r"^(?:(?:người yêu cầu|người có yêu cầu|người nước ngoài|hồ sơ|còn|phải|cần|được|bao gồm|gồm|có:|có|thêm|bổ sung"
    r"|gửi|nộp thêm|nộp lại|nộp kèm|nộp|xuất trình|kèm theo|cung cấp|thay thế bằng:?|thay bằng:?)\s+)+",
    re.IGNORECASE,
)
_TRAILING_CASE: Final = re.compile(r"\s*[,(]?\s*(?:trong|đối với)\s+(trường hợp\b[^()]*)\)?", re.IGNORECASE)
_NOT_FOUND_CASE: Final = re.compile(
    r"\s*[,(]?\s*trong (trường hợp cơ quan đăng ký hộ tịch không thể khai thác được[^.;]*)", re.IGNORECASE
)
_OF_A_KIND: Final = re.compile(
    r"\s*\((?P<bracketed>áp dụng (?:đối với|cho) [^()]*|đối với bến [^()]*)\)"
    r"|\s+(?P<open>đối với (?:phương tiện (?:được|thuộc|không thuộc|nhập) |bến |loại nhà ở )[^().;]*?)"
    r"(?=,? (?:để cơ quan|trừ trường hợp)|[\s.;]*$)",
    re.IGNORECASE,
)
_IF_ANY: Final = re.compile(r"\s*\(\s*(nếu có)\s*\)", re.IGNORECASE)
_IF_CLAUSE: Final = re.compile(
    r"\s*[,(]?\s*\b(nếu (?!được cấp|có yêu cầu|người có yêu cầu lựa chọn)[^()]*)\)?$", re.IGNORECASE
)
_CALLED_HEREAFTER: Final = re.compile(r"\(sau đây gọi (?:tắt )?là ([^)]+)\)", re.IGNORECASE)
_ONE_OF: Final = re.compile(r"^(?:.*?\bxuất trình )?một trong (?:các|những)[^:]*:\s*", re.IGNORECASE)
_ORIGINAL_OF: Final = re.compile(r"^Bản (?:chính|gốc)\s+(?=[A-ZĐ])")
_FORM_OF: Final = re.compile(
    r"^Bản (?:chính|gốc|sao)(?: hoặc\b|,? kèm| có chứng thực| được chứng thực)[^.;:]*?\b(?:của )?"
    r"(?=(?:giấy|văn bản|biên bản|hợp đồng|quyết định|thẻ|bằng|sổ hộ)\b)",
    re.IGNORECASE,
)
_SHOWN: Final = re.compile(r"^xuất trình\s+(?=(?:giấy|thẻ)\b)", re.IGNORECASE)
_PAPER_NOUN: Final = r"(?=(?:bản|giấy|văn bản|tờ khai|thẻ|phiếu|hợp đồng)\b)"
_SUBJECT: Final = re.compile(
    rf"^(?:các bên|bên nam|bên nữ|cha|mẹ|người|hồ sơ|khi|kèm theo|nhân viên)\b.{{0,120}}?"
    rf"\b(?:lập|nộp|xuất trình|kèm theo|có)\s+{_PAPER_NOUN}",
    re.IGNORECASE,
)
_CONCERNED: Final = re.compile(
    rf"^((?:Người(?! (?:có )?yêu cầu\b)|Công dân)\b[^.;]*?)\s+(?:còn )?phải (?:nộp|xuất trình|có)\s+{_PAPER_NOUN}",
    re.IGNORECASE,
)
_HEADING_TAIL: Final = re.compile(
    r",?\s*(?:thì\s+)?(?:(?:thành phần )?hồ sơ\s*)?"
    r"(?:phải kèm theo một trong những giấy tờ sau|bao gồm|gồm|(?:thì )?cần có)\s*:?$",
    re.IGNORECASE,
)
_HEAD_END: Final = re.compile(
    r"\s*[;:(]|,\s+trong đó\b|\s+theo (?:mẫu|quy định|Mẫu|Phụ lục)\b|\s+do cơ quan có thẩm quyền\b|\s+được lập theo\b"
    r"|,\s+có đủ\b|\s+được tạo lập\b",
)


def without_form_file(text: str) -> str:
    """Drop the name of an attached form that the page glued to the end of a sentence."""
    extension = _EXTENSION.search(text)
    if extension is None:
        return text
    start = max(0, len(text) - _GLUE_WINDOW)
    seams = [seam.start() for seam in _GLUE.finditer(text, start, extension.start()) if seam.start() > 0]
    if not seams:
        return text
    seam = next((seam for seam in seams if not _STILL_PROSE.search(text, seam)), seams[0])
    return text[:seam].rstrip(" ;")


def restore_glued_count(text: str, originals: int | None) -> tuple[str, int | None]:
    """Undo a fault of the pages: digits at the end of a name slipped in front of the number of originals.

    "… theo Mẫu số" with 181 originals was "… theo Mẫu số 18" with 1 original.
    """
    if originals is None or originals <= 9:
        return text, originals
    digits = str(originals)
    separator = "" if text.endswith(("/", ".", "-")) else " "
    return f"{text}{separator}{digits[:-1]}", int(digits[-1])


def unnumbered(text: str) -> str:
    """Drop bullets and item numbers in front of a sentence or heading."""
    return _BULLET.sub("", text).strip()


def without_channel_clause(text: str) -> str:
    """Drop "(nếu người có yêu cầu lựa chọn nộp hồ sơ theo hình thức …)"."""
    return clean(_CHANNEL_CLAUSE.sub("", text))


def first_sentence(text: str) -> str:
    """Give the text up to the first full stop or semicolon that ends a clause."""
    end = _SENTENCE_END.search(text)
    return text[: end.start()].strip(_TAIL) if end else text


def up_to_full_stop(text: str) -> str:
    """Give the text up to the first full stop that ends a sentence; semicolons stay."""
    end = _FULL_STOP.search(text)
    return text[: end.start()].strip(_TAIL) if end else text


def without_form_words(text: str) -> str:
    """Drop "Bản chính hoặc bản sao có chứng thực …" in front of the paper."""
    return _capitalised(_ORIGINAL_OF.sub("", _FORM_OF.sub("", text)))


def split_demand(text: str) -> tuple[str, str]:
    """Split a demand into the thing that is demanded and the case in which it is.

    Returns:
        The thing, and the case ("Trường hợp …"); the case is empty when the thing is always demanded or when the
        sentence covers every case by naming one paper for each.
    """
    text = _EXCEPTION_FIRST.sub("", unnumbered(without_channel_clause(text)))
    leading = _LEADING_CASE.match(text)
    if leading:
        thing = _DEMAND_VERB.sub("", _SUBJECT.sub("", text[leading.end() :].strip()))
        return _capitalised(thing), leading.group(1).strip(_TAIL)
    concerned = _CONCERNED.match(text)
    if concerned:
        return _capitalised(text[concerned.end() :]), concerned.group(1)
    not_found = _NOT_FOUND_CASE.search(text)
    if not_found:
        return text[: not_found.start()].strip(_TAIL), _capitalised(not_found.group(1).strip(_TAIL))
    if len(re.findall(r"\b(?:trong|đối với) trường hợp\b", text, re.IGNORECASE)) > 1:
        return text, ""
    sentence = first_sentence(text)
    for pattern in (_TRAILING_CASE, _OF_A_KIND, _IF_ANY, _IF_CLAUSE):
        case = pattern.search(sentence)
        if case and case.start() > 0:
            words = next(group for group in case.groups() if group)
            return sentence[: case.start()].strip(_TAIL), _capitalised(words.strip(_TAIL))
    return text, ""


def case_of_heading(heading: str) -> str:
    """Give the case that a heading names, without "thì hồ sơ gồm" and the like."""
    return _HEADING_TAIL.sub("", heading).strip(_TAIL)


def head_of(thing: str) -> str:
    """Give the words that name the paper, without where it is regulated, who issues it and what it must contain."""
    hereafter = _CALLED_HEREAFTER.search(thing)
    if hereafter:
        return _capitalised(hereafter.group(1).strip())
    thing = unnumbered(thing)
    listed = _ONE_OF.match(thing)
    if listed:
        return _capitalised(unnumbered(thing[listed.end() :]).strip(_TAIL))
    thing = first_sentence(without_form_words(_SHOWN.sub("", thing)))
    end = next((end for end in _HEAD_END.finditer(thing) if end.start() >= 8), None)
    return _capitalised((thing[: end.start()] if end else thing).strip(_TAIL))


def shortened(head: str) -> str:
    """Cut at a word so that the text fits a list row."""
    if len(head) <= SHORT_NAME_LENGTH:
        return head
    return head[: SHORT_NAME_LENGTH - 1].rsplit(" ", 1)[0].rstrip(_TAIL) + "…"


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
