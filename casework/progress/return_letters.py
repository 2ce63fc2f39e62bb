# SPDX-License-Identifier: GPL-3.0-or-later
"""The gate that every letter passes before it is issued.

Inspectors found letters by which dossiers were handed back after the promised day, for a "withdrawal" that nobody had
asked for, without the consent of the agency, and without its seal. Such a letter can not be issued here. Letters of the
other kinds have conditions of their own. All that is not fulfilled is told at once, and where time has run out, what
has to be done instead: nothing is ever refused to a citizen because the office is late.

The wording at hand of NĐ 61/2018/NĐ-CP has been replaced by NĐ 118/2025/NĐ-CP, which has not been seen; consent,
request and seal are the conditions of Thanh Hóa's inspection of 2025 and of TT 03/2025/TT-VPCP, Mẫu số 05.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from casework.progress.official_forms import FormKind, OfficialForm, form_on
from casework.records.letter import Letter, LetterGround, LetterKind, LetterMark
from casework.verdict import Objection, Verdict
from casework.work_calendar import VIET_NAM


class LetterObjection(enum.StrEnum):
    """A condition that a letter does not fulfil."""

    NO_REASON = "no-reason"
    NO_LEGAL_BASIS = "no-legal-basis"
    NO_DEMANDS = "no-demands"
    NOT_COMPLETE = "not-complete"
    NOT_ALLOWED_DEMAND = "not-allowed-demand"
    NOT_ONCE = "not-once"
    AFTER_SUPPLEMENT_TIME = "after-supplement-time"
    NOT_ENTERED_AS_RESULT = "not-entered-as-result"
    LATE_UNEXPLAINED = "late-unexplained"
    SECOND_EXTENSION = "second-extension"
    AFTER_EXTENSION_TIME = "after-extension-time"
    NO_APOLOGY = "no-apology"
    NO_NEW_DUE_DATE = "no-new-due-date"
    NO_CORRECTIVE_ACTION = "no-corrective-action"
    AFTER_DUE = "after-due"
    NO_GROUND = "no-ground"
    NO_REQUEST_ON_FILE = "no-request-on-file"
    NO_CONSENT = "no-consent"
    NOT_SIGNED = "not-signed"
    NOT_SEALED = "not-sealed"


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What is known of the dossier that a letter is about.

    Attributes:
        due_at: Aware moment of the promised result; None where nothing is due, before reception or while the office
            waits for the citizen's papers.
        supplement_until: Last moment for a supplement request of the appraisal (3 working days from reception); None at
            reception, or where the law of the sector sets none.
        missing: Everything that is missing, as ``Letter.demands`` names it.
        allowed_demands: What the reception guard allows to be demanded.
        supplements_before: Supplement requests issued in the same stage, reception or appraisal, before this one.
        extensions_before: Extension letters issued before this one.
        extend_until: Last moment for an extension letter (a day before expiry); None where no time limit runs, and then
            there is nothing to extend.
        requested_at: Moment at which the citizen's request to withdraw was recorded, or None when there is none.
        has_consent: Whether the consent document of the competent agency is on file.
        is_lateness_explained: Whether a late reason and a corrective action are on file.
    """

    due_at: dt.datetime | None
    supplement_until: dt.datetime | None
    missing: frozenset[str] = frozenset()
    allowed_demands: frozenset[str] = frozenset()
    supplements_before: int = 0
    extensions_before: int = 0
    extend_until: dt.datetime | None = None
    requested_at: dt.datetime | None = None
    has_consent: bool = False
    is_lateness_explained: bool = False


_Condition = Callable[[Letter, LetterFacts], bool]

_BY_NOW: Final = "(nay thay bằng Nghị định 118/2025/NĐ-CP)"
_FORM_05: Final = "TT 03/2025/TT-VPCP, Mẫu số 05"
_GO_ON: Final = (
    "Không trả lại hồ sơ: tiếp tục giải quyết và trả kết quả, ghi lý do chậm và biện pháp khắc phục, xin lỗi người dân."
)


