# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua demo``: the main job on real parts with made-up people, told step by step.

Exit codes: 0 all of it happened as it should; 1 it did not; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from casework.records.dossier import PortalState
from demo.commune import demo_commune
from demo.play import Played, play

_EXPORT = "demo-out"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the demo; see the module."""
    parser = argparse.ArgumentParser(prog="motcua demo", description=__doc__)
    parser.add_argument("--window", action="store_true", help="play in the window instead of the terminal")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what happened as JSON")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="motcua-demo-") as root:
        if options.window:
            from demo.window import play_in_window

            return play_in_window(Path(root))
        with demo_commune(Path(root), now=dt.datetime.now(dt.UTC)) as commune:
            played = play(commune, _say)
    _export(played, Path(_EXPORT))
    report = report_of(played)
    if options.json is not None:
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    _summarise(played)
    return 0 if is_as_it_should(played) else 1


def report_of(played: Played) -> dict[str, object]:
    """Give what happened as the JSON document that other programs read."""
    dossier = played.sheet.dossier
    return {
        "dossier_code": dossier.code,
        "procedure": {"code": dossier.procedure_code, "name": dossier.procedure_name},
        "due_at": dossier.due_at.isoformat(),
        "pages": played.page_count,
        "papers": [
            {
                "class": scanned.paper.paper_class.value,
                "confidence": round(scanned.paper.confidence, 3),
                "matched_requirement": scanned.requirement or None,
            }
            for scanned in played.scanned
        ],
        "refused_demand": {"because": played.refused.because.value, "legal_reason": played.refused.legal_reason},
        "signature": {
            "level": played.verdicts[0].level,
            "valid": all(verdict.valid for verdict in played.verdicts),
            "count": len(played.verdicts),
        },
        "portal": {
            "state": dossier.portal_state.value,
            "code": dossier.portal_code,
            "seconds_offline": round(played.seconds_offline, 1),
            "operations_waiting_offline": played.unsent_offline,
        },
        "audit": {"entries": played.audit_report.entries, "chain_ok": played.audit_report.chain_ok},
        "plaintext_leaks": [f"{leak.path.name}: {leak.found}" for leak in played.leaks],
        "seconds": played.seconds,
    }


def is_as_it_should(played: Played) -> bool:
    """Whether every promise of the demo was kept."""
    return (
        played.sheet.dossier.portal_state is PortalState.ACCEPTED
        and all(verdict.valid for verdict in played.verdicts)
        and played.audit_report.chain_ok
        and not played.leaks
    )


def _export(played: Played, folder: Path) -> None:
    """Write the made-up people's papers where the person can look at them."""
    folder.mkdir(exist_ok=True)
    documents = [("giay-tiep-nhan", played.receipt)]
    documents += [(f"giay-to-{number}", content) for number, (_, content) in enumerate(played.signed_pdfs, start=1)]
    for name, content in documents:
        (folder / f"{name}.pdf").write_bytes(content)
        with pypdfium2.PdfDocument(content) as document:
            document[0].render(scale=1.5, may_draw_forms=True).to_pil().save(folder / f"{name}.png")


def _summarise(played: Played) -> None:
    dossier = played.sheet.dossier
    total = sum(played.seconds.values())
    _say("")
    _say(f"Hồ sơ {dossier.code}: {dossier.portal_state.value}; {len(played.sheet.papers)} giấy tờ đã ký số.")
    _say(f"Nhật ký kiểm toán: {played.audit_report.entries} dòng, chuỗi {_word(played.audit_report.chain_ok)}.")
    _say(f"Dấu vết đọc được trên đĩa: {len(played.leaks)}.")
    _say(f"Tổng thời gian: {total:.1f} giây. Giấy tờ mẫu: thư mục {_EXPORT}/.")


def _word(is_whole: bool) -> str:
    return "nguyên vẹn" if is_whole else "BỊ ĐỨT"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
