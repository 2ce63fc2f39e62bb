# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua demo``: the main job on real parts with made-up people, told step by step.

Exit codes: 0 all of it happened as it should; 1 it did not; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import signal
import sys
import tempfile
import types
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from casework.work_calendar import VIET_NAM
from demo.commune import demo_commune
from demo.play import PORTAL_WORDS, Played, play
from workstation.desk.find_procedure import DemandAllowed, DemandRefused
from workstation.desk.sentences import KNOWN_ERRORS, describe

_EXPORT = "demo-out"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the demo; see the module."""
    parser = argparse.ArgumentParser(prog="motcua demo", description=__doc__)
    parser.add_argument("--window", action="store_true", help="play in the window instead of the terminal")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what happened as JSON")
    options = parser.parse_args(arguments)
    if options.json is not None and not options.json.resolve().parent.is_dir():
        parser.error("the folder for --json does not exist")
    _leave_in_good_order()
    with tempfile.TemporaryDirectory(prefix="motcua-demo-") as root:
        if options.window:
            from demo.window import play_in_window

            return play_in_window(Path(root))
        try:
            with demo_commune(Path(root), now=dt.datetime.now(dt.UTC)) as commune:
                played = play(commune, _say)
        except (*KNOWN_ERRORS, TimeoutError) as error:
            trouble = describe(error)
            sys.stderr.write(f"{trouble.happened} {trouble.next_step} [{trouble.code}: {error}]\n")
            return 1
    _export(played, Path(_EXPORT))
    if options.json is not None:
        document = json.dumps(report_of(played), ensure_ascii=False, indent=2)
        options.json.write_text(f"{document}\n", encoding="utf-8")
    _summarise(played)
    return 0 if played.is_as_it_should else 1


def _leave_in_good_order() -> None:
    """Let a closed terminal or a polite end take courier, gateway and folder with it, as Ctrl+C does."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):  # Windows knows no SIGHUP
            signal.signal(getattr(signal, name), _leave)


def _leave(number: int, _frame: types.FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)  # the second one must not interrupt the tidying
    raise SystemExit(128 + number)


def report_of(played: Played) -> dict[str, object]:
    """Give what happened as the JSON document that other programs read."""
    dossier = played.sheet.dossier
    return {
        "dossier_code": dossier.code,
        "procedure": {"code": dossier.procedure_code, "name": dossier.procedure_name},
        "due_at": dossier.due_at.astimezone(VIET_NAM).isoformat(),
        "pages": played.page_count,
        "papers": [
            {
                "class": scanned.paper.paper_class.value,
                "confidence": round(scanned.paper.confidence, 3),
                "matched_requirement": scanned.requirement or None,
            }
            for scanned in played.scanned
        ],
        "refused_demand": _refusal(played.demand),
        "signature": {
            "level": min((verdict.level for verdict in played.verdicts), default=""),
            "valid": bool(played.verdicts) and all(verdict.valid for verdict in played.verdicts),
            "count": len(played.verdicts),
        },
        "portal": {
            "state": dossier.portal_state.value,
            "code": dossier.portal_code,
            "answered_at": played.answered_at.astimezone(VIET_NAM).isoformat() if played.answered_at else None,
            "seconds_offline": round(played.seconds_offline, 1),
            "operations_waiting_offline": played.unsent_offline,
        },
        "audit": {"entries": played.audit_report.entries, "chain_ok": played.audit_report.chain_ok},
        "plaintext_leaks": [f"{leak.path.name}: {leak.found}" for leak in played.leaks],
        "planted_leak_found": played.planted_leak_found,
        "seconds": played.seconds,
    }


def _refusal(demand: DemandAllowed | DemandRefused) -> dict[str, str] | None:
    if isinstance(demand, DemandAllowed):
        return None
    return {"because": demand.because.value, "legal_reason": demand.legal_reason}


def _export(played: Played, folder: Path) -> None:
    """Write the made-up people's papers where the person can look at them, in the place of those of the last time."""
    folder.mkdir(exist_ok=True)
    for former in folder.glob("giay-t*.p[dn][fg]"):
        former.unlink()
    documents = [("giay-tiep-nhan", played.receipt)]
    documents += [(f"giay-to-{number}", content) for number, (_, content) in enumerate(played.signed_pdfs, start=1)]
    for name, content in documents:
        (folder / f"{name}.pdf").write_bytes(content)
        with pypdfium2.PdfDocument(content) as document:
            document.init_forms()  # without it the stamp of the signature is not drawn
            document[0].render(scale=1.5).to_pil().save(folder / f"{name}.png")


def _summarise(played: Played) -> None:
    """Tell the result as a person wants to see it."""
    dossier = played.sheet.dossier
    answered = f" lúc {_moment(played.answered_at)}" if played.answered_at else ""
    valid = sum(verdict.valid for verdict in played.verdicts)
    audit = played.audit_report
    rows = [
        ("Hồ sơ", f"{dossier.code}, {dossier.procedure_name}"),
        ("Hẹn trả kết quả", _moment(dossier.due_at)),
        ("Giấy tờ", f"{played.page_count} trang đã quét; {len(played.sheet.papers)} giấy tờ khớp với thủ tục"),
        ("Chữ ký số", f"{valid}/{len(played.verdicts)} hợp lệ"),
        ("Ngoại tuyến", f"{played.seconds_offline:.1f} giây, {played.unsent_offline} thao tác chờ gửi, không mất gì"),
        ("Cổng dịch vụ công", f"{PORTAL_WORDS[dossier.portal_state]}{answered}"),
        ("Nhật ký kiểm toán", f"{audit.entries} dòng, chuỗi {'nguyên vẹn' if audit.chain_ok else 'BỊ ĐỨT'}"),
        ("Dấu vết đọc được", f"{len(played.leaks)} tệp; tệp cài thử {_seen(played.planted_leak_found)}"),
        ("Thời gian", f"{sum(played.seconds.values()):.1f} giây"),
        ("Xem giấy tờ tại", str(Path(_EXPORT).resolve())),
    ]
    _say("")
    for name, value in rows:
        _say(f"{name + ':':<20}{value}")


def _moment(moment: dt.datetime) -> str:
    return f"{moment.astimezone(VIET_NAM):%H:%M ngày %d/%m/%Y}"


def _seen(found: bool) -> str:
    return "đã bị phát hiện" if found else "KHÔNG bị phát hiện"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