def _has_reason(letter: Letter, _: LetterFacts) -> bool:
    return bool(letter.reason.strip())


def _has_legal_basis(letter: Letter, _: LetterFacts) -> bool:
    return bool(letter.legal_basis.strip())


def _has_demands(letter: Letter, _: LetterFacts) -> bool:
    return bool(letter.demands)


def _is_complete(letter: Letter, facts: LetterFacts) -> bool:
    return facts.missing <= set(letter.demands)


def _demands_only_what_is_allowed(letter: Letter, facts: LetterFacts) -> bool:
    return facts.allowed_demands.issuperset(letter.demands)


def _is_first_or_approved(letter: Letter, facts: LetterFacts) -> bool:
    return facts.supplements_before == 0 or bool(letter.approved_by)


def _is_within_supplement_time(letter: Letter, facts: LetterFacts) -> bool:
    return facts.supplement_until is None or letter.issued_at <= facts.supplement_until


def _is_entered_as_result(letter: Letter, _: LetterFacts) -> bool:
    return bool(letter.result_id)


def _is_in_time(letter: Letter, facts: LetterFacts) -> bool:
    return facts.due_at is None or letter.issued_at <= facts.due_at


def _is_in_time_or_explained(letter: Letter, facts: LetterFacts) -> bool:
    return facts.is_lateness_explained or _is_in_time(letter, facts)


def _is_first_extension(_: Letter, facts: LetterFacts) -> bool:
    return facts.extensions_before == 0


def _is_within_extension_time(letter: Letter, facts: LetterFacts) -> bool:
    return facts.extend_until is not None and letter.issued_at <= facts.extend_until


def _has_apology(letter: Letter, _: LetterFacts) -> bool:
    return bool(letter.apology.strip())


def _has_new_due_date(letter: Letter, facts: LetterFacts) -> bool:
    if letter.states_due_at is None or facts.due_at is None:
        return False
    return letter.states_due_at > facts.due_at


def _has_corrective_action(letter: Letter, _: LetterFacts) -> bool:
    return bool(letter.corrective_action.strip())


def _has_ground(letter: Letter, _: LetterFacts) -> bool:
    if letter.ground is LetterGround.LEGAL:
        return bool(letter.legal_basis.strip())
    return letter.ground is LetterGround.CITIZEN_REQUEST


def _has_request_where_it_claims_one(letter: Letter, facts: LetterFacts) -> bool:
    if letter.ground is not LetterGround.CITIZEN_REQUEST:
        return True
    return facts.requested_at is not None and facts.requested_at <= letter.issued_at


def _has_consent(_: Letter, facts: LetterFacts) -> bool:
    return facts.has_consent


def _is_signed(letter: Letter, _: LetterFacts) -> bool:
    return bool(letter.marks)


def _is_sealed(letter: Letter, _: LetterFacts) -> bool:
    return not letter.marks.isdisjoint({LetterMark.AGENCY_SIGNATURE, LetterMark.SEAL})


_O = LetterObjection

_CONDITIONS: Final[Mapping[LetterObjection, tuple[_Condition, str, str, str]]] = MappingProxyType(
    {
        _O.NO_REASON: (_has_reason, "Chưa ghi lý do cụ thể.", f"NĐ 61/2018/NĐ-CP Đ17.1 {_BY_NOW}", ""),
        _O.NO_LEGAL_BASIS: (
            _has_legal_basis,
            "Chưa ghi căn cứ pháp luật của việc từ chối.",
            f"NĐ 61/2018/NĐ-CP Đ17.1b, Đ19.8 {_BY_NOW}",
            "",
        ),
        _O.NO_DEMANDS: (
            _has_demands,
            "Phiếu chưa nêu giấy tờ nào cần bổ sung.",
            f"NĐ 61/2018/NĐ-CP Đ17.1a {_BY_NOW}",
            "",
        ),
        _O.NOT_COMPLETE: (
            _is_complete,
            "Phiếu chưa nêu hết giấy tờ còn thiếu; phải hướng dẫn đầy đủ một lần.",
            f"NĐ 61/2018/NĐ-CP Đ15.3, Đ17.1a {_BY_NOW}",
            "",
        ),
        _O.NOT_ALLOWED_DEMAND: (
            _demands_only_what_is_allowed,
            "Phiếu đòi giấy tờ ngoài quy định.",
            f"NĐ 61/2018/NĐ-CP Đ5 {_BY_NOW}",
            "",
        ),
        _O.NOT_ONCE: (
            _is_first_or_approved,
            "Đã hướng dẫn bổ sung một lần ở bước này; lần nữa phải có người phụ trách phê duyệt.",
            f"NĐ 61/2018/NĐ-CP Đ15.3 {_BY_NOW}",
            "",
        ),
        _O.AFTER_SUPPLEMENT_TIME: (
            _is_within_supplement_time,
            "Đã quá thời hạn yêu cầu bổ sung (03 ngày làm việc kể từ ngày tiếp nhận).",
            f"NĐ 61/2018/NĐ-CP Đ19.4 {_BY_NOW}",
            "Không trả hồ sơ: tiếp tục giải quyết; nếu không thể đúng hạn thì xin lỗi và hẹn lại bằng Mẫu số 04.",
        ),
        _O.NOT_ENTERED_AS_RESULT: (
            _is_entered_as_result,
            "Việc từ chối giải quyết chưa được nhập thành kết quả của hồ sơ.",
            f"NĐ 61/2018/NĐ-CP Đ19.8 {_BY_NOW}",
            "",
        ),
        _O.LATE_UNEXPLAINED: (
            _is_in_time_or_explained,
            "Đã quá hạn giải quyết mà chưa ghi lý do chậm và biện pháp khắc phục.",
            f"NĐ 61/2018/NĐ-CP Đ19.8, Đ19.9 {_BY_NOW}",
            "Ghi lý do chậm và biện pháp khắc phục, xin lỗi người dân, rồi thông báo kết quả.",
        ),
        _O.SECOND_EXTENSION: (
            _is_first_extension,
            "Hồ sơ đã được hẹn lại một lần; không hẹn lại lần nữa.",
            f"NĐ 61/2018/NĐ-CP Đ19.9 {_BY_NOW}",
            "Giải quyết ngay và trả kết quả; ghi lý do chậm và biện pháp khắc phục, xin lỗi người dân.",
        ),
        _O.AFTER_EXTENSION_TIME: (
            _is_within_extension_time,
            "Văn bản gia hạn phải gửi trước khi hết hạn ít nhất 01 ngày.",
            f"NĐ 61/2018/NĐ-CP Đ19.9 {_BY_NOW}",
            "Giải quyết ngay và trả kết quả; báo và xin lỗi người dân qua điện thoại, tin nhắn hoặc thư điện tử, "
            "ghi lý do chậm và biện pháp khắc phục.",
        ),
        _O.NO_APOLOGY: (_has_apology, "Chưa có lời xin lỗi.", f"NĐ 61/2018/NĐ-CP Đ19.9 {_BY_NOW}", ""),
        _O.NO_NEW_DUE_DATE: (
            _has_new_due_date,
            "Chưa ghi ngày, giờ hẹn lại sau hạn ban đầu.",
            f"NĐ 61/2018/NĐ-CP Đ19.9 {_BY_NOW}",
            "",
        ),
        _O.NO_CORRECTIVE_ACTION: (
            _has_corrective_action,
            "Chưa ghi biện pháp khắc phục.",
            f"NĐ 61/2018/NĐ-CP Đ19.9 {_BY_NOW}",
            "",
        ),
        _O.AFTER_DUE: (
            _is_in_time,
            "Đã quá ngày hẹn trả kết quả: không được ban hành văn bản này.",
            _FORM_05,
            _GO_ON,
        ),
        _O.NO_GROUND: (
            _has_ground,
            "Chưa nêu căn cứ: yêu cầu của người dân, hoặc quy định của pháp luật.",
            _FORM_05,
            "",
        ),
        _O.NO_REQUEST_ON_FILE: (
            _has_request_where_it_claims_one,
            "Ghi lý do rút hồ sơ nhưng trên hệ thống không có yêu cầu rút của người dân trước thời điểm ban hành.",
            _FORM_05,
            "Người dân thực sự muốn rút thì ghi nhận yêu cầu trước; nếu không, tiếp tục giải quyết.",
        ),
        _O.NO_CONSENT: (_has_consent, "Chưa có văn bản đồng ý của cơ quan có thẩm quyền.", _FORM_05, ""),
        _O.NOT_SIGNED: (
            _is_signed,
            "Văn bản chưa được ký.",
            "TT 01/2018/TT-VPCP Đ10 (nay thay bằng TT 03/2025/TT-VPCP)",
            "",
        ),
        _O.NOT_SEALED: (
            _is_sealed,
            "Văn bản chưa có dấu hoặc chữ ký số của cơ quan.",
            "NĐ 30/2020/NĐ-CP Đ13.7, Đ32, Đ33",
            "",
        ),
    }
)

_HANDING_BACK: Final = (
    _O.NO_REASON,
    _O.AFTER_DUE,
    _O.NO_GROUND,
    _O.NO_REQUEST_ON_FILE,
    _O.NO_CONSENT,
    _O.NOT_SEALED,
)

GATES: Final[Mapping[LetterKind, tuple[LetterObjection, ...]]] = MappingProxyType(
    {
        LetterKind.SUPPLEMENT_REQUEST: (
            _O.NO_REASON,
            _O.NO_DEMANDS,
            _O.NOT_COMPLETE,
            _O.NOT_ALLOWED_DEMAND,
            _O.NOT_ONCE,
            _O.AFTER_SUPPLEMENT_TIME,
            _O.NOT_SIGNED,
        ),
        LetterKind.REFUSAL: (_O.NO_REASON, _O.NO_LEGAL_BASIS, _O.NOT_SIGNED),
        LetterKind.REFUSAL_OF_MATTER: (
            _O.NO_REASON,
            _O.NO_LEGAL_BASIS,
            _O.NOT_ENTERED_AS_RESULT,
            _O.LATE_UNEXPLAINED,
            _O.NOT_SEALED,
        ),
        LetterKind.EXTENSION_LETTER: (
            _O.NO_REASON,
            _O.SECOND_EXTENSION,
            _O.AFTER_EXTENSION_TIME,
            _O.NO_APOLOGY,
            _O.NO_NEW_DUE_DATE,
            _O.NO_CORRECTIVE_ACTION,
            _O.NOT_SEALED,
        ),
        LetterKind.STOP_NOTICE: _HANDING_BACK,
        LetterKind.RETURN_LETTER: _HANDING_BACK,
    }
)
"""The conditions of each kind of letter, in the order in which they are told."""


_FORMS: Final[Mapping[LetterKind, FormKind]] = MappingProxyType(
    {
        LetterKind.SUPPLEMENT_REQUEST: FormKind.SUPPLEMENT_REQUEST,
        LetterKind.REFUSAL: FormKind.REFUSAL,
        LetterKind.REFUSAL_OF_MATTER: FormKind.REFUSAL,
        LetterKind.EXTENSION_LETTER: FormKind.EXTENSION_LETTER,
        LetterKind.STOP_NOTICE: FormKind.STOP_NOTICE,
    }
)


def form_of(letter: Letter) -> OfficialForm | None:
    """Give the official form that a letter is written on, by the day of its issue in Viet Nam.

    None for a return letter, which has no form of its own, and for a stop notice of before there was one.
    """
    kind = _FORMS.get(letter.kind)
    return None if kind is None else form_on(kind, letter.issued_at.astimezone(VIET_NAM).date())


def judge_letter(letter: Letter, facts: LetterFacts) -> Verdict:
    """Decide whether a letter may be issued; every condition that it does not fulfil is told at once."""
    objections = []
    for because in GATES[letter.kind]:
        is_fulfilled, words, legal_basis, instead = _CONDITIONS[because]
        if not is_fulfilled(letter, facts):
            objections.append(Objection(because, words, legal_basis, instead))
    return Verdict(tuple(objections))
